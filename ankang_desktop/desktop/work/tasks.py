"""Jobs in a pool of threads; every callback runs in the GUI thread, every exception comes to one place."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import CellType
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from ankang_desktop.kernel.errors import Cancelled, UserError
from ankang_desktop.kernel.progress import Progress

_THREADS = 3
_SWITCH = 0.0001  # seconds a waiting thread leaves Python to another; Python's own 5 ms are 16 with each call into Qt
_EMPTY = CellType()
_TELL_EVERY = 0.05  # seconds between two reports of progress: more would only repaint


class Job(QObject):
    """One piece of work: cancel() asks it to stop at its next step.

    `text` is what the strip at the bottom says while it runs; a job without one is not shown. `writes` marks a job
    that changes records: while it runs, nothing else may write.
    """

    progress = Signal(str, int, int)
    ended = Signal()
    _stepped = Signal(str, int, int)
    _returned = Signal(object)
    _raised = Signal(object)

    def __init__(self, parent: QObject, text: str, *, writes: bool) -> None:
        super().__init__(parent)
        self.text, self.writes = text, writes
        self.is_cancelled = self.is_over = False
        self.then: Callable[[Any], None] | None = None
        self.on_error: Callable[[BaseException], None] | None = None
        self._told = 0.0
        self._stepped.connect(self.progress.emit, Qt.ConnectionType.QueuedConnection)
        self._returned.connect(self._end_well, Qt.ConnectionType.QueuedConnection)
        self._raised.connect(self._end_badly, Qt.ConnectionType.QueuedConnection)

    @property
    def unfinished(self) -> str:
        """The sentence that it runs: a message that begins so holds no longer once it has ended."""
        return f"“{self.text}”还没有完成"

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next step, and its result is not told."""
        self.is_cancelled = True

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Answer the work's Progress, in its own thread; raises Cancelled once the person asked for it."""
        self.refuse_cancelled()
        now = time.monotonic()
        if now - self._told >= _TELL_EVERY:
            self._told = now
            self._stepped.emit(text, done, total)

    def refuse_cancelled(self) -> None:
        """Raise Cancelled once the person asked for it."""
        if self.is_cancelled:
            raise Cancelled

    @Slot(object)
    def _end_well(self, result: object) -> None:
        """Tell the result; what was written before the person's 取消 came is written, and told all the same."""
        self._end()
        if (self.writes or not self.is_cancelled) and self.then and not _is_gone(self.then):
            self.then(result)

    @Slot(object)
    def _end_badly(self, error: BaseException) -> None:
        self._end()
        if not isinstance(error, Cancelled) and not self.is_cancelled and self.on_error and not _is_gone(self.on_error):
            self.on_error(error)

    def _end(self) -> None:
        self.is_over = True
        self.ended.emit()
        self.deleteLater()


def _is_gone(callback: Callable[[Any], None]) -> bool:
    """Say whether a callback belongs to a widget that is destroyed meanwhile: a page left while its answer came."""
    function = getattr(callback, "func", callback)
    around = getattr(function, "__closure__", None) or ()
    held = (getattr(function, "__self__", None), *(cell.cell_contents for cell in around if cell != _EMPTY))
    return any(isinstance(each, QObject) and not isValid(each) for each in held)


class _Run(QRunnable):
    """Runs a job's function in a thread of the pool."""

    def __init__(self, job: Job, function: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._job, self._function = job, function

    def run(self) -> None:
        try:
            self._job.refuse_cancelled()
            result = self._function(self._job)
        except BaseException as error:  # noqa: BLE001 - told in the GUI thread, by the one door
            self._job._raised.emit(error)
        else:
            self._job._returned.emit(result)


class Work(QObject):
    """Starts jobs; `began` tells of every job that has a text, `ended` of every job, `rested` that no job is left."""

    began = Signal(object)
    ended = Signal(object)
    rested = Signal()

    def __init__(self, parent: QObject | None, on_error: Callable[[BaseException], None]) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._pool, self._behind = QThreadPool(self), QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._behind.setMaxThreadCount(1)
        self._jobs: set[Job] = set()
        sys.setswitchinterval(_SWITCH)

    def run(
        self,
        function: Callable[[Progress], Any],
        then: Callable[[Any], None] | None = None,
        *,
        text: str = "",
        writes: bool = False,
        behind: bool = False,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run `function(progress)` in a thread, then `then(result)` in the GUI thread.

        What nobody waits for runs `behind`, one after another: threads that run Python take turns with the window.
        Errors go to `on_error`, by default to the one door. A second writing job is refused with UserError.
        """
        if writes:
            self.refuse_writing()
        job = Job(self, text, writes=writes)
        job.then, job.on_error = then, on_error or self._on_error
        self._jobs.add(job)
        job.ended.connect(lambda: self._forget(job))
        if text:
            self.began.emit(job)
        (self._behind if behind else self._pool).start(_Run(job, function))
        return job

    def _forget(self, job: Job) -> None:
        self._jobs.discard(job)
        self.ended.emit(job)
        if not self._jobs:
            self.rested.emit()

    def refuse_writing(self) -> None:
        """Raise UserError while a job is changing records: the database has one writer."""
        if (busy := self.writing) is not None:
            raise UserError(busy.unfinished, "请等它完成，或先在窗口下方取消它")

    @property
    def writing(self) -> Job | None:
        """The job that is changing records."""
        return next((job for job in self._jobs if job.writes), None)

    @property
    def shown(self) -> list[Job]:
        """The running jobs that have a text."""
        return [job for job in self._jobs if job.text]

    @property
    def is_busy(self) -> bool:
        """Whether any job has not ended."""
        return bool(self._jobs)

    def close(self) -> None:
        """Cancel everything and wait for the threads to end."""
        for job in list(self._jobs):
            job.cancel()
        for pool in (self._pool, self._behind):
            pool.clear()
            pool.waitForDone()


class Latest:
    """Asks the same question again and again: only the newest answer is told, the work on older ones is stopped."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._job: Job | None = None

    def run(self, function: Callable[[Progress], Any], then: Callable[[Any], None]) -> None:
        """Stop what was asked before and ask this."""
        self.stop()
        self._job = self._work.run(function, then)

    def stop(self) -> None:
        """Ask nothing any more: an answer still on its way is not told."""
        if self._job is not None:
            self._job.cancel()
        self._job = None
