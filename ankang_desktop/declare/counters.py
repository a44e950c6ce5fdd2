"""Numbers that papers and duties may ask for, each able to name its records; units that never mix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from ankang_desktop.declare.options import Options


class Unit(Options):
    """What a number counts (焦作统计表): sessions, person-times and persons are different things."""

    records = "件"
    sessions = "场"
    person_times = "人次"
    persons = "人"
    articles = "篇"
    pieces = "个"
    times = "次"
    money = "元"


@dataclass(frozen=True)
class Quantity:
    """A number with its unit; adding different units is a TypeError, never a sum."""

    value: int
    unit: Unit

    def __add__(self, other: Quantity) -> Quantity:
        if self.unit is not other.unit:
            raise TypeError(f"{self.unit.value} 与 {other.unit.value} 不能相加")
        return Quantity(self.value + other.value, self.unit)

    def __str__(self) -> str:
        return f"{self.value}{self.unit.value}"


@dataclass(frozen=True)
class Counter:
    """Some records of a ledger: all of them, or those `where` holds. Its full name is “<ledger>.<key>”."""

    key: str
    title: str
    where: ColumnElement[bool] | Any = None
    unit: Unit = Unit.records
