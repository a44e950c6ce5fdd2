"""A statistics table over a period: every blank a quantity with its unit and its records.

All records of the period count by the day of the activity, proven or not; which lack proof is said beside. A record
has one primary line, by the order of the form's sets or by its own `stat_line`; further lines only by `also_counted`,
and then it is marked 双计.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_

from ankang_desktop.declare.counters import Quantity, Unit
from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.ledgers.enterprise.profile import Profile
from ankang_desktop.scoring.counters import keys_of, total
from ankang_desktop.scoring.lines import Blank, RecordSet, read_sets
from ankang_desktop.scoring.plain import from_plain, to_plain
from ankang_desktop.scoring.references import Failing, Key, Ref, failing, references
from ankang_desktop.scoring.scope import Scope


@dataclass(frozen=True)
class Counted:
    """One blank: its number with its unit (or its `text`), the records behind it, those of them counted twice."""

    key: str
    label: str
    quantity: Quantity
    text: str
    refs: tuple[Ref, ...]
    doubled: tuple[Ref, ...]

    @property
    def printed(self) -> str:
        """Return what stands between the brackets: never empty."""
        return self.text or str(self.quantity.value)


@dataclass(frozen=True)
class Repeated:
    """One line that is printed once for every activity (焦作 row 7)."""

    name: str
    blanks: tuple[Counted, ...]


@dataclass(frozen=True)
class Entry:
    """One line of the appendix 明细: the blank, the record, whether it is counted twice."""

    key: str
    label: str
    ref: Ref
    doubled: bool


@dataclass(frozen=True)
class Statistics:
    """A whole table."""

    form: str
    edition: str
    title: tuple[str, ...]
    enterprise: str
    contact: str
    start: date
    end: date
    as_of: date
    blanks: tuple[Counted, ...]
    repeated: tuple[Repeated, ...]
    unproven: tuple[Failing, ...]

    def blank(self, key: str) -> Counted:
        """Return a blank by its key."""
        return next(blank for blank in self.blanks if blank.key == key)

    def details(self) -> Iterator[Entry]:
        """Walk over the appendix: every blank with every record behind it."""
        for blank in (*self.blanks, *(each for line in self.repeated for each in line.blanks)):
            twice = {ref.id for ref in blank.doubled}
            yield from (Entry(blank.key, blank.label, ref, ref.id in twice) for ref in blank.refs)

    def answers(self) -> dict[str, object]:
        """Return the blanks of the table's layout; nothing happened is 0, repeated lines stand under their name."""
        found: dict[str, object] = {blank.key: blank.printed for blank in self.blanks}
        for line in self.repeated:
            told: Any = found.setdefault(line.name, [])
            if line.blanks:
                told.append({blank.key: blank.printed for blank in line.blanks})
        return found

    def plain(self) -> dict[str, Any]:
        """Return the table as plain JSON."""
        found: dict[str, Any] = to_plain(self)
        return found

    @staticmethod
    def from_plain(plain: dict[str, Any]) -> Statistics:
        """Return the table that `plain` was made of."""
        return from_plain(Statistics, plain)


def evaluate(form: Form, scope: Scope) -> Statistics:
    """Count a statistics table over a scope; strictness does not matter, every record of the period counts."""
    return _Count(scope.lenient(), form, read_sets(form, scope.ledgers)).all()


