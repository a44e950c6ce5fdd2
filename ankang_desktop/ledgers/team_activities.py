"""Team safety activities, one by one or a month at once (班前会 22 场); domain.md §5.14."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import Attendance, Counted, person, team
from ankang_desktop.declare.kinds import Choice, Day, Tags, Text, Whole
from ankang_desktop.declare.ledger import PROOF, SIGN_IN, Group, Ledger, Lines, Section, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.ledgers.vocabulary import Campaign, Topic


class TeamActivityKind(Options):
    """What a team did; 家文化 (桓台) counts as family care."""

    pre_shift_meeting = "班前会"
    safety_day = "安全日活动"
    warning_education = "警示教育"
    family_care = "温情（亲情）教育"
    skills_training = "技能培训"
    pointing_and_calling = "手指口述"
    accident_analysis = "事故研判"
    mutual_check = "安全互查"
    safety_officer_for_a_day = "当一天安全员"
    violation_correction = "纠正违章"
    accident_lesson = "忆事故教训"
    reading = "读安全书籍"
    film = "看安全影像"
    case_based_law_talk = "以案说法"
    other = "其他"


class TeamAttendance(Attendance):
    """One person at one team activity."""

    __tablename__ = "team_activity_attendance"


class TeamActivity(Counted, Entry):
    """One activity of a team, or a month of them; without a team it is a total of the enterprise."""

    __tablename__ = "team_activity"

    held_on: Mapped[date] = field(Day(), "活动日期", required=True, help="按月合并填写时填当月任一日")
    team: Mapped[int | None] = field(team(), "班组", help="全厂合计时不填")
    kind: Mapped[TeamActivityKind] = field(Choice(TeamActivityKind), "活动类型", required=True, index=True)
    topic: Mapped[str | None] = field(Text(100), "活动主题", counts=True)
    topics: Mapped[tuple[Topic, ...] | None] = field(Tags(Topic), "涉及内容")
    campaigns: Mapped[tuple[Campaign, ...] | None] = field(Tags(Campaign), "所属活动")
    host: Mapped[int | None] = field(person(), "主持人")
    expected: Mapped[int | None] = field(Whole("人"), "应到人数")
    minutes: Mapped[int | None] = field(Whole("分钟"), "时长")
    content: Mapped[str | None] = field(Text(1000, lines=4), "内容要点")
    remarks: Mapped[str | None] = field(Text(500, lines=3), "职工发言与问题")
    leader_comment: Mapped[str | None] = field(Text(200), "领导参加与评语")


def attended_at_most_expected(activity: TeamActivity) -> Problem | None:
    """Warn when more came than were expected, one session a record."""
    once = (activity.sessions or 1) == 1
    if once and activity.expected is not None and (activity.headcount or 0) > activity.expected:
        return problem(TeamActivity.headcount, f"实到{activity.headcount}人多于应到{activity.expected}人，请核对")
    return None


TEAM_ACTIVITIES = Ledger(
    key="team_activity",
    title="班组安全活动台账",
    prefix="BH",
    group=Group.team,
    record=TeamActivity,
    day=TeamActivity.held_on,
    columns=(
        TeamActivity.held_on,
        TeamActivity.team,
        TeamActivity.kind,
        TeamActivity.topic,
        TeamActivity.sessions,
        TeamActivity.headcount,
    ),
    sections=(
        Section("活动", TeamActivity.held_on),
        Section("记录", TeamActivity.content),
        Section("统计", TeamActivity.sessions),
    ),
    identity=(TeamActivity.held_on, TeamActivity.team, TeamActivity.kind, TeamActivity.topic),
    evidence=(PROOF, SIGN_IN),
    lines=(Lines("attendance", "参加人员", TeamAttendance),),
    needs_any=(("attendance", "headcount"),),
    advice=(attended_at_most_expected,),
)
