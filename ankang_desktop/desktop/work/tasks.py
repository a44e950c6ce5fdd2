"""Jobs in threads; every callback runs in the GUI thread, every exception comes to one place.

A thread touches nothing of Qt's. It knows its job by a number, does what the number stands for and leaves the number
where the GUI thread looks. So no signal crosses threads, and a thread never has the last hold on the page that asked,
on a result or an error's frames: what it let go last would be destroyed there, and Qt ends the process.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import CellType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from ankang_desktop.kernel.errors import Cancelled, UserError
from ankang_desktop.kernel.progress import Progress

Function = Callable[[Progress], Any]

_THREADS = 3
_SWITCH = 0.0001  # seconds a waiting thread leaves Python to another; Python's own 5 ms are 16 with each call into Qt
_LOOK_EVERY = 4  # milliseconds between two looks at what waits and what the threads have left, while there is a job
_LATE = 0.008  # seconds after its last look in which the GUI thread looks again, unless it is at something
_MOMENT, _PATIENCE = 0.001, 50  # seconds a thread waits before it looks whether that is over, and how often it does
_TELL_EVERY = 0.05  # seconds between two reports of progress: more would only repaint
_EMPTY = CellType()


class Turn:
    """When the GUI thread looked last. Late, it is in the midst of something, and work lets it have Python alone.

    Each call from Qt into Python waits for a thread that runs Python: painting a table took five times as long.
    """

    def __init__(self) -> None:
        self.looked, self._home = time.monotonic(), threading.get_ident()
        self._waited_long = 0.0  # the look after which a thread has waited as long as it may: it waits for the next

    def give_way(self) -> None:
        """Wait, in a thread, until the GUI thread looks again; not for long, for it may wait for this very work."""
        looked = self.looked
        if looked == self._waited_long or threading.get_ident() == self._home:
            return
        for _ in range(_PATIENCE):
            if self.looked != looked or time.monotonic() - looked < _LATE:
                return
            time.sleep(_MOMENT)
        self._waited_long = looked


class _Ticket:
    """What a thread knows of its job: the work, the wish to stop it, how far it is, what came of it."""

    def __init__(self, function: Function, turn: Turn) -> None:
        self.is_cancelled = False
        self._turn = turn
        self.news: tuple[str, int, int] | None = None
        self._function: Function | None = function
        self._result: Any = None
        self._error: BaseException | None = None

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Answer the work's Progress; raises Cancelled once the person asked for it."""
        self._refuse_cancelled()
        self.news = (text, done, total)
        self._turn.give_way()

    def carry_out(self) -> None:
        """Do the work and keep what came of it; nothing is begun that is not wanted any more."""
        try:
            self._refuse_cancelled()
            self._result = self._function(self) if self._function else None
        except BaseException as error:  # noqa: BLE001 - told in the GUI thread, by the one door
            self._error = error

    def _refuse_cancelled(self) -> None:
        if self.is_cancelled:
            raise Cancelled

    def hand_over(self) -> tuple[Any, BaseException | None]:
        """Give what came of it, and hold nothing of the work any more: an error's frames hold this ticket."""
        given = self._result, self._error
        self._function = self._result = self._error = None
        return given


def _carry_out(tickets: dict[int, _Ticket], done: deque[int], number: int) -> None:
    """Do the job of a number, in a thread; once the number is left, the thread holds nothing of it."""
    tickets[number].carry_out()
    done.append(number)


class Job(QObject):
    """One piece of work: cancel() asks it to stop at its next step.

    `text` is what the strip at the bottom says while it runs; a job without one is not shown. `writes` marks a job
    that changes records: while it runs, nothing else may write.
    """

    progress = Signal(str, int, int)
    ended = Signal()

    def __init__(self, parent: QObject, ticket: _Ticket, text: str, *, writes: bool) -> None:
        super().__init__(parent)
        self.text, self.writes, self.is_over = text, writes, False
        self.then: Callable[[Any], None] | None = None
        self.on_error: Callable[[BaseException], None] | None = None
        self._ticket = ticket
        self._told: tuple[str, int, int] | None = None
        self._told_at = 0.0

    @property
    def unfinished(self) -> str:
        """The sentence that it runs: a message that begins so holds no longer once it has ended."""
        return f"“{self.text}”还没有完成"

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._ticket.is_cancelled

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next step, and its result is not told."""
        self._ticket.is_cancelled = True

    def tell_news(self) -> None:
        """Tell how far the work is, where that has changed."""
        news, now = self._ticket.news, time.monotonic()
        if news is not None and news is not self._told and now - self._told_at >= _TELL_EVERY:
            self._told, self._told_at = news, now
            self.progress.emit(*news)

    def end(self) -> None:
        """Tell what came of it; what was written before the person's 取消 came is written, and told all the same."""
        self.is_over = True
        self.ended.emit()
        self.deleteLater()
        result, error = self._ticket.hand_over()
        then, on_error = self.then, self.on_error
        self.then = self.on_error = None
        if error is None:
            if (self.writes or not self.is_cancelled) and then and not _is_gone(then):
                then(result)
        elif isinstance(error, Cancelled) or self.is_cancelled:
            return
        elif on_error and not _is_gone(on_error):
            on_error(error)


