"""Who is reached: staff by training, teams by activities, drills and hazards; those who are not are one click away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from ankang_desktop.actions.overview import Coverage
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets import clear, label
from ankang_desktop.desktop.widgets.lines import Pressable, widgets_in
from ankang_desktop.kernel.numbers import percent

_GOOD, _FAIR = 1.0, 0.8


class CoveragePanel(QFrame):
    """A card with one bar for each coverage; `opens(coverage)` names those missing."""

    def __init__(self, opens: Callable[[Coverage], object]) -> None:
        super().__init__()
        self._opens = opens
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(10), px(8), px(8))
        column.setSpacing(px(4))
        head = label("覆盖", "subtitle")
        head.setContentsMargins(px(8), 0, 0, 0)
        column.addWidget(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(2))
        waiting = label("正在统计…", "caption")
        waiting.setContentsMargins(px(8), 0, 0, 0)
        self._lines.addWidget(waiting)
        column.addLayout(self._lines)
        column.addStretch(1)

    def show_coverage(self, found: Sequence[Coverage]) -> None:
        """Show the bars."""
        clear(self._lines)
        for each in found:
            self._lines.addWidget(CoverageLine(each, self._opens))

    def lines(self) -> list[CoverageLine]:
        """Return the bars."""
        return [each for each in widgets_in(self._lines) if isinstance(each, CoverageLine)]


class CoverageLine(Pressable):
    """One coverage: its name, the share, who is missing in a word, a bar."""

    def __init__(self, coverage: Coverage, opens: Callable[[Coverage], object]) -> None:
        super().__init__(f"{coverage.title} {coverage.done}/{coverage.whole}", lambda: opens(coverage))
        self.coverage = coverage
        self.setToolTip("点开看还缺谁" if coverage.done < coverage.whole else "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(180), px(44))

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, self.ground()
        inside = QRectF(self.rect()).adjusted(px(8), px(4), -px(8), -px(7))
        share = None if self.coverage.share is None else float(self.coverage.share)
        tone = _tone(share)
        top = QRectF(inside.left(), inside.top(), inside.width(), inside.height() - px(8))
        title, told = self.words(inside.width())
        painter.setFont(font("body"))
        painter.setPen(QColor(colours.accent_strong if self.is_over else colours.text))
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.soft if tone == "good" else getattr(colours, tone)))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(inside.left(), inside.bottom() - px(5), inside.width(), px(5))
        for part, colour in ((1.0, colours.line), (share or 0.0, getattr(colours, tone))):
            if part:
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(
                    QRectF(bar.left(), bar.top(), max(bar.height(), bar.width() * part), bar.height()), px(2.5), px(2.5)
                )

    def words(self, width: float) -> tuple[str, str]:
        """Return the title and what is told at the right, so short that both stand side by side in `width`."""
        names, told = QFontMetrics(font("body")), QFontMetrics(font("caption"))
        room = width - names.horizontalAdvance(self.coverage.title) - px(8)
        parts = self._told()
        while len(parts) > 1 and told.horizontalAdvance("　".join(parts)) > room:
            parts = parts[1:]
        right = "　".join(parts)
        left = round(width - told.horizontalAdvance(right) - px(8))
        return names.elidedText(self.coverage.title, Qt.TextElideMode.ElideRight, left), right

    def _told(self) -> list[str]:
        """Return what could be told, the most needful last."""
        if self.coverage.share is None:
            return [f"还没有{self.coverage.unit.removeprefix('个')}"]
        missing = self.coverage.whole - self.coverage.done
        counted = f"{self.coverage.done}/{self.coverage.whole}"
        return [percent(self.coverage.share), counted, f"缺 {missing} {self.coverage.unit}" if missing else "全部"]


def _tone(share: float | None) -> str:
    if share is None or share >= _GOOD:
        return "good"
    return "warning" if share >= _FAIR else "danger"
