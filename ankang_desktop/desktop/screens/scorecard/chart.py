"""Section by section, painted: this year's bar above last year's, both figures behind; a line opens its section."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.scorecard.words import most_text, score_text
from ankang_desktop.desktop.widgets import clear
from ankang_desktop.desktop.widgets.lines import Pressable
from ankang_desktop.scoring.comparison import Beside

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SectionChart(QWidget):
    """One line a section; `pressed` carries the place of the one opened."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[SectionLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_sections(self, sections: Sequence[Beside]) -> None:
        """Show the sections of a comparison."""
        clear(self._column)
        self.lines = [SectionLine(each, partial(self.pressed.emit, at)) for at, each in enumerate(sections)]
        for line in self.lines:
            self._column.addWidget(line)


class SectionLine(Pressable):
    """A section: its name, this year's share of its points above last year's, both figures."""

    def __init__(self, section: Beside, action: Callable[[], object]) -> None:
        super().__init__(f"{section.text} 今年{score_text(section.now)} 去年{score_text(section.before)}", action)
        self.section = section
        self.setToolTip(f"{section.text}：看它的各行")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(28))

    def paintEvent(self, _: QPaintEvent) -> None:
        each, colours, painter = self.section, current().palette, self.ground()
        place = QRectF(self.rect()).adjusted(px(4), 0, -px(4), 0)
        name, figures = min(px(190), place.width() * 0.36), px(120)
        painter.setFont(font("body"))
        painter.setPen(QColor(colours.accent_strong if self.is_over else colours.text))
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
