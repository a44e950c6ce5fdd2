"""The line a list is searched with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from ankang_desktop.desktop.look import px


class SearchLine(QLineEdit):
    """Esc empties it; Enter or ↓ is `left` for what was found.

    Ctrl+Z and Ctrl+Y are left to the window where there is no typing to take back: a line edit would swallow them.
    """

    left = Signal()

    def __init__(self, hint: str, wide: int, name: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setFixedWidth(px(wide))

    def take(self) -> None:
        """Take the keys, what stands there chosen to be written over."""
        self.setFocus()
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_idle = (event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()) or (
                event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            )
            if is_idle:
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        else:
            super().keyPressEvent(event)
