"""Icons from one set (Tabler, outline), drawn from their SVG in the colour asked for, sharp at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ankang_desktop.desktop.look.theme import current
from ankang_desktop.kernel import paths

_SIZES = (16, 20, 24, 32, 40, 48, 64)  # pixels: 16 to 24 points at 100 to 200 %


def icon(name: str, colour: str = "") -> QIcon:
    """Return an icon by its name in resources/icons; `colour` is a palette name, by default the second voice."""
    palette = current().palette
    return _icon(name, getattr(palette, colour or "soft"), palette.faint)


def pixmap(name: str, size: int, colour: str = "", ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` points for a screen of `ratio` pixels a point."""
    return _drawn(name, round(size * ratio), ratio, getattr(current().palette, colour or "soft"))


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    found = QIcon()
    for size in _SIZES:
        found.addPixmap(_drawn(name, size, 1.0, colour))
        found.addPixmap(_drawn(name, size, 1.0, disabled), QIcon.Mode.Disabled)
    return found


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def _drawn(name: str, pixels: int, ratio: float, colour: str) -> QPixmap:
    source = _source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    picture = QPixmap(QSize(pixels, pixels))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
