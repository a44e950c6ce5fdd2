"""The team grid: twelve months by team, what each team did and what it still owes.

A record belongs to the team its own field names; where a ledger has no such field, to the teams it lists and to the
teams of those who came (as the roster stands now). One record of five teams stands in five cells and once in a total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Select, extract, func, literal, or_, select, union

from ankang_desktop.app import App
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.enterprise.people import Employee, Team
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.heads import present
from ankang_desktop.store.query import alive

MONTHS = tuple(range(1, 13))
LOOSE = 0
"""The team of records that name none of the year's teams."""
_ROWS = 20_000


@dataclass(frozen=True)
class Measure:
    """What is counted: a ledger's counter, the character that marks it, its unit."""

    counter: str
    title: str
    mark: str
    unit: str

    @property
    def ledger(self) -> str:
        """Return the key of its ledger."""
        return self.counter.partition(".")[0]


MEASURES = (
    Measure("team_activity", "班组安全活动", "活", "场"),
    Measure("training", "教育培训", "培", "场"),
    Measure("drill", "应急演练", "练", "场"),
    Measure("hazard.found", "隐患", "患", "条"),
    Measure("suggestion", "合理化建议", "议", "件"),
)


@dataclass(frozen=True)
class TeamLine:
    """A team of the year, the workshop it stands under, and the months it was in service."""

    id: int
    name: str
    workshop: str
    months: frozenset[int]


@dataclass(frozen=True)
class Counts:
    """The records of one measure: `cells` by (team, month), each record's `weight` (its sessions, else 1).

    `sums` is the weight of every cell.
    """

    cells: Mapping[tuple[int, int], tuple[int, ...]]
    weight: Mapping[int, int]
    sums: Mapping[tuple[int, int], int]
    _known: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = field(default_factory=dict, compare=False, repr=False)

    def records(self, teams: Iterable[int], months: Iterable[int]) -> list[int]:
        """Return the records of teams in months, each once."""
        wanted = list(months)
        return list(
            dict.fromkeys(key for team in teams for month in wanted for key in self.cells.get((team, month), ()))
        )

    def number(self, teams: Sequence[int], months: Sequence[int]) -> int:
        """Return how much teams did in months: sessions or records, a record of several teams once."""
        if len(teams) == 1:
            return sum(self.sums.get((teams[0], month), 0) for month in months)
        asked = (tuple(teams), tuple(months))
        if asked not in self._known:
            self._known[asked] = self._counted(*asked)
        return self._known[asked]

    def _counted(self, teams: Iterable[int], months: Iterable[int]) -> int:
        return sum(self.weight[key] for key in self.records(teams, months))


@dataclass(frozen=True)
class Grid:
    """A year of all teams; `until` is the last completed month (0: none, 12: all), `now` the running one or 0.

    `monthly` is how many of a measure the calendar wants of each team every month; what it does not name is not owed.
    """

    year: int
    today: date
    teams: tuple[TeamLine, ...]
    counts: Mapping[str, Counts]
    monthly: Mapping[str, int]

    @cached_property
    def until(self) -> int:
        """Return the last completed month of the year."""
        gone = (self.today.year - self.year) * 12 + self.today.month - 1
        return max(0, min(12, gone))

    @cached_property
    def now(self) -> int:
        """Return the running month, 0 where today is of another year."""
        return self.today.month if self.today.year == self.year else 0

    @cached_property
    def workshops(self) -> tuple[str, ...]:
        """Return the names of the workshops, in the order of their teams."""
        return tuple(dict.fromkeys(team.workshop for team in self.teams))

    def counted(self, measure: Measure) -> Counts:
        """Return the records of a measure."""
        return self.counts[measure.counter]

    def has_loose(self) -> bool:
        """Say whether any record names none of the year's teams."""
        return any(team == LOOSE for each in self.counts.values() for team, _ in each.cells)

    def owed(self, measure: Measure) -> int:
        """Return how many of a measure every team owes each month, 0 where none is owed."""
        return self.monthly.get(measure.counter, 0)

    def lacking(self, measure: Measure, team: TeamLine, month: int) -> int:
        """Return how many a team is short of in a month it was there: of what it owes, else of a first one."""
        if month not in team.months:
            return 0
        return max(0, max(1, self.owed(measure)) - self.counted(measure).sums.get((team.id, month), 0))

    def short_months(self, measure: Measure, team: TeamLine) -> dict[int, int]:
        """Return the completed months in which a team is short, each with how many it lacks."""
        found = {month: self.lacking(measure, team, month) for month in MONTHS if month <= self.until}
        return {month: number for month, number in found.items() if number}

    def asked(self, month: int, teams: Iterable[TeamLine]) -> list[TeamLine]:
        """Return the teams that were in service in a month."""
        return [team for team in teams if month in team.months]


