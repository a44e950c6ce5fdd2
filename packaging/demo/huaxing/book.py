"""Workbooks as an officer keeps them: one ledger a file, labels from the ledger's declaration, fixed in every cell.

Rows are written down by field key, so that a renamed label needs no change here; `add` answers with the running
number the record will get on import, so that other records and photos can name it beforehand.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ankang_desktop.declare.ledger import Ledger, Lines
from ankang_desktop.declare.options import Options
from ankang_desktop.kernel.files import write_safely

AS_OF = date(2026, 11, 21)
SAVED_AT = datetime(2026, 11, 20, 16, 30)  # the same book gives the same file
NUMBER = "编号"
_WIDEST = 46

Row = Mapping[str, Any]
Formats = Mapping[str, Format]


def day(month: int, number: int, year: int = 2026) -> date:
    """Return a day, of 2026 unless said otherwise."""
    return date(year, month, number)


@dataclass
class Book:
    """One workbook in the making; `serials` is shared by all books of the enterprise."""

    ledger: Ledger
    serials: Counter[tuple[str, int]]
    name: str = ""
    is_update: bool = False
    rows: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[str, list[tuple[str, Row]]] = field(default_factory=dict)

    def add(self, values: Row, **rows: Sequence[Row]) -> str:
        """Add a record, with lines by their key; return its running number."""
        known = {*self.ledger.editable, *(each.key for each in self.ledger.lines if each.inline)}
        if unknown := values.keys() - known:
            raise KeyError(f"{self.ledger.key} has no field {unknown}")
        number = self._next_number(values)
        mark = f"新{len(self.rows) + 1}"
        self.rows.append({"mark": mark, "number": number, **values})
        for key, inside in rows.items():
            self.lines.setdefault(key, []).extend((mark, row) for row in inside)
        return number

    def table(self, keys: str, rows: Iterable[Sequence[Any]]) -> list[str]:
        """Add records given as tuples in the order of `keys`; None leaves a cell empty."""
        names = keys.split()
        return [self.add(dict(zip(names, row, strict=True))) for row in rows]

    def save(self, target: Path) -> None:
        """Write the workbook."""
        write_safely(target, self._write, read_back)

    def _next_number(self, values: Row) -> str:
        filed = values.get(self.ledger.day.key) if self.ledger.day is not None else None
        if self.ledger.key == "accident":
            filed = values["happened_at"]
        year = (filed or AS_OF).year
        place = (f"{self.ledger.key}{' again' if self.is_update else ''}", year)
        self.serials[place] += 1
        return f"{self.ledger.prefix}-{year}-{self.serials[place]:04d}"

    def _write(self, path: Path) -> None:
        with Workbook(path, {"constant_memory": False}) as workbook:
            workbook.set_properties({"title": self.ledger.title, "author": "华兴机械厂工会", "created": SAVED_AT})
            formats = look(workbook)
            used = {key for row in self.rows for key, value in row.items() if value is not None}
            headers = {key: label for key, label in self._headers().items() if key in used}
            fill(
                workbook.add_worksheet(self.ledger.title),
                [NUMBER, *headers.values()],
                [[row["mark"] if self.lines else None, *(row.get(key) for key in headers)] for row in self.rows],
                formats,
            )
            for lines in self.ledger.lines:
                if lines.key in self.lines:
                    self._write_lines(workbook, lines, formats)

    def _headers(self) -> dict[str, str]:
        inline = {lines.key: lines.title for lines in self.ledger.lines if lines.inline}
        return {key: each.label for key, each in self.ledger.editable.items()} | inline

    def _write_lines(self, workbook: Workbook, lines: Lines, formats: Formats) -> None:
        inside = self.lines[lines.key]
        used = {key for _, row in inside for key, value in row.items() if value is not None}
        if unknown := used - lines.fields.keys():
            raise KeyError(f"{self.ledger.key}.{lines.key} has no field {unknown}")
        fields = {key: each.label for key, each in lines.fields.items() if key in used}
        rows = [[mark, *(row.get(key) for key in fields)] for mark, row in inside]
        fill(workbook.add_worksheet(lines.title), [NUMBER, *fields.values()], rows, formats)


def read_back(path: Path) -> None:
    """Refuse a workbook that does not open again."""
    CalamineWorkbook.from_path(path).get_sheet_by_index(0)


def look(workbook: Workbook) -> Formats:
    """Return the formats of a tidy office sheet."""
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
    return {
        "head": workbook.add_format(base | {"bold": True, "bg_color": "#DDEBF7", "align": "center", "text_wrap": True}),
        "text": workbook.add_format(base | {"text_wrap": True}),
        "number": workbook.add_format(base),
        "day": workbook.add_format(base | {"num_format": "yyyy-mm-dd", "align": "center"}),
        "moment": workbook.add_format(base | {"num_format": "yyyy-mm-dd hh:mm", "align": "center"}),
        "title": workbook.add_format({"font_name": "宋体", "font_size": 16, "bold": True, "align": "center"}),
        "note": workbook.add_format({"font_name": "宋体", "font_size": 10, "align": "left", "text_wrap": True}),
    }


def fill(sheet: Worksheet, headers: Sequence[str], rows: Sequence[Sequence[Any]], formats: Formats) -> None:
    """Write a header and rows, with widths to fit, the header frozen."""
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 30)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for place, header in enumerate(headers):
        widths = [_width(header) + 2, *(_width(row[place]) + 2 for row in rows)]
        sheet.set_column(place, place, min(_WIDEST, max(8, *widths)))
        sheet.write_string(0, place, header, formats["head"])
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            write(sheet, line, place, value, formats)


def write(sheet: Worksheet, line: int, place: int, value: Any, formats: Formats) -> None:
    """Write one value as the cell an officer would have: dates as dates, numbers as numbers, the rest as text."""
    if value is None:
        sheet.write_blank(line, place, None, formats["text"])
    elif isinstance(value, datetime):
        sheet.write_datetime(line, place, value, formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, formats["day"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(line, place, value, formats["number"])
    else:
        sheet.write_string(line, place, shown(value), formats["text"])


def shown(value: Any) -> str:
    """Return a value as an officer writes it in a cell."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Options):
        return str(value.value)
    if isinstance(value, tuple | list):
        return "、".join(map(shown, value))
    return str(value)


def _width(value: Any) -> int:
    if value is None:
        return 0
    text = f"{value:%Y-%m-%d}" if isinstance(value, date) else shown(value)
    return max(
        sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in line) for line in text.split("\n")
    )
