"""Hazards: inspections month by month, grading and the five fixed items, closing in time, dual reports (row 19)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ankang_desktop.declare.columns import has_tag
from ankang_desktop.declare.record import Entry
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.ledgers.contracts.performance import CongressReport, ReportTopic
from ankang_desktop.ledgers.hazards.loop import FIVE_FIXED_ITEMS
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import HazardLevel, Stage
from ankang_desktop.ledgers.inspections import Inspection, InspectionKind
from ankang_desktop.scoring.measured import Measured, measure, yes
from ankang_desktop.scoring.measures.health import months_with
from ankang_desktop.scoring.measures.shares import ratio
from ankang_desktop.scoring.references import Flaw, Key
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.store.query import Stored, entries

_LIVE = Hazard.stage != Stage.voided
_NO_HAZARD = "本期没有登记任何隐患：零隐患不可信"


@measure("months_inspected")
def months_inspected(scope: Scope) -> Measured:
    """Return the share of completed months with an inspection of any kind."""
    return months_with(scope, Inspection, (), "检查")


@measure("months_patrolled", ledger="inspection")
def months_patrolled(scope: Scope) -> Measured:
    """Return the share of completed months in which inspectors or staff representatives patrolled (石家庄: 8-12月)."""
    kinds = (InspectionKind.inspector_patrol, InspectionKind.representative_patrol)
    return months_with(scope, Inspection, (Inspection.kind.in_(kinds),), "巡查")


@measure("hazards_five_fixed", ledger="hazard")
def hazards_five_fixed(scope: Scope) -> Measured:
    """Return the share of hazards that are graded and have 责任、措施、资金、时限、预案."""
    items = ("level", *FIVE_FIXED_ITEMS)
    whole = tuple(getattr(Hazard, key).is_not(None) for key in items)
    words = ("条隐患", "已定级且“五落实”齐全")
    return _of_hazards(scope, (_LIVE,), whole, words, "条隐患没有定级或“五落实”不全", _unfilled(scope, items))


@measure("hazards_closed_in_time")
def hazards_closed_in_time(scope: Scope) -> Measured:
    """Return the share of hazards due by now that were closed on or before their deadline."""
    due = (_LIVE, Hazard.deadline <= scope.period.cut)
    closed = (Hazard.stage == Stage.closed, Hazard.closed_on <= Hazard.deadline)
    return _of_hazards(scope, due, closed, ("条到期隐患", "按期销号"), "条到期隐患未按期销号", _late)


@measure("major_hazards_reported_twice", ledger="hazard")
def major_hazards_reported_twice(scope: Scope) -> Measured:
    """Return the share of major hazards reported both to the regulator and to the staff congress (双报告)."""
    major = (_LIVE, Hazard.level == HazardLevel.major)
    day = scope.period.cut
    twice = (Hazard.regulator_reported_on <= day, Hazard.congress_reported_on <= day)
    words = ("条重大隐患", "完成“双报告”")
    found = _of_hazards(scope, major, twice, words, "条重大隐患未完成“双报告”", _unreported(day))
    return found if found.share is not None else Measured(None, "本期没有重大隐患")


@measure("hazard_work_reported")
def hazard_work_reported(scope: Scope) -> Measured:
    """Say whether hazard work was reported to the staff congress, or made public, in the period (安全生产法 第41条)."""
    topics = has_tag(CongressReport.topics, ReportTopic.hazards, ReportTopic.major_hazards)
    used = scope.keys(CongressReport, topics) + scope.keys(Hazard, _LIVE, Hazard.published_on <= scope.period.cut)
    reason = f"隐患治理情况已向职代会报告或公示{len(used)}次" if used else "隐患治理情况没有向职代会报告或公示"
    return Measured(yes(bool(used)), reason, used, missing=() if used else ("请登记向职代会报告隐患治理情况",))


def _of_hazards(
    scope: Scope,
    listed: tuple[Any, ...],
    good: tuple[Any, ...],
    words: tuple[str, str],
    short: str,
    flaw: Callable[[Any], Flaw],
) -> Measured:
    """Return the share of all such hazards, proven or not, that are proven and good; the others with their flaw."""
    every = scope.lenient()
    whole = every.keys(Hazard, *listed)
    if not whole:
        none_at_all = not every.count(Hazard, _LIVE)
        return Measured(None, f"没有{words[0][1:]}", warning=_NO_HAZARD if none_at_all else "")
    used, reached = scope.keys(Hazard, *listed, *good), set(every.keys(Hazard, *listed, *good))
    ids = [key.id for key in whole if key not in reached]
    flaws = {Key(whole[0].ledger, stored.id): flaw(entry) for stored, entry in _read(scope, ids)}
    missing = (f"还有{len(whole) - len(used)}{short}",) if len(used) < len(whole) else ()
    return ratio(len(used), len(whole), words, used, missing).flawed(flaws)


def _read(scope: Scope, ids: list[int]) -> list[tuple[Stored, Entry]]:
    return entries(scope.connection, scope.ledger(Hazard), ids)


def _unfilled(scope: Scope, items: tuple[str, ...]) -> Callable[[Any], Flaw]:
    """Return the flaw “缺 隐患级别、整改资金”."""
    labels = scope.ledger(Hazard).labels

    def flaw(hazard: Any) -> Flaw:
        blank = "、".join(labels[key] for key in items if getattr(hazard, key) is None)
        return Flaw(f"没有填写{blank}", f"填写{blank}")

    return flaw


def _late(hazard: Any) -> Flaw:
    due = chinese_date(hazard.deadline)
    if hazard.closed_on is None:
        return Flaw(f"整改时限{due}已到，尚未销号", "整改验收后销号")
    return Flaw(
        f"整改时限{due}，{chinese_date(hazard.closed_on)}才销号", "销号已晚于时限，核对日期；今后按期销号或先办延期"
    )


def _unreported(day: date) -> Callable[[Any], Flaw]:
    def flaw(hazard: Any) -> Flaw:
        reports = (("监管部门", hazard.regulator_reported_on), ("职代会", hazard.congress_reported_on))
        lacking = "、".join(to for to, on in reports if on is None or on > day)
        return Flaw(f"没有向{lacking}报告", f"向{lacking}报告后填写报告日期")

    return flaw