def team_grid(app: App, year: int, progress: Progress) -> Grid:
    """Count a year by team and month, every measure."""
    with app.read() as connection:
        teams = teams_of(app, connection, year)
        counts = {}
        for done, measure in enumerate(MEASURES):
            progress.step(f"正在统计{measure.title}", done, len(MEASURES))
            counts[measure.counter] = _counts(app, connection, measure, year, {team.id for team in teams})
    monthly = {each.counter: app.library.monthly_of_each(each.counter, "team") for each in MEASURES}
    grid = Grid(year, app.clock.today(), teams, counts, monthly)
    for sums in counts.values():
        _count_ahead(grid, sums)
    return grid


def _count_ahead(grid: Grid, counts: Counts) -> None:
    """Work out the totals of workshops and of all, which whoever looks at the grid asks for first."""
    groups = [tuple(team.id for team in grid.teams if team.workshop == name) for name in grid.workshops]
    for group in (*groups, (*(team.id for team in grid.teams), LOOSE)):
        for months in (*((month,) for month in MONTHS), MONTHS):
            counts.number(group, months)


def records_of(app: App, measures: Iterable[tuple[Measure, Sequence[int]]]) -> tuple[Ref, ...]:
    """Return the references of records by measure, all of them."""
    keys = [Key(measure.ledger, key) for measure, ids in measures for key in ids]
    with app.read() as connection:
        return references(connection, app.ledgers, keys, None)


def day_for(grid: Grid, month: int) -> date:
    """Return the day a new record of a month begins with: today in the running month, else the month's last day."""
    return grid.today if month == grid.now else last_day(grid.year, month)


# --- what teams still owe ------------------------------------------------------------------------------------------


def reminder_for_team(grid: Grid, team: TeamLine, measure: Measure | None) -> str:
    """Return the words that ask a team for what is missing, "" where nothing is; without a measure for all of it."""
    asked = MEASURES if measure is None else (measure,)
    found = [text for each in asked if grid.owed(each) for text in _short_of(grid, team, each)]
    yearly = [each for each in asked if not grid.owed(each) and grid.until]
    never = [each.title for each in yearly if not grid.counted(each).records([team.id], MONTHS)]
    found += [f"全年还没有{'、'.join(never)}记录"] if never else []
    if not found:
        return ""
    return f"@{team.name}：{grid.year}年{'；'.join(found)}。{_please(grid.today)}"


def _short_of(grid: Grid, team: TeamLine, measure: Measure) -> Iterable[str]:
    """Yield in which months a team owes something: “2、3月没有…记录”, “9月…只有1场（每月至少2场）”."""
    owed, short = grid.owed(measure), grid.short_months(measure, team)
    for lacks in sorted(set(short.values()), reverse=True):
        months = "、".join(str(month) for month, number in short.items() if number == lacks)
        some = f"{measure.title}只有{owed - lacks}{measure.unit}（每月至少{owed}{measure.unit}）"
        yield f"{months}月{some if lacks < owed else f'没有{measure.title}记录'}"


def reminder_for_month(grid: Grid, month: int, measure: Measure | None, teams: Iterable[TeamLine]) -> str:
    """Return the words that ask the teams short of records in a month, by workshop; "" where none is short."""
    wanted = measure or MEASURES[0]
    owed = grid.owed(wanted)
    short = [(team, lacks) for team in teams if (lacks := grid.lacking(wanted, team, month))]
    if not short:
        return ""
    least = f"不足{owed}{wanted.unit}" if owed > 1 else "没有交记录"
    lines = [f"【{grid.year}年{month}月{wanted.title}】还有{len(short)}个班组{least}："]
    told = [
        (team.workshop, f"@{team.name}{f'（缺{lacks}{wanted.unit}）' if owed > 1 else ''}") for team, lacks in short
    ]
    lines += [
        f"{workshop}：{'、'.join(words for place, words in told if place == workshop)}"
        for workshop in dict.fromkeys(place for place, _ in told)
    ]
    return "\n".join([*lines, _please(grid.today)])


