"""Which records of a ledger a person wants to see: filters by kind of field, in words of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from ankang_desktop.declare.columns import has_tag
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.text import half_width
from ankang_desktop.store.heads import counted
from ankang_desktop.store.query import alive, complete, containing

PROOF = "proof"
"""The key of the condition on whether a record counts as proof: `value` is True or False."""


ONLY = "only"
"""The key of the condition “these records and no others”: `value` are their ids, however many."""


@dataclass(frozen=True)
class Condition:
    """One filter: `key` a field, PROOF, ONLY, `how` among “any”, “between”, “has”, “blank”, “filled”, `value` by it.

    any      value is a tuple of options, linked ids or booleans
    between  value is a pair (least, most), either may be None
    has      value is a text the field contains
    """

    key: str
    how: str
    value: Any = None


@dataclass(frozen=True)
class Sieve:
    """What is shown: words searched, the year of the ledger's day (0: every year), conditions, order.

    `sort` is a field's key or PROOF, "" the ledger's own order: the newest day first, a roster from its first number.
    """

    search: str = ""
    year: int = 0
    conditions: tuple[Condition, ...] = ()
    sort: str = ""
    is_descending: bool = True


def clause_of(ledger: Ledger, condition: Condition) -> ColumnElement[bool]:
    """Return the clause of one condition; a kind that cannot be asked so is a KeyError, for conditions are ours."""
    if condition.key == PROOF:
        return complete(ledger) if condition.value else ~complete(ledger)
    if condition.key == ONLY:  # written out: a hundred thousand ids are more than a statement takes as parameters
        return Record.id.in_(bindparam("only", list(condition.value), expanding=True, literal_execute=True))
    kind = ledger.fields[condition.key].kind
    column = counted(ledger, condition.key)
    if condition.how in _BY_BLANK:
        return _BY_BLANK[condition.how](column)
    return CLAUSES[kind.name][condition.how](column, condition.value)


def _any(column: Any, values: tuple[Any, ...]) -> ColumnElement[bool]:
    clause: ColumnElement[bool] = column.in_(values)
    return clause


def _between(column: Any, value: tuple[Any, Any]) -> ColumnElement[bool]:
    least, most = value
    parts = [column >= least] if least is not None else []
    parts += [column <= most] if most is not None else []
    return and_(True, *parts)


def _moments(column: Any, value: tuple[date | None, date | None]) -> ColumnElement[bool]:
    least, most = value
    first = None if least is None else datetime.combine(least, time.min)
    return _between(column, (first, None if most is None else datetime.combine(most, time.max)))


def _has(column: Any, text: str) -> ColumnElement[bool]:
    clause: ColumnElement[bool] = column.contains(half_width(text), autoescape=True)
    return clause


_BY_BLANK: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "blank": lambda column: column.is_(None),
    "filled": lambda column: column.is_not(None),
}
CLAUSES: dict[str, dict[str, Callable[[Any, Any], ColumnElement[bool]]]] = {
    "text": {"has": _has},
    "code": {"any": _any},
    "choice": {"any": _any},
    "tags": {"any": lambda column, values: has_tag(column, *values)},
    "link": {"any": _any},
    "yes_no": {"any": _any},
    "day": {"between": _between},
    "moment": {"between": _moments},
    "month": {"between": _between},
    "whole": {"between": _between},
    "amount": {"between": _between},
}
"""How each kind of field is asked; a contract test holds that every kind is here."""


def where_of(ledger: Ledger, sieve: Sieve) -> list[Any]:
    """Return the clauses of a sieve beside “alive in this ledger”."""
    found: list[Any] = [clause_of(ledger, each) for each in sieve.conditions]
    if sieve.year and ledger.day is not None:
        found.append(in_year(ledger, Record.day, sieve.year))
    if words := sieve.search.split():
        found.append(containing(*words))
    return found


def let_through(ledger: Ledger, sieve: Sieve, *columns: Any, by_each: bool = False) -> Select[Any]:
    """Return the select of columns of the ledger's own table over the records a sieve lets through.

    Where nothing of the spine is asked, the own table is read alone: what lies in the trash, mostly little, is left out
    by its ids, instead of each record's line on the spine being looked up; `by_each` looks for each one in the trash,
    for where much lies there each statement would list it anew.
    """
    if sieve.search or not all(is_own(ledger, each.key) for each in sieve.conditions):
        return over_spine(ledger, sieve, *columns)
    table = ledger.table
    trash = trash_of(ledger)
    is_gone = trash.where(Record.id == table.c.id).exists() if by_each else table.c.id.in_(trash)
    where = [clause_of(ledger, each) for each in sieve.conditions]
    if sieve.year and ledger.day is not None:
        where.append(in_year(ledger, table.c[ledger.day.key], sieve.year))
    return select(*columns).select_from(table).where(~is_gone, *where)


def trash_of(ledger: Ledger) -> Select[Any]:
    """Return the select of the ids that lie in the trash."""
    return select(Record.id).where(Record.ledger == ledger.key, Record.removed_at.is_not(None))


def over_spine(ledger: Ledger, sieve: Sieve, *columns: Any) -> Select[Any]:
    """Return the same with each record's line on the spine beside it."""
    return select(*columns).select_from(ledger.record).where(alive(ledger), *where_of(ledger, sieve))


def is_own(ledger: Ledger, key: str) -> bool:
    """Whether a field is asked of the ledger's own table as it was entered, and of nothing else."""
    return key in ledger.own_fields and counted(ledger, key) is getattr(ledger.record, key)


def in_year(ledger: Ledger, day: Any, year: int) -> ColumnElement[bool]:
    """Return the clause “falls in the year”; what may have no day yet, and has none, belongs to each."""
    falls: ColumnElement[bool] = day.between(date(year, 1, 1), date(year, 12, 31))
    may_lack = ledger.day is not None and ledger.table.c[ledger.day.key].nullable
    return or_(falls, day.is_(None)) if may_lack else falls


def count_sieved(connection: Connection, ledger: Ledger, sieve: Sieve, *where: Any) -> int:
    """Return how many records a sieve lets through, `where` added."""
    counted_over = over_spine if where else let_through
    return connection.scalar(counted_over(ledger, sieve, func.count()).where(*where)) or 0
