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
Function = Callable[[Progress], Any]
_TELL_EVERY = 0.05  # seconds between two reports of progress: more would only repaint


class Job(QObject):
    """One piece of work: cancel() asks it to stop at its next step.

    `text` is what the strip at the bottom says while it runs; a job without one is not shown. `writes` marks a job
    that changes records: while it runs, nothing else may write.
    """

    progress = Signal(str, int, int)
    ended = Signal()
    _stepped = Signal(str, int, int)

    def __init__(self, parent: QObject, function: Function, text: str, *, writes: bool) -> None:
        super().__init__(parent)
        self.text, self.writes = text, writes
        self.is_cancelled = self.is_over = False
        self.then: Callable[[Any], None] | None = None
        self.on_error: Callable[[BaseException], None] | None = None
        self._function = function
        self._result: Any = None
        self._error: BaseException | None = None
        self._told = 0.0
        self._stepped.connect(self.progress.emit, Qt.ConnectionType.QueuedConnection)

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

    def carry_out(self) -> None:
        """Do the work, in a thread of the pool, and keep what came of it."""
        try:
            self.refuse_cancelled()
            self._result = self._function(self)
        except BaseException as error:  # noqa: BLE001 - told in the GUI thread, by the one door
            self._error = error

    def end(self) -> None:
        """Tell what came of it; what was written before the person's 取消 came is written, and told all the same."""
        self.is_over = True
        self.ended.emit()
        self.deleteLater()
        result, error = self._result, self._error
        self._result = self._error = None  # an error's frames hold the job
        if error is None:
            if (self.writes or not self.is_cancelled) and self.then and not _is_gone(self.then):
                self.then(result)
        elif isinstance(error, Cancelled) or self.is_cancelled:
            return
        elif self.on_error and not _is_gone(self.on_error):
            self.on_error(error)


def _is_gone(callback: Callable[[Any], None]) -> bool:
    """Say whether a callback belongs to a widget that is destroyed meanwhile: a page left while its answer came."""
    function = getattr(callback, "func", callback)
    around = getattr(function, "__closure__", None) or ()
    held = (getattr(function, "__self__", None), *(cell.cell_contents for cell in around if cell != _EMPTY))
    return any(isinstance(each, QObject) and not isValid(each) for each in held)


class _Run(QRunnable):
    """Carries a job out in a thread of the pool; it knows the job by its number alone.

    What a job holds, the page that asked, the function, an error's frames, lies with Work and is let go in the GUI
    thread: a thread with the last hold on something of the window's would destroy it there, and Qt ends the process.
    """

    def __init__(self, work: Work, number: int) -> None:
        super().__init__()
        self._work, self._number = work, number

    def run(self) -> None:
        self._work.carry_out(self._number)
        self._work.carried_out.emit(self._number)


class Work(QObject):
    """Starts jobs; `began` tells of every job that has a text, `ended` of every job, `rested` that no job is left."""

    began = Signal(object)
    ended = Signal(object)
    rested = Signal()
    carried_out = Signal(int)

    def __init__(self, parent: QObject | None, on_error: Callable[[BaseException], None]) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._pool, self._behind = QThreadPool(self), QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._behind.setMaxThreadCount(1)
        self._jobs: dict[int, Job] = {}
        self._number = 0
        self.carried_out.connect(self._end, Qt.ConnectionType.QueuedConnection)
        sys.setswitchinterval(_SWITCH)

    def run(
        self,
        function: Function,
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
        job = Job(self, function, text, writes=writes)
        job.then, job.on_error = then, on_error or self._on_error
        self._number += 1
        self._jobs[self._number] = job
        if text:
            self.began.emit(job)
        (self._behind if behind else self._pool).start(_Run(self, self._number))
        return job

    def carry_out(self, number: int) -> None:
        """Carry a job out, in a thread of the pool."""
        self._jobs[number].carry_out()

    @Slot(int)
    def _end(self, number: int) -> None:
        job = self._jobs.pop(number)
        self.ended.emit(job)
        if not self._jobs:
            self.rested.emit()
        job.end()

    def refuse_writing(self) -> None:
        """Raise UserError while a job is changing records: the database has one writer."""
        if (busy := self.writing) is not None:
            raise UserError(busy.unfinished, "请等它完成，或先在窗口下方取消它")

    @property
    def writing(self) -> Job | None:
        """The job that is changing records."""
        return next((job for job in self._jobs.values() if job.writes), None)

    @property
    def shown(self) -> list[Job]:
        """The running jobs that have a text."""
        return [job for job in self._jobs.values() if job.text]

    @property
    def is_busy(self) -> bool:
        """Whether any job has not ended."""
        return bool(self._jobs)

    def close(self) -> None:
        """Cancel everything and wait for the threads to end."""
        for job in self._jobs.values():
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