def _is_gone(callback: Callable[[Any], None]) -> bool:
    """Say whether a callback belongs to a widget that is destroyed meanwhile: a page left while its answer came."""
    function = getattr(callback, "func", callback)
    around = getattr(function, "__closure__", None) or ()
    held = (getattr(function, "__self__", None), *(cell.cell_contents for cell in around if cell != _EMPTY))
    return any(isinstance(each, QObject) and not isValid(each) for each in held)


class Work(QObject):
    """Starts jobs; `began` tells of every job that has a text, `ended` of every job, `rested` that no job is left.

    `turn` is what long work asks between two pieces: its Progress does so at every step.
    """

    began = Signal(object)
    ended = Signal(object)
    rested = Signal()

    def __init__(self, parent: QObject | None, on_error: Callable[[BaseException], None]) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._pool, self._behind = ThreadPoolExecutor(_THREADS), ThreadPoolExecutor(1)
        self._is_closed = False
        self._number = 0
        self._jobs: dict[int, Job] = {}
        self._tickets: dict[int, _Ticket] = {}
        self._waiting: deque[tuple[ThreadPoolExecutor, int]] = deque()
        self._done: deque[int] = deque()
        self.turn = Turn()
        self._looking = QTimer(self)
        self._looking.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may be 16 ms late: threads would wait
        self._looking.setInterval(_LOOK_EVERY)
        self._looking.timeout.connect(self._look)
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
        Errors go to `on_error`, by default to the one door. A second writing job is refused with UserError. Once it is
        closed, nothing is begun any more.
        """
        if writes:
            self.refuse_writing()
        ticket = _Ticket(function, self.turn)
        job = Job(self, ticket, text, writes=writes)
        job.then, job.on_error = then, on_error or self._on_error
        if self._is_closed:
            job.cancel()
            return job
        self._number += 1
        self._tickets[self._number], self._jobs[self._number] = ticket, job
        if text:
            self.began.emit(job)
        self._waiting.append((self._behind if behind else self._pool, self._number))
        if not self._looking.isActive():
            self.turn.looked = time.monotonic()
            self._looking.start()
        return job

    def _look(self) -> None:
        """Begin what was wished, and tell what the threads have left: how far they are, what came of what is done."""
        self.turn.looked = time.monotonic()
        while self._waiting:  # by now what gave rise to it is in sight: a thread would have held its painting up
            pool, number = self._waiting.popleft()
            pool.submit(_carry_out, self._tickets, self._done, number)
        for job in list(self._jobs.values()):
            job.tell_news()
        while self._done:  # a turn of its own each: a question asked in one would stop this timer until it is answered
            QTimer.singleShot(0, self, partial(self._end, self._done.popleft()))

    def _end(self, number: int) -> None:
        del self._tickets[number]
        job = self._jobs.pop(number)
        if not self._jobs:
            self._looking.stop()
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
        """Cancel everything and wait for the threads to end; nothing is told any more."""
        self._is_closed = True
        self._looking.stop()
        for job in self._jobs.values():
            job.cancel()
        for pool in (self._pool, self._behind):
            pool.shutdown(cancel_futures=True)


class Latest:
    """Asks the same question again and again: only the newest answer is told, the work on older ones is stopped."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._job: Job | None = None

    def run(self, function: Callable[[Progress], Any], then: Callable[[Any], None]) -> Job:
        """Stop what was asked before and ask this."""
        self.stop()
        self._job = self._work.run(function, then)
        return self._job

    def stop(self) -> None:
        """Ask nothing any more: an answer still on its way is not told."""
        if self._job is not None:
            self._job.cancel()
        self._job = None
