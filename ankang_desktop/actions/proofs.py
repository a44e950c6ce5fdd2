"""The calendar's questions answered by the ledgers, and every name that programmes may write.

StoreProofs joins programme and scoring, which know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, get_args

from sqlalchemy import Connection, func, literal, select

import ankang_desktop.scoring.measures  # noqa: F401 - registers them
from ankang_desktop.declare.counters import Unit
from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Record
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.programme.asking import Need, Ref, Tally, least
from ankang_desktop.scoring.counters import counter_named, title_named
from ankang_desktop.scoring.measured import MEASURES, Asking, Measured, asking, honest, parameters
from ankang_desktop.scoring.people import staff, teams, workshops
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.plan import unit_codes
from ankang_desktop.scoring.references import Key, references
from ankang_desktop.scoring.scope import Outside, Scope
from ankang_desktop.store.heads import people_lines, present
from ankang_desktop.store.query import complete

_MONTHS = {"month": 1, "quarter": 3}
_MOST = 200
"""How many records a duty carries along: a year has hundreds of duties."""


@dataclass(frozen=True)
class StoreProofs:
    """Answers needs from a workspace as of `today`; of `forms` the newest scorecard is the one self-scored."""

    connection: Connection
    ledgers: Ledgers
    today: date
    forms: Mapping[str, Form]

    def tally(self, need: Need, start: date, end: date) -> Tally:
        """Answer a counter or measure over `start`..`end`; records dated after today are not looked at."""
        if not need.per:
            return self._one(need, start, end)
        if need.per in {"team", "workshop", "person"}:
            return self._each_member(need, start, end)
        return least(self._one(need, *window) for window in _windows(need.per, start, min(end, self.today)))

    def scope(self, start: date, end: date) -> Scope:
        """Return the strict scope of a window as of today."""
        return Scope(
            self.connection, self.ledgers, Period(start, end, self.today), outside=Outside(units=self._units())
        )

    def _units(self) -> tuple[str, ...]:
        cards = [form for form in self.forms.values() if form.kind == "scorecard"]
        return unit_codes(max(cards, key=lambda form: form.edition)) if cards else ()

    def _one(self, need: Need, start: date, end: date) -> Tally:
        scope = self.scope(start, end)
        return self._measure(need, scope) if need.measure else self._counter(need, scope)

    def _measure(self, need: Need, scope: Scope) -> Tally:
        asked = self._asking(need)
        lenient = asked.ask(scope.lenient())
        strict = honest(asked.ask(scope), lenient)
        refs = self._refs(strict.used)
        return Tally(
            strict.share or Fraction(0),
            max(strict.share or Fraction(0), lenient.share or Fraction(0)),
            refs,
            label=_label(strict),
            applies=lenient.share is not None,
            is_told="%" not in strict.reason,
        )

    def _asking(self, need: Need) -> Asking:
        return asking(need.measure, {}, self.ledgers, "年历任务")

    def _counter(self, need: Need, scope: Scope) -> Tally:
        """Count the sessions (the records, where none are entered) of a window: one question for all there is to know.

        A calendar asks some three hundred times, so what would be four questions elsewhere is one here.
        """
        ledger, counter = counter_named(self.ledgers, need.counter)
        held = getattr(ledger.record, "sessions", None)
        unit = Unit.records if held is None else Unit.sessions
        where = () if counter.where is None else (counter.where,)
        times = literal(1) if held is None else func.coalesce(held, 1)
        statement = scope.lenient().select(ledger, Record.id, complete(ledger), times, where=where)
        rows = self.connection.execute(statement.order_by(Record.day, Record.id)).all()
        proven = [(key, number) for key, is_complete, number in rows if is_complete]
        refs = self._refs(tuple(Key(ledger.key, key) for key, _ in proven))
        counted = sum(number for _, number in proven), sum(number for *_, number in rows)
        return Tally(*counted, refs, title_named(self.ledgers, need.counter), unit.value)

    def _refs(self, keys: tuple[Key, ...]) -> tuple[Ref, ...]:
        found = references(self.connection, self.ledgers, keys, _MOST)
        return tuple(Ref(each.ledger, each.id, each.day, f"{each.number} {each.title}") for each in found)

    def _each_member(self, need: Need, start: date, end: date) -> Tally:
        """Return the smallest count of any team, workshop or person there is today."""
        scope = self.scope(start, end)
        whole = self._counter(need, scope)
        members = list(self.connection.scalars(_members(scope, need.per)))
        if not members:
            return Tally(0, 0, applies=False)
        counts = [_counted_by(each, need) for each in (scope, scope.lenient())]
        proven, recorded = (min(count.get(member, 0) for member in members) for count in counts)
        return Tally(proven, recorded, whole.records, whole.label, whole.unit)

    def each_member(self, need: Need, start: date, end: date) -> dict[int, int]:
        """Return how many records each team, workshop or person there is today has, proven or not."""
        scope = self.scope(start, end).lenient()
        counted = _counted_by(scope, need)
        return {member: counted.get(member, 0) for member in self.connection.scalars(_members(scope, need.per))}


def _members(scope: Scope, per: str) -> Any:
    return {"team": teams, "workshop": workshops, "person": staff}[per](scope)


def _counted_by(scope: Scope, need: Need) -> Mapping[int, int]:
    """Return how many records each team, workshop or person has: from the record's own field, else from its rows."""
    ledger, counter = counter_named(scope.ledgers, need.counter)
    where = () if counter.where is None else (counter.where,)
    record: Any = ledger.record
    if need.per in ledger.own_fields:
        column = getattr(record, need.per)
        times = func.sum(func.coalesce(record.sessions, 1)) if "sessions" in ledger.own_fields else func.count()
        statement = scope.select(ledger, column, times, where=(*where, column.is_not(None))).group_by(column)
    else:
        lines = next((each for each in ledger.lines if need.per in each.fields), None)
        if lines is None:
            return {}
        row: Any = lines.row
        column = getattr(row, need.per)
        came = present(lines) if lines is people_lines(ledger) else (column.is_not(None),)
        statement = select(column, func.count()).where(row.record_id.in_(scope.inside(ledger, *where)), *came)
        statement = statement.group_by(column)
    return {member: int(number) for member, number in scope.connection.execute(statement)}


