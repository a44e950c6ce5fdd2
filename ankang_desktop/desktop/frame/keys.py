"""The keys that work everywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from ankang_desktop.desktop.frame.typed import turned_in

if TYPE_CHECKING:
    from ankang_desktop.desktop.frame.window import Window

_PLACES = (
    *("today", "calendar", "hazards", "grid", "scorecard"),
    *("statistics", "submission", "archive", "ledgers", "settings"),
)  # Ctrl+1 to Ctrl+0


def bind_keys(window: Window) -> None:
    """Give a window its keys."""
    session = window.session
    undo, redo = partial(_turn, window, "undo", session.undo), partial(_turn, window, "redo", session.redo)
    keys: dict[str, Callable[[], object]] = {
        "Ctrl+K": window.jump,
        "Ctrl+L": window.lock_wanted.emit,
        "Ctrl+Z": undo,
        "Ctrl+Y": redo,
        "Ctrl+Shift+Z": redo,
        "Alt+Left": window.go_back,
        "F1": window.explain,
        "F6": window.navigation.tree.setFocus,
        "Ctrl+PgUp": lambda: session.choose_year(session.year - 1),
        "Ctrl+PgDown": lambda: session.choose_year(session.year + 1),
    }
    keys |= {f"Ctrl+{number % 10}": partial(window.go, place) for number, place in enumerate(_PLACES, 1)}
    for key, action in keys.items():
        QShortcut(QKeySequence(key), window, activated=action)  # type: ignore[call-overload]


def _turn(window: Window, way: str, step: Callable[[], object]) -> None:
    """Undo or redo typing, else the newest step; who stands in a form with unsaved work means the form."""
    keys = QApplication.focusWidget()
    if turned_in(keys, way):
        return
    if window.page is not None and window.page.holds_typing(keys):
        told = "撤销" if way == "undo" else "重做"
        window.session.door.say(f"这张表单里没有可以{told}的输入了", f"要{told}别的步骤，按右上角的{told}", "info")
    else:
        step()
