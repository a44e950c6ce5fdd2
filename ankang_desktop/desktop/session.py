"""The open workspace as the desktop sees it: one year, one place that writes, one signal of what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ankang_desktop.actions import records, scores, year
from ankang_desktop.app import App
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.desktop.report import Door
from ankang_desktop.desktop.work import Work
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.programme.duties import Duty
from ankang_desktop.scoring.card import Card
from ankang_desktop.store.journal import Changes

T = TypeVar("T")
AT_ONCE = 40  # records written while the person waits
_PUT_BACK = 10  # records put back as they were in the time one is judged and written
_AFTER_A_STEP = 120  # milliseconds


class Derived(QObject):
    """Something worked out from all records, off the GUI thread, shared by the pages that show it.

    `ready` carries the value; `ask()` tells it again where it still holds, else works it out anew. It is never told
    while it is asked for: a page that comes into sight is seen first and filled in the next turn. After a step it is
    worked out a moment later, so that what the step changed in sight is painted before another thread wants to run.
    """

    ready = Signal(object)

    def __init__(self, session: Session, compute: Callable[[App, int], Any]) -> None:
        super().__init__(session)
        self._session, self._compute = session, compute
        self.value: Any = None
        self._is_fresh = False
        self._job: Any = None
        self._pause = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)

    def ask(self) -> None:
        """Tell the value as soon as it is known."""
        if self._job is None:
            self._soon.start(0 if self._is_fresh else self._pause)

    def spoil(self, pause: int = 0) -> None:
        """Forget that the value holds; it is not worked out before so many milliseconds have passed."""
        self._is_fresh, self._pause = False, pause

    def _known(self, value: Any) -> None:
        self._job = None
        self.value = value
        self._tell()

    def _tell(self) -> None:
        if self._is_fresh:
            self.ready.emit(self.value)
            return
        app, chosen = self._session.app, self._session.year
        self._is_fresh = True  # unless a change comes while it is worked out
        self._job = self._session.work.run(
            lambda _: self._compute(app, chosen), self._known, behind=True, on_error=self._failed
        )

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self._is_fresh = False
        self._session.door.show(error, again=self.ask)


class Session(QObject):
    """One open workspace; every page is given it.

    `changed` carries the Changes of every step, whoever took it; `wanted` asks the window for a screen by its key with
    arguments (“record”, {"number": …}). `duties` and `card` are shared derived values.
    """

    changed = Signal(object)
    year_changed = Signal(int)
    wanted = Signal(str, object)

    def __init__(self, app: App, preferences: Preferences, door: Door, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.app, self.preferences, self.door = app, preferences, door
        self.work = Work(self, door.show)
        app.workspace.database.before_each(self.work.turn.give_way)
        self.work.ended.connect(lambda job: door.unsay(job.unfinished))
        self.year = app.clock.today().year
        self.duties = Derived(self, _duties)
        self.card = Derived(self, _card)
        app.watchers.append(self.changed.emit)
        self.changed.connect(self._spoil)

    # --- doing -------------------------------------------------------------------------------------------------

    def do(self, action: Callable[[], T]) -> T | None:
        """Take a step that writes little, now; an error goes through the door and None comes back."""
        try:
            self.work.refuse_writing()
            return action()
        except AnkangError as error:
            self.door.show(error, again=lambda: self.do(action))
            return None

    def write(
        self,
        size: int,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        text: str,
        refused: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Take a step that writes `size` records: a few now, many off the GUI thread, where it can be stopped.

        Raises AnkangError where a few are refused; what refuses many goes to `refused`, by default through the door.
        """
        self.work.refuse_writing()
        if size > AT_ONCE:
            self.work.run(work, then, text=text, writes=True, on_error=refused)
        else:
            then(work(Quiet()))

    def may_write(self) -> bool:
        """Say whether nothing is changing records now; where something is, the person is told."""
        try:
            self.work.refuse_writing()
        except AnkangError as error:
            self.door.show(error)
            return False
        return True

    def undo(self) -> None:
        """Undo the newest step and say which."""
        self._step(records.undo, "撤销", ("重做", self.redo))

    def redo(self) -> None:
        """Redo the step undone last and say which."""
        self._step(records.redo, "重做", ("撤销", self.undo))

    def done(self, text: str) -> None:
        """Say that a step was taken, with 撤销 beside it."""
        self.door.say(text, "", "good", ("撤销", self.undo))

    # --- going -------------------------------------------------------------------------------------------------

    def go(self, screen: str, **arguments: Any) -> None:
        """Ask the window for a screen."""
        self.wanted.emit(screen, arguments)

    def open_record(self, number: str) -> None:
        """Ask the window for a record by its running number."""
        self.go("record", number=number)

    def open_records(self, title: str, refs: Sequence[Any]) -> None:
        """Show the records behind a number: one is opened, several are listed; none is said.

        A ref is anything with `number`, `title`, `day` and (perhaps) `place`, or such a mapping.
        """
        found = [ref if isinstance(ref, Mapping) else _plain(ref) for ref in refs]
        if not found:
            self.door.say(f"“{title}”还没有记录", "这一项现在是 0", "info")
        elif len(found) == 1:
            self.open_record(found[0]["number"])
        else:
            self.go("records", title=title, refs=found)

    def choose_year(self, chosen: int) -> None:
        """Look at another year."""
        if chosen != self.year:
            self.year = chosen
            for each in (self.duties, self.card):
                each.spoil()
            self.year_changed.emit(chosen)

    @property
    def is_year_to_come(self) -> bool:
        """Say whether the year looked at has not begun."""
        return self.year > self.app.clock.today().year

    def close(self) -> None:
        """Stop all work and let go of the workspace."""
        self.work.close()
        self.app.close()
        self.preferences.settle()

    # --- inside ------------------------------------------------------------------------------------------------

    def _step(
        self, take: Callable[[App, Progress], Changes], word: str, back: tuple[str, Callable[[], object]]
    ) -> None:
        def told(changes: Changes) -> None:
            self.door.say(f"已{word}：{changes.title}", "", "good", back)

        def begin() -> None:
            to_undo, to_redo = records.next_sizes(self.app)
            size = (to_undo if take is records.undo else to_redo) // _PUT_BACK
            self.write(size, lambda progress: take(self.app, progress), told, f"正在{word}")

        self.do(begin)

    def _spoil(self, _: object = None) -> None:
        for each in (self.duties, self.card):
            each.spoil(_AFTER_A_STEP)


def _plain(ref: Any) -> dict[str, Any]:
    return {"number": ref.number, "title": ref.title, "day": ref.day, "place": getattr(ref, "place", "")}


def _duties(app: App, chosen: int) -> tuple[Duty, ...]:
    return year.duties_of(app, chosen)


def _card(app: App, chosen: int) -> Card:
    return scores.year_card(app, chosen)
