"""Charts, where people would rather look than read; pyqtgraph is imported when the first one comes into sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ankang_desktop.desktop.look import current, font, px

_WIDTH = 0.36
Series = tuple[str, str, Sequence[float]]
"""A row of numbers: its name, a palette colour, the values."""


class BarChart(QWidget):
    """Bars side by side over named places; drawn when first seen, silent to the mouse."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(px(190))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._labels: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self._plot: Any = None

    def put(self, labels: Sequence[str], series: Sequence[Series]) -> None:
        """Show these numbers; every series has one for each label."""
        self._labels, self._series = labels, series
        told = "；".join(f"{name}：{'、'.join(f'{value:g}' for value in values)}" for name, _, values in series)
        self.setAccessibleDescription(told)
        if self._plot is not None or self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._plot is None and self._series:
            self._draw()

    def _draw(self) -> None:
        import pyqtgraph

        colours = current().palette
        if self._plot is None:
            pyqtgraph.setConfigOptions(antialias=True)
            self._plot = pyqtgraph.PlotWidget(background=colours.surface)
            self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._plot.setMenuEnabled(False)
            self._plot.hideButtons()
            self._plot.setMouseEnabled(x=False, y=False)
            self._plot.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(self._plot)
        plot = self._plot
        plot.clear()
        for side in ("bottom", "left"):
            axis = plot.getAxis(side)
            axis.setPen(QColor(colours.line))
            axis.setTextPen(QColor(colours.soft))
            axis.setTickFont(font("caption"))
        plot.showGrid(x=False, y=True, alpha=0.15)
        plot.getAxis("bottom").setTicks([list(enumerate(self._labels))])
        most = max((value for _, _, values in self._series for value in values), default=0)
        step = max(1, -(-int(most) // 4))
        plot.getAxis("left").setTicks([[(at, str(at)) for at in range(0, int(most) + step + 1, step)]])
        first = -_WIDTH * (len(self._series) - 1) / 2
        for place, (_, colour, values) in enumerate(self._series):
            at = [number + first + place * _WIDTH for number in range(len(values))]
            brush = QColor(getattr(colours, colour))
            plot.addItem(pyqtgraph.BarGraphItem(x=at, height=list(values), width=_WIDTH * 0.9, brush=brush, pen=brush))
        plot.setXRange(-0.6, max(0.6, len(self._labels) - 0.4), padding=0)
        plot.setYRange(0, max(1, most) * 1.1, padding=0)
