"""Rows read from a block copied in Excel: under the grid's headings in any order, or by where the names stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ankang_desktop.actions import choosing
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Link, Misread, Reading
from ankang_desktop.desktop.form.editors.base import NOBODY
from ankang_desktop.desktop.form.rows import LinesModel

Cells = Sequence[Sequence[str]]


@dataclass(frozen=True)
class _Column:
    """What one column of the block fills, and how its cells are read."""

    at: int
    field: Field
    is_turned: bool = False  # 缺席 rather than 到场


def read_pasted(model: LinesModel, cells: Cells) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the rows of a pasted block, and what names those that could not be read, with why where that helps.

    A first row that holds the grid's own headings tells what each column is, and a cell of them that cannot be read
    keeps its row out. Without one, a column is taken only if all of it can be read: the rest is somebody else's.
    """
    headed = [column for at, cell in enumerate(cells[0]) if (column := _headed(model, at, cell.strip()))]
    body = cells[1:] if headed else cells
    reader = _Reader(model, body)
    columns = headed or reader.guessed()
    rows, unread = [], []
    for at, row in enumerate(body):
        try:
            rows.append(reader.row(at, columns))
        except (Misread, ValueError) as why:
            own = next((text for each in columns if each.field.required and (text := reader.text(at, each.at))), "")
            name = own or next((cell.strip() for cell in row if cell.strip()), "") or f"第{at + 1}行"
            unread.append(f"{name}（{why}）" if isinstance(why, Misread) else name)
    return [row for row in rows if row], unread


class _Reader:
    def __init__(self, model: LinesModel, body: Cells) -> None:
        self._model, self._body = model, body
        self._reading = Reading(model.session.app.clock.today().year, NOBODY)
        self._named: dict[tuple[str, int], list[list[int]]] = {}

    def row(self, at: int, columns: Sequence[_Column]) -> dict[str, Any]:
        """Return the values of one row; raises Misread or ValueError."""
        found = {}
        for each in columns:
            if self.text(at, each.at):
                value = self._value(at, each)
                found[each.field.key] = not value if each.is_turned else value
        if not any(each.field.required and each.field.key in found for each in columns):
            raise ValueError("nothing of what a row must have")
        return found

    def guessed(self) -> list[_Column]:
        """Return what the columns of a block without headings are: in the grid's order from the one with its names."""
        fields, first = self._model.fields, 0
        if isinstance(fields[0].kind, Link):
            wide = max(len(row) for row in self._body)
            hits = [sum(bool(each) for each in self._names(fields[0], at)) for at in range(wide)]
            first = hits.index(max(hits))
        columns = [_Column(first + place, field) for place, field in enumerate(fields)]
        return columns[:1] + [each for each in columns[1:] if self._fits(each)]

    def _fits(self, column: _Column) -> bool:
        try:
            for at in range(len(self._body)):
                if self.text(at, column.at):
                    self._value(at, column)
        except (Misread, ValueError):
            return False
        return True

    def _value(self, at: int, column: _Column) -> Any:
        if isinstance(column.field.kind, Link):
            return self._one(at, column.field, self._names(column.field, column.at)[at])
        return column.field.kind.read(self.text(at, column.at), self._reading)

    def _one(self, at: int, field: Field, found: list[int]) -> int:
        """Return the one record a cell names; of several of a name the one that another cell (the code) names too."""
        if len(found) > 1:
            others = [set(self._names(field, place)[at]) for place in range(len(self._body[at]))]
            alone = {next(iter(each)) for each in others if len(each) == 1} & set(found)
            if len(alone) != 1:
                name = self._model.name(field.kind.ledger, found[0]) if isinstance(field.kind, Link) else ""
                raise Misread(f"有{len(found)}个同名，写成 {name} 这样")
            found = list(alone)
        [one] = found
        return one

    def _names(self, field: Field, place: int) -> list[list[int]]:
        ledger = field.kind.ledger if isinstance(field.kind, Link) else ""
        if (ledger, place) not in self._named:
            texts = [self.text(at, place) for at in range(len(self._body))]
            self._named[ledger, place] = choosing.named(self._model.session.app, ledger, texts)
        return self._named[ledger, place]

    def text(self, at: int, place: int) -> str:
        """Return what stands in a cell, "" where the row ends before it."""
        row = self._body[at]
        return row[place].strip() if place < len(row) else ""


def _headed(model: LinesModel, at: int, heading: str) -> _Column | None:
    for place, field in enumerate(model.fields):
        if heading == field.label:
            return _Column(at, field)
        if heading == model.heading(place):
            return _Column(at, field, is_turned=True)
    return None
