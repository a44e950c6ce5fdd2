"""Section by section, painted: this year's bar above last year's, both figures behind them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.scorecard.words import most_text, score_text
from ankang_desktop.scoring.comparison import Beside

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SectionChart(QWidget):
    """One line a section: its name, this year's share of its points above last year's, both figures."""

    def __init__(self) -> None:
        super().__init__()
        self._sections: Sequence[Beside] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sections(self, sections: Sequence[Beside]) -> None:
        """Show the sections of a comparison."""
        self._sections = sections
        self.setAccessibleName(
            "；".join(f"{each.text} 今年{score_text(each.now)} 去年{score_text(each.before)}" for each in sections)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(28) * max(1, len(self._sections)))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, each in enumerate(self._sections):
            self._line(painter, QRectF(0, at * px(28), self.width(), px(28)), each)

    def _line(self, painter: QPainter, place: QRectF, each: Beside) -> None:
        colours = current().palette
        name, figures = min(px(190), place.width() * 0.36), px(120)
        painter.setFont(font("body"))
        painter.setPen(QColor(colours.text))
        metrics = QFontMetricsF(painter.font())
        words = metrics.elidedText(each.text, Qt.TextElideMode.ElideRight, name - px(8))
        painter.drawText(QRectF(place.left(), place.top(), name, place.height()), _LEFT, words)
        room = QRectF(place.left() + name, place.top(), place.width() - name - figures, place.height())
        bars = ((each.now, colours.accent, px(6), px(7)), (each.before, colours.strong_line, px(14), px(5)))
        for score, colour, top, high in bars:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.line))
            painter.drawRoundedRect(QRectF(room.left(), room.top() + top, room.width(), high), high / 2, high / 2)
            if score and each.most:
                painter.setBrush(QColor(colour))
                wide = room.width() * min(1.0, float(score / each.most))
                painter.drawRoundedRect(QRectF(room.left(), room.top() + top, wide, high), high / 2, high / 2)
        painter.setPen(QColor(colours.soft))
        told = f"{score_text(each.now)} · {score_text(each.before)} / {most_text(each.most)}"
        painter.drawText(QRectF(room.right(), place.top(), figures, place.height()), _RIGHT, told)
