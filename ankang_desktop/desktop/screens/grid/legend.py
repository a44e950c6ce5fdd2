"""What the tiles of the grid mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ankang_desktop.actions.grid import MEASURES, Measure
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.grid.paint import INKS

Entry = tuple[str, str, str]  # what it means, colour, “tile”, “hole” or “pale”


class Legend(QWidget):
    """A line of small tiles with their words."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def show_measure(self, measure: Measure | None, owed: int) -> None:
        """Explain the tiles of one measure, of which `owed` are wanted every month, or of all five."""
        if measure is None:
            self._entries = [(each.title, ink, "tile") for each, ink in zip(MEASURES, INKS, strict=True)]
        else:
            short = f"已过月份不足{owed}{measure.unit}" if owed > 1 else "已过月份缺记录"
            last = (short, "warning", "hole") if owed else ("没有记录", "strong_line", "hole")
            self._entries = [("有记录（越深越多）", "accent", "tile"), last, ("未到月份", "line", "pale")]
        self.setAccessibleName("图例：" + "、".join(text for text, *_ in self._entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font("caption"))
        wide = sum(metrics.horizontalAdvance(text) + px(34) for text, *_ in self._entries)
        return QSize(wide, px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        colours = current().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("caption"))
        metrics = QFontMetrics(font("caption"))
        left, middle = 0.0, self.height() / 2
        for text, ink, shape in self._entries:
            tile = QRectF(left + 1, middle - px(7), px(14), px(14))
            colour = QColor(getattr(colours, ink))
            if shape == "hole":
                painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                colour.setAlphaF(0.4 if shape == "pale" else 0.85 if len(self._entries) > 3 else 0.4)
                painter.setBrush(colour)
            painter.drawRoundedRect(tile, px(3), px(3))
            painter.setPen(QColor(colours.soft))
            wide = metrics.horizontalAdvance(text)
            painter.drawText(
                QRectF(tile.right() + px(5), 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text
            )
            left += wide + px(34)
