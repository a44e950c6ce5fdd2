"""Garbage is collected in the GUI thread alone, a little at a time.

Python's collector runs in whatever thread allocates. A widget that is part of a cycle would then be destroyed by a
worker thread, and Qt ends the process. So automatic collection is off, and a timer collects here. How long the GUI
thread is held is how much is looked at: every look takes what is new since the one before, and what is still alive
after that is looked at once more, a minute later. What outlives even this, all modules once they are imported, and what
is too much for one look (20,000 rows of a workbook took 0.2 s) is set aside, until the person is in another program:
then all is seen.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_EVERY = 250  # milliseconds
_OLD_EVERY = 240  # looks between two collections of what is older
_MOST = 60_000  # objects looked at in one look: 10 to 20 ms


def keep() -> None:
    """Let what lives now stay: it is not looked at again."""
    gc.freeze()


class Collector(QObject):
    """Takes the collector over for as long as the application lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._looks = 0
        gc.disable()
        keep()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @staticmethod
    def is_left() -> bool:
        """Say whether the person is in another program."""
        return QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive

    def look(self) -> None:
        """Collect what is new, from time to time what is older."""
        self._looks += 1
        new, _, _ = gc.get_count()
        if self._looks % _OLD_EVERY == 0:
            is_left = self.is_left()
            if is_left:
                gc.unfreeze()
            if is_left or new + len(gc.get_objects(2)) <= _MOST:
                gc.collect(2)
            keep()
        elif new > _MOST:
            keep()
        elif new > gc.get_threshold()[0]:
            gc.collect(1)
