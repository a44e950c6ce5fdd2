"""Which days the table speaks of: its own, a usual period, or any two dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ankang_desktop.actions.statistics import Span, own_span, spans
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.kinds import Day, Misread
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.form.editors.days import DayEditor
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label

_OWN = "自定日期…"


class PeriodChooser(QWidget):
    """`chosen` tells that another period was chosen; `span` holds it."""

    chosen = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.span: Span = (date(session.year, 1, 1), date(session.year, 12, 31))
        self._spans: list[tuple[str, Span]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.choice = CalmComboBox()
        self.choice.setAccessibleName("统计期间")
        self.choice.setMinimumWidth(px(252))
        self.choice.activated.connect(self._choose)
        row.addWidget(self.choice)
        self.days = QWidget()
        inside = QHBoxLayout(self.days)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(6))
        self.start = DayEditor(Field(Day(), "期间自", key="start"), session)
        self.end = DayEditor(Field(Day(), "期间至", key="end"), session)
        for editor in (self.start, self.end):
            editor.line.setMinimumWidth(px(124))
            editor.line.editingFinished.connect(self._typed)
        for each in (label("自", "soft"), self.start, label("至", "soft"), self.end):
            inside.addWidget(each)
        row.addWidget(self.days)
        self.days.hide()

    def offer(self, form: Form, year: int) -> None:
        """Offer the periods of a form in a year; its own is chosen."""
        self._spans = spans(form, year)
        self.span = own_span(form, year)
        self.choice.clear()
        self.choice.addItems([*(name for name, _ in self._spans), _OWN])
        self.choice.setCurrentIndex(0)
        self.days.hide()

    def choose(self, span: Span) -> None:
        """Take any two dates."""
        self.span = span
        self.choice.setCurrentIndex(len(self._spans))
        self._show_days()
        self.chosen.emit()

    def _choose(self, at: int) -> None:
        if at == len(self._spans):
            self._show_days()
            self.start.main.setFocus()
            return
        self.days.hide()
        self.span = self._spans[at][1]
        self.chosen.emit()

    def _show_days(self) -> None:
        for editor, day in zip((self.start, self.end), self.span, strict=True):
            editor.set_value(day)
            editor.set_wrong(is_wrong=False)
        self.days.show()

    def _typed(self) -> None:
        start, end = _day(self.start), _day(self.end)
        is_backward = start is not None and end is not None and end < start
        self.end.set_wrong(is_wrong=end is None or is_backward)
        self.start.set_wrong(is_wrong=start is None)
        if start is not None and end is not None and not is_backward and (start, end) != self.span:
            self.span = (start, end)
            self.chosen.emit()


def _day(editor: DayEditor) -> date | None:
    try:
        value: Any = editor.value()
    except Misread:
        return None
    day: date | None = value
    return day
