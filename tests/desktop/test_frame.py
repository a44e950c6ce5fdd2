"""The frame: every screen opens, back leads back, Ctrl+K finds, undo is named, nothing is imported too early."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.keeping import backups
from ankang_desktop.actions.records import add_record
from ankang_desktop.desktop import look
from ankang_desktop.desktop.frame import ahead as ahead_module
from ankang_desktop.desktop.frame.ahead import Ahead
from ankang_desktop.desktop.frame.jump import JumpDialog
from ankang_desktop.desktop.frame.navigation import NUMBER
from ankang_desktop.desktop.frame.not_begun import NotBegunPage
from ankang_desktop.desktop.frame.window import Window
from ankang_desktop.desktop.look import dress
from ankang_desktop.desktop.screens.calendar.adding import AddNoticeDialog
from ankang_desktop.desktop.session import Derived, Session
from ankang_desktop.desktop.widgets import card
from ankang_desktop.kernel.errors import Cancelled, UserError
from tests.desktop.conftest import quiet, write

Show = Callable[..., tuple[Any, Any]]


HEAVY = {
    "openpyxl",
    "xlsxwriter",
    "reportlab",
    "docx",
    "docxtpl",
    "pyqtgraph",
    "numpy",
    "pypdfium2",
    "PIL",
    "icalendar",
}
OPENING = """
import sys, threading
from pathlib import Path
beside = []
class Ears:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is not threading.main_thread():
            beside.append(name)
sys.meta_path.insert(0, Ears())
from PySide6.QtCore import QTimer
from ankang_desktop.desktop import start
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.kernel.clock import Clock
told = lambda when: print(when, *{name.split('.')[0] for name in sys.modules})
told('started')
application = start.make_application()
starter = start.Starter(Preferences(Path(sys.argv[1]) / 'desktop.json'), Clock())
starter.open(Path(sys.argv[1]) / 'new', is_new=True)
def look():
    window = starter.window
    if window and window.isVisible():
        if look.waits:
            look.waits = False
            told('opened')
        if window.ahead.is_done:
            told('ahead')
            print('beside', *beside)
            starter.close()
            application.quit()
