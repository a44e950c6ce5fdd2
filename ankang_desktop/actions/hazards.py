"""The board of hazards: columns by stage, the most urgent first, every count able to name its records.

All is asked of the database in aggregates and pages, so that twenty thousand hazards cost no more than fifty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, not_, or_, select

from ankang_desktop.app import App
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Record
from ankang_desktop.ledgers.hazards.loop import FIVE_FIXED_ITEMS
from ankang_desktop.ledgers.hazards.record import Extension, Hazard
from ankang_desktop.ledgers.hazards.words import HazardLevel, RectifyLevel, Stage
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.query import alive, containing
from ankang_desktop.store.tables import EvidenceLink

OPEN = (Stage.registered, Stage.graded, Stage.rectifying, Stage.awaiting)
COLUMNS = (*OPEN, Stage.closed)
"""The columns of the board; a void hazard stands on none."""

PAGE = 40
"""Cards a column shows before more are asked for."""

SOON = 7
"""Days ahead that count as soon: what to urge this week."""

HAZARD = Hazard.__tablename__


class Focus(Options):
    """What an officer looks for before an inspection."""

    overdue = "逾期未销号"
    soon = f"{SOON}天内到期"
    incomplete = "“五落实”不全"
    unreported = "重大未双报告"
    bare = "销号缺整改后照片"


@dataclass(frozen=True)
class Asked:
    """Which hazards are looked at: those found in `year`, and older ones that are still open."""

    year: int
    search: str = ""
    level: HazardLevel | None = None
    team: int | None = None
    rung: RectifyLevel | None = None
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One hazard as a card shows it; `days_left` is negative when overdue, None when closed or without a deadline."""

    id: int
    number: str
    description: str
    place: str
    team: str
    responsible: str
    stage: Stage
    is_major: bool
    found_on: date
    deadline: date | None
    first_deadline: date | None
    closed_on: date | None
    days_left: int | None
    extensions: int
    is_bare: bool

    @property
    def is_overdue(self) -> bool:
        """Whether its deadline has passed and it is still open."""
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True)
class Column:
    """One stage: how many there are, how many of them overdue, the first cards."""

    stage: Stage
    count: int
    overdue: int
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Board:
    """What the board shows: columns, the ladder of who has to mend it, what to look for, and how many are void."""

    columns: tuple[Column, ...]
    ladder: Mapping[RectifyLevel, int]
    focus: Mapping[Focus, int]
    voided: int


def board(app: App, asked: Asked) -> Board:
    """Return the board; the ladder and the foci are counted under all filters but their own."""
    today = app.clock.today()
    with app.read() as connection:
        stages = _by_stage(app, connection, asked, today)
        return Board(
            tuple(
                Column(stage, *stages.get(stage, (0, 0)), tuple(_cards(app, connection, asked, stage, 0)))
                for stage in COLUMNS
            ),
            _ladder(app, connection, replace(asked, rung=None)),
            _foci(app, connection, replace(asked, focus=None)),
            _number(app, connection, asked, Hazard.stage == Stage.voided),
        )


def more_cards(app: App, asked: Asked, stage: Stage, after: int) -> list[Card]:
    """Return the next cards of a column, those after the first `after`."""
    with app.read() as connection:
        return _cards(app, connection, asked, stage, after)


def card_of(app: App, number: str) -> Card | None:
    """Return the card of one hazard, None where it is gone."""
    with app.read() as connection:
        return next(iter(_read(app, connection, [Record.number == number], [Record.id], 1, 0)), None)


def hazard_ids(app: App, asked: Asked, stages: Sequence[Stage] = (), *, is_overdue: bool = False) -> list[int]:
    """Return the ids behind a number of the board, the most urgent first; `stages` () means every column."""
    where = [*where_of(app, asked), Hazard.stage.in_(stages or COLUMNS)]
    where += [overdue(app.clock.today())] if is_overdue else []
    statement = select(Record.id).select_from(Hazard).where(alive(app.ledgers[HAZARD]), *where)
    with app.read() as connection:
        return list(connection.scalars(statement.order_by(*_order(Stage.rectifying))))


def hazard_refs(app: App, asked: Asked, stages: Sequence[Stage] = (), *, is_overdue: bool = False) -> tuple[Ref, ...]:
    """Return those records as they are shown, at most as many as a list of records holds."""
    ids = hazard_ids(app, asked, stages, is_overdue=is_overdue)
    with app.read() as connection:
        return references(connection, app.ledgers, (Key(HAZARD, each) for each in ids))


def where_of(app: App, asked: Asked) -> list[Any]:
    """Return the clauses of what is looked at, beside “alive”; void hazards come only where their stage is asked."""
    first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
    found: list[Any] = [or_(Record.day.between(first, last), and_(Record.day < first, Hazard.stage.in_(OPEN)))]
    if asked.level is not None:
        found.append(Hazard.level == asked.level)
    if asked.team is not None:
        found.append(Hazard.team == asked.team)
    if asked.rung is not None:
        found += [Hazard.rectify_level == asked.rung, Hazard.stage.in_(OPEN)]
    if asked.focus is not None:
        found.append(focus_clause(asked.focus, app.clock.today()))
    if words := asked.search.split():
        found.append(containing(*words))
    return found


