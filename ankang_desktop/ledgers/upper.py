"""Dealings with those above and beside: visits, awards, letters of the union, submissions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import person, team
from ankang_desktop.declare.kinds import Amount, Choice, Day, Link, Tags, Text, YesNo
from ankang_desktop.declare.ledger import EvidenceSlot, Group, Ledger, Lines, Section, in_order, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry, Line
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.ledgers.vocabulary import Level


class VisitKind(Options):
    """How the visit came about."""

    cross = "交叉督导"
    special = "专项督导"
    concentrated = "集中督导"
    random = "随机抽查"
    guidance = "调研指导"
    cross_inspection = "互查考核"


class VisitForm(Options):
    """On site, or at the table (青岛通知)."""

    on_site = "现场督导"
    talk = "交流座谈"


class Finding(Line):
    """One opinion with its deadline and its end (青岛: 督导意见和整改时限要求)."""

    __tablename__ = "visit_finding"

    opinion: Mapped[str] = field(Text(300), "督导意见", required=True)
    due_on: Mapped[date | None] = field(Day(), "整改时限")
    owner: Mapped[str | None] = field(Text(40), "责任部门")
    closed_on: Mapped[date | None] = field(Day(), "完成日期")


class Visit(Entry):
    """One supervision visit from above."""

    __tablename__ = "visit"

    visited_on: Mapped[date] = field(Day(), "督导日期", required=True)
    level: Mapped[Level] = field(Choice(Level), "督导层级", required=True)
    kind: Mapped[VisitKind] = field(Choice(VisitKind), "督导类型", required=True)
    forms: Mapped[tuple[VisitForm, ...] | None] = field(Tags(VisitForm), "督导形式")
    leader: Mapped[str | None] = field(Text(60), "带队人与职务", personal=True)
    members: Mapped[str | None] = field(Text(200), "成员与职务", personal=True)
    visited_area: Mapped[str | None] = field(Text(60), "所到区市（市直单位）")
    supervision_notes: Mapped[str | None] = field(Text(2000, lines=6), "督导情况")
    unit_activity_summary: Mapped[str | None] = field(Text(2000, lines=6), "开展活动情况")


class AwardKind(Options):
    """What was rewarded, or penalised."""

    golden_idea = "金点子"
    skill_contest = "技能大赛"
    model_team = "安全生产示范班组"
    pace_setter = "安全生产岗位标兵"
    hazard_finder = "隐患排查奖励"
    advanced_unit = "先进集体"
    advanced_person = "先进个人"
    contract_unit = "集体合同先进单位"
    responsibility_reward = "责任制考核奖励"
    responsibility_penalty = "责任制考核处罚"


class Award(Entry):
    """One commendation, reward or penalty."""

    __tablename__ = "award"

    awarded_on: Mapped[date] = field(Day(), "日期", required=True)
    kind: Mapped[AwardKind] = field(Choice(AwardKind), "类别", required=True, index=True)
    title: Mapped[str] = field(Text(80), "名称", required=True)
    level: Mapped[Level] = field(Choice(Level), "级别", required=True, default=Level.enterprise)
    person: Mapped[int | None] = field(person(), "获奖人")
    team: Mapped[int | None] = field(team(), "获奖班组")
    recipient: Mapped[str | None] = field(Text(60), "获奖对象", help="不是本单位职工或班组时填写")
    hazard: Mapped[int | None] = field(Link("hazard", "隐患"), "对应隐患")
    document: Mapped[str | None] = field(Text(60), "文件")
    amount: Mapped[Decimal | None] = field(Amount("元"), "金额")
    signed: Mapped[bool | None] = field(YesNo(), "已签领")


class LetterKind(Options):
    """What the union wrote to the employer."""

    opinion = "隐患整改意见书"
    suggestion = "隐患整改建议书"
    notice = "隐患整改通知书"
    listing_request = "提请挂牌督办函"
    evacuation = "紧急撤离建议书"
    urging = "督促落实主体责任函"


class OpinionLetter(Entry):
    """One letter and its answer (安全生产法 第60条: the employer studies and answers)."""

    __tablename__ = "opinion_letter"

    kind: Mapped[LetterKind] = field(Choice(LetterKind), "文书类型", required=True)
    sent_on: Mapped[date] = field(Day(), "发出日期", required=True)
    addressee: Mapped[str] = field(Text(60), "送达对象", required=True)
    content: Mapped[str] = field(Text(1000, lines=4), "内容", required=True)
    hazard: Mapped[int | None] = field(Link("hazard", "隐患"), "对应隐患")
    reply_by: Mapped[date | None] = field(Day(), "答复时限")
    replied_on: Mapped[date | None] = field(Day(), "答复日期")
    reply: Mapped[str | None] = field(Text(500, lines=3), "答复内容")


class SubmissionKind(Options):
    """First, supplement, correction or withdrawal."""

    first = "首次"
    supplement = "补报"
    correction = "更正"
    withdrawal = "撤回"


class SubmissionSubject(Options):
    """What was handed in."""

    year_end = "年终材料"
    safety_month = "安全生产月总结与统计表"
    campaign_summary = "集中行动总结"
    monthly = "月度进展"
    other = "其他"


class Submission(Entry):
    """One hand-in to the upper union; its package is frozen (domain.md §6.3)."""

    __tablename__ = "submission"

    subject: Mapped[SubmissionSubject] = field(Choice(SubmissionSubject), "报送事项", required=True)
    kind: Mapped[SubmissionKind] = field(Choice(SubmissionKind), "报送性质", required=True)
    submitted_on: Mapped[date] = field(Day(), "报送日期", required=True)
    as_of: Mapped[date] = field(Day(), "数据截至", required=True)
    period_from: Mapped[date | None] = field(Day(), "期间自")
    period_until: Mapped[date | None] = field(Day(), "期间至")
    addressee: Mapped[str | None] = field(Text(80), "收件部门")
    channel: Mapped[str | None] = field(Text(40), "报送方式")
    package: Mapped[str | None] = field(Text(120), "材料包文件")
    package_hash: Mapped[str | None] = field(Text(64), "材料包校验值")
    previous_hash: Mapped[str | None] = field(Text(64), "前次材料包校验值")
    due_on: Mapped[date | None] = field(Day(), "报送截止日期")
    received_on: Mapped[date | None] = field(Day(), "送达回执日期")
    receipt: Mapped[str | None] = field(Text(80), "回执")


def someone_awarded(award: Award) -> Problem | None:
    """Ask who was awarded."""
    if award.person is None and award.team is None and not award.recipient:
        return problem(Award.person, "请填获奖人、获奖班组或获奖对象中的一项")
    return None


VISITS = Ledger(
    key="visit",
    title="上级督导台账",
    prefix="DD",
    group=Group.upper,
    record=Visit,
    day=Visit.visited_on,
    columns=(Visit.visited_on, Visit.level, Visit.kind, Visit.leader),
    sections=(Section("督导", Visit.visited_on), Section("记录表", Visit.visited_area)),
    identity=(Visit.visited_on, Visit.kind),
    lines=(Lines("findings", "督导意见", Finding),),
)

AWARDS = Ledger(
    key="award",
    title="评比表彰奖励",
    prefix="BZJ",
    group=Group.upper,
    record=Award,
    day=Award.awarded_on,
    columns=(Award.awarded_on, Award.kind, Award.title, Award.level, Award.amount),
    sections=(Section("奖励", Award.awarded_on),),
    identity=(Award.awarded_on, Award.kind, Award.title, Award.person, Award.team),
    rules=(someone_awarded,),
)

OPINION_LETTERS = Ledger(
    key="opinion_letter",
    title="工会建议书意见书",
    prefix="YJ",
    group=Group.hazard,
    record=OpinionLetter,
    day=OpinionLetter.sent_on,
    columns=(OpinionLetter.kind, OpinionLetter.sent_on, OpinionLetter.addressee, OpinionLetter.replied_on),
    sections=(Section("文书", OpinionLetter.kind), Section("答复", OpinionLetter.reply_by)),
    identity=(OpinionLetter.sent_on, OpinionLetter.content),
    counters=(Counter("answered", "已答复文书", OpinionLetter.replied_on.is_not(None)),),
    rules=(in_order(OpinionLetter.sent_on, OpinionLetter.replied_on),),
)

SUBMISSIONS = Ledger(
    key="submission",
    title="材料报送",
    prefix="BSC",
    group=Group.upper,
    record=Submission,
    day=Submission.submitted_on,
    columns=(Submission.subject, Submission.kind, Submission.submitted_on, Submission.as_of, Submission.received_on),
    sections=(Section("报送", Submission.subject), Section("材料包与回执", Submission.package)),
    identity=(Submission.subject, Submission.submitted_on, Submission.kind),
    evidence=(EvidenceSlot("receipt", "送达回执"), EvidenceSlot("proof", "其他材料")),
    needs_any=(("package_hash", "receipt", "received_on", "box"),),
    needs_proof=False,
)
