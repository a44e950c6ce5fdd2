"""Who is responsible and on which paper: committee, safety staff, documents, commitments, registration, watch."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import PersonLine, person
from ankang_desktop.declare.kinds import Choice, Day, Text, Whole, YesNo
from ankang_desktop.declare.ledger import PROOF, SIGN_IN, Group, Ledger, Lines, Section
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.ledgers.vocabulary import Channel


class CommitteeRole(Options):
    """Roles in the enterprise's contest committee (竞赛组委会)."""

    chair = "主任"
    vice_chair = "副主任"
    office_head = "办公室负责人"
    member = "委员"


class CommitteeMember(Entry):
    """One seat of the contest committee."""

    __tablename__ = "committee_member"

    person: Mapped[int] = field(person(), "姓名", required=True)
    role: Mapped[CommitteeRole] = field(Choice(CommitteeRole), "组委会职务", required=True)
    department: Mapped[str | None] = field(Text(40), "部门", counts=True)
    duty: Mapped[str | None] = field(Text(40), "行政职务")
    is_principal: Mapped[bool] = field(
        YesNo(), "是否主要负责人", required=True, default=False, help="法定代表人、董事长、总经理、党委书记、厂长填“是”"
    )
    since: Mapped[date] = field(Day(), "任职日期", required=True)
    until: Mapped[date | None] = field(Day(), "离任日期")


class StaffMode(Options):
    """Full-time or part-time (安全生产法 第24条)."""

    full_time = "专职"
    part_time = "兼职"


class SafetyStaff(Entry):
    """A full- or part-time safety person of the enterprise."""

    __tablename__ = "safety_staff"

    person: Mapped[int] = field(person(), "姓名", required=True)
    mode: Mapped[StaffMode] = field(Choice(StaffMode), "专兼职", required=True)
    unit: Mapped[str | None] = field(Text(40), "所在部门")
    document: Mapped[str | None] = field(Text(60), "任命文件")
    since: Mapped[date] = field(Day(), "任命日期", required=True)
    until: Mapped[date | None] = field(Day(), "离任日期")


class DocumentKind(Options):
    """What a paper is; the first eight are the words of scorecard row 2."""

    plan = "年度竞赛计划"
    deployment = "部署会或通知"
    scheme = "竞赛实施方案"
    organising = "组织实施记录"
    checking = "检查记录"
    appraisal = "评比材料"
    commendation = "表彰决定"
    rewarding = "奖励发放表"
    committee = "组委会（领导小组）文件"
    committee_minutes = "组委会会议纪要"
    safety_organisation = "安全管理机构文件"
    safety_plan = "年度安全生产计划"
    occ_health_plan = "职业病防治计划"
    work_scheme = "安全生产实施方案（有责任人和时限）"
    responsibility_system = "全员安全生产责任制"
    assessment_system = "责任制管理考核制度"
    assessment_result = "责任制考核结果"
    hazard_system = "隐患排查治理制度"
    reward_system = "隐患举报奖励制度"
    dual_report_system = "重大隐患“双报告”制度"
    occ_health_system = "职业卫生管理制度"
    occ_health_procedure = "职业卫生操作规程"
    occ_health_archive = "职业卫生档案"
    women_system = "女职工保护制度"
    union_committee = "工会劳动保护监督检查委员会文件"
    heat_plan = "防暑降温方案"
    emergency_plan = "应急预案"
    training_plan = "年度培训计划"
    culture = "安全文化、健康企业文件"
    self_review = "自查报告（回头看）"
    reward_fund = "专项奖励资金文件"
    summary = "活动总结"
    other = "其他"


class Document(Entry):
    """A paper with a number and a date (domain.md §5.16)."""

    __tablename__ = "document"

    kind: Mapped[DocumentKind] = field(Choice(DocumentKind), "类别", required=True, index=True)
    title: Mapped[str] = field(Text(120), "文件名称", required=True)
    reference: Mapped[str | None] = field(Text(40), "文号")
    issuer: Mapped[str | None] = field(Text(40), "印发部门")
    issued_on: Mapped[date] = field(Day(), "印发日期", required=True)
    valid_until: Mapped[date | None] = field(Day(), "有效期至")
    has_owners: Mapped[bool | None] = field(YesNo(), "已明确责任人和时限")


class CommitmentKind(Options):
    """Which letter was signed."""

    responsibility = "安全生产责任书"
    promise = "安全承诺践诺书"


class Signatory(PersonLine):
    """One person who signed."""

    __tablename__ = "commitment_signatory"


