"""Special collective contracts, checks of their performance, reports to the staff congress (domain.md §5.5)."""

from ankang_desktop.ledgers.contracts.agreement import CONTRACTS
from ankang_desktop.ledgers.contracts.performance import CONGRESS_REPORTS, FULFILMENTS

__all__ = ["CONGRESS_REPORTS", "CONTRACTS", "FULFILMENTS"]
