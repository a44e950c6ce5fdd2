"""Committee, safety staff, commitments, posts, registration, and how the calendar is kept (rows 1, 9, 10)."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import distinct, func, or_

from ankang_desktop.ledgers.choices import UnitScore
from ankang_desktop.ledgers.enterprise.people import Post, Team
from ankang_desktop.ledgers.enterprise.profile import Profile
from ankang_desktop.ledgers.organisation import (
    Commitment,
    CommitmentKind,
    CommitteeMember,
    CommitteeRole,
    Document,
    DocumentKind,
    Registration,
    SafetyStaff,
    StaffMode,
)
from ankang_desktop.scoring.measured import Measured, measure, yes
from ankang_desktop.scoring.measures.papers import in_force
from ankang_desktop.scoring.measures.shares import LISTED, lacking_names, ratio, reached
from ankang_desktop.scoring.people import Staff, count_of, headcount, posts, staff, teams
from ankang_desktop.scoring.references import Key
from ankang_desktop.scoring.scope import Scope


@measure("committee_complete")
def committee_complete(
    scope: Scope, chairs: int, vice_chairs: int, office_heads: int, members: int, departments: int
) -> Measured:
    """Say whether the contest committee has its chair, vice-chair, office head, and members from enough departments."""
    wanted = {
        CommitteeRole.chair: chairs,
        CommitteeRole.vice_chair: vice_chairs,
        CommitteeRole.office_head: office_heads,
        CommitteeRole.member: members,
    }
    seats = {role: _seated(scope, CommitteeMember.role == role) for role in wanted}
    missing = [f"{role.value}{len(seats[role])}/{least}" for role, least in wanted.items() if len(seats[role]) < least]
    ledger = scope.ledger(CommitteeMember)
    of_members = (CommitteeMember.role == CommitteeRole.member, *_in_office(scope, CommitteeMember))
    spread = scope.number(
        scope.select(ledger, func.count(distinct(CommitteeMember.department)), where=of_members, dated=False)
    )
    if spread < departments:
        missing.append(f"委员所在部门{spread}/{departments}个")
    told = "、".join(f"{role.value}{len(keys)}人" for role, keys in seats.items())
    used = tuple(key for keys in seats.values() for key in keys)
    return Measured(
        yes(not missing),
        f"组委会现有{told}，委员来自{spread}个部门",
        used,
        missing=tuple(f"组委会缺：{each}" for each in missing),
    )


@measure("principal_chairs")
def principal_chairs(scope: Scope) -> Measured:
    """Say whether the chair of the committee is the principal of the enterprise; the union chair is not."""
    chairs = _seated(scope, CommitteeMember.role == CommitteeRole.chair)
    used = _seated(scope, CommitteeMember.role == CommitteeRole.chair, CommitteeMember.is_principal)
    if used:
        return Measured(yes(True), "组委会主任由主要负责人担任", used)
    reason = "组委会主任不是主要负责人" if chairs else "组委会没有主任"
    return Measured(yes(False), reason, missing=("请由主要负责人担任组委会主任并登记",))


def _seated(scope: Scope, *where: Any) -> tuple[Key, ...]:
    return scope.keys(CommitteeMember, *where, *_in_office(scope, CommitteeMember), dated=False)


def _in_office(scope: Scope, record: Any) -> tuple[Any, ...]:
    day = scope.period.cut
    return record.since <= day, or_(record.until.is_(None), record.until > day), record.person.in_(staff(scope))


@measure("safety_staffed")
def safety_staffed(scope: Scope, more_than: int) -> Measured:
    """Say whether there are safety staff as the law asks (安全生产法 第24条).

    High-risk trades and more than `more_than` staff: a full-time person or an organisation; else a part-time one.
    """
    high_risk = is_high_risk(scope)
    strictly = high_risk or (headcount(scope).number or 0) > more_than
    holders = scope.keys(SafetyStaff, *_in_office(scope, SafetyStaff), dated=False)
    full_time = scope.keys(
        SafetyStaff, *_in_office(scope, SafetyStaff), SafetyStaff.mode == StaffMode.full_time, dated=False
    )
    offices = scope.keys(Document, Document.kind == DocumentKind.safety_organisation, *in_force(scope), dated=False)
    used = full_time + offices if strictly else holders
    rule = f"{'高危行业' if high_risk else f'职工超过{more_than}人'}须有专职或机构" if strictly else "须有专职或兼职"
    reason = f"{rule}，现有专职{len(full_time)}人、兼职{len(holders) - len(full_time)}人、机构文件{len(offices)}份"
    return Measured(yes(bool(used)), reason, used, missing=() if used else ("请登记专职安全管理人员或机构文件",))


def is_high_risk(scope: Scope) -> bool:
    """Say whether the enterprise is marked as a high-risk trade."""
    return scope.connection.scalar(scope.all_of(Profile, Profile.high_risk).limit(1)) is not None


@measure("teams_with_safety_person")
def teams_with_safety_person(scope: Scope) -> Measured:
    """Return the share of teams with a named safety person who is still in service."""
    valid = teams(scope)
    without = valid.where(or_(Team.safety_person.is_(None), Team.safety_person.not_in(staff(scope))))
    whole, lacking = count_of(scope, valid), count_of(scope, without)
    used = scope.keys(Team, Team.id.in_(valid), Team.safety_person.in_(staff(scope)), dated=False)
    missing = lacking_names(scope, "没有安全员", Team, without, "个班组")
    return ratio(whole - lacking, whole, ("个班组", "有安全员"), used, missing)


@measure("calendar_kept")
def calendar_kept(scope: Scope) -> Measured:
    """Return the share of the year's duties due so far that are done."""
    if scope.outside.calendar is None:
        return Measured(None, "年历任务完成情况未提供")
    done, due, *undone = scope.outside.calendar
    shown = f"：{'、'.join(undone[:LISTED])}" if undone else ""
    more = "等" if len(undone) > LISTED else ""
    missing = (f"年历还有{due - done}项到期未办结{shown}{more}",) if done < due else ()
    return ratio(done, due, ("项", "按年历办结", "年历还没有到期的事项"), missing=missing)


