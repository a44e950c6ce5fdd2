"""The head of the months: the month, and below it how many of the teams have a record."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.grid.model import NAME, TOTAL, GridModel


class MonthHead(QHeaderView):
    """Painted, so that nothing is cut where a month is narrow; a month whose teams are not all there is marked."""

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._months = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setAccessibleName("月份：单击打开本月全部记录")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(46))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colours = current().palette
        painter.save()
        painter.fillRect(rect, QColor(colours.raised))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        place = QRectF(rect)
        if section in {NAME, TOTAL} or self._months.grid is None:
            self._write(painter, place, "班组" if section == NAME else "全年", is_left=section == NAME)
        else:
            self._month(painter, place, section)
        painter.restore()

    def _month(self, painter: QPainter, place: QRectF, month: int) -> None:
        colours = current().palette
        half = place.height() / 2
        self._write(painter, QRectF(place.left(), place.top() + px(3), place.width(), half - px(3)), f"{month}月")
        told = self._months.told(month)
        if told is None:
            return
        have, asked = told
        grid = self._months.grid
        is_short = grid is not None and month <= grid.until and have < asked and grid.owed(self._months.measures[0])
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.warning if is_short else colours.soft))
        below = QRectF(place.left(), place.top() + half, place.width(), half - px(3))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{have}/{asked}")

    @staticmethod
    def _write(painter: QPainter, place: QRectF, text: str, *, is_left: bool = False) -> None:
        painter.setFont(font("body", bold=True))
        painter.setPen(QColor(current().palette.soft))
        side = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(place.adjusted(px(12) if is_left else 0, 0, 0, 0), side | Qt.AlignmentFlag.AlignVCenter, text)
