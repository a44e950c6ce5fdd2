"""Emergency drills: plan, sign-in, pictures, evaluation, summary (domain.md §5.3; 桓台方案: ≥2 a year, every team)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import Attendance, Counted, TeamLine, person
from ankang_desktop.declare.kinds import Choice, Day, Moment, Tags, Text, Whole
from ankang_desktop.declare.ledger import PROOF, SIGN_IN, Group, Ledger, Lines, Section, in_order
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.ledgers.vocabulary import Campaign, Topic


class DrillKind(Options):
    """What was drilled."""

    comprehensive = "综合应急演练"
    special = "专项应急演练"
    on_site = "现场处置演练"
    full_chain = "全链条演练（处置、避险、救援）"
    escape = "逃生疏散演练"
    tabletop = "桌面推演"
    online_viewing = "线上观摩"


class DrillForm(Options):
    """Live or at the table (AQ/T 9007-2019)."""

    live = "实战"
    tabletop = "桌面"


class DrillPaper(Options):
    """Papers archived after a drill."""

    plan = "方案"
    script = "脚本"
    sign_in = "签到"
    photos = "照片视频"
    evaluation_sheet = "评估表"
    evaluation_report = "评估报告"
    summary = "总结"
    revision = "预案修订"


class Verdict(Options):
    """Result of the evaluation (AQ/T 9009-2015)."""

    excellent = "优"
    good = "良"
    fair = "中"
    poor = "差"
    conforms = "符合"
    mostly_conforms = "基本符合"
    fails = "不符合"


class DrillAttendance(Attendance):
    """One person at one drill."""

    __tablename__ = "drill_attendance"


class DrillTeam(TeamLine):
    """One team that took part."""

    __tablename__ = "drill_team"


class Drill(Counted, Entry):
    """One drill."""

    __tablename__ = "drill"

    title: Mapped[str] = field(Text(80), "演练名称", required=True)
    held_on: Mapped[date] = field(Day(), "演练日期", required=True)
    kind: Mapped[DrillKind] = field(Choice(DrillKind), "演练类型", required=True, index=True)
    form: Mapped[DrillForm | None] = field(Choice(DrillForm), "演练形式")
    place: Mapped[str | None] = field(Text(60), "演练地点")
    plan_basis: Mapped[str | None] = field(Text(80), "预案依据")
    scenario: Mapped[str | None] = field(Text(500, lines=3), "演练情景")
    topics: Mapped[tuple[Topic, ...] | None] = field(Tags(Topic), "涉及内容")
    campaigns: Mapped[tuple[Campaign, ...] | None] = field(Tags(Campaign), "所属活动")
    organiser: Mapped[str | None] = field(Text(40), "组织单位")
    commander: Mapped[int | None] = field(person(), "总指挥")
    began_at: Mapped[datetime | None] = field(Moment(), "开始时间")
    ended_at: Mapped[datetime | None] = field(Moment(), "结束时间")
    observers: Mapped[int | None] = field(Whole("人"), "观摩人数")
    papers: Mapped[tuple[DrillPaper, ...] | None] = field(Tags(DrillPaper), "归档材料")
    verdict: Mapped[Verdict | None] = field(Choice(Verdict), "评估结论")
    problems: Mapped[str | None] = field(Text(500, lines=3), "存在问题")
    reported_on: Mapped[date | None] = field(Day(), "报送监管部门日期")


DRILLS = Ledger(
    key="drill",
    title="应急演练台账",
    prefix="YL",
    group=Group.education,
    record=Drill,
    day=Drill.held_on,
    columns=(Drill.title, Drill.held_on, Drill.kind, Drill.place, Drill.verdict),
    sections=(
        Section("演练", Drill.title),
        Section("评估", Drill.papers),
        Section("统计", Drill.sessions),
    ),
    naming=(Drill.title, Drill.number),
    identity=(Drill.title, Drill.held_on),
    evidence=(PROOF, SIGN_IN),
    lines=(
        Lines("attendance", "参演人员", DrillAttendance),
        Lines("teams", "参演班组", DrillTeam, inline=True),
    ),
    needs_any=(("attendance", "headcount"),),
    rules=(in_order(Drill.began_at, Drill.ended_at),),
)
