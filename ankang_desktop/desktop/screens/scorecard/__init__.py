"""评分表: the national card as printed, every box opening to its units, every point to its proof; 迎检模式."""

from ankang_desktop.desktop.screens.scorecard.page import ScorecardPage

__all__ = ["ScorecardPage"]
