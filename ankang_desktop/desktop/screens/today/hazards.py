"""Hazards of the year: open, overdue, closed, the rates; found and closed month by month; all of it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.hazard_shares import Share
from ankang_desktop.actions.overview import Overview
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets import label
from ankang_desktop.desktop.widgets.charts import BarChart
from ankang_desktop.desktop.widgets.lines import Figure
from ankang_desktop.desktop.work import Work

_MONTHS = tuple(f"{number}月" for number in range(1, 13))
_SERIES = ("found", "closed")
_WORDS = ("查出", "销号")


class HazardPanel(QFrame):
    """`opens(title, key)` shows the records behind a number, `opens_share(share)` those behind a rate."""

    def __init__(self, work: Work, opens: Callable[[str, str], object], opens_share: Callable[[Share], object]) -> None:
        super().__init__()
        self._opens, self._opens_share = opens, opens_share
        self._shares: dict[str, Share] = {}
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(10), px(12), px(8))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setContentsMargins(px(8), 0, 0, 0)
        head.addWidget(label("隐患", "subtitle"))
        head.addStretch(1)
        head.addWidget(_Legend(tuple(zip(_WORDS, ("info", "good"), strict=True))))
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(px(2))
        self.open = Figure("未销号", partial(opens, "未销号的隐患", "open"))
        self.overdue = Figure("已逾期", partial(opens, "逾期未销号的隐患", "overdue"))
        self.closed = Figure("今年销号", partial(opens, "今年销号的隐患", "closed"))
        self.rectified = Figure("整改率", partial(self._open_share, "rectified"))
        self.on_time = Figure("按期整改率", partial(self._open_share, "on_time"))
        for each in (self.open, self.overdue, self.closed, self.rectified, self.on_time):
            row.addWidget(each)
        row.addStretch(1)
        column.addLayout(row)
        self.chart = BarChart(work, "每月查出与销号的隐患")
        self.chart.pressed.connect(self._open_month)
        column.addWidget(self.chart, 1)

    def show_overview(self, found: Overview) -> None:
        """Show the counts."""
        self.open.show_number(str(found.open_hazards), told="时至今天还没有销号的隐患，往年的也算")
        tone = "danger" if found.overdue_hazards else ""
        self.overdue.show_number(str(found.overdue_hazards), tone, "整改时限已过、还没有销号")
        self.closed.show_number(str(found.closed_hazards), told="销号日期在今年")
        self.chart.put(_MONTHS, ((_WORDS[0], "info", found.found), (_WORDS[1], "good", found.closed)))

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show the rates."""
        self._shares = {each.key: each for each in shares}
        for key, figure in (("rectified", self.rectified), ("on_time", self.on_time)):
            share = self._shares[key]
            figure.show_number(share.text, told=f"{share.how}\n{share.good} ÷ {share.whole}")

    def _open_share(self, key: str) -> None:
        if key in self._shares:
            self._opens_share(self._shares[key])

    def _open_month(self, series: int, place: int) -> None:
        self._opens(f"{_MONTHS[place]}{_WORDS[series]}的隐患", f"{_SERIES[series]}:{place + 1}")


class _Legend(QWidget):
    """What the colours of a chart mean."""

    def __init__(self, parts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._parts = parts

    def sizeHint(self) -> QSize:
        return QSize(px(54) * len(self._parts), px(18))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("caption"))
        for at, (words, tone) in enumerate(self._parts):
            left = at * px(54)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(colours, tone)))
            painter.drawEllipse(QPointF(left + px(7), self.height() / 2), px(4), px(4))
            painter.setPen(QColor(colours.soft))
            room = QRectF(left + px(15), 0, px(40), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
