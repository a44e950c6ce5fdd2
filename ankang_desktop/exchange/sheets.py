"""The worksheets of a ledger being written: header, widths, drop-downs, and rows from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ankang_desktop.declare.kinds import Tags
from ankang_desktop.exchange.cells import bounds, choices, way, width
from ankang_desktop.exchange.layout import INSTRUCTIONS, MARK, NUMBER, OPTIONS_SHEET, Column, Layout, letter
from ankang_desktop.exchange.verifying import Written
from ankang_desktop.exchange.workbooks import LAST_ROW, Styles, fit_row, set_page
from ankang_desktop.kernel.errors import UserError

_LONGEST_LIST = 255  # characters Excel allows in a drop-down written in place
_MARK_HELP = "已有的记录填它的编号；新记录在主表和明细表里填同一个临时编号，如“新1”。"
_CHECKED = "这一格的内容与要求不符，导入时可能被退回。"


class Lists:
    """The drop-downs of one workbook: short ones in place, long ones on a hidden sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._long: list[list[str]] = []

    def source(self, words: list[str]) -> list[str] | str:
        """Return what XlsxWriter takes as the source of a list."""
        if len(",".join(words)) <= _LONGEST_LIST and not any("," in word for word in words):
            return words
        if words not in self._long:
            self._long.append(words)
        name = letter(self._long.index(words))
        return f"={OPTIONS_SHEET}!${name}$1:${name}${len(words)}"

    def finish(self) -> None:
        """Write the hidden sheet, if any list is long."""
        if not self._long:
            return
        sheet = self._book.add_worksheet(OPTIONS_SHEET)
        sheet.hide()
        for row in range(max(map(len, self._long))):
            for place, words in enumerate(self._long):
                if row < len(words):
                    sheet.write_string(row, place, words[row])


def begin_sheet(book: Workbook, layout: Layout, styles: Styles, lists: Lists, head: int) -> Worksheet:
    """Add a worksheet with its header and whatever helps filling it in below row `head`."""
    sheet: Worksheet = book.add_worksheet(layout.title)
    widths = [width(column.kind) for column in layout.columns]
    set_page(sheet, layout.title, head, widths)
    fit_row(sheet, 0, zip((f"{column.label}▾" for column in layout.columns), widths, strict=True))
    for place, column in enumerate(layout.columns):
        look = styles.computed if column.is_ignored else styles.required if column.is_required else styles.header
        sheet.set_column(place, place, width(column.kind), styles.cell(_number_format(column)))
        sheet.write_string(0, place, column.label, look)
        if not column.is_ignored:
            _help_filling(sheet, head, place, column, lists)
    if layout.lines is not None:
        sheet.write_comment(0, 0, _MARK_HELP)
    return sheet


def instructions(column: Column) -> str:
    """Return what the template says of a column; the first cell of the row marks it as instructions."""
    if column.key in {NUMBER, MARK}:
        return INSTRUCTIONS
    hint = f"可多个，用顿号隔开：{column.kind.hint()}" if column.lines else column.kind.hint()
    return "；".join(filter(None, ["必填" if column.is_required else "", hint, column.field.help]))


class Rows:
    """One worksheet being filled from top to bottom."""

    def __init__(self, sheet: Worksheet, layout: Layout, styles: Styles) -> None:
        self.layout = layout
        self._row = 0
        self._last = layout.columns[0].label
        self._sheet = sheet
        self._rooms = [width(column.kind) for column in layout.columns]
        self._writes = [
            (
                getattr(sheet, f"write_{'string' if column.lines else way(column.kind).holds}"),
                styles.cell(_number_format(column), is_grey=column.is_ignored),
            )
            for column in layout.columns
        ]

    def put(self, number: str, cells: Sequence[Any]) -> None:
        """Write one row of contents, None for blank; raises UserError where Excel has no further row."""
        self._row += 1
        if self._row > LAST_ROW:
            raise UserError(f"“{self.layout.title}”超过{LAST_ROW}行，一个工作表放不下", "请按年度分别导出")
        fit_row(self._sheet, self._row, zip(cells, self._rooms, strict=True))
        for place, cell in enumerate(cells):
            if cell is not None:
                write, look = self._writes[place]
                write(self._row, place, cell, look)
        self._last = number

    def finish(self) -> Written:
        """Add what needs the number of rows; return what must read back."""
        self._sheet.autofilter(0, 0, max(self._row, 1), len(self.layout.columns) - 1)
        return Written(self.layout.title, self._row + 1, self._last)


def _number_format(column: Column) -> str:
    return "@" if column.lines else way(column.kind).number_format


def _help_filling(sheet: Worksheet, head: int, place: int, column: Column, lists: Lists) -> None:
    """Offer choices and warn of values out of bounds; it only warns, for officers type “6.1” and that is read too.

    Of a kind that takes several words of its list, the list is shown and nothing is checked.
    """
    rule: dict[str, Any] = {"error_type": "warning", "error_title": column.label[:32], "error_message": _CHECKED}
    if words := choices(column.kind):
        rule |= {"validate": "list", "source": lists.source(words), "show_error": not isinstance(column.kind, Tags)}
    elif limits := bounds(column.kind):
        rule |= {"validate": limits[0], "criteria": "between", "minimum": limits[1], "maximum": limits[2]}
    else:
        return
    sheet.data_validation(head, place, LAST_ROW, place, rule)
