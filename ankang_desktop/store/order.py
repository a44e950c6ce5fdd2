"""The ids a sieve lets through, in the order wanted: statements whose ids, one after another, are all of them.

A million records sorted at once are a second before the first is seen. What a table is sorted by has an index of its
own (`declare.columns.index_columns`), so most orders are one walk along it. Choices, links and words, whose order no
index knows, are walked part by part: the records of each option, of each person, those whose words begin alike. The
first page is there with the first part, however many records follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, String, and_, case, func, select, type_coerce

from ankang_desktop.declare.kinds import Choice, Link, Text
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.text import pinyin_order
from ankang_desktop.store.heads import counted
from ankang_desktop.store.query import alive, complete
from ankang_desktop.store.sieve import PROOF, Sieve, in_year, is_own, let_through, over_spine, trash_of, where_of
from ankang_desktop.store.texts import first_marks

_LITTLE = 1_000  # records in the trash that may be listed for every part: a tenth of a second in all
_MOST = 512  # linked records asked for at once, after 1, 2, 4 …: those of the first are soon there


def ids_in_order(connection: Connection, ledgers: Ledgers, ledger: Ledger, sieve: Sieve) -> Iterator[Select[Any]]:
    """Yield selects of ids; what is alike stands by its day, then as written, what has no value stands last."""
    order = _Order(connection, ledgers, ledger, sieve)
    if sieve.sort in {"", "number"}:
        return order.of_spine()
    if sieve.sort == PROOF:
        return order.by_proof()
    return order.by_field() if is_own(ledger, sieve.sort) and not sieve.search else order.by_value()


class _Order:
    """One order of one ledger: which statements, and what each is ordered by."""

    def __init__(self, connection: Connection, ledgers: Ledgers, ledger: Ledger, sieve: Sieve) -> None:
        self.connection, self.ledgers, self.ledger, self.sieve = connection, ledgers, ledger, sieve
        self.table = ledger.table

    def of_spine(self) -> Iterator[Select[Any]]:
        """Yield the ledger's own order, or that of the numbers: the spine knows both by itself."""
        ledger, sieve = self.ledger, self.sieve
        wanted = select(Record.id).select_from(ledger.record if sieve.conditions else Record).where(alive(ledger))
        if sieve.sort:
            where = [*where_of(ledger, replace(sieve, year=0)), *self._year_beside(Record.day)]
            yield wanted.where(*where).order_by(*self._directed(Record.year, Record.serial))
        elif ledger.day is None:  # a roster is read from its first line, what happened from the newest
            yield wanted.where(*where_of(ledger, sieve)).order_by(Record.year, Record.serial)
        else:
            yield wanted.where(*where_of(ledger, sieve)).order_by(*self._directed(Record.day, Record.id))

    def by_proof(self) -> Iterator[Select[Any]]:
        """Yield what lacks something before what is complete, or after it."""
        wanted, is_complete = over_spine(self.ledger, self.sieve, Record.id), complete(self.ledger)
        for part in (is_complete, ~is_complete) if self.sieve.is_descending else (~is_complete, is_complete):
            yield wanted.where(part).order_by(*self._directed(Record.day, Record.id))

    def by_value(self) -> Iterator[Select[Any]]:
        """Yield all at once, sorted by the database: what it counts or keeps on the spine, what a search finds."""
        value, wanted = counted(self.ledger, self.sieve.sort), over_spine(self.ledger, self.sieve, Record.id)
        order = self._directed(self._as_sorted(value), Record.day, Record.id)
        yield wanted.order_by(value.is_(None), *order)

    def by_field(self) -> Iterator[Select[Any]]:
        """Yield the walks along a field's index; where they are of no use, one statement, sorted by the database.

        Of no use are they without an index, and in many parts with conditions: SQLite may take a condition's index
        instead, and walk all that it lets through for every part.
        """
        key, ledger, sieve = self.sieve.sort, self.ledger, self.sieve
        kind, column = ledger.fields[key].kind, self.table.c[key]
        days = [] if ledger.day is None else [self.table.c[ledger.day.key]]
        is_day = ledger.day is not None and key == ledger.day.key
        alike, value = self._directed(*days, self.table.c.id), self._directed(self._as_sorted(column))
        has_index = any(next(iter(each.columns)) is column for each in self.table.indexes)
        if not has_index or (sieve.conditions and isinstance(kind, Choice | Link | Text)):
            yield let_through(ledger, sieve, self.table.c.id).order_by(column.is_(None), *value, *alike)
            return
        where: list[ColumnElement[bool]] = []
        if not isinstance(kind, Choice | Link) and not is_day:
            where, sieve = self._year_beside(*days), replace(sieve, year=0)
        by_each = isinstance(kind, Link | Text) and self._has_much_trash()
        wanted = let_through(ledger, sieve, self.table.c.id, by_each=by_each).where(*where)
        for part in self._parts(column):  # alike in a part of a choice is the choice, in a day the day itself
            yield wanted.where(part).order_by(*([] if is_day or isinstance(kind, Choice) else value), *alike)
        if column.nullable:
            yield wanted.where(column.is_(None)).order_by(*alike)

    def _has_much_trash(self) -> bool:
        """Whether so much lies in the trash that it must not be listed for each of many parts."""
        some = trash_of(self.ledger).limit(_LITTLE + 1).subquery()
        return (self.connection.scalar(select(func.count()).select_from(some)) or 0) > _LITTLE

    def _year_beside(self, *days: Any) -> list[ColumnElement[bool]]:
        """Return the clause of the year, written so that no index of the day is taken in place of the order's own."""
        year = self.sieve.year
        return [in_year(self.ledger, func.coalesce(each, each), year) for each in days if year and self.ledger.day]

    def _directed(self, *columns: Any) -> list[Any]:
        return [column.desc() if self.sieve.is_descending else column for column in columns]

    def _as_sorted(self, column: Any) -> Any:
        """Return what stands for a value: words by pinyin, choices in declared order, links by the name linked to."""
        kind = self.ledger.fields[self.sieve.sort].kind
        if isinstance(kind, Choice):
            return case(
                {option.name: place for place, option in enumerate(_options(kind))}, value=type_coerce(column, String)
            )
        if isinstance(kind, Link) and self.ledgers[kind.ledger].naming:
            return self._name(kind, column)
        return func.pinyin_order(column) if isinstance(kind, Text) else column

    def _name(self, kind: Link, column: Any) -> Any:
        """Return how the record a column links to is called, as it is sorted."""
        linked = self.ledgers[kind.ledger].table.alias()
        name = func.pinyin_order(linked.c[self.ledgers[kind.ledger].naming[0].key])
        return select(name).where(linked.c.id == column).scalar_subquery()

    def _parts(self, column: Column[Any]) -> Iterable[ColumnElement[bool]]:
        """Return clauses that share out the records with a value, in the order wanted."""
        kind = self.ledger.fields[self.sieve.sort].kind
        if isinstance(kind, Choice):
            options = _options(kind)
            return [column == each for each in (reversed(options) if self.sieve.is_descending else options)]
        if isinstance(kind, Link) and self.ledgers[kind.ledger].naming:
            return self._by_name(kind, column)
        return self._by_first_mark(column) if isinstance(kind, Text) else [column.is_not(None)]

    def _by_name(self, kind: Link, column: Column[Any]) -> Iterator[ColumnElement[bool]]:
        """Yield clauses of the records that link to one, two, four … others, those of one name together."""
        linked = select(column).where(column.is_not(None)).distinct().subquery().c[column.key]
        found = [(key, name or b"") for key, name in self.connection.execute(select(linked, self._name(kind, linked)))]
        found.sort(key=itemgetter(1), reverse=self.sieve.is_descending)
        most = 1
        ids: list[int] = []
        for _, alike in groupby(found, key=itemgetter(1)):
            ids += [key for key, _ in alike]
            if len(ids) >= most:
                yield column.in_(ids)
                most, ids = min(2 * most, _MOST), []
        if ids:
            yield column.in_(ids)

    def _by_first_mark(self, column: Column[Any]) -> Iterator[ColumnElement[bool]]:
        """Yield clauses of the records whose words begin with the same mark."""
        marks = sorted(self.connection.scalars(first_marks(column)))  # by their codes, as in the index
        ends = dict(pairwise(marks))
        for mark in sorted(marks, key=lambda mark: pinyin_order(mark) or b"", reverse=self.sieve.is_descending):
            yield and_(column >= mark, *([column < ends[mark]] if mark in ends else []))


def _options(kind: Choice[Any]) -> list[Options]:
    options: type[Options] = kind.options
    return list(options)