class Commitment(Entry):
    """A round of signing letters of responsibility or promise."""

    __tablename__ = "commitment"

    kind: Mapped[CommitmentKind] = field(Choice(CommitmentKind), "类别", required=True)
    signed_on: Mapped[date] = field(Day(), "签订日期", required=True)
    scope: Mapped[str | None] = field(Text(60), "签订范围")
    copies: Mapped[int | None] = field(Whole("份"), "签订份数", help="有签订人名单时以名单为准")


class Registration(Entry):
    """Entering the competition: once a cycle, through one channel (全总通知 四（二）)."""

    __tablename__ = "registration"

    cycle: Mapped[str] = field(Text(20), "竞赛周期", required=True, help="如 2025—2026")
    registered_on: Mapped[date] = field(Day(), "报名日期", required=True)
    channel: Mapped[Channel] = field(Choice(Channel), "报名渠道", required=True)
    receipt: Mapped[str | None] = field(Text(60), "回执或报名表号")
    teams: Mapped[int | None] = field(Whole("个班组"), "参赛班组数")
    staff: Mapped[int | None] = field(Whole("人"), "参赛职工数")


class WatchPerson(PersonLine):
    """One person on watch."""

    __tablename__ = "watch_person"


class Watch(Entry):
    """A watch over Spring Festival, the Two Sessions or another moving feast; its days are entered each year."""

    __tablename__ = "watch"

    occasion: Mapped[str] = field(Text(40), "值守时段", required=True, help="如 春节、全国“两会”")
    watched_on: Mapped[date] = field(Day(), "值守日期", required=True)
    notes: Mapped[str | None] = field(Text(500, lines=3), "值守情况", counts=True)


COMMITTEE_MEMBERS = Ledger(
    key="committee_member",
    title="竞赛组委会成员",
    prefix="ZW",
    group=Group.organisation,
    record=CommitteeMember,
    day=CommitteeMember.since,
    columns=(CommitteeMember.person, CommitteeMember.role, CommitteeMember.department, CommitteeMember.is_principal),
    sections=(Section("成员", CommitteeMember.person),),
    identity=(CommitteeMember.person, CommitteeMember.role),
    needs_proof=False,
)

SAFETY_STAFF = Ledger(
    key="safety_staff",
    title="安全管理人员",
    prefix="AQ",
    group=Group.organisation,
    record=SafetyStaff,
    day=SafetyStaff.since,
    columns=(SafetyStaff.person, SafetyStaff.mode, SafetyStaff.unit, SafetyStaff.since),
    sections=(Section("人员", SafetyStaff.person),),
    identity=(SafetyStaff.person,),
    needs_proof=False,
)

DOCUMENTS = Ledger(
    key="document",
    title="文件与制度登记",
    prefix="WJ",
    group=Group.organisation,
    record=Document,
    day=Document.issued_on,
    columns=(Document.kind, Document.title, Document.reference, Document.issued_on, Document.valid_until),
    sections=(Section("文件", Document.kind),),
    identity=(Document.title, Document.issued_on),
)

COMMITMENTS = Ledger(
    key="commitment",
    title="责任书与承诺书签订",
    prefix="ZR",
    group=Group.organisation,
    record=Commitment,
    day=Commitment.signed_on,
    columns=(Commitment.kind, Commitment.signed_on, Commitment.scope, Commitment.copies),
    sections=(Section("签订", Commitment.kind),),
    identity=(Commitment.kind, Commitment.signed_on),
    evidence=(PROOF, SIGN_IN),
    lines=(Lines("signatories", "签订人", Signatory, inline=True),),
    needs_any=(("copies", "signatories"),),
)

REGISTRATIONS = Ledger(
    key="registration",
    title="参赛报名",
    prefix="BM",
    group=Group.organisation,
    record=Registration,
    day=Registration.registered_on,
    columns=(Registration.cycle, Registration.registered_on, Registration.channel, Registration.receipt),
    sections=(Section("报名", Registration.cycle),),
    identity=(Registration.cycle,),
)

WATCHES = Ledger(
    key="watch",
    title="安全值守",
    prefix="ZS",
    group=Group.organisation,
    record=Watch,
    day=Watch.watched_on,
    columns=(Watch.occasion, Watch.watched_on, Watch.notes),
    sections=(Section("值守", Watch.occasion),),
    identity=(Watch.occasion, Watch.watched_on),
    lines=(Lines("people", "值守人", WatchPerson, inline=True),),
    needs_proof=False,
)
