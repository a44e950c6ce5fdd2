"""Collective contracts in force (row 11); what is expired, unfiled or still under review is not in force."""

from __future__ import annotations

from typing import cast

from ankang_desktop.ledgers.contracts.record import Contract
from ankang_desktop.ledgers.contracts.terms import state
from ankang_desktop.ledgers.contracts.words import ContractKind, ContractState
from ankang_desktop.ledgers.organisation import DocumentKind
from ankang_desktop.scoring.measured import Measured, measure, yes
from ankang_desktop.scoring.measures.organisation import is_high_risk
from ankang_desktop.scoring.measures.papers import document_in_force
from ankang_desktop.scoring.references import Key
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.store.query import entries


@measure("contract_in_force")
def contract_in_force(scope: Scope, kinds: tuple[ContractKind, ...]) -> Measured:
    """Say whether a contract of one of these kinds is in force on the last day looked at."""
    ledger = scope.ledger(Contract)
    keys = scope.keys(Contract, Contract.kind.in_(kinds), dated=False)
    stands = {
        Key(ledger.key, stored.id): (stored.number, state(cast("Contract", entry), scope.period.cut))
        for stored, entry in entries(scope.connection, ledger, [key.id for key in keys])
    }
    used = tuple(key for key, (_, each) in stands.items() if each is ContractState.in_force)
    named = "、".join(kind.value for kind in kinds)
    told = "、".join(f"{number}{each.value}" for number, each in stands.values())
    if used:
        return Measured(yes(True), f"{told}", used)
    return Measured(
        yes(False),
        f"没有生效中的{named}" + (f"（{told}）" if told else ""),
        missing=(f"请办妥{named}的签订、报送并登记",),
    )


@measure("special_contract_in_force", ledger="contract")
def special_contract_in_force(scope: Scope) -> Measured:
    """Say whether a special contract on labour safety and health is in force."""
    return contract_in_force(scope, (ContractKind.special,))


@measure("special_contract_where_high_risk")
def special_contract_where_high_risk(scope: Scope) -> Measured:
    """Say whether a high-risk trade has the special contract it must have; others need none."""
    if not is_high_risk(scope):
        return Measured(yes(True), "不属高危行业")
    found = special_contract_in_force(scope)
    return Measured(found.share, f"高危行业必须签订专项集体合同：{found.reason}", found.used, missing=found.missing)


@measure("women_system")
def women_system(scope: Scope) -> Measured:
    """Say whether a system document for women's protection, or a women's special contract, is in force."""
    document = document_in_force(scope, (DocumentKind.women_system,))
    contract = contract_in_force(scope, (ContractKind.women,))
    chosen = document if document.share or not contract.share else contract
    return Measured(chosen.share, chosen.reason, document.used + contract.used, missing=chosen.missing)
