"""The pages of a PDF one below the other; only those in sight are drawn, off the GUI thread, as sharp as the screen."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from itertools import accumulate

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from shiboken6 import isValid

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.paper.pages import Size, render
from ankang_desktop.desktop.work import Job, Work

WIDTH, WHOLE = "width", "page"
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_DOTS = 96 / 72  # points of the screen for one point of paper at 100 %
_MOST_KEPT = 10  # pictures of pages
_WIDEST = 6000  # pixels of one picture


class PageView(QAbstractScrollArea):
    """Shows pages; `fit` is WIDTH, WHOLE or "" for a zoom of its own. Page keys turn pages, + and - zoom."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._data = b""
        self._sizes: list[Size] = []
        self._kept: OrderedDict[int, tuple[int, QImage]] = OrderedDict()  # page -> width asked for, picture
        self._job: Job | None = None
        self.fit = WIDTH
        self._zoom = 1.0
        self._page = 0
        self._gap = px(16)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("预览")

    # --- what is shown ---------------------------------------------------------------------------------------------

    def show_pages(self, data: bytes, sizes: list[Size]) -> None:
        """Show the pages of a PDF from the first."""
        self._data, self._sizes = data, sizes
        self._kept.clear()
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._look()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page in sight, counted from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """The zoom in force, 1 for the size of the paper."""
        return self._scale() / _DOTS

    def picture(self, index: int) -> QImage | None:
        """Return the picture of a page where it is drawn already."""
        return self._kept[index][1] if index in self._kept else None

    def go_to(self, index: int) -> None:
        """Bring a page to the top."""
        if self._sizes:
            index = max(0, min(self.count - 1, index))
            self.verticalScrollBar().setValue(self._tops()[index] - self._gap)
            self._turned(index)

    def set_fit(self, fit: str) -> None:
        """Fit pages into the width or whole into sight."""
        self.fit = fit
        self._rezoom()

    def set_zoom(self, zoom: float) -> None:
        """Show pages at a zoom, 1 for the size of the paper."""
        self.fit, self._zoom = "", max(STEPS[0], min(STEPS[-1], zoom))
        self._rezoom()

    def step_zoom(self, by: int) -> None:
        """Go to the next larger or smaller zoom."""
        now = self.zoom
        larger, smaller = [each for each in STEPS if each > now + 0.01], [each for each in STEPS if each < now - 0.01]
        self.set_zoom((larger or [now])[0] if by > 0 else (smaller or [now])[-1])

    def stop(self) -> None:
        """Draw nothing more."""
        self._data = b""
        if self._job is not None:
            self._job.cancel()

    # --- where pages lie -------------------------------------------------------------------------------------------

    def _scale(self) -> float:
        """Return points of the screen for one point of paper."""
        if not self.fit or not self._sizes:
            return self._zoom * _DOTS
        wide = (self.viewport().width() - 2 * self._gap) / max(width for width, _ in self._sizes)
        if self.fit == WHOLE:
            wide = min(wide, (self.viewport().height() - 2 * self._gap) / max(height for _, height in self._sizes))
        return max(STEPS[0], min(STEPS[-1], wide / _DOTS)) * _DOTS

    def _tops(self) -> list[int]:
        scale = self._scale()
        return list(accumulate((round(high * scale) + self._gap for _, high in self._sizes), initial=self._gap))

    def _place(self, index: int, top: int) -> QRect:
        wide, high = (round(side * self._scale()) for side in self._sizes[index])
        spare = max(self._gap, (self.viewport().width() - wide) // 2)
        x = spare - self.horizontalScrollBar().value()
        return QRect(x, top - self.verticalScrollBar().value(), wide, high)

    def _seen(self) -> list[tuple[int, QRect]]:
        tops = self._tops()[:-1]
        places = ((index, self._place(index, top)) for index, top in enumerate(tops))
        return [(index, place) for index, place in places if place.bottom() >= 0 and place.top() <= self.height()]

    def _arrange(self) -> None:
        inside, scale = self.viewport().size(), self._scale()
        wide = max((width for width, _ in self._sizes), default=0.0) * scale + 2 * self._gap
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, self._tops()[-1] - inside.height()))
        down.setPageStep(inside.height())
        down.setSingleStep(px(40))
        across.setRange(0, max(0, round(wide) - inside.width()))
        across.setPageStep(inside.width())

    def _rezoom(self) -> None:
        page = self._page
        self._arrange()
        self.go_to(page)
        self.viewport().update()
        self.zoom_changed.emit(self.zoom)
        self._look()

    def _turned(self, index: int) -> None:
        if index != self._page:
            self._page = index
            self.page_changed.emit(index)
        self.setAccessibleName(f"预览，第 {index + 1} 页，共 {self.count} 页")

    # --- drawing ---------------------------------------------------------------------------------------------------

    def _pixels(self, place: QRect) -> int:
        return min(_WIDEST, round(place.width() * self.devicePixelRatioF()))

    def _look(self) -> None:
        """Ask for the next picture that is in sight and not drawn at this size."""
        if self._job is not None or not self._data:
            return
        for index, place in self._seen():
            width = self._pixels(place)
            if index not in self._kept or self._kept[index][0] != width:
                self._job = self._work.run(
                    partial(_rendered, self._data, index, width),
                    partial(self._drawn, index, width),
                    on_error=self._failed,
                )
                self._job.ended.connect(self._free)
                return

    def _free(self) -> None:
        if isValid(self):
            self._job = None

    def _drawn(self, index: int, width: int, picture: QImage) -> None:
        if not isValid(self):
            return
        self._job = None
        self._kept[index] = width, picture
        self._kept.move_to_end(index)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self.viewport().update()
        self._look()

    def _failed(self, error: BaseException) -> None:
        self.stop()
        raise error

    def paintEvent(self, _: QPaintEvent) -> None:
        colours = current().palette
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(colours.canvas))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, place in self._seen():
            painter.fillRect(place, Qt.GlobalColor.white)
            if (picture := self.picture(index)) is not None:
                painter.drawImage(place, picture)
            else:
                painter.setPen(QColor("#6f7f87"))
                painter.setFont(font())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"第 {index + 1} 页")
            painter.setPen(QColor(colours.strong_line))
            painter.drawRect(place)

    # --- moving ----------------------------------------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        seen = self._seen()
        middle = self.viewport().height() // 3
        at = next((index for index, place in seen if place.bottom() >= middle), self._page)
        self._turned(at)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._sizes:
            self._rezoom()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_PageDown: partial(self.go_to, self._page + 1),
            Qt.Key.Key_PageUp: partial(self.go_to, self._page - 1),
            Qt.Key.Key_Home: partial(self.go_to, 0),
            Qt.Key.Key_End: partial(self.go_to, self.count - 1),
            Qt.Key.Key_Plus: partial(self.step_zoom, 1),
            Qt.Key.Key_Equal: partial(self.step_zoom, 1),
            Qt.Key.Key_Minus: partial(self.step_zoom, -1),
        }
        if (way := ways.get(Qt.Key(event.key()))) is not None:
            way()
        else:
            super().keyPressEvent(event)


def _rendered(data: bytes, index: int, width: int, _: object) -> QImage:
    return render(data, index, width)
