"""What the programme asks of the ledgers it does not know: a need, and the tally that answers it.

A need names a counter (`drill`, `training.topic:消防`), a measure (a share 0..1) or an activity set, and how much
of it is wanted. Whoever joins the rooms implements `Proofs`; nothing here opens a store.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from ankang_desktop.kernel.numbers import percent

PERS = ("", "day", "month", "quarter", "team", "workshop", "person")
_PER_TEXTS = {
    "day": "每天",
    "month": "每月",
    "quarter": "每季度",
    "team": "每班组",
    "workshop": "每车间",
    "person": "每人",
}


@dataclass(frozen=True, slots=True)
class Need:
    """How much of what makes a duty done.

    Exactly one of `counter` (`<ledger>` or `<ledger>.<field>:<option>`), `measure` (a share 0..1) and `set` (how many
    of its items are reached) is given. With `per`, `at_least` is wanted of every day, month, team … of the window.
    """

    counter: str = ""
    measure: str = ""
    set: str = ""
    at_least: Fraction = Fraction(1)
    per: str = ""

    @property
    def name(self) -> str:
        """Return the counter, measure or set asked for."""
        return self.counter or self.measure or self.set

    @property
    def ledger(self) -> str:
        """Return the ledger key of a counter, "" for measures and sets."""
        return self.counter.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Ref:
    """A record used as proof: its ledger's key, its id, its day, and the words it is shown with."""

    ledger: str
    id: int
    day: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The answer to a need over a period.

    `complete` counts evidence-complete records only, `recorded` all of them (never less than `complete`); for a measure
    both are shares. With `per` it is the smallest count of any month, team …. `label` is the Chinese name of what was
    counted, `unit` its measure word (场, 条, 份). `applies` is False for a share of nothing (不涉及): no day of heat,
    no major hazard, no exposed worker. `is_told` says that `label` alone tells how it stands (“已报名”): no share.
    """

    complete: Fraction | int
    recorded: Fraction | int
    records: tuple[Ref, ...] = ()
    label: str = ""
    unit: str = ""
    applies: bool = True
    is_told: bool = False


class Proofs(Protocol):
    """Whoever can count records; records dated after today are not proof and must not be counted."""

    def tally(self, need: Need, start: date, end: date) -> Tally:
        """Answer a counter or measure over `start`..`end`, both days included; never called for a set."""
        ...


@dataclass(frozen=True, slots=True)
class Reached:
    """A need beside its tally."""

    need: Need
    tally: Tally

    @property
    def is_done(self) -> bool:
        """Say whether evidence-complete records reach the need; what does not apply lacks nothing."""
        return not self.tally.applies or self.tally.complete >= self.need.at_least

    @property
    def is_recorded(self) -> bool:
        """Say whether the need is reached once incomplete records are counted too."""
        return not self.tally.applies or self.tally.recorded >= self.need.at_least

    @property
    def text(self) -> str:
        """Say it as an officer would: “应急演练 1/2场”, “每月巡查 0/1次”, “班组参演率 91.7%/100.0%”."""
        every, label = _PER_TEXTS.get(self.need.per, ""), self.tally.label or self.need.name
        if self.need.per in {"team", "workshop"}:
            label = label.removeprefix(every[1:])  # 每班组安全活动, not 每班组班组安全活动
        label = every + label
        if not self.tally.applies:
            return f"{label} 不涉及"
        if self.tally.is_told:
            return label
        if self.need.measure:
            return f"{label} {percent(Fraction(self.tally.complete))}/{percent(self.need.at_least)}"
        return f"{label} {self.tally.complete}/{self.need.at_least}{self.tally.unit}"

    @property
    def count_text(self) -> str:
        """Say how much there is where nothing is due: “隐患 3条”."""
        if self.need.measure or not self.tally.applies:
            return self.text
        return f"{self.tally.label or self.need.name} {self.tally.complete}{self.tally.unit}"


def least(tallies: Iterable[Tally]) -> Tally:
    """Join the tallies of every month (or team …) into the answer to a `per` need: smallest counts, all records.

    What does not apply is left out; nothing at all does not apply.
    """
    answers = [tally for tally in tallies if tally.applies]
    if not answers:
        return Tally(0, 0, applies=False)
    return Tally(
        min(answer.complete for answer in answers),
        min(answer.recorded for answer in answers),
        tuple(dict.fromkeys(record for answer in answers for record in answer.records)),
        answers[0].label,
        answers[0].unit,
    )
