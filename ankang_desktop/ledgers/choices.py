"""What the officer decides about papers and the calendar: kept as records, so they have history and undo."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.kinds import Amount, Choice, Code, Day, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Group, Ledger, Section, in_order, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.kernel.errors import Problem


class UnitScore(Entry):
    """自评分 and 考核分 of one scoring unit for a year, beside the 建议分 that is always computed afresh."""

    __tablename__ = "unit_score"

    form: Mapped[str] = field(Code(40, of="scorecard", example="national_card_2020"), "评分表", required=True)
    unit: Mapped[str] = field(Code(10, of="unit", example="ORG-1"), "评分单元", required=True)
    scored_on: Mapped[date] = field(Day(), "评分日期", required=True)
    self_score: Mapped[Decimal | None] = field(Amount("分", 1, most=Decimal(100)), "自评分")
    reason: Mapped[str | None] = field(Text(200, lines=2), "自评理由", help="与建议分不同时必填")
    assessed_score: Mapped[Decimal | None] = field(Amount("分", 1, most=Decimal(100)), "考核分")
    assessor: Mapped[str | None] = field(Text(60), "考核组")


class ProgrammeChoice(Entry):
    """A programme the enterprise follows."""

    __tablename__ = "programme_choice"

    programme: Mapped[str] = field(Code(40, of="programme", example="shijiazhuang_2021"), "活动方案", required=True)
    since: Mapped[date] = field(Day(), "采用日期", required=True)
    until: Mapped[date | None] = field(Day(), "停用日期")


class DutyDecision(Options):
    """What the officer decided about a duty."""

    switched_off = "停用"
    switched_on = "启用"
    moved = "改期"
    not_applicable = "不适用"
    closed = "办结"


class DutyNote(Entry):
    """A decision about one duty of the calendar in one period."""

    __tablename__ = "duty_note"

    duty: Mapped[str] = field(Code(20, of="duty", example="C-26、S0-53"), "事项代号", required=True)
    decision: Mapped[DutyDecision] = field(Choice(DutyDecision), "处理", required=True)
    decided_on: Mapped[date] = field(Day(), "处理日期", required=True)
    occurs_from: Mapped[date | None] = field(Day(), "对应期间自", help="办结、不适用某一期时填该期开始日")
    new_from: Mapped[date | None] = field(Day(), "改为自")
    new_until: Mapped[date | None] = field(Day(), "改为至")
    reason: Mapped[str | None] = field(Text(200, lines=2), "说明")
    signed: Mapped[bool | None] = field(YesNo(), "有书面依据")


class KeepingRule(Options):
    """How long records are kept."""

    years = "按年限保存"
    forever = "永久保存"
    open_ended = "不设期限"


class KeepingPeriod(Entry):
    """How long the officer keeps one kind of records, in place of what is suggested (resources/retention.toml)."""

    __tablename__ = "keeping_period"

    records: Mapped[str] = field(
        Code(60, of="records", example="training、hazard.level:major"), "适用记录", required=True
    )
    decided_on: Mapped[date] = field(Day(), "确定日期", required=True)
    rule: Mapped[KeepingRule | None] = field(Choice(KeepingRule), "保存规则", help="不填按建议")
    years: Mapped[int | None] = field(Whole("年", least=1, most=99), "保存年限")
    spared_until: Mapped[date | None] = field(Day(), "暂留至", help="这一天以前不列入到期清单")
    reason: Mapped[str | None] = field(Text(200, lines=2), "依据或说明")


def half_points(score: UnitScore) -> Problem | None:
    """Refuse scores that are no multiple of 0.5: the card knows no others."""
    for key, label in (("self_score", "自评分"), ("assessed_score", "考核分")):
        value = getattr(score, key)
        if value is not None and value * 2 % 1:
            return Problem(key, f"{label}应为0.5的倍数，现为{value}")
    return None


def decision_is_whole(note: DutyNote) -> Problem | None:
    """Ask a moved duty for its new dates and a dropped one for its reason."""
    if note.decision is DutyDecision.moved and note.new_until is None:
        return problem(DutyNote.new_until, "改期须填新的截止日期（改为至）")
    if note.decision is DutyDecision.not_applicable and not note.reason:
        return problem(DutyNote.reason, "不适用须写明理由")
    if note.decision is DutyDecision.closed and not note.reason:
        return problem(DutyNote.reason, "手工办结须写明凭证在哪里，如“会议纪要在3盒5号”")
    return None


def years_are_said(period: KeepingPeriod) -> Problem | None:
    """Ask a period in years how many."""
    if period.rule is KeepingRule.years and period.years is None:
        return problem(KeepingPeriod.years, "按年限保存须填保存年限")
    return None


UNIT_SCORES = Ledger(
    key="unit_score",
    title="自评分与考核分",
    prefix="PF",
    group=Group.upper,
    record=UnitScore,
    day=UnitScore.scored_on,
    columns=(UnitScore.form, UnitScore.unit, UnitScore.self_score, UnitScore.reason, UnitScore.assessed_score),
    sections=(Section("评分", UnitScore.form),),
    identity=(UnitScore.form, UnitScore.unit, UnitScore.scored_on),
    needs_proof=False,
    rules=(half_points,),
)

PROGRAMME_CHOICES = Ledger(
    key="programme_choice",
    title="采用的活动方案",
    prefix="FA",
    group=Group.enterprise,
    record=ProgrammeChoice,
    day=ProgrammeChoice.since,
    columns=(ProgrammeChoice.programme, ProgrammeChoice.since, ProgrammeChoice.until),
    sections=(Section("方案", ProgrammeChoice.programme),),
    identity=(ProgrammeChoice.programme,),
    unique=True,
    needs_proof=False,
)

DUTY_NOTES = Ledger(
    key="duty_note",
    title="年历调整",
    prefix="NL",
    group=Group.upper,
    record=DutyNote,
    day=DutyNote.decided_on,
    columns=(DutyNote.duty, DutyNote.decision, DutyNote.decided_on, DutyNote.new_until, DutyNote.reason),
    sections=(Section("调整", DutyNote.duty),),
    identity=(DutyNote.duty, DutyNote.decision, DutyNote.occurs_from),
    needs_proof=False,
    rules=(decision_is_whole, in_order(DutyNote.new_from, DutyNote.new_until)),
)

KEEPING_PERIODS = Ledger(
    key="keeping_period",
    title="保存期限",
    prefix="BC",
    group=Group.enterprise,
    record=KeepingPeriod,
    day=KeepingPeriod.decided_on,
    columns=(KeepingPeriod.records, KeepingPeriod.rule, KeepingPeriod.years, KeepingPeriod.spared_until),
    sections=(Section("期限", KeepingPeriod.records),),
    identity=(KeepingPeriod.records,),
    unique=True,
    needs_proof=False,
    rules=(years_are_said,),
)
