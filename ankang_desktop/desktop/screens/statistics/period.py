"""Which days the table speaks of: its own, a usual period, or any two dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.statistics import Span, spans
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        column.addLayout(row)
        self.problem = label("", "problem")
        self.problem.hide()
        column.addWidget(self.problem)
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

    def offer(self, form: Form, year: int, at: int = 0) -> None:
        """Offer the periods of a form in a year and choose one by its place; the first is the form's own."""
        self._spans = spans(form, year)
        at = at if 0 <= at < len(self._spans) else 0
        self.span = self._spans[at][1]
        self.choice.clear()
        self.choice.addItems([*(name for name, _ in self._spans), _OWN])
        self.choice.setCurrentIndex(at)
        self._hide_days()

    def offer_year(self, form: Form, year: int) -> None:
        """Offer another year: March stays March."""
        self.offer(form, year, self.choice.currentIndex())

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
        self._hide_days()
        self.span = self._spans[at][1]
        self.chosen.emit()

    def _show_days(self) -> None:
        for editor, day in zip((self.start, self.end), self.span, strict=True):
            editor.set_value(day)
            editor.set_wrong(is_wrong=False)
        self.days.show()

    def _hide_days(self) -> None:
        self.days.hide()
        self.problem.hide()

    def _typed(self) -> None:
        (start, start_wrong), (end, end_wrong) = _day(self.start), _day(self.end)
        if start and end and end < start:
            end_wrong = f"期间至 {end} 早于期间自 {start}，请改其中一个日期"
        self.start.set_wrong(is_wrong=bool(start_wrong))
        self.end.set_wrong(is_wrong=bool(end_wrong))
        wrong = start_wrong or end_wrong
        self.problem.setText(wrong)
        self.problem.setVisible(bool(wrong))
        if start and end and not wrong and (start, end) != self.span:
            self.span = (start, end)
            self.chosen.emit()


def _day(editor: DayEditor) -> tuple[date | None, str]:
    """Return the date written, and what is wrong with it."""
    try:
        value: Any = editor.value()
    except Misread as misread:
        return None, str(misread)
    day: date | None = value
    return day, "" if day else f"“{editor.field.label}”还空着，请填日期，如 6.1"
