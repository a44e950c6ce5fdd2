"""What the program works out itself, as words rather than as a box that nobody may write into."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from ankang_desktop.declare.fields import Field
from ankang_desktop.desktop.form.editors.base import NOBODY, Editor
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label


class Shown(Editor):
    """A computed value; there is nothing to type, mark or lock."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        self._value: Any = None
        self._told = label("", wrap=True, selectable=True)
        self._told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take_main(self._told)
        self.row.addWidget(self._told, 1)

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        self._value = value
        self._told.setText("—　由程序算出" if value is None else self.field.kind.show(value, NOBODY))
        self._told.setProperty("role", "caption" if value is None else "body")
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)

    def raw(self) -> None:
        return None

    def set_raw(self, raw: Any) -> None:
        return

    def set_read_only(self, *, is_read_only: bool) -> None:
        return
