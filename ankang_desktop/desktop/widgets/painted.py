"""Small pictures of numbers, painted: a gauge, a bar, a badge. None of them needs a charting library."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ankang_desktop.desktop.look import current, font, px


class _Pressed(QWidget):
    """A painted widget that can be clicked, reached by Tab and pressed by Enter or Space."""

    def __init__(self, action: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._action = action
        if action:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._action and self.rect().contains(event.position().toPoint()):
            self._action()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._action and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._action()
        else:
            super().keyPressEvent(event)


class Gauge(_Pressed):
    """A half ring with a number in it; `set_value(done, most, text, under)`; a paler arc shows what could be had."""

    def __init__(self, action: Callable[[], object] | None = None) -> None:
        super().__init__(action)
        self._done, self._potential, self._most, self._text, self._under = 0.0, 0.0, 1.0, "–", ""
        self.setMinimumSize(QSize(px(190), px(124)))

    def set_value(self, done: float, most: float, text: str, under: str = "", potential: float = 0.0) -> None:
        """Show `done` of `most`, `potential` behind it, `text` in the middle and `under` below."""
        self._done, self._most, self._text, self._under, self._potential = done, max(most, 1e-9), text, under, potential
        self.setAccessibleName(f"{text} {under}")
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        colours = current().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = px(14)
        side = min(self.width() - thick * 2, (self.height() - px(26)) * 2 - thick)
        ring = QRectF((self.width() - side) / 2, thick / 2 + 2, side, side)
        shares = (
            (1.0, colours.line),
            (self._potential / self._most, colours.accent_wash),
            (self._done / self._most, colours.accent),
        )
        for share, colour in shares:
            if share > 0:
                pen = QPen(QColor(colour), thick)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                painter.drawArc(ring, 180 * 16, -round(180 * 16 * min(1.0, share)))
        painter.setPen(QColor(colours.text))
        painter.setFont(font("display"))
        middle = QRectF(0, ring.center().y() - px(44), self.width(), px(44))
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.setPen(QColor(colours.soft))
        painter.setFont(font("caption"))
        painter.drawText(
            QRectF(0, ring.center().y() + px(4), self.width(), px(24)), Qt.AlignmentFlag.AlignCenter, self._under
        )


class Bar(_Pressed):
    """A thin bar that is filled in part, in the colour of a palette name; thicker where it can be pressed."""

    def __init__(self, share: float = 0.0, colour: str = "accent", action: Callable[[], object] | None = None) -> None:
        super().__init__(action)
        self._share, self._colour = share, colour
        self.setFixedHeight(px(6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float, colour: str = "") -> None:
        """Fill `share` (0..1) of the bar."""
        self._share, self._colour = share, colour or self._colour
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        colours = current().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        high = self.height()
        for share, colour in ((1.0, colours.line), (self._share, getattr(colours, self._colour))):
            if share > 0:
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(
                    QRectF(0, 0, max(high, self.width() * min(1.0, share)), high), high / 2, high / 2
                )


class Badge(QWidget):
    """A word on a wash of colour: 逾期, 已销号; `tone` is danger, warning, good, info, accent or "" for grey."""

    def __init__(self, text: str, tone: str = "") -> None:
        super().__init__()
        self._text, self._tone = text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_text(self, text: str, tone: str = "") -> None:
        """Change word and tone."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the word."""
        return self._text

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font("caption"))
        return QSize(metrics.horizontalAdvance(self._text) + px(14), metrics.height() + px(4))

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_badge(QPainter(self), QRectF(self.rect()), self._text, self._tone)


def paint_badge(painter: QPainter, where: QRectF, text: str, tone: str) -> None:
    """Paint a badge into a rectangle, for delegates too."""
    colours = current().palette
    wash, ink = (getattr(colours, f"{tone}_wash"), getattr(colours, tone)) if tone else (colours.line, colours.soft)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(wash))
    painter.drawRoundedRect(where, where.height() / 2, where.height() / 2)
    painter.setPen(QColor(ink))
    painter.setFont(font("caption"))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)
