"""Undoing what was typed and not saved: a line, a paragraph, the rows of a grid."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


@runtime_checkable
class Turnable(Protocol):
    """A part of a form that keeps what was typed into it before; both say whether there was anything to turn."""

    def undo_typing(self) -> bool:
        """Go one change back."""
        ...

    def redo_typing(self) -> bool:
        """Go one change on again."""
        ...


def turned_in(widget: QWidget | None, way: str) -> bool:
    """Undo or redo (`way`) in the widget with the keys, or in the part around it; says whether there was anything."""
    while widget is not None:
        if _turned(widget, way):
            return True
        widget = widget.parentWidget()
    return False


def _turned(widget: QWidget, way: str) -> bool:
    is_undo = way == "undo"
    if isinstance(widget, Turnable):
        return widget.undo_typing() if is_undo else widget.redo_typing()
    if isinstance(widget, QLineEdit):
        can = widget.isUndoAvailable() if is_undo else widget.isRedoAvailable()
    elif isinstance(widget, QPlainTextEdit):
        document = widget.document()
        can = document.isUndoAvailable() if is_undo else document.isRedoAvailable()
    else:
        return False
    if can:
        widget.undo() if is_undo else widget.redo()
    return can
