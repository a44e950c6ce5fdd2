"""The help: every screen has its text, every text its pictures, and both fit the window."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.screens.help import TOPICS
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel import paths
from tests.desktop.conftest import settle

FOLDER = paths.resources() / "help"
Show = Callable[..., Any]


def test_every_text_is_listed_and_every_screen_has_one() -> None:
    assert set(TOPICS) == {path.stem for path in FOLDER.glob("*.md")}
    assert {each.topic for each in SCREENS} <= set(TOPICS)


def test_every_picture_is_used_and_there() -> None:
    used = {name for topic in TOPICS for name in re.findall(r"\]\((pictures/[^)]+)\)", text_of(topic))}
    assert used == {f"pictures/{path.name}" for path in (FOLDER / "pictures").glob("*.png")}


def text_of(topic: str) -> str:
    return (FOLDER / f"{topic}.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("key", "heading"), [("calendar", "年历"), ("grid", "今日与班组网格"), ("trash", "台账与佐证")]
)
def test_f1_tells_of_the_screen_in_sight(session: Session, show: Show, qtbot: QtBot, key: str, heading: str) -> None:
    window, _ = show(session, key)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.page.text.toPlainText().startswith(heading)
    assert window.page.topics.currentItem().text() == heading


def test_pictures_are_as_wide_as_there_is_room(session: Session, show: Show) -> None:
    window, page = show(session, "help", topic="年历")
    url = QUrl("pictures/年历.png")
    for width in (1366, 1000):
        window.resize(width, 768)
        settle()
        picture = page.text.loadResource(QTextDocument.ResourceType.ImageResource.value, url)
        assert picture.width() == page.text.viewport().width() - 40
        assert picture.height() == round(picture.width() * 768 / 1366)
