"""A scorecard as it stands on a day: units, rows, sections, totals; every point with its reason and its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ankang_desktop.declare.options import Options
from ankang_desktop.kernel.numbers import points
from ankang_desktop.scoring.plain import from_plain, to_plain
from ankang_desktop.scoring.plan import Grade
from ankang_desktop.scoring.references import Failing, Ref
from ankang_desktop.store.query import NO_PROOF

ZERO = Decimal(0)


class State(Options):
    """Where a unit's suggestion stands."""

    scored = "计分"
    pending = "待确认"
    not_applicable = "不涉及"
    manual = "人工"


class Which(Options):
    """Which of the three scores a paper shows; `blank` none."""

    blank = "空白"
    self = "自评分"
    suggested = "建议分"
    assessed = "考核分"


BY_HAND = (Which.assessed, Which.self)
"""The scores people write, the weightier first."""


@dataclass(frozen=True)
class TermResult:
    """One term of a unit: the share of its measure (as text, “11/12”; "" = 不涉及) and what it earned."""

    label: str
    measure: str
    points: Decimal
    share: str
    earned: Decimal
    potential: Decimal
    reason: str
    estimated: bool
    missing: tuple[str, ...]


@dataclass(frozen=True)
class UnitResult:
    """One scoring unit.

    `suggested` is None while it is unknown (待确认, or 不涉及 without a signed note). `used` and `failing` carry
    at most references.MOST records, `used_count` and `failing_count` say how many there are; the first `unproven_count`
    of `failing` would count if they were proven. `problem` is a sentence for the officer; `warnings` are red. `place`
    says where it stands on the printed card, which knows no codes: “第20行③”; "" on papers frozen before it was kept.
    """

    code: str
    text: str
    evidence: str
    points: Decimal
    grade: Grade
    state: State
    suggested: Decimal | None
    potential: Decimal | None
    reason: str
    terms: tuple[TermResult, ...] = ()
    used: tuple[Ref, ...] = ()
    used_count: int = 0
    failing: tuple[Failing, ...] = ()
    failing_count: int = 0
    unproven_count: int = 0
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    estimated: bool = False
    self_score: Decimal | None = None
    self_reason: str = ""
    assessed: Decimal | None = None
    last_self: Decimal | None = None
    last_assessed: Decimal | None = None
    problem: str = ""
    place: str = ""

    @property
    def name(self) -> str:
        """Return what an officer calls the unit."""
        return self.place or self.code

    def score(self, which: Which) -> Decimal | None:
        """Return one of the three scores; None where it is not known or not wanted."""
        return {Which.self: self.self_score, Which.suggested: self.suggested, Which.assessed: self.assessed}.get(which)


@dataclass(frozen=True)
class RowResult:
    """One printed row: one box, the sum of its units."""

    number: int
    text: str
    points: Decimal
    units: tuple[UnitResult, ...]

    def sum(self, which: Which = Which.suggested) -> Decimal | None:
        """Return the box: the sum of the suggestions known, None where none is; by hand every unit must be scored."""
        scores = [unit.score(which) for unit in self.units]
        by_hand = which in {Which.self, Which.assessed}
        return None if by_hand and None in scores else _sum(scores)


@dataclass(frozen=True)
class SectionResult:
    """One section."""

    code: str
    name: str
    points: Decimal
    bonus: bool
    rows: tuple[RowResult, ...]

    def units(self) -> Iterator[UnitResult]:
        """Walk over the section's units."""
        return (unit for row in self.rows for unit in row.units)

    def sum(self, which: Which = Which.suggested) -> Decimal:
        """Return the sum of the scores known."""
        return _sum(unit.score(which) for unit in self.units()) or ZERO


@dataclass(frozen=True)
class Totals:
    """Sums of one of the three scores, `which` by its name; `scored_units` is how many units have it.

    `pending` points await a declaration; `left_out` points belong to 不涉及 units without a note, and `rescaled` is the
    base as if the card had only the others: base x 100 / (100 - left_out).
    """

    which: str
    scored_units: int
    base: Decimal
    base_most: Decimal
    bonus: Decimal
    bonus_most: Decimal
    pending: Decimal
    left_out: Decimal
    rescaled: Decimal

    @property
    def grand(self) -> Decimal:
        """Base and bonus together."""
        return self.base + self.bonus

    @property
    def text(self) -> str:
        """Return “73.0（另有 27 分待确认）”."""
        waiting = f"（另有 {self.pending.normalize():f} 分待确认）" if self.pending else ""
        return f"{points(self.grand)}{waiting}"

    @property
    def note(self) -> str:
        """Return what the printed total stands for: 建议分：基础分 …，附加分 …；另有 27 分待确认."""
        if not self.scored_units:
            return f"{self.which}：尚未填写"
        waiting = f"；另有 {self.pending.normalize():f} 分待确认" if self.pending else ""
        return f"{self.which}：{self.parts_text}{waiting}"

    @property
    def parts_text(self) -> str:
        """Return “基础分 96.5 / 100，附加分 0.0 / 10”."""
        return (
            f"基础分 {points(self.base)} / {self.base_most.normalize():f}，"
            f"附加分 {points(self.bonus)} / {self.bonus_most.normalize():f}"
        )


