"""What must not have happened: accidents of a level, serious violations, occupational disease (rows 20, 23)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func

from ankang_desktop.ledgers.accidents import Accident, AccidentLevel
from ankang_desktop.ledgers.enterprise.profile import YearlyFigures
from ankang_desktop.scoring.measured import Measured, measure, yes
from ankang_desktop.scoring.scope import Scope


@measure("no_accident")
def no_accident(scope: Scope, levels: tuple[AccidentLevel, ...]) -> Measured:
    """Say that no accident of these levels happened in the period."""
    named = "、".join(level.value for level in levels)
    return _none(scope, Accident.level.in_(levels), f"{named}事故")


@measure("no_serious_violation")
def no_serious_violation(scope: Scope) -> Measured:
    """Say that no accident flagged as a serious violation happened in the period."""
    return _none(scope, Accident.serious_violation, "严重违章事故")


@measure("no_occ_disease")
def no_occ_disease(scope: Scope) -> Measured:
    """Say whether the yearly figures of the period name no new case of occupational disease."""
    ledger = scope.ledger(YearlyFigures)
    cases = scope.number(scope.select(ledger, func.sum(YearlyFigures.occ_disease_cases)))
    used = scope.keys(YearlyFigures, YearlyFigures.occ_disease_cases > 0)
    return Measured(yes(not cases), f"职业病新发病例{cases}例", used)


def _none(scope: Scope, clause: Any, what: str) -> Measured:
    """Every record counts here, proven or not: an accident needs no attachment to have happened."""
    used = scope.lenient().keys(Accident, clause)
    return Measured(yes(not used), f"本期登记{what}{len(used)}起", used)
