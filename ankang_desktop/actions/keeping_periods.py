"""How long each kind of record is kept: what is suggested, what the officer set, and which records are beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from ankang_desktop.app import App
from ankang_desktop.declare.draft import Values
from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.ledgers.choices import KeepingPeriod, KeepingRule
from ankang_desktop.ledgers.contracts.record import Contract
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import Stage
from ankang_desktop.ledgers.upper import Finding, Visit
from ankang_desktop.programme.keeping import KEEPING, LEAVERS, Kind, kind_of, kinds
from ankang_desktop.store.query import statement_of


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
    return statement_of(ledgers[KEEPING], *columns)


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
    ledger = app.ledgers[KEEPING]
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
        statement = statement.where(kind.ledger.table.c.anonymised_on.is_(None))
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
