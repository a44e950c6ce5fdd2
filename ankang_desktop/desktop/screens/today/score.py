"""The score of the year: what is proven, what could be, what waits; each figure leads to its units."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from ankang_desktop.actions.last_year import Earlier
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Gauge, label, link
from ankang_desktop.kernel.numbers import points
from ankang_desktop.scoring.card import ZERO, Card, State, Which


class ScorePanel(QFrame):
    """A card with the gauge of 建议分, the potential behind it, and the other scores below."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(16), px(10))
        column.setSpacing(px(4))
        column.addWidget(label("评分", "subtitle"))
        self.gauge = Gauge(partial(session.go, "scorecard"))
        self.gauge.set_value(0, 1, "…", "正在评分")
        column.addWidget(self.gauge, 1)
        self.own, self.waiting, self.reachable, self.last = (link("…") for _ in range(4))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(2))
        lines = (("自评分", self.own), ("待确认", self.waiting), ("补正后可到", self.reachable), ("上年", self.last))
        for at, (words, figure) in enumerate(lines):
            row, place = divmod(at, 2)
            grid.addWidget(label(words, "caption"), row, place * 2)
            grid.addWidget(figure, row, place * 2 + 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)
        self._goes: dict[Any, dict[str, Any]] = {}
        for figure in (self.own, self.waiting, self.reachable, self.last):
            figure.clicked.connect(partial(self._go, figure))

    def show_card(self, card: Card) -> None:
        """Show the scores of a card."""
        totals, mine = card.totals(), card.totals(Which.self)
        potential = sum((max(each.potential or ZERO, each.suggested or ZERO) for each in card.units()), ZERO)
        most = totals.base_most + totals.bonus_most
        bonus = f" ＋ 附加 {points(totals.bonus)}" if totals.bonus else ""
        under = f"建议分　基础 {points(totals.base)}/{totals.base_most:f}{bonus}"
        self.gauge.set_value(float(totals.grand), float(most), points(totals.grand), under, float(potential))
        self.gauge.setToolTip(f"{totals.note}\n浅色部分：材料补齐后可到 {points(potential)} 分")
        self._say(self.own, f"{points(mine.grand)} 分" if mine.scored_units else "还没填")
        waiting = next((each.code for each in card.units() if each.state is State.pending), "")
        self._say(self.waiting, f"{totals.pending.normalize():f} 分" if totals.pending else "没有", waiting)
        self._say(self.reachable, f"{points(potential)} 分")

    def show_last(self, earlier: Earlier) -> None:
        """Show last year's total, where that year was kept."""
        self._say(self.last, f"{points(earlier.card.totals().grand)} 分" if earlier.card else "没有记录")
        self.last.setToolTip(earlier.source)

    def _say(self, figure: Any, words: str, unit: str = "") -> None:
        figure.setText(words)
        figure.setAccessibleName(words)
        self._goes[figure] = {"unit": unit} if unit else {}

    def _go(self, figure: Any, _: object = None) -> None:
        self.session.go("scorecard", **self._goes.get(figure, {}))
