"""Photos taken are written one after the other in a thread, while the person is at the next one already."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from ankang_desktop.actions.intake import Taken
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.progress import Progress

Write = Callable[[Progress], Taken]


class Writer(QObject):
    """A queue of steps; each is one undo step of its own. `taken` and `failed` carry the place of the photo."""

    taken = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[tuple[int, Write]] = deque()
        self._job: Any = None

    @property
    def is_busy(self) -> bool:
        """Whether anything is not written yet."""
        return self._job is not None or bool(self._waiting)

    def add(self, at: int, write: Write) -> None:
        """Write this too, after what waits already."""
        self._waiting.append((at, write))
        self._begin()

    def _begin(self) -> None:
        if self._job is not None or not self._waiting:
            return
        at, write = self._waiting.popleft()
        try:
            self._job = self._session.work.run(
                write,
                lambda taken: self._ended(at, taken, self.taken),
                writes=True,
                on_error=lambda error: self._ended(at, error, self.failed),
            )
        except AnkangError as error:  # other work is writing: this photo is told as not taken
            self._ended(at, error, self.failed)
        else:
            self._job.text = "登记随手拍"  # what a refusal names; no strip is shown for it

    def _ended(self, at: int, result: object, signal: Any) -> None:
        self._job = None
        signal.emit(at, result)
        self._begin()
