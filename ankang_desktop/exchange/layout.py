"""The arrangement of a ledger's workbook: one main worksheet, one more for each kind of lines.

Both directions read it from here, so what is exported is what can be imported. The main sheet is named after the
ledger and begins with 编号; each further sheet is named after its lines and begins with the 编号 of the record the
row lives in — for new records with the same mark (“新1”) that stands in the main sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Kind
from ankang_desktop.declare.ledger import Ledger, Lines
from ankang_desktop.declare.record import SPINE

NUMBER = "number"
MARK = "#"  # the column of a sheet of lines that says which record a row lives in
INSTRUCTIONS = "填写说明"
PROBLEMS = "问题"
OPTIONS_SHEET = "选项"


@dataclass(frozen=True)
class Column:
    """One column: a field, or, with `lines`, all inline rows of a record in one cell (“一班、二班”)."""

    field: Field
    lines: Lines | None = None

    @property
    def key(self) -> str:
        """The field's or the lines' key."""
        return self.lines.key if self.lines else self.field.key

    @property
    def label(self) -> str:
        """What stands in the header."""
        return self.lines.title if self.lines else self.field.label

    @property
    def kind(self) -> Kind[Any]:
        """The kind of one value."""
        return self.field.kind

    @property
    def is_required(self) -> bool:
        """Whether a new record is refused without it."""
        return self.lines is None and self.field.required and self.field.default is None and not self.field.computed

    @property
    def is_ignored(self) -> bool:
        """Whether an import leaves it alone: computed, and not the number that finds the record."""
        return self.field.computed and self.field.key not in {NUMBER, MARK}


@dataclass(frozen=True)
class Layout:
    """One worksheet: its name, its columns in order, and the lines it holds (None for the main sheet)."""

    title: str
    columns: tuple[Column, ...]
    lines: Lines | None = None

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """Columns by key."""
        return {column.key: column for column in self.columns}


def main_layout(ledger: Ledger) -> Layout:
    """Return the main sheet: number, own fields, inline lines, paper location and remark, then what is computed."""
    number, *others = (Column(each) for each in ledger.fields.values())
    own = [column for column in others if not column.is_ignored and column.key not in SPINE]
    spine = [column for column in others if column.key in SPINE]
    inline = [Column(lines.only, lines) for lines in ledger.lines if lines.inline]
    computed = [column for column in others if column.is_ignored]
    return Layout(ledger.title, (number, *own, *inline, *spine, *computed))


def lines_layout(ledger: Ledger, lines: Lines) -> Layout:
    """Return the sheet of some lines: the record's number, then the row's fields, the required ones first."""
    mark = Column(replace(ledger.fields[NUMBER], key=MARK))
    fields = sorted(lines.fields.values(), key=lambda each: not each.required)
    return Layout(lines.title, (mark, *(Column(each) for each in fields)), lines)


def layouts(ledger: Ledger) -> tuple[Layout, ...]:
    """Return the sheets of a ledger's workbook, the main one first."""
    return (main_layout(ledger), *(lines_layout(ledger, lines) for lines in ledger.lines if not lines.inline))


def see(lines: Lines) -> str:
    """Return what stands in an inline column whose rows are too many for a cell: they have a worksheet then."""
    return f"见“{lines.title}”表"


def index_of(letters: str) -> int:
    """Return the place of a column by the name above it: A → 0, AA → 26."""
    place = 0
    for each in letters:
        place = place * 26 + ord(each) - ord("A") + 1
    return place - 1


def letter(index: int) -> str:
    """Return the name a person reads above a column: 0 → A, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
