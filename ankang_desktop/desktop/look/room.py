"""The room that windows have.

A widget is never asked for its screen(): PySide (6.12) takes the answer for a child of the widget, and where the
collector lets such a widget go, it deletes the screen with it. The program ends at the next look at a screen.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication


def room() -> QRect:
    """Return what a window may fill of the first screen."""
    return QGuiApplication.primaryScreen().availableGeometry()