@dataclass(frozen=True)
class _Count:
    scope: Scope
    form: Form
    sets: Sequence[RecordSet]

    def all(self) -> Statistics:
        placed = self._placed()
        ordinary = [each for each in self.sets if not each.repeat]
        blanks = [self._blank(blank, placed[each.code]) for each in ordinary for blank in each.blanks]
        repeated = [line for each in self.sets if each.repeat for line in self._lines(each, placed[each.code])]
        name, contact = self._header()
        period = self.scope.period
        return Statistics(
            form=self.form.code,
            edition=self.form.edition,
            title=self.form.title,
            enterprise=name,
            contact=contact,
            start=period.start,
            end=period.end,
            as_of=period.as_of,
            blanks=tuple(blanks),
            repeated=tuple(repeated),
            unproven=self._unproven({key for keys in placed.values() for key in keys}),
        )

    def _placed(self) -> dict[str, dict[Key, bool]]:
        """Return, for each set, its records and whether each stands there a second time."""
        codes = {name: each.code for each in self.sets for name in (each.code, *(blank.key for blank in each.blanks))}
        chosen, extra = self._by_hand(codes)
        found: dict[str, dict[Key, bool]] = {each.code: {} for each in self.sets}
        taken = dict(chosen)
        for each in self.sets:
            for key in keys_of(self.scope, each.counters):
                if taken.setdefault(key, each.code) == each.code:
                    found[each.code][key] = False
        for key, code in chosen.items():
            found[code].setdefault(key, False)
        for key, several in extra.items():
            for code in several:
                if taken.get(key) != code:
                    found[code][key] = True
        return found

    def _by_hand(self, codes: dict[str, str]) -> tuple[dict[Key, str], dict[Key, list[str]]]:
        """Return the lines that records themselves name: one instead of the proposed, others beside it."""
        chosen: dict[Key, str] = {}
        extra: dict[Key, list[str]] = {}
        for ledger in self._with_lines():
            record: Any = ledger.record
            named = (or_(record.stat_line.is_not(None), record.also_counted.is_not(None)),)
            columns = (record.id, record.stat_line, record.also_counted)
            for key, line, also in self.scope.connection.execute(self.scope.select(ledger, *columns, where=named)):
                if line and line.strip() in codes:
                    chosen[Key(ledger.key, key)] = codes[line.strip()]
                words = re.split(r"[^0-9A-Za-z.]+", also or "")
                extra[Key(ledger.key, key)] = [codes[word] for word in words if word in codes]
        return chosen, extra

    def _with_lines(self) -> list[Ledger]:
        return [ledger for ledger in self.scope.ledgers if "stat_line" in ledger.own_fields]

    def _blank(self, blank: Blank, keys: dict[Key, bool]) -> Counted:
        if blank.aggregate is None:
            quantity, text = Quantity(len(keys), Unit.records), self._titles(keys)
        else:
            quantity, text = total(self.scope, keys, blank.aggregate, blank.unit, blank.fields), ""
        connection, ledgers = self.scope.connection, self.scope.ledgers
        refs = references(connection, ledgers, keys, None)
        return Counted(
            blank.key, blank.label, quantity, text, refs, tuple(ref for ref in refs if keys[Key(ref.ledger, ref.id)])
        )

    def _lines(self, each: RecordSet, keys: dict[Key, bool]) -> Iterator[Repeated]:
        """Yield a printed line for every title; one without blanks where there is none, so that the name is known."""
        by_title: dict[str, dict[Key, bool]] = {}
        for ref in references(self.scope.connection, self.scope.ledgers, keys, None):
            key = Key(ref.ledger, ref.id)
            by_title.setdefault(ref.title, {})[key] = keys[key]
        for same in by_title.values():
            yield Repeated(each.repeat, tuple(self._blank(blank, same) for blank in each.blanks))
        if not by_title:
            yield Repeated(each.repeat, ())

    def _titles(self, keys: dict[Key, bool]) -> str:
        refs = references(self.scope.connection, self.scope.ledgers, keys)
        return "、".join(dict.fromkeys(ref.title for ref in refs))

    def _header(self) -> tuple[str, str]:
        ledger = self.scope.ledger(Profile)
        row = self.scope.connection.execute(
            self.scope.select(ledger, Profile.name, Profile.officer, dated=False)
        ).first()
        return (row[0] or "", row[1] or "") if row else ("", "")

    def _unproven(self, keys: set[Key]) -> tuple[Failing, ...]:
        strict = Scope(self.scope.connection, self.scope.ledgers, self.scope.period)
        proven = {key for ledger in {key.ledger for key in keys} for key in strict.keys_in(strict.ledgers[ledger])}
        return failing(self.scope.connection, self.scope.ledgers, sorted(keys - proven), {})
