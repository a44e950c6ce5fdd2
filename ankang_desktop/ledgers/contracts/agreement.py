"""The arrangement of the contract ledger, and what is refused or warned of."""

from __future__ import annotations

from ankang_desktop.declare.ledger import EvidenceSlot, Group, Ledger, Lines, Section, in_order, problem
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.ledgers.contracts.record import Clause, Contract, Meeting, Representative
from ankang_desktop.ledgers.contracts.terms import timetable
from ankang_desktop.ledgers.contracts.words import Side


def set_timetable(contract: Contract) -> None:
    """Write what the dates make due on the entry."""
    times = timetable(contract)
    contract.file_by = times.file_by
    contract.in_force_from = times.in_force_from
    contract.publish_by = times.publish_by
    contract.renegotiate_from = times.renegotiate_from


def filed_after_signing(contract: Contract) -> Problem | None:
    """Refuse filing without signing, or expiry before signing."""
    if contract.filed_on and not contract.signed_on:
        return problem(Contract.signed_on, "已报送的合同须填首席代表签字日期")
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
    rules=(filed_after_signing, in_order(Contract.signed_on, Contract.filed_on), votes_add_up),
    advice=(filed_in_time, term_of_one_to_three_years, three_to_ten_a_side, passed_by_half),
    derive=(set_timetable,),
)
