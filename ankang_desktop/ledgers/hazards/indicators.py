"""The indicators of hazard work, with the definitions fixed in domain.md §5.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ankang_desktop.ledgers.hazards.loop import FIVE_FIXED_ITEMS
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import HazardLevel, Stage


@dataclass(frozen=True)
class Indicators:
    """Counts and shares of a set of hazards as of a day; a share of nothing is None (不涉及), never 0 or 1."""

    found: int
    closed: int
    overdue: int
    rectification_rate: Fraction | None
    on_time_rate: Fraction | None
    five_fixed_rate: Fraction | None
    dual_report_rate: Fraction | None
    reward_rate: Fraction | None
    team_rate: Fraction | None


def indicators(hazards: Sequence[Hazard], as_of: date, teams: int = 0) -> Indicators:
    """Compute the indicators; void hazards do not count.

    整改率 = closed / found; 按期整改率 = closed on or before the first deadline / hazards whose first deadline is due;
    逾期数 = open with a deadline before `as_of`; 双报告率 = major hazards with both reports / major hazards;
    班组参与率 = teams with a hazard reported / `teams`.
    """
    live = [hazard for hazard in hazards if hazard.stage is not Stage.voided]
    closed = [hazard for hazard in live if hazard.stage is Stage.closed]
    due = [hazard for hazard in live if hazard.first_deadline and hazard.first_deadline <= as_of]
    on_time = [h for h in due if h.closed_on and h.first_deadline and h.closed_on <= h.first_deadline]
    overdue = [h for h in live if h.stage is not Stage.closed and h.deadline and h.deadline < as_of]
    major = [hazard for hazard in live if hazard.level is HazardLevel.major]
    reporting = {hazard.team for hazard in live if hazard.team is not None}
    promised = [hazard for hazard in live if hazard.reward_form is not None]
    return Indicators(
        found=len(live),
        closed=len(closed),
        overdue=len(overdue),
        rectification_rate=_share(len(closed), len(live)),
        on_time_rate=_share(len(on_time), len(due)),
        five_fixed_rate=_share(sum(map(has_five_fixed_items, live)), len(live)),
        dual_report_rate=_share(sum(map(has_dual_report, major)), len(major)),
        reward_rate=_share(sum(hazard.rewarded_on is not None for hazard in promised), len(promised)),
        team_rate=_share(min(len(reporting), teams), teams),
    )


def has_five_fixed_items(hazard: Hazard) -> bool:
    """Return whether 责任、措施、资金、时限、预案 are all filled."""
    return all(getattr(hazard, key) is not None for key in FIVE_FIXED_ITEMS)


def has_dual_report(hazard: Hazard) -> bool:
    """Return whether a major hazard was reported to the regulator and to the staff congress (双报告)."""
    return hazard.regulator_reported_on is not None and hazard.congress_reported_on is not None


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
