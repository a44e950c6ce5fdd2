"""The year as a band: windows as bars in lanes, deadlines as flags, today as a line; arrows walk along the duties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.calendar.words import TONES, is_flag, is_long, told
from ankang_desktop.programme.duties import Duty

_LANE, _BAR, _HEAD = 22, 18, 26
_WORDS = 118  # the most room words take beside a bar that is too narrow for them
_INSIDE = 44  # a bar so wide holds its own words


@dataclass(frozen=True)
class Placed:
    """A duty on the band: its lane, where its bar begins and ends, and the room its words take."""

    duty: Duty
    lane: int
    left: float
    right: float
    words: tuple[float, float]

    @property
    def ends(self) -> tuple[float, float]:
        """Return where bar and words begin and end together."""
        return min(self.left, self.words[0]), max(self.right, self.words[1])

    @property
    def holds_words(self) -> bool:
        """Say whether the words stand in the bar."""
        return self.right - self.left >= px(_INSIDE)


class YearBand(QAbstractScrollArea):
    """A painted year; `chosen` carries the duty clicked or walked to."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("全年事项带")
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._year, self._today = 2000, date(2000, 1, 1)
        self._duties: Sequence[Duty] = ()
        self.placed: list[Placed] = []
        self.lanes = 0
        self._current, self._over = "", ""

    def show_duties(self, duties: Sequence[Duty], year: int, today: date) -> None:
        """Show the duties of a year that fall due on days; those that last all year are left to the list."""
        self._year, self._today = year, today
        self._duties = [each for each in duties if each.occurrence and not is_long(each)]
        self._arrange()

    def show_current(self, duty: Duty | None, *, reveals: bool = True) -> None:
        """Mark a duty; `reveals` brings it into sight."""
        self._current = duty.ident if duty else ""
        found = next((each for each in self.placed if each.duty.ident == self._current), None)
        if found is not None and reveals:
            top, bar = found.lane * px(_LANE), self.verticalScrollBar()
            room = self.viewport().height() - px(_HEAD)
            if not bar.value() <= top <= bar.value() + room - px(_LANE):
                bar.setValue(max(0, top - room // 2) // px(_LANE) * px(_LANE))  # no lane is cut at the top
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(px(600), px(_HEAD) + px(_LANE) * 8)

    # --- arranging ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Lay the duties into lanes: each into the first lane that is free where it begins."""
        metrics, ends = QFontMetricsF(font("caption")), list[float]()
        self.placed = []
        for duty in sorted(self._duties, key=self._order):
            left, right = self._span(duty)
            words = self._words(left, right, min(px(_WORDS), metrics.horizontalAdvance(duty.title)) + px(8))
            begins = min(left, words[0])
            lane = next((at for at, end in enumerate(ends) if end <= begins), len(ends))
            if lane == len(ends):
                ends.append(0.0)
            ends[lane] = max(words[1], right + px(3))
            self.placed.append(Placed(duty, lane, left, right, words))
        self.lanes = len(ends)
        room = self.viewport().height() - px(_HEAD)
        self.verticalScrollBar().setRange(0, max(0, self.lanes * px(_LANE) + px(4) - room))
        self.verticalScrollBar().setPageStep(max(1, room))
        self.verticalScrollBar().setSingleStep(px(_LANE))
        self.viewport().update()

    def _words(self, left: float, right: float, wide: float) -> tuple[float, float]:
        """Return the room of the words: in the bar, else right of it, else left of it at the year's end."""
        if right - left >= px(_INSIDE):
            return left, right
        return (right, right + wide) if right + wide <= self.viewport().width() else (left - wide, left)

    def _order(self, duty: Duty) -> tuple[float, float]:
        left, right = self._span(duty)
        return left, left - right

    def _span(self, duty: Duty) -> tuple[float, float]:
        if duty.occurrence is None:
            return 0.0, 0.0
        end = self._x(duty.occurrence.end + timedelta(days=1))
        start = self._x(duty.occurrence.end) if is_flag(duty.occurrence) else self._x(duty.occurrence.start)
        return start, max(end, start + px(10))

    def _x(self, day: date) -> float:
        first, last = date(self._year, 1, 1), date(self._year + 1, 1, 1)
        clipped = min(max(day, first), last)
        return (clipped - first).days * self.viewport().width() / (last - first).days

    def _place(self, each: Placed) -> QRectF:
        top = px(_HEAD) + each.lane * px(_LANE) - self.verticalScrollBar().value() + px(2)
        return QRectF(each.left + 1, top, each.right - each.left - 2, px(_BAR))

    # --- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_months(painter)
        painter.setClipRect(QRectF(0, px(_HEAD), self.viewport().width(), self.viewport().height() - px(_HEAD)))
        for each in self.placed:
            if self._place(each).bottom() > px(_HEAD) and self._place(each).top() < self.viewport().height():
                self._paint(painter, each)
        painter.setClipping(False)
        self._paint_today(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(current().palette.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))

    def _paint_months(self, painter: QPainter) -> None:
        colours = current().palette
        for month in range(1, 13):
            left = self._x(date(self._year, month, 1))
            right = self._x(date(self._year + month // 12, month % 12 + 1, 1))
            is_now = (self._year, month) == (self._today.year, self._today.month)
            if is_now or month % 2 == 0:
                painter.fillRect(
                    QRectF(left, 0, right - left, self.viewport().height()),
                    QColor(colours.accent_wash if is_now else colours.raised),
                )
            painter.setPen(QColor(colours.accent_strong if is_now else colours.soft))
            painter.setFont(font("caption", bold=is_now))
            painter.drawText(QRectF(left, 0, right - left, px(_HEAD)), Qt.AlignmentFlag.AlignCenter, f"{month}月")

    def _paint(self, painter: QPainter, each: Placed) -> None:
        colours, place = current().palette, self._place(each)
        tone = TONES[each.duty.state]
        ink = QColor(getattr(colours, tone) if tone else colours.soft)
        wash = QColor(getattr(colours, f"{tone}_wash") if tone else colours.line)
        is_current, is_over = each.duty.ident == self._current, each.duty.ident == self._over
        if each.duty.occurrence and is_flag(each.duty.occurrence):
            self._paint_flag(painter, place, ink, is_marked=is_current or is_over)
        else:
            painter.setPen(QPen(ink, 2 if is_current else 1) if is_current or is_over else QPen(ink, 0.6))
            painter.setBrush(wash)
            painter.drawRoundedRect(place, px(4), px(4))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRoundedRect(QRectF(place.left(), place.top(), px(3), place.height()), px(1.5), px(1.5))
        painter.setFont(font("caption", bold=is_current))
        metrics = QFontMetricsF(painter.font())
        if each.holds_words:
            room = place.adjusted(px(7), 0, -px(4), 0)
            painter.setPen(QColor(ink if tone else colours.text))
        else:
            begin, end = each.words
            room = QRectF(begin + px(3), place.top(), end - begin - px(4), place.height())
            painter.setPen(QColor(ink if tone in {"danger", "warning"} else colours.soft))
        words = fitting(metrics, each.duty.title, room.width())
        side = Qt.AlignmentFlag.AlignRight if each.words[1] <= each.left else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, words)

    def _paint_flag(self, painter: QPainter, place: QRectF, ink: QColor, *, is_marked: bool) -> None:
        pole = place.left() + 1
        painter.setPen(QPen(ink, 2 if is_marked else 1.5))
        painter.drawLine(QPointF(pole, place.top()), QPointF(pole, place.bottom()))
        painter.setPen(QPen(ink, 1))
        painter.setBrush(ink)
        cloth = [(0, 0), (px(9), px(4)), (0, px(8))]
        painter.drawPolygon(QPolygonF([QPointF(pole + right, place.top() + 1 + down) for right, down in cloth]))

    def _paint_today(self, painter: QPainter) -> None:
        if self._today.year != self._year:
            return
        colours, at = current().palette, self._x(self._today) + self.viewport().width() / 730
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.drawLine(QPointF(at, px(_HEAD) - px(5)), QPointF(at, self.viewport().height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(QPointF(at, px(_HEAD) - px(5)), px(3), px(3))

    # --- what a person does ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if duty := self.duty_at(event.position()):
            self.chosen.emit(duty)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        duty = self.duty_at(event.position())
        over = duty.ident if duty else ""
        if over != self._over:
            self._over = over
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1)}
        key = Qt.Key(event.key())
        if key not in steps or not self.placed:
            super().keyPressEvent(event)
            return
        here = next((each for each in self.placed if each.duty.ident == self._current), None)
        found = self.placed[0] if here is None else self._beside(here, *steps[key])
        if found is not None:
            self.setAccessibleDescription(told(found.duty))
            self.chosen.emit(found.duty)

    def _beside(self, here: Placed, by_time: int, by_lane: int) -> Placed | None:
        """Return the next duty in time, or the nearest one in the lane above or below."""
        if by_time:
            return self.placed[(self.placed.index(here) + by_time) % len(self.placed)]
        lane = [each for each in self.placed if each.lane == here.lane + by_lane]
        return min(lane, key=lambda each: abs(each.left - here.left), default=None)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the duty under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            duty = self.duty_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), told(duty) if duty else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def duty_at(self, point: QPointF) -> Duty | None:
        """Return the duty at a point: its bar, or the words beside it."""
        if point.y() < px(_HEAD):
            return None
        for each in self.placed:
            place = self._place(each)
            begin, end = each.ends
            if place.top() - px(2) <= point.y() <= place.bottom() + px(2) and begin <= point.x() <= end:
                return each.duty
        return None


def fitting(metrics: QFontMetricsF, words: str, wide: float) -> str:
    """Return words cut to a room; none where a single character would be left of them, which tells nothing."""
    cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide)
    return cut if cut == words or len(cut) > len("年…") else ""
