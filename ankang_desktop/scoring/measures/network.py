"""The three-level supervision network: posts filled, inspectors trained and assessed (row 18)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import distinct, exists, func, or_

from ankang_desktop.ledgers.enterprise.people import Employee, Team, Workshop
from ankang_desktop.ledgers.network import (
    InspectorAssessment,
    InspectorTraining,
    NetworkLevel,
    NetworkMember,
    NetworkPost,
)
from ankang_desktop.scoring.measured import Measured, measure
from ankang_desktop.scoring.measures.shares import lacking_names, ratio
from ankang_desktop.scoring.people import count_of, staff, teams, workshops
from ankang_desktop.scoring.references import Flaw
from ankang_desktop.scoring.scope import Scope


def _in_office(scope: Scope) -> tuple[Any, ...]:
    """Return the clauses “holds the post today and is in service”: a post held by one who left is vacant."""
    day = scope.period.cut
    return (
        NetworkMember.since <= day,
        or_(NetworkMember.until.is_(None), NetworkMember.until > day),
        NetworkMember.person.in_(staff(scope)),
    )


@measure("workshops_with_member")
def workshops_with_member(scope: Scope) -> Measured:
    """Return the share of workshops with a member of the network."""
    return _units(scope, Workshop, workshops(scope), NetworkLevel.workshop, NetworkMember.workshop, "个车间")


@measure("teams_with_inspector")
def teams_with_inspector(scope: Scope) -> Measured:
    """Return the share of teams with an inspector of their own."""
    return _units(scope, Team, teams(scope), NetworkLevel.team, NetworkMember.team, "个班组")


def _units(scope: Scope, unit: Any, valid: Any, level: NetworkLevel, column: Any, words: str) -> Measured:
    held = (NetworkMember.level == level, *_in_office(scope))
    of_level = scope.select(scope.ledger(NetworkMember), column, where=(*held, column.is_not(None)), dated=False)
    without = valid.where(unit.__table__.c.id.not_in(of_level.correlate(None)))
    whole, lacking = count_of(scope, valid), count_of(scope, without)
    missing = lacking_names(scope, "没有在职的检查员或委员", unit, without, words)
    return ratio(
        whole - lacking, whole, (words, "有在职检查员"), scope.keys(NetworkMember, *held, dated=False), missing
    )


@measure("inspectors_trained")
def inspectors_trained(scope: Scope, posts: tuple[NetworkPost, ...]) -> Measured:
    """Return the share of inspectors trained in the period."""
    return _inspectors(scope, posts, InspectorTraining, InspectorTraining.trained_on, "参加培训")


@measure("inspectors_assessed")
def inspectors_assessed(scope: Scope, posts: tuple[NetworkPost, ...]) -> Measured:
    """Return the share of inspectors assessed in the period."""
    return _inspectors(scope, posts, InspectorAssessment, InspectorAssessment.assessed_on, "参加考核")


def _inspectors(scope: Scope, posts: tuple[NetworkPost, ...], row: Any, day: Any, doing: str) -> Measured:
    ledger = scope.ledger(NetworkMember)
    held = (NetworkMember.post.in_(posts), *_in_office(scope))
    inside = exists().where(row.record_id == NetworkMember.id, day.between(scope.period.start, scope.period.cut))
    people = func.count(distinct(NetworkMember.person))
    whole = scope.number(scope.select(ledger, people, where=held, dated=False))
    part = scope.number(scope.select(ledger, people, where=(*held, inside), dated=False))
    reached = scope.select(ledger, NetworkMember.person, where=(*held, inside), dated=False).correlate(None)
    others = (*held, NetworkMember.person.not_in(reached))
    flaws = dict.fromkeys(scope.keys(NetworkMember, *others, dated=False), Flaw(f"本期未{doing}", f"{doing}后登记日期"))
    who = scope.select(ledger, NetworkMember.person, where=others, dated=False).distinct().correlate(None)
    missing = lacking_names(scope, f"未{doing}", Employee, who, "名检查员")
    used = scope.keys(NetworkMember, *held, inside, dated=False)
    return ratio(part, whole, ("名检查员", doing), used, missing).flawed(flaws)
