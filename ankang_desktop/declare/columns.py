"""How values lie in a table, without a dialect: exact decimals as scaled integers, choices as keys, tags as |a|b|."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Index, String, Table, Text, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.orm.attributes import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from ankang_desktop.declare.options import Options


class Scaled(TypeDecorator[Decimal]):
    """A decimal number with `digits` places, kept as an integer so that sums are exact in every database."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.digits = digits

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Return the scaled integer."""
        return None if value is None else int(Decimal(value).scaleb(self.digits).to_integral_value())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """Return the decimal again; sums come back as integers too."""
        return None if value is None else Decimal(int(value)).scaleb(-self.digits)


class Keyed(TypeDecorator[Options]):
    """One of an Options class, kept as its key."""

    impl = String
    cache_ok = True

    def __init__(self, options: type[Options]) -> None:
        super().__init__(40)
        self.options = options

    def process_bind_param(self, value: Options | None, dialect: Dialect) -> str | None:
        """Return the key."""
        return None if value is None else value.name

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Options | None:
        """Return the option; a key that a newer program wrote is a KeyError, the file was refused before."""
        return None if value is None else self.options[value]


class Tagged(TypeDecorator[tuple[Options, ...]]):
    """Several of an Options class in declared order, kept as “|a|b|” so that one tag is found by LIKE."""

    impl = Text
    cache_ok = True

    def __init__(self, options: type[Options]) -> None:
        super().__init__()
        self.options = options

    def process_bind_param(self, value: tuple[Options, ...] | None, dialect: Dialect) -> str | None:
        """Return “|a|b|”; no tags are NULL. Raises TypeError for anything but a tuple of options."""
        if value is None:
            return None
        if not isinstance(value, tuple):
            raise TypeError(f"tags are a tuple of options, not {value!r}")
        chosen = [option.name for option in self.options if option in value]
        return f"|{'|'.join(chosen)}|" if chosen else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[Options, ...] | None:
        """Return the options in declared order."""
        return None if value is None else tuple(self.options[key] for key in value.strip("|").split("|"))


def has_tag(column: InstrumentedAttribute[Any], *tags: Options) -> ColumnElement[bool]:
    """Return the clause “column holds at least one of these tags”."""
    kept = type_coerce(column, Text)
    first, *others = (kept.like(f"%|{tag.name}|%") for tag in tags)
    clause: ColumnElement[bool] = first
    for other in others:
        clause = clause | other
    return clause


def index_columns(table: Table, keys: Sequence[str], day: str | None) -> None:
    """Give every column a table is sorted by its index, the day within, in place of one of that column alone.

    So records that are alike in a column lie together from the oldest to the newest, those of one year in a row.
    """
    for key in keys:
        wanted = [table.c[key]] if day in {None, key} else [table.c[key], table.c[day]]
        alike = [each for each in table.indexes if list(each.columns) in ([table.c[key]], wanted)]
        table.indexes.difference_update(alike)
        Index(None, *wanted)
