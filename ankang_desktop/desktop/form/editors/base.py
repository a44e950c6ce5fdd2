"""What every editor owes: a value or a Misread with its sentence, a mark when it is wrong, what was typed as JSON."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Reading
from ankang_desktop.desktop.look import px, restyle
from ankang_desktop.desktop.session import Session


class _Nobody:
    """Names for kinds that name nobody; links are chosen, not read."""

    def name_of(self, ledger: str, key: int) -> str:
        """Return the id."""
        return str(key)

    def find(self, ledger: str, text: str) -> list[int]:
        """Find nobody."""
        return []

    def code_name(self, of: str, code: str) -> str:
        """Return the code."""
        return code


NOBODY = _Nobody()


class Editor(QWidget):
    """Edits one value. `changed` tells that the person typed; `value()` gives it or raises Misread.

    Heirs put their widgets into `row`, name the one that takes the focus as `main`, and implement value(), set_value(),
    raw() and set_raw().
    """

    changed = Signal()
    main: QWidget

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__()
        self.field, self.session = field, session
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(px(4))

    def take_main(self, widget: QWidget) -> None:
        """Name the widget that takes the focus and carries the field's accessible name."""
        self.main = widget
        self.setFocusProxy(widget)
        widget.setAccessibleName(self.field.label)

    def value(self) -> Any:
        """Return the value, None where nothing is filled in; raises Misread."""
        raise NotImplementedError  # abstract

    def set_value(self, value: Any) -> None:
        """Show a value; `changed` is not told."""
        raise NotImplementedError  # abstract

    def raw(self) -> Any:
        """Return what is typed, as JSON can hold it, for the draft that outlives a crash."""
        raise NotImplementedError  # abstract

    def set_raw(self, raw: Any) -> None:
        """Type again what raw() returned."""
        raise NotImplementedError  # abstract

    def is_offering(self) -> bool:
        """Say whether the person is still choosing: what is typed is not wrong yet."""
        return False

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let the value be looked at only."""
        self.main.setEnabled(not is_read_only)

    def set_wrong(self, *, is_wrong: bool) -> None:
        """Mark the editor red, or take the mark away."""
        restyle(self.main, "wrong", is_wrong or None)

    def reading(self) -> Reading:
        """Return what reading a text needs: a bare date is of the year looked at (in January often still the last)."""
        return Reading(self.session.year, NOBODY)
