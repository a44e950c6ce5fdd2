"""The contract with its bargaining steps and its clauses."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.kinds import Choice, Day, Link, Text, Whole, YesNo
from ankang_desktop.declare.ledger import EvidenceSlot, Group, Ledger, Lines, Section, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry, Line
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.ledgers.contracts.terms import FilingRule, timetable


class ContractKind(Options):
    """A special contract, or a general one with clauses on safety and health."""

    special = "劳动安全卫生专项集体合同"
    women = "女职工权益保护专项集体合同"
    general = "集体合同（含劳动安全卫生条款）"


class Side(Options):
    """The two sides of the table."""

    staff = "职工方"
    employer = "企业方"


class ClauseKind(Options):
    """What a clause is about."""

    investment = "安全投入"
    ppe = "防护用品"
    medical_check = "健康检查"
    training = "教育培训"
    women = "女职工保护"
    heatstroke = "防暑降温"
    hazards = "隐患治理"
    hours = "工时休假"
    other = "其他"


class Representative(Line):
    """One negotiator."""

    __tablename__ = "contract_representative"

    side: Mapped[Side] = field(Choice(Side), "代表方", required=True)
    name: Mapped[str] = field(Text(20), "姓名", required=True, personal=True)
    is_chief: Mapped[bool | None] = field(YesNo(), "首席代表")


class Meeting(Line):
    """One round of bargaining."""

    __tablename__ = "contract_meeting"

    held_on: Mapped[date] = field(Day(), "协商日期", required=True)
    minutes: Mapped[str | None] = field(Text(300), "协商纪要")


class Clause(Line):
    """One clause; a metric makes it possible to say whether it was kept."""

    __tablename__ = "contract_clause"

    clause: Mapped[str] = field(Text(10), "条款号", required=True)
    kind: Mapped[ClauseKind | None] = field(Choice(ClauseKind), "条款类别")
    content: Mapped[str] = field(Text(300), "条款内容", required=True)
    metric: Mapped[str | None] = field(Text(100), "可衡量指标")
    department: Mapped[str | None] = field(Text(40), "责任部门")
    due_on: Mapped[date | None] = field(Day(), "完成期限")


class Contract(Entry):
    """One contract from offer to renewal."""

    __tablename__ = "contract"

    title: Mapped[str] = field(Text(80), "合同名称", required=True)
    kind: Mapped[ContractKind] = field(Choice(ContractKind), "合同类型", required=True)
    renews: Mapped[int | None] = field(Link("contract", "集体合同"), "续签的合同")
    hazard_note: Mapped[str | None] = field(Text(500, lines=3), "危害岗位人数与防护措施说明")
    rule: Mapped[FilingRule] = field(Choice(FilingRule), "适用时限", required=True, default=FilingRule.national)
    offered_on: Mapped[date | None] = field(Day(), "要约日期")
    answered_on: Mapped[date | None] = field(Day(), "应约日期")
    elected_on: Mapped[date | None] = field(Day(), "协商代表产生日期")
    consulted_on: Mapped[date | None] = field(Day(), "草案征求意见日期")
    congress_on: Mapped[date | None] = field(Day(), "职代会审议日期")
    delegates: Mapped[int | None] = field(Whole("人"), "应到代表")
    delegates_present: Mapped[int | None] = field(Whole("人"), "实到代表")
    votes_for: Mapped[int | None] = field(Whole("票"), "赞成票")
    signed_on: Mapped[date | None] = field(Day(), "首席代表签字日期", counts=True)
    filed_on: Mapped[date | None] = field(Day(), "报送受理日期", counts=True)
    filed_with: Mapped[str | None] = field(Text(40), "受理机关")
    objected_on: Mapped[date | None] = field(Day(), "提出异议日期")
    published_on: Mapped[date | None] = field(Day(), "公布日期")
    valid_until: Mapped[date | None] = field(Day(), "合同期满日期", counts=True)
    ended_on: Mapped[date | None] = field(Day(), "终止日期")
    file_by: Mapped[date | None] = field(Day(), "最晚报送日期", computed=True)
    in_force_from: Mapped[date | None] = field(Day(), "生效日期", computed=True)
    publish_by: Mapped[date | None] = field(Day(), "最晚公布日期", computed=True)
    renegotiate_from: Mapped[date | None] = field(Day(), "期满前协商日期", computed=True)


def set_timetable(contract: Contract) -> None:
    """Write what the dates make due on the entry."""
    times = timetable(contract)
    contract.file_by = times.file_by
    contract.in_force_from = times.in_force_from
    contract.publish_by = times.publish_by
    contract.renegotiate_from = times.renegotiate_from


def steps_in_order(contract: Contract) -> Problem | None:
    """Refuse filing before signing, or expiry before signing."""
    if contract.filed_on and not contract.signed_on:
        return problem(Contract.signed_on, "已报送的合同须填首席代表签字日期")
    if contract.signed_on and contract.filed_on and contract.filed_on < contract.signed_on:
        return problem(Contract.filed_on, f"报送受理日期早于签字日期 {contract.signed_on}，请核对")
    if contract.signed_on and contract.valid_until and contract.valid_until <= contract.signed_on:
        return problem(Contract.valid_until, f"合同期满日期应晚于签字日期 {contract.signed_on}，请核对")
    return None


def votes_add_up(contract: Contract) -> Problem | None:
    """Refuse more delegates present than called, or more votes than delegates."""
    if contract.delegates is not None and (contract.delegates_present or 0) > contract.delegates:
        return problem(Contract.delegates_present, f"实到代表多于应到的{contract.delegates}人，请核对")
    if contract.delegates_present is not None and (contract.votes_for or 0) > contract.delegates_present:
        return problem(Contract.votes_for, f"赞成票多于实到的{contract.delegates_present}人，请核对")
    return None


def term_of_one_to_three_years(contract: Contract) -> Problem | None:
    """Warn of a term outside one to three years (河南省企业集体合同条例; 集体合同规定)."""
    if contract.signed_on and contract.valid_until:
        years = (contract.valid_until - contract.signed_on).days / 365.25
        if not 0.9 <= years <= 3.1:
            return problem(Contract.valid_until, "集体合同期限一般为1至3年，请核对")
    return None


def three_to_ten_a_side(contract: Contract) -> Problem | None:
    """Warn of fewer than 3 or more than 10 representatives a side, or sides of different size."""
    sides = [line.side for line in contract.rows.get("representatives", [])]
    numbers = {side: sides.count(side) for side in Side}
    if sides and (any(not 3 <= number <= 10 for number in numbers.values()) or len(set(numbers.values())) > 1):
        shown = "、".join(f"{side.value}{number}人" for side, number in numbers.items())
        return Problem("representatives", f"协商代表每方3至10人、双方人数相等，现为{shown}")
    return None


def passed_by_half(contract: Contract) -> Problem | None:
    """Warn of a vote that did not pass: two thirds present, more than half of all for it (集体合同规定)."""
    called, present, votes = contract.delegates, contract.delegates_present, contract.votes_for
    if called and present is not None and votes is not None and (3 * present < 2 * called or 2 * votes <= called):
        return problem(Contract.votes_for, "须有三分之二以上代表出席、全体代表半数以上同意方获通过，请核对")
    return None


def filed_in_time(contract: Contract) -> Problem | None:
    """Warn of a filing after its limit."""
    if contract.filed_on and contract.file_by and contract.filed_on > contract.file_by:
        return problem(Contract.filed_on, f"报送晚于规定的最晚日期 {contract.file_by}")
    return None


CONTRACTS = Ledger(
    key="contract",
    title="集体合同台账",
    prefix="HT",
    group=Group.contract,
    record=Contract,
    day=Contract.signed_on,
    columns=(Contract.title, Contract.kind, Contract.signed_on, Contract.in_force_from, Contract.valid_until),
    sections=(
        Section("合同", Contract.title),
        Section("协商步骤", Contract.offered_on),
        Section("签订与报送", Contract.signed_on),
        Section("时限", Contract.file_by),
    ),
    naming=(Contract.title, Contract.number),
    identity=(Contract.title, Contract.signed_on),
    lines=(
        Lines("representatives", "协商代表", Representative),
        Lines("meetings", "协商会议", Meeting),
        Lines("clauses", "条款", Clause),
    ),
    evidence=(
        EvidenceSlot("text", "合同文本"),
        EvidenceSlot("resolution", "职代会决议"),
        EvidenceSlot("receipt", "报送审查回执"),
        EvidenceSlot("proof", "其他材料"),
    ),
    rules=(steps_in_order, votes_add_up),
    advice=(filed_in_time, term_of_one_to_three_years, three_to_ten_a_side, passed_by_half),
    derive=(set_timetable,),
)
