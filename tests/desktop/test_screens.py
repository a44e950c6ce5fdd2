"""Every screen opens on the demo enterprise and on an empty workspace; what each must do at the least."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import drafting
from ankang_desktop.actions.keeping import backups
from ankang_desktop.actions.records import next_steps
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
    assert window.findChild(RecordsDialog).table.rowCount() == 8
    rectifying.list.setCurrentIndex(rectifying.model.index(0))
    quiet(qtbot, demo)
    assert page.side.seen.card.number == rectifying.model.cards[0].number
    assert page.side.seen.opened.moves


def test_two_hundred_photos_become_drafts_by_keyboard(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    for number in range(200):
        picture = Image.new("RGB", (24, 18), (number % 256, number // 2, 90))
        picture.putpixel((0, 0), (number, 255 - number % 256, number % 7))
        picture.save(folder / f"IMG_202606{number % 30 + 1:02d}_{number:06d}.png")
    _, page = show(session, "intake", folder=str(folder))
    qtbot.waitUntil(lambda: len(page.roll.shots) == 200, timeout=30_000)
    for number in range(200):
        assert page.at == number
        qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        if not page.boxes["description"].editor.raw():
            page.phrase(number % 3 + 1)
        qtbot.keyClick(page.boxes["place"].editor.main, Qt.Key.Key_Return)
    quiet(qtbot, session)
    assert len(page.taken) == 200
    assert page.stack.currentIndex() == 2
    opened = drafting.open_record(session.app, page.taken[17].number)
    assert opened.stored.values["found_on"] == page.roll.shots[17].taken_on
    assert page.roll.shots[17].taken_on in {date(2026, 6, day) for day in range(1, 31)}
    assert next_steps(session.app)[0] == "登记隐患排查治理台账"


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
