"""Protective equipment: what a post is due, what was issued, and the checks (GB 39800.1-2020; domain.md §5.9)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import person, post
from ankang_desktop.declare.kinds import Day, Text, Whole
from ankang_desktop.declare.ledger import Group, Ledger, Section, in_order, problem
from ankang_desktop.declare.record import Entry
from ankang_desktop.kernel.errors import Problem


class PpeStandard(Entry):
    """What everyone on a post is due, and how often it is renewed."""

    __tablename__ = "ppe_standard"

    post: Mapped[int] = field(post(), "岗位", required=True)
    item: Mapped[str] = field(Text(40), "防护用品", required=True)
    quantity: Mapped[int] = field(Whole(least=1), "数量", required=True, default=1)
    cycle_months: Mapped[int | None] = field(Whole("个月", least=1), "更换周期")
    standard: Mapped[str | None] = field(Text(40), "执行标准")


class PpeIssue(Entry):
    """One item given to one person."""

    __tablename__ = "ppe_issue"

    issued_on: Mapped[date] = field(Day(), "发放日期", required=True)
    person: Mapped[int] = field(person(), "领用人", required=True)
    item: Mapped[str] = field(Text(40), "防护用品", required=True)
    quantity: Mapped[int] = field(Whole(least=1), "数量", required=True, default=1)
    maker: Mapped[str | None] = field(Text(40), "生产厂家")
    model: Mapped[str | None] = field(Text(40), "型号")
    valid_until: Mapped[date | None] = field(Day(), "用品有效期至")
    certificate: Mapped[str | None] = field(Text(40), "合格证或标准号")
    replace_on: Mapped[date | None] = field(Day(), "下次更换日期")
    returned_on: Mapped[date | None] = field(Day(), "交回日期")
    return_reason: Mapped[str | None] = field(Text(60), "交回或报废原因")


class PpeCheck(Entry):
    """One check of wearing and condition."""

    __tablename__ = "ppe_check"

    checked_on: Mapped[date] = field(Day(), "检查日期", required=True)
    checker: Mapped[int | None] = field(person(), "检查人", counts=True)
    sampled: Mapped[int] = field(Whole("人", least=1), "抽查人数", required=True)
    passed: Mapped[int] = field(Whole("人"), "佩戴合格人数", required=True)
    failed_items: Mapped[str | None] = field(Text(200), "失效件处理")


def passed_at_most_sampled(check: PpeCheck) -> Problem | None:
    """Refuse more passes than people looked at."""
    if check.passed > check.sampled:
        return problem(PpeCheck.passed, f"合格人数多于抽查的{check.sampled}人，请核对")
    return None


PPE_STANDARDS = Ledger(
    key="ppe_standard",
    title="劳动防护用品配备标准",
    prefix="FB",
    group=Group.health,
    record=PpeStandard,
    columns=(PpeStandard.post, PpeStandard.item, PpeStandard.quantity, PpeStandard.cycle_months),
    sections=(Section("标准", PpeStandard.post),),
    identity=(PpeStandard.post, PpeStandard.item),
    needs_proof=False,
)

PPE_ISSUES = Ledger(
    key="ppe_issue",
    title="劳动防护用品发放",
    prefix="FF",
    group=Group.health,
    record=PpeIssue,
    day=PpeIssue.issued_on,
    columns=(PpeIssue.issued_on, PpeIssue.person, PpeIssue.item, PpeIssue.quantity, PpeIssue.replace_on),
    sections=(Section("发放", PpeIssue.issued_on),),
    identity=(PpeIssue.person, PpeIssue.item, PpeIssue.issued_on),
    needs_proof=False,
    rules=(in_order(PpeIssue.issued_on, PpeIssue.replace_on),),
)

PPE_CHECKS = Ledger(
    key="ppe_check",
    title="劳动防护用品检查",
    prefix="FJ",
    group=Group.health,
    record=PpeCheck,
    day=PpeCheck.checked_on,
    columns=(PpeCheck.checked_on, PpeCheck.checker, PpeCheck.sampled, PpeCheck.passed),
    sections=(Section("检查", PpeCheck.checked_on),),
    identity=(PpeCheck.checked_on, PpeCheck.checker),
    rules=(passed_at_most_sampled,),
)
