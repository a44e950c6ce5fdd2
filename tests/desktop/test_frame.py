"""The frame: every screen opens, back leads back, Ctrl+K finds, undo is named, nothing is imported too early."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.records import add_record
from ankang_desktop.desktop.frame.jump import JumpDialog
from ankang_desktop.desktop.frame.navigation import NUMBER
from ankang_desktop.desktop.frame.not_begun import NotBegunPage
from ankang_desktop.desktop.frame.window import Window
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import Cancelled, UserError
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]


def test_start_imports_neither_database_nor_papers() -> None:
    program = (
        "import sys, ankang_desktop.desktop.start;"
        "heavy = {'sqlalchemy', 'openpyxl', 'xlsxwriter', 'reportlab', 'pyqtgraph', 'numpy', 'pypdfium2', 'PIL'};"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


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
