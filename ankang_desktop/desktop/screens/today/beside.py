"""The year beside the year before: figures of both, and the sentence that writes itself."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.compared import Beside, Pair
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.widgets import button, clear, label, link


class BesidePanel(QFrame):
    """A card; `opens(pair, back)` shows the records of a figure, `back` years ago; `says` tells what was copied."""

    def __init__(self, opens: Callable[[Pair, int], object], says: Callable[[str], object]) -> None:
        super().__init__()
        self._opens, self._says = opens, says
        self._found: Beside | None = None
        self._score: Decimal | None = None
        self._last: Decimal | None = None
        self._across = 3
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(16), px(12))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(label("今年与上年同期", "subtitle"))
        head.addStretch(1)
        self.copy = button("复制这句话", self._copy, kind="quiet", name="copy")
        self.copy.hide()
        head.addWidget(self.copy)
        column.addLayout(head)
        self.sentence = label("正在统计…", "soft", wrap=True, selectable=True)
        column.addWidget(self.sentence)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(2))
        column.addLayout(self._grid)

    def show_beside(self, found: Beside) -> None:
        """Show the figures of both years."""
        self._found = found
        self.copy.show()
        self._tell()
        self._fill()

    def set_across(self, number: int) -> None:
        """Put so many figures side by side."""
        if number != self._across:
            self._across = number
            self._fill()

    def _fill(self) -> None:
        clear(self._grid)
        for at, pair in enumerate(self._found.pairs if self._found else ()):
            row, place = divmod(at, self._across)
            self._add(pair, row, place * 5)
        for place in range(3):
            self._grid.setColumnStretch(place * 5 + 4, int(place < self._across))

    def show_score(self, score: Decimal) -> None:
        """Tell this year's points in the sentence."""
        self._score = score
        self._tell()

    def show_last(self, last: Decimal | None) -> None:
        """Tell last year's points in the sentence."""
        self._last = last
        self._tell()

    def _tell(self) -> None:
        if self._found is not None:
            self.sentence.setText(self._found.sentence(self._score, self._last))

    def _add(self, pair: Pair, row: int, left: int) -> None:
        now = link(f"{pair.now} {pair.unit}", partial(self._opens, pair, 0))
        now.setAccessibleName(f"{pair.title} 今年 {pair.now} {pair.unit}")
        before = link(f"上年 {pair.before}", partial(self._opens, pair, 1))
        before.setAccessibleName(f"{pair.title} 上年同期 {pair.before} {pair.unit}")
        change = label(pair.change if self._found and self._found.has_past else "", pair.tone or "caption")
        parts: tuple[QWidget, ...] = (label(pair.title, "soft"), now, before, change)
        for at, part in enumerate(parts):
            side = Qt.AlignmentFlag.AlignRight if at == 1 else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(part, row, left + at, side | Qt.AlignmentFlag.AlignVCenter)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.sentence.text())
        self._says("同比的一句话已复制，可以贴进总结")
