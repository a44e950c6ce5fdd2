"""The three-level supervision network of the union (工会劳动保护监督检查“三个条例”; domain.md §5.11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import person, team, workshop
from ankang_desktop.declare.kinds import Amount, Choice, Day, Text
from ankang_desktop.declare.ledger import Group, Ledger, Lines, Section, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry, Line
from ankang_desktop.kernel.errors import Problem


class NetworkLevel(Options):
    """Enterprise committee, workshop committee member, team inspector."""

    enterprise = "企业"
    workshop = "车间（分会）"
    team = "班组（工会小组）"


class NetworkPost(Options):
    """Posts of the network."""

    chair = "监督检查委员会主任"
    vice_chair = "副主任"
    member = "委员"
    inspector = "监督检查员"
    team_inspector = "班组检查员"


class Grade(Options):
    """Result of the yearly assessment."""

    excellent = "优秀"
    competent = "称职"
    basic = "基本称职"
    incompetent = "不称职"


class InspectorTraining(Line):
    """A training of an inspector."""

    __tablename__ = "network_training"

    trained_on: Mapped[date] = field(Day(), "培训日期", required=True)
    hours: Mapped[Decimal | None] = field(Amount("学时", 1), "学时")
    content: Mapped[str | None] = field(Text(100), "培训内容")


class InspectorAssessment(Line):
    """A yearly assessment of an inspector."""

    __tablename__ = "network_assessment"

    assessed_on: Mapped[date] = field(Day(), "考核日期", required=True)
    grade: Mapped[Grade] = field(Choice(Grade), "考核等次", required=True)


class NetworkMember(Entry):
    """A post of the network and who holds it; a post held by someone who left counts as vacant."""

    __tablename__ = "network_member"

    level: Mapped[NetworkLevel] = field(Choice(NetworkLevel), "层级", required=True)
    person: Mapped[int] = field(person(), "姓名", required=True)
    post: Mapped[NetworkPost] = field(Choice(NetworkPost), "网络职务", required=True)
    workshop: Mapped[int | None] = field(workshop(), "车间")
    team: Mapped[int | None] = field(team(), "班组")
    document: Mapped[str | None] = field(Text(60), "任命文件")
    since: Mapped[date] = field(Day(), "任命日期", required=True)
    until: Mapped[date | None] = field(Day(), "离任日期")
    certificate: Mapped[str | None] = field(Text(40), "检查员证号")
    certificate_until: Mapped[date | None] = field(Day(), "证书有效期至")


def unit_of_level(member: NetworkMember) -> Problem | None:
    """Refuse a workshop or team post without its workshop or team."""
    if member.level is NetworkLevel.workshop and member.workshop is None:
        return problem(NetworkMember.workshop, "车间一级的委员须填车间")
    if member.level is NetworkLevel.team and member.team is None:
        return problem(NetworkMember.team, "班组一级的检查员须填班组")
    return None


NETWORK_MEMBERS = Ledger(
    key="network_member",
    title="劳动保护监督检查网络",
    prefix="WL",
    group=Group.organisation,
    record=NetworkMember,
    day=NetworkMember.since,
    columns=(
        NetworkMember.level,
        NetworkMember.person,
        NetworkMember.post,
        NetworkMember.workshop,
        NetworkMember.team,
        NetworkMember.since,
    ),
    sections=(Section("任职", NetworkMember.level), Section("任命与证书", NetworkMember.document)),
    identity=(NetworkMember.person, NetworkMember.level),
    lines=(
        Lines("trainings", "检查员培训", InspectorTraining),
        Lines("assessments", "检查员考核", InspectorAssessment),
    ),
    needs_proof=False,
    rules=(unit_of_level,),
)
