"""The year at a glance: hazards month by month, coverage with who is missing, this year beside last year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from ankang_desktop.actions.rosters import serving
from ankang_desktop.actions.scores import year_card
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.ledgers.drills import DRILLS
from ankang_desktop.ledgers.enterprise.people import Employee, Team
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import Stage
from ankang_desktop.ledgers.team_activities import TeamActivity
from ankang_desktop.ledgers.trainings import TrainingAttendance
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.query import statement_of

_KINDS = (
    ("培训", "training", "场"),
    ("应急演练", "drill", "次"),
    ("班组活动", "team_activity", "次"),
    ("排查隐患", "hazard", "条"),
    ("合理化建议", "suggestion", "条"),
    ("生产安全事故", "accident", "起"),
)
_OPEN = (Stage.registered, Stage.graded, Stage.rectifying, Stage.awaiting)


@dataclass(frozen=True)
class Coverage:
    """How many of how many were reached; `missing` names those who were not."""

    title: str
    done: int
    whole: int
    missing: tuple[Ref, ...]

    @property
    def share(self) -> float:
        """Return the share, 0 of nothing."""
        return self.done / self.whole if self.whole else 0.0


@dataclass(frozen=True)
class Compared:
    """One figure of this year and of last year up to the same day."""

    title: str
    now: int
    before: int
    unit: str

    @property
    def text(self) -> str:
        """Return “培训 12 场（上年同期 9 场）”."""
        return f"{self.title} {self.now} {self.unit}，上年同期 {self.before} {self.unit}"


@dataclass(frozen=True)
class Overview:
    """What 今日 shows beside duties and card; months run from January."""

    found: tuple[int, ...]
    closed: tuple[int, ...]
    open_hazards: int
    overdue_hazards: int
    closed_hazards: int
    coverage: tuple[Coverage, ...]
    compared: tuple[Compared, ...]
    has_profile: bool
    has_roster: bool
    has_programme: bool

    @property
    def sentence(self) -> str:
        """Return the comparison in words: 与上年同期相比，……."""
        told = [_difference(each) for each in self.compared if each.now or each.before]
        return f"与上年同期相比：{'；'.join(told)}。" if told else "上年和今年都还没有记录。"


def overview(app: App, year: int) -> Overview:
    """Return the overview of a year as of today."""
    today = min(app.clock.today(), date(year, 12, 31))
    with app.read() as connection:
        hazards = _hazard_counts(connection, app, today)
        return Overview(
            _by_month(connection, app, Hazard.found_on, year),
            _by_month(connection, app, Hazard.closed_on, year),
            *hazards,
            _closed_in(connection, app, year),
            (_trained(connection, app, year), *_teams(connection, app, year)),
            tuple(_compared(connection, year, today)),
            _has(connection, "profile"),
            _has(connection, "employee"),
            _has(connection, "programme_choice"),
        )


def last_year_total(app: App, year: int) -> Decimal | None:
    """Return last year's suggested total; None where nothing was kept then."""
    with app.read() as connection:
        kept = connection.scalar(select(func.count()).select_from(Record).where(Record.year == year - 1))
    return year_card(app, year - 1).totals().grand if kept else None


def _by_month(connection: Connection, app: App, column: Any, year: int) -> tuple[int, ...]:
    month = func.extract("month", column)
    statement = statement_of(app.ledgers["hazard"], month, func.count()).where(
        column.between(date(year, 1, 1), date(year, 12, 31)), Hazard.stage != Stage.voided
    )
    found = {int(number): count for number, count in connection.execute(statement.group_by(month))}
    return tuple(found.get(number, 0) for number in range(1, 13))


def _hazard_counts(connection: Connection, app: App, today: date) -> tuple[int, int]:
    is_open = Hazard.stage.in_(_OPEN)
    late = and_(is_open, Hazard.deadline < today)
    return _count(connection, app, is_open), _count(connection, app, late)


def _closed_in(connection: Connection, app: App, year: int) -> int:
    return _count(connection, app, Hazard.closed_on.between(date(year, 1, 1), date(year, 12, 31)))


