"""Icons from one set (Tabler, outline), drawn in the colour asked for when first seen, sharp at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ankang_desktop.desktop.look.theme import current
from ankang_desktop.kernel import paths


def icon(name: str, colour: str = "") -> QIcon:
    """Return an icon by its name in resources/icons; `colour` is a palette name, by default the second voice.

    In an oblong it stands at the left: what is free at its right keeps it apart from words, Qt alone leaves 4 points.
    """
    palette = current().palette
    return _icon(name, getattr(palette, colour or "soft"), palette.faint)


def pixmap(name: str, size: int, colour: str = "", ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` points for a screen of `ratio` pixels a point."""
    pixels = round(size * ratio)
    return _drawn(name, getattr(current().palette, colour or "soft"), pixels, pixels, ratio)


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    return QIcon(_Engine(name, colour, disabled))


class _Engine(QIconEngine):
    """Draws one icon at whatever size Qt asks for; nothing is drawn before it is seen."""

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._known = name, colour, disabled

    def clone(self) -> QIconEngine:
        return _Engine(*self._known)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Return the picture of `size` points for a screen of `scale` pixels a point."""
        name, colour, disabled = self._known
        pixels = (size.toSizeF() * scale).toSize()
        voice = disabled if mode is QIcon.Mode.Disabled else colour
        return _drawn(name, voice, pixels.width(), pixels.height(), scale)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(
            rect.topLeft(), self.scaledPixmap(rect.size(), mode, state, painter.device().devicePixelRatio())
        )


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def _drawn(name: str, colour: str, width: int, height: int, ratio: float) -> QPixmap:
    if width < 1 or height < 1:
        return QPixmap()  # a widget of no size yet asks too
    source = _source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    side = min(width, height)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, (height - side) / 2, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
