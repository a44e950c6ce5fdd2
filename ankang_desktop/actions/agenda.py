"""Deciding about duties: closed with their proof, moved, dropped, switched; the calendar out; words that urge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ankang_desktop.actions.records import Done, done, seen
from ankang_desktop.actions.year import duties_of
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.files import write_safely
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.choices import DutyDecision, DutyNote
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.store.evidence import Use, attach
from ankang_desktop.store.query import fetch, statement_of

_OPEN = {State.OPEN, State.NEAR, State.OVERDUE, State.UNPROVEN}


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
    once = decision in {DutyDecision.closed, DutyDecision.not_applicable}
    values: dict[str, Any] = {
        "duty": duty.code,
        "decision": decision,
        "decided_on": app.clock.today(),
        "occurs_from": duty.occurrence.start if once and duty.occurrence else None,
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


def decisions_on(app: App, duty: Duty) -> list[tuple[str, str]]:
    """Return (number, words) of every decision about a duty that stands, the newest first."""
    ledger = app.ledgers["duty_note"]
    with app.read() as connection:
        ids = connection.scalars(
            statement_of(ledger, DutyNote.id).where(DutyNote.duty == duty.code).order_by(DutyNote.id.desc())
        )
        found = fetch(connection, ledger, list(ids), with_rows=False)
    return [(each.number, _words(each.values)) for each in found]


def urging(duties: Sequence[Duty], today: date) -> str:
    """Return what is pasted into the WeChat group: one line for each duty still open, who is meant, until when."""
    lines = []
    for duty in duties:
        if duty.state not in _OPEN:
            continue
        whom = "、".join(duty.who) or "各车间班组"
        until = (
            f"请于{duty.occurrence.end.month}月{duty.occurrence.end.day}日前办好" if duty.occurrence else "请尽快办好"
        )
        if duty.occurrence and duty.occurrence.end < today:
            until = f"已过期{(today - duty.occurrence.end).days}天，请尽快补办"
        lacking = "、".join(each.text for each in duty.progress if not each.is_done)
        lines.append(f"@{whom} {duty.title}{f'（还差：{lacking}）' if lacking else ''}，{until}。")
    return "\n".join(lines)


def export_calendar(app: App, year: int, target: Path, progress: Progress) -> int:
    """Write the duties of a year as .ics, with an alarm on every day of reminding; returns how many events.

    Folding and escaping are the library's (RFC 5545); the file is read back before it takes its name.
    """
    from icalendar import Calendar

    if target.suffix.lower() != ".ics":
        raise UserError(f"不能写成“{target.name}”", "文件名请以 .ics 结尾")
    book = Calendar()
    book.add("prodid", "-//ankang-desktop//zh-CN")
    book.add("version", "2.0")
    duties = [each for each in duties_of(app, year) if each.occurrence and each.state is not State.NOT_APPLICABLE]
    for at, duty in enumerate(duties):
        progress.step("写日历", at, len(duties))
        book.add_component(_event(duty, app.clock.now()))
    data = book.to_ical()

    def verify(path: Path) -> None:
        if len(Calendar.from_ical(path.read_bytes()).walk("VEVENT")) != len(duties):
            raise WorldError(f"写入“{target}”后读回的事项数不对", "请检查磁盘后重试")

    write_safely(target, lambda path: _write(path, data), verify)
    return len(duties)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _event(duty: Duty, now: datetime) -> Any:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{duty.ident}@ankang-desktop")
    event.add("dtstamp", now)
    event.add("summary", duty.title)
    if duty.occurrence:
        event.add("dtstart", duty.occurrence.start)
        event.add("dtend", duty.occurrence.end + timedelta(days=1))
        event.add("description", "\n".join([duty.reason, *(f"{each.notice}：{each.text}" for each in duty.sources)]))
        for day in duty.reminders:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", duty.title)
            begins = datetime.combine(duty.occurrence.start, time())
            alarm.add("trigger", datetime.combine(day, time(9)) - begins)
            event.add_component(alarm)
    return event


def _words(values: dict[str, Any]) -> str:
    decision: DutyDecision = values["decision"]
    days = "至".join(str(values[key]) for key in ("new_from", "new_until") if values[key])
    return "　".join(each for each in (str(values["decided_on"]), decision.value, days, values["reason"] or "") if each)
