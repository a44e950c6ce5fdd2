"""The steps of a wizard in a row: those done, the one being done, those to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ankang_desktop.desktop.look import current, font, pixmap, px

_RING = 26


class Stepper(QWidget):
    """Painted steps; one that can be gone back to is entered by a click, or by ←/→ and Enter."""

    wanted = Signal(int)

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = tuple(titles)
        self.at, self.reach = 0, frozenset({0})
        self._marked = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(44))
        self.setMouseTracking(True)
        self._name()

    def show_step(self, at: int, reach: frozenset[int]) -> None:
        """Stand at a step; those of `reach` can be entered."""
        self.at, self.reach, self._marked = at, reach, at
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(600), px(44))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = current().palette
        boxes = self._boxes()
        middle = self.height() / 2
        for place, box in enumerate(boxes):
            if place:
                painter.setPen(QPen(QColor(colours.accent if place <= self.at else colours.strong_line), 2))
                left, right = boxes[place - 1].right() + px(8), box.left() - px(8)
                if right - left > px(6):
                    painter.drawLine(QPointF(left, middle), QPointF(right, middle))
            self._paint_step(painter, place, box)

    def _paint_step(self, painter: QPainter, place: int, box: QRectF) -> None:
        colours = current().palette
        ring = QRectF(box.left(), box.center().y() - px(_RING) / 2, px(_RING), px(_RING))
        is_here, is_done = place == self.at, place < self.at
        painter.setPen(QPen(QColor(colours.accent if is_here or is_done else colours.strong_line), 2))
        painter.setBrush(QColor(colours.accent if is_here else colours.accent_wash if is_done else colours.surface))
        painter.drawEllipse(ring.adjusted(1, 1, -1, -1))
        if is_done:
            sign = pixmap("check", px(14), "accent_strong", self.devicePixelRatioF())
            painter.drawPixmap(round(ring.center().x() - px(7)), round(ring.center().y() - px(7)), sign)
        else:
            painter.setPen(QColor(colours.on_accent if is_here else colours.soft))
            painter.setFont(font("caption", bold=True))
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        words = QRectF(ring.right() + px(8), box.top(), box.right() - ring.right() - px(8), box.height())
        painter.setPen(QColor(colours.text if is_here or is_done else colours.faint))
        painter.setFont(font("body", bold=is_here))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.titles[place])
        if self.hasFocus() and place == self._marked:
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-px(4), px(4), px(4), -px(4)), 6, 6)

    def _boxes(self) -> list[QRectF]:
        """Return where each step stands: as wide as its words, the lines between them sharing the rest."""
        metrics = QFontMetricsF(font("body", bold=True))
        wide = [px(_RING) + px(8) + metrics.horizontalAdvance(title) + px(2) for title in self.titles]
        room = self.width() - px(16) - sum(wide)
        between = min(px(240), max(px(12), room / max(1, len(wide) - 1)))
        found, left = [], float(px(8))
        for each in wide:
            found.append(QRectF(left, 0, each, self.height()))
            left += each + between
        return found

    # --- going back --------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        can = place in self.reach and place != self.at
        self.setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._want(self._place_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._marked = min(len(self.titles) - 1, max(0, self._marked + step))
            self._name()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._want(self._marked)
        else:
            super().keyPressEvent(event)

    def _want(self, place: int) -> None:
        if place in self.reach and place != self.at:
            self.wanted.emit(place)

    def _place_at(self, where: QPointF) -> int:
        return next((place for place, box in enumerate(self._boxes()) if box.contains(where)), -1)

    def _name(self) -> None:
        state = "当前" if self._marked == self.at else "已完成" if self._marked < self.at else "未到"
        self.setAccessibleName(f"第{self._marked + 1}步 {self.titles[self._marked]}，{state}")
