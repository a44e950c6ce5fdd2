"""From the double click to the first screen: welcome, a new workspace, the last one, one that cannot be opened."""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import demo as demo_action
from ankang_desktop.desktop.frame.standing import stand
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.desktop.screens import welcome as welcome_screen
from ankang_desktop.desktop.start import Starter
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store import backup
from tests.desktop.conftest import TODAY, quiet, settle


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Starter]]:
    """Give `start(folder=None)`: a starter that has begun; closed afterwards."""
    made: list[Starter] = []

    def begun(folder: Path | None = None) -> Starter:
        starter = Starter(Preferences(tmp_path / "desktop.json"), Clock(TODAY))
        made.append(starter)
        starter.begin(folder)
        return starter

    yield begun
    for starter in made:
        if starter.welcome is not None:
            starter.welcome.close()
        starter.close()
        starter.deleteLater()
    settle()


def opened(qtbot: QtBot, starter: Starter) -> Any:
    qtbot.waitUntil(lambda: starter.window is not None and starter.window.isVisible(), timeout=30_000)
    assert starter.window is not None
    quiet(qtbot, starter.window.session)
    return starter.window


def tile(starter: Starter, words: str) -> Any:
    assert starter.welcome is not None
    return next(each for each in starter.welcome.tiles if words in each.accessibleName())


def test_the_screen_outlives_the_windows(start: Callable[..., Starter]) -> None:
    """PySide's collector once deleted the screen together with the second window that had asked for it."""
    gone: list[object] = []
    QGuiApplication.primaryScreen().destroyed.connect(lambda *_: gone.append(1))
    starter = start()
    for _ in range(2):
        window = QWidget()
        stand(window, starter.preferences)
        window.__dict__["itself"] = window
    del window
    gc.collect()
    assert not gone


def test_first_start_makes_a_workspace_and_the_second_opens_it(
    start: Callable[..., Starter], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "我的工作区"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(folder), ""))
    starter = start()
    assert starter.welcome is not None
    qtbot.mouseClick(tile(starter, "新建工作区"), Qt.MouseButton.LeftButton)
    window = opened(qtbot, starter)
    assert window.session.app.workspace.folder == folder
    assert window.head.enterprise.text() == "尚未填写单位"
    starter.close()
    again = start()
    assert opened(qtbot, again).session.app.workspace.folder == folder


