"""What training, drills, activities and the like share: who came, how many sessions, where they are counted."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.kinds import Amount, Link, Text, Whole, YesNo
from ankang_desktop.declare.record import Line


def person(ledger: str = "employee") -> Link:
    """Return the kind “an employee of the roster”."""
    return Link(ledger, "职工")


def team() -> Link:
    """Return the kind “a team”."""
    return Link("team", "班组")


def workshop() -> Link:
    """Return the kind “a workshop”."""
    return Link("workshop", "车间")


def post() -> Link:
    """Return the kind “a post”."""
    return Link("post", "岗位")


class PersonLine(Line):
    """One person; who keeps a list of people only names the table."""

    __abstract__ = True

    person: Mapped[int] = field(person(), "姓名", required=True)


class TeamLine(Line):
    """One team; who keeps a list of teams only names the table."""

    __abstract__ = True

    team: Mapped[int] = field(team(), "班组", required=True)


class Attendance(Line):
    """One person at one gathering; only the absent need a mark."""

    __abstract__ = True

    person: Mapped[int] = field(person(), "姓名", required=True)
    present: Mapped[bool | None] = field(YesNo(), "到场", default=True, help="只需给缺席的人填“否”")


class MarkedAttendance(Attendance):
    """Attendance with a result, as the training file demands (安全生产法 第28条)."""

    __abstract__ = True

    passed: Mapped[bool | None] = field(YesNo(), "合格")
    score: Mapped[Decimal | None] = field(Amount("分", 1), "成绩")
    made_up: Mapped[bool | None] = field(YesNo(), "补训")


class StatLine:
    """On which line of a statistics table a record counts.

    `stat_line` overrides the line the form proposes; `also_counted` names further lines (同时计入).
    """

    stat_line: Mapped[str | None] = field(Text(20), "统计栏目", help="一般不填，由程序按类型归入；如 J5.1")
    also_counted: Mapped[str | None] = field(Text(60), "同时计入", help="需要重复计入的统计栏目，如 J5.5")


class Counted(StatLine):
    """How a gathering is counted: 场 and 人次.

    人次 are the present rows of the attendance where there are any, else the entered head-count.
    """

    sessions: Mapped[int | None] = field(Whole("场"), "场次", default=1, help="按月合并填写时可大于1")
    headcount: Mapped[int | None] = field(Whole("人次"), "参加人次", help="有签到名单时以名单为准")