def overdue(today: date) -> ColumnElement[bool]:
    """Return the clause “open, its deadline passed”."""
    return and_(Hazard.stage.in_(OPEN), Hazard.deadline < today)


def focus_clause(focus: Focus, today: date) -> ColumnElement[bool]:
    """Return the clause of a focus."""
    if focus is Focus.overdue:
        return overdue(today)
    if focus is Focus.soon:
        return and_(Hazard.stage.in_(OPEN), Hazard.deadline.between(today, today + timedelta(days=SOON)))
    if focus is Focus.incomplete:
        return and_(Hazard.stage != Stage.voided, not_(five_fixed()))
    if focus is Focus.unreported:
        return and_(Hazard.stage != Stage.voided, Hazard.level == HazardLevel.major, not_(reported_twice()))
    return _is_bare()


def five_fixed() -> ColumnElement[bool]:
    """Return the clause “责任、措施、资金、时限、预案 are all filled”."""
    return and_(True, *(getattr(Hazard, key).is_not(None) for key in FIVE_FIXED_ITEMS))


def reported_twice() -> ColumnElement[bool]:
    """Return the clause “reported to the regulator and to the staff congress”."""
    return and_(Hazard.regulator_reported_on.is_not(None), Hazard.congress_reported_on.is_not(None))


def _is_bare() -> ColumnElement[bool]:
    has_after = exists().where(EvidenceLink.record_id == Record.id, EvidenceLink.slot == "after")
    return and_(Hazard.stage == Stage.closed, ~has_after)


def _select(app: App, *columns: Any, where: Sequence[Any]) -> Any:
    return select(*columns).select_from(Hazard).where(alive(app.ledgers[HAZARD]), *where)


def _number(app: App, connection: Connection, asked: Asked, *where: Any) -> int:
    statement = _select(app, func.count(), where=[*where_of(app, asked), *where])
    return connection.scalar(statement) or 0


def _by_stage(app: App, connection: Connection, asked: Asked, today: date) -> dict[Stage, tuple[int, int]]:
    late = func.sum(case((overdue(today), 1), else_=0))
    statement = _select(app, Hazard.stage, func.count(), late, where=where_of(app, asked)).group_by(Hazard.stage)
    return {stage: (number, int(behind or 0)) for stage, number, behind in connection.execute(statement)}


def _ladder(app: App, connection: Connection, asked: Asked) -> dict[RectifyLevel, int]:
    where = [*where_of(app, asked), Hazard.stage.in_(OPEN), Hazard.rectify_level.is_not(None)]
    statement = _select(app, Hazard.rectify_level, func.count(), where=where).group_by(Hazard.rectify_level)
    known: dict[RectifyLevel, int] = {row[0]: row[1] for row in connection.execute(statement)}
    return {rung: known.get(rung, 0) for rung in RectifyLevel}


def _foci(app: App, connection: Connection, asked: Asked) -> dict[Focus, int]:
    today = app.clock.today()
    columns = [func.sum(case((focus_clause(each, today), 1), else_=0)) for each in Focus]
    row = connection.execute(_select(app, *columns, where=where_of(app, asked))).one()
    return {each: int(number or 0) for each, number in zip(Focus, row, strict=True)}


def _order(stage: Stage) -> list[Any]:
    """Return the order of a column: open ones by deadline, those overdue longest first; closed ones newest first."""
    if stage is Stage.closed:
        return [Hazard.closed_on.desc(), Record.id.desc()]
    return [Hazard.deadline.is_(None), Hazard.deadline, Record.day, Record.id]


def _cards(app: App, connection: Connection, asked: Asked, stage: Stage, after: int) -> list[Card]:
    return _read(app, connection, [*where_of(app, asked), Hazard.stage == stage], _order(stage), PAGE, after)


_SHOWN = (
    Record.id,
    Record.number,
    Hazard.description,
    Hazard.place,
    Hazard.team,
    Hazard.responsible,
    Hazard.responsible_department,
    Hazard.stage,
    Hazard.level,
    Hazard.found_on,
    Hazard.deadline,
    Hazard.first_deadline,
    Hazard.closed_on,
)


def _read(app: App, connection: Connection, where: list[Any], order: list[Any], most: int, after: int) -> list[Card]:
    extended = select(func.count()).where(Extension.record_id == Record.id).correlate(Record).scalar_subquery()
    bare = case((_is_bare(), 1), else_=0)
    statement = _select(app, *_SHOWN, extended, bare, where=where).order_by(*order).limit(most).offset(after)
    rows = connection.execute(statement).all()
    names, today = app.names(connection), app.clock.today()
    names.prime("team", [row.team for row in rows if row.team])
    names.prime("employee", [row.responsible for row in rows if row.responsible])
    return [
        Card(
            row.id,
            row.number,
            row.description.replace("\n", " "),
            row.place or "",
            names.name_of("team", row.team) if row.team else "",
            names.short_name_of("employee", row.responsible) if row.responsible else row.responsible_department or "",
            row.stage,
            row.level is HazardLevel.major,
            row.found_on,
            row.deadline,
            row.first_deadline,
            row.closed_on,
            (row.deadline - today).days if row.deadline and row.stage in OPEN else None,
            row[-2],
            bool(row[-1]),
        )
        for row in rows
    ]
