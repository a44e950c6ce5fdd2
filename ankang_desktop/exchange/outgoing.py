"""Export and template: a ledger as a workbook that Excel shows as it is meant and that can be imported again.

Strings are written as strings (nothing a person typed becomes a formula), dates as dates, numbers as numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from ankang_desktop.declare.kinds import Names
from ankang_desktop.declare.ledger import Ledger, Lines
from ankang_desktop.exchange.cells import LONGEST, content, width
from ankang_desktop.exchange.layout import INSTRUCTIONS, Column, Layout, layouts, lines_layout, see
from ankang_desktop.exchange.masking import masked_content
from ankang_desktop.exchange.sheets import Lists, Rows, begin_sheet, instructions
from ankang_desktop.exchange.verifying import Written, verify
from ankang_desktop.exchange.workbooks import Styles, fit_row, new_workbook
from ankang_desktop.kernel.files import write_safely
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.store.query import Stored

_EVERY = 500


def export(  # noqa: PLR0913 - the parts of one order
    ledger: Ledger,
    records: Iterable[Stored],
    names: Names,
    target: Path,
    *,
    progress: Progress | None = None,
    total: int = 0,
    masked: bool = False,
) -> int:
    """Write records to a workbook that imports as it was; return how many.

    `records` may be a generator (`total` then says how many to expect). `masked` is for copies that leave the
    enterprise: people as 张**, protected reporters as 匿名. Raises WorldError where the disk refuses.
    """
    written: list[Written] = []
    watch = progress or Quiet()

    def write(path: Path) -> None:
        with new_workbook(path) as book:
            writer = _Writer(book, ledger, names, is_masked=masked)
            for done, stored in enumerate(records):
                if done % _EVERY == 0:
                    watch.step(f"正在导出{ledger.title}", done, total)
                writer.put(stored)
            written.extend(writer.finish())

    write_safely(target, write, lambda path: verify(path, written))
    return written[0].rows - 1


def template(ledger: Ledger, target: Path) -> None:
    """Write an empty workbook to fill in: headers, one row of instructions, drop-downs."""
    written: list[Written] = []

    def write(path: Path) -> None:
        with new_workbook(path) as book:
            styles, lists = Styles(book), Lists(book)
            for layout in layouts(ledger):
                editable = tuple(column for column in layout.columns if not column.is_ignored)
                sheet = begin_sheet(book, Layout(layout.title, editable, layout.lines), styles, lists, head=2)
                told = [instructions(column) for column in editable]
                fit_row(sheet, 1, zip(told, (width(column.kind) for column in editable), strict=True))
                for place, each in enumerate(told):
                    sheet.write_string(1, place, each, styles.instructions)
                written.append(Written(layout.title, 2, INSTRUCTIONS))
            lists.finish()

    write_safely(target, write, lambda path: verify(path, written))


class _Writer:
    """Writes records into the sheets of one workbook."""

    def __init__(self, book: Workbook, ledger: Ledger, names: Names, *, is_masked: bool) -> None:
        self._book = book
        self._ledger = ledger
        self._names = names
        self._is_masked = is_masked
        self._styles = Styles(book)
        self._lists = Lists(book)
        self._sheets = {layout.lines.key if layout.lines else "": self._rows(layout) for layout in layouts(ledger)}
        self._inline = [lines for lines in ledger.lines if lines.inline]

    def _rows(self, layout: Layout) -> Rows:
        return Rows(begin_sheet(self._book, layout, self._styles, self._lists, head=1), layout, self._styles)

    def put(self, stored: Stored) -> None:
        """Write one record and its lines."""
        inline = {lines.key: self._in_one_cell(stored, lines) for lines in self._inline}
        main = self._sheets[""]
        main.put(
            stored.number,
            [
                inline[column.key] if column.lines else self._content(column, stored.values)
                for column in main.layout.columns
            ],
        )
        for lines in self._ledger.lines:
            if not lines.inline:
                self._put_lines(stored, lines)

    def finish(self) -> list[Written]:
        """Finish the sheets; return what must read back, the main sheet first."""
        self._lists.finish()
        return [rows.finish() for rows in self._sheets.values()]

    def _content(self, column: Column, values: Mapping[str, Any]) -> Any:
        if self._is_masked:
            return masked_content(column, values, values[column.key], self._names)
        return content(values[column.key], column.kind, self._names)

    def _in_one_cell(self, stored: Stored, lines: Lines) -> str | None:
        """Return inline rows as “甲、乙”; more than a cell holds go to a worksheet of their own."""
        only = Column(lines.only)
        text = "、".join(str(self._content(only, row)) for row in stored.rows[lines.key])
        if len(text) <= LONGEST:
            return text or None
        if lines.key not in self._sheets:
            self._sheets[lines.key] = self._rows(lines_layout(self._ledger, lines))
        self._put_lines(stored, lines)
        return see(lines)

    def _put_lines(self, stored: Stored, lines: Lines) -> None:
        sheet = self._sheets[lines.key]
        _, *columns = sheet.layout.columns
        for row in stored.rows[lines.key]:
            sheet.put(stored.number, [stored.number, *(self._content(column, row) for column in columns)])
