"""The strip of 24: where one is, and which rows have no proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from ankang_desktop.actions.inspecting import has_proof
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.scoring.card import Card


class Strip(QWidget):
    """One cell a row: filled where there is proof, hollow where there is none; a press goes there."""

    def __init__(self, card: Card, go: Callable[[int], object]) -> None:
        super().__init__()
        self._go = go
        self.rows = [(section.code, row) for section in card.sections for row in section.rows]
        self.hollow = {row.number for _, row in self.rows if not has_proof(row)}
        self.now = 0
        self.setFixedHeight(px(40))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_row(self, number: int) -> None:
        """Mark the row one is at."""
        self.now = number
        hollow = "、".join(str(each) for each in sorted(self.hollow))
        self.setAccessibleName(
            f"第{number}行，共{len(self.rows)}行" + (f"；没有佐证的是第{hollow}行" if hollow else "")
        )
        self.update()

    def cells(self) -> Sequence[QRectF]:
        """Return where the cells stand, a wider gap between sections."""
        gaps = sum(px(10) if self._begins_section(at) else px(3) for at in range(1, len(self.rows)))
        wide = (self.width() - gaps - 2) / max(1, len(self.rows))
        found, left = [], 1.0
        for at in range(len(self.rows)):
            if at:
                left += px(10) if self._begins_section(at) else px(3)
            found.append(QRectF(left, px(4), wide, self.height() - px(8)))
            left += wide
        return found

    def _begins_section(self, at: int) -> bool:
        return self.rows[at][0] != self.rows[at - 1][0]

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cell, (_, row) in zip(self.cells(), self.rows, strict=True):
            is_now, is_hollow = row.number == self.now, row.number in self.hollow
            fill = colours.accent if is_now else colours.accent_wash
            pen = QPen(QColor(colours.accent if is_now else colours.strong_line if is_hollow else fill), px(2))
            if is_hollow and not is_now:
                pen.setStyle(Qt.PenStyle.DashLine)
                painter.setBrush(Qt.BrushStyle.NoBrush)
            else:
                painter.setBrush(QColor(fill))
            painter.setPen(pen)
            painter.drawRoundedRect(cell, 5, 5)
            painter.setFont(font("subtitle", bold=is_now))
            ink = colours.on_accent if is_now else colours.faint if is_hollow else colours.accent_strong
            painter.setPen(QColor(ink))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(row.number))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (number := self._at(event.position().x())) > 0:
            self._go(number)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._at(event.pos().x())
            text = next((row.text for _, row in self.rows if row.number == number), "")
            told = f"第{number}行 {text}" + ("（没有佐证）" if number in self.hollow else "")
            QToolTip.showText(event.globalPos(), told if number else "", self)
            return True
        return super().event(event)

    def _at(self, x: float) -> int:
        found = (
            row.number
            for cell, (_, row) in zip(self.cells(), self.rows, strict=True)
            if cell.left() <= x <= cell.right()
        )
        return next(found, 0)
