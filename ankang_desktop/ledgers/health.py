"""Occupational health: examinations (dates and “notified” only), declarations, women's collective protection.

No diagnosis, no value, no scan of a report is kept here (个人信息保护法 第28条; domain.md §8).
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import PersonLine, person
from ankang_desktop.declare.kinds import Choice, Day, Text, Whole, YesNo
from ankang_desktop.declare.ledger import PROOF, SIGN_IN, Group, Ledger, Lines, Section, in_order, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.kernel.errors import Problem


class ExamKind(Options):
    """When the examination is due (职业病防治法 第35条)."""

    pre_job = "上岗前"
    in_service = "在岗期间"
    leaving = "离岗时"
    emergency = "应急"
    follow_up = "复查"


class HealthExam(Entry):
    """One examination of one worker: due, done, told in writing."""

    __tablename__ = "health_exam"

    person: Mapped[int] = field(person(), "姓名", required=True)
    factor: Mapped[str | None] = field(Text(60), "危害因素")
    exposed_from: Mapped[date | None] = field(Day(), "接触开始日期")
    exposed_until: Mapped[date | None] = field(Day(), "接触结束日期")
    kind: Mapped[ExamKind] = field(Choice(ExamKind), "检查种类", required=True)
    due_on: Mapped[date] = field(Day(), "应检日期", required=True)
    done_on: Mapped[date | None] = field(Day(), "实检日期")
    institution: Mapped[str | None] = field(Text(60), "体检机构")
    notified_on: Mapped[date | None] = field(Day(), "书面告知日期")


class DeclarationKind(Options):
    """First, after a change, or the yearly update (职业病危害项目申报)."""

    initial = "初次申报"
    change = "变更申报"
    annual = "年度更新"


class OccDeclaration(Entry):
    """One declaration to the health authority."""

    __tablename__ = "occ_declaration"

    kind: Mapped[DeclarationKind] = field(Choice(DeclarationKind), "申报类型", required=True)
    declared_on: Mapped[date] = field(Day(), "申报日期", required=True)
    authority: Mapped[str | None] = field(Text(40), "受理机关")
    receipt: Mapped[str | None] = field(Text(40), "回执号", counts=True)
    factors: Mapped[str | None] = field(Text(200), "主要危害因素")
    exposed: Mapped[int | None] = field(Whole("人"), "接触人数")
    changes: Mapped[str | None] = field(Text(200), "变更事项")
    changed_on: Mapped[date | None] = field(Day(), "变更发生日期")
    by_project: Mapped[bool | None] = field(YesNo(), "因建设项目变更", help="建设项目的变更时限为30日，其他为15日")
    window_from: Mapped[date | None] = field(Day(), "下次更新自", computed=True)
    window_until: Mapped[date | None] = field(Day(), "下次更新至", computed=True)


class WomenAction(Options):
    """What was done for all women; single cases are not kept here."""

    notice = "禁忌岗位书面告知"
    training = "女职工保护培训"
    facility = "女职工设施"
    check = "女职工保护检查"
    gynaecology = "妇科检查组织"


class InformedWoman(PersonLine):
    """One woman who signed the written notice."""

    __tablename__ = "women_protection_informed"


class WomenProtection(Entry):
    """A collective measure (女职工劳动保护特别规定 第4条: written notice of forbidden posts)."""

    __tablename__ = "women_protection"

    kind: Mapped[WomenAction] = field(Choice(WomenAction), "工作内容", required=True)
    done_on: Mapped[date] = field(Day(), "日期", required=True)
    headcount: Mapped[int | None] = field(Whole("人"), "人数", help="有签收名单时以名单为准")
    breaches: Mapped[int | None] = field(Whole("起"), "发现违反规定")
    notes: Mapped[str | None] = field(Text(500, lines=3), "情况说明")


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def update_window(last: date) -> tuple[date, date]:
    """Return when the yearly update is due: later than 11 and not later than 13 months after the last one."""
    return months_after(last, 11), months_after(last, 13)


def change_declared_in_time(declaration: OccDeclaration) -> bool:
    """Return whether a change was declared within its 15 days, 30 where a project caused it (申报办法 第8条)."""
    happened = declaration.changed_on
    days = 30 if declaration.by_project else 15
    return happened is None or declaration.declared_on <= happened + timedelta(days=days)


def set_window(declaration: OccDeclaration) -> None:
    """Write the window of the next update on the entry."""
    declaration.window_from, declaration.window_until = update_window(declaration.declared_on)


def notified_is_done(exam: HealthExam) -> Problem | None:
    """Refuse a notice of an examination that was not held."""
    if exam.notified_on and exam.done_on is None:
        return problem(HealthExam.done_on, "已书面告知的须填实检日期")
    return None


def change_says_what(declaration: OccDeclaration) -> Problem | None:
    """Ask a declaration of change what changed."""
    if declaration.kind is DeclarationKind.change and not declaration.changes:
        return problem(OccDeclaration.changes, "变更申报须写明变更事项")
    return None


def late_change(declaration: OccDeclaration) -> Problem | None:
    """Warn of a change declared after its limit."""
    if not change_declared_in_time(declaration):
        return problem(OccDeclaration.declared_on, "变更申报超过了变更发生后的时限（15日，建设项目30日）")
    return None


HEALTH_EXAMS = Ledger(
    key="health_exam",
    title="职业健康检查登记",
    prefix="TJ",
    group=Group.health,
    record=HealthExam,
    day=HealthExam.due_on,
    columns=(
        HealthExam.person,
        HealthExam.kind,
        HealthExam.factor,
        HealthExam.due_on,
        HealthExam.done_on,
        HealthExam.notified_on,
    ),
    sections=(Section("检查", HealthExam.person),),
    identity=(HealthExam.person, HealthExam.kind, HealthExam.due_on),
    needs_proof=False,
    counters=(
        Counter("done", "已检人次", HealthExam.done_on.is_not(None)),
        Counter(
            "notified", "已检并书面告知人次", HealthExam.done_on.is_not(None) & HealthExam.notified_on.is_not(None)
        ),
    ),
    rules=(notified_is_done, in_order(HealthExam.done_on, HealthExam.notified_on)),
)

OCC_DECLARATIONS = Ledger(
    key="occ_declaration",
    title="职业病危害项目申报",
    prefix="SB",
    group=Group.health,
    record=OccDeclaration,
    day=OccDeclaration.declared_on,
    columns=(OccDeclaration.kind, OccDeclaration.declared_on, OccDeclaration.receipt, OccDeclaration.window_until),
    sections=(Section("申报", OccDeclaration.kind), Section("下次更新", OccDeclaration.window_from)),
    identity=(OccDeclaration.kind, OccDeclaration.declared_on),
    rules=(change_says_what,),
    advice=(late_change,),
    derive=(set_window,),
)

WOMEN_PROTECTIONS = Ledger(
    key="women_protection",
    title="女职工保护台账",
    prefix="NZ",
    group=Group.health,
    record=WomenProtection,
    day=WomenProtection.done_on,
    columns=(WomenProtection.kind, WomenProtection.done_on, WomenProtection.headcount, WomenProtection.breaches),
    sections=(Section("工作", WomenProtection.kind),),
    identity=(WomenProtection.kind, WomenProtection.done_on),
    evidence=(PROOF, SIGN_IN),
    lines=(Lines("informed", "签收名单", InformedWoman, inline=True),),
)
