"""The modules of the screens not opened yet, imported while nothing else is to be done: no first opening waits for one.

What knows no Qt is imported in a worker, one module a job, which first reads the compiled screens: an import in the GUI
thread should wait for no disk. The screens themselves are imported here, one at a time with
a pause between: most of PySide6's types are made when first looked at, and a worker making one while the window works
ends the program with a segmentation fault now and then. What only some work needs (the writers of papers and workbooks)
is not a screen's.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.work import Work, keep
from ankang_desktop.kernel.files import read_through

_PAUSE = 40  # milliseconds between two screens
_BELOW = (
    "ankang_desktop.actions.hazard_steps",
    "ankang_desktop.actions.urging",
    "ankang_desktop.actions.filing",
    "ankang_desktop.actions.sheets",
    "ankang_desktop.actions.turns",
    "ankang_desktop.actions.signing",
    "ankang_desktop.actions.statistics",
    "ankang_desktop.actions.submissions",
    "ankang_desktop.actions.preflighting",
    "ankang_desktop.actions.enterprise",
    "ankang_desktop.actions.leavers",
    "ankang_desktop.actions.intake",
    "ankang_desktop.store.locking",
    "ankang_desktop.kernel.pinyin",  # its dictionary would hold up the first letter in Ctrl+K
)
_SCREENS = tuple(each.module for each in SCREENS)


class Ahead(QObject):
    """Imports the next module whenever the work rests, until all are; then the collector need not look at them."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._below: deque[Callable[[], object]] = deque(
            partial(import_module, name) for name in _BELOW if name not in sys.modules
        )
        self._screens = deque(name for name in _SCREENS if name not in sys.modules)
        self.is_done = not self._below and not self._screens
        if self._screens:
            self._below.appendleft(_read_screens)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self.look)
        # Queued: what a job's result gives rise to is begun first, and then the work does not rest.
        work.rested.connect(self.look, Qt.ConnectionType.QueuedConnection)

    def look(self) -> None:
        """Import the next module, unless something is done just now: then it is looked at again when that is over."""
        if self.is_done or self._work.is_busy:
            return
        if self._below:
            piece = self._below.popleft()
            self._work.run(lambda _: piece(), behind=True, on_error=lambda _: None)
        elif self._screens:
            _try(self._screens.popleft())
            self._soon.start()
        else:
            self.is_done = True
            keep()


def _read_screens() -> None:
    read_through(Path(__file__).parents[1].rglob("*.pyc"))


def _try(name: str) -> None:
    try:
        import_module(name)
    except Exception:  # noqa: BLE001 - told when the screen is opened, not before
        return
