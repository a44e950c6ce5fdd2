"""One month as a sheet of days with what falls due on each; arrows move, Enter takes the duties of a day in turn."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.calendar.words import TONES, told
from ankang_desktop.desktop.widgets import button, icon_button, label
from ankang_desktop.programme.duties import Duty

_WEEK = "一二三四五六日"
_HEAD, _NUMBER, _LINE = 24, 22, 18


class MonthView(QWidget):
    """A month with its head; `chosen` carries a duty clicked or taken with Enter."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(4))
        self.name = label("", "strong")
        row.addWidget(icon_button("chevron-left", "上个月", lambda: self.turn(-1)))
        row.addWidget(self.name)
        row.addWidget(icon_button("chevron-right", "下个月", lambda: self.turn(1)))
        row.addWidget(button("本月", self.go_today, kind="quiet"))
        row.addStretch(1)
        self.running = label("", "caption")
        row.addWidget(self.running)
        column.addLayout(row)
        self.sheet = MonthSheet()
        self.sheet.chosen.connect(self.chosen)
        self.sheet.turned.connect(self.turn)
        column.addWidget(self.sheet, 1)

    def show_duties(self, duties: Sequence[Duty], year: int, today: date) -> None:
        """Show the duties; the month of today in this year, else the one looked at before."""
        sheet = self.sheet
        if sheet.first.year != year:
            sheet.first = date(year, today.month if today.year == year else 1, 1)
            sheet.here = today if today.year == year else sheet.first
        sheet.duties, sheet.today = duties, today
        self._show()

    def show_current(self, duty: Duty | None) -> None:
        """Mark a duty; its month comes into sight where it falls due in the year shown."""
        self.sheet.current = duty.ident if duty else ""
        end = duty.occurrence.end if duty and duty.occurrence else None
        if end is not None and end.year == self.sheet.first.year:
            self.sheet.here, self.sheet.first = end, end.replace(day=1)
        self._show()

    def turn(self, by: int) -> None:
        """Go to the month before or after, within the year."""
        month = min(12, max(1, self.sheet.first.month + by))
        self.sheet.first = self.sheet.first.replace(month=month)
        if self.sheet.here.month != month:
            self.sheet.here = self.sheet.first
        self._show()

    def go_today(self) -> None:
        """Go to the month of today."""
        if self.sheet.today.year == self.sheet.first.year:
            self.sheet.here, self.sheet.first = self.sheet.today, self.sheet.today.replace(day=1)
            self._show()

    def _show(self) -> None:
        first = self.sheet.first
        last = first.replace(day=28) + timedelta(days=4)
        last -= timedelta(days=last.day)
        spans = [each.occurrence for each in self.sheet.duties if each.occurrence]
        running = sum(each.start <= last and each.end >= first for each in spans)
        due = sum(first <= each.end <= last for each in spans)
        self.name.setText(f"{first.year}年{first.month}月")
        self.running.setText(f"本月到期 {due} 项，进行中 {running} 项")
        self.sheet.update()


