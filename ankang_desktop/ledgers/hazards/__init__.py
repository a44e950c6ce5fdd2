"""The hazard ledger and its closed loop (domain.md §5.1; 安全生产法 第41条)."""

from ankang_desktop.ledgers.hazards.declaration import HAZARD_POINTS, HAZARDS

__all__ = ["HAZARDS", "HAZARD_POINTS"]
