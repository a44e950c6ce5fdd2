"""Long work and the window: it outlives a window built anew, is never stopped unasked, and what it wrote is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.browsing import all_ids
from ankang_desktop.actions.records import next_sizes, next_steps
from ankang_desktop.desktop import look
from ankang_desktop.desktop.frame.messages import WorkLine
from ankang_desktop.desktop.frame.window import Window
from ankang_desktop.desktop.ledger.batch import BatchDialog
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label, tell_steadily
from ankang_desktop.desktop.work import tasks
from ankang_desktop.desktop.work.tasks import Turn
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.store import journal
from ankang_desktop.store.sieve import Sieve
from tests.desktop.conftest import quiet, settle

Show = Callable[..., tuple[Any, Any]]


class Slow:
    """Work that goes on until it is let go; it looks whether it is cancelled before that alone."""

    def __init__(self) -> None:
        self.may_begin, self.may_end = threading.Event(), threading.Event()
        self.may_begin.set()

    def __call__(self, progress: Progress) -> int:
        self.may_begin.wait(20)
        progress.step("正在写入", 1, 9)
        self.may_end.wait(20)
        return 7


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.may_end.set()


def staff(session: Session, number: int) -> list[int]:
    """Put people on the roster; returns their ids."""
    drafts = [({"code": f"{n:04}", "name": "赵甲"}, {}) for n in range(number)]
    with session.app.begin("导入职工名册") as unit:
        return unit.add_many(session.app.ledgers["employee"], drafts)


def running(session: Session) -> list[str]:
    return [each.text for each in session.work.shown]


def test_many_records_are_written_behind_and_can_be_stopped(session: Session, show: Show, qtbot: QtBot) -> None:
    many = 500
    staff(session, many)
    _, page = show(session, "ledger", ledger="employee")
    sheet = page.stack.currentWidget()
    dialog = BatchDialog(session, sheet.ledger, all_ids(session.app, "employee", Sieve(), Quiet()), sheet)
    dialog.choice.setCurrentIndex([each.key for each in dialog.fields].index("left_on"))
    dialog.editor.set_raw("2026-11-01")
    dialog.save()
    assert running(session) == [f"修改 {many} 条记录"]
    session.work.shown[0].cancel()
    quiet(qtbot, session)
    before = next_steps(session.app)
    assert before[0].startswith("导入")
    dialog.save()
    quiet(qtbot, session)
    assert next_steps(session.app)[0].startswith("批量修改")
    session.undo()
    assert running(session) == ["正在撤销"]
    quiet(qtbot, session)
    assert next_steps(session.app)[0] == before[0]
    assert next_sizes(session.app) == (many, many)


def words(window: Window) -> list[str]:
    return [each.words.text() for each in window.strip.findChildren(WorkLine)]


def test_undoing_many_can_be_stopped(
    session: Session, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on, apply = threading.Event(), threading.Event(), journal._apply

    def slowly(*given: Any) -> None:
        reached.set()
        assert go_on.wait(20)
        apply(*given)

    ids = staff(session, 3000)
    window, _ = show(session, "ledger", ledger="employee")
    with monkeypatch.context() as patched:
        patched.setattr(journal, "_apply", slowly)
        session.undo()
        qtbot.waitUntil(reached.is_set)
        line = window.findChild(WorkLine)
        assert "正在撤销" in line.words.text()
        qtbot.mouseClick(line.stop, Qt.MouseButton.LeftButton)
        go_on.set()
        quiet(qtbot, session)
    assert list(all_ids(session.app, "employee", Sieve(), Quiet())) == ids
    assert next_steps(session.app) == ("导入职工名册", "")
    session.undo()
    quiet(qtbot, session)
    assert not all_ids(session.app, "employee", Sieve(), Quiet())
    session.redo()
    quiet(qtbot, session)
    assert list(all_ids(session.app, "employee", Sieve(), Quiet())) == ids


def test_the_first_step_is_told_at_once(session: Session, show: Show, qtbot: QtBot, slow: Slow) -> None:
    window, _ = show(session, "help")
    session.work.run(slow, text="导入")
    qtbot.waitUntil(lambda: words(window) == ["导入：正在写入 1/9"])


def test_work_outlives_the_window_it_began_in(session: Session, qtbot: QtBot, slow: Slow) -> None:
    first = Window(session)
    job = session.work.run(slow, text="导出")
    second = Window(session)
    qtbot.addWidget(second)
    second.show()
    first.deleteLater()
    settle()
    job.progress.emit("正在写", 2, 9)
    assert words(second) == ["导出：正在写 2/9"]
    slow.may_end.set()
    quiet(qtbot, session)
    assert not second.strip.isVisible()


def test_an_answer_for_a_page_that_is_gone_is_not_told(session: Session, qtbot: QtBot, slow: Slow) -> None:
    page, told = QLabel(), []
    session.work.run(slow, lambda found: told.append((page.text(), found)))
    page.deleteLater()
    settle()
    slow.may_end.set()
    quiet(qtbot, session)
    assert told == []


@pytest.mark.parametrize("writes", [True, False])
def test_what_was_written_before_cancel_came_is_told(
    session: Session, qtbot: QtBot, slow: Slow, *, writes: bool
) -> None:
    told: list[int] = []
    slow.may_begin.clear()
    job = session.work.run(slow, told.append, text="导入", writes=writes)
    job.cancel()
    slow.may_begin.set()
    quiet(qtbot, session)
    assert told == []  # stopped before it began, or at its first step
    second = Slow()
    job = session.work.run(second, told.append, text="导入", writes=writes)
    heard: list[str] = []
    job.progress.connect(lambda text, *_: heard.append(text))
    qtbot.waitUntil(lambda: bool(heard))
    job.cancel()
    second.may_end.set()
    quiet(qtbot, session)
    assert told == ([7] if writes else [])


def test_the_look_is_not_changed_while_work_writes(demo: Session, show: Show, qtbot: QtBot, slow: Slow) -> None:
    window, page = show(demo, "settings")
    rebuilt: list[object] = []
    window.rebuild_wanted.connect(lambda: rebuilt.append(1))
    demo.work.run(slow, text="正在打包报送", writes=True)
    page.themes.buttons.button(1).click()
    window.head.look.click()
    assert (rebuilt, demo.preferences.theme, page.themes.buttons.checkedId()) == ([], "light", 0)
    assert window.messages.told.text().startswith("“正在打包报送”还没有完成")
    slow.may_end.set()
    quiet(qtbot, demo)
    assert not window.messages.isVisible()  # that it is not done is true no more


@pytest.mark.parametrize(("answer", "closes"), [("是", True), ("否", False), ("", False)])
def test_work_that_writes_is_not_stopped_unasked(
    session: Session, show: Show, qtbot: QtBot, slow: Slow, answer: str, *, closes: bool
) -> None:
    window, _ = show(session, "help")
    job = session.work.run(slow, text="导入职工名册", writes=True)
    asked: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and not asked:
            asked.append(box.text())
            found = [each for each in box.findChildren(QPushButton) if answer and answer in each.text()]
            if found:
                found[0].click()
            else:  # nobody answers, and the work is done meanwhile
                slow.may_end.set()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    assert window.close() is closes
    timer.stop()
    assert asked == ["“导入职工名册”还没有完成"]
    assert job.is_cancelled is False  # a window that closes stops it as the session closes


class Held:
    """Something a job holds; it notes in which thread it is let go."""

    def __init__(self, let_go: list[threading.Thread]) -> None:
        self._let_go = let_go

    def __call__(self, _: Progress) -> None:
        if len(self._let_go) % 2:
            raise ValueError(self)

    def __del__(self) -> None:
        self._let_go.append(threading.current_thread())


def test_what_a_job_held_is_let_go_in_the_gui_thread_alone(session: Session, qtbot: QtBot) -> None:
    let_go: list[threading.Thread] = []
    many = 300
    for _ in range(many):
        session.work.run(Held(let_go), on_error=lambda _: None)
    quiet(qtbot, session)
    assert len(let_go) == many
    assert set(let_go) == {threading.main_thread()}


def naps(turn: Turn, monkeypatch: pytest.MonkeyPatch, now: float, looks_after: int | None = None) -> int:
    """Return how often a thread waited at this moment; the GUI thread looks again after so many times, or never."""
    waited: list[float] = []

    def nap(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == looks_after:
            turn.looked = now

    with monkeypatch.context() as patched:
        patched.setattr(tasks.time, "monotonic", lambda: now)
        patched.setattr(tasks.time, "sleep", nap)
        thread = threading.Thread(target=turn.give_way)
        thread.start()
        thread.join()
    return len(waited)


def test_work_lets_the_window_go_first_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = Turn()
    turn.looked = 100.0
    assert naps(turn, monkeypatch, 100.004) == 0  # it is in time
    assert naps(turn, monkeypatch, 100.02, looks_after=3) == 3  # it is at something, then looks again
    assert naps(turn, monkeypatch, 100.021) == 0
    assert naps(turn, monkeypatch, 101.0) == tasks._PATIENCE  # it may wait for this very work
    assert naps(turn, monkeypatch, 102.0) == 0
    turn.looked = 103.0
    assert naps(turn, monkeypatch, 103.1, looks_after=1) == 1  # it has looked since: it is waited for again
    with monkeypatch.context() as patched:
        patched.setattr(tasks.time, "sleep", lambda _: pytest.fail("the GUI thread waited for itself"))
        turn.give_way()


def test_every_statement_in_a_thread_lets_the_window_go_first(
    demo: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(Turn, "give_way", lambda _: asked.append(threading.get_ident()))
    another = Session(demo.app, demo.preferences, demo.door)
    another.work.run(lambda _: all_ids(demo.app, "hazard", Sieve(), Quiet()))
    quiet(qtbot, another)
    another.work.close()
    another.deleteLater()
    assert set(asked) - {threading.get_ident()}


def test_words_that_change_all_the_time_keep_their_place(qtbot: QtBot) -> None:
    look.apply("light", 100)
    told = label("")
    qtbot.addWidget(told)
    tell_steadily(told, "正在撤销：正在写回记录 500/18800")
    place = told.minimumSize()
    assert place == told.maximumSize()
    tell_steadily(told, "正在撤销")
    assert told.minimumSize() == place
    tell_steadily(told, f"正在备份：复制佐证 {'很长的文件名' * 20}.docx 3/9")
    assert told.text().startswith("正在备份")
    assert told.text().endswith(".docx 3/9")
    assert told.fontMetrics().horizontalAdvance(told.text()) <= told.width()
    assert "很长的文件名" * 20 in told.toolTip()