@measure("commitments_signed", ledger="commitment")
def commitments_signed(scope: Scope, kinds: tuple[CommitmentKind, ...] = (CommitmentKind.responsibility,)) -> Measured:
    """Return the share of staff who signed a letter of responsibility (or of promise) in the period."""
    signed = (scope.ledger(Commitment), (Commitment.kind.in_(kinds),))
    return reached(scope, Staff.everyone, "签订责任书", signed)


@measure("posts_with_duties")
def posts_with_duties(scope: Scope) -> Measured:
    """Return the share of posts whose duties are written in a document."""
    valid = posts(scope)
    without = valid.where(Post.duty_document.is_(None))
    whole, lacking = count_of(scope, valid), count_of(scope, without)
    used = scope.keys(Post, Post.id.in_(valid), Post.duty_document.is_not(None), dated=False)
    return ratio(
        whole - lacking,
        whole,
        ("个岗位", "明确了安全职责"),
        used,
        lacking_names(scope, "没有安全职责文件", Post, without, "个岗位"),
    )


@measure("registered_for_cycle", ledger="registration")
def registered_for_cycle(scope: Scope) -> Measured:
    """Say whether the enterprise entered the competition for the cycle the period falls in (“2025—2026”)."""
    year = scope.period.cut.year
    ledger = scope.ledger(Registration)
    where = (Registration.registered_on <= scope.period.cut,)
    rows = scope.connection.execute(scope.select(ledger, Registration.id, Registration.cycle, where=where, dated=False))
    used = tuple(Key(ledger.key, key) for key, cycle in rows if _covers(cycle, year))
    if used:
        return Measured(yes(True), "已报名", used)
    return Measured(yes(False), f"{year}年所在竞赛周期尚未报名", missing=("请登记参赛报名",))


def _covers(cycle: str, year: int) -> bool:
    years = [int(each) for each in re.findall(r"\d{4}", cycle)]
    return bool(years) and years[0] <= year <= years[-1]


@measure("scorecard_self_scored", ledger="unit_score")
def scorecard_self_scored(scope: Scope) -> Measured:
    """Return the share of the card's units that have a 自评分 this year."""
    year = (scope.period.as_of.year,)
    ledger = scope.ledger(UnitScore)
    where = (UnitScore.self_score.is_not(None), UnitScore.unit.in_(scope.outside.units), UnitScore.year.in_(year))
    scored = scope.number(scope.select(ledger, func.count(distinct(UnitScore.unit)), where=where, dated=False))
    used = scope.keys(UnitScore, *where, dated=False)
    return ratio(scored, len(scope.outside.units), ("个评分单元", "已自评", "没有评分表"), used)
