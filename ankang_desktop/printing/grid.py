"""Ruled tables on paper: heights of rows, cells over several rows, heads that return, rows taller than a page.

A row never parts from its head. A row goes to the next sheet whole unless it is taller than half a sheet; then
it is split between two lines of text. A cell spanning rows is drawn again in each sheet's share of them: its
whole text where it fits, else the next lines of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from ankang_desktop.printing.flow import Flow, Rule, SetLine
from ankang_desktop.printing.paper import Cell, Grid, Row

_PAD_X, _PAD_Y = 1.3, 0.9  # mm between rule and text
_LEADING = 1.32  # of the type size
_EVERY = 500  # rows between two words about how far it is
_WORTH_SPLITTING = 4  # lines of a split row that must fit on the sheet it begins on


@dataclass(slots=True)
class Box:
    """A cell in its place, its text wrapped at `size` points; it covers `rows` rows, which splitting may add to."""

    column: int
    cell: Cell
    rows: int
    lines: tuple[SetLine, ...]
    size: float

    def need(self) -> float:
        """Return the height of the text in points, without padding."""
        return len(self.lines) * self.size * _LEADING


@dataclass(slots=True)
class Table:
    """A measured grid: x of the column edges, heights of the rows, the boxes that begin in each row."""

    edges: list[float]
    heights: list[float]
    boxes: list[list[Box]]
    pad_x: float
    pad_y: float

    def split(self, row: int, room: float) -> None:
        """Make two rows of one: the lines that fit into `room`, and the rest."""
        rest: list[Box] = []
        for box in self.boxes[row]:
            if box.rows > 1:
                box.rows += 1
                continue
            fits = max(0, int((room - 2 * self.pad_y) / (box.size * _LEADING)))
            rest.append(replace(box, lines=box.lines[fits:]))
            box.lines = box.lines[:fits]
        for above in range(row):
            for box in self.boxes[above]:
                if above + box.rows > row:
                    box.rows += 1
        needed = max((box.need() + 2 * self.pad_y for box in rest), default=0.0)
        self.heights[row : row + 1] = [room, max(needed, self.heights[row] - room)]
        self.boxes.insert(row + 1, rest)


def place_grid(grid: Grid, flow: Flow) -> None:
    """Put a grid on the page, its head on every sheet it reaches."""
    table = measure(grid, flow)
    head, row, carried = grid.head, grid.head, list[_Carried]()
    head_height = sum(table.heights[:head])
    while row < len(table.heights):
        stop = _rows_that_fit(table, row, flow, head_height)
        if stop == row:
            flow.turn()
            continue
        _draw(table, 0, head, flow, [])
        carried = _draw(table, row, stop, flow, carried)
        row = stop
        if row < len(table.heights):
            flow.turn()


def _rows_that_fit(table: Table, row: int, flow: Flow, head_height: float) -> int:
    """Return the row to stop before; a tall row is split there. `row` itself means: begin a new sheet."""
    room, used, stop = flow.room - head_height + 0.01, 0.0, row
    while stop < len(table.heights) and used + table.heights[stop] <= room:
        used += table.heights[stop]
        stop += 1
    if stop == len(table.heights):
        return stop
    left = room - used
    page = flow.bottom - flow.top - head_height
    line = max((box.size for box in table.boxes[stop]), default=flow.setter.points(0)) * _LEADING
    stuck = stop == row and flow.is_fresh
    if stuck or (table.heights[stop] > page / 2 and left >= _WORTH_SPLITTING * line + 2 * table.pad_y):
        table.split(stop, left)
        return stop + 1
    return stop


def measure(grid: Grid, flow: Flow) -> Table:
    """Return a grid with its texts wrapped and its rows' heights found; nothing is put on the page."""
    total = sum(column.width for column in grid.columns)
    shares = accumulate((column.width for column in grid.columns), initial=0.0)
    edges = [flow.left + flow.width * share / total for share in shares]
    table = Table(edges, [], [], flow.millimetres(_PAD_X), flow.millimetres(_PAD_Y))
    busy = [0] * len(grid.columns)
    for number, row in enumerate(grid.rows):
        if number % _EVERY == 0:
            flow.tell("正在排版", number, len(grid.rows))
        boxes = [_box(cell, column, grid, table, flow) for column, cell in _seated(row, grid, busy)]
        single = [box for box in boxes if box.rows == 1]
        need = max((box.need() for box in single), default=0.0) + 2 * table.pad_y
        least = max((box.cell.height for box in single), default=0.0)
        table.boxes.append(boxes)
        table.heights.append(max(need, flow.millimetres(max(least, grid.height if number >= grid.head else 0))))
    _stretch(table)
    return table