class MonthSheet(QWidget):
    """The weeks of a month, painted; `turned` asks for another month where the arrows leave this one."""

    chosen = Signal(object)
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("月历")
        self.first = self.today = self.here = date(2000, 1, 1)
        self.duties: Sequence[Duty] = ()
        self.current = ""

    def sizeHint(self) -> QSize:
        return QSize(px(480), px(_HEAD) + 6 * px(56))

    def days(self) -> list[date]:
        """Return the days of the sheet: whole weeks, from Monday."""
        return list(Calendar().itermonthdates(self.first.year, self.first.month))

    def due(self, day: date) -> list[Duty]:
        """Return what falls due on a day, what is late first."""
        order = {"danger": 0, "warning": 1, "info": 2}
        found = [each for each in self.duties if each.occurrence and each.occurrence.end == day]
        return sorted(found, key=lambda each: order.get(TONES[each.state], 3))

    # --- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() / 7
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.soft))
        for at, mark in enumerate(_WEEK):
            painter.drawText(QRectF(at * wide, 0, wide, px(_HEAD)), Qt.AlignmentFlag.AlignCenter, f"周{mark}")
        for at, day in enumerate(self.days()):
            self._paint_day(painter, self.cell(at), day)

    def cell(self, at: int) -> QRectF:
        """Return where a day stands, by its number on the sheet."""
        weeks = len(self.days()) // 7
        wide, high = self.width() / 7, (self.height() - px(_HEAD)) / weeks
        return QRectF(at % 7 * wide, px(_HEAD) + at // 7 * high, wide, high)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        colours = current().palette
        is_out, is_here = day.month != self.first.month, day == self.here and self.hasFocus()
        inside = cell.adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(colours.accent if is_here else colours.line), 1.5 if is_here else 1))
        painter.setBrush(QColor(colours.raised if is_out or day.weekday() > 4 else colours.surface))
        painter.drawRoundedRect(inside, px(4), px(4))
        number = QRectF(inside.left() + px(4), inside.top() + px(2), px(20), px(20))
        if day == self.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(number)
        painter.setFont(font("caption", bold=day == self.today))
        painter.setPen(QColor(colours.on_accent if day == self.today else colours.faint if is_out else colours.text))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if not is_out:
            self._paint_due(painter, inside, self.due(day))

    def _paint_due(self, painter: QPainter, inside: QRectF, due: Sequence[Duty]) -> None:
        colours = current().palette
        painter.setFont(font("caption"))
        metrics = QFontMetricsF(painter.font())
        places = self._lines(inside, len(due))
        for duty, place in zip(due, places, strict=False):
            tone = TONES[duty.state]
            ink = QColor(getattr(colours, tone) if tone else colours.soft)
            if duty.ident == self.current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.accent_wash))
                painter.drawRoundedRect(place, px(3), px(3))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(place.left() + px(6), place.center().y()), px(2.5), px(2.5))
            painter.setPen(ink if tone in {"danger", "warning"} else QColor(colours.text))
            room = place.adjusted(px(12), 0, -px(2), 0)
            words = metrics.elidedText(duty.title, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if left := len(due) - len(places):
            painter.setPen(QColor(colours.accent))
            room = QRectF(inside.left(), inside.top() + px(2), inside.width() - px(6), px(20))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"还有 {left} 项")

    def _lines(self, inside: QRectF, number: int) -> list[QRectF]:
        """Return where the duties of a day stand: as many as fit."""
        fits = max(0, int((inside.height() - px(_NUMBER) - px(2)) // px(_LINE)))
        top = inside.top() + px(_NUMBER)
        return [
            QRectF(inside.left() + px(1), top + at * px(_LINE), inside.width() - px(2), px(_LINE))
            for at in range(min(fits, number))
        ]

    # --- what a person does ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day, duty = self._at(event.position())
        if day is None:
            return
        self.here = day
        if duty is not None:
            self.chosen.emit(duty)
        else:
            self._take()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 7, Qt.Key.Key_Up: -7}
        key = Qt.Key(event.key())
        if key in steps:
            self._move(self.here + timedelta(days=steps[key]))
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self.turned.emit(1 if key is Qt.Key.Key_PageDown else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._take()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day, duty = self._at(QPointF(event.pos()))
            lines = (
                [told(duty)]
                if duty
                else [f"{each.title}（{each.state.value}）" for each in self.due(day or self.first)]
            )
            QToolTip.showText(event.globalPos(), "\n".join(lines) if day else "", self)
            return True
        return super().event(event)

    def _move(self, day: date) -> None:
        if day.year != self.first.year:
            return
        self.here = day
        if day.month != self.first.month:
            self.turned.emit(1 if day > self.first else -1)
            self.here = day
        due = self.due(day)
        self.setAccessibleDescription(f"{day.month}月{day.day}日，到期 {len(due)} 项")
        self.update()

    def _take(self) -> None:
        """Choose the next duty of the day."""
        due = self.due(self.here)
        if due:
            idents = [each.ident for each in due]
            at = idents.index(self.current) + 1 if self.current in idents else 0
            self.chosen.emit(due[at % len(due)])

    def _at(self, point: QPointF) -> tuple[date | None, Duty | None]:
        for at, day in enumerate(self.days()):
            cell = self.cell(at)
            if cell.contains(point):
                due = self.due(day) if day.month == self.first.month else []
                places = self._lines(cell.adjusted(1, 1, -1, -1), len(due))
                return day, next(
                    (duty for duty, place in zip(due, places, strict=False) if place.contains(point)), None
                )
        return None, None
