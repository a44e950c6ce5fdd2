"""Hazards: inspections month by month, grading and the five fixed items, closing in time, dual reports (row 19)."""

from __future__ import annotations

from typing import Any

from ankang_desktop.declare.columns import has_tag
from ankang_desktop.ledgers.contracts.performance import CongressReport, ReportTopic
from ankang_desktop.ledgers.hazards.declaration import Hazard
from ankang_desktop.ledgers.hazards.loop import FIVE_FIXED_ITEMS
from ankang_desktop.ledgers.hazards.words import HazardLevel, Stage
from ankang_desktop.ledgers.inspections import Inspection, InspectionKind
from ankang_desktop.scoring.measured import Measured, measure, yes
from ankang_desktop.scoring.measures.health import months_with
from ankang_desktop.scoring.measures.shares import ratio
from ankang_desktop.scoring.scope import Scope

_LIVE = Hazard.stage != Stage.voided
_NO_HAZARD = "本期没有登记任何隐患：零隐患不可信"


@measure("months_inspected")
def months_inspected(scope: Scope) -> Measured:
    """Return the share of completed months with an inspection of any kind."""
    return months_with(scope, Inspection, (), "检查")


@measure("months_patrolled")
def months_patrolled(scope: Scope) -> Measured:
    """Return the share of completed months in which inspectors or staff representatives patrolled (石家庄: 8-12月)."""
    kinds = (InspectionKind.inspector_patrol, InspectionKind.representative_patrol)
    return months_with(scope, Inspection, (Inspection.kind.in_(kinds),), "巡查")


@measure("hazards_five_fixed")
def hazards_five_fixed(scope: Scope) -> Measured:
    """Return the share of hazards that are graded and have 责任、措施、资金、时限、预案."""
    whole = (Hazard.level.is_not(None), *(getattr(Hazard, key).is_not(None) for key in FIVE_FIXED_ITEMS))
    return _of_hazards(scope, (_LIVE,), whole, "已定级且“五落实”齐全")


@measure("hazards_closed_in_time")
def hazards_closed_in_time(scope: Scope) -> Measured:
    """Return the share of hazards due by now that were closed on or before their deadline."""
    due = (_LIVE, Hazard.deadline <= scope.period.cut)
    closed = (Hazard.stage == Stage.closed, Hazard.closed_on <= Hazard.deadline)
    return _of_hazards(scope, due, closed, "按期销号")


@measure("major_hazards_reported_twice")
def major_hazards_reported_twice(scope: Scope) -> Measured:
    """Return the share of major hazards reported both to the regulator and to the staff congress (双报告)."""
    major = (_LIVE, Hazard.level == HazardLevel.major)
    day = scope.period.cut
    twice = (Hazard.regulator_reported_on <= day, Hazard.congress_reported_on <= day)
    found = _of_hazards(scope, major, twice, "完成“双报告”")
    return found if found.share is not None else Measured(None, "本期没有重大隐患")


@measure("hazard_work_reported")
def hazard_work_reported(scope: Scope) -> Measured:
    """Say whether hazard work was reported to the staff congress, or made public, in the period (安全生产法 第41条)."""
    topics = has_tag(CongressReport.topics, ReportTopic.hazards, ReportTopic.major_hazards)
    used = scope.keys(CongressReport, topics) + scope.keys(Hazard, _LIVE, Hazard.published_on <= scope.period.cut)
    reason = f"隐患治理情况已向职代会报告或公示{len(used)}次" if used else "隐患治理情况没有向职代会报告或公示"
    return Measured(yes(bool(used)), reason, used, missing=() if used else ("请登记向职代会报告隐患治理情况",))


def _of_hazards(scope: Scope, listed: tuple[Any, ...], good: tuple[Any, ...], doing: str) -> Measured:
    """Return the share of all such hazards, proven or not, that are proven and good."""
    whole = scope.lenient().count(Hazard, *listed)
    used = scope.keys(Hazard, *listed, *good)
    if not whole:
        none_at_all = not scope.lenient().count(Hazard, _LIVE)
        return Measured(None, f"没有应{doing}的隐患", warning=_NO_HAZARD if none_at_all else "")
    missing = (f"还有{whole - len(used)}条隐患未{doing}",) if len(used) < whole else ()
    return ratio(len(used), whole, ("条隐患", doing), used, missing)
