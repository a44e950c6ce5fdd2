"""Which records of a ledger a person wants to see, in which order: filters by kind of field, in words of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, and_, bindparam, case, func, or_, select, type_coerce

from ankang_desktop.declare.columns import has_tag
from ankang_desktop.declare.kinds import Choice, Link, Text
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.options import Options
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
        found.append(or_(Record.day.between(date(sieve.year, 1, 1), date(sieve.year, 12, 31)), Record.day.is_(None)))
    if words := sieve.search.split():
        found.append(containing(*words))
    return found


def statement_of_ids(ledgers: Ledgers, ledger: Ledger, sieve: Sieve) -> Select[Any]:
    """Return the select of every id, in the order wanted; records without a value stand last."""
    where = where_of(ledger, sieve)
    needs_own = bool(sieve.conditions) or sieve.sort not in {"", "number"}
    statement = select(Record.id).where(alive(ledger), *where)
    statement = statement.select_from(ledger.record) if needs_own else statement.select_from(Record)
    return statement.order_by(*_order(ledgers, ledger, sieve))


def _order(ledgers: Ledgers, ledger: Ledger, sieve: Sieve) -> list[Any]:
    if not sieve.sort and ledger.day is None:
        return [Record.year, Record.serial]  # a roster is read from its first line, what happened from the newest
    if not sieve.sort:
        columns: list[Any] = [Record.day, Record.id]
    elif sieve.sort == "number":
        columns = [Record.year, Record.serial]
    else:
        column = _sorted_by(ledgers, ledger, sieve.sort)
        return [column.is_(None), column.desc() if sieve.is_descending else column, Record.id.desc()]
    return [column.desc() if sieve.is_descending else column for column in columns]


def _sorted_by(ledgers: Ledgers, ledger: Ledger, key: str) -> Any:
    """Return what a field is sorted by: words by pinyin, choices in declared order, links by the name they link to.

    PROOF sorts what lacks something before what is complete.
    """
    if key == PROOF:
        return complete(ledger)
    kind, column = ledger.fields[key].kind, counted(ledger, key)
    if isinstance(kind, Choice):
        options: type[Options] = kind.options
        places = {option.name: place for place, option in enumerate(options)}
        return case(places, value=type_coerce(column, String))
    if isinstance(kind, Link) and ledgers[kind.ledger].naming:
        linked = ledgers[kind.ledger].record.__table__.alias()
        name = func.pinyin_order(linked.c[ledgers[kind.ledger].naming[0].key])
        return select(name).where(linked.c.id == column).scalar_subquery()
    return func.pinyin_order(column) if isinstance(kind, Text) and key != "number" else column


def count_sieved(connection: Connection, ledger: Ledger, sieve: Sieve, *where: Any) -> int:
    """Return how many records a sieve lets through, `where` added."""
    statement = select(func.count()).select_from(ledger.record).where(alive(ledger), *where_of(ledger, sieve), *where)
    return connection.scalar(statement) or 0
