"""How a cell of the grid looks: a tile darker the fuller the month, a dashed tile with a plus where one is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.grid.model import CELL, NAME, TOTAL, Cell, GridModel, Index, Kind, State

INKS = ("accent", "info", "warning", "danger", "good")
"""The colours of the five measures, as palette names."""


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a GridModel."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(44), px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL)
        model = index.model()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)
        self._ground(painter, place, cell)
        if cell.column == NAME:
            self._name(painter, place, cell)
        elif len(cell.numbers) > 1:
            self._marks(painter, place, cell, is_near=self._is_near(option))
        else:
            share = model.share(cell) if isinstance(model, GridModel) else 1.0
            self._number(painter, place, cell, share, is_near=self._is_near(option))
        if option.state & QStyle.StateFlag.State_HasFocus or option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(current().palette.accent), 2))
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), px(5), px(5))
        painter.restore()

    @staticmethod
    def _is_near(option: QStyleOptionViewItem) -> bool:
        return bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected))

    @staticmethod
    def _ground(painter: QPainter, place: QRectF, cell: Cell) -> None:
        colours = current().palette
        is_sum = cell.line.kind in {Kind.workshop, Kind.total}
        painter.fillRect(place, QColor(colours.raised if is_sum else colours.surface))
        painter.setPen(QColor(colours.line))
        painter.drawLine(place.bottomLeft(), place.bottomRight())

    @staticmethod
    def _name(painter: QPainter, place: QRectF, cell: Cell) -> None:
        colours = current().palette
        is_sum = cell.line.kind in {Kind.workshop, Kind.total}
        painter.setPen(QColor(colours.soft if cell.line.kind in {Kind.loose, Kind.workshop} else colours.text))
        painter.setFont(font("caption", bold=True) if is_sum else font())
        inside = place.adjusted(px(12 if is_sum else 20), 0, -px(4), 0)
        name = painter.fontMetrics().elidedText(cell.line.name, Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _number(self, painter: QPainter, place: QRectF, cell: Cell, share: float, *, is_near: bool) -> None:
        colours = current().palette
        tile = place.adjusted(px(3), px(3), -px(3), -px(4))
        if cell.state is State.short:
            self._dashed(painter, tile, colours.warning, colours.warning_wash)
            self._word(painter, tile, str(cell.number), colours.warning)
        elif cell.state is State.done:
            is_team = cell.line.kind is Kind.team and cell.column != TOTAL
            if is_team:
                self._tile(painter, tile, QColor(colours.accent), 0.10 + 0.30 * share)
            painter.setPen(QColor(colours.text if is_team or cell.line.kind is Kind.total else colours.soft))
            painter.setFont(font("body", bold=not is_team))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(cell.number))
        else:
            self._nothing(painter, tile, cell, is_near=is_near)

    def _nothing(self, painter: QPainter, tile: QRectF, cell: Cell, *, is_near: bool) -> None:
        """Paint a cell without records: missing, not yet, never."""
        colours = current().palette
        if cell.state is State.future:
            self._tile(painter, tile, QColor(colours.line), 0.35)
        elif cell.state is State.absent:
            self._word(painter, tile, "—", colours.line)
        elif cell.state is State.hole and cell.is_owed:
            self._dashed(painter, tile, colours.warning, colours.warning_wash)
            self._word(painter, tile, "＋", colours.warning)
        elif cell.state in {State.hole, State.running}:
            if is_near or cell.state is State.running:
                self._dashed(painter, tile, colours.accent if is_near else colours.strong_line, "")
            self._word(painter, tile, "＋", colours.accent if is_near else colours.strong_line)

    def _marks(self, painter: QPainter, place: QRectF, cell: Cell, *, is_near: bool) -> None:
        """Paint the five measures side by side; a month without team activity keeps its plus."""
        colours = current().palette
        if cell.state in {State.absent, State.future, State.none} and not any(cell.numbers):
            self._nothing(painter, place.adjusted(px(3), px(3), -px(3), -px(4)), cell, is_near=False)
            return
        is_short = cell.state in {State.hole, State.short}
        if is_short or (cell.state is State.running and is_near):
            tile = place.adjusted(px(3), px(3), -px(3), -px(4))
            ink, wash = (colours.warning, colours.warning_wash) if is_short else (colours.accent, "")
            self._dashed(painter, tile, ink, wash)
        gap = px(2)
        left, room = place.left() + px(4), place.width() - px(8) - 4 * gap
        used, widths = shared(font("caption"), cell.numbers, room)
        painter.setFont(used)
        for at, (number, ink, wide) in enumerate(zip(cell.numbers, INKS, widths, strict=True)):
            if not wide:
                continue
            mark = QRectF(left, place.center().y() - px(9), wide, px(18))
            left += wide + gap
            if number:
                painter.setPen(Qt.PenStyle.NoPen)
                self._tile(painter, mark, QColor(getattr(colours, ink)), 0.85, round_by=3)
                painter.setPen(QColor(colours.surface))
                painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, str(number))
            elif at == 0 and cell.state is State.hole:
                self._word(painter, mark, "＋", colours.warning)
            else:
                painter.setPen(QPen(QColor(colours.strong_line), 1.5))
                middle, half = mark.center(), QPointF(px(2), 0)
                painter.drawLine(middle - half, middle + half)

    @staticmethod
    def _tile(painter: QPainter, place: QRectF, colour: QColor, strength: float, round_by: int = 5) -> None:
        colour.setAlphaF(strength)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(place, px(round_by), px(round_by))

    @staticmethod
    def _dashed(painter: QPainter, place: QRectF, ink: str, wash: str) -> None:
        pen = QPen(QColor(ink), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(wash) if wash else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))

    @staticmethod
    def _word(painter: QPainter, place: QRectF, text: str, ink: str) -> None:
        painter.setPen(QColor(ink))
        painter.setFont(font())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def shared(base: QFont, numbers: Sequence[int], room: float) -> tuple[QFont, list[float]]:
    """Return the room of each number by its length and the font they fit in: none is left out for being long.

    After the first a 0 is drawn as a short stroke; where room is scarce it has none (0.0), so that numbers can be read.
    """
    metrics = QFontMetricsF(base)
    is_drawn = [bool(number) or at == 0 for at, number in enumerate(numbers)]
    pairs = zip(numbers, is_drawn, strict=True)
    taken = [metrics.horizontalAdvance(str(number)) if drawn else px(5.0) for number, drawn in pairs]
    spare = room / len(taken) - sum(taken) / len(taken)
    if spare >= px(1):
        return base, [each + min(spare, px(14)) for each in taken]
    if not all(is_drawn):
        used, widths = shared(base, [each for each, drawn in zip(numbers, is_drawn, strict=True) if drawn], room)
        left = iter(widths)
        return used, [next(left) if drawn else 0.0 for drawn in is_drawn]
    smaller = QFont(base)
    smaller.setPointSizeF(base.pointSizeF() * (room - px(1) * len(taken)) / sum(taken))
    return smaller, [room * each / sum(taken) for each in taken]
