"""The workbook writer: the same paper as xlsx, for offices that ask for a file to go on typing in.

The edges of all grids of the paper become the worksheet's columns, so every cell lands where it stands on paper,
merged over the columns it covers. Every value is written as text: nothing a person typed ever becomes a formula.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.kernel.files import write_safely
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.printing.flow import MM, Flow, Setter
from ankang_desktop.printing.grid import Box, Table, measure
from ankang_desktop.printing.paper import (
    Block,
    Family,
    Fields,
    Grid,
    Note,
    PageBreak,
    Paper,
    Photo,
    Photos,
    Signatures,
    Spacer,
    Text,
    Title,
)
from ankang_desktop.printing.pictures import prepare
from ankang_desktop.printing.placing import LEADING, SIGNED_ON, SMALL

_FONT = "宋体"
_TALLEST = 400.0  # points; Excel allows a row 409
_NEAR = 2.0  # points: edges closer than this are one column edge
_PIXELS = 96 / 72  # per point
_READABLE = 7.0  # points: no type is shrunk below
_EVERY = 500  # rows between two words about how far it is
_AIR = 5.0  # points of height around titles and fields
_BIRTH = datetime(2000, 1, 1)  # the same paper gives the same file


class _Thumb(dict[str, float]):
    """Widths by rule of thumb: an ideograph is square, other letters a little over half as wide."""

    def __missing__(self, mark: str) -> float:
        self[mark] = 1.0 if unicodedata.east_asian_width(mark) in "WFA" else 0.56
        return self[mark]


class _Rule:
    """Measures for the fonts the reader's computer will have, which are not known here."""

    def __init__(self) -> None:
        self.widths: Mapping[str, float] = _Thumb()

    def width(self, text: str) -> float:
        """Return the width of a text at size 1."""
        return sum(map(self.widths.__getitem__, text))

    def voice(self, family: Family, *, bold: bool) -> _Rule:
        """Return itself: one rule for every family and weight."""
        return self


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell looks; one workbook format for each look."""

    size: float
    bold: bool = False
    align: str = "left"
    top: bool = False
    border: bool = False


class _Page:
    """The worksheet under the pen: its column edges in points, the next free row, what has been written."""

    def __init__(self, book: Workbook, paper: Paper, progress: Progress) -> None:
        self.flow = Flow(Setter(paper.page, _Rule(), 1.0), progress)
        self.sheet = book.add_worksheet("表")
        self.paper, self.row = paper, 0
        self.tables = {id(block): measure(block, self.flow) for block in paper.blocks if isinstance(block, Grid)}
        self.edges = _edges(paper, self.flow, list(self.tables.values()))
        self.written: dict[tuple[int, int], str] = {}
        self.breaks: list[int] = []
        self.height = 0.0  # points of all rows so far
        self.smallest = paper.page.size
        self._book = book
        self._formats: dict[_Look, Format] = {}

    def column(self, x: float) -> int:
        """Return the number of the edge nearest to `x` points."""
        return min(range(len(self.edges)), key=lambda place: abs(self.edges[place] - x))

    def set_row(self, row: int, height: float) -> None:
        """Make a row so high, as far as Excel allows."""
        self.sheet.set_row(row, min(height, _TALLEST))
        self.height += min(height, _TALLEST)

    def format(self, look: _Look) -> Format:
        """Return the workbook's format of a look."""
        if look not in self._formats:
            self.smallest = min(self.smallest, look.size)
            given = {"font_name": _FONT, "font_size": look.size, "bold": look.bold, "align": look.align}
            given |= {"valign": "top" if look.top else "vcenter", "text_wrap": True, "border": int(look.border)}
            self._formats[look] = self._book.add_format(given)
        return self._formats[look]

    def put(self, row: int, rows: int, columns: tuple[int, int], text: str, look: _Look) -> None:
        """Write text into `rows` rows and the columns from the first edge to the second, merged if more than one."""
        first, last = columns[0], columns[1] - 1
        plain = "".join(mark for mark in text if mark == "\n" or unicodedata.category(mark) != "Cc")
        if rows > 1 or last > first:
            self.sheet.merge_range(row, first, row + rows - 1, last, "", self.format(look))
        if not plain:
            self.sheet.write_blank(row, first, None, self.format(look))
        elif self.sheet.write_string(row, first, plain, self.format(look)) == 0:
            self.written[row, first] = plain
        else:
            raise WorldError("有一格文字超过 Excel 允许的 32767 个字", "请缩短文字，或改用 PDF")

    def line(self, text: str, look: _Look, height: float) -> None:
        """Write one merged row over the whole width."""
        self.set_row(self.row, height)
        self.put(self.row, 1, (0, len(self.edges) - 1), text, look)
        self.row += 1

    def slots(self, texts: list[str], look: _Look, height: float) -> None:
        """Write one row of texts side by side in equal parts of the width."""
        self.set_row(self.row, height)
        for place, text in enumerate(texts):
            self.put(self.row, 1, self.slot(place, len(texts)), text, look)
        self.row += 1

    def slot(self, place: int, count: int) -> tuple[int, int]:
        """Return the column edges of one of `count` equal parts of the width."""
        part = self.flow.width / count
        return self.column(self.flow.left + place * part), self.column(self.flow.left + (place + 1) * part)


