"""What is looked at: a period of a workspace, either the records that count as proof or all of them.

Everything is asked of the database in aggregates; rows of attendance never come into Python.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Entry, Record
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.references import Key
from ankang_desktop.store.query import alive, complete

Clause = ColumnElement[bool]


@dataclass(frozen=True)
class Outside:
    """What other rooms know and measures ask for: the calendar and the units of the year's scorecard.

    `calendar` is how many duties due by now are done, how many are due, then each that is not done (“C-15 送清凉”).
    """

    calendar: tuple[int, int, *tuple[str, ...]] | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scope:
    """A connection, the ledgers, a period; `strict` counts evidence-complete records only."""

    connection: Connection
    ledgers: Ledgers
    period: Period
    strict: bool = True
    outside: Outside = Outside()

    def lenient(self) -> Scope:
        """Return the same scope with every record counted."""
        return replace(self, strict=False)

    def during(self, period: Period) -> Scope:
        """Return the same scope over another period."""
        return replace(self, period=period)

    def ledger(self, record: type[Entry]) -> Ledger:
        """Return the ledger of a mapped class."""
        return self.ledgers[record.__tablename__]

    def select(self, ledger: Ledger, *columns: Any, where: tuple[Any, ...] = (), dated: bool = True) -> Select[Any]:
        """Return a select over the living records that count here, inside the period if `dated`."""
        clauses = [alive(ledger), *where]
        if dated:
            clauses.append(Record.day.between(self.period.start, self.period.cut))
        if self.strict:
            clauses.append(complete(ledger))
        return select(*columns).select_from(ledger.record).where(*clauses)

    def inside(self, ledger: Ledger, *where: Any, dated: bool = True) -> Select[Any]:
        """Return the ids of those records as a subquery."""
        return self.select(ledger, Record.id, where=where, dated=dated).correlate(None)

    def keys(self, record: type[Entry], *where: Any, dated: bool = True) -> tuple[Key, ...]:
        """Return those records in the order of their days."""
        return self.keys_in(self.ledger(record), *where, dated=dated)

    def keys_in(self, ledger: Ledger, *where: Any, dated: bool = True) -> tuple[Key, ...]:
        """Return those records of a ledger in the order of their days."""
        statement = self.select(ledger, Record.id, where=where, dated=dated).order_by(Record.day, Record.id)
        return tuple(Key(ledger.key, key) for key in self.connection.scalars(statement).all())

    def count(self, record: type[Entry], *where: Any, dated: bool = True) -> int:
        """Return how many such records there are."""
        return self.number(self.select(self.ledger(record), func.count(), where=where, dated=dated))

    def number(self, statement: Select[Any]) -> int:
        """Return the one number a statement gives; nothing is 0."""
        return int(self.connection.scalar(statement) or 0)

    def all_of(self, record: type[Entry], *where: Any) -> Select[Any]:
        """Return the ids of every living record, proof or not, as a subquery: a denominator."""
        return select(record.id).select_from(record).where(alive(self.ledger(record)), *where).correlate(None)
