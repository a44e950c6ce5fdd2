"""Reading the cells of one column, each different one once: names, dates and choices repeat in their thousands."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import LISTING, Misread, Names, Reading, Text, split_words
from ankang_desktop.exchange.cells import Cell, given
from ankang_desktop.exchange.layout import Column, see
from ankang_desktop.exchange.personal import holds_identity
from ankang_desktop.kernel.text import half_width

_OUTER = re.compile("[、；;\n]")
_MOST_DIGITS = 12
IDENTITY = "含有身份证号，本程序不保存身份证号，请删去后再导入"

Read = tuple[Any, str]  # the value (None where blank or misread) and the sentence of a misreading ("" where none)


class Padded:
    """Names that also find the code 0001 under the number 1, which is what Excel makes of it."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def name_of(self, ledger: str, key: int) -> str:
        """Return how a record is called."""
        return self._names.name_of(ledger, key)

    def code_name(self, of: str, code: str) -> str:
        """Return what a code stands for."""
        return self._names.code_name(of, code)

    def find(self, ledger: str, text: str) -> list[int]:
        """Return the records of that name; of a number that names none, those whose code it is without zeros."""
        found = self._names.find(ledger, text)
        if found or not text.isdecimal():
            return found
        longer = (self._names.find(ledger, text.zfill(size)) for size in range(len(text) + 1, _MOST_DIGITS))
        return next(filter(None, longer), [])


class ColumnReader:
    """Reads one column; what it has read once it knows."""

    def __init__(self, column: Column, reading: Reading) -> None:
        self.column = column
        self._reading = reading
        self._known: dict[object, Read] = {}
        self._plain_text = isinstance(column.kind, Text) and column.lines is None

    def read(self, cell: Cell) -> Read:
        """Return the value of a cell, or why it has none; an inline column's value is a list of rows."""
        if cell == "":
            return None, ""
        if self._plain_text:
            return self._text(cell)
        key = cell if isinstance(cell, str) else (type(cell), cell)
        if (known := self._known.get(key)) is None:
            known = self._known[key] = self._first(cell)
        return known

    def _text(self, cell: Cell) -> Read:
        found = given(cell)
        if found is None:
            return None, ""
        if isinstance(found, str) and found.isprintable() and unicodedata.is_normalized("NFC", found):
            text = found.strip()
        else:
            text = self.column.kind.read(found, self._reading)
        return (None, IDENTITY) if holds_identity(text) else (text or None, "")

    def _first(self, cell: Cell) -> Read:
        found = given(cell)
        if found is None:
            return None, ""
        try:
            if self.column.lines is not None and found == see(self.column.lines):
                return None, ""
            if self.column.lines is not None:
                return read_inline(self.column.field, str(found), self._reading), ""
            return self.column.kind.read(found, self._reading), ""
        except Misread as wrong:
            return None, str(wrong)


def names_in(text: str) -> list[str]:
    """Return the names of “一班、二班”; one that holds a stroke (“机修/电工班”) stays whole."""
    return list(filter(None, map(str.strip, _OUTER.split(half_width(text)))))


def read_inline(field: Field, text: str, reading: Reading) -> list[dict[str, Any]]:
    """Return the rows of “一班、二班”; a name that holds a stroke (“机修/电工班”) stays whole; raises Misread."""
    rows: list[dict[str, Any]] = []
    for part in names_in(text):
        try:
            rows.append({field.key: field.kind.read(part, reading)})
        except Misread:
            words = split_words(part, [], LISTING)
            if len(words) < 2:
                raise
            rows += [{field.key: field.kind.read(word, reading)} for word in words]
    return rows
