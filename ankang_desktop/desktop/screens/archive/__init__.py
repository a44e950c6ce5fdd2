"""档案盒: the evidence of the year by scorecard row and by box."""

from ankang_desktop.desktop.screens.archive.page import ArchivePage

__all__ = ["ArchivePage"]
