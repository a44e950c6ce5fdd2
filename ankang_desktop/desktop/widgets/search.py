"""The line a list is searched with, and what any line in the window has to leave to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from ankang_desktop.desktop.look import px


class Yielding(QObject):
    """Leaves Ctrl+Z and Ctrl+Y to the window where a line has no typing to take back: it would swallow them.

    One for the application, on the line with the keys alone: a filter sees every event, and a form has dozens of lines.
    A filter and not an `event` of the line's own: that would be Python's while Qt takes the line away.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.focusChanged.connect(self._follow)

    def eventFilter(self, line: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        is_idle = isinstance(line, QLineEdit) and (
            (event.matches(QKeySequence.StandardKey.Undo) and not line.isUndoAvailable())
            or (event.matches(QKeySequence.StandardKey.Redo) and not line.isRedoAvailable())
        )
        if is_idle:
            event.ignore()
        return is_idle

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, QLineEdit) and isValid(before):
            before.removeEventFilter(self)
        if isinstance(now, QLineEdit):
            now.installEventFilter(self)


class SearchLine(QLineEdit):
    """Esc empties it; Enter or ↓ is `left` for what was found."""

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        else:
            super().keyPressEvent(event)