def test_the_window_stands_where_it_stood(
    start: Callable[..., Starter], qtbot: QtBot, demo_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "示例"
    shutil.copytree(demo_folder, folder)
    first = start(folder)
    window = opened(qtbot, first)
    window.resize(1111, 700)
    group = window.navigation.tree.findItems("集体合同", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]
    window.navigation.tree.entered.emit(group)
    window.go("archive")
    quiet(qtbot, window.session)
    qtbot.waitUntil(lambda: window.page.stack.currentIndex() == 1)
    split = window.page.stack.widget(1)
    split.moveSplitter(380, 1)
    dragged = share(split)
    window.go("ledger", {"ledger": "drill"})
    quiet(qtbot, window.session)
    window.close()
    first.close()
    second = start()
    window = opened(qtbot, second)
    assert window.page.title == "应急演练台账"
    assert window.size().height() == 700
    assert opened_groups(window) == ["教育与宣传", "集体合同"], "one for the place, one opened by hand"
    window.go("archive")
    quiet(qtbot, window.session)
    qtbot.waitUntil(lambda: window.page.stack.currentIndex() == 1)
    assert share(window.page.stack.widget(1)) == pytest.approx(dragged, abs=0.01)


def share(split: Any) -> float:
    left, right = split.sizes()
    return float(left / (left + right))


def opened_groups(window: Any) -> list[str]:
    shelf = window.navigation.tree.findItems("台账", Qt.MatchFlag.MatchExactly)[0]
    return [shelf.child(at).text(0) for at in range(shelf.childCount()) if shelf.child(at).isExpanded()]


def test_another_theme_makes_the_window_anew_at_the_same_place(
    start: Callable[..., Starter], qtbot: QtBot, demo_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "示例"
    shutil.copytree(demo_folder, folder)
    starter = start(folder)
    window = opened(qtbot, starter)
    window.go("ledger", {"ledger": "drill"})
    window.head.look.click()
    qtbot.waitUntil(lambda: starter.window is not window)
    again = opened(qtbot, starter)
    assert starter.preferences.theme == "dark"
    assert again.page.title == "应急演练台账"
    again.head.look.click()
    qtbot.waitUntil(lambda: starter.preferences.theme == "light" and starter.window is not again)
    opened(qtbot, starter)


def test_what_cannot_be_opened_is_said_with_every_way_on(
    start: Callable[..., Starter], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "坏的"
    folder.mkdir()
    (folder / "ankang.db").write_bytes(b"no database at all")
    starter = start(folder)
    qtbot.waitUntil(lambda: starter.welcome is not None, timeout=30_000)
    assert starter.welcome is not None
    assert "已损坏" in starter.welcome.messages.told.text()
    assert "备份" in starter.welcome.messages.told.text()


def test_the_demo_enterprise_is_one_click_away(
    start: Callable[..., Starter], qtbot: QtBot, tmp_path: Path, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(welcome_screen, "default_workspace", lambda: tmp_path / "文档" / "工作区")
    monkeypatch.setattr(
        demo_action, "run_demo", lambda folder, progress: shutil.copytree(demo_folder, folder / "工作区")
    )
    starter = start()
    for way in starter.welcome.tiles:
        for words in way.findChildren(QLabel):
            assert words.height() >= words.heightForWidth(words.width()), f"“{words.text()}” is cut"
            assert words.buddy() is way or "&" not in words.text(), "a letter in brackets is underlined"
    starter.welcome.activateWindow()
    qtbot.waitUntil(starter.welcome.isActiveWindow)
    qtbot.keyClick(starter.welcome, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert opened(qtbot, starter).head.enterprise.text() == "华兴机械厂"


def test_a_backup_comes_back_from_the_welcome_screen(
    start: Callable[..., Starter], qtbot: QtBot, tmp_path: Path, demo_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ankang_desktop.actions.filing import back_up
    from ankang_desktop.app import App
    from ankang_desktop.kernel.progress import Quiet

    source, target = tmp_path / "原", tmp_path / "恢复"
    shutil.copytree(demo_folder, source)
    with App.opened(source, Clock(TODAY)) as app:
        made, _ = back_up(app, tmp_path / "备份", Quiet())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(made.folder))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    starter = start()
    qtbot.mouseClick(tile(starter, "从备份恢复"), Qt.MouseButton.LeftButton)
    window = opened(qtbot, starter)
    assert window.session.app.workspace.folder == target
    assert window.head.enterprise.text() == "华兴机械厂"
    assert QApplication.topLevelWidgets()


class Held:
    """A Progress that holds the work at its second step until it is let go."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        self._steps = 0

    def beside(self, progress: Progress) -> Progress:
        """Give this one's stop to another's work."""
        self._progress = progress
        return self

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        self._steps += 1
        if self._steps == 2:
            self.reached.set()
            assert self.go_on.wait(30)
        self._progress.step(text, done, total)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Every backup stands still in its midst."""
    stop, write = Held(), backup.back_up
    monkeypatch.setattr(
        backup, "back_up", lambda workspace, folder, now, progress: write(workspace, folder, now, stop.beside(progress))
    )
    yield stop
    stop.go_on.set()


def backups_of(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "backups").iterdir()) if (folder / "backups").exists() else []


@pytest.fixture
def backing_up(
    start: Callable[..., Starter], qtbot: QtBot, demo_folder: Path, tmp_path: Path, held: Held
) -> tuple[Starter, Path]:
    """The demo enterprise open, and in the midst of a backup."""
    folder = tmp_path / "示例"
    shutil.copytree(demo_folder, folder)
    starter = start(folder)
    window = opened(qtbot, starter)
    window.go("settings", {"section": "备份"})
    quiet(qtbot, window.session)
    window.page.backups.back_up()
    qtbot.waitUntil(held.reached.is_set, timeout=20_000)
    return starter, folder


def answered(words: str, act: Callable[[], object], let_go: Callable[[], object] = lambda: None) -> list[str]:
    """Do an act and click this answer to the question it asks; returns what was asked."""
    asked: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and not asked:
            asked.append(box.text())
            let_go()
            next(each for each in box.buttons() if words in each.text()).click()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    act()
    timer.stop()
    return asked


def test_another_workspace_waits_for_the_backup(backing_up: tuple[Starter, Path], qtbot: QtBot, held: Held) -> None:
    starter, folder = backing_up
    assert answered("否", starter.switch) == ["“正在备份”还没有完成"]
    assert starter.window is not None
    assert starter.welcome is None
    held.go_on.set()
    quiet(qtbot, starter.window.session)
    assert len(backups_of(folder)) == 1
    assert "备份好了" in starter.window.messages.told.text()
    assert answered("否", starter.switch) == []
    assert starter.welcome is not None


def test_another_workspace_instead_of_the_backup(backing_up: tuple[Starter, Path], qtbot: QtBot, held: Held) -> None:
    starter, folder = backing_up

    def let_go() -> None:
        QTimer.singleShot(50, held.go_on.set)  # while the window is closing

    assert answered("是", starter.switch, let_go) == ["“正在备份”还没有完成"]
    assert starter.window is None
    assert backups_of(folder) == []
    starter.open(folder)  # nobody holds it any more
    window = opened(qtbot, starter)
    window.page.backups.back_up()
    quiet(qtbot, window.session)
    [made] = backups_of(folder)
    assert backup.is_backup(folder / "backups" / made)