def _count(connection: Connection, app: App, *where: Any) -> int:
    return connection.scalar(statement_of(app.ledgers["hazard"], func.count()).where(*where)) or 0


def _trained(connection: Connection, app: App, year: int) -> Coverage:
    """Return how many of the staff in service were at a training this year."""
    trainings = select(Record.id).where(
        Record.ledger == "training",
        Record.removed_at.is_(None),
        Record.day.between(date(year, 1, 1), date(year, 12, 31)),
    )
    reached = select(TrainingAttendance.person).where(
        TrainingAttendance.record_id.in_(trainings), TrainingAttendance.present.is_not(False)
    )
    staff = statement_of(app.ledgers["employee"], Employee.id).where(*serving(app.clock.today()))
    everyone = list(connection.scalars(staff))
    met = set(connection.scalars(reached.distinct()))
    missing = [Key("employee", key) for key in everyone if key not in met]
    return Coverage(
        "培训覆盖", len(everyone) - len(missing), len(everyone), references(connection, app.ledgers, missing)
    )


def _teams(connection: Connection, app: App, year: int) -> list[Coverage]:
    """Return how many teams had a safety activity this month, and how many took part in a drill this year."""
    today = min(app.clock.today(), date(year, 12, 31))
    where = or_(Team.valid_until.is_(None), Team.valid_until >= today)
    teams = list(connection.scalars(statement_of(app.ledgers["team"], Team.id).where(where).order_by(Team.id)))
    first = today.replace(day=1)
    active = statement_of(app.ledgers["team_activity"], TeamActivity.team).where(
        TeamActivity.held_on.between(first, first + timedelta(days=31)), TeamActivity.held_on <= _month_end(first)
    )
    drilled = _drilled(connection, year)
    parts = ((f"{today.month}月班组活动", set(connection.scalars(active.distinct()))), ("演练班组覆盖", drilled))
    return [
        Coverage(
            title,
            sum(team in met for team in teams),
            len(teams),
            references(connection, app.ledgers, [Key("team", team) for team in teams if team not in met]),
        )
        for title, met in parts
    ]


def _drilled(connection: Connection, year: int) -> set[int]:
    """Return the teams named by a drill of the year, in its own field or among its lines."""
    held = select(Record.id).where(
        Record.ledger == "drill",
        Record.removed_at.is_(None),
        Record.day.between(date(year, 1, 1), date(year, 12, 31)),
    )
    found: set[int] = set()
    for lines in DRILLS.lines:
        row: Any = lines.row
        if "team" in lines.fields:
            found.update(connection.scalars(select(row.team).where(row.record_id.in_(held))))
        if "person" in lines.fields:
            people = select(row.person).where(row.record_id.in_(held))
            if "present" in lines.fields:
                people = people.where(row.present.is_not(False))
            found.update(connection.scalars(select(Employee.team).where(Employee.id.in_(people)).distinct()))
    return found - {None}


def _compared(connection: Connection, year: int, today: date) -> list[Compared]:
    return [
        Compared(title, _until(connection, key, year, today), _until(connection, key, year - 1, today), unit)
        for title, key, unit in _KINDS
    ]


def _until(connection: Connection, key: str, year: int, today: date) -> int:
    """Return how many records of a ledger lie between New Year and the same day of a year."""
    last = date(year, today.month, min(today.day, 28) if today.month == 2 else today.day)
    statement = select(func.count()).select_from(Record)
    where = (Record.ledger == key, Record.removed_at.is_(None), Record.day.between(date(year, 1, 1), last))
    return connection.scalar(statement.where(*where)) or 0


def _difference(each: Compared) -> str:
    apart = each.now - each.before
    if not apart:
        return f"{each.title}持平（{each.now}{each.unit}）"
    return f"{each.title}{'增加' if apart > 0 else '减少'}{abs(apart)}{each.unit}（{each.before}→{each.now}）"


def _has(connection: Connection, key: str) -> bool:
    statement = select(Record.id).where(Record.ledger == key, Record.removed_at.is_(None))
    return connection.scalar(statement.limit(1)) is not None


def _month_end(first: date) -> date:
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return after - timedelta(days=1)