@dataclass(frozen=True)
class Gap:
    """Points still to be had from one unit: `gain` by completing `records` records, or by doing what is missing.

    `place` names the unit on the card (第22行②), `todo` says what brings the points.
    """

    unit: str
    gain: Decimal
    records: int
    place: str
    todo: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        if self.records:
            return f"{self.place}：{self.todo}可再得 {points(self.gain)} 分"
        return f"{self.place}：还差 {points(self.gain)} 分——{self.todo}"


@dataclass(frozen=True)
class Card:
    """A whole card."""

    form: str
    edition: str
    title: tuple[str, ...]
    enterprise: str
    start: date
    end: date
    as_of: date
    sections: tuple[SectionResult, ...]

    def rows(self) -> Iterator[RowResult]:
        """Walk over the printed rows."""
        return (row for section in self.sections for row in section.rows)

    def units(self) -> Iterator[UnitResult]:
        """Walk over the units."""
        return (unit for section in self.sections for unit in section.units())

    def unit(self, code: str) -> UnitResult:
        """Return a unit by its code."""
        return next(unit for unit in self.units() if unit.code == code)

    def totals(self, which: Which = Which.suggested) -> Totals:
        """Return the sums of one of the three scores."""
        base = [section for section in self.sections if not section.bonus]
        bonus = [section for section in self.sections if section.bonus]
        is_suggested = which is Which.suggested
        waiting = [unit for section in base for unit in section.units() if is_suggested and unit.state is State.pending]
        left = [unit for section in base for unit in section.units() if _is_left_out(unit, which)]
        most, without = _all(section.points for section in base), _all(unit.points for unit in left)
        scored = _all(section.sum(which) for section in base)
        return Totals(
            which=which.value,
            scored_units=sum(unit.score(which) is not None for unit in self.units()),
            base=scored,
            base_most=most,
            bonus=_all(section.sum(which) for section in bonus),
            bonus_most=_all(section.points for section in bonus),
            pending=_all(unit.points for unit in waiting),
            left_out=without,
            rescaled=scored if not without or without == most else (scored * most / (most - without)),
        )

    def plain(self) -> dict[str, Any]:
        """Return the card as plain JSON, its sums beside it for readers."""
        totals = {which.name: to_plain(self.totals(which)) for which in Which if which is not Which.blank}
        return {**to_plain(self), "totals": totals, "gaps": to_plain(self.gaps())}

    @staticmethod
    def from_plain(plain: dict[str, Any]) -> Card:
        """Return the card that `plain` was made of."""
        return from_plain(Card, plain)

    def gaps(self) -> tuple[Gap, ...]:
        """Return what can still be gained: most points first, then fewest records to mend."""
        found = [
            gap for section in self.sections if not section.bonus for each in section.units() for gap in _gaps(each)
        ]
        return tuple(sorted(found, key=lambda gap: (-gap.gain, gap.records, gap.unit)))


def _gaps(unit: UnitResult) -> Iterator[Gap]:
    """Yield the gain by mending records, then the gain by doing what is missing."""
    scored = unit.suggested or ZERO
    reachable = max(unit.potential or ZERO, scored)
    if reachable > scored:
        number = unit.unproven_count
        only_files = all(each.why.partition("；")[0] == f"缺 {NO_PROOF}" for each in unit.failing[:number])
        mended = f"补齐 {number} 个附件" if only_files else f"补正 {number} 条记录"
        yield Gap(unit.code, reachable - scored, number, unit.name, mended)
    if unit.points > reachable:
        todo = "；".join(unit.missing) or unit.reason
        yield Gap(unit.code, unit.points - reachable, 0, unit.name, todo)


def _is_left_out(unit: UnitResult, which: Which) -> bool:
    return unit.state is State.not_applicable and unit.score(which) is None


def _sum(scores: Iterable[Decimal | None]) -> Decimal | None:
    known = [score for score in scores if score is not None]
    return sum(known, ZERO) if known else None


def _all(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)
