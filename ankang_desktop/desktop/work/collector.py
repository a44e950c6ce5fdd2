"""Garbage is collected in the GUI thread alone.

Python's collector runs in whatever thread allocates. A widget that is part of a cycle would then be destroyed by a
worker thread, and Qt ends the process. So automatic collection is off, and a timer collects here, as its thresholds
ask; the oldest generation only while no job runs, for it is the one that takes time. How long it takes is how much it
looks at, and most of that are modules: once all are imported, `keep` sets them aside (243 ms became 20).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QThreadPool, QTimer

_EVERY = 500  # milliseconds
_OLD_EVERY = 120  # looks between two collections of the oldest generation


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

    def look(self) -> None:
        """Collect the generations whose thresholds are passed."""
        self._looks += 1
        young, middle, _ = gc.get_count()
        first, second, _ = gc.get_threshold()
        if self._looks % _OLD_EVERY == 0 and QThreadPool.globalInstance().activeThreadCount() == 0:
            gc.collect(2)
        elif middle > second:
            gc.collect(1)
        elif young > first:
            gc.collect(0)
