"""Workshops, teams, posts and employees, each valid from one day until another (domain.md §5.0)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import person, post, team, workshop
from ankang_desktop.declare.kinds import Amount, Choice, Day, Tags, Text, YesNo
from ankang_desktop.declare.ledger import Group, Ledger, Lines, Section, in_order
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry, Line


class Sex(Options):
    """Kept for the denominators of 女职工保护 only; exported as counts."""

    male = "男"
    female = "女"


class Employment(Options):
    """Form of employment; dispatched workers and interns are trained alike (安全生产法 第28条)."""

    contract = "合同制"
    dispatched = "劳务派遣"
    intern = "实习"
    contractor = "外包"


class Category(Options):
    """Groups whose coverage the notices ask for."""

    frontline = "一线职工"
    migrant = "农民工"
    new_form = "新就业形态"
    manager = "管理人员"
    safety_manager = "安全管理人员"


class Workshop(Entry):
    """A workshop (车间/分会), the second level of the supervision network."""

    __tablename__ = "workshop"

    name: Mapped[str] = field(Text(40, pinyin=True), "车间名称", required=True)
    head: Mapped[int | None] = field(person(), "车间负责人")
    valid_from: Mapped[date | None] = field(Day(), "启用日期")
    valid_until: Mapped[date | None] = field(Day(), "撤销日期")


class Team(Entry):
    """A basic work team (班组)."""

    __tablename__ = "team"

    name: Mapped[str] = field(Text(40, pinyin=True), "班组名称", required=True)
    workshop: Mapped[int | None] = field(workshop(), "所属车间")
    leader: Mapped[int | None] = field(person(), "班组长")
    safety_person: Mapped[int | None] = field(person(), "安全员")
    valid_from: Mapped[date | None] = field(Day(), "启用日期")
    valid_until: Mapped[date | None] = field(Day(), "撤销日期")


class Post(Entry):
    """A post, with what it exposes its holder to and the document that states its duties."""

    __tablename__ = "post"

    name: Mapped[str] = field(Text(40), "岗位名称", required=True)
    exposed: Mapped[bool] = field(YesNo(), "接触职业病危害", required=True, default=False)
    factors: Mapped[str | None] = field(Text(100), "危害因素")
    heat: Mapped[bool] = field(YesNo(), "高温或露天作业", required=True, default=False)
    forbidden_to_women: Mapped[bool] = field(YesNo(), "女职工禁忌岗位", required=True, default=False)
    special_work: Mapped[bool] = field(YesNo(), "特种作业", required=True, default=False)
    duty_document: Mapped[str | None] = field(Text(100), "安全职责文件", help="写明本岗位职责的文件名或文号")
    valid_from: Mapped[date | None] = field(Day(), "启用日期")
    valid_until: Mapped[date | None] = field(Day(), "撤销日期")


class Certificate(Line):
    """A certificate a person holds."""

    __tablename__ = "employee_certificate"

    kind: Mapped[str] = field(Text(40), "证书种类", required=True)
    number: Mapped[str | None] = field(Text(40), "证书编号")
    valid_until: Mapped[date | None] = field(Day(), "有效期至")
    review_on: Mapped[date | None] = field(Day(), "复审日期")


class Employee(Entry):
    """A person of the roster, known by the employee number; no ID number, phone or address (domain.md §8)."""

    __tablename__ = "employee"

    code: Mapped[str] = field(Text(20), "工号", required=True)
    name: Mapped[str] = field(Text(20, pinyin=True), "姓名", required=True, personal=True)
    sex: Mapped[Sex | None] = field(Choice(Sex), "性别")
    team: Mapped[int | None] = field(team(), "班组")
    post: Mapped[int | None] = field(post(), "岗位")
    joined_on: Mapped[date | None] = field(Day(), "入职日期")
    left_on: Mapped[date | None] = field(Day(), "离职日期")
    employment: Mapped[Employment | None] = field(Choice(Employment), "用工形式")
    categories: Mapped[tuple[Category, ...] | None] = field(Tags(Category), "类别")
    induction_company_on: Mapped[date | None] = field(Day(), "公司级安全教育日期")
    induction_workshop_on: Mapped[date | None] = field(Day(), "车间级安全教育日期")
    induction_team_on: Mapped[date | None] = field(Day(), "班组级安全教育日期")
    induction_hours: Mapped[Decimal | None] = field(
        Amount("学时", 1), "三级安全教育学时", help="新员工一般不少于24学时"
    )
    induction_examiner: Mapped[str | None] = field(Text(20), "三级安全教育考核人", personal=True)
    anonymised_on: Mapped[date | None] = field(Day(), "匿名化日期", computed=True)


WORKSHOPS = Ledger(
    key="workshop",
    title="车间",
    prefix="CJ",
    group=Group.enterprise,
    record=Workshop,
    columns=(Workshop.name, Workshop.head, Workshop.valid_from, Workshop.valid_until),
    sections=(Section("车间", Workshop.name),),
    naming=(Workshop.name,),
    identity=(Workshop.name,),
    unique=True,
    needs_proof=False,
)

TEAMS = Ledger(
    key="team",
    title="班组",
    prefix="BZ",
    group=Group.enterprise,
    record=Team,
    columns=(Team.name, Team.workshop, Team.leader, Team.safety_person),
    sections=(Section("班组", Team.name),),
    naming=(Team.name,),
    identity=(Team.name,),
    unique=True,
    needs_proof=False,
)

POSTS = Ledger(
    key="post",
    title="岗位",
    prefix="GW",
    group=Group.enterprise,
    record=Post,
    columns=(Post.name, Post.exposed, Post.heat, Post.forbidden_to_women, Post.duty_document),
    sections=(Section("岗位", Post.name),),
    naming=(Post.name,),
    identity=(Post.name,),
    unique=True,
    needs_proof=False,
)

EMPLOYEES = Ledger(
    key="employee",
    title="职工名册",
    prefix="ZG",
    group=Group.enterprise,
    record=Employee,
    columns=(Employee.code, Employee.name, Employee.sex, Employee.team, Employee.post, Employee.joined_on),
    sections=(Section("职工", Employee.code), Section("三级安全教育", Employee.induction_company_on)),
    naming=(Employee.name, Employee.code),
    identity=(Employee.code,),
    unique=True,
    lines=(Lines("certificates", "证书", Certificate),),
    needs_proof=False,
    rules=(in_order(Employee.joined_on, Employee.left_on),),
)
