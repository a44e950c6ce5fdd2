"""The photo in hand, large; the next ones are decoded beforehand, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ankang_desktop.desktop.evidence.pictures import picture_of
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.session import Session

_PIXELS = 1600
_AHEAD, _BEHIND = 3, 1


class Preloader(QObject):
    """Keeps the pictures around one place; `arrived` tells of each. A picture that cannot be read is None."""

    arrived = Signal(int)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._paths: list[Path] = []
        self._jobs: dict[int, Any] = {}
        self.made: dict[int, QPixmap | None] = {}

    def begin(self, paths: list[Path]) -> None:
        """Take another roll."""
        for job in self._jobs.values():
            job.cancel()
        self._paths, self._jobs, self.made = paths, {}, {}

    def stand_at(self, at: int) -> None:
        """Decode this picture and the next ones; let go of what is far away."""
        near = range(max(0, at - _BEHIND), min(at + _AHEAD + 1, len(self._paths)))
        for far in [each for each in self.made if each not in near]:
            del self.made[far]
        for far in [each for each in self._jobs if each not in near]:
            self._jobs.pop(far).cancel()
        for each in sorted(near, key=lambda place: (place < at, place)):
            if each not in self.made and each not in self._jobs:
                path = self._paths[each]
                self._jobs[each] = self._session.work.run(
                    partial(_decode, path), partial(self._take, self._paths, each)
                )

    def _take(self, paths: list[Path], at: int, picture: QImage | None) -> None:
        if paths is self._paths and self._jobs.pop(at, None) is not None:
            self.made[at] = None if picture is None else QPixmap.fromImage(picture)
            self.arrived.emit(at)


def _decode(path: Path, _: object) -> QImage | None:
    return picture_of(path, _PIXELS)


class PhotoView(QWidget):
    """The photo; while it has the focus its keys are commands, which `handle` answers with whether it knew them."""

    enlarge_wanted = Signal()

    def __init__(self, handle: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self._handle = handle
        self._picture: QPixmap | None = None
        self._fitted: QPixmap | None = None
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(px(280), px(220))
        self.setAccessibleName("照片")

    def show_picture(self, picture: QPixmap | None, words: str) -> None:
        """Show a picture, or words where there is none (yet)."""
        self._picture, self._fitted, self._words = picture, None, words
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.line), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(colours.side))
        painter.drawRoundedRect(place, 8, 8)
        if self._picture is None:
            painter.setFont(font())
            painter.setPen(QColor(colours.soft))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._words)
            return
        shown = self._scaled(place.adjusted(px(4), px(4), -px(4), -px(4)))
        size = QSizeF(shown.deviceIndependentSize())
        corner = place.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.drawPixmap(corner, shown)

    def _scaled(self, room: QRectF) -> QPixmap:
        """Return the picture in the size of the room; made anew only where the room changed."""
        ratio = self.devicePixelRatioF()
        wanted = (room.size() * ratio).toSize()
        picture = self._picture or QPixmap()
        fitting = picture.size().scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio)
        if self._fitted is None or self._fitted.size() != fitting:
            self._fitted = picture.scaled(
                fitting, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._fitted.setDevicePixelRatio(ratio)
        return self._fitted

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handle(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.enlarge_wanted.emit()
