"""The few fields of a draft: the words, place and team as on the photo before, its day from the photo."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions import drafting
from ankang_desktop.actions.hazards import HAZARD
from ankang_desktop.desktop.form.boxes import FieldBox
from ankang_desktop.desktop.form.editors.links import LinkEditor
from ankang_desktop.desktop.look import font, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.ledgers.hazards.words import HazardLevel, Source, Stage

KEYS = ("description", "place", "team", "found_on", "level", "major_basis", "reporter", "anonymous")
_EACH = ("description", "level", "major_basis")
_FINDER = ("reporter", "anonymous")
_NOTHING_SAID = "写一句看到了什么，或按 1–9 选常用描述"


class Fields(QWidget):
    """`enter` tells that Enter was pressed in a field, `left` that the person wants back to the photo."""

    enter = Signal()
    left = Signal()

    def __init__(self, session: Session, phrases: QWidget) -> None:
        super().__init__()
        self.session = session
        known = session.app.ledgers[HAZARD].fields
        self.boxes = {key: FieldBox(known[key], session) for key in KEYS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        words = self.boxes["description"].editor.main
        words.setFixedHeight(QFontMetrics(font()).lineSpacing() * 2 + px(16))
        column.addWidget(phrases)
        for parts in (("description",), ("place", "team"), ("found_on", "level"), ("major_basis",), _FINDER):
            row = QHBoxLayout()
            row.setSpacing(px(10))
            for key in parts:
                row.addWidget(self.boxes[key], 1)
            column.addLayout(row)
        self.keep_finder = QCheckBox("下一张沿用发现人")
        column.addWidget(self.keep_finder)
        self.boxes["level"].changed.connect(self._show_basis)
        self._show_basis()
        for box in self.boxes.values():
            box.editor.main.installEventFilter(self)
            box.changed.connect(lambda each=box: each.show_problem(""))

    def begin(self, day: date | None) -> None:
        """Begin the draft of a photo: what is of each photo is empty, the rest stays as it was."""
        self.boxes["found_on"].editor.set_value(day or self.session.app.clock.today())
        for key in (*_EACH, *(() if self.keep_finder.isChecked() else _FINDER)):
            self.boxes[key].editor.set_value(None)
        self._clean()

    def put(self, values: dict[str, Any]) -> None:
        """Show the values of a draft again."""
        for key, box in self.boxes.items():
            box.editor.set_value(values.get(key))
        self._clean()

    def set_value(self, key: str, value: Any) -> None:
        """Fill in one field."""
        self.boxes[key].editor.set_value(value)
        self.boxes[key].show_problem("")

    def values(self) -> dict[str, Any] | None:
        """Return what is filled in; None where it is refused, which is said beside the fields."""
        for box in self.boxes.values():
            if isinstance(box.editor, LinkEditor):
                box.editor.settle_text()  # a name typed whole needs no choosing
        problems = [Problem(key, text) for key, box in self.boxes.items() if (text := box.misread())]
        if problems:
            self.show_problems(problems)
            return None
        values = {key: box.editor.value() for key, box in self.boxes.items()}
        if not values["description"]:
            self.show_problems([Problem("description", _NOTHING_SAID)])
            return None
        draft = {"source": Source.snapshot, "stage": Stage.registered, **values}
        problems, _ = drafting.judge(self.session.app, HAZARD, draft, {})
        if problems:
            self.show_problems(problems)
            return None
        return values

    def show_problems(self, problems: list[Problem]) -> None:
        """Say beside each field what is wrong with it, and go to the first."""
        for key, box in self.boxes.items():
            box.show_problem("；".join(each.text for each in problems if each.field == key))
        first = next((box for key, box in self.boxes.items() if any(each.field == key for each in problems)), None)
        if first is not None:
            first.editor.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.enter.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _show_basis(self) -> None:
        self.boxes["major_basis"].setVisible(self.boxes["level"].editor.value() is HazardLevel.major)

    def _clean(self) -> None:
        for box in self.boxes.values():
            box.show_problem("")
        self._show_basis()
