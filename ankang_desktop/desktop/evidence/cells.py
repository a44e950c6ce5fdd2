"""How a file looks in a grid: its picture on a tile, what it is called, when it was and where its paper lies."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ankang_desktop.desktop.look import current, font, pixmap, px
from ankang_desktop.desktop.widgets.painted import paint_badge

Index = QModelIndex | QPersistentModelIndex

CELL = Qt.ItemDataRole.UserRole + 1
"""The role under which a model gives the Cell of a row."""

THUMBNAIL = 132
"""The square a thumbnail is asked for: a little more than a tile shows."""


@dataclass(frozen=True)
class Cell:
    """What is painted of a file: picture, title, second line, a word on the picture (PDF), whether it is odd."""

    picture: QPixmap
    title: str
    second: str = ""
    badge: str = ""
    is_odd: bool = False


def badge_of(name: str, media_type: str) -> str:
    """Return the word on a file that is no photo: its ending."""
    ending = name.rpartition(".")[2].upper()
    return "" if media_type.startswith("image/") or not 0 < len(ending) <= 5 else ending


class CellDelegate(QStyledItemDelegate):
    """Paints cells; they share the width of a row, so that no gap is left at its end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return cell_size(option.widget) if isinstance(option.widget, QListView) else QSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell | None = index.data(CELL)
        if cell is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        state: QStyle.StateFlag = option.state
        place = QRect(option.rect).adjusted(px(3), px(3), -px(3), -px(3))
        _paint_tile(painter, place, state)
        high = place.width() * 2 // 3
        _paint_picture(painter, place.adjusted(2, 2, -2, high - place.height()), cell)
        _paint_words(painter, place.adjusted(px(6), high + px(3), -px(6), -px(3)), cell)
        painter.restore()


def cell_size(view: QListView) -> QSize:
    """Return the size of every cell: as many in a row as fit, all as wide as the row allows."""
    room = view.viewport().width() - 1
    least = view.least if isinstance(view, Grid) else px(112)
    most = max(1, room // least)
    wide = min(room // most, least * 3 // 2) if room > 0 else least
    return QSize(wide, (wide - px(6)) * 2 // 3 + _lines() + px(14))


def _lines() -> int:
    return QFontMetrics(font("caption")).height() * 2 + px(2)


def _paint_tile(painter: QPainter, place: QRect, state: QStyle.StateFlag) -> None:
    colours = current().palette
    is_chosen = bool(state & QStyle.StateFlag.State_Selected)
    is_marked = bool(state & QStyle.StateFlag.State_HasFocus) or is_chosen
    painter.setPen(QPen(QColor(colours.accent if is_marked else colours.line), 2 if is_chosen else 1))
    over = bool(state & QStyle.StateFlag.State_MouseOver)
    painter.setBrush(QColor(colours.accent_wash if is_chosen else colours.raised if over else colours.surface))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _paint_picture(painter: QPainter, place: QRect, cell: Cell) -> None:
    """Paint the picture whole, on a ground that tells where it ends; an icon of a kind stands in the middle."""
    ground = QPainterPath()
    ground.addRoundedRect(QRectF(place), 5, 5)
    painter.fillPath(ground, QColor(current().palette.raised))
    size = cell.picture.deviceIndependentSize().toSize()
    if size.width() > place.width() or size.height() > place.height():
        size.scale(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    where = QRect(QPoint(0, 0), size)
    where.moveCenter(place.center())
    painter.drawPixmap(where, cell.picture)
    if cell.badge:
        metrics = QFontMetrics(font("caption"))
        wide, high = metrics.horizontalAdvance(cell.badge) + px(12), metrics.height() + px(2)
        corner = QRectF(place.left() + px(4), place.bottom() - high - px(3), wide, high)
        paint_badge(painter, corner, cell.badge, "info")
    if cell.is_odd:
        sign = pixmap("alert-triangle", px(16), "warning", painter.device().devicePixelRatioF())
        spot = QRectF(place.right() - px(23), place.top() + px(3), px(20), px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().palette.warning_wash))
        painter.drawEllipse(spot)
        painter.drawPixmap(QPoint(round(spot.left() + px(2)), round(spot.top() + px(2))), sign)


def _paint_words(painter: QPainter, place: QRect, cell: Cell) -> None:
    colours = current().palette
    painter.setFont(font("caption"))
    metrics = painter.fontMetrics()
    mode = Qt.TextElideMode.ElideMiddle if "." in cell.title[-6:] else Qt.TextElideMode.ElideRight
    for row, (text, colour, elide) in enumerate(
        ((cell.title, colours.text, mode), (cell.second, colours.soft, Qt.TextElideMode.ElideRight))
    ):
        painter.setPen(QColor(colour))
        line = QRect(place.left(), place.top() + row * (metrics.height() + px(1)), place.width(), metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(text, elide, place.width()))


class Grid(QListView):
    """A list of cells, wrapped into rows; a cell is at least `least` points wide (grown with the type)."""

    def __init__(self, name: str, least: int = 112) -> None:
        super().__init__()
        self.least = px(least)
        self.setAccessibleName(name)
        self.setProperty("plain", "true")
        self.setItemDelegate(CellDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def columns(self) -> int:
        """Return how many cells stand in a row."""
        return max(1, (self.viewport().width() - 1) // max(1, cell_size(self).width()))
