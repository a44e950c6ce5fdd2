"""The modules of the screens not opened yet, imported while nothing else is to be done: no first opening waits for one.

Python's imports hold the thread they run in, so they run in a worker, one screen a job: whatever the person asks for
meanwhile comes between two of them. What only some work needs (the writers of papers and workbooks) is not a screen's.
"""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Qt

from ankang_desktop.desktop.frame.registry import SCREENS, Screen
from ankang_desktop.desktop.work import Work


class Ahead(QObject):
    """Loads the next screen whenever the work rests, until all are loaded."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._left: deque[Screen] = deque(SCREENS)
        # Queued: what a job's result gives rise to is begun first, and then the work does not rest.
        work.rested.connect(self.look, Qt.ConnectionType.QueuedConnection)

    @property
    def is_done(self) -> bool:
        """Whether no screen is left to load."""
        return not self._left and not self._work.is_busy

    def look(self) -> None:
        """Load the next screen, unless something is done just now: then it is looked at again when that is over."""
        if self._left and not self._work.is_busy:
            screen = self._left.popleft()
            # A module that cannot be imported is told when its screen is opened, not before.
            self._work.run(lambda _: screen.load(), on_error=lambda _: None)
