"""Inspections of every kind: 六查, patrols, winter heating, contractors, occupational health (domain.md §1, §5)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import Counted, PersonLine, person, team, workshop
from ankang_desktop.declare.kinds import Choice, Day, Tags, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Group, Ledger, Lines, Section
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry, Line
from ankang_desktop.ledgers.vocabulary import Campaign, Domain


class InspectionKind(Options):
    """What kind of check it was."""

    inspector_patrol = "检查员巡查"
    representative_patrol = "职工代表巡查"
    six_checks = "六查"
    team_mutual_check = "班组互查"
    winter_heating = "冬季取暖和燃气"
    extreme_weather = "极端天气前检查"
    outsourcing = "外包外租大排查"
    occ_health = "职业卫生监督检查"
    special = "专项检查"
    joint = "配合政府部门联合检查"
    watch = "节日值守检查"
    five_points = "督导五点自查"


class Scope(Options):
    """An action as a whole, or one project checked (焦作统计表 counts them apart)."""

    action = "活动"
    project = "项目"


class CheckItem(Options):
    """Lines of the two checklists the notices name: 六查 (桓台) and the four winter facilities (青岛)."""

    systems = "安全生产制度落实"
    standard_operation = "职工标准化作业"
    machine_guarding = "生产设备安全防护"
    ppe = "职工劳动保护用品配备"
    fixed_place = "安全生产定置管理"
    key_points = "安全生产现场关键点控制"
    coal_boiler = "燃煤锅炉"
    gas_pipe = "燃气管道"
    ventilation = "通风设施"
    coal_gas_appliance = "燃煤燃气器具"
    other = "其他"


class CheckResult(Options):
    """What was seen."""

    fine = "正常"
    faulty = "有问题"
    absent = "无此项"


class Inspector(PersonLine):
    """One who took part in the check."""

    __tablename__ = "inspection_inspector"


class CheckLine(Line):
    """One line of the checklist."""

    __tablename__ = "inspection_check"

    item: Mapped[CheckItem] = field(Choice(CheckItem), "检查项", required=True)
    result: Mapped[CheckResult] = field(Choice(CheckResult), "结果", required=True)
    problems: Mapped[int | None] = field(Whole("个"), "问题数")
    note: Mapped[str | None] = field(Text(200), "说明")


class Inspection(Counted, Entry):
    """One check; the hazards it found point back to it."""

    __tablename__ = "inspection"

    checked_on: Mapped[date] = field(Day(), "检查日期", required=True)
    kind: Mapped[InspectionKind] = field(Choice(InspectionKind), "检查类型", required=True, index=True)
    scope: Mapped[Scope] = field(Choice(Scope), "范围", required=True, default=Scope.action)
    project: Mapped[str | None] = field(Text(80), "受检项目")
    domains: Mapped[tuple[Domain, ...] | None] = field(Tags(Domain), "检查方面")
    by_union: Mapped[bool] = field(YesNo(), "工会组织", required=True, default=True)
    campaigns: Mapped[tuple[Campaign, ...] | None] = field(Tags(Campaign), "所属活动")
    workshop: Mapped[int | None] = field(workshop(), "受检车间")
    team: Mapped[int | None] = field(team(), "受检班组")
    place: Mapped[str | None] = field(Text(80), "检查部位")
    leader: Mapped[int | None] = field(person(), "检查负责人")
    representatives: Mapped[int | None] = field(Whole("人"), "职工代表人数")
    findings: Mapped[str | None] = field(Text(1000, lines=4), "检查情况", counts=True)
    found: Mapped[int | None] = field(Whole("条"), "发现隐患数")
    opinion: Mapped[str | None] = field(Text(300, lines=2), "检查意见")


_OUTSOURCING = Inspection.kind == InspectionKind.outsourcing

INSPECTIONS = Ledger(
    key="inspection",
    title="安全检查台账",
    prefix="JC",
    group=Group.hazard,
    record=Inspection,
    day=Inspection.checked_on,
    columns=(Inspection.checked_on, Inspection.kind, Inspection.place, Inspection.leader, Inspection.found),
    sections=(
        Section("检查", Inspection.checked_on),
        Section("情况", Inspection.findings),
        Section("统计", Inspection.sessions),
    ),
    identity=(Inspection.checked_on, Inspection.kind, Inspection.place),
    lines=(
        Lines("inspectors", "检查人员", Inspector, inline=True),
        Lines("checks", "检查项目", CheckLine),
    ),
    needs_any=(("leader", "inspectors", "headcount"),),
    counters=(
        Counter("outsourcing_action", "外包外租大排查活动", _OUTSOURCING & (Inspection.scope == Scope.action)),
        Counter("outsourcing_project", "外包外租项目排查", _OUTSOURCING & (Inspection.scope == Scope.project)),
    ),
)
