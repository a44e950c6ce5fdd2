"""隐患闭环: the board by stage, the ladder, one hazard with its photos and its next steps, the indicators."""

from ankang_desktop.desktop.screens.hazards.page import HazardsPage

__all__ = ["HazardsPage"]
