"""Dates and state of a collective contract as the law counts them.

劳动合同法 第54条, 劳动法 第34条: submitted to the labour administration, in force unless it objects within 15 days of
receipt. 集体合同规定: submitted within 10 days of signing. 河南省企业集体合同条例: 7 days; published within 10 days of
coming into force; bargaining again begins 60 days before expiry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ankang_desktop.ledgers.contracts.record import Contract
from ankang_desktop.ledgers.contracts.words import ContractState, FilingRule

REVIEW_DAYS = 15


@dataclass(frozen=True)
class Timetable:
    """What the dates of a contract make due; None where it cannot be said yet."""

    file_by: date | None
    review_until: date | None
    in_force_from: date | None
    publish_by: date | None
    renegotiate_from: date | None


def timetable(contract: Contract) -> Timetable:
    """Return the timetable of a contract; the day of signing or receipt itself is not counted."""
    henan = contract.rule is FilingRule.henan
    file_by = contract.signed_on + timedelta(days=7 if henan else 10) if contract.signed_on else None
    review_until = contract.filed_on + timedelta(days=REVIEW_DAYS) if contract.filed_on else None
    in_force_from = review_until + timedelta(days=1) if review_until and not contract.objected_on else None
    return Timetable(
        file_by,
        review_until,
        in_force_from,
        in_force_from + timedelta(days=10) if henan and in_force_from else None,
        contract.valid_until - timedelta(days=60) if henan and contract.valid_until else None,
    )


def state(contract: Contract, as_of: date) -> ContractState:
    """Return the state of a contract on a day; only 生效中 counts for the scorecard."""
    times = timetable(contract)
    if contract.ended_on and contract.ended_on <= as_of:
        return ContractState.ended
    if contract.valid_until and contract.valid_until < as_of:
        return ContractState.expired
    if contract.filed_on and contract.filed_on <= as_of:
        if contract.objected_on and contract.objected_on <= as_of:
            return ContractState.objected
        return ContractState.in_force if times.in_force_from and as_of >= times.in_force_from else ContractState.review
    if times.file_by is None or (contract.signed_on and contract.signed_on > as_of):
        return ContractState.draft
    return ContractState.overdue if as_of > times.file_by else ContractState.to_file
