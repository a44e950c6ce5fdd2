"""A large picture: it fits, until it is zoomed; then it is dragged about."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from ankang_desktop.actions.files import File
from ankang_desktop.desktop.evidence.pictures import icon_name
from ankang_desktop.desktop.look import font, pixmap, px
from ankang_desktop.desktop.look.palette import DARK

_MOST_ZOOM = 12.0
_NONE = "正在打开，或不是图片"


class Canvas(QWidget):
    """Shows one picture on a dark ground, whatever the theme: so photos are looked at everywhere."""

    zoomed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self._words, self._sign = "", "photo"
        self._scale, self._turn, self._shift, self._held = 1.0, 0, QPointF(), QPointF()
        self._shown: tuple[str, int] = ("", 0)

    def show_picture(self, picture: QPixmap | None, file: File, page: int = 0, words: str = _NONE) -> None:
        """Show a page of a file; where there is no picture, `words` say why. A sharper one keeps zoom and place."""
        if (file.source, page) != self._shown:
            self._scale, self._turn, self._shift = 1.0, 0, QPointF()
            self._shown = (file.source, page)
        self._picture, self._words = picture, words
        self._sign = icon_name(file.media_type)
        self.setAccessibleName(file.caption or file.name)
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._scale > 1.0 else Qt.CursorShape.ArrowCursor)
        self.update()

    def zoom(self, factor: float) -> None:
        """Enlarge or shrink; never smaller than what fits."""
        self._scale = max(1.0, min(_MOST_ZOOM, self._scale * factor))
        self._keep_inside()
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._scale > 1.0 else Qt.CursorShape.ArrowCursor)
        self.zoomed.emit(self._scale)
        self.update()

    def rotate(self) -> None:
        """Turn a quarter to the right; the file stays as it is."""
        self._turn = (self._turn + 90) % 360
        self._keep_inside()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom so that what is under the pointer stays there."""
        before, at = self._scale, event.position() - self._middle()
        self.zoom(1.2 if event.angleDelta().y() > 0 else 1 / 1.2)
        self._shift = at - (at - self._shift) * (self._scale / before)
        self._keep_inside()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._scale > 1.0 and event.buttons():
            self._shift += event.position() - self._held
            self._held = event.position()
            self._keep_inside()
            self.update()

    def mouseDoubleClickEvent(self, _: QMouseEvent) -> None:
        self.zoom(1 / _MOST_ZOOM if self._scale > 1.0 else 2.5)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK.canvas))
        if self._picture is None:
            self._paint_words(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(self._middle() + self._shift)
        painter.rotate(self._turn)
        size = self._size()
        place = QRectF(-size.width() / 2, -size.height() / 2, size.width(), size.height())
        painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))

    def _paint_words(self, painter: QPainter) -> None:
        ratio, middle = self.devicePixelRatioF(), self.rect().center()
        painter.setOpacity(0.7)
        painter.drawPixmap(middle.x() - px(24), middle.y() - px(48), pixmap(self._sign, px(48), "faint", ratio))
        painter.setOpacity(1.0)
        painter.setPen(QColor(DARK.soft))
        painter.setFont(font())
        below = self.rect().adjusted(px(24), self.height() // 2 + px(12), -px(24), 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, int(flags), self._words)

    def _size(self) -> QSizeF:
        """Return the size of the picture as painted, before it is turned; small ones are not blown up to the edge."""
        if self._picture is None:
            return QSizeF()
        wide, high = self._picture.width(), self._picture.height()
        if self._turn in {90, 270}:
            wide, high = high, wide
        fit = min(self.width() / max(1, wide), self.height() / max(1, high))
        if max(wide, high) < max(self.width(), self.height()) / 3:
            fit = min(fit, 1.5)
        return QSizeF(self._picture.size()) * (fit * self._scale)

    def _keep_inside(self) -> None:
        """Never let the picture be dragged out of sight."""
        size = self._size()
        if self._turn in {90, 270}:
            size.transpose()
        x, y = max(0.0, (size.width() - self.width()) / 2), max(0.0, (size.height() - self.height()) / 2)
        self._shift = QPointF(max(-x, min(x, self._shift.x())), max(-y, min(y, self._shift.y())))

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)
