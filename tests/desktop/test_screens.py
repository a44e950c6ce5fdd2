"""Every screen opens on the demo enterprise and on an empty workspace; what each must do at the least."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.keeping import backups
from ankang_desktop.desktop import look
from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.refs import RecordsDialog
from ankang_desktop.ledgers.hazards.words import Stage
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]
OPENED = [each.key for each in SCREENS if each.key not in {"record", "ledger", "import"}]


@pytest.mark.parametrize("key", OPENED)
def test_opens_on_the_demo_enterprise(key: str, demo: Session, show: Show) -> None:
    window, page = show(demo, key)
    assert window.page is page
    assert page.isVisible()


@pytest.mark.parametrize("key", OPENED)
def test_opens_on_an_empty_workspace(key: str, session: Session, show: Show) -> None:
    _, page = show(session, key)
    assert page.isVisible()


@pytest.mark.parametrize("key", ["today", "calendar", "hazards", "scorecard", "statistics", "submission", "settings"])
def test_opens_dark_and_large(key: str, demo: Session, show: Show) -> None:
    look.apply("dark", 150)
    _, page = show(demo, key)
    assert page.isVisible()
    look.apply("light", 100)


# --- 隐患闭环、随手拍 ----------------------------------------------------------------------------------------------


def test_the_board_counts_and_its_numbers_open(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "hazards")
    rectifying = next(each for each in page.columns if each.stage is Stage.rectifying)
    assert int(rectifying.number.text()) == rectifying.model.count == 8
    qtbot.mouseClick(rectifying.number, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert window.findChild(RecordsDialog).model.rowCount() == 8
    rectifying.list.setCurrentIndex(rectifying.model.index(0))
    quiet(qtbot, demo)
    assert page.side.seen.card.number == rectifying.model.cards[0].number
    assert page.side.seen.opened.moves


def test_the_records_behind_a_number_are_sorted_found_copied_and_opened(
    demo: Session, show: Show, qtbot: QtBot
) -> None:
    window, _ = show(demo, "help")
    refs = [
        {"number": f"YH-2026-000{at}", "title": title, "day": date(2026, 6, at), "place": "", "note": note}
        for at, title, note in ((1, "座椅", "缺附件"), (2, "阿木", ""), (3, "车床", ""))
    ]
    demo.open_records("佐证", refs)
    dialog = window.findChild(RecordsDialog)
    assert [each.number[-1] for each in dialog.model.rows] == ["3", "2", "1"]
    dialog.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [each.title for each in dialog.model.rows] == ["阿木", "车床", "座椅"]
    dialog._copy()
    assert QApplication.clipboard().text().splitlines()[2] == "YH-2026-0001\t座椅\t2026-06-01\t\t缺附件"
    dialog.search.setText("2026-06 车")
    assert [each.title for each in dialog.model.rows] == ["车床"]
    assert dialog.table.chosen() == list(dialog.model.rows)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert window.page.opened.stored.number == "YH-2026-0003"


# --- 设置、报送 ----------------------------------------------------------------------------------------------------


def test_backed_up_rehearsed_and_told(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = show(demo, "settings")
    page.backups.back_up()
    quiet(qtbot, demo)
    assert len(backups(demo.app.workspace.folder / "backups")) == 1
    assert "逐个核对" in said[-1][1]
    page.backups.rehearse()
    quiet(qtbot, demo)
    assert said[-1][1].startswith("演练恢复成功")
    assert "演练恢复成功" in page.backups.rehearsed.text()


def test_text_size_and_theme_ask_for_a_new_window(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "settings")
    with qtbot.waitSignal(window.rebuild_wanted):
        page.sizes.buttons.button(3).click()
    assert demo.preferences.percent == 150
    with qtbot.waitSignal(window.rebuild_wanted):
        page.themes.buttons.button(1).click()
    assert demo.preferences.theme == "dark"
