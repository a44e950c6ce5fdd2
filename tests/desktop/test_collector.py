"""The collector: what is new at every look, older seldom, too much and everything only while the person is away."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ankang_desktop.desktop.work import collector
from ankang_desktop.desktop.work.collector import Collector


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the collector did, in order."""
    found: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda generation: found.append(f"collect {generation}"))
    for name in ("freeze", "unfreeze"):
        monkeypatch.setattr(gc, name, lambda name=name: found.append(name))
    monkeypatch.setattr(gc, "get_count", lambda: (10_000, 3, 3))
    monkeypatch.setattr(gc, "get_objects", lambda generation: [])  # however much the other tests left
    return found


@pytest.mark.parametrize("is_here", [True, False])
def test_old_is_looked_at_seldom_and_all_only_while_the_person_is_elsewhere(
    qtbot: QtBot, done: list[str], monkeypatch: pytest.MonkeyPatch, *, is_here: bool
) -> None:
    states = Qt.ApplicationState
    state = states.ApplicationActive if is_here else states.ApplicationInactive
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: state)
    parent = QObject()
    done.clear()  # the application's own collector may have looked while the test was set up
    made = Collector(parent)
    assert done == ["freeze"]
    done.clear()
    for _ in range(collector._OLD_EVERY):
        made.look()
    young, old = done[: collector._OLD_EVERY - 1], done[collector._OLD_EVERY - 1 :]
    assert set(young) == {"collect 1"}
    assert old == ([] if is_here else ["unfreeze"]) + ["collect 2", "freeze"]
    parent.deleteLater()


@pytest.mark.parametrize("is_here", [True, False])
def test_too_much_for_one_look_waits_until_the_person_is_elsewhere(
    qtbot: QtBot, done: list[str], monkeypatch: pytest.MonkeyPatch, *, is_here: bool
) -> None:
    monkeypatch.setattr(gc, "get_count", lambda: (collector._MOST + 1, 3, 3))
    monkeypatch.setattr(Collector, "is_left", staticmethod(lambda: not is_here))
    parent = QObject()
    done.clear()  # the application's own collector may have looked while the test was set up
    made = Collector(parent)
    for _ in range(collector._OLD_EVERY):
        made.look()
    assert done == ["freeze"] * collector._OLD_EVERY + ([] if is_here else ["unfreeze", "collect 2"]) + ["freeze"]
    parent.deleteLater()
