"""Which columns of a worksheet mean which fields: the header row found, understood, and its faults said in a sentence."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.exchange.cells import Cell, text_of
from ankang_desktop.exchange.guessing import Guess, Guesser, How, foreign_unit, plain
from ankang_desktop.exchange.layout import NUMBER, PROBLEMS, Column, Layout, layouts, letter, main_layout
from ankang_desktop.exchange.personal import is_identity_column, is_personal_header
from ankang_desktop.exchange.reading import Sheet, Workbook
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.text import join

DEEPEST = 20  # rows in which the header may stand
_SAMPLE = 200
TEMPLATE = "请用“下载模板”得到正确的表头，或在导入时指定各列对应的字段"


@dataclass(frozen=True)
class Heading:
    """One column of the workbook: where it stands, what is written there, what it means (None: not imported)."""

    index: int
    text: str
    column: Column | None
    how: How | None = None


@dataclass(frozen=True)
class Table:
    """One worksheet understood: its data begin after row index `head`."""

    sheet: Sheet
    layout: Layout
    head: int
    headings: tuple[Heading, ...]
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[int, Column]:
        """The columns that are imported, by index."""
        return {each.index: each.column for each in self.headings if each.column and not each.column.is_ignored}


@dataclass(frozen=True)
class Understood:
    """A workbook understood as one ledger's: the main sheet, and the sheets of its lines by their key."""

    main: Table
    lines: Mapping[str, Table]
    notes: tuple[str, ...]


def understand(book: Workbook, ledgers: Ledgers, ledger: Ledger, chosen: Mapping[str, str]) -> Understood:
    """Return what a workbook's sheets and columns mean; raises UserError where it is not this ledger's.

    `chosen` maps headers of the main sheet to field keys and overrides every guess; "" leaves a column out.
    """
    main_of, *lines_of = layouts(ledger)
    _refuse_unknown(chosen, main_of)
    named = {plain(sheet.name): sheet for sheet in book.sheets}
    inline = [Layout(each.title, _with_number(ledger, each.fields.values()), each) for each in ledger.lines if each.inline]
    sheets = {layout.title: sheet for layout in (*lines_of, *inline) if (sheet := named.get(plain(layout.title)))}
    rest = [sheet for sheet in book.sheets if sheet not in sheets.values()]
    if not any(any(map(any, sheet.rows)) for sheet in book.sheets):
        raise UserError(f"“{book.name}”里没有数据", "请确认选对了文件，并已在Excel中保存")
    sheet = named.get(plain(ledger.title)) or _best(rest, ledger, main_of, chosen)
    _refuse_other_ledger(book, sheet, ledgers, ledger)
    main = _table(sheet, Guesser(ledger.key, main_of, chosen), ledger)
    _refuse_missing(main, ledger)
    tables = {
        layout.lines.key: _table(sheets[layout.title], Guesser(ledger.key, layout, {}), ledger)
        for layout in (*lines_of, *inline)
        if layout.title in sheets and layout.lines
    }
    for table in tables.values():
        _refuse_missing(table, ledger)
    others = [each.name for each in rest if each is not sheet and any(map(any, each.rows))]
    notes = (f"工作表{join([f'“{name}”' for name in others])}不属于本台账，没有导入",) if others else ()
    return Understood(main, tables, notes)


def header_texts(rows: Sequence[Sequence[Cell]], head: int) -> list[str]:
    """Return the header row's texts."""
    return [text_of(cell) for cell in rows[head]]
