"""The desktop under test: no screen, no patience with Qt warnings, a session on an empty or on the demo workspace."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_FONTDIR", str(Path(__file__).resolve().parents[2] / "resources" / "fonts"))

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.demo import run_demo
from ankang_desktop.actions.last_year import earlier_card
from ankang_desktop.actions.scores import year_card
from ankang_desktop.app import App
from ankang_desktop.desktop import look
from ankang_desktop.desktop.frame.window import Window
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.desktop.report import Door
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.start import make_application
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.store.workspace import create_workspace, open_workspace

TODAY = date(2026, 11, 21)
_SOON = 1000  # ms; what waits longer (a message in sight, a reminder) is not what a test waits for
TOLERATED = ("propagateSizeHints", "This plugin does not support")  # the offscreen platform about itself


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], QApplication]:
    """Make the application as the program makes it."""
    return lambda _: make_application()


@pytest.fixture(autouse=True)
def no_qt_warning(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Fail a test during which Qt warned of anything."""
    heard: list[str] = []

    def hear(kind: QtMsgType, _: object, text: str) -> None:
        if kind in {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg} and not any(each in text for each in TOLERATED):
            heard.append(text)

    before = qInstallMessageHandler(hear)
    yield heard
    qInstallMessageHandler(before)
    if heard and request.node.get_closest_marker("expects_log") is None:
        pytest.fail("Qt warned:\n" + "\n".join(heard), pytrace=False)


@pytest.fixture(autouse=True)
def no_dead_slot(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """Fail a test in which an exception left a slot, or the crash report was shown."""
    escaped: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _, error, __: escaped.append(error))
    monkeypatch.setattr(Door, "crash", lambda _, error: escaped.append(error))
    yield escaped
    if escaped:
        raise escaped[0]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo enterprise, made once a session; only to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "示例"
    run_demo(folder, Quiet())
    return folder / "工作区"


@pytest.fixture(scope="session")
def demo_answers(demo_folder: Path) -> dict[Any, Any]:
    """What every window on the demo enterprise works out first: the calendar and the cards of two years.

    A copy of the workspace gives the same answers until its first step, so they are worked out once a session.
    """
    with App.opened(demo_folder, Clock(TODAY)) as app:
        earlier_card(app, year_card(app, TODAY.year).form, TODAY.year - 1)
        return app._answers


@pytest.fixture
def demo(qtbot: QtBot, demo_folder: Path, demo_answers: dict[Any, Any], tmp_path: Path) -> Iterator[Session]:
    """A session on a copy of the demo enterprise, on 2026-11-21."""
    folder = tmp_path / "示例工作区"
    shutil.copytree(demo_folder, folder)
    app = App(open_workspace(folder), Clock(TODAY))
    app._answers = dict(demo_answers)
    yield from _session(app, tmp_path)


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """A session on a new, empty workspace, on 2026-11-21."""
    yield from _session(App(create_workspace(tmp_path / "工作区"), Clock(TODAY)), tmp_path)


def _session(app: App, folder: Path) -> Iterator[Session]:
    look.apply("light", 100)
    opened = Session(app, Preferences(folder / "desktop.json"), Door())
    yield opened
    opened.close()
    opened.deleteLater()
    settle()


def settle() -> None:
    """Let everything that waits to be deleted go."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[..., Any]]:
    """Give `show(session, key, **arguments)`: a real window on that screen, settled; returns (window, page)."""
    windows: list[Window] = []

    def shown(session: Session, key: str, **arguments: Any) -> tuple[Window, Any]:
        window = Window(session)
        windows.append(window)
        window.resize(1366, 768)
        window.go(key, arguments)
        window.show()
        quiet(qtbot, session)
        return window, window.page

    yield shown
    for window in windows:
        window.page = None
        window.close()
        window.deleteLater()
    settle()


def quiet(qtbot: QtBot, session: Session) -> None:
    """Wait until the session's jobs are done, nothing is put off any more, and what they caused is painted."""
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not session.work.is_busy and not _is_putting_off(session), timeout=60_000)


def _is_putting_off(session: Session) -> bool:
    """Say whether a timer will soon do what was wished: look up what is typed, judge a form, keep a width."""
    owners = (session, *QApplication.topLevelWidgets())
    timers = (timer for each in owners for timer in each.findChildren(QTimer))
    return any(timer.isActive() and is_soon(timer) for timer in timers)


def is_soon(timer: QTimer) -> bool:
    """Say whether a timer does in a moment what was wished; one without a pause does a little each turn until done."""
    return timer.interval() == 0 or (timer.isSingleShot() and timer.interval() <= _SOON)


@pytest.fixture
def said(request: pytest.FixtureRequest) -> list[tuple[str, str, str]]:
    """The messages of the session under test: (kind, text, remedy)."""
    name = "demo" if "demo" in request.fixturenames else "session"
    heard: list[tuple[str, str, str]] = []
    opened: Session = request.getfixturevalue(name)
    opened.door.said.connect(lambda kind, text, remedy, _: heard.append((kind, text, remedy)))
    return heard


def write(widget: Any, text: str) -> None:
    """Type text as an input method does: hanzi have no keys (QTest aborts on them)."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
