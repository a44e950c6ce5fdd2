"""The kinds of records that a keeping period can be set for: whole ledgers, and counters of some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, select

from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel import paths
from ankang_desktop.programme.retention import Suggestion, of_ledger, read_suggestions

KEEPING = "keeping_period"
_LEFT_OUT = {KEEPING, "profile", "workshop", "team", "post"}
"""What the house itself stands on: the officer's own settings and the structure every record points to."""
LEAVERS = "employee"
"""The kind whose records are not removed when their time is over: the person leaves, the line stays for the counts."""


@dataclass(frozen=True)
class Kind:
    """One kind of records that has a period of its own: a whole ledger, or the records of one of its counters."""

    key: str
    title: str
    ledger: Ledger
    suggestion: Suggestion | None
    where: ColumnElement[bool]
    since: ColumnElement[Any]


@cache
def suggestions() -> tuple[Suggestion, ...]:
    """Return what is suggested."""
    return read_suggestions(paths.resources() / "retention.toml")


def kinds(ledgers: Ledgers) -> Iterator[Kind]:
    """Yield every kind of records a period can be set for, in the order of the ledgers."""
    for ledger in ledgers:
        others: list[ColumnElement[bool]] = []
        for each in of_ledger(suggestions(), ledger.key):
            if each.records != ledger.key:
                _, counter = ledgers.counter(each.records)
                where = and_(*map(not_, others), counter.where)
                yield Kind(each.records, counter.title, ledger, each, where, _since(ledgers, ledger, each))
                others.append(func.coalesce(counter.where, False))  # a choice not made is none of it
        whole = next((each for each in of_ledger(suggestions(), ledger.key) if each.records == ledger.key), None)
        if ledger.key not in _LEFT_OUT and (ledger.day is not None or (whole and whole.since)):
            note = "（其余）" if others else "（离职职工）" if ledger.key == LEAVERS else ""
            title = ledger.title + note
            yield Kind(ledger.key, title, ledger, whole, and_(True, *map(not_, others)), _since(ledgers, ledger, whole))


def kind_of(ledgers: Ledgers, key: str) -> Kind:
    """Return a kind by its key, which is ours."""
    return next(each for each in kinds(ledgers) if each.key == key)


def _since(ledgers: Ledgers, ledger: Ledger, suggestion: Suggestion | None) -> ColumnElement[Any]:
    """Return the day a record's time runs from: the first of the fields named that is filled."""
    found = [_column(ledgers, ledger, path) for path in (suggestion.since if suggestion else ())]
    columns: list[Any] = found or [Record.day]
    return func.coalesce(*columns) if len(columns) > 1 else columns[0]


def _column(ledgers: Ledgers, ledger: Ledger, path: str) -> Any:
    name, _, beyond = path.partition(".")
    column = getattr(ledger.record, name)
    kind = ledger.own_fields[name].kind
    if not beyond or not isinstance(kind, Link):
        return column
    linked = ledgers[kind.ledger].table.alias()
    return select(linked.c[beyond]).where(linked.c.id == column).scalar_subquery()
