"""Icons from one set (Tabler, outline), drawn from their SVG in the colour asked for, sharp at every scale."""

from __future__ import annotations

from functools import cache
from math import ceil

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ankang_desktop.desktop.look.theme import current, px
from ankang_desktop.kernel import paths

_POINTS = (16, 18, 20, 24)  # what icons are shown at
_LARGEST = 64  # pixels


def icon(name: str, colour: str = "", *, is_before_words: bool = False) -> QIcon:
    """Return an icon by its name in resources/icons; `colour` is a palette name, by default the second voice.

    One that stands before words is a quarter wider than high, free at the right: Qt alone leaves 4 points between.
    """
    palette = current().palette
    return _icon(name, getattr(palette, colour or "soft"), palette.faint, is_before_words=is_before_words)


def pixmap(name: str, size: int, colour: str = "", ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` points for a screen of `ratio` pixels a point."""
    return _drawn(name, round(size * ratio), ratio, getattr(current().palette, colour or "soft"))


@cache
def _icon(name: str, colour: str, disabled: str, *, is_before_words: bool) -> QIcon:
    found = QIcon()
    for each, mode in ((colour, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        renderer = _renderer(name, each)
        for size in _sizes():
            found.addPixmap(_painted(renderer, size, 1.0, free=size // 4 if is_before_words else 0), mode)
    return found


@cache
def _sizes() -> tuple[int, ...]:
    """Return the pixels wanted on the screens there are, and one picture for any other, scaled down from it."""
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return tuple(sorted({*(ceil(px(size) * ratio) for size in _POINTS for ratio in ratios), _LARGEST}))


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def _drawn(name: str, pixels: int, ratio: float, colour: str) -> QPixmap:
    return _painted(_renderer(name, colour), pixels, ratio)


def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = _source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    return QSvgRenderer(QByteArray(source.encode()))


def _painted(renderer: QSvgRenderer, pixels: int, ratio: float, free: int = 0) -> QPixmap:
    picture = QPixmap(QSize(pixels + free, pixels))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
