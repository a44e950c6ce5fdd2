"""The keyboard alone reaches everything: every stop of Tab has a name, in reading order; no two mnemonics are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, scrolled
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.widgets.refs import RecordsDialog
from ankang_desktop.desktop.widgets.tabbing import is_stop, reading_order
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]
GIVEN = {"ledger": {"ledger": "hazard"}, "record": {"number": "YH-2026-0015"}, "import": {"ledger": "hazard"}}


VIEWS = [("scorecard", {"view": view}) for view in ("gaps", "compare", "frozen")]


@pytest.mark.parametrize(("key", "given"), [*((each.key, GIVEN.get(each.key, {})) for each in SCREENS), *VIEWS])
def test_every_stop_has_a_name_and_every_mnemonic_one_meaning(
    key: str, given: dict[str, Any], demo: Session, show: Show
) -> None:
    window, _ = show(demo, key, **given)
    stops = [each for each in window.findChildren(QWidget) if each.isVisible() and is_stop(each)]
    assert len(stops) > 5
    assert [path(each) for each in stops if not told(each)] == []
    keys: dict[str, list[str]] = defaultdict(list)
    for widget, words in worded(window):
        if shortcut := QKeySequence.mnemonic(words).toString():
            keys[shortcut].append(f"{words} {path(widget)}")
    assert {shortcut: meant for shortcut, meant in keys.items() if len(meant) > 1} == {}


def test_tab_goes_through_the_form_before_its_evidence(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "record", number="YH-2026-0015")
    passed = walk(window, qtbot)
    form = [box.editor.main for box in page.body.boxes.values() if is_stop(box.editor.main)]
    assert len(form) > 40
    assert [each for each in passed if each in form] == form
    assert passed.index(form[-1]) < passed.index(page.side.tabBar())


def test_tab_goes_through_lists_filled_later_where_they_are_seen(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, _ = show(demo, "today")
    names = [told(each) for each in walk(window, qtbot)]
    late, gaps = names.index("已逾期：全部 40 项"), names.index("评分缺口：全部 23 项")
    assert gaps - late == 6, "its five lines stand between"


def test_shift_tab_goes_back_the_same_way(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, _ = show(demo, "calendar")
    assert walk(window, qtbot)[::-1] == walk(window, qtbot, Qt.Key.Key_Backtab)


class Twisted(Dialog):
    """Made from the end to the beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.last = button("确定", lambda: self.pressed.append("确定"), kind="primary")
        self.other, self.line = button("复制", lambda: self.pressed.append("复制")), QLineEdit()
        column = QVBoxLayout(self)
        for part in (self.line, self.other, self.last):
            column.addWidget(part)


def test_a_dialog_is_walked_as_it_is_read_and_enter_means_its_primary_button(qtbot: QtBot) -> None:
    dialog = Twisted()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    dialog.line.setFocus()
    assert walk(dialog, qtbot) == [dialog.other, dialog.last, dialog.line]
    dialog.line.setFocus()
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.other, Qt.Key.Key_Return)
    assert dialog.pressed == ["确定", "复制"]
    dialog.last.hide()
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.pressed == ["确定", "复制"], "no button that is not meant"


def test_enter_in_the_search_of_a_list_opens_the_first_found(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "hazards")
    page.figures.tiles["dual_report"].click()
    quiet(qtbot, demo)
    dialog = window.findChild(RecordsDialog)
    QApplication.clipboard().setText("别的")
    last = dialog.model.rows[-1].number
    dialog.search.setFocus()
    qtbot.keyClicks(dialog.search, last)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert QApplication.clipboard().text() == "别的"
    assert window.page.opened.stored.number == last


def walk(window: Any, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab until it is where it began; return what had the keys."""
    passed: list[QWidget] = []
    while len(passed) < 200:
        qtbot.keyClick(QApplication.focusWidget() or window, key)
        focus = QApplication.focusWidget()
        if focus is None or focus in passed:
            break
        passed.append(focus)
    return passed


def told(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def worded(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Yield what has words that may hold a mnemonic."""
    for each in reading_order(window):
        if isinstance(each, QAbstractButton) or (isinstance(each, QLabel) and each.buddy() is not None):
            yield each, each.text()


def path(widget: QWidget) -> str:
    """Return where a widget is, for the message of a failure."""
    names = []
    above: Any = widget
    while above is not None and len(names) < 5:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(names)


def test_what_has_the_keys_stays_in_sight_when_there_is_less_room(qtbot: QtBot) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    lines = [QLineEdit() for _ in range(40)]
    for each in lines:
        column.addWidget(each)
    area = scrolled(inside)
    qtbot.addWidget(area)
    area.resize(400, 600)
    area.show()
    qtbot.waitExposed(area)
    area.activateWindow()
    lines[10].setFocus()
    qtbot.waitUntil(lines[10].hasFocus)

    def is_in_sight() -> bool:
        return area.viewport().rect().contains(lines[10].geometry().translated(inside.pos()))

    assert is_in_sight()
    area.resize(400, 160)
    qtbot.waitUntil(is_in_sight)
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    area.resize(400, 140)  # what the person has scrolled away from does not come back by itself
    QApplication.processEvents()
    assert not is_in_sight()
