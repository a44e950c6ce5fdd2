"""The table kind -> how a cell holds its value: as what it is written, how it looks, what Excel lets one choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from ankang_desktop.declare.kinds import Kind, Names

Cell = str | int | float | bool | date | datetime | time | timedelta
Validation = dict[str, Any]
_FIRST, _LAST = date(1950, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Way:
    """How a kind stands in a cell.

    `holds` names XlsxWriter's method (`write_<holds>`); `value` gives what it is handed; `width` is in characters;
    `choices` are offered as a drop-down; `validation` is XlsxWriter's rule, which only warns: officers type “6.1”.
    """

    holds: Literal["string", "number", "datetime"]
    value: Callable[[Any, Kind[Any], Names], str | float | date]
    number_format: str = "@"
    width: Callable[[Any], int] = lambda kind: 12
    choices: Callable[[Any], list[str]] = lambda kind: []
    validation: Callable[[Any], Validation] = lambda kind: {}


def _shown(value: Any, kind: Kind[Any], names: Names) -> str:
    return kind.show(value, names)


def _itself(value: Any, kind: Kind[Any], names: Names) -> Any:
    return value


def _between(validate: str, least: Any, most: Any) -> Validation:
    return {"validate": validate, "criteria": "between", "minimum": least, "maximum": most}


WAYS: Mapping[str, Way] = {
    "text": Way("string", _shown, width=lambda kind: min(40, max(10, kind.longest // 2))),
    "day": Way("datetime", _itself, "yyyy-mm-dd", validation=lambda kind: _between("date", _FIRST, _LAST)),
    "moment": Way(
        "datetime",
        _itself,
        "yyyy-mm-dd hh:mm",
        width=lambda kind: 17,
        validation=lambda kind: _between("date", _FIRST, _LAST),
    ),
    "whole": Way(
        "number", _itself, "0", lambda kind: 9, validation=lambda kind: _between("integer", kind.least, kind.most)
    ),
    "amount": Way(
        "number",
        lambda value, kind, names: float(value),
        "General",
        validation=lambda kind: _between("decimal", float(kind.least), float(kind.most)),
    ),
    "yes_no": Way("string", _shown, width=lambda kind: 8, choices=lambda kind: ["是", "否"]),
    "choice": Way("string", _shown, width=lambda kind: 14, choices=lambda kind: kind.options.labels()),
    "tags": Way("string", _shown, width=lambda kind: 20),
    "link": Way("string", _shown, width=lambda kind: 16),
}


def way(kind: Kind[Any]) -> Way:
    """Return how a kind stands in a cell."""
    return WAYS[kind.name]


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


def text_of(cell: Cell | None) -> str:
    """Return a cell as a person reads it, for headers and marks; blank is “”."""
    content = given(cell)
    return "" if content is None else str(content).strip()
