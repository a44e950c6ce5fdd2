"""The modules of the screens not opened yet, imported while nothing else is to be done: no first opening waits for one.

Python's imports hold the thread they run in, so they run in a worker, one screen a job: whatever the person asks for
meanwhile comes between two of them. What only some work needs (the writers of papers and workbooks) is not a screen's.
"""

from __future__ import annotations

import sys
from collections import deque
from importlib import import_module

from PySide6.QtCore import QObject, Qt

from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.work import Work, keep

_WANTED = (*(each.module for each in SCREENS), "pypinyin")  # its dictionary would hold up the first letter in Ctrl+K


class Ahead(QObject):
    """Imports the next module whenever the work rests, until all are; then the collector need not look at them."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._left = deque(name for name in _WANTED if name not in sys.modules)
        self.is_done = not self._left
        # Queued: what a job's result gives rise to is begun first, and then the work does not rest.
        work.rested.connect(self.look, Qt.ConnectionType.QueuedConnection)

    def look(self) -> None:
        """Import the next module, unless something is done just now: then it is looked at again when that is over."""
        if self.is_done or self._work.is_busy:
            return
        if not self._left:
            self.is_done = True
            keep()
            return
        name = self._left.popleft()
        # A module that cannot be imported is told when its screen is opened, not before.
        self._work.run(lambda _: import_module(name), behind=True, on_error=lambda _: None)
