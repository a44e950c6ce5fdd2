"""What people signed or decided about a card: zero declarations, notes of 不涉及, 自评分 and 考核分."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ankang_desktop.declare.record import Record
from ankang_desktop.ledgers.accidents import AbsenceNote, DeclaredAbsence, ZeroDeclaration
from ankang_desktop.ledgers.choices import UnitScore
from ankang_desktop.scoring.references import Key
from ankang_desktop.scoring.scope import Scope


@dataclass(frozen=True)
class Scores:
    """The newest 自评分 with its reason and the newest 考核分 of one unit; those before the period as `last`."""

    self_score: Decimal | None = None
    reason: str = ""
    assessed: Decimal | None = None
    last_self: Decimal | None = None
    last_assessed: Decimal | None = None


def declarations(scope: Scope, subject: DeclaredAbsence) -> tuple[Key, ...]:
    """Return declarations of an absence that cover the period up to the last day looked at, signed by both."""
    return scope.keys(
        ZeroDeclaration,
        ZeroDeclaration.subject == subject,
        ZeroDeclaration.period_from <= scope.period.start,
        ZeroDeclaration.period_until >= scope.period.cut,
        ZeroDeclaration.head_signed,
        ZeroDeclaration.chair_signed,
        dated=False,
    )


def absence_notes(scope: Scope, unit: str) -> tuple[Key, ...]:
    """Return the signed notes, dated in the period, that a unit has no object here."""
    return scope.keys(AbsenceNote, AbsenceNote.unit == unit, AbsenceNote.signed)


def scores(scope: Scope, form: str) -> dict[str, Scores]:
    """Return what was scored by hand, by unit; records dated later than the period belong to no card of it."""
    columns = (Record.day, UnitScore.unit, UnitScore.self_score, UnitScore.reason, UnitScore.assessed_score)
    where = (UnitScore.form == form, Record.day <= scope.period.end)
    statement = scope.select(scope.ledger(UnitScore), *columns, where=where, dated=False)
    found: dict[str, dict[str, Any]] = {}
    for day, unit, self_score, reason, assessed in scope.connection.execute(statement.order_by(Record.day, Record.id)):
        known = found.setdefault(unit, {})
        earlier = day < scope.period.start
        if self_score is not None:
            known |= {"last_self": self_score} if earlier else {"self_score": self_score, "reason": reason or ""}
        if assessed is not None:
            known["last_assessed" if earlier else "assessed"] = assessed
    return {unit: Scores(**known) for unit, known in found.items()}
