"""班组网格: twelve months by team, a hole is a click from its record."""

from ankang_desktop.desktop.screens.grid.page import GridPage

__all__ = ["GridPage"]
