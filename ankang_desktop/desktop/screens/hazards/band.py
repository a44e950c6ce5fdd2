"""The deadlines of one hazard as a band: found, first deadline, extensions, today; what is late is red."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ankang_desktop.actions.hazards import Card
from ankang_desktop.desktop.look import current, font, px


class DeadlineBand(QWidget):
    """From the day it was found to its end; the first deadline stays marked however often it was extended."""

    def __init__(self, card: Card, today: date) -> None:
        super().__init__()
        self._card, self._today = card, today
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("，".join(f"{words} {day}" for day, words, _ in self.marks()))
        self.setToolTip(self.accessibleName())

    def marks(self) -> list[tuple[date, str, str]]:
        """Return the days marked above the band: (day, words, colour)."""
        card = self._card
        found = [(card.found_on, "发现", "soft")]
        if card.first_deadline is not None and card.deadline is not None:
            is_moved = card.first_deadline != card.deadline
            found.append((card.first_deadline, "首次时限" if is_moved else "时限", "text"))
            if is_moved:
                found.append((card.deadline, "现时限", "warning"))
        elif card.deadline is not None:
            found.append((card.deadline, "时限", "text"))
        if card.closed_on is not None:
            found.append((card.closed_on, "销号", "good"))
        else:
            found.append((self._today, "今天", "danger" if card.is_overdue else "accent"))
        return found

    def sizeHint(self) -> QSize:
        return QSize(px(220), 2 * QFontMetrics(font("caption")).height() + px(24))

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks = self.marks()
        first, last = min(day for day, _, _ in marks), max(day for day, _, _ in marks)
        left, right = float(px(8)), self.width() - float(px(8))
        span = max(1, (last - first).days)

        def at(day: date) -> float:
            return left + (right - left) * (day - first).days / span

        middle, thick = self.height() / 2, float(px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end, colour in self._parts(last):
            painter.setBrush(QColor(getattr(colours, colour)))
            painter.drawRoundedRect(QRectF(at(start), middle - thick / 2, max(2.0, at(end) - at(start)), thick), 3, 3)
        metrics = QFontMetrics(font("caption"))
        painter.setFont(font("caption"))
        ends = [0.0, 0.0]  # how far to the right the words above and below reach already
        for place, (day, words, colour) in enumerate(sorted(marks, key=lambda each: each[0])):
            side = place % 2
            painter.setPen(QPen(QColor(getattr(colours, colour)), 2))
            painter.setBrush(QColor(colours.surface))
            painter.drawEllipse(QPointF(at(day), middle), px(5), px(5))
            told = f"{words} {day:%m-%d}"
            wide = metrics.horizontalAdvance(told)
            start_at = max(ends[side], min(self.width() - wide, at(day) - wide / 2))
            ends[side] = start_at + wide + px(8)
            top = 0 if side == 0 else self.height() - metrics.height()
            painter.drawText(QRectF(start_at, top, wide + 2, metrics.height()), Qt.AlignmentFlag.AlignLeft, told)

    def _parts(self, last: date) -> list[tuple[date, date, str]]:
        """Return the pieces of the band: (from, until, colour)."""
        card, found = self._card, []
        if card.deadline is None:
            return [(card.found_on, last, "line")]
        kept = min(card.first_deadline or card.deadline, card.deadline)
        ended = card.closed_on or self._today
        found.append((card.found_on, max(card.found_on, kept), "accent"))
        if card.deadline > kept:
            found.append((kept, card.deadline, "warning"))
        if ended > card.deadline:
            found.append((card.deadline, ended, "danger"))
        return found