def _seated(row: Row, grid: Grid, busy: list[int]) -> Iterator[tuple[int, Cell]]:
    """Give each cell of a row its column; `busy` counts the rows each column is still taken for from above."""
    column = 0
    for entry in row:
        while busy[column]:
            busy[column] -= 1
            column += 1
        cell = entry if isinstance(entry, Cell) else Cell(entry, align=grid.columns[column].align)
        yield column, cell
        busy[column : column + cell.cols] = [cell.rows - 1] * cell.cols
        column += cell.cols
    for place in range(column, len(busy)):
        if not busy[place]:
            raise ValueError(f"a row of {len(row)} cells leaves column {place} of {len(busy)} empty")
        busy[place] -= 1


def _box(cell: Cell, column: int, grid: Grid, table: Table, flow: Flow) -> Box:
    size = flow.setter.points(cell.size or grid.size)
    room = (table.edges[column + cell.cols] - table.edges[column] - 2 * table.pad_x) / size
    lines = flow.setter.lines(cell.text, room, bold=cell.bold) if cell.text else ()
    return Box(column, cell, cell.rows, lines, size)


def _stretch(table: Table) -> None:
    """Heighten the rows under a spanning cell whose text needs more than they have."""
    for row, boxes in enumerate(table.boxes):
        for box in boxes:
            if box.rows > 1:
                lacking = box.need() + 2 * table.pad_y - sum(table.heights[row : row + box.rows])
                for under in range(row, row + box.rows):
                    table.heights[under] += max(0.0, lacking) / box.rows


@dataclass(slots=True)
class _Carried:
    """A spanning box going on from the sheet before, until row `stop`."""

    box: Box
    stop: int


def _draw(table: Table, start: int, stop: int, flow: Flow, carried: list[_Carried]) -> list[_Carried]:
    """Draw rows `start`..`stop` at the pen; return the boxes that go on below them."""
    tops = list(accumulate(table.heights[start:stop], initial=flow.y))
    begun = [(start, going.stop, going.box) for going in carried]
    for row in range(start, stop):
        begun.extend((row, row + box.rows, box) for box in table.boxes[row])
    edges = _Edges(table.edges[-1], tops[-1])
    on: list[_Carried] = []
    for first, last, box in begun:
        upper, lower = tops[first - start], tops[min(last, stop) - start]
        edges.add(table.edges[box.column], upper, table.edges[box.column + box.cell.cols], lower)
        _set_text(box, table, upper, lower, flow)
        if last > stop:
            on.append(_Carried(box, last))
    flow.sheet.rules.extend(edges.rules())
    flow.y = tops[-1]
    return on


def _set_text(box: Box, table: Table, upper: float, lower: float, flow: Flow) -> None:
    leading = box.size * _LEADING
    fits = int((lower - upper - 2 * table.pad_y + 0.01) / leading)
    shown = box.lines[:fits]
    if fits < len(box.lines):
        box.lines = box.lines[fits:]
    left, right = table.edges[box.column] + table.pad_x, table.edges[box.column + box.cell.cols] - table.pad_x
    y = upper + (table.pad_y if box.cell.top else (lower - upper - len(shown) * leading) / 2) + (leading - box.size) / 2
    for text, width in shown:
        spare = right - left - width * box.size
        x = left + (0.0 if box.cell.align == "left" else spare if box.cell.align == "right" else spare / 2)
        flow.sheet.write(x, y, text, box.size, bold=box.cell.bold)
        y += leading


class _Edges:
    """The rules of a part of a table, each drawn once: boxes give their upper and left edges, the border the rest."""

    def __init__(self, right: float, bottom: float) -> None:
        self._right, self._bottom = right, bottom
        self._across: dict[float, list[tuple[float, float]]] = {}
        self._down: dict[float, list[tuple[float, float]]] = {}

    def add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Add the box from (x0, y0) to (x1, y1)."""
        self._across.setdefault(y0, []).append((x0, x1))
        self._down.setdefault(x0, []).append((y0, y1))
        if x1 == self._right:
            self._down.setdefault(x1, []).append((y0, y1))
        if y1 == self._bottom:
            self._across.setdefault(y1, []).append((x0, x1))

    def rules(self) -> list[Rule]:
        """Return the edges, those that meet joined into one."""
        across = [Rule(x0, y, x1, y) for y, spans in self._across.items() for x0, x1 in _joined(spans)]
        down = [Rule(x, y0, x, y1) for x, spans in self._down.items() for y0, y1 in _joined(spans)]
        return across + down


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, stop in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
