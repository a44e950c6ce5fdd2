"""The indicators in one row, each opening the records it is made of; how it is worked out is in its tool tip."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ankang_desktop.actions.hazard_shares import Share
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.hazards.painted import FigureTile

OVERDUE = "overdue"
_LATE_HOW = "时限已过、还没有销号的隐患，往年留下的也算；办了延期按新时限算"
_GOOD, _FAIR = 0.9, 0.7


class Figures(QWidget):
    """`opened` carries the key of the indicator pressed, OVERDUE for the number of those overdue."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))
        self.tiles: dict[str, FigureTile] = {}
        self._late: int | None = None

    def put(self, shares: Sequence[Share]) -> None:
        """Show the shares; the number overdue stands after the second of them."""
        for place, each in enumerate(shares):
            if place == 2:
                self._tile(OVERDUE, "逾期未销号", _LATE_HOW)
            tile = self._tile(each.key, each.title, f"{each.how}\n{each.good} ÷ {each.whole}")
            share = None if each.share is None else float(each.share)
            tile.show_figure(each.text, share, _tone(share))
        self._show_late()

    def put_overdue(self, number: int) -> None:
        """Show how many are overdue."""
        self._late = number
        self._show_late()

    def _show_late(self) -> None:
        if OVERDUE in self.tiles and self._late is not None:
            self.tiles[OVERDUE].show_figure(f"{self._late} 条", None, "danger" if self._late else "accent")

    def _tile(self, key: str, title: str, how: str) -> FigureTile:
        if key not in self.tiles:
            tile = FigureTile(title, how)
            tile.clicked.connect(partial(self._press, key))
            self.tiles[key] = tile
            self._row.addWidget(tile, 1)
        self.tiles[key].setToolTip(how)
        return self.tiles[key]

    def _press(self, key: str, _: object = None) -> None:
        self.opened.emit(key)


def _tone(share: float | None) -> str:
    if share is None or share >= _GOOD:
        return "accent"
    return "warning" if share >= _FAIR else "danger"
