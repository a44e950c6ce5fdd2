"""What must be done in the GUI thread and need not be done at once: a piece every second turn of the event loop.

The turn between is left to what the piece gave rise to: Qt lays out and paints before it looks at timers, so piece,
painting and the next piece would be one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget


def next_turn(owner: QObject, piece: Callable[[], object]) -> None:
    """Do a piece in the next turn; what QTimer.singleShot(0, …) is given, is an event of this one."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(piece)
    timer.timeout.connect(timer.deleteLater)
    timer.start(0)


def paint_next(widget: QWidget) -> None:
    """Let what is built and laid out of a widget in this turn be painted in the next: a key or click comes between."""
    if widget.updatesEnabled():
        widget.setUpdatesEnabled(False)
        next_turn(widget, partial(widget.setUpdatesEnabled, True))


class Turns(QObject):
    """Takes pieces of work in their order, one a turn, so that a key or a click comes between any two."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left: deque[Callable[[], object]] = deque()
        self._has_painted = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    def add(self, piece: Callable[[], object]) -> None:
        """Take a piece when those before it are done."""
        self._left.append(piece)
        self._timer.start(0)

    def take_one(self) -> None:
        """Do the next piece now."""
        if self._left:
            self._left.popleft()()
        if not self._left:
            self._timer.stop()

    def _turn(self) -> None:
        self._has_painted = not self._has_painted
        if not self._has_painted:
            self.take_one()

    def finish(self) -> None:
        """Do all that is left now: somebody asks for the whole."""
        while self._left:
            self.take_one()
