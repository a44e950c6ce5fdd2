"""Codes that stand for papers, units and duties: chosen by what people call them, kept as the code."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Code, Misread
from ankang_desktop.desktop.form.editors.base import Editor
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session


class CodeEditor(Editor):
    """One of many by its words; typing any part of them narrows the list."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        spoken = session.app.code_names(field.kind.of) if isinstance(field.kind, Code) else {}
        self._codes = ["", *spoken]
        self.box = CalmComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(CalmComboBox.InsertPolicy.NoInsert)
        self.box.addItems(["", *spoken.values()])
        self.box.view().setMinimumWidth(px(420))
        completer = QCompleter(self.box.model(), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        self.box.setCompleter(completer)
        self.box.currentTextChanged.connect(lambda _: self.changed.emit())
        self.box.editTextChanged.connect(self.box.setToolTip)  # a long title whole
        self.take_main(self.box)
        self.row.addWidget(self.box, 1)

    def value(self) -> str | None:
        text = self.box.currentText().strip()
        row = self.box.findText(text)
        if text and row < 0 and text not in self._codes:
            raise Misread(f"没有“{text}”，请从列表中选（按 ↓）")
        return (self._codes[row] if row >= 0 else text) or None

    def set_value(self, value: Any) -> None:
        self.set_raw(value or "")

    def raw(self) -> str:
        text = self.box.currentText().strip()
        row = self.box.findText(text)
        return self._codes[row] if row >= 0 else text

    def set_raw(self, raw: Any) -> None:
        self.box.blockSignals(True)
        self.box.setCurrentIndex(self._codes.index(raw) if raw in self._codes else 0)
        self.box.setEditText(self.box.currentText() if raw in self._codes else str(raw))
        self.box.blockSignals(False)
        if (line := self.box.lineEdit()) is not None:
            line.setCursorPosition(0)
