"""A workbook being written: XlsxWriter with constant memory, strings that stay strings, and the formats we use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from math import ceil
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ankang_desktop.exchange.cells import Cell, text_of, wrapped
from ankang_desktop.kernel.files import scratch

LAST_ROW = 1_048_575  # the last row index Excel has
LINE, TALLEST = 15, 409  # points of height: of one line of 11 point type, and the most Excel has for a row
_BIRTH = datetime(2000, 1, 1)  # the same records give the same file
_READABLE = 220  # characters beside each other on A4 landscape: at half size, 11 points become 5.5
_GREY, _PALE, _RED = "#7F7F7F", "#E8EEF4", "#FFC7CE"


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Format] = {}
        common = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
        self.header = book.add_format({**common, "bg_color": _PALE})
        self.required = book.add_format({**common, "bg_color": _PALE, "font_color": "#9C0006"})
        self.computed = book.add_format({**common, "font_color": _GREY})
        self.instructions = book.add_format(
            {"italic": True, "font_color": _GREY, "text_wrap": True, "valign": "top", "num_format": "@"}
        )
        self.wrong_text = book.add_format({"font_color": "#9C0006", "text_wrap": True, "valign": "top"})

    def cell(self, number_format: str, *, is_grey: bool = False, is_wrong: bool = False) -> Format:
        """Return the format of a cell: grey where it is computed, red where it is wrong."""
        key = (number_format, is_grey, is_wrong)
        if key not in self._made:
            look: dict[str, Any] = {"num_format": number_format, "valign": "top"}
            if number_format == "@":
                look["text_wrap"] = True
            if is_grey:
                look["font_color"] = _GREY
            if is_wrong:
                look["bg_color"] = _RED
            self._made[key] = self._book.add_format(look)
        return self._made[key]


@contextmanager
def new_workbook(path: Path) -> Iterator[Workbook]:
    """Give a workbook that is written to `path` when the block ends; OSError where the disk refuses."""
    with scratch(path.parent) as folder:
        options = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        try:
            with Workbook(str(path), options) as book:
                book.set_properties({"created": _BIRTH})
                yield book
        except FileCreateError as error:
            raise error.args[0] from error


def set_page(sheet: Worksheet, title: str, head: int, widths: Sequence[int]) -> None:
    """Set a worksheet up for A4 landscape, the first `head` rows frozen, the first row and column on every page.

    It is as wide as one page, or, where that could not be read any more, as few as can be.
    """
    sheet.freeze_panes(head, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(_pages(widths), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.hide_gridlines(0)
    sheet.set_header(f"&C{title.replace('&', '&&')}")
    sheet.set_footer("&C第&P页 共&N页")


def _pages(widths: Sequence[int]) -> int:
    """Return how many pages columns so wide take beside each other, the first repeated on each."""
    first, *others = widths
    return max(1, ceil(sum(others) / (_READABLE - first)))


def fit_row(sheet: Worksheet, row: int, cells: Iterable[tuple[object, int]]) -> None:
    """Make a row, before it is written, as high as its (cell, width) take: not every program does so by itself."""
    lines = max((wrapped(cell, room) for cell, room in cells if isinstance(cell, str)), default=1)
    if lines > 1:
        sheet.set_row(row, min(lines * LINE, TALLEST))


def put_raw(sheet: Worksheet, row: int, column: int, cell: Cell, styles: Styles, *, is_wrong: bool = False) -> None:
    """Write a cell as it was read, red where it is wrong."""
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, styles.cell("General", is_wrong=is_wrong))
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, styles.cell("General", is_wrong=is_wrong))
    elif isinstance(cell, date) and cell.year >= 1900:
        shape = "yyyy-mm-dd hh:mm" if isinstance(cell, datetime) else "yyyy-mm-dd"
        sheet.write_datetime(row, column, cell, styles.cell(shape, is_wrong=is_wrong))
    elif cell == "":
        sheet.write_blank(row, column, None, styles.cell("General", is_wrong=is_wrong))
    else:
        text = text_of(cell) if isinstance(cell, date | time | timedelta) else cell
        sheet.write_string(row, column, text, styles.cell("@", is_wrong=is_wrong))
