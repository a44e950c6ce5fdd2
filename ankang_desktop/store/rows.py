"""Rows as plain JSON and back: what the journal keeps and undo puts back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Date, DateTime, Table

from ankang_desktop.declare.record import Base

Plain = dict[str, object]


@cache
def _codecs(table: Table) -> dict[str, tuple[Callable[[Any], object], Callable[[Any], Any]]]:
    """Return, for each column that JSON cannot hold as it is, how it is written and read."""
    found: dict[str, tuple[Callable[[Any], object], Callable[[Any], Any]]] = {}
    for column in table.columns:
        if "field" in column.info:
            kind = column.info["field"].kind
            found[column.key] = (kind.plain, kind.unplain)
        elif isinstance(column.type, DateTime):
            found[column.key] = (datetime.isoformat, datetime.fromisoformat)
        elif isinstance(column.type, Date):
            found[column.key] = (date.isoformat, date.fromisoformat)
    return found


def to_plain(table: Table, row: Mapping[str, Any], *, whole: bool) -> Plain:
    """Return a row as JSON can hold it; of a `whole` row, empty columns are left out."""
    codecs = _codecs(table)
    return {
        key: codecs[key][0](value) if value is not None and key in codecs else value
        for key, value in row.items()
        if not whole or value is not None
    }


def from_plain(table: Table, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row that `plain` was made of; columns a later program dropped are left out."""
    codecs = _codecs(table)
    return {
        key: codecs[key][1](value) if value is not None and key in codecs else value
        for key, value in plain.items()
        if key in table.columns
    }


def table_named(name: str) -> Table:
    """Return a table of ours by its name."""
    return Base.metadata.tables[name]
