"""Training files (一期一档) and contests: when, what, who and with which result (安全生产法 第28条)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import Counted, MarkedAttendance, StatLine, TeamLine
from ankang_desktop.declare.kinds import Amount, Choice, Day, Tags, Text, Whole
from ankang_desktop.declare.ledger import PROOF, SIGN_IN, Group, Ledger, Lines, Section, in_order, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.ledgers.vocabulary import Campaign, Topic


class Audience(Options):
    """For whom a training was held."""

    everyone = "全员"
    induction_company = "新员工三级教育（公司级）"
    induction_workshop = "新员工三级教育（车间级）"
    induction_team = "新员工三级教育（班组级）"
    transferred = "转岗复岗"
    four_new = "“四新”"
    special_work = "特种作业人员"
    hazardous_work = "危险作业人员"
    principal = "安全负责人"
    safety_manager = "安全管理人员"
    inspector = "劳动保护监督检查员"
    frontline = "一线职工"
    team_leader = "班组长"
    contractor = "外包人员"
    family = "职工家属"


class Mode(Options):
    """Where it was held."""

    on_site = "线下"
    online = "线上"
    both = "线上线下结合"


class TrainingAttendance(MarkedAttendance):
    """One person at one training."""

    __tablename__ = "training_attendance"


class InvitedTeam(TeamLine):
    """One team invited; the sign-in sheet is prefilled with exactly these teams."""

    __tablename__ = "training_team"


class Training(Counted, Entry):
    """One training session."""

    __tablename__ = "training"

    title: Mapped[str] = field(Text(80), "培训名称", required=True)
    held_on: Mapped[date] = field(Day(), "培训日期", required=True)
    until: Mapped[date | None] = field(Day(), "结束日期")
    hours: Mapped[Decimal | None] = field(Amount("学时", 1), "学时", counts=True)
    place: Mapped[str | None] = field(Text(60), "培训地点")
    lecturer: Mapped[str | None] = field(Text(40), "授课人", personal=True)
    audience: Mapped[tuple[Audience, ...] | None] = field(Tags(Audience), "培训对象")
    topics: Mapped[tuple[Topic, ...] | None] = field(Tags(Topic), "培训内容", counts=True)
    campaigns: Mapped[tuple[Campaign, ...] | None] = field(Tags(Campaign), "所属活动")
    mode: Mapped[Mode | None] = field(Choice(Mode), "培训方式")
    plan: Mapped[str | None] = field(Text(60), "培训计划")
    material: Mapped[str | None] = field(Text(100), "教材课件")
    effect: Mapped[str | None] = field(Text(300, lines=2), "效果评估")


class ContestCode(Options):
    """Contests the notices name; the year's own title stands in the record."""

    ankang_cup = "“安康杯”知识竞赛答题"
    network_quiz = "安全生产月网络知识竞赛"
    safety_henan = "“安全河南杯”知识竞赛"
    online_quiz = "应急安全知识线上答题"
    law_breakthrough = "法律法规网上闯关竞赛"
    mini_program = "应急科普小程序"
    skill_contest = "职工安全技能大赛"
    other = "其他竞赛"


class Contestant(MarkedAttendance):
    """One contestant."""

    __tablename__ = "contest_contestant"

    attempts: Mapped[int | None] = field(Whole("次", least=1), "答题次数", default=1)


class Contest(StatLine, Entry):
    """One contest or answer-sheet drive."""

    __tablename__ = "contest"

    title: Mapped[str] = field(Text(80), "竞赛名称", required=True)
    code: Mapped[ContestCode] = field(Choice(ContestCode), "竞赛类别", required=True, index=True)
    held_on: Mapped[date] = field(Day(), "竞赛日期", required=True)
    until: Mapped[date | None] = field(Day(), "结束日期")
    organiser: Mapped[str | None] = field(Text(60), "主办单位")
    topics: Mapped[tuple[Topic, ...] | None] = field(Tags(Topic), "竞赛内容")
    campaigns: Mapped[tuple[Campaign, ...] | None] = field(Tags(Campaign), "所属活动")
    sheets_out: Mapped[int | None] = field(Whole("份"), "发放答题卡")
    sheets_back: Mapped[int | None] = field(Whole("份"), "收回答题卡")
    persons: Mapped[int | None] = field(Whole("人"), "参赛人数", help="有参赛名单时以名单为准")
    attempts: Mapped[int | None] = field(Whole("人次"), "答题人次", help="有参赛名单时以名单为准")
    average: Mapped[Decimal | None] = field(Amount("分", 1), "平均分")
    prize: Mapped[str | None] = field(Text(80), "获奖情况")


def sheets_returned(contest: Contest) -> Problem | None:
    """Refuse more sheets returned than given out."""
    if contest.sheets_out is not None and (contest.sheets_back or 0) > contest.sheets_out:
        return problem(Contest.sheets_back, f"收回的份数多于发放的{contest.sheets_out}份，请核对")
    return None


TRAININGS = Ledger(
    key="training",
    title="安全教育培训档案",
    prefix="PX",
    group=Group.education,
    record=Training,
    day=Training.held_on,
    columns=(Training.title, Training.held_on, Training.hours, Training.topics, Training.audience),
    sections=(
        Section("培训", Training.title),
        Section("内容", Training.audience),
        Section("统计", Training.sessions),
    ),
    naming=(Training.title, Training.number),
    identity=(Training.title, Training.held_on),
    evidence=(PROOF, SIGN_IN),
    lines=(
        Lines("attendance", "参加人员", TrainingAttendance),
        Lines("teams", "邀请班组", InvitedTeam, inline=True),
    ),
    needs_any=(("attendance", "headcount"),),
    rules=(in_order(Training.held_on, Training.until),),
)

CONTESTS = Ledger(
    key="contest",
    title="知识竞赛与技能大赛",
    prefix="JS",
    group=Group.education,
    record=Contest,
    day=Contest.held_on,
    columns=(Contest.title, Contest.code, Contest.held_on, Contest.persons, Contest.attempts),
    sections=(Section("竞赛", Contest.title), Section("结果", Contest.sheets_out), Section("统计", Contest.stat_line)),
    naming=(Contest.title, Contest.number),
    identity=(Contest.title, Contest.held_on),
    lines=(Lines("contestants", "参赛人员", Contestant),),
    needs_any=(("contestants", "persons", "attempts"),),
    rules=(in_order(Contest.held_on, Contest.until), sheets_returned),
)
