"""Dates as officers type them: 6.1, 20260601, 6月1日; the calendar is one key away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QDialog, QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Misread
from ankang_desktop.desktop.form.editors.base import NOBODY, Editor
from ankang_desktop.desktop.look import icon, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label
from ankang_desktop.kernel.text import said_day

_WEEKDAYS = "一二三四五六日"
_HINT = "如 6.1、20260601、6月1日、昨天、上周五、15日；↑↓ 前后一天，Ctrl+; 今天，F4 日历"


class DayEditor(Editor):
    """A date in one line, its weekday beside it."""

    most = 160  # the width a date asks for
    hint = _HINT

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        self.line = _DayLine(self)
        self.line.setToolTip(self.hint)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._tidy)
        opening = self.line.addAction(icon("calendar-event"), QLineEdit.ActionPosition.TrailingPosition)
        opening.setToolTip("打开日历 (F4)")
        opening.triggered.connect(self.open_calendar)
        self.line.setMaximumWidth(px(self.most))
        self.weekday = label("", "caption")
        self.weekday.setFixedWidth(px(32))
        self.take_main(self.line)
        self.row.addWidget(self.line, 1)
        self.row.addWidget(self.weekday)
        self.row.addStretch()

    def value(self) -> Any:
        text = self.line.text().strip()
        first, *further = text.split(maxsplit=1) if text else [""]
        if said := said_day(first, self.session.app.clock.today()):
            text = " ".join([said.isoformat(), *further])
        return self.field.kind.read(text, self.reading()) if text else None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else self.field.kind.show(value, NOBODY))
        self._show_weekday()

    def raw(self) -> str:
        return self.line.text()

    def set_raw(self, raw: Any) -> None:
        self.line.setText(raw)
        self._show_weekday()

    def set_read_only(self, *, is_read_only: bool) -> None:
        self.line.setReadOnly(is_read_only)
        for action in self.line.actions():
            action.setVisible(not is_read_only)

    def day(self) -> date | None:
        """Return the date typed, None where it is none (yet)."""
        try:
            found = self.value()
        except Misread:
            return None
        return found.date() if isinstance(found, datetime) else found if isinstance(found, date) else None

    def put_day(self, day: date) -> None:
        """Write a date as if it had been typed."""
        self.line.setText(day.isoformat())
        self._typed()

    def step(self, days: int) -> None:
        """Go some days on or back, from today where nothing is typed."""
        today = self.session.app.clock.today()
        known = self.day()
        self.put_day(known + timedelta(days) if known else today)

    def open_calendar(self) -> None:
        """Show the calendar under the line; a click or Enter takes a day."""
        _Calendar(self).popup(self.line.mapToGlobal(QPoint(0, self.line.height())))

    def _typed(self, _: str = "") -> None:
        self._show_weekday()
        self.changed.emit()

    def _tidy(self) -> None:
        try:
            value = self.value()
        except Misread:
            return
        if value is not None and self.line.text() != (tidy := self.field.kind.show(value, NOBODY)):
            self.line.setText(tidy)

    def _show_weekday(self) -> None:
        day = self.day()
        self.weekday.setText(f"周{_WEEKDAYS[day.weekday()]}" if day else "")


class MonthEditor(DayEditor):
    """A month in one line: “2026年7月”, typed as 7月, 2026-7 or any day in it."""

    hint = "如 7月、2026-7、202607；↑↓ 前后一月，Ctrl+; 本月，F4 日历"

    def put_day(self, day: date) -> None:
        """Write the month of a day."""
        self.line.setText(self.field.kind.show(day, NOBODY))
        self._typed()

    def step(self, days: int) -> None:
        """Go a month on or back, from this month where nothing is typed."""
        known = self.day()  # a first day
        self.put_day(known + timedelta(31 if days > 0 else -1) if known else self.session.app.clock.today())

    def _show_weekday(self) -> None:
        self.weekday.hide()


class MomentEditor(DayEditor):
    """A date with hours and minutes: “6.1 14:30”."""

    most = 200

    def value(self) -> Any:
        try:
            return super().value()
        except Misread as misread:
            shape = f"{self.session.year}-6-1 14:30"
            raise Misread(f"“{self.line.text().strip()}”不是有效的日期和时间，请写成 {shape} 这样") from misread

    def put_day(self, day: date) -> None:
        """Write a date, the hour as it was."""
        words = self.line.text().split()
        self.line.setText(" ".join([day.isoformat(), *(words[1:] or ["08:00"])]))
        self._typed()


class _DayLine(QLineEdit):
    """The line of a date, with its keys."""

    def __init__(self, editor: DayEditor) -> None:
        super().__init__()
        self._editor = editor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._editor.step(1 if key == Qt.Key.Key_Up else -1)
        elif key == Qt.Key.Key_F4:
            self._editor.open_calendar()
        elif key == Qt.Key.Key_Semicolon and is_control:
            self._editor.put_day(self._editor.session.app.clock.today())
        else:
            super().keyPressEvent(event)


class _Calendar(QDialog):
    """A calendar that closes when a day is taken."""

    def __init__(self, editor: DayEditor) -> None:
        super().__init__(editor, Qt.WindowType.Popup)
        self.setProperty("popup", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._editor = editor
        self.calendar = QCalendarWidget()
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setGridVisible(False)
        shown = editor.day() or editor.session.app.clock.today()
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(4), px(4), px(4))
        column.addWidget(self.calendar)

    def popup(self, corner: QPoint) -> None:
        """Show the calendar at a corner of the screen."""
        self.move(corner)
        self.show()
        view = self.calendar.findChild(QWidget, "qt_calendar_calendarview")
        if view is not None:
            view.setFocus()

    def _take(self, day: QDate) -> None:
        self._editor.put_day(date(day.year(), day.month(), day.day()))
        self.close()
        self._editor.line.setFocus()
