"""Accidents with the level the law computes, and the signed declarations of absence (domain.md §5.12)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import field
from ankang_desktop.declare.kinds import Amount, Choice, Code, Day, Moment, Tags, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Group, Ledger, Section, in_order, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.kernel.errors import Problem


class AccidentLevel(Options):
    """The four levels of 国务院令第493号 第3条; 重特大 are the last two."""

    general = "一般"
    larger = "较大"
    major = "重大"
    extraordinary = "特别重大"


class AccidentKind(Options):
    """Kinds that matter for counting: casualties of road traffic and fire change for 7 days, others for 30."""

    production = "生产安全事故"
    traffic = "道路交通事故"
    fire = "火灾事故"
    violation = "违章行为（未造成事故）"


class FourNo(Options):
    """四不放过: what must be settled before an accident is let go."""

    cause = "原因已查清"
    responsible = "责任人已处理"
    measures = "整改措施已落实"
    educated = "有关人员已受教育"


class Accident(Entry):
    """One accident; casualties are counted, never named."""

    __tablename__ = "accident"

    happened_at: Mapped[datetime] = field(Moment(), "发生时间", required=True)
    happened_on: Mapped[date | None] = field(Day(), "发生日期", computed=True)
    place: Mapped[str] = field(Text(80), "发生地点", required=True)
    kind: Mapped[AccidentKind] = field(Choice(AccidentKind), "事故性质", required=True, default=AccidentKind.production)
    category: Mapped[str | None] = field(Text(20), "事故类别", help="按 GB 6441，如 机械伤害")
    deaths: Mapped[int] = field(Whole("人"), "死亡人数", required=True, default=0)
    serious: Mapped[int] = field(Whole("人"), "重伤人数", required=True, default=0, help="含急性工业中毒")
    light: Mapped[int | None] = field(Whole("人"), "轻伤人数")
    loss: Mapped[Decimal] = field(Amount("万元"), "直接经济损失", required=True, default=Decimal(0))
    serious_violation: Mapped[bool] = field(YesNo(), "属严重违章", required=True, default=False)
    told_principal_at: Mapped[datetime | None] = field(Moment(), "报告负责人时间")
    told_authority_at: Mapped[datetime | None] = field(Moment(), "报告部门时间", help="单位负责人接报后1小时内")
    union_joined: Mapped[bool | None] = field(YesNo(), "工会参加调查")
    supplement_on: Mapped[date | None] = field(Day(), "补报日期")
    causes: Mapped[str | None] = field(Text(500, lines=3), "直接原因")
    indirect_causes: Mapped[str | None] = field(Text(500, lines=3), "间接原因")
    handling: Mapped[str | None] = field(Text(500, lines=3), "责任处理")
    measures: Mapped[str | None] = field(Text(500, lines=3), "防范措施")
    four_no: Mapped[tuple[FourNo, ...] | None] = field(Tags(FourNo), "“四不放过”")
    reported_on: Mapped[date | None] = field(Day(), "调查报告日期")
    injury_claimed_on: Mapped[date | None] = field(Day(), "工伤认定申请日期")
    injury_decided_on: Mapped[date | None] = field(Day(), "工伤认定结论日期")
    lost_days: Mapped[int | None] = field(Whole("天"), "损失工作日")
    reference: Mapped[str | None] = field(Text(40), "企业事故档案号")
    level_override: Mapped[AccidentLevel | None] = field(
        Choice(AccidentLevel), "认定等级", help="调查认定与计算不同时填写"
    )
    override_reason: Mapped[str | None] = field(Text(100), "认定依据")
    level: Mapped[AccidentLevel | None] = field(Choice(AccidentLevel), "事故等级", computed=True)
    casualties_until: Mapped[date | None] = field(Day(), "伤亡人数变化截止", computed=True)


class DeclaredAbsence(Options):
    """What did not happen."""

    serious_violation = "本期无严重违章事故"
    major_accident = "本期无重特大事故"


class ZeroDeclaration(Entry):
    """A declaration of absence, signed by the head and the union chair, for a whole period."""

    __tablename__ = "zero_declaration"

    subject: Mapped[DeclaredAbsence] = field(Choice(DeclaredAbsence), "声明事项", required=True)
    period_from: Mapped[date] = field(Day(), "期间自", required=True)
    period_until: Mapped[date] = field(Day(), "期间至", required=True)
    signed_on: Mapped[date] = field(Day(), "签署日期", required=True)
    head_signed: Mapped[bool] = field(YesNo(), "负责人已签字", required=True, default=False)
    chair_signed: Mapped[bool] = field(YesNo(), "工会主席已签字", required=True, default=False)


class AbsenceNote(Entry):
    """A signed note that a scoring unit has no object here (不涉及说明)."""

    __tablename__ = "absence_note"

    unit: Mapped[str] = field(Code(10, of="unit", example="MGT-5"), "评分单元", required=True)
    reason: Mapped[str] = field(Text(300, lines=2), "不涉及的理由", required=True)
    signed_on: Mapped[date] = field(Day(), "签署日期", required=True)
    signed: Mapped[bool] = field(YesNo(), "已签字盖章", required=True, default=False)


def level_of(deaths: int, serious: int, loss: Decimal) -> AccidentLevel:
    """Return the level by the worst of deaths, serious injuries and direct loss in 万元 (国务院令第493号 第3条).

    “以上” includes the number, “以下” does not.
    """
    if deaths >= 30 or serious >= 100 or loss >= 10_000:
        return AccidentLevel.extraordinary
    if deaths >= 10 or serious >= 50 or loss >= 5_000:
        return AccidentLevel.major
    if deaths >= 3 or serious >= 10 or loss >= 1_000:
        return AccidentLevel.larger
    return AccidentLevel.general


def is_major_or_worse(level: AccidentLevel) -> bool:
    """Return whether a level is 重特大 (重大 or 特别重大)."""
    return level in {AccidentLevel.major, AccidentLevel.extraordinary}


def casualties_close_on(happened_on: date, kind: AccidentKind) -> date:
    """Return the last day on which casualty changes count: 30 days, 7 for traffic and fire (第13条)."""
    return happened_on + timedelta(days=7 if kind in {AccidentKind.traffic, AccidentKind.fire} else 30)


def judge_accident(accident: Accident) -> None:
    """Write day, level and the end of counting on the entry."""
    accident.happened_on = accident.happened_at.date()
    computed = level_of(accident.deaths, accident.serious, accident.loss)
    is_accident = accident.kind is not AccidentKind.violation
    accident.level = (accident.level_override or computed) if is_accident else None
    accident.casualties_until = casualties_close_on(accident.happened_on, accident.kind)


def reported_in_time(accident: Accident) -> Problem | None:
    """Warn when the authority was told later than an hour after the principal knew (第9条)."""
    told, knew = accident.told_authority_at, accident.told_principal_at
    if told and knew and told - knew > timedelta(hours=1):
        return problem(Accident.told_authority_at, "报告部门的时间超过了负责人接报后1小时")
    return None


def report_in_sixty_days(accident: Accident) -> Problem | None:
    """Warn of an investigation report later than 60 days (国务院令第493号 第29条)."""
    if accident.reported_on and accident.reported_on > accident.happened_at.date() + timedelta(days=60):
        return problem(Accident.reported_on, "调查报告晚于事故发生后60日")
    return None


def override_has_reason(accident: Accident) -> Problem | None:
    """Ask a level that differs from the computed one for its ground."""
    if accident.level_override is not None and not accident.override_reason:
        return problem(Accident.override_reason, "填了认定等级的须写明认定依据（如调查报告文号）")
    return None


ACCIDENTS = Ledger(
    key="accident",
    title="事故台账",
    prefix="SG",
    group=Group.accident,
    record=Accident,
    day=Accident.happened_on,
    columns=(
        Accident.happened_at,
        Accident.place,
        Accident.category,
        Accident.deaths,
        Accident.serious,
        Accident.level,
    ),
    sections=(
        Section("事故", Accident.happened_at),
        Section("报告与调查", Accident.told_principal_at),
        Section("等级", Accident.level_override),
    ),
    identity=(Accident.happened_at, Accident.place),
    needs_proof=False,
    rules=(
        in_order(Accident.happened_at, Accident.told_principal_at),
        in_order(Accident.happened_at, Accident.told_authority_at),
        override_has_reason,
    ),
    advice=(reported_in_time, report_in_sixty_days),
    counters=(Counter("happened", "生产安全事故", Accident.kind != AccidentKind.violation),),
    derive=(judge_accident,),
)

ZERO_DECLARATIONS = Ledger(
    key="zero_declaration",
    title="零事故声明",
    prefix="LS",
    group=Group.accident,
    record=ZeroDeclaration,
    day=ZeroDeclaration.signed_on,
    columns=(
        ZeroDeclaration.subject,
        ZeroDeclaration.period_from,
        ZeroDeclaration.period_until,
        ZeroDeclaration.signed_on,
    ),
    sections=(Section("声明", ZeroDeclaration.subject),),
    identity=(ZeroDeclaration.subject, ZeroDeclaration.period_from),
    rules=(in_order(ZeroDeclaration.period_from, ZeroDeclaration.period_until),),
)

ABSENCE_NOTES = Ledger(
    key="absence_note",
    title="不涉及说明",
    prefix="BS",
    group=Group.accident,
    record=AbsenceNote,
    day=AbsenceNote.signed_on,
    columns=(AbsenceNote.unit, AbsenceNote.reason, AbsenceNote.signed_on),
    sections=(Section("说明", AbsenceNote.unit),),
    identity=(AbsenceNote.unit, AbsenceNote.signed_on),
)
