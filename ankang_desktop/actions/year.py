"""The calendar: the officer's choices read from the ledgers, and every duty of a year as of today."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from ankang_desktop.actions.proofs import StoreProofs
from ankang_desktop.app import App
from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers.choices import DutyDecision, DutyNote, ProgrammeChoice
from ankang_desktop.programme.agenda import agenda, reminded
from ankang_desktop.programme.asking import Ref
from ankang_desktop.programme.choices import Choices, Closing, ident
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.programme.windows import Span
from ankang_desktop.store.query import Stored, entries, ids_of, statement_of


def choices_of(connection: Connection, app: App) -> Choices:
    """Return what the officer decided: programmes followed, duties switched, moved, closed or not applicable."""
    programmes = app.ledgers["programme_choice"]
    notes = app.ledgers["duty_note"]
    today = app.clock.today()
    followed = [entry for _, entry in entries(connection, programmes, ids_of(connection, programmes))]
    decided = [(stored, entry) for stored, entry in entries(connection, notes, ids_of(connection, notes))]
    typed = [entry for _, entry in decided if isinstance(entry, DutyNote)]
    return Choices(
        notices=frozenset(
            each.programme
            for each in followed
            if isinstance(each, ProgrammeChoice) and each.since <= today and (each.until is None or each.until >= today)
        ),
        switched={
            note.duty: note.decision is DutyDecision.switched_on
            for note in typed
            if note.decision in {DutyDecision.switched_on, DutyDecision.switched_off}
        },
        moved={
            ident(note.duty, note.occurs_from): Span(note.new_from or note.new_until, note.new_until)
            for note in typed
            if note.decision is DutyDecision.moved and note.occurs_from and note.new_until
        },
        dates=_dates(typed),
        not_applicable={
            _named(note): note.reason or "" for note in typed if note.decision is DutyDecision.not_applicable
        },
        closed={
            ident(note.duty, note.occurs_from or note.decided_on.year): _closing(stored, note)
            for stored, note in decided
            if isinstance(note, DutyNote) and note.decision is DutyDecision.closed
        },
    )


def duties_of(app: App, year: int) -> tuple[Duty, ...]:
    """Return every duty of a year as of today."""
    with app.read() as connection:
        return duties_as_of(app, connection, year, app.clock.today())


def duties_as_of(app: App, connection: Connection, year: int, as_of: date) -> tuple[Duty, ...]:
    """Return every duty of a year as it stood on a day; the calendar and the score ask for the same ones."""

    def work_out() -> tuple[Duty, ...]:
        proofs = StoreProofs(connection, app.ledgers, as_of, app.forms)
        return agenda(app.library, choices_of(connection, app), proofs, year, as_of)

    return app.until_changed(("duties", year, as_of), work_out)


def calendar(app: App, year: int, only: str) -> dict[str, Any]:
    """Return the calendar of a year as JSON can hold it; `only` keeps one state (逾期), “due” what is open or late.

    What was left undone last year does not vanish on New Year's Day: “due” tells it too, from the day the officer
    began to keep the year here.
    """
    today = app.clock.today()
    if only not in {"", "due", *(state.value for state in State)}:
        raise UserError(f"没有“{only}”这种状态", did_you_mean(only, [state.value for state in State]))
    duties = duties_of(app, year)
    if only == "due":
        duties = (*_left_over(app, year - 1, {duty.ident for duty in duties}), *duties)
    wanted = [duty for duty in duties if _is_wanted(duty, only)]
    return {
        "year": year,
        "today": today.isoformat(),
        "counts": {state.value: sum(duty.state is state for duty in duties) for state in State},
        "reminders": [duty.ident for duty in reminded(duties, today)],
        "duties": [plain_duty(duty) for duty in wanted],
    }


def begun(app: App) -> date:
    """Return since when the year is kept here: the first programme followed, else the first record."""

    def work_out() -> date:
        since: date | None
        with app.read() as connection:
            since = connection.scalar(statement_of(app.ledgers["programme_choice"], func.min(ProgrammeChoice.since)))
            if since:
                return since
            first = connection.scalar(select(func.min(Record.created_at)))
        return first.date() if first else app.clock.today()

    return app.until_changed(("begun", app.clock.today()), work_out)


def _left_over(app: App, year: int, told: set[str]) -> list[Duty]:
    """Return what a past year left undone; a window over New Year stands in both years and is told once."""
    since = begun(app)
    late = (duty for duty in duties_of(app, year) if duty.state in {State.OVERDUE, State.UNPROVEN})
    return [duty for duty in late if duty.ident not in told and duty.occurrence and duty.occurrence.end >= since]


def plain_duty(duty: Duty) -> dict[str, Any]:
    """Return one duty as JSON can hold it: its days, state, reason, progress, records and source sentences."""
    return {
        "ident": duty.ident,
        "code": duty.code,
        "title": duty.title,
        "origin": duty.origin,
        "from": duty.occurrence.start.isoformat() if duty.occurrence else None,
        "due": duty.occurrence.end.isoformat() if duty.occurrence else None,
        "state": duty.state.value,
        "days_left": duty.days_left,
        "reason": duty.reason,
        "done_when": duty.done_when,
        "progress": [each.text for each in duty.progress],
        "records": [{"ledger": each.ledger, "id": each.id, "title": each.title} for each in duty.records],
        "supports": list(duty.supports),
        "sources": [{"notice": each.notice, "code": each.code, "text": each.text} for each in duty.sources],
        "reminders": [day.isoformat() for day in duty.reminders],
    }


def _is_wanted(duty: Duty, only: str) -> bool:
    if only == "due":
        return duty.state in {State.OPEN, State.NEAR, State.OVERDUE, State.UNPROVEN}
    return not only or duty.state.value == only


def _dates(notes: list[DutyNote]) -> dict[str, tuple[Span, ...]]:
    """Return the officer's own days, by duty and year; several notes of one year are several windows."""
    moved: dict[str, list[Span]] = {}
    for note in notes:
        if note.decision is DutyDecision.moved and note.new_until and not note.occurs_from:
            start: date = note.new_from or note.new_until
            moved.setdefault(ident(note.duty, start.year), []).append(Span(start, note.new_until))
    return {name: tuple(sorted(spans, key=lambda span: span.start)) for name, spans in moved.items()}


def _closing(stored: Stored, note: DutyNote) -> Closing:
    """Return a closing by hand; its own record is the proof, for the files lie there."""
    proof = Ref(stored.ledger, stored.id, note.decided_on, f"{stored.number} {note.reason or ''}")
    return Closing(note.decided_on, note.reason or "", proof)


def _named(note: DutyNote) -> str:
    return ident(note.duty, note.occurs_from) if note.occurs_from else note.duty
