"""A workbook that was read, some of its cells written over by hand: the file itself is never touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ankang_desktop.exchange.cells import Cell, text_of
from ankang_desktop.exchange.reading import Sheet, Workbook

Place = tuple[str, int, int]
"""A cell: the worksheet's name, the row as Excel counts, the column's index from 0."""


def mend(book: Workbook, cells: Mapping[Place, Cell]) -> Workbook:
    """Return a workbook with these cells instead of its own; rows nobody touched are shared with it."""
    if not cells:
        return book
    return replace(book, sheets=tuple(_mended(sheet, cells) for sheet in book.sheets))


def cell_at(book: Workbook, place: Place) -> Cell:
    """Return a cell of a workbook, “” where it has none."""
    name, row, column = place
    rows = next((sheet.rows for sheet in book.sheets if sheet.name == name), [])
    found = rows[row - 1] if 0 < row <= len(rows) else []
    return found[column] if 0 <= column < len(found) else ""


def cell_text(book: Workbook, place: Place) -> str:
    """Return a cell as a person reads it."""
    return text_of(cell_at(book, place))


def _mended(sheet: Sheet, cells: Mapping[Place, Cell]) -> Sheet:
    mine = [(row, column, cell) for (name, row, column), cell in cells.items() if name == sheet.name]
    if not mine:
        return sheet
    rows = list(sheet.rows)
    for row, column, cell in mine:
        old = rows[row - 1]
        rows[row - 1] = [*old, *[""] * (column + 1 - len(old))]
        rows[row - 1][column] = cell
    return Sheet(sheet.name, rows)