def _windows(per: str, start: date, end: date) -> Iterator[tuple[date, date]]:
    """Yield the days, calendar months or quarters that have begun, cut to the window."""
    first = start
    while first <= end:
        last = first if per == "day" else min(end, _end_of(first, _MONTHS[per]))
        yield first, last
        first = last + timedelta(days=1)


def _end_of(day: date, months: int) -> date:
    after = day.year * 12 + (day.month - 1) // months * months + months
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _label(measured: Measured) -> str:
    """Return the measure in the officer's words: its sentence without the percentage the tally shows itself."""
    return measured.reason.partition("（")[0]


def counter_names(ledgers: Ledgers = LEDGERS) -> set[str]:
    """Return every counter a programme may name."""
    found = set()
    for ledger in ledgers:
        found.add(ledger.key)
        found |= {f"{ledger.key}.{each.key}" for each in (*ledger.counters, *ledger.facets())}
    return found


def measure_names() -> set[str]:
    """Return every measure a programme may name: without parameters, or as “name:option” with one."""
    found = set()
    for name in MEASURES:
        hints = parameters(name)
        found.add(name)
        first = next(iter(hints.values()), None)
        kinds = [each for each in (first, *get_args(first)) if isinstance(each, type) and issubclass(each, Options)]
        found |= {f"{name}:{option.name}" for kind in kinds for option in kind}
    return found


def unit_names(forms: Mapping[str, Form]) -> tuple[str, ...]:
    """Return the units of every scorecard there is."""
    return tuple(unit for form in forms.values() if form.kind == "scorecard" for unit in unit_codes(form))
