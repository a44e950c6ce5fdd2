"""What can still be had on the whole card, most points first: “补齐 3 个附件可再得 1.0 分”, one click from done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ankang_desktop.actions.signing import Wanting
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.words import failing_refs, unproven_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, EmptyState, FlowLayout, button, card, clear, label, link, scrolled
from ankang_desktop.desktop.work import next_turn
from ankang_desktop.kernel.numbers import points
from ankang_desktop.scoring.card import ZERO, Card, Gap

_AT_ONCE = 6  # lines built before the window is painted again


class GapsView(QWidget):
    """The gaps; `unit_wanted` asks to look at a unit."""

    unit_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.card: Card | None = None
        self._wanting: dict[str, Wanting] = {}
        self._is_read_only = False
        self._shown: object = None
        self._waiting: list[Gap] = []
        inside = QWidget()
        self.list = QVBoxLayout(inside)
        self.list.setContentsMargins(px(4), 0, px(12), px(12))
        self.list.setSpacing(px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inside))

    def show_card(self, shown: Card, wanting: dict[str, Wanting], *, is_read_only: bool) -> None:
        """Show the gaps of a card; `wanting` are the records that units ask to be signed."""
        self.card, self._wanting, self._is_read_only = shown, wanting, is_read_only
        gaps = shown.gaps()
        behind = [shown.unit(gap.unit).failing for gap in gaps]  # the same words may stand for other records
        if (state := (gaps, behind, wanting, is_read_only)) == self._shown:
            return
        self._shown, self._waiting = state, []
        clear(self.list)
        if not gaps:
            self.list.addWidget(EmptyState("circle-check", "没有缺口", "每个单元都已按满分建议"))
            return
        if mending := [gap for gap in gaps if gap.records]:
            self.list.addWidget(self._summary(shown, mending))
        self._waiting = list(gaps)
        self._build_some()

    # --- inside ------------------------------------------------------------------------------------------------

    def _build_some(self) -> None:
        """Build the next few lines, then let the window breathe."""
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for gap in now:
            self.list.addWidget(self._line(gap))
        if self._waiting:
            next_turn(self, self._build_some)
        elif now:
            self.list.addStretch(1)

    def _summary(self, shown: Card, mending: list[Gap]) -> QWidget:
        records = sum(gap.records for gap in mending)
        gain = sum((gap.gain for gap in mending), ZERO)
        failing = [each for gap in mending for each in unproven_of(shown, gap)]
        told = label(f"补齐 {records} 条记录的佐证，可再得 {points(gain)} 分", "strong", wrap=True)
        row = QHBoxLayout()
        row.addWidget(told, 1)
        row.addWidget(self._opening(f"打开这 {records} 条", "补齐就能得分的记录", lambda: failing_refs(failing)))
        return card(row, kind="wash")

    def _line(self, gap: Gap) -> QFrame:
        badge = Badge(f"+{points(gap.gain)}", "accent" if gap.records else "warning")
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(4))
        words.addWidget(label(gap.todo, wrap=True, selectable=True))
        ways = FlowLayout(spacing=px(8))
        if (action := self._action(gap)) is not None:
            ways.addWidget(action)
        way = link(f"看{gap.place}", partial(self.unit_wanted.emit, gap.unit))
        way.setToolTip(self.card.unit(gap.unit).text if self.card else "")
        ways.addWidget(way)
        words.addLayout(ways)
        row.addLayout(words, 1)
        return card(row)

    def _action(self, gap: Gap) -> QPushButton | None:
        shown = self.card
        if shown is None:
            return None
        unit = shown.unit(gap.unit)
        if gap.records:
            title = f"{unit.name} 补齐即得 {points(gap.gain)} 分"
            return self._opening(f"打开这 {gap.records} 条", title, lambda: failing_refs(unproven_of(shown, gap)))
        wanting = self._wanting.get(gap.unit)
        if wanting is not None and not self._is_read_only:
            begin = partial(self.session.go, "record", ledger=wanting.ledger, values=dict(wanting.values))
            return button(wanting.title, begin, kind="chip", name="signature")
        if unit.failing:
            title = f"{unit.name} 待补正"
            return self._opening(f"待补正 {unit.failing_count} 条", title, lambda: failing_refs(unit.failing))
        return None

    def _opening(self, text: str, title: str, refs: Callable[[], list]) -> QPushButton:  # type: ignore[type-arg]
        return button(text, lambda: self.session.open_records(title, refs()), kind="chip")
