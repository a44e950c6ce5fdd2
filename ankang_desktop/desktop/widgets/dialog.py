"""What every window over the window owes: Tab goes as the eye goes, and Enter presses what it is there for.

Left alone, Qt lets Enter press the first button it finds after the part that has the keys: “copy the list” for who
typed a word to search for, “open elsewhere” for who typed a page number.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton

from ankang_desktop.desktop.widgets import tabbing

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Dialog(QDialog):
    """Enter presses the button that has the keys, else the primary one in sight; with `enter_acts` False no other."""

    enter_acts = True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        return tabbing.step(self, is_forward=forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.enter_acts and self.isVisible():  # a list that had Enter first may have closed it
            primary = (each for each in self.findChildren(QPushButton) if each.property("kind") == "primary")
            if (button := next((each for each in primary if each.isVisible()), None)) is not None:
                button.click()
