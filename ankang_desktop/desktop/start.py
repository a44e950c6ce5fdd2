"""From the double click to the first screen: paint at once, import and open in a thread, then show the records.

This module and what it imports know no SQLAlchemy; a test holds them to it. The workspace opened last opens by itself;
where there is none, or it cannot be opened, the welcome screen offers every way on.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.desktop.frame.navigation import Navigation
from ankang_desktop.desktop.frame.standing import stand
from ankang_desktop.desktop.lock.idle import Idle
from ankang_desktop.desktop.look import apply, dress, icon
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.desktop.report import Door
from ankang_desktop.desktop.widgets import label
from ankang_desktop.desktop.work import Work
from ankang_desktop.desktop.work.collector import Collector
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import Locked
from ankang_desktop.kernel.text import parse_date

_NEEDED_FIRST = (
    "agenda", "choosing", "compared", "drafting", "hazards", "ics", "last_year", "overview", "programmes", "records",
    "reminding", "scores", "scoring_work", "year",
)  # fmt: skip
"""What the first screen does; nothing of Qt, for a worker imports it (see `frame.ahead`)."""

if TYPE_CHECKING:
    from ankang_desktop.app import App
    from ankang_desktop.desktop.frame.window import Window
    from ankang_desktop.desktop.lock.exchange import Exchange
    from ankang_desktop.desktop.lock.unlock import Unlock
    from ankang_desktop.desktop.screens.welcome import Welcome


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; returns the exit code, 2 where the words are wrong."""
    parser = argparse.ArgumentParser(prog="ankang", description="安康杯工作台的窗口")
    parser.add_argument("--workspace", type=Path, help="打开这个工作区；缺省打开上一次的")
    parser.add_argument("--today", help="把这一天当作今天，如 2026-11-21（演示用）")
    options = parser.parse_args(list(sys.argv[1:] if arguments is None else arguments))
    day = parse_date(options.today, 2000) if options.today else None
    if options.today and day is None:
        parser.error(f"--today 的“{options.today}”不是有效日期，请写成 2026-11-21 这样")
    application = make_application()
    starter = Starter(Preferences(), Clock(day))
    starter.begin(options.workspace)
    code = application.exec()
    starter.close()
    return code


def make_application() -> QApplication:
    """Return the one QApplication, set up as ours."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    application.setApplicationName("ankang-desktop")
    application.setApplicationDisplayName("安康杯工作台")
    application.setDesktopFileName("ankang-desktop")
    if application.findChild(Collector) is None:
        Collector(application)
        translate(application)
    return application


def translate(application: QApplication) -> None:
    """Let Qt's own words (菜单 of an editor, 是/否) be Chinese."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


