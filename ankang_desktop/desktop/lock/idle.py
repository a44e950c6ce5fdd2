"""The lock that comes by itself: no key and no mouse for some minutes, and nothing that would be lost by it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ankang_desktop.desktop.preferences import Preferences

PREFERENCE = "lock_after"  # minutes; 0 is never
MINUTES = (0, 5, 15, 30)
_LOOK_EVERY = 10_000  # milliseconds
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """Watches the person's keys and mouse while it is wanted, and calls `lock` when there were none for long enough."""

    def __init__(self, preferences: Preferences, lock: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._preferences, self._lock = preferences, lock
        self._seen = time.time()  # the wall's: a computer that slept was left alone as well
        self._is_watching = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_EVERY)
        self._watch()

    def look(self) -> None:
        """Lock where it is time."""
        self._watch()
        minutes = int(self._preferences.get(PREFERENCE, 0))
        if minutes and time.time() - self._seen >= minutes * 60:
            self._lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._seen = time.time()
        return False

    def _watch(self) -> None:
        """See every event only while a lock is wanted: it costs a little for each."""
        wanted, application = bool(self._preferences.get(PREFERENCE, 0)), QApplication.instance()
        if application is None or wanted == self._is_watching:
            return
        self._is_watching, self._seen = wanted, time.time()
        if wanted:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)
