"""自评分 held against the card: within the unit's points, and with a reason where it differs from the 建议分."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ankang_desktop.actions.scores import score_card
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.kernel.numbers import points
from ankang_desktop.scoring.card import UnitResult


def self_score_problems(app: App, values: dict[str, Any]) -> list[Problem]:
    """Return why a unit's scores cannot stand; `values` are those of a whole unit_score record."""
    day: date = values["scored_on"]
    card = score_card(app, values["form"], date(day.year, 1, 1), date(day.year, 12, 31))
    return unit_score_problems(card.unit(values["unit"]), values)


def unit_score_problems(unit: UnitResult, values: Mapping[str, Any]) -> list[Problem]:
    """Return why scores cannot stand beside a unit as it was scored; the whole card need not be scored anew."""
    return [*_too_many(unit, values), *_without_reason(unit, values)]


def _too_many(unit: UnitResult, values: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(key, f"{label}{points(values[key])}超过了{unit.name}的满分{points(unit.points)}")
        for key, label in (("self_score", "自评分"), ("assessed_score", "考核分"))
        if values.get(key) is not None and values[key] > unit.points
    ]


def _without_reason(unit: UnitResult, values: Mapping[str, Any]) -> list[Problem]:
    mine = values.get("self_score")
    if mine is None or values.get("reason") or mine == unit.suggested:
        return []
    suggested = "待确认" if unit.suggested is None else points(unit.suggested)
    return [Problem("reason", f"自评分{points(mine)}与建议分{suggested}不同，须写明自评理由")]
