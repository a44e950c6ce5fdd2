"""What every test gets unasked: a home of its own, a fixed day, and no patience with warnings or left-over threads."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.util import LRUCache

from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.store import database

TESTS = Path(__file__).resolve().parent
QT = ("PySide6", "shiboken6")
HOME_VARIABLES = (
    *("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
    *("WIN_PD_OVERRIDE_PERSONAL", "WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"),  # read by platformdirs
)
XDG_VARIABLES = ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR", "DOCUMENTS_DIR")
NO_QT = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--no-qt`: the run that shows all but tests/desktop works on a computer without Qt."""
    parser.addoption("--no-qt", action="store_true", help="refuse PySide6, also in child processes; skip the window")


def pytest_configure(config: pytest.Config) -> None:
    """Register our marker and, when asked, put modules that refuse Qt before the real ones."""
    config.addinivalue_line("markers", "expects_log: the test means to log at WARNING or above")
    if not config.getoption("--no-qt"):
        return
    if early := [name for name in QT if name in sys.modules]:
        raise pytest.UsageError(f"--no-qt: {early} imported before the tests began; a plugin did it")
    folder = config.stash[NO_QT] = tempfile.TemporaryDirectory(prefix="no-qt-")
    for name in QT:
        Path(folder.name, f"{name}.py").write_text(f"raise ModuleNotFoundError('no {name} here', name='{name}')\n")
    sys.path.insert(0, folder.name)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (folder.name, os.environ.get("PYTHONPATH"))))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what `--no-qt` made."""
    if folder := config.stash.get(NO_QT, None):
        folder.cleanup()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the tests of the window out of the run without Qt."""
    is_window = collection_path in {TESTS / "desktop", TESTS / "xwindow"}
    return True if config.getoption("--no-qt") and is_window else None


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Let the statements compiled for one workspace serve the next: every test opens its own, and compiles 650 anew.

    SQLAlchemy keeps them by engine and by dialect; the dialects of our engines are all alike.
    """
    patch, kept = pytest.MonkeyPatch(), LRUCache(database._STATEMENTS)
    patch.setattr(SQLiteDialect, "__eq__", lambda one, other: type(one) is type(other))
    patch.setattr(SQLiteDialect, "__hash__", lambda one: hash(type(one)))

    def made(*words: Any, **options: Any) -> Engine:
        engine = create_engine(*words, **options)
        engine._compiled_cache = kept
        return engine

    patch.setattr(database, "create_engine", made)
    yield
    patch.undo()


@pytest.fixture
def clock() -> Clock:
    """Return a clock standing on a chosen day: 2026-11-21."""
    return Clock(date(2026, 11, 21))


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test an empty home, so that nothing of the developer's is read or written."""
    with tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=os.name == "nt") as name:
        for variable in HOME_VARIABLES:
            monkeypatch.setenv(variable, name)
        for variable in XDG_VARIABLES:
            monkeypatch.setenv(f"XDG_{variable}", str(Path(name, variable.lower())))
        yield Path(name)


class Listener(logging.Handler):
    """Keeps every record at WARNING or above, whatever a test does with caplog."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record as a line."""
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs at WARNING or above without saying so by `@pytest.mark.expects_log`."""
    listener = Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    if listener.heard and request.node.get_closest_marker("expects_log") is None:
        pytest.fail("unexpected log:\n" + "\n".join(listener.heard), pytrace=False)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail a test that leaves a non-daemon thread running (one already ending is given a moment)."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in started:
        thread.join(timeout=1)
    if left := [thread.name for thread in started if thread.is_alive()]:
        pytest.fail(f"threads left running: {left}", pytrace=False)


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Iterator[App]:
    """Give the app of a new, empty workspace."""
    with App.created(tmp_path / "workspace", clock) as opened:
        yield opened
