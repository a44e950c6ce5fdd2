"""The words the journeys are told in: what an officer does with keys and mouse, and what he then sees.

Every step ends when the program has come to rest: no work runs and nothing it means to do in a moment is waiting.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ankang_desktop.app import App
from ankang_desktop.desktop.frame.window import Window
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.desktop.start import Starter
from ankang_desktop.kernel.clock import Clock
from tests.desktop.conftest import TODAY, is_soon, settle
from tests.desktop.journeys import screen
from tests.desktop.journeys.screen import LEFT

_LONG = 30_000  # milliseconds: a paper, a package, a workspace being opened
_PATIENCE = 2_000
_SCREEN = (1366, 768)
_DIALOGS = ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory")


class Officer:
    """One person at one desk. `home` is where his files lie; the program remembers there what it remembers."""

    def __init__(self, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.qtbot, self.home = qtbot, home
        self.starter: Starter | None = None
        self._files: deque[list[Path]] = deque()
        for name in _DIALOGS:
            monkeypatch.setattr(QFileDialog, name, self._dialog(name))
        self._strays: list[str] = []
        self._warden = QTimer()  # a question nobody answers would hold the test for ever
        self._warden.timeout.connect(self._close_stray)
        self._warden.start(_PATIENCE)
        self._is_answering = False

    def _close_stray(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and not self._is_answering:
            self._strays.append(f"{box.windowTitle()}：{box.text()}")
            box.reject()

    # --- coming and going --------------------------------------------------------------------------------------

    @property
    def window(self) -> Window:
        """The main window."""
        assert self.starter is not None
        assert self.starter.window is not None, "no workspace is open"
        return self.starter.window

    @property
    def app(self) -> App:
        """The records behind the window: for looking at what a step left there."""
        return self.window.session.app

    def starts(self, folder: Path | None = None) -> None:
        """Start the program, on a workspace or on the one opened last."""
        self.starter = Starter(Preferences(self.home / "desktop.json"), Clock(TODAY))
        self.starter.begin(folder)
        self.rests()

    def closes(self) -> None:
        """Close the window as with its ×, and with it the program."""
        assert self.starter is not None
        if self.starter.window is not None:
            assert self.window.close(), "the window would not close"
        self.leaves()

    def leaves(self) -> None:
        """End the program whatever is open: what a crash leaves is what lies on the disk."""
        if self.starter is not None:
            if self.starter.welcome is not None:
                self.starter.welcome.close()
            self.starter.close()
            self.starter.deleteLater()
            self.starter = None
        settle()

    def rests(self) -> None:
        """Wait until the program has come to rest."""
        for _ in range(2):
            QApplication.processEvents()
            self.qtbot.waitUntil(self._is_at_rest, timeout=_LONG)
        if self.starter is not None:
            if self.starter.window is not None and self.window.width() < _SCREEN[0]:
                self.window.resize(*_SCREEN)  # the platform without a screen says it has one of 800×800
            screen.front()
            QApplication.processEvents()
        assert not self._strays, f"a question nobody expected: {self._strays}"

    def _is_at_rest(self) -> bool:
        starter = self.starter
        if starter is None:
            return True
        works = [starter.work, *(each for each in (starter.welcome and starter.welcome.work,) if each)]
        if starter.window is not None:
            works.append(starter.window.session.work)
        timers = []
        if starter.window is not None:
            timers = [*starter.window.findChildren(QTimer), *starter.window.session.findChildren(QTimer)]
        is_idle = not any(each.isActive() and is_soon(each) for each in timers)
        return is_idle and starter.waiting is None and not any(each.is_busy for each in works)

    # --- the keyboard ------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys, one after another: “Ctrl+S”, “Down”, “Return”."""
        for each in keys:
            combination = QKeySequence(each)[0]
            self.qtbot.keyClick(self._focus(), combination.key(), combination.keyboardModifiers())
            self.rests()

    def write(self, text: str) -> None:
        """Type where the cursor stands: letters by key, hanzi as an input method hands them over."""
        from tests.desktop.conftest import write

        if text.isascii():
            self.qtbot.keyClicks(self._focus(), text)
        else:
            write(QApplication.focusWidget() or self._focus(), text)
        self.rests()

    def _focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        top = screen.front()
        return QApplication.focusWidget() or top.focusWidget() or top

    def jump(self, words: str, to: str = "") -> None:
        """Ctrl+K, a few letters, ↓ to the line wanted, Enter."""
        self.press("Ctrl+K")
        self.write(words)
        found = screen.cell(to or words)
        assert found is not None, f"Ctrl+K {words} offers no “{to or words}”: {screen.told()}"
        view, index = found
        self.press(*["Down"] * (index.row() - view.currentIndex().row()), "Return")

    # --- the mouse ---------------------------------------------------------------------------------------------

    def click(self, *names: str) -> None:
        """Click a button, a tab, a line of a list by the words on it; further names are entries of its menu."""
        name, *further = names
        if isinstance(menu := screen.front(), QMenu):
            self._click_entry(menu, name)
        elif (found := screen.button(name)) is not None:
            assert found.isEnabled(), f"“{name}” is grey"
            with self._menu(further):
                self.qtbot.mouseClick(found, LEFT, pos=screen.spot(found))
        elif (tab := screen.tab(name)) is not None:
            self.qtbot.mouseClick(tab[0], LEFT, pos=tab[0].tabRect(tab[1]).center())
        else:
            self.click_line(name)
        self.rests()

    def click_line(self, words: str, *, is_double: bool = False, keys: str = "") -> None:
        """Click the line (or cell) of a list with these words, perhaps while Ctrl or Shift is down."""
        found = screen.cell(words)
        assert found is not None, f"no “{words}” in sight: {screen.told()}"
        view, index = found
        view.scrollTo(index)
        QApplication.processEvents()
        held = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Shift": Qt.KeyboardModifier.ShiftModifier}
        modifier = held.get(keys, Qt.KeyboardModifier.NoModifier)
        point = view.visualRect(index).intersected(view.viewport().rect()).center()
        self.qtbot.mouseClick(view.viewport(), LEFT, modifier, point)
        if is_double:
            self.qtbot.mouseDClick(view.viewport(), LEFT, modifier, point)
        self.rests()

    def _click_entry(self, menu: QMenu, name: str) -> None:
        self.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(screen.entry(menu, name)).center())

    @contextmanager
    def _menu(self, entries: Sequence[str]) -> Iterator[None]:
        """Click entries of the menu that opens meanwhile; some menus hold the program until one is clicked."""
        if not entries:
            yield
            return
        left = deque(entries)
        missing: list[AssertionError] = []

        def look() -> None:
            menu = QApplication.activePopupWidget()
            if left and isinstance(menu, QMenu) and menu.isVisible():
                try:
                    self._click_entry(menu, left.popleft())
                except AssertionError as error:
                    missing.append(error)
                    left.clear()
                    menu.close()

        with self._every_moment(look):
            yield
            self.qtbot.waitUntil(lambda: not left, timeout=5_000)
        if missing:
            raise missing[0]

    @contextmanager
    def _every_moment(self, look: Any) -> Iterator[None]:
        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(5)
        yield
        timer.stop()

    def drops(self, files: Sequence[Path], name: str = "") -> None:
        """Drop files from a folder on what carries a name, and there on whatever takes them."""
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        found = [each for each in screen.parts() if name in {*screen.names(each), *screen.words_of(each)}]
        assert found, f"nothing is called “{name}”"
        target: QWidget | None = found[0]
        while target is not None and not target.acceptDrops():
            target = target.parentWidget()
        assert target is not None, f"“{name}” takes no files"
        where, none = QPoint(5, 5), Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(where, Qt.DropAction.CopyAction, carried, LEFT, none)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted(), f"“{name}” does not want these files"
        QApplication.sendEvent(target, QDropEvent(QPointF(where), Qt.DropAction.CopyAction, carried, LEFT, none))
        self.rests()

    # --- fields ------------------------------------------------------------------------------------------------

    def fill(self, name: str, text: str) -> None:
        """Click into a field, write over what is there, and take the first of what is offered."""
        found = self.field(name)
        self.qtbot.mouseClick(found, LEFT, pos=screen.spot(found))
        self.press("Ctrl+A")
        self.write(text)
        if QApplication.activePopupWidget() is not None:
            self.press("Return")

    def choose(self, name: str, option: str) -> None:
        """Choose from a list: open it, ↓ to the option, Enter."""
        found = self.field(name)
        assert isinstance(found, QComboBox)
        row = found.findText(option, Qt.MatchFlag.MatchContains)
        assert row >= 0, f"“{name}” does not offer “{option}”"
        self.qtbot.mouseClick(found, LEFT, pos=screen.spot(found))
        self.press("Home", *["Down"] * row, "Return")
        assert option in found.currentText()

    def field(self, name: str) -> QWidget:
        """Return the field called or labelled so."""
        found = screen.editor(name)
        assert found is not None, f"no field “{name}” in sight: {screen.told()}"
        assert found.isEnabled(), f"“{name}” is locked"
        return found

    def reads(self, name: str) -> str:
        """Return what stands in a field."""
        found: Any = self.field(name)
        if isinstance(found, QComboBox):
            return found.currentText()
        return found.text() if isinstance(found, QLineEdit) else found.toPlainText()

    # --- what is seen ------------------------------------------------------------------------------------------

    def sees(self, *texts: str) -> None:
        """Expect words in the window in front, now or as soon as they come."""
        try:
            self.qtbot.waitUntil(lambda: all(text in screen.words() for text in texts), timeout=3_000)
        except Exception:  # noqa: BLE001 - told anew, with what is seen instead
            left = [text for text in texts if text not in screen.words()]
            pytest.fail(f"not seen: {left}\n--- but: {screen.told()}", pytrace=True)

    def waits_for(self, happens: Callable[[], object]) -> None:
        """Wait until something has happened that is not on the screen."""
        self.qtbot.waitUntil(lambda: bool(happens()), timeout=_LONG)

    def told(self) -> str:
        """Return what can be read now: for whoever writes a journey."""
        return screen.told()

    def sees_no(self, *texts: str) -> None:
        """Expect that words are not in the window in front."""
        self.rests()
        found = [text for text in texts if text in screen.words()]
        assert not found, f"seen: {found}"

    # --- the system's dialogs ----------------------------------------------------------------------------------

    def will_choose(self, *files: Path) -> None:
        """Answer the next file dialog with these."""
        self._files.append(list(files))

    def _dialog(self, name: str) -> Any:
        def answer(*_: Any, **__: Any) -> Any:
            assert self._files, "a file dialog nobody expected"
            chosen = [str(each) for each in self._files.popleft()]
            if name == "getExistingDirectory":
                return chosen[0]
            return (chosen if name == "getOpenFileNames" else chosen[0], "")

        return answer

    @contextmanager
    def answering(self, name: str) -> Iterator[list[str]]:
        """Click a button of the question that comes meanwhile; gives what was asked."""
        asked: list[str] = []

        def look() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox) and box.isVisible() and not asked:
                asked.append(box.text())
                found = screen.button(name, box)
                assert isinstance(found, QPushButton), f"the question has no “{name}”"
                self.qtbot.mouseClick(found, LEFT)

        self._is_answering = True
        with self._every_moment(look):
            yield asked
            self.rests()
        self._is_answering = False
        assert asked, f"nothing was asked that “{name}” would answer"

    def dismiss(self) -> None:
        """Close the dialog in front with Esc."""
        top = screen.front()
        assert isinstance(top, QDialog)
        self.press("Esc")


def copied(source: Path, target: Path) -> Path:
    """Copy a workspace folder."""
    shutil.copytree(source, target)
    return target