def write_workbook(paper: Paper, target: Path, progress: Progress | None = None) -> None:
    """Write a paper as an A4-ready workbook, read back cell by cell; WorldError when the disk refuses."""
    watch = progress or Quiet()
    written: dict[tuple[int, int], str] = {}

    def write(temporary: Path) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = Workbook(str(temporary), options)
        book.set_properties({"title": paper.title, "author": paper.author, "created": _BIRTH})
        page = _Page(book, paper, watch)
        _set_up(page)
        for block in paper.blocks:
            _put(block, page)
        page.sheet.set_h_pagebreaks(page.breaks)
        page.sheet.fit_to_pages(1, 1 if _is_single(page) else 0)
        book.close()
        written.update(page.written)

    write_safely(target, write, lambda path: _verify(path, written))


def _verify(path: Path, written: Mapping[tuple[int, int], str]) -> None:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(str(path)) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    for (row, column), text in written.items():
        if row >= len(rows) or column >= len(rows[row]) or rows[row][column] != text:
            raise WorldError("写入的 Excel 文件读回后内容不一致", "请检查磁盘后重试")


def _edges(paper: Paper, flow: Flow, tables: list[Table]) -> list[float]:
    """Return every place on the page where a column of some block begins or ends."""
    places = {flow.left, flow.right}
    for table in tables:
        places.update(table.edges)
    for block in paper.blocks:
        if isinstance(block, Photos | Signatures):
            count = block.columns if isinstance(block, Photos) else len(block.labels)
            places.update(flow.left + flow.width * part / count for part in range(1, count))
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _set_up(page: _Page) -> None:
    """Set paper, margins, column widths, header and page numbers."""
    sheet, given = page.sheet, page.paper.page
    top, right, bottom, left = (margin / 25.4 for margin in given.margins)
    sheet.set_paper(9)
    sheet.set_margins(left, right, top, bottom)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    if given.landscape:
        sheet.set_landscape()
    if given.header:
        sheet.set_header("&C" + given.header.replace("&", "&&"))
    numbers = "&C第 &P 页 共 &N 页" if given.numbered else ""
    if given.footer or numbers:
        sheet.set_footer("&L" + given.footer.replace("&", "&&") + numbers)
    for place, (begin, end) in enumerate(zip(page.edges, page.edges[1:], strict=False)):
        sheet.set_column_pixels(place, place, round((end - begin) * _PIXELS))


def _is_single(page: _Page) -> bool:
    """Whether the paper asks for one sheet and stands on it without its type becoming too small to read."""
    given = page.paper.page
    room = (given.height - given.margins[0] - given.margins[2]) * MM
    least = max(given.fit, _READABLE / page.smallest)
    return given.fit < 1 and not page.breaks and page.height * min(1.0, least) <= room


@singledispatch
def _put(block: Block, page: _Page) -> None:
    """Write a block below what stands on the page."""
    raise TypeError(f"no way to put {type(block).__name__} on {page}")


@_put.register
def _(block: Title, page: _Page) -> None:
    for text in block.lines:
        page.line(text, _Look(block.size, bold=True, align="center"), block.size * LEADING + _AIR)


