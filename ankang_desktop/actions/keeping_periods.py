"""How long each kind of record is kept: what is suggested, what the officer set, and which records are beyond it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_, select

from ankang_desktop.app import App
from ankang_desktop.declare.draft import Values
from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel import paths
from ankang_desktop.ledgers.choices import KeepingPeriod, KeepingRule
from ankang_desktop.ledgers.contracts.record import Contract
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import Stage
from ankang_desktop.ledgers.upper import Finding, Visit
from ankang_desktop.programme.retention import Suggestion, of_ledger, read_suggestions
from ankang_desktop.store.query import statement_of

_LEDGER = "keeping_period"
_LEFT_OUT = {_LEDGER, "profile", "workshop", "team", "post"}
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


@dataclass(frozen=True)
class Period:
    """How long a kind is kept: `years`, or 0 for without an end (`forever` where that was said).

    `number` is the officer's own record of it ("" where what is suggested holds); until `spared_until` nothing of the
    kind is proposed.
    """

    years: int
    forever: bool
    number: str = ""
    spared_until: date | None = None

    @property
    def text(self) -> str:
        """Return the period in words."""
        return f"{self.years} 年" if self.years else "永久" if self.forever else "未定，一直保存"

    def cutoff(self, today: date) -> date | None:
        """Return the day before which the time of a record must have begun for it to be over today."""
        if not self.years or (self.spared_until is not None and today < self.spared_until):
            return None
        day = min(today.day, 28) if today.month == 2 else today.day  # 29 February has no day of its own years before
        return date(today.year - self.years, today.month, day)


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
    linked = ledgers[kind.ledger].record.__table__.alias()
    return select(linked.c[beyond]).where(linked.c.id == column).scalar_subquery()


def periods(connection: Connection, ledgers: Ledgers) -> dict[str, Period]:
    """Return the period in force of every kind, by its key."""
    own = {row.records: row for row in connection.execute(_own(ledgers))}
    return {each.key: _period(each, own.get(each.key)) for each in kinds(ledgers)}


def _own(ledgers: Ledgers) -> Any:
    columns = (
        Record.number,
        KeepingPeriod.records,
        KeepingPeriod.rule,
        KeepingPeriod.years,
        KeepingPeriod.spared_until,
    )
    return statement_of(ledgers[_LEDGER], *columns)


def _period(kind: Kind, own: Any) -> Period:
    suggested = kind.suggestion
    years, forever = (suggested.years, suggested.forever) if suggested else (0, False)
    if own is None:
        return Period(years, forever)
    if own.rule is not None:
        years, forever = own.years if own.rule is KeepingRule.years else 0, own.rule is KeepingRule.forever
    return Period(years, forever, own.number, own.spared_until)


def set_period(app: App, key: str, rule: KeepingRule | None, years: int | None, reason: str) -> None:
    """Keep the officer's own period of a kind as a record; no rule goes back to what is suggested."""
    title = kind_of(app.ledgers, key).title
    values = {"rule": rule, "years": years if rule is KeepingRule.years else None, "reason": reason.strip() or None}
    _write(app, key, f"{title}的保存期限", values)


def spare(app: App, key: str, until: date) -> None:
    """Keep what is beyond its period a while longer: until that day the kind is not proposed."""
    _write(app, key, f"{kind_of(app.ledgers, key).title}暂留至 {until}", {"spared_until": until})


def _write(app: App, key: str, title: str, values: Values) -> None:
    ledger = app.ledgers[_LEDGER]
    with app.begin(title) as unit:
        statement = statement_of(ledger, Record.id).where(KeepingPeriod.records == key)
        record = unit.connection.scalar(statement)
        whole = {"records": key, "decided_on": app.clock.today(), **values}
        if record is None:
            unit.add(ledger, whole)
        else:
            unit.change(record, whole)


def beyond(connection: Connection, kind: Kind, cutoff: date) -> list[tuple[int, date]]:
    """Return the living records of a kind whose time is over, with the day it ran from, oldest first."""
    statement = statement_of(kind.ledger, Record.id, kind.since).where(kind.where, kind.since < cutoff)
    if kind.key == LEAVERS:
        statement = statement.where(kind.ledger.record.__table__.c.anonymised_on.is_(None))
    return [(key, day) for key, day in connection.execute(statement.order_by(kind.since, Record.id))]


def is_within_period(connection: Connection, ledgers: Ledgers, ids: Sequence[int], today: date) -> int:
    """Return how many of these records, in the trash or not, are not beyond the period of their kind."""
    over, known = 0, periods(connection, ledgers)
    for kind in kinds(ledgers):
        cutoff = known[kind.key].cutoff(today)
        if cutoff is not None:
            for at in range(0, len(ids), 500):
                part = Record.id.in_(ids[at : at + 500])
                statement = select(func.count()).select_from(kind.ledger.record)
                over += connection.scalar(statement.where(part, kind.where, kind.since < cutoff)) or 0
    return len(ids) - over


def open_clauses(today: date) -> dict[str, ColumnElement[bool]]:
    """Return, by ledger, “this is not finished”: a hazard not closed, a contract in force, a visit's opinion open."""
    unsettled = select(Finding.id).where(Finding.record_id == Visit.id, Finding.closed_on.is_(None)).exists()
    in_force = and_(Contract.ended_on.is_(None), or_(Contract.valid_until.is_(None), Contract.valid_until >= today))
    return {"hazard": Hazard.stage.not_in([Stage.closed, Stage.voided]), "contract": in_force, "visit": unsettled}
