"""What the program works out itself, as words rather than as a box that nobody may write into."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ankang_desktop.declare.fields import Field
from ankang_desktop.desktop.form.editors.base import NOBODY, Editor
from ankang_desktop.desktop.session import Session


class Shown(Editor):
    """A computed value; there is nothing to type, mark or lock."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        self._value: Any = None
        self._line = QLineEdit()
        self._line.setReadOnly(True)
        self._line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # to be copied; Tab goes on to what can be filled in
        self._line.setPlaceholderText("—　由程序算出")
        self._line.setProperty("kind", "shown")
        self.take_main(self._line)
        self.row.addWidget(self._line, 1)

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = value
        self._line.setText("" if value is None else self.field.kind.show(value, NOBODY))
        self._line.setToolTip(self._line.text())
        self._line.setCursorPosition(0)

    def raw(self) -> None:
        return None

    def set_raw(self, raw: Any) -> None:
        return

    def set_read_only(self, *, is_read_only: bool) -> None:
        return
