"""The table kind -> how a cell holds its value: as what it is written, how it looks, what Excel lets one choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any, Literal

from ankang_desktop.declare.kinds import Amount, Choice, Day, Kind, Moment, Names, Tags, Text, Whole, YesNo, moment_of
from ankang_desktop.kernel.text import half_widths

Cell = str | int | float | bool | date | datetime | time | timedelta
LONGEST = 32_767  # characters Excel keeps in one cell
_FIRST, _LAST = date(1950, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Way:
    """How a kind stands in a cell: as what it is written, its number format, its column's width in characters.

    Text cells are formatted as text, so that an employee number typed below keeps its leading zeros.
    """

    holds: Literal["string", "number", "datetime"]
    number_format: str
    width: int


WAYS: Mapping[str, Way] = {
    "text": Way("string", "@", 16),
    "day": Way("datetime", "yyyy-mm-dd", 12),
    "month": Way("datetime", 'yyyy"年"m"月"', 12),
    "moment": Way("datetime", "yyyy-mm-dd hh:mm", 17),
    "whole": Way("number", "0", 10),
    "amount": Way("number", "General", 12),
    "yes_no": Way("string", "@", 10),
    "choice": Way("string", "@", 14),
    "tags": Way("string", "@", 20),
    "link": Way("string", "@", 16),
    "code": Way("string", "@", 16),
}


def way(kind: Kind[Any]) -> Way:
    """Return how a kind stands in a cell."""
    return WAYS[kind.name]


def content(value: Any, kind: Kind[Any], names: Names) -> Any:
    """Return what is written for a value: its shown text, or the number or date itself; None where it is blank."""
    if is_blank(value):
        return None
    return kind.show(value, names) if way(kind).holds == "string" else value


def width(kind: Kind[Any]) -> int:
    """Return the width of a kind's column; long text gets more."""
    return min(40, max(way(kind).width, kind.longest // 10)) if isinstance(kind, Text) else way(kind).width


def wrapped(text: str, room: int) -> int:
    """Return how many lines a text takes in a column so wide."""
    if 2 * len(text) <= room and "\n" not in text:
        return 1  # nearly every cell of a ledger: no mark need be looked at
    return sum(max(1, ceil(half_widths(part) / room)) for part in text.split("\n"))


def choices(kind: Kind[Any]) -> list[str]:
    """Return what a drop-down offers; nothing for kinds that are typed."""
    if isinstance(kind, YesNo):
        return ["是", "否"]
    return kind.options.labels() if isinstance(kind, Choice | Tags) else []


def bounds(kind: Kind[Any]) -> tuple[str, Any, Any] | None:
    """Return (date | integer | decimal, least, most) of kinds that have bounds."""
    if isinstance(kind, Day | Moment):
        return ("date", _FIRST, _LAST)
    if isinstance(kind, Whole):
        return ("integer", kind.least, kind.most)
    return ("decimal", float(kind.least), float(kind.most)) if isinstance(kind, Amount) else None


def is_blank(value: object) -> bool:
    """Whether a value of a field says nothing."""
    return value in (None, "", ())


def given(cell: Cell | None) -> object:
    """Return what a cell gives a kind to read: None where it is blank, whole numbers without “.0”, moments whole."""
    if isinstance(cell, str):
        return cell if cell and not cell.isspace() else None
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime) and cell.microsecond:
        return (cell + timedelta(milliseconds=500)).replace(microsecond=0)
    return f"{cell:%H:%M}" if isinstance(cell, time) else cell


def dated(cell: Cell, kind: Kind[Any]) -> Cell:
    """Return a cell of a column of dates as the date it will become, where a workbook has a bare day number (45800)."""
    bare = moment_of(cell) if isinstance(kind, Day | Moment) else None
    if bare is None:
        return cell
    return bare.date().isoformat() if isinstance(kind, Day) else f"{bare:%Y-%m-%d %H:%M}"


def text_of(cell: Cell | None) -> str:
    """Return a cell as a person reads it, for headers and marks; blank is “”."""
    found = given(cell)
    return "" if found is None else str(found).strip()
