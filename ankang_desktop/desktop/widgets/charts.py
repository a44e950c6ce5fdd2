"""Charts, where people would rather look than read; drawn when the first one is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets.plotting import Plotting
from ankang_desktop.desktop.work import Work

_WIDTH = 0.36
_TICKS = 4
Series = tuple[str, str, Sequence[float]]
"""A row of numbers: its name, a palette colour, the values."""


class BarChart(QWidget):
    """Bars side by side over named places; drawn when first seen.

    `pressed` carries (series, place) of a bar clicked, or walked to with the arrows and opened with Enter.
    """

    pressed = Signal(int, int)

    def __init__(self, work: Work, name: str) -> None:
        super().__init__()
        self._work, self._name = work, name
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(px(168))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._labels: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self._plot: Any = None
        self._marked: Any = None
        self._library: Any = None
        self._loading: Plotting | None = None
        self._here = (0, 0)

    def put(self, labels: Sequence[str], series: Sequence[Series]) -> None:
        """Show these numbers; every series has one for each label."""
        self._labels, self._series = labels, series
        told = "；".join(f"{name}：{'、'.join(f'{value:g}' for value in values)}" for name, _, values in series)
        self.setAccessibleDescription(told)
        if self.isVisible():
            self._load()

    def place_of(self, series: int, place: int) -> QRectF:
        """Return where the bar of a place stands, its whole height; empty before it is drawn."""
        if self._plot is None:
            return QRectF()
        area, offset = self._area(), self._offset(series)
        step = area.width() / (len(self._labels) + 0.2)
        middle = area.left() + (place + 0.6 + offset) * step
        return QRectF(middle - step * _WIDTH / 2, area.top(), step * _WIDTH, area.height())

    # --- what a person does ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().x())
        if found is not None:
            self._go(found)
            self.pressed.emit(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_over = self._at(event.position().x()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        series, place = self._here
        steps = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        key = Qt.Key(event.key())
        if key in steps and self._labels:
            by_series, by_place = steps[key]
            self._go(((series + by_series) % len(self._series), (place + by_place) % len(self._labels)))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._labels:
            self.pressed.emit(series, place)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._told(found[1]) if found else "", self)
            return True
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._go(self._here)
        return super().event(event)

    # --- drawing -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._series:
            self._load()

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._plot is not None and self._plot.isVisible():
            return
        if self._series and not self._most():
            self._paint_nothing()
            return
        painter = QPainter(self)  # what stands there until the numbers come
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().palette.raised))
        wide = self.width() / 12
        for at in range(12):
            high = self.height() * (0.25 + 0.05 * (at * 5 % 9))
            painter.drawRoundedRect(QRectF(at * wide + wide * 0.2, self.height() - high, wide * 0.6, high), 3, 3)

    def _paint_nothing(self) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(current().palette.faint))
        painter.setFont(font("body"))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, "还没有可以画的数字")

    def _most(self) -> int:
        return int(max((value for _, _, values in self._series for value in values), default=0))

    def _load(self) -> None:
        if not self._most():
            if self._plot is not None:
                self._plot.hide()
            self.update()
            return
        if self._library is not None:
            self._draw()
        elif self._loading is None:
            self._loading = Plotting(self, self._work, self._loaded)

    def _loaded(self, library: Any) -> None:
        self._library = library
        self._load()

    def _draw(self) -> None:
        library = self._library
        if self._plot is None:
            self._plot = self._made()
            self._column.addWidget(self._plot)
        plot = self._plot
        plot.clear()
        plot.show()
        most = self._most()
        step = max(1, -(-most // _TICKS))
        top = max(step, -(-most // step) * step)
        plot.getAxis("bottom").setTicks([list(enumerate(self._labels))])
        plot.getAxis("left").setTicks([[(at, str(at)) for at in range(0, top + 1, step)]])
        colours = current().palette
        self._marked = library.BarGraphItem(x=[0], height=[0], width=0.96, brush=QColor(colours.accent_wash), pen=None)
        plot.addItem(self._marked)
        for series, (_, colour, values) in enumerate(self._series):
            drawn = [(place + self._offset(series), value) for place, value in enumerate(values) if value]
            if drawn:
                places, heights = zip(*drawn, strict=True)
                brush = QColor(getattr(colours, colour))
                plot.addItem(library.BarGraphItem(x=places, height=heights, width=_WIDTH * 0.86, brush=brush, pen=None))
        plot.setXRange(-0.6, max(0.6, len(self._labels) - 0.4), padding=0)
        plot.setYRange(0, top * 1.06, padding=0)
        self._go(self._here)

    def _made(self) -> Any:
        colours, library = current().palette, self._library
        library.setConfigOptions(antialias=True)
        plot = library.PlotWidget(background=colours.surface)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(x=False, y=False)
        plot.showGrid(x=False, y=True, alpha=0.12)
        for side in ("bottom", "left"):
            axis = plot.getAxis(side)
            axis.setPen(QColor(colours.line))
            axis.setTextPen(QColor(colours.soft))
            axis.setTickFont(font("caption"))
            axis.setStyle(tickLength=0)
        return plot

    def _go(self, here: tuple[int, int]) -> None:
        """Mark a bar while the keys are here."""
        self._here = here
        if self._marked is not None:
            series, place = here
            most = self._plot.viewRect().bottom() if self.hasFocus() else 0
            self._marked.setOpts(x=[place + self._offset(series)], height=[most], width=_WIDTH)
        if self._labels:
            self.setAccessibleName(f"{self._name}，{self._told(here[1])}")

    def _told(self, place: int) -> str:
        numbers = "　".join(f"{name} {values[place]:g}" for name, _, values in self._series)
        return f"{self._labels[place]}　{numbers}"

    def _offset(self, series: int) -> float:
        return (series - (len(self._series) - 1) / 2) * _WIDTH

    def _area(self) -> QRectF:
        """Return where the bars stand, in this widget's points."""
        box = self._plot.getPlotItem().getViewBox()
        area = self._plot.mapFromScene(box.sceneBoundingRect()).boundingRect()
        return QRectF(area.translated(self._plot.pos()))

    def _at(self, x: float) -> tuple[int, int] | None:
        if self._plot is None or not self._labels or not self._most():
            return None
        area = self._area()
        at = (x - area.left()) / area.width() * (len(self._labels) + 0.2) - 0.6
        place = round(at)
        if not 0 <= place < len(self._labels) or not area.left() <= x <= area.right():
            return None
        nearest = min(range(len(self._series)), key=lambda series: abs(at - place - self._offset(series)))
        return nearest, place
