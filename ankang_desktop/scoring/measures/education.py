"""Who took part, who was trained, and whether results were written down (rows 3, 4, 7, 10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from ankang_desktop.declare.columns import has_tag
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.ledgers.drills import Drill
from ankang_desktop.ledgers.enterprise.people import Employee
from ankang_desktop.ledgers.trainings import Training, TrainingAttendance
from ankang_desktop.ledgers.vocabulary import Campaign, Topic
from ankang_desktop.scoring.measured import Measured, measure, yes
from ankang_desktop.scoring.measures.general import on_topics, topical
from ankang_desktop.scoring.measures.shares import coverage, ratio, reached
from ankang_desktop.scoring.people import Staff, persons
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.references import Key
from ankang_desktop.scoring.scope import Clause, Scope
from ankang_desktop.store.heads import people_lines, present


@measure("participants")
def participants(scope: Scope, topics: tuple[Topic, ...]) -> Measured:
    """Return the share of staff who took part in anything on these topics; 人次 stand in where there is no list."""
    sought = [(ledger, (on_topics(ledger, topics),)) for ledger in topical(scope)]
    return reached(scope, Staff.everyone, "参加学习宣传", *sought)


@measure("employees_trained", ledger="training")
def employees_trained(scope: Scope, group: Staff = Staff.everyone) -> Measured:
    """Return the share of staff (of a group) who were trained in the period, each counted once."""
    return reached(scope, group, "参加培训", (scope.ledger(Training), ()))


@measure("trained_or_drilled", ledger="training")
def trained_or_drilled(scope: Scope) -> Measured:
    """Return the share of staff who took part in a training or a drill (青岛: every employee at least once)."""
    return reached(scope, Staff.everyone, "参加培训或演练", (scope.ledger(Training), ()), (scope.ledger(Drill), ()))


@measure("priority_groups_trained", ledger="training")
def priority_groups_trained(scope: Scope) -> Measured:
    """Return the share of staff on exposing, hot or special posts who were trained (石家庄: 重点培训对象)."""
    return reached(scope, Staff.priority, "参加培训", (scope.ledger(Training), ()))


@measure("results_recorded")
def results_recorded(scope: Scope) -> Measured:
    """Return the share of training attendances with a result (合格 or a score), as the law asks (安全生产法 第28条)."""
    ledger = scope.ledger(Training)
    lines = people_lines(ledger)
    came = present(lines) if lines else ()
    rows = select(func.count()).where(TrainingAttendance.record_id.in_(scope.inside(ledger)), *came)
    marked = rows.where(or_(TrainingAttendance.passed.is_not(None), TrainingAttendance.score.is_not(None)))
    whole, part = scope.number(rows), scope.number(marked)
    missing = (f"还有{whole - part}人次没有登记考核结果",) if part < whole else ()
    nothing = "还没有需要登记考核结果的人次"
    return ratio(part, whole, ("人次", "登记了考核结果", nothing), scope.keys(Training), missing)


@measure("training_files")
def training_files(scope: Scope) -> Measured:
    """Return the share of staff with a training file: a training attended up to now, or a three-level induction."""
    ledger = scope.ledger(Training)
    before = Training.held_on <= scope.period.cut
    attended = persons(ledger, scope.inside(ledger, before, dated=False))
    inducted = scope.all_of(Employee, Employee.induction_team_on.is_not(None))
    named: list[Any] = [inducted] if attended is None else [attended, inducted]
    used = scope.keys(Training, before, dated=False)
    return coverage(scope, Staff.everyone, named, 0, ("人", "建立培训档案"), used)


@measure("campaign_joined")
def campaign_joined(scope: Scope, campaign: Campaign, since: str = "01-01", until: str = "12-31") -> Measured:
    """Say whether a record carries a campaign inside its window (month-day to month-day, every year)."""
    used: tuple[Key, ...] = ()
    for window in _windows(scope.period, since, until):
        inside = scope.during(window)
        used += tuple(
            key for ledger in _campaigning(scope) for key in inside.keys_in(ledger, _carries(ledger, campaign))
        )
    if used:
        return Measured(yes(True), f"{campaign.value}期间有{len(used)}条记录", used)
    missing = f"请登记{campaign.value}{_window_told(since, until)}的活动"
    return Measured(yes(False), f"{campaign.value}期间没有记录", missing=(missing,))


def _window_told(since: str, until: str) -> str:
    """Return “（6月1日至6月30日）”; nothing where the window is the whole year."""
    if (since, until) == ("01-01", "12-31"):
        return ""
    first, last = ("{}月{}日".format(*map(int, each.split("-"))) for each in (since, until))
    return f"（{first}至{last}）"


def _campaigning(scope: Scope) -> list[Ledger]:
    return [each for each in scope.ledgers if "campaigns" in each.own_fields]


def _carries(ledger: Ledger, campaign: Campaign) -> Clause:
    return has_tag(getattr(ledger.record, "campaigns"), campaign)  # noqa: B009 - every such ledger has it


def _windows(period: Period, since: str, until: str) -> list[Period]:
    found = []
    for year in range(period.start.year, period.cut.year + 1):
        first, last = (date(year, *map(int, each.split("-"))) for each in (since, until))
        start, end = max(first, period.start), min(last, period.cut)
        if start <= end:
            found.append(Period(start, end, period.as_of))
    return found
