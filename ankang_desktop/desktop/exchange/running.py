"""One job at a time: a newer question stops the older one, and what comes too late is not told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ankang_desktop.desktop.work import Job, Work
from ankang_desktop.kernel.progress import Progress


class Runner:
    """Runs jobs for a widget; `ended` is called whenever nothing runs any more."""

    def __init__(self, work: Work, owner: QWidget, ended: Callable[[], None]) -> None:
        self._work, self._owner, self._ended = work, owner, ended
        self.job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a job runs."""
        return self.job is not None

    @property
    def is_writing(self) -> bool:
        """Whether a job that changes records runs."""
        return self.job is not None and self.job.writes

    def run(
        self,
        function: Callable[[Progress], Any],
        then: Callable[[Any], None],
        text: str = "",
        *,
        writes: bool = False,
    ) -> None:
        """Stop what runs and run this; what was written is told even where the owner is gone by then."""
        if self.job is not None:
            self.job.cancel()

        def over() -> None:
            if isValid(self._owner) and self.job is job:
                self.job = None
                self._ended()

        def told(result: Any) -> None:
            if isValid(self._owner) or writes:
                then(result)

        job = self._work.run(function, told, text=text, writes=writes)
        self.job = job
        job.ended.connect(over)