look.waits = True
timer = QTimer()
timer.timeout.connect(look)
timer.start(0)
application.exec()
"""


def test_the_first_screen_imports_no_writer_and_no_reader_of_papers_nor_do_the_others(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPENING, str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line.split() for line in told.splitlines()]
    names = {when: found for when, *found in lines}
    assert "sqlalchemy" not in names["started"]
    of_qt = [
        name for name in names.pop("beside") if name.startswith(("ankang_desktop.desktop", "PySide6", "pyqtgraph"))
    ]
    assert of_qt == []
    assert {name: HEAVY & set(names[name]) for name in ("started", "opened", "ahead")} == {
        "started": set(),
        "opened": set(),
        "ahead": set(),
    }


def test_screens_are_imported_ahead_in_the_gui_thread_and_only_while_nothing_else_is_done(
    session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    below: list[Any] = []
    screens: list[tuple[str, bool]] = []
    kept: list[bool] = []
    work = SimpleNamespace(is_busy=True, rested=session.work.rested)
    work.run = lambda function, behind, on_error: below.append(function)

    def heard(name: str) -> None:
        screens.append((name, threading.current_thread() is threading.main_thread()))
        raise ImportError(name)

    monkeypatch.setattr(ahead_module, "_BELOW", ("sys", "ankang_desktop.no_such", "ankang_desktop.nor_this"))
    monkeypatch.setattr(ahead_module, "_SCREENS", ("sys", "ankang_desktop.desktop.nor_that"))
    monkeypatch.setattr(ahead_module, "import_module", heard)
    monkeypatch.setattr(ahead_module, "keep", lambda: kept.append(True))
    ahead = Ahead(work, session)  # type: ignore[arg-type]
    ahead.look()
    assert below == []
    work.is_busy = False
    for number in (1, 2, 3):  # the compiled screens are read, then the two modules
        ahead.look()
        assert (len(below), screens, ahead.is_done) == (number, [], False)
    ahead.look()
    assert (len(below), screens, kept) == (3, [("ankang_desktop.desktop.nor_that", True)], [])
    qtbot.waitUntil(lambda: ahead.is_done)
    assert kept == [True]


def test_work_rests_when_no_job_is_left(session: Session, qtbot: QtBot) -> None:
    rests: list[bool] = []
    session.work.rested.connect(lambda: rests.append(session.work.is_busy))
    with qtbot.waitSignal(session.work.rested):
        session.work.run(lambda _: 1)
        session.work.run(lambda _: 2)
    assert rests == [False]


def test_a_derived_value_is_told_in_a_turn_of_its_own(session: Session, qtbot: QtBot) -> None:
    told: list[int] = []
    derived = Derived(session, lambda _, year: year)
    derived.ready.connect(told.append)
    derived.ask()
    qtbot.waitUntil(lambda: told == [2026])
    derived.ask()
    derived.ask()
    assert told == [2026]
    qtbot.waitUntil(lambda: told == [2026, 2026])
    derived.ask()
    derived.spoil()
    session.year = 2025
    qtbot.waitUntil(lambda: told[-1] == 2025)
    assert told == [2026, 2026, 2025]


def test_a_page_is_styled_once_however_deep_it_is_built(qtbot: QtBot) -> None:
    styled: list[QEvent.Type] = []

    class Inmost(QLabel):
        def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
            styled.append(event.type())

    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    dress(window)
    page: QWidget = Inmost("深")
    for _ in range(5):
        page = card(page)
    assert QEvent.Type.StyleChange not in styled
    column.addWidget(page)
    assert styled.count(QEvent.Type.StyleChange) == 1


def test_help_opens_and_back_leads_back(session: Session, show: Show) -> None:
    window, page = show(session, "help")
    assert page.text.toPlainText()
    window.go("settings")
    window.go_back()
    assert window.page is page


def test_undo_is_named_and_undoes(session: Session, show: Show, said: list[tuple[str, str, str]]) -> None:
    window, _ = show(session, "help")
    assert not window.head.undo.isEnabled()
    add_record(session.app, "workshop", {"车间名称": "一车间"})
    assert "登记车间" in window.head.undo.toolTip()
    window.head.undo.click()
    assert said[-1][1] == "已撤销：登记车间"
    assert "登记车间" in window.head.redo.toolTip()


def test_jump_finds_by_initials_and_goes(session: Session, show: Show, qtbot: QtBot) -> None:
    window, _ = show(session, "help")
    went: list[tuple[str, dict[str, Any]]] = []
    session.wanted.disconnect(window.go)
    session.wanted.connect(lambda key, given: went.append((key, given)))
    dialog = JumpDialog(session, window)
    dialog.show()
    qtbot.keyClicks(dialog.line, "yhpc")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert went == [("ledger", {"ledger": "hazard"})]


def test_jump_needs_no_space(session: Session, show: Show, qtbot: QtBot) -> None:
    window, _ = show(session, "help")
    for words in ("新登记隐患", "登记隐患", "导入职工"):
        dialog = JumpDialog(session, window)
        dialog.show()
        write(dialog.line, words)
        assert dialog.list.count() == 1, words
        dialog.close()


def test_what_is_done_on_coming_is_done_once(session: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(session, "settings", action="backup")
    quiet(qtbot, session)
    made = lambda: len(backups(session.app.workspace.folder / "backups"))  # noqa: E731
    assert made() == 1
    assert session.preferences.get("place") == ["settings", {}]
    window.go("help")
    window.go_back()
    quiet(qtbot, session)
    assert (window.page, made()) == (page, 1)
    window.go("settings", {"action": "check"})
    quiet(qtbot, session)
    assert page.checking.told.text()
    window.go("calendar", {"action": "notice"})
    quiet(qtbot, session)
    assert window.findChild(AddNoticeDialog).isVisible()


def test_the_strip_says_what_is_done_once(session: Session, show: Show, qtbot: QtBot) -> None:
    window, _ = show(session, "help")
    job = session.work.run(lambda _: None, text="正在备份")
    words = window.strip.findChildren(QLabel)[-1]
    for text, said in (("正在备份", "正在备份 1/9"), ("核对文件", "正在备份：核对文件 1/9")):
        job.progress.emit(text, 1, 9)
        assert words.text() == said
    quiet(qtbot, session)


def test_errors_go_through_their_doors(
    session: Session, said: list[tuple[str, str, str]], no_dead_slot: list[BaseException]
) -> None:
    session.door.show(UserError("没有这张表", "请检查"))
    session.door.show(Cancelled())
    assert said == [("danger", "没有这张表", "请检查")]
    bug = RuntimeError("our bug")
    session.door.show(bug)
    assert no_dead_slot == [bug]
    no_dead_slot.clear()


def test_only_one_job_writes(session: Session, qtbot: QtBot, said: list[tuple[str, str, str]]) -> None:
    done: list[int] = []
    session.work.run(lambda progress: 7, done.append, text="导入", writes=True)
    assert session.do(lambda: 1) is None
    assert said[-1][1] == "“导入”还没有完成"
    qtbot.waitUntil(lambda: done == [7])
    assert session.do(lambda: 1) == 1


def test_a_year_to_come_is_not_counted(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "today")
    qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page, NotBegunPage)
    assert (window.page.heading.text(), window.windowTitle()) == ("今日", "今日 - 安康杯工作台")
    window.go("scorecard")
    assert isinstance(window.page, NotBegunPage)
    window.page.planning.click()
    quiet(qtbot, demo)
    assert window.page.title == "年历"
    window.go_back()
    window.page.returning.click()
    quiet(qtbot, demo)
    assert (demo.year, window.page.title, type(window.page).__name__) == (2026, "评分表", "ScorecardPage")
    window.go_back()
    window.go_back()
    assert window.page is page


def test_the_badge_and_today_count_alike(demo: Session, session: Session, show: Show) -> None:
    window, page = show(demo, "today")
    assert int(badge(window)) == len(page.late.entries) > 0
    fresh, _ = show(session, "today")
    assert badge(fresh) == ""


def badge(window: Window) -> str:
    """Return the count beside 年历."""
    found = window.navigation.tree.findItems("年历", Qt.MatchFlag.MatchExactly)
    return str(found[0].data(0, NUMBER) or "")


def test_an_icon_has_the_size_asked_for_on_any_screen(session: Session) -> None:
    drawn = look.icon("plus")
    for ratio in (1.0, 1.25, 2.0):
        found = drawn.pixmap(QSize(20, 16), ratio)
        assert (found.width(), found.height(), found.devicePixelRatio()) == (
            round(20 * ratio),
            round(16 * ratio),
            ratio,
        )
    assert drawn.pixmap(QSize()).isNull()
