"""Text, and numbers with their unit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Misread, Text
from ankang_desktop.desktop.form.editors.base import NOBODY, Editor
from ankang_desktop.desktop.look import font, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label

_SHORT = 30  # characters; a text no longer wants no whole line


class TextEditor(Editor):
    """One line, or as many as the kind asks for."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        lines = field.kind.lines if isinstance(field.kind, Text) else 1
        self.box: QLineEdit | _Paragraph
        if lines > 1:
            self.box = _Paragraph(lines)
            self.box.textChanged.connect(self.changed)
        else:
            self.box = QLineEdit()
            if isinstance(field.kind, Text) and field.kind.longest <= _SHORT:
                self.box.setMaximumWidth(px(200))
            self.box.textEdited.connect(lambda _: self.changed.emit())
        self.take_main(self.box)
        self.row.addWidget(self.box, 1)
        self.row.addStretch()

    def value(self) -> str | None:
        text = self.raw()
        return self.field.kind.read(text, self.reading()) or None if text.strip() else None

    def set_value(self, value: Any) -> None:
        self.set_raw("" if value is None else str(value))

    def raw(self) -> str:
        return self.box.text() if isinstance(self.box, QLineEdit) else self.box.toPlainText()

    def set_raw(self, raw: Any) -> None:
        self.box.blockSignals(True)
        self.box.setText(raw) if isinstance(self.box, QLineEdit) else self.box.setPlainText(raw)
        self.box.blockSignals(False)

    def set_read_only(self, *, is_read_only: bool) -> None:
        self.box.setReadOnly(is_read_only)


class _Paragraph(QPlainTextEdit):
    """Several lines; Tab goes on to the next field, as in every form."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._lines = lines
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(px(200), QFontMetrics(font()).lineSpacing() * min(self._lines, 5) + px(18))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


class AmountEditor(Editor):
    """A number, whole or decimal; full-width digits and the unit may be typed along."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        self.line = QLineEdit()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setMaximumWidth(px(140))
        self.line.textEdited.connect(lambda _: self.changed.emit())
        self.line.editingFinished.connect(self._tidy)
        self.take_main(self.line)
        self.row.addWidget(self.line, 1)
        if unit := getattr(field.kind, "unit", ""):
            self.row.addWidget(label(unit, "soft"))
        self.row.addStretch()

    def value(self) -> Any:
        text = self.line.text().strip()
        return self.field.kind.read(text, self.reading()) if text else None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else self.field.kind.show(value, NOBODY))

    def raw(self) -> str:
        return self.line.text()

    def set_raw(self, raw: Any) -> None:
        self.line.setText(raw)

    def set_read_only(self, *, is_read_only: bool) -> None:
        self.line.setReadOnly(is_read_only)

    def _tidy(self) -> None:
        """Write the number as it is kept: “1e5” and “１２００元” look like what they mean."""
        try:
            self.set_value(self.value())
        except Misread:
            return
