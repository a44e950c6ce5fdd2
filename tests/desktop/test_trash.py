"""The trash as the officer meets it: found, read, brought back, brought back again by undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import drafting, records
from ankang_desktop.desktop.session import Session
from ankang_desktop.store.query import ids_of
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]


def _remove(session: Session, ledger: str, number: int) -> None:
    with session.app.read() as connection:
        ids = ids_of(connection, session.app.ledgers[ledger])[:number]
    drafting.remove_many(session.app, ledger, ids)


def test_empty_trash_says_so(session: Session, show: Show) -> None:
    _, page = show(session, "trash")
    assert page._empty.isVisible()
    assert page._empty.told.text() == "回收站是空的"
    assert not page._restore.isEnabled()


def test_found_by_initials_and_restored_as_one_step(
    demo: Session, show: Show, qtbot: QtBot, qtmodeltester: ModelTester, said: list[tuple[str, str, str]]
) -> None:
    _remove(demo, "suggestion", 3)
    _remove(demo, "training", 2)
    _, page = show(demo, "trash")
    qtmodeltester.check(page.listed)
    assert len(page.listed.rows) == 5
    qtbot.keyClicks(page.search, "hlhjy")
    assert {row["ledger"] for row in page.listed.rows} == {demo.app.ledgers["suggestion"].title}
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page._chosen.text() == "已选 3 条"
    qtbot.mouseClick(page._restore, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert said[-1][1] == "已恢复 3 条记录"
    assert len(records.trash(demo.app)) == 2
    demo.undo()
    quiet(qtbot, demo)
    assert len(records.trash(demo.app)) == 5
    assert len(page.listed.rows) == 3


def test_the_keys_still_undo_after_the_button_has_restored(demo: Session, show: Show, qtbot: QtBot) -> None:
    _remove(demo, "suggestion", 1)
    window, page = show(demo, "trash")
    assert page._restore.isEnabled()
    for _ in range(2):  # the second time the line was current already, and must be selected all the same
        page.search.setFocus()
        qtbot.mouseClick(page._restore, Qt.MouseButton.LeftButton)
        quiet(qtbot, demo)
        assert not records.trash(demo.app)
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        quiet(qtbot, demo)
        assert len(records.trash(demo.app)) == 1
        assert page._restore.isEnabled()


def test_an_idle_search_line_leaves_ctrl_z_to_the_window(demo: Session, show: Show, qtbot: QtBot) -> None:
    _remove(demo, "suggestion", 1)
    _, page = show(demo, "trash")
    page.search.setFocus()
    qtbot.keyClick(page.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not records.trash(demo.app)


def test_enter_opens_the_record(demo: Session, show: Show, qtbot: QtBot) -> None:
    _remove(demo, "suggestion", 1)
    window, page = show(demo, "trash")
    asked: list[tuple[str, dict[str, Any]]] = []
    demo.wanted.disconnect(window.go)
    demo.wanted.connect(lambda key, given: asked.append((key, given)))
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert asked == [("record", {"number": page.listed.rows[0]["number"]})]


def test_a_search_without_a_find_says_what_to_try(demo: Session, show: Show, qtbot: QtBot) -> None:
    _remove(demo, "suggestion", 1)
    _, page = show(demo, "trash")
    page.search.setText("没有这个")  # key events carry no Chinese
    assert page._empty.told.text() == "没有找到这样的记录"


def test_many_are_restored_as_a_job(demo: Session, show: Show, qtbot: QtBot) -> None:
    _remove(demo, "employee", 120)
    _, page = show(demo, "trash")
    page.view.selectAll()
    page.restore()
    quiet(qtbot, demo)
    assert records.trash(demo.app) == []
    assert page._empty.isVisible()