@_put.register
def _(block: Fields, page: _Page) -> None:
    size = block.size or page.paper.page.size
    text = "　　".join(f"{item.label}{item.value or '＿' * 6}" for item in block.items)
    page.line(text, _Look(size), _height(text, size, page) + _AIR)


@_put.register
def _(block: Text, page: _Page) -> None:
    size = block.size or page.paper.page.size
    text = "\n".join("　" * block.indent + paragraph for paragraph in block.text.split("\n"))
    page.line(text, _Look(size, bold=block.bold, align=block.align), _height(text, size, page))


@_put.register
def _(block: Note, page: _Page) -> None:
    page.line(block.text, _Look(SMALL), _height(block.text, SMALL, page))


def _height(text: str, size: float, page: _Page) -> float:
    """Return the height of a text over the whole width."""
    return len(page.flow.setter.lines(text, page.flow.width / size)) * size * LEADING


@_put.register
def _(block: Grid, page: _Page) -> None:
    table = page.tables[id(block)]
    starts = [page.row]
    for height in table.heights:
        parts = ceil(height / _TALLEST)
        for row in range(starts[-1], starts[-1] + parts):
            page.set_row(row, height / parts)
        starts.append(starts[-1] + parts)
    if block.head:
        page.sheet.repeat_rows(starts[0], starts[block.head] - 1)
    for row, boxes in enumerate(table.boxes):
        if row % _EVERY == 0:
            page.flow.tell("正在写入工作簿", row, len(table.boxes))
        for box in boxes:
            _put_box(box, table, (starts[row], starts[row + box.rows]), page)
    page.row = starts[-1]


def _put_box(box: Box, table: Table, rows: tuple[int, int], page: _Page) -> None:
    cell = box.cell
    columns = page.column(table.edges[box.column]), page.column(table.edges[box.column + cell.cols])
    look = _Look(box.size, bold=cell.bold, align=cell.align, top=cell.top, border=True)
    page.put(rows[0], rows[1] - rows[0], columns, cell.text, look)


@_put.register
def _(block: Photos, page: _Page) -> None:
    size, height = page.paper.page.size, min(block.height * MM, _TALLEST)
    for start in range(0, len(block.items), block.columns):
        row = block.items[start : start + block.columns]
        page.set_row(page.row, height)
        for place, photo in enumerate(row):
            _put_photo(photo, page.slot(place, block.columns), height, page)
        page.row += 1
        captions = [photo.caption for photo in row] + [""] * (block.columns - len(row))
        page.slots(captions, _Look(size, align="center"), size * LEADING)


def _put_photo(photo: Photo, columns: tuple[int, int], height: float, page: _Page) -> None:
    """Frame one photo, in the middle of its frame; or the words where to stick one."""
    hint = "" if photo.path else f"（{photo.caption}照片粘贴处）"
    page.put(page.row, 1, columns, hint, _Look(page.paper.page.size, align="center", border=True))
    if photo.path:
        width = page.edges[columns[1]] - page.edges[columns[0]]
        ready = prepare(photo.path, width - 6, height - 6)
        options: dict[str, Any] = {
            "image_data": BytesIO(ready.jpeg),
            "x_offset": (width - ready.width) / 2 * _PIXELS,
            "y_offset": (height - ready.height) / 2 * _PIXELS,
            "x_scale": ready.width * _PIXELS / ready.pixels[0],
            "y_scale": ready.height * _PIXELS / ready.pixels[1],
            "description": photo.caption,
        }
        page.sheet.insert_image(page.row, columns[0], photo.path.name, options)


@_put.register
def _(block: Signatures, page: _Page) -> None:
    size = page.paper.page.size
    page.slots([f"{label}（签名）：" for label in block.labels], _Look(size), size * 2 * LEADING)
    page.slots([SIGNED_ON] * len(block.labels), _Look(size), size * LEADING)


@_put.register
def _(block: Spacer, page: _Page) -> None:
    page.line("", _Look(SMALL), block.height * MM)


@_put.register
def _(_block: PageBreak, page: _Page) -> None:
    page.breaks.append(page.row)
