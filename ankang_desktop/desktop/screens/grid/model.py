"""The grid as Qt asks for it: a line for every workshop and team, a column for every month, totals at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ankang_desktop.actions.grid import LOOSE, MEASURES, MONTHS, Grid, Measure, TeamLine

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CELL = Qt.ItemDataRole.UserRole
NAME, TOTAL, COLUMNS = 0, 13, 14
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Kind(Enum):
    """What a line of the grid is."""

    workshop = "workshop"
    team = "team"
    loose = "loose"
    total = "total"


class State(Enum):
    """What a cell says."""

    name = "name"
    absent = "absent"  # the team was not there
    future = "future"
    running = "running"  # this month, nothing yet
    hole = "hole"
    short = "short"  # some, and fewer than the calendar wants
    done = "done"
    none = "none"  # a sum of nothing


@dataclass(frozen=True)
class Line:
    """One line: its name and the teams whose records stand in it."""

    kind: Kind
    name: str
    teams: tuple[TeamLine, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """Return the ids of its teams; records without a team are those of LOOSE."""
        loose = (LOOSE,) if self.kind in {Kind.loose, Kind.total} else ()
        return (*(team.id for team in self.teams), *loose)


@dataclass(frozen=True)
class Cell:
    """One cell: where it stands, how much of each measure, whether the first one is owed every month."""

    line: Line
    column: int
    state: State
    numbers: tuple[int, ...]
    is_owed: bool

    @property
    def number(self) -> int:
        """Return the number of the first measure."""
        return self.numbers[0] if self.numbers else 0

    @property
    def is_lacking(self) -> bool:
        """Whether a record is to be begun here, none being there."""
        return self.state in {State.hole, State.running}

    @property
    def months(self) -> tuple[int, ...]:
        """Return the months it covers: one, or all of them for a name or a total."""
        return (self.column,) if NAME < self.column < TOTAL else MONTHS


def lines_of(grid: Grid, workshop: str) -> list[Line]:
    """Return the lines of a grid, of one workshop where it is named."""
    shown = [team for team in grid.teams if workshop in {"", team.workshop}]
    found: list[Line] = []
    for name in dict.fromkeys(team.workshop for team in shown):
        teams = tuple(team for team in shown if team.workshop == name)
        found.append(Line(Kind.workshop, name, teams))
        found += [Line(Kind.team, team.name, (team,)) for team in teams]
    if not workshop and grid.has_loose():
        found.append(Line(Kind.loose, "未写明班组", ()))
    return found


def total_of(grid: Grid, workshop: str) -> Line:
    """Return the line of totals; of one workshop only what its teams did."""
    teams = tuple(team for team in grid.teams if workshop in {"", team.workshop})
    return Line(Kind.workshop if workshop else Kind.total, "合计", teams)


class GridModel(QAbstractTableModel):
    """Lines by months; `measures` is one measure, or all five whose marks stand side by side."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid: Grid | None = None
        self.lines: list[Line] = []
        self.measures: tuple[Measure, ...] = MEASURES
        self._cells: dict[tuple[int, int], Cell] = {}
        self._most = 1
        self._coverage: dict[int, tuple[int, int]] = {}

    def show_grid(self, grid: Grid, lines: Sequence[Line], measures: tuple[Measure, ...]) -> None:
        """Show these lines of a grid."""
        is_same = self.grid is not None and self.lines == list(lines)
        if not is_same:
            self.beginResetModel()
        self.grid, self.lines, self.measures = grid, list(lines), measures
        self._cells = {}
        sums, shown = grid.counted(measures[0]).sums, {line.ids[0] for line in lines if line.kind is Kind.team}
        self._most = max((number for (team, _), number in sums.items() if team in shown), default=1)
        self._coverage = {month: self._covered(month) for month in MONTHS}
        if is_same:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, COLUMNS - 1))
        else:
            self.endResetModel()

    def share(self, cell: Cell) -> float:
        """Return how full a cell is, 0..1, beside the fullest cell of any team."""
        return min(1.0, cell.number / self._most)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, worked out when first asked for."""
        known = self._cells.get((row, column))
        if known is None:
            known = self._cells[row, column] = self._made(self.lines[row], column)
        return known

    def _made(self, line: Line, column: int) -> Cell:
        grid = self._grid()
        months = (column,) if NAME < column < TOTAL else MONTHS
        numbers = tuple(grid.counted(each).number(line.ids, months) for each in self.measures)
        return Cell(line, column, self._state(line, column, numbers), numbers, bool(grid.owed(self.measures[0])))

    def _state(self, line: Line, column: int, numbers: tuple[int, ...]) -> State:
        if column == NAME:
            return State.name
        if line.kind is not Kind.team or column == TOTAL:
            return State.done if any(numbers) else State.none
        return self._month_of(line.teams[0], column, numbers[0])

    def _month_of(self, team: TeamLine, month: int, number: int) -> State:
        grid = self._grid()
        if number:
            is_short = month <= grid.until and grid.lacking(self.measures[0], team, month)
            return State.short if is_short else State.done
        if month not in team.months:
            return State.absent
        if month <= grid.until:
            return State.hole
        return State.running if month == grid.now else State.future

    def _grid(self) -> Grid:
        if self.grid is None:
            raise RuntimeError("a grid without lines has no cells")
        return self.grid

    # --- in words ----------------------------------------------------------------------------------------------

    def words(self, cell: Cell) -> str:
        """Return a cell as it is read out and told in its tool tip."""
        if cell.state is State.absent:
            return f"{self.place(cell)}：当时班组还没有启用或已撤销"
        told = "、".join(
            f"{each.title}{number}{each.unit}" for each, number in zip(self.measures, cell.numbers, strict=True)
        )
        first = self.measures[0]
        if cell.state is State.hole:
            return f"{self.place(cell)}：{told}，点一下或按回车登记一次{first.title}"
        if cell.state is State.short:
            owed = self._grid().owed(first)
            return f"{self.place(cell)}：{told}，每月至少{owed}{first.unit}，还缺{owed - cell.number}{first.unit}"
        return f"{self.place(cell)}：{told}"

    def place(self, cell: Cell) -> str:
        """Return where a cell stands: “车工班 3月”."""
        when = f"{cell.column}月" if NAME < cell.column < TOTAL else "全年"
        who = {Kind.loose: "未写明班组", Kind.total: "全部班组"}.get(cell.line.kind, cell.line.name)
        return f"{who} {when}"

    def coverage(self, month: int) -> tuple[int, int]:
        """Return how many teams have enough of the first measure in a month, and how many are asked."""
        return self._coverage[month]

    def _covered(self, month: int) -> tuple[int, int]:
        grid = self._grid()
        teams = [team for line in self.lines if line.kind is Kind.team for team in line.teams]
        asked = grid.asked(month, teams)
        return sum(not grid.lacking(self.measures[0], team, month) for team in asked), len(asked)

    # --- Qt's questions ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or self.grid is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._head(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section == NAME else Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ToolTipRole and NAME < section < TOTAL:
            have, asked = self.coverage(section)
            first = self.measures[0]
            owed = self.grid.owed(first)
            enough = f"满{owed}{first.unit}{first.title}" if owed > 1 else f"有{first.title}记录"
            return f"{section}月：{asked}个班组中有{have}个{enough}；单击打开本月全部记录"
        return None

    def _head(self, section: int) -> str:
        if section in {NAME, TOTAL}:
            return "班组" if section == NAME else "全年"
        told = self.told(section)
        return f"{section}月 {told[0]}/{told[1]}" if told else f"{section}月"

    def told(self, month: int) -> tuple[int, int] | None:
        """Return the coverage of a month that has begun, None for one to come."""
        grid = self._grid()
        return self.coverage(month) if month <= max(grid.until, grid.now) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() == NAME else Qt.AlignmentFlag.AlignCenter
        if role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            CELL,
        }:
            return None
        cell = self.cell(index.row(), index.column())
        if role == CELL:
            return cell
        if role != Qt.ItemDataRole.DisplayRole:
            return self.words(cell)
        return cell.line.name if index.column() == NAME else str(cell.number or "")
