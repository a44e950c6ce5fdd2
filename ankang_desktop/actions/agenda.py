"""Deciding about duties: closed with their proof, moved, dropped, switched off; decisions taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ankang_desktop.actions.records import Done, done, seen
from ankang_desktop.app import App
from ankang_desktop.declare.kinds import Choice, Tags
from ankang_desktop.kernel.errors import Problem, Refused
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.ledgers.choices import DutyDecision, DutyNote
from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.choices import opened_on
from ankang_desktop.programme.duties import Duty
from ankang_desktop.scoring.counters import title_named
from ankang_desktop.scoring.measured import LEDGER_OF
from ankang_desktop.store.evidence import Use, attach
from ankang_desktop.store.query import Stored, fetch, locate, statement_of

_ONCE = {DutyDecision.closed, DutyDecision.not_applicable, DutyDecision.moved}
_SWITCHES = {DutyDecision.switched_on, DutyDecision.switched_off}


@dataclass(frozen=True)
class Decision:
    """What is decided about a duty; `text` tells days and reason, `files` how many prove it."""

    number: str
    duty: str
    decision: DutyDecision
    decided_on: date
    text: str


@dataclass(frozen=True)
class Dropped:
    """A duty that is not on the calendar; `number` of the decision that took it off, "" where it never was on."""

    code: str
    title: str
    origin: str
    number: str
    reason: str


def decide(  # noqa: PLR0913 - the parts of one decision
    app: App,
    duty: Duty,
    decision: DutyDecision,
    reason: str = "",
    *,
    new_from: date | None = None,
    new_until: date | None = None,
    files: Sequence[Path] = (),
) -> Done:
    """Write what the officer decides about one time of a duty, the files that prove it attached, as one step.

    Raises Refused where the decision is not whole: closed without saying where the proof is, moved without days.
    """
    ledger = app.ledgers["duty_note"]
    times = duty.occurrence
    if decision is DutyDecision.moved and times and (new_from, new_until) == (times.start, times.end):
        raise Refused([Problem("new_until", "日期和原来一样，请改成新的日期；不改期就按“取消”")])
    values: dict[str, Any] = {
        "duty": duty.code,
        "decision": decision,
        "decided_on": app.clock.today(),
        "occurs_from": opened_on(duty.ident) if decision in _ONCE else None,
        "new_from": new_from,
        "new_until": new_until,
        "reason": reason.strip() or None,
    }
    with app.begin(f"{decision.value}“{duty.title[:20]}”") as unit:
        record = unit.add(ledger, values)
        for path in files:
            attach(unit, app.workspace.evidence, record, path, Use())
        stored, advice = seen(unit.connection, ledger, record, app.clock.today())
    return done(stored, advice, unit.changes)


def take_back(app: App, number: str, words: str) -> None:
    """Take a decision back, as one step: its record goes into the trash."""
    with app.begin(f"收回{words}") as unit:
        _, record = locate(unit.connection, app.ledgers, number)
        unit.remove(record)


def decisions_on(app: App, duty: Duty) -> list[Decision]:
    """Return the decisions that bear on one time of a duty, the newest first: its own, and those about all times."""
    begins = opened_on(duty.ident)
    return [
        _decision(each)
        for each in reversed(_notes(app, DutyNote.duty == duty.code))
        if each.values["occurs_from"] in {None, begins}
    ]


def switch_on(app: App, dropped: Dropped) -> None:
    """Put a duty on the calendar again: the decision that took it off is taken back, else one that puts it on made."""
    if dropped.number:
        take_back(app, dropped.number, f"停用“{dropped.title[:20]}”")
        return
    values = {"duty": dropped.code, "decision": DutyDecision.switched_on, "decided_on": app.clock.today()}
    with app.begin(f"启用“{dropped.title[:20]}”") as unit:
        unit.add(app.ledgers["duty_note"], values)


def dropped_duties(app: App) -> list[Dropped]:
    """Return what was switched off, and what the default calendar has but leaves off."""
    notes = _notes(app, DutyNote.decision.in_(list(_SWITCHES)))
    last = {each.values["duty"]: each for each in notes}
    off = {code: each for code, each in last.items() if each.values["decision"] is DutyDecision.switched_off}
    titles = {each.code: (each.title, "默认日历") for each in app.library.templates}
    titles |= {code: (each.text, notice.short) for code, (notice, each) in app.library.obligations.items()}
    found = []
    for code, each in off.items():
        title, origin = titles.get(code, (code, ""))
        found.append(Dropped(code, title, origin, each.number, each.values["reason"] or ""))
    never = (task for task in app.library.templates if not task.is_enabled and task.code not in last)
    return [*found, *(Dropped(task.code, task.title, "默认日历", "", task.note) for task in never)]


@dataclass(frozen=True)
class Beginning:
    """A record that would prove a duty: its ledger, what it is called, and the values it begins with."""

    ledger: str
    title: str
    values: dict[str, Any]


def beginnings(app: App, duty: Duty) -> list[Beginning]:
    """Return the records that can be begun for a duty: for what is not reached yet, else for all it asks for."""
    asked = [each.need for each in duty.progress if not each.is_done] or [each.need for each in duty.progress]
    needs = [inner for need in asked for inner in _items(app, need)]
    found = [
        Beginning(ledger, title_named(app.ledgers, need.counter or ledger), prefilled(app, duty, need))
        for need in needs
        if (ledger := _ledger_of(need))
    ]
    return [each for at, each in enumerate(found) if each not in found[:at]]


def _items(app: App, need: Need) -> list[Need]:
    return [item.need for item in app.library.sets[need.set].items] if need.set else [need]


def _ledger_of(need: Need) -> str:
    return need.ledger or LEDGER_OF.get(need.measure.partition(":")[0], "")


def prefilled(app: App, duty: Duty, need: Need) -> dict[str, Any]:
    """Return the values a new record that proves a duty begins with: its day, and what the need names (the kind).

    The day is today where the duty is open today, else the nearest of its days. A measure names an option of some field
    of the ledger (“document_in_force:hazard_system”), a counter the field too.
    """
    ledger = app.ledgers[_ledger_of(need)]
    values: dict[str, Any] = {}
    if ledger.day is not None and duty.occurrence:
        latest = min(app.clock.today(), duty.occurrence.counted_to)
        values[ledger.day.key] = max(latest, duty.occurrence.start)
    named, _, wanted = (need.counter.partition(".")[2] or need.measure).partition(":")
    fields = [ledger.own_fields[named]] if named in ledger.own_fields else ledger.own_fields.values()
    for field in fields if wanted else ():
        if isinstance(field.kind, Choice | Tags):
            option = next((each for each in field.kind.options if each.name == wanted), None)
            if option is not None:
                values[field.key] = (option,) if isinstance(field.kind, Tags) else option
                break
    return values


def _notes(app: App, *where: Any) -> list[Stored]:
    ledger = app.ledgers["duty_note"]
    with app.read() as connection:
        ids = list(connection.scalars(statement_of(ledger, DutyNote.id).where(*where).order_by(DutyNote.id)))
        found = {each.id: each for each in fetch(connection, ledger, ids, with_rows=False)}
    return [found[each] for each in ids]


def _decision(stored: Stored) -> Decision:
    values = stored.values
    days = "至".join(chinese_date(values[key]) for key in ("new_from", "new_until") if values[key])
    text = "，".join(each for each in (days, values["reason"] or "") if each)
    return Decision(stored.number, values["duty"], values["decision"], values["decided_on"], text)
