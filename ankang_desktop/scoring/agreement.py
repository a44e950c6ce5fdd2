"""Whether a statistics table says the same as the summary: both count the same ledgers, each in its own words.

The summary tells all trainings of a period, the table those that have a line in it. What the table leaves out, and what
it counts twice, is named with its records, so that nobody has to explain two numbers by heart.
"""

from __future__ import annotations

from dataclasses import dataclass

from ankang_desktop.declare.counters import Unit
from ankang_desktop.scoring.counters import Aggregate, counter_named, keys_of, total
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.scoring.statistics import Statistics
from ankang_desktop.scoring.summary import COVERED, FIGURES

_Figure = tuple[str, str, Aggregate, Unit, tuple[str, ...]]


@dataclass(frozen=True)
class Agreement:
    """One figure in the summary and in the table; the records of either, those left out, those counted twice."""

    label: str
    summary: str
    table: str
    left_out: tuple[Ref, ...]
    twice: tuple[Ref, ...]
    summed: tuple[Ref, ...]
    listed: tuple[Ref, ...]

    @property
    def is_same(self) -> bool:
        """Say whether both tell the same number."""
        return self.summary == self.table


def agreements(scope: Scope, filled: Statistics) -> tuple[Agreement, ...]:
    """Return every figure of the summary whose ledger fills lines of the table, those that are 0 in both left out."""
    every = scope.lenient()
    placed: dict[Key, bool] = {}
    for entry in filled.details():
        key = Key(entry.ref.ledger, entry.ref.id)
        placed[key] = placed.get(key, False) or entry.doubled
    ledgers = {key.ledger for key in placed}
    asked = (each for each in FIGURES if each[0] != COVERED and counter_named(every.ledgers, each[1])[0].key in ledgers)
    found = (_agreement(every, each, placed) for each in asked)
    return tuple(each for each in found if each.summary != each.table or not each.summary.startswith("0"))


def _agreement(every: Scope, figure: _Figure, placed: dict[Key, bool]) -> Agreement:
    label, name, aggregate, unit, fields = figure
    keys = keys_of(every, (name,))
    inside = [key for key in keys if key in placed]
    twice = [key for key in inside if placed[key]]
    table = total(every, inside, aggregate, unit, fields) + total(every, twice, aggregate, unit, fields)
    connection, ledgers = every.connection, every.ledgers
    return Agreement(
        label,
        str(total(every, keys, aggregate, unit, fields)),
        str(table),
        references(connection, ledgers, (key for key in keys if key not in placed), None),
        references(connection, ledgers, twice, None),
        references(connection, ledgers, keys),
        references(connection, ledgers, inside),
    )