class Starter(QObject):
    """Holds the one open window and opens another workspace in its place."""

    def __init__(self, preferences: Preferences, clock: Clock) -> None:
        super().__init__()
        self.preferences, self.clock = preferences, clock
        self.door = Door()
        self.door.guard()
        self.work = Work(self, self.door.show)
        self.window: Window | None = None
        self.waiting: Waiting | None = None
        self.welcome: Welcome | None = None
        self.unlock: Unlock | None = None
        self._to_say: Callable[[], object] | None = None
        self.idle = Idle(preferences, self.lock_if_left, self)
        apply(preferences.theme, preferences.percent)

    def begin(self, folder: Path | None = None) -> None:
        """Open a workspace, by default the last one; without any, welcome the person."""
        known = self.preferences.workspaces
        if folder is None and not known:
            self.show_welcome()
        else:
            self.open(folder or known[0])

    def open(self, folder: Path, password: str | None = None, *, is_new: bool = False) -> None:
        """Open (or make) a workspace off the GUI thread, a waiting window in sight meanwhile."""
        self._close_window()
        self._wait(folder, f"正在打开“{folder.name}”…")
        self.work.run(
            lambda _: _open(folder, self.clock, password, is_new=is_new),
            partial(self._opened, folder),
            on_error=partial(self._failed, folder),
        )

    # --- a workspace with a password ---------------------------------------------------------------------------

    def try_password(self, folder: Path, password: str, refused: Callable[[BaseException], None]) -> None:
        """Open a locked workspace, off the GUI thread; the screen that asked stays until it is open."""
        self.work.run(
            lambda _: _open(folder, self.clock, password, is_new=False), partial(self._opened, folder), on_error=refused
        )

    def lock(self) -> None:
        """Close a workspace that has a password, what is unsaved settled, and ask for the password."""
        if self.window is None:
            return
        if self.window.session.app.workspace.key is None:
            way = ("设密码", partial(self.window.session.go, "settings", section="密码"))
            self.door.say("这个工作区还没有密码，锁不了", "先在设置里设一个", "info", way)
        elif self.window.may_close():
            self._lock()

    def lock_if_left(self) -> None:
        """Do so because nobody was here for a while; not where something would be lost, nor in the midst of work."""
        window = self.window
        if window is not None and window.session.app.workspace.key is not None and window.may_be_left_alone():
            self._lock()

    def exchange(self, wanted: Exchange) -> None:
        """Close the workspace, do what cannot be done to an open one, and open it again; an error changes nothing."""
        if self.window is None or not self.window.may_close():
            return
        folder = self.window.session.app.workspace.folder
        self._close_window()
        self._wait(folder, wanted.text)

        def failed(error: BaseException) -> None:
            self.open(folder, wanted.before)
            self._say_once_open(partial(self.door.show, error))

        def done(_: object) -> None:
            self.open(folder, wanted.after)
            self._say_once_open(partial(self.door.say, wanted.said, "", "good"))

        job = self.work.run(partial(wanted.work, folder), done, on_error=failed)
        if self.waiting is not None:
            job.progress.connect(self.waiting.tell)

    def forget_unlock(self) -> None:
        """Let the unlock screen go."""
        if self.unlock is not None:
            self.unlock.deleteLater()
            self.unlock = None

    def _lock(self) -> None:
        if self.window is not None:
            folder = self.window.session.app.workspace.folder
            self.window.remember()
            self._close_window()
            self._show_unlock(folder)

    def _show_unlock(self, folder: Path) -> None:
        from ankang_desktop.desktop.lock.unlock import Unlock

        self.unlock = Unlock(self, folder)
        self.unlock.show()

    # --- the welcome screen ------------------------------------------------------------------------------------

    def show_welcome(self, error: BaseException | None = None) -> None:
        """Offer every way on: a new workspace, one that exists, the demo enterprise, a backup."""
        from ankang_desktop.desktop.screens.welcome import Welcome

        self.welcome = Welcome(self, error)
        self.welcome.show()

    def forget_welcome(self) -> None:
        """Let the welcome screen go: a workspace is being opened."""
        self.welcome = None

    def rebuild(self) -> None:
        """Make the window anew in the look that was chosen."""
        apply(self.preferences.theme, self.preferences.percent)
        if self.window is not None:
            session, old = self.window.session, self.window
            self._show_window(session, old)
            old.hide()
            old.deleteLater()

    def switch(self) -> None:
        """Let the person choose another workspace, once what is unsaved in this one is settled."""
        if self.window is None or self.window.may_close():
            self._close_window()
            self.show_welcome()

    def close(self) -> None:
        """Close everything, so that no thread and no lock is left."""
        self._close_window()
        self.work.close()

    # --- inside ------------------------------------------------------------------------------------------------

    def _wait(self, folder: Path, words: str) -> None:
        self._end_waiting()
        self.waiting = Waiting(folder, words, self.preferences)
        self.waiting.show()

    def _end_waiting(self) -> None:
        if self.waiting is not None:
            self.waiting.close()
            self.waiting = None

    def _say_once_open(self, say: Callable[[], object]) -> None:
        self._to_say = say

    def _opened(self, folder: Path, app: App) -> None:
        from ankang_desktop.desktop.session import Session

        self.preferences.opened(folder)
        if self.unlock is not None:
            self.unlock.hide()
            self.forget_unlock()
        self._show_window(Session(app, self.preferences, self.door, self))
        if self.window is not None:
            self.window.offer_drafts()
        self._end_waiting()
        say, self._to_say = self._to_say, None
        if say is not None:
            say()

    def _show_window(self, session: Any, before: Window | None = None) -> None:
        from ankang_desktop.desktop.frame.window import Window

        self.window = Window(session)
        self.window.setWindowIcon(icon("shield-check", "accent"))
        self.window.rebuild_wanted.connect(self.rebuild, Qt.ConnectionType.QueuedConnection)
        self.window.switch_wanted.connect(self.switch, Qt.ConnectionType.QueuedConnection)
        self.window.lock_wanted.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        self.window.exchange_wanted.connect(self.exchange, Qt.ConnectionType.QueuedConnection)
        self.window.restore(before)
        self.window.show()

    def _failed(self, folder: Path, error: BaseException) -> None:
        if isinstance(error, Locked):
            self._show_unlock(folder)
        else:
            self.show_welcome(error)
        self._end_waiting()

    def _close_window(self) -> None:
        if self.window is not None:
            self.window.session.close()
            self.window.hide()
            self.window.deleteLater()
            self.window.session.deleteLater()
            self.window = None


class Waiting(QWidget):
    """What is seen while the records are being opened: the frame as it will be, and whose workspace is coming."""

    def __init__(self, folder: Path, words: str, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setWindowTitle("安康杯工作台")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        navigation = Navigation()
        navigation.setEnabled(False)
        row.addWidget(navigation)
        column = QVBoxLayout()
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._doing = label("", "soft")
        column.addWidget(label(words, "subtitle"), 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(label(str(folder), "caption"), 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._doing, 0, Qt.AlignmentFlag.AlignCenter)
        row.addLayout(column, 1)
        stand(self, preferences)
        dress(self)

    def tell(self, words: str, done: int, total: int) -> None:
        """Say how far it is."""
        self._doing.setText(f"{words} {done}/{total}" if total else words)


def _open(folder: Path, clock: Clock, password: str | None, *, is_new: bool) -> App:
    """Import the program and open a workspace, off the GUI thread; what the first screen needs is imported here too."""
    for name in _NEEDED_FIRST:
        import_module(f"ankang_desktop.actions.{name}")
    from ankang_desktop.app import App
    from ankang_desktop.store.workspace import create_workspace, open_workspace

    app = App(create_workspace(folder) if is_new else open_workspace(folder, password), clock)
    try:
        _ = app.library
    except BaseException:
        app.close()
        raise
    return app


def has_display() -> bool:
    """Say whether a window can be shown here at all."""
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
