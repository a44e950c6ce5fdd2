"""The line a list is searched with, and what any line in the window has to leave to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from ankang_desktop.desktop.look import px

_OVERRIDE = QEvent.Type.ShortcutOverride  # looked up once: a form of lines sees a thousand events as it opens


class _Yielding(QObject):
    """A filter and not an `event` of the line's own: that would be Python's while Qt takes the line away.

    Nor one filter that follows the keys: a line that is just being destroyed would be told of as the one that had them.
    """

    def eventFilter(self, line: QObject, event: QEvent) -> bool:
        if event.type() is not _OVERRIDE or not isinstance(event, QKeyEvent):
            return False
        is_idle = isinstance(line, QLineEdit) and (
            (event.matches(QKeySequence.StandardKey.Undo) and not line.isUndoAvailable())
            or (event.matches(QKeySequence.StandardKey.Redo) and not line.isRedoAvailable())
        )
        if is_idle:
            event.ignore()
        return is_idle


def yield_undo(line: QLineEdit) -> None:
    """Leave Ctrl+Z and Ctrl+Y to the window where there is no typing to take back: a line would swallow them."""
    line.installEventFilter(_Yielding(line))


class SearchLine(QLineEdit):
    """Esc empties it; Enter or ↓ is `left` for what was found."""

    left = Signal()

    def __init__(self, hint: str, wide: int, name: str = "") -> None:
        super().__init__()
        yield_undo(self)
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
