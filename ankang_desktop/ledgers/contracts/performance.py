"""Checking clause by clause whether a contract is kept, and telling the staff congress."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import PersonLine
from ankang_desktop.declare.kinds import Choice, Day, Link, Tags, Text
from ankang_desktop.declare.ledger import Group, Ledger, Lines, Section
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry, Line
from ankang_desktop.kernel.numbers import percent


class ClauseResult(Options):
    """How a clause stands."""

    kept = "已履行"
    partly = "部分履行"
    broken = "未履行"
    not_due = "未到期"
    not_applicable = "不适用"


class CheckedClause(Line):
    """One clause with its result."""

    __tablename__ = "fulfilment_clause"

    clause: Mapped[str] = field(Text(10), "条款号", required=True)
    content: Mapped[str | None] = field(Text(300), "条款内容")
    result: Mapped[ClauseResult] = field(Choice(ClauseResult), "履行情况", required=True)
    evidence: Mapped[str | None] = field(Text(200), "依据")


class StaffRepresentative(PersonLine):
    """One staff representative who took part in the check."""

    __tablename__ = "fulfilment_representative"


class Fulfilment(Entry):
    """One check of performance (石家庄意见: 定期组织职工代表督导检查合同履约率)."""

    __tablename__ = "fulfilment"

    contract: Mapped[int] = field(Link("contract", "集体合同"), "集体合同", required=True)
    checked_on: Mapped[date] = field(Day(), "检查日期", required=True)
    findings: Mapped[str | None] = field(Text(500, lines=3), "检查情况")
    rate: Mapped[str | None] = field(Text(10), "履约率", computed=True)
    rate_note: Mapped[str | None] = field(Text(40), "履约率说明", computed=True)


class ReportTopic(Options):
    """What was reported to the staff congress."""

    hazards = "隐患治理"
    major_hazards = "重大隐患治理"
    patrols = "职工代表巡查"
    contract = "集体合同履行"
    safety = "安全生产工作"


class CongressReport(Entry):
    """A report to the staff congress (石家庄意见: 向职代会报告工作)."""

    __tablename__ = "congress_report"

    session: Mapped[str] = field(Text(60), "职代会届次", required=True)
    reported_on: Mapped[date] = field(Day(), "报告日期", required=True)
    topics: Mapped[tuple[ReportTopic, ...] | None] = field(Tags(ReportTopic), "报告内容", counts=True)
    resolution: Mapped[str | None] = field(Text(300, lines=2), "决议")


def performance_rate(results: Iterable[ClauseResult]) -> Fraction | None:
    """Return 履约率 = 已履行 / (全部 - 未到期 - 不适用); None where nothing is due yet."""
    due = [each for each in results if each not in {ClauseResult.not_due, ClauseResult.not_applicable}]
    return Fraction(due.count(ClauseResult.kept), len(due)) if due else None


def rate_with_halves(results: Iterable[ClauseResult]) -> Fraction | None:
    """Return the variant that counts 部分履行 as one half; a note, never the printed figure."""
    due = [each for each in results if each not in {ClauseResult.not_due, ClauseResult.not_applicable}]
    halves = 2 * due.count(ClauseResult.kept) + due.count(ClauseResult.partly)
    return Fraction(halves, 2 * len(due)) if due else None


def set_rate(check: Fulfilment) -> None:
    """Write the rate and its note on the entry."""
    results = [line.result for line in check.rows.get("clauses", [])]
    rate, halves = performance_rate(results), rate_with_halves(results)
    check.rate = None if rate is None else percent(rate)
    check.rate_note = f"部分按0.5计 {percent(halves)}" if halves is not None and halves != rate else None


FULFILMENTS = Ledger(
    key="fulfilment",
    title="集体合同履约检查",
    prefix="LY",
    group=Group.contract,
    record=Fulfilment,
    day=Fulfilment.checked_on,
    columns=(Fulfilment.contract, Fulfilment.checked_on, Fulfilment.rate, Fulfilment.rate_note),
    sections=(Section("检查", Fulfilment.contract),),
    identity=(Fulfilment.contract, Fulfilment.checked_on),
    lines=(
        Lines("clauses", "条款履行情况", CheckedClause),
        Lines("representatives", "职工代表", StaffRepresentative, inline=True),
    ),
    needs_any=(("clauses",),),
    derive=(set_rate,),
)

CONGRESS_REPORTS = Ledger(
    key="congress_report",
    title="向职代会报告",
    prefix="ZD",
    group=Group.contract,
    record=CongressReport,
    day=CongressReport.reported_on,
    columns=(CongressReport.session, CongressReport.reported_on, CongressReport.topics),
    sections=(Section("报告", CongressReport.session),),
    identity=(CongressReport.session, CongressReport.reported_on),
)
