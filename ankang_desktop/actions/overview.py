"""The year at a glance: hazards month by month, who is not reached yet; every number knows its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Select, func, select

from ankang_desktop.actions.grid import last_day
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.ledgers.drills import Drill
from ankang_desktop.ledgers.enterprise.people import Employee, Team
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import Stage
from ankang_desktop.ledgers.team_activities import TeamActivity
from ankang_desktop.ledgers.trainings import Training
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.scoring.card import Card, Gap
from ankang_desktop.scoring.people import has_roster, persons, staff, teams
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.references import MOST, Key, Ref, references
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.store.query import statement_of

_OPEN = (Stage.registered, Stage.graded, Stage.rectifying, Stage.awaiting)
LATE = frozenset({State.OVERDUE, State.UNPROVEN})
WEEK = 7
"""Days ahead that count as this week."""


@dataclass(frozen=True)
class Coverage:
    """How many of how many were reached, by what is counted (`unit`); `key` finds those who were not."""

    key: str
    title: str
    done: int
    whole: int
    unit: str

    @property
    def share(self) -> Fraction | None:
        """Return the share, None of nothing."""
        return Fraction(self.done, self.whole) if self.whole else None


@dataclass(frozen=True)
class Overview:
    """What 今日 shows beside duties and card: months run from January, hazards are those of the year and older open."""

    found: tuple[int, ...]
    closed: tuple[int, ...]
    open_hazards: int
    overdue_hazards: int
    coverage: tuple[Coverage, ...]

    @property
    def closed_hazards(self) -> int:
        """Return how many were closed in the year."""
        return sum(self.closed)


@dataclass(frozen=True)
class Steps:
    """Which of the first three steps are done."""

    has_profile: bool
    has_roster: bool
    has_programme: bool

    @property
    def are_done(self) -> bool:
        """Say whether all of them are."""
        return self.has_profile and self.has_roster and self.has_programme


@dataclass(frozen=True)
class Agenda:
    """The duties of the day: due this week, late (or done without proof), and what comes after the week."""

    due: tuple[Duty, ...]
    late: tuple[Duty, ...]
    later: tuple[Duty, ...]


def is_due(duty: Duty) -> bool:
    """Say whether a duty is open and due this week."""
    return duty.state in {State.OPEN, State.NEAR} and duty.days_left is not None and duty.days_left <= WEEK


def is_late(duty: Duty, since: date) -> bool:
    """Say whether a duty is overdue, or done without its proof; what was due before the year was kept here is not."""
    return duty.state in LATE and bool(duty.occurrence and duty.occurrence.end >= since)


def sorted_out(duties: tuple[Duty, ...], since: date) -> Agenda:
    """Return the duties an officer looks at in the morning: the nearest first, of the late ones the latest.

    `since` is the day from which the year is kept here.
    """
    open_ones = [each for each in duties if each.state in {State.OPEN, State.NEAR} and each.days_left is not None]
    open_ones.sort(key=lambda each: each.days_left or 0)
    due = tuple(each for each in open_ones if is_due(each))
    late = sorted((each for each in duties if is_late(each, since)), key=lambda each: -(each.days_left or 0))
    overdue_first = sorted(late, key=lambda each: each.state is State.UNPROVEN)
    return Agenda(due, tuple(overdue_first), tuple(open_ones[len(due) :]))


def by_effort(card: Card) -> tuple[Gap, ...]:
    """Return the gaps of a card by the points one mended record gives; what is to be done first counts as one."""
    return tuple(sorted(card.gaps(), key=lambda gap: (-gap.gain / max(1, gap.records), -gap.records, gap.unit)))


def first_steps(app: App) -> Steps:
    """Return which of the first three steps are done; quick."""
    with app.read() as connection:
        return Steps(*(_has(connection, key) for key in ("profile", "employee", "programme_choice")))


def overview(app: App, year: int) -> Overview:
    """Return the overview of a year as of today, or as of its last day."""
    with app.read() as connection:
        scope = _scope(app, connection, year)
        return Overview(
            _by_month(scope, Hazard.found_on),
            _by_month(scope, Hazard.closed_on),
            scope.number(_hazards(scope, func.count(), *_still_open(scope))),
            scope.number(_hazards(scope, func.count(), *_overdue(scope))),
            tuple(_coverages(scope)),
        )


def behind(app: App, year: int, key: str) -> tuple[Ref, ...]:
    """Return the records behind a number of the overview.

    `key` is “open”, “overdue”, “closed”, “found:6”, “closed:6”, or a coverage's key for those not reached yet.
    """
    with app.read() as connection:
        scope = _scope(app, connection, year)
        name, _, month = key.partition(":")
        if name in _MISSING:
            record, ids = _MISSING[name](scope)
            keys = [Key(record.__tablename__, each) for each in connection.scalars(ids.limit(MOST))]
        else:
            statement = _hazards(scope, Record.id, *_where(scope, name, int(month or 0)))
            ordered = statement.order_by(Record.day, Record.id).limit(MOST)
            keys = [Key(Hazard.__tablename__, each) for each in connection.scalars(ordered)]
        return references(connection, app.ledgers, keys)


# --- hazards -------------------------------------------------------------------------------------------------------


def _scope(app: App, connection: Connection, year: int) -> Scope:
    period = Period(date(year, 1, 1), date(year, 12, 31), app.clock.today())
    return Scope(connection, app.ledgers, period, strict=False)


def _hazards(scope: Scope, column: Any, *where: Any) -> Select[Any]:
    return statement_of(scope.ledgers[Hazard.__tablename__], column).where(Hazard.stage != Stage.voided, *where)


def _still_open(scope: Scope) -> tuple[Any, ...]:
    return Hazard.stage.in_(_OPEN), Hazard.found_on <= scope.period.cut


def _overdue(scope: Scope) -> tuple[Any, ...]:
    return *_still_open(scope), Hazard.deadline < scope.period.cut


def _where(scope: Scope, name: str, month: int) -> tuple[Any, ...]:
    if name == "open":
        return _still_open(scope)
    if name == "overdue":
        return _overdue(scope)
    column: Any = {"found": Hazard.found_on, "closed": Hazard.closed_on}[name]
    year = scope.period.start.year
    first, last = (date(year, month, 1), last_day(year, month)) if month else (scope.period.start, scope.period.end)
    return (column.between(first, last),)


def _by_month(scope: Scope, column: Any) -> tuple[int, ...]:
    month = func.extract("month", column)
    statement = _hazards(scope, month, column.between(scope.period.start, scope.period.end))
    found = {
        int(at): number for at, number in scope.connection.execute(statement.add_columns(func.count()).group_by(month))
    }
    return tuple(found.get(at, 0) for at in range(1, 13))


# --- who is reached ------------------------------------------------------------------------------------------------


def _coverages(scope: Scope) -> Iterator[Coverage]:
    month = scope.period.cut.month
    if has_roster(scope):
        yield _coverage(scope, "trained", "全员培训", staff(scope), "人")
    for key, title in (("active", f"{month}月班组安全活动"), ("drilled", "班组应急演练"), ("reporting", "班组查隐患")):
        yield _coverage(scope, key, title, teams(scope), "个班组")


def _coverage(scope: Scope, key: str, title: str, everyone: Select[Any], unit: str) -> Coverage:
    _, missing = _MISSING[key](scope)
    whole, lacking = (scope.number(select(func.count()).select_from(each.subquery())) for each in (everyone, missing))
    return Coverage(key, title, whole - lacking, whole, unit)


def _untrained(scope: Scope) -> tuple[type[Any], Select[Any]]:
    ledger = scope.ledger(Training)
    named = persons(ledger, scope.inside(ledger))
    table = Employee.__table__.c
    missing = select(table.id).where(table.id.in_(staff(scope)))
    return Employee, missing if named is None else missing.where(table.id.not_in(named))


def _teams_without(*named: Select[Any], scope: Scope) -> tuple[type[Any], Select[Any]]:
    table = Team.__table__.c
    missing = select(table.id).where(table.id.in_(teams(scope))).order_by(table.id)
    for each in named:
        missing = missing.where(table.id.not_in(each))
    return Team, missing


def _inactive(scope: Scope) -> tuple[type[Any], Select[Any]]:
    """Return the teams without a safety activity in the running (or last) month."""
    cut = scope.period.cut
    monthly = scope.during(Period(cut.replace(day=1), cut, cut))
    where = (TeamActivity.team.is_not(None),)
    held = monthly.select(monthly.ledger(TeamActivity), TeamActivity.team, where=where).correlate(None)
    return _teams_without(held, scope=scope)


def _undrilled(scope: Scope) -> tuple[type[Any], Select[Any]]:
    """Return the teams no drill names, in its own field or among its lines."""
    ledger = scope.ledger(Drill)
    rows: list[Any] = [lines.row for lines in ledger.lines if "team" in lines.fields]
    named = [select(row.team).where(row.record_id.in_(scope.inside(ledger))).correlate(None) for row in rows]
    return _teams_without(*named, scope=scope)


def _silent(scope: Scope) -> tuple[type[Any], Select[Any]]:
    where = (Hazard.team.is_not(None), Hazard.stage != Stage.voided)
    reported = scope.select(scope.ledger(Hazard), Hazard.team, where=where).correlate(None)
    return _teams_without(reported, scope=scope)


_MISSING: dict[str, Callable[[Scope], tuple[type[Any], Select[Any]]]] = {
    "trained": _untrained,
    "active": _inactive,
    "drilled": _undrilled,
    "reporting": _silent,
}
"""How those not reached are found, by the coverage's key."""


def _has(connection: Connection, key: str) -> bool:
    statement = select(Record.id).where(Record.ledger == key, Record.removed_at.is_(None))
    return connection.scalar(statement.limit(1)) is not None