def _please(today: date) -> str:
    """Ask for it by Friday: this one until Thursday, else next week's."""
    ahead = 4 - today.weekday() if today.weekday() < 4 else 11 - today.weekday()
    friday = today + timedelta(days=ahead)
    return f"请于{friday.month}月{friday.day}日（周五）前补交记录和照片。"


# --- inside ---------------------------------------------------------------------------------------------------------


def teams_of(app: App, connection: Connection, year: int) -> tuple[TeamLine, ...]:
    """Return the teams in service at any time of a year, those of one workshop together, those of none last."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    statement = (
        select(Team.id, Team.name, Team.workshop, Team.valid_from, Team.valid_until)
        .where(alive(app.ledgers["team"]))
        .where(or_(Team.valid_from.is_(None), Team.valid_from <= last))
        .where(or_(Team.valid_until.is_(None), Team.valid_until > first))
        .order_by(Team.workshop.is_(None), Team.workshop, Record.serial, Team.id)
    )
    names = app.names(connection)
    found = []
    for key, name, workshop, since, until in connection.execute(statement):
        place = names.short_name_of("workshop", workshop) if workshop else "未编车间"
        found.append(TeamLine(key, name, place, frozenset(m for m in MONTHS if _serves(year, m, since, until))))
    return tuple(found)


def _serves(year: int, month: int, since: date | None, until: date | None) -> bool:
    return (since is None or since <= last_day(year, month)) and (until is None or until > date(year, month, 1))


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _counts(app: App, connection: Connection, measure: Measure, year: int, teams: set[int]) -> Counts:
    ledger, counter = app.ledgers.counter(measure.counter)
    record: Any = ledger.record
    where = [alive(ledger), Record.day.between(date(year, 1, 1), date(year, 12, 31))]
    where += [] if counter.where is None else [counter.where]
    weight = func.coalesce(record.sessions, 1) if "sessions" in ledger.own_fields else literal(1)
    asked = select(Record.id, extract("month", Record.day), weight).select_from(record).where(*where)
    month: dict[int, int] = {}
    weights: dict[int, int] = {}
    for key, when, sessions in connection.execute(asked.order_by(Record.day, Record.id)):
        month[key], weights[key] = int(when), int(sessions)
    inside = select(Record.id).select_from(record).where(*where).correlate(None)
    cells: dict[tuple[int, int], list[int]] = {}
    named: set[int] = set()
    result = connection.execute(_named(ledger, inside))
    while part := result.fetchmany(_ROWS):
        for team, key in part:
            if team in teams:
                named.add(key)
                cells.setdefault((team, month[key]), []).append(key)
    for key in month.keys() - named:
        cells.setdefault((LOOSE, month[key]), []).append(key)
    sums = {place: sum(weights[key] for key in keys) for place, keys in cells.items()}
    return Counts({place: tuple(sorted(keys)) for place, keys in cells.items()}, weights, sums)


def _named(ledger: Ledger, inside: Select[Any]) -> Any:
    """Return the distinct (team, record) pairs of records: by the team field, else by teams listed and who came."""
    record: Any = ledger.record
    if "team" in ledger.own_fields:
        table = record.__table__.c
        return select(table.team, table.id).where(table.id.in_(inside), table.team.is_not(None))
    staff = Employee.__table__.c
    parts = []
    for lines in ledger.lines:
        row: Any = lines.row
        if "team" in lines.fields:
            parts.append(select(row.team, row.record_id).where(row.record_id.in_(inside)))
    if lines_of := ledger.attendance:
        came: Any = lines_of.row
        parts.append(
            select(staff.team, came.record_id)
            .join(staff.id.table, staff.id == came.person)
            .where(came.record_id.in_(inside), staff.team.is_not(None), *present(lines_of))
        )
    return union(*parts)
