"""The year as a band: windows as bars in lanes, deadlines as flags, today as a line; arrows walk along the duties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.calendar.words import TONES, days_of
from ankang_desktop.programme.duties import Duty
from ankang_desktop.programme.windows import Kind

_LANE, _HEAD = 11, 22
_LONG = 330  # days: what lasts the whole year is no news on a band


class YearBand(QWidget):
    """A painted year; `chosen` carries the duty clicked or walked to."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("全年事项带")
        self._year, self._today = 2000, date(2000, 1, 1)
        self._placed: list[tuple[Duty, int]] = []
        self._current: Duty | None = None
        self.lanes = 1

    def show_duties(self, duties: Sequence[Duty], year: int, today: date) -> None:
        """Show the duties of a year that fall due on days."""
        self._year, self._today = year, today
        self._placed = []
        ends: list[float] = []
        dated = [each for each in duties if each.occurrence and _length(each) < _LONG]
        for duty in sorted(dated, key=lambda each: each.occurrence.start if each.occurrence else today):
            lane = next((at for at, end in enumerate(ends) if end + px(3) < self._x(_begin(duty))), len(ends))
            if lane == len(ends):
                ends.append(0.0)
            ends[lane] = max(self._x(_end(duty)), self._x(_begin(duty)) + px(9))
            self._placed.append((duty, lane))
        self.lanes = max(1, len(ends))
        self.setFixedHeight(px(_HEAD) + self.lanes * px(_LANE) + px(8))
        self.update()

    def show_current(self, duty: Duty | None) -> None:
        """Mark a duty."""
        self._current = duty
        self.update()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.show_duties([duty for duty, _ in self._placed], self._year, self._today)

    def paintEvent(self, _: QPaintEvent) -> None:
        colours = current().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("caption"))
        for month in range(1, 13):
            left, right = self._x(date(self._year, month, 1)), self._x_after(month)
            painter.setPen(QColor(colours.line))
            painter.drawLine(QPointF(left, 0), QPointF(left, self.height()))
            painter.setPen(QColor(colours.soft))
            painter.drawText(QRectF(left, 0, right - left, px(18)), Qt.AlignmentFlag.AlignCenter, f"{month}月")
        for duty, lane in self._placed:
            self._paint(painter, duty, lane)
        if self._today.year == self._year:
            at = self._x(self._today)
            painter.setPen(QColor(colours.danger))
            painter.drawLine(QPointF(at, px(18)), QPointF(at, self.height()))

    def _paint(self, painter: QPainter, duty: Duty, lane: int) -> None:
        colours = current().palette
        tone = TONES[duty.state]
        place = self._place(duty, lane)
        painter.setPen(QColor(colours.text) if duty is self._current else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(colours, tone) if tone else colours.strong_line))
        if duty.occurrence and duty.occurrence.kind is Kind.DEADLINE:
            right, top = place.right(), place.top()
            flag = [
                QPointF(right, top),
                QPointF(right - px(8), top + place.height() / 2),
                QPointF(right, place.bottom()),
            ]
            painter.drawPolygon(QPolygonF(flag))
            painter.drawRect(QRectF(right, top, 1.5, place.height() + px(2)))
        else:
            painter.drawRoundedRect(place, 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if duty := self._at(event.position()):
            self.chosen.emit(duty)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key not in steps or not self._placed:
            super().keyPressEvent(event)
            return
        duties = [duty for duty, _ in self._placed]
        idents = [duty.ident for duty in duties]
        here = idents.index(self._current.ident) if self._current and self._current.ident in idents else -1
        self.chosen.emit(duties[(here + steps[key]) % len(duties)])

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            duty = self._at(QPointF(event.pos()))
            if duty is not None:
                QToolTip.showText(
                    event.globalPos(), f"{duty.title}\n{days_of(duty)}　{duty.state.value}\n{duty.reason}", self
                )
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _at(self, point: QPointF) -> Duty | None:
        margin = px(2)
        for duty, lane in reversed(self._placed):
            if self._place(duty, lane).adjusted(-margin, -margin, margin, margin).contains(point):
                return duty
        return None

    def _place(self, duty: Duty, lane: int) -> QRectF:
        left, right = self._x(_begin(duty)), self._x(_end(duty)) + self._day
        top = px(_HEAD) + lane * px(_LANE)
        return QRectF(left, top, max(px(6), right - left), px(_LANE) - px(4))

    @property
    def _day(self) -> float:
        return self.width() / 365

    def _x(self, day: date) -> float:
        clipped = min(max(day, date(self._year, 1, 1)), date(self._year, 12, 31))
        return (clipped - date(self._year, 1, 1)).days * self._day

    def _x_after(self, month: int) -> float:
        return self._x(date(self._year, month + 1, 1)) if month < 12 else float(self.width())


def _begin(duty: Duty) -> date:
    occurrence = duty.occurrence
    if occurrence is None:
        raise ValueError(duty.ident)
    return occurrence.end if occurrence.kind is Kind.DEADLINE else occurrence.start


def _end(duty: Duty) -> date:
    occurrence = duty.occurrence
    if occurrence is None:
        raise ValueError(duty.ident)
    return occurrence.end


def _length(duty: Duty) -> int:
    return (duty.occurrence.end - duty.occurrence.start).days if duty.occurrence else 0
