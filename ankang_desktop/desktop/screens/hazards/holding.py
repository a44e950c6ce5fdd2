"""A panel built anew keeps the keys: who works by keyboard goes on where he was, not at the top of the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QWidget

from ankang_desktop.desktop.screens.hazards.painted import ItemRow
from ankang_desktop.desktop.screens.hazards.photos import PhotoSide
from ankang_desktop.desktop.widgets.tabbing import is_stop, reading_order


def held_keys(panel: QWidget) -> str | None:
    """Return which button of a panel has the keys (a dialog over the window lends them only); None where none has."""
    focus = panel.window().focusWidget()
    return _name(focus) if isinstance(focus, QAbstractButton) and panel.isAncestorOf(focus) else None


def give_keys(panel: QWidget, name: str | None) -> None:
    """Give the keys to the button of that name in the panel as it is now, else to the first that acts."""
    if name is None:
        return
    buttons = list(_buttons(panel))
    found = next((each for each in buttons if _name(each) == name), None)
    if found is None and buttons:
        found = next((each for each in buttons if each.property("step")), buttons[0])
    if found is not None:
        found.setFocus()


def _buttons(panel: QWidget) -> Iterator[QAbstractButton]:
    yield from (each for each in reading_order(panel) if isinstance(each, QAbstractButton) and is_stop(each))


def _name(button: QAbstractButton) -> str:
    """Return what a button is called whatever it shows now."""
    if isinstance(button, ItemRow):
        return button.name
    return button.slot if isinstance(button, PhotoSide) else button.text() or button.accessibleName()
