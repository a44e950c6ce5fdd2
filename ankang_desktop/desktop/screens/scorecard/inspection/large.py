"""Type that is read from two metres."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from ankang_desktop.desktop.look import current


def large(made: QLabel, points: float, *, bold: bool = False) -> QLabel:
    """Return a label with its type set to a size at 100 %, grown with the text size chosen."""
    weight = "font-weight: 700;" if bold else ""
    made.setStyleSheet(f"font-size: {points * current().scale:g}pt; {weight}")
    return made
