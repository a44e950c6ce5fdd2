"""Scoring a card: every unit asked of the records that count, and again of all of them.

建议分 = the sum of points x share, floored to 0.5 (never over-claim); 潜在分 the same with every record counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from ankang_desktop.declare.forms import Form
from ankang_desktop.kernel.numbers import floor05, points
from ankang_desktop.ledgers.accidents import DeclaredAbsence
from ankang_desktop.ledgers.enterprise.profile import Profile
from ankang_desktop.scoring.card import ZERO, Card, RowResult, SectionResult, State, TermResult, UnitResult
from ankang_desktop.scoring.measured import Asking, Measured, honest
from ankang_desktop.scoring.plan import Grade, RowPlan, SectionPlan, Term, UnitPlan, place_of, read_card
from ankang_desktop.scoring.references import Flaw, Key, failing, references
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.scoring.signed import Scores, absence_notes, declarations, scores

T = TypeVar("T")


def evaluate(form: Form, scope: Scope) -> Card:
    """Score a card over a strict scope; the same scope made lenient gives the potential."""
    by_hand = scores(scope, form.code)
    scorer = _Scorer(scope, scope.lenient())
    enterprise = scope.connection.scalar(scope.lenient().select(scope.ledger(Profile), Profile.name, dated=False))
    return Card(
        form.code,
        form.edition,
        form.title,
        enterprise or "",
        scope.period.start,
        scope.period.end,
        scope.period.as_of,
        tuple(scorer.section(plan, by_hand) for plan in read_card(form, scope.ledgers)),
    )


@dataclass(frozen=True)
class _Asked:
    """A term with its two answers."""

    term: Term
    strict: Measured
    lenient: Measured

    def earned(self, measured: Measured) -> Fraction:
        share = self.term.none if measured.share is None else measured.share
        if self.term.at_least is not None:
            share = Fraction(int(share >= self.term.at_least))
        return self.term.points * share

    @property
    def is_full(self) -> bool:
        return self.earned(self.strict) == self.term.points

    @property
    def result(self) -> TermResult:
        return TermResult(
            self.term.label,
            self.term.asking.name,
            _decimal(self.term.points),
            "" if self.strict.share is None else str(self.strict.share),
            _decimal(self.earned(self.strict)),
            _decimal(self.earned(self.lenient)),
            self.strict.reason,
            self.strict.estimated,
            () if self.is_full else self.strict.missing,
        )

    @property
    def sentence(self) -> str:
        label = f"{self.term.label}：" if self.term.label else ""
        return f"{label}{self.strict.reason}，得{points(self.earned(self.strict))}/{points(self.term.points)}"


@dataclass(frozen=True)
class _Scorer:
    strict: Scope
    lenient: Scope

    def section(self, plan: SectionPlan, by_hand: dict[str, Scores]) -> SectionResult:
        rows = tuple(self.row(row, by_hand) for row in plan.rows)
        return SectionResult(plan.code, plan.name, _decimal(plan.points), plan.bonus, rows)

    def row(self, plan: RowPlan, by_hand: dict[str, Scores]) -> RowResult:
        units = tuple(
            replace(
                with_scores(self.unit(unit), by_hand.get(unit.code, Scores())),
                place=place_of(plan.number, at, len(plan.units)),
            )
            for at, unit in enumerate(plan.units)
        )
        return RowResult(plan.number, plan.text, _decimal(plan.points), units)

    def unit(self, plan: UnitPlan) -> UnitResult:
        """Score one unit: does it apply, is it computed at all, does its gate hold, is it declared."""
        blank = UnitResult(
            plan.code, plan.text, plan.evidence, _decimal(plan.points), plan.grade, State.manual, ZERO, ZERO, ""
        )
        warned = [each for asked in plan.warn if (each := asked.ask(self.strict)).share == 0]
        blank = replace(blank, warnings=tuple(each.reason for each in warned))
        if plan.applies is not None and (applies := plan.applies.ask(self.strict)).share == 0:
            return self._not_applicable(blank, applies.reason)
        if plan.grade is Grade.MANUAL:
            return replace(blank, reason="没有计算规则，由本人凭佐证填写")
        if plan.gate is not None and (gate := self._closed(plan.gate)) is not None:
            return self._gated(blank, plan, gate)
        return self._declared(blank, plan.declared) if plan.declared else self._computed(blank, plan)

    def _closed(self, gate: Asking) -> Measured | None:
        measured = gate.ask(self.strict)
        return measured if measured.share == 0 else None

    def _gated(self, blank: UnitResult, plan: UnitPlan, gate: Measured) -> UnitResult:
        """Score 0; where an absence was declared all the same, say that the declaration contradicts the records."""
        declared = declarations(self.lenient, plan.declared) if plan.declared else ()
        told = ("零事故声明与事故台账不符，请更正声明",) if declared else ()
        open_again = plan.gate is not None and plan.gate.ask(self.lenient).share != 0
        potential = self._computed(blank, plan).potential if open_again else ZERO
        return replace(
            self._shown(blank, gate.used, ()),
            state=State.scored,
            suggested=ZERO,
            potential=potential,
            reason=f"{gate.reason}，本项0分",
            missing=gate.missing,
            warnings=(*blank.warnings, *((gate.reason,) if plan.declared else ()), *told),
        )

    def _not_applicable(self, blank: UnitResult, reason: str) -> UnitResult:
        """Give full points only against a signed note; else leave “—”."""
        notes, all_notes = absence_notes(self.strict, blank.code), absence_notes(self.lenient, blank.code)
        shown = self._shown(blank, notes, _without(all_notes, notes))
        return replace(
            shown,
            state=State.not_applicable,
            suggested=blank.points if notes else None,
            potential=blank.points if all_notes else None,
            reason=f"不涉及：{reason}，"
            + ("已有签字的不涉及说明，按满分计" if notes else "没有签字的不涉及说明，不计分"),
            missing=() if notes else ("确实没有的，请签署并登记不涉及说明；其实有的，请先登记",),
        )

    def _declared(self, blank: UnitResult, subject: DeclaredAbsence) -> UnitResult:
        """Give full points against a declaration that covers the whole period; else wait for it."""
        signed, all_signed = declarations(self.strict, subject), declarations(self.lenient, subject)
        shown = self._shown(blank, signed, _without(all_signed, signed))
        if signed:
            told = f"已有覆盖全期、双方签字的“{subject.value}”声明"
            return replace(shown, state=State.scored, suggested=blank.points, potential=blank.points, reason=told)
        return replace(
            shown,
            state=State.pending,
            suggested=None,
            potential=blank.points if all_signed else None,
            reason=f"没有覆盖全期、双方签字并附佐证的“{subject.value}”声明",
            missing=(f"请签署并登记“{subject.value}”声明，期间覆盖考核期",),
        )

    def _computed(self, blank: UnitResult, plan: UnitPlan) -> UnitResult:
        asked = [self._ask(term) for term in plan.terms]
        if asked and all(each.strict.share is None for each in asked):
            warnings = (*blank.warnings, *_warnings(asked))
            return self._not_applicable(
                replace(blank, warnings=warnings), "；".join(each.strict.reason for each in asked)
            )
        raw = sum((each.earned(each.strict) for each in asked), Fraction(0))
        likely = sum((each.earned(each.lenient) for each in asked), Fraction(0))
        used = _each_once(key for each in asked for key in each.strict.used)
        unused = _without(_each_once(key for each in asked for key in each.lenient.used), used)
        flaws = _flaws(each.strict.flaws for each in asked)
        short = (key for each in asked if not each.is_full for key in each.strict.flaws)
        falling_short = _each_once((*unused, *short))
        suggested = floor05(raw)
        told = "；".join(each.sentence for each in asked)
        rounded = "" if suggested == _decimal(raw) else f"，向下取到{points(suggested)}"
        return replace(
            self._shown(blank, used, unused, {key: flaws.get(key, ()) for key in falling_short}),
            state=State.scored,
            suggested=suggested,
            potential=max(floor05(likely), suggested),
            reason=f"{told}；合计{points(raw)}{rounded}",
            terms=tuple(each.result for each in asked),
            missing=tuple(text for each in asked for text in each.result.missing),
            warnings=(*blank.warnings, *_warnings(asked)),
            estimated=any(each.strict.estimated for each in asked),
        )

    def _ask(self, term: Term) -> _Asked:
        strict, lenient = _answer(term, self.strict), _answer(term, self.lenient)
        return _Asked(term, honest(strict, lenient), lenient)

    def _shown(
        self,
        blank: UnitResult,
        used: tuple[Key, ...],
        unproven: tuple[Key, ...],
        flaws: Mapping[Key, Sequence[Flaw]] | None = None,
    ) -> UnitResult:
        """Set the records beside a unit: those it rests on; those that only lack proof, then the flawed ones."""
        connection, ledgers = self.strict.connection, self.strict.ledgers
        falling_short = _each_once((*unproven, *(flaws or ())))
        return replace(
            blank,
            used=references(connection, ledgers, used),
            used_count=len(used),
            failing=failing(connection, ledgers, falling_short, flaws or {}),
            failing_count=len(falling_short),
            unproven_count=len(unproven),
        )


def _answer(term: Term, scope: Scope) -> Measured:
    measured = term.asking.ask(scope)
    if measured.share is None and term.otherwise is not None:
        other = term.otherwise.ask(scope)
        return replace(other, reason=f"{measured.reason}；{other.reason}")
    return measured


def with_scores(unit: UnitResult, scored: Scores) -> UnitResult:
    """Set the officer's and the inspector's scores beside the suggestion; a difference wants its reason."""
    return replace(
        unit,
        self_score=scored.self_score,
        self_reason=scored.reason,
        assessed=scored.assessed,
        last_self=scored.last_self,
        last_assessed=scored.last_assessed,
        problem=_problem(unit, scored),
    )


def _problem(unit: UnitResult, scored: Scores) -> str:
    if scored.self_score is None:
        return ""
    if scored.self_score > unit.points:
        return f"自评分{points(scored.self_score)}超过本项满分{points(unit.points)}"
    differs = scored.self_score != unit.suggested and not scored.reason
    return f"自评分{points(scored.self_score)}与建议分不同，请写明自评理由" if differs else ""


def _flaws(found: Iterable[Mapping[Key, Flaw]]) -> dict[Key, list[Flaw]]:
    joined: dict[Key, list[Flaw]] = {}
    for flaws in found:
        for key, flaw in flaws.items():
            joined.setdefault(key, []).append(flaw)
    return joined


def _warnings(asked: Iterable[_Asked]) -> tuple[str, ...]:
    return _each_once(each.strict.warning for each in asked if each.strict.warning)


def _each_once(things: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(things))


def _without(keys: tuple[Key, ...], others: tuple[Key, ...]) -> tuple[Key, ...]:
    known = set(others)
    return tuple(key for key in keys if key not in known)


def _decimal(value: Fraction) -> Decimal:
    """Return an exact share of points to three places: for showing, never for summing."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.001")).normalize() + ZERO
