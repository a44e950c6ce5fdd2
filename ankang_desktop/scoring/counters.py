"""Counters over a scope: how many records, sessions, person-times, persons, or the sum of a field.

场 = sum of sessions (1 where none is entered); 人次 = the rows of persons present where there are any, else the entered
head-count; 人 = distinct persons, plus entered numbers where there is no list (domain.md §3).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, exists, func, not_, or_, select, true

from ankang_desktop.declare.counters import Counter, Quantity, Unit
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Record
from ankang_desktop.scoring.people import persons
from ankang_desktop.scoring.references import Key
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.store.heads import people_lines, present

_ENTERED = ("headcount", "persons", "copies")
_SLICE = 10_000


class Aggregate(Options):
    """How records become a number."""

    records = "记录数"
    sessions = "场次"
    person_times = "人次"
    persons = "人数"
    sum = "合计"


@cache
def counter_named(ledgers: Ledgers, name: str) -> tuple[Ledger, Counter]:
    """Return ledger and counter of a name; building every facet anew for each question would cost most of a score."""
    return ledgers.counter(name)


def title_named(ledgers: Ledgers, name: str) -> str:
    """Return what a counter counts, as a sentence tells it: the ledger's name without “台账”."""
    return counter_named(ledgers, name)[1].title.replace("台账", "")


def keys_of(scope: Scope, names: Iterable[str]) -> tuple[Key, ...]:
    """Return the records any of these counters counts, by ledger in the order named, then by day."""
    wheres: dict[str, tuple[Ledger, list[Any]]] = {}
    for name in names:
        ledger, counter = counter_named(scope.ledgers, name)
        wheres.setdefault(ledger.key, (ledger, []))[1].append(true() if counter.where is None else counter.where)
    return tuple(key for ledger, where in wheres.values() for key in scope.keys_in(ledger, or_(*where)))


def quantity(scope: Scope, name: str, aggregate: Aggregate, unit: Unit, fields: tuple[str, ...] = ()) -> Quantity:
    """Return the number a counter gives over a scope."""
    ledger, counter = counter_named(scope.ledgers, name)
    where = () if counter.where is None else (counter.where,)
    return Quantity(_Number(scope, ledger, scope.inside(ledger, *where)).of(aggregate, fields), unit)


def total(
    scope: Scope, keys: Iterable[Key], aggregate: Aggregate, unit: Unit, fields: tuple[str, ...] = ()
) -> Quantity:
    """Return the number that given records make; persons are distinct over all of them."""
    by_ledger: dict[str, list[int]] = {}
    for key in keys:
        by_ledger.setdefault(key.ledger, []).append(key.id)
    value, known = 0, set[int]()
    for ledger_key, ids in by_ledger.items():
        ledger = scope.ledgers[ledger_key]
        for part in (ids[at : at + _SLICE] for at in range(0, len(ids), _SLICE)):
            number = _Number(scope, ledger, select(Record.id).where(Record.id.in_(part)).correlate(None))
            if aggregate is Aggregate.persons:
                known |= number.people()
                value += number.entered()
            else:
                value += number.of(aggregate, fields)
    return Quantity(value + len(known), unit)


class _Number:
    """Numbers of one set of records of one ledger, each by one or two aggregate questions."""

    def __init__(self, scope: Scope, ledger: Ledger, ids: Select[Any]) -> None:
        self.scope, self.ledger, self.ids = scope, ledger, ids
        self.lines = people_lines(ledger)

    def of(self, aggregate: Aggregate, fields: tuple[str, ...]) -> int:
        """Return the number of an aggregate."""
        if aggregate is Aggregate.records:
            return self.scope.number(select(func.count()).select_from(self.ids.subquery()))
        if aggregate is Aggregate.sessions:
            held = getattr(self.ledger.record, "sessions", None)
            return self.of(Aggregate.records, ()) if held is None else self._sum(held, 1)
        if aggregate is Aggregate.person_times:
            return self._rows(func.count()) + self.entered()
        if aggregate is Aggregate.persons:
            return len(self.people()) + self.entered()
        return self._sum_of(fields)

    def people(self) -> set[int]:
        """Return the distinct persons named: never more than there are staff."""
        named = persons(self.ledger, self.ids)
        return set() if named is None else set(self.scope.connection.scalars(named.distinct()))

    def entered(self) -> int:
        """Return the entered numbers of records that name nobody."""
        key = next((key for key in _ENTERED if key in self.ledger.own_fields), None)
        return self._sum(getattr(self.ledger.record, key), 0, self._unlisted()) if key else 0

    def _sum_of(self, fields: tuple[str, ...]) -> int:
        """Sum a field, the first filled one of each record; rows that have the field themselves win."""
        columns = [getattr(self.ledger.record, key) for key in fields if key in self.ledger.own_fields]
        if self.lines and fields and fields[0] in self.lines.fields:
            row: Any = self.lines.row
            listed = self._rows(func.sum(func.coalesce(getattr(row, fields[0]), 1)))
            return listed + (self._sum(func.coalesce(*columns, 0), 0, self._unlisted()) if columns else 0)
        return self._sum(func.coalesce(*columns, 0), 0) if columns else 0

    def _sum(self, column: Any, default: int, *where: Any) -> int:
        record = self.ledger.record
        statement = select(func.sum(func.coalesce(column, default))).select_from(record)
        return self.scope.number(statement.where(record.id.in_(self.ids), *where))

    def _rows(self, what: Any) -> int:
        if self.lines is None:
            return 0
        row: Any = self.lines.row
        return self.scope.number(select(what).where(row.record_id.in_(self.ids), *present(self.lines)))

    def _unlisted(self) -> Any:
        if self.lines is None:
            return true()
        row: Any = self.lines.row
        return not_(exists().where(and_(row.record_id == Record.id, row.person.is_not(None))))
