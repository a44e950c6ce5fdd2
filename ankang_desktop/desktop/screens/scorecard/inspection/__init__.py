"""迎检模式: the card row by row before an inspector, large, with its evidence; nothing can be changed here."""

from ankang_desktop.desktop.screens.scorecard.inspection.window import InspectionWindow

__all__ = ["InspectionWindow"]
