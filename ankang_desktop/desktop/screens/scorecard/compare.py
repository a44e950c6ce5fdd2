"""Last year beside this year: the sentence, the sections, every box with its difference."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ankang_desktop.actions.last_year import Earlier
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.chart import SectionChart
from ankang_desktop.desktop.screens.scorecard.words import score_text
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, card, label, link, scrolled, segments
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.kernel.numbers import points
from ankang_desktop.scoring.card import Card, Which
from ankang_desktop.scoring.comparison import Beside, common_score, compare

_WAITING = "正在计算去年的评分表…"
_SCORES = (Which.suggested, Which.self, Which.assessed)


class CompareView(QWidget):
    """The comparison; `row_wanted` asks to look at a row, `frozen_wanted` at the frozen card it rests on."""

    row_wanted = Signal(int)
    frozen_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.card: Card | None = None
        self.earlier: Earlier | None = None
        self.which: Which | None = None  # None: the weightiest both have
        self.said = label(_WAITING, "subtitle", wrap=True, selectable=True)
        self.source = link("", self._open_source)
        self.copying = button("复制这句话(&C)", self._copy, name="copy")
        self.scores = segments([each.value for each in _SCORES], 0, self._choose)
        self.chart = SectionChart()
        self.chart.pressed.connect(self._open_section)
        self.sections = card(self.chart, label("上条今年，下条去年", "caption"), title="按考核项目")
        self.rows = RowsModel(_columns(), self)
        self.view = RowsView(self.rows, "各行今年与去年")
        self.view.opened.connect(self._open_row)
        self._lay_out()

    def show_cards(self, shown: Card, earlier: Earlier | None) -> None:
        """Show a card beside an earlier one, None while that is still worked out."""
        self.card, self.earlier = shown, earlier
        self._show()

    # --- inside ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        before = self.earlier.card if self.earlier else None
        for part in (self.scores, self.source, self.copying, self.sections, self.view):
            part.setVisible(before is not None)
        if self.card is None or self.earlier is None or before is None:
            self.said.setText(f"{self.earlier.source}。" if self.earlier else _WAITING)
            return
        which = self.which or common_score(self.card, before)
        self.scores.buttons.button(_SCORES.index(which)).setChecked(True)  # type: ignore[attr-defined]
        found = compare(self.card, before, which)
        self.said.setText(found.sentence)
        self.source.setText(self.earlier.source)
        self.source.setEnabled(self.earlier.frozen is not None)
        self.chart.show_sections(found.sections)
        stood = self.view.currentIndex().row()
        self.rows.show_rows([*found.rows, found.total])
        self.view.selectRow(stood)  # another look at the year takes nobody's place away
        self.view.fit_height(len(self.rows.rows))

    def _choose(self, at: int) -> None:
        self.which = _SCORES[at]
        self._show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.said.text())
        self.session.door.say("已复制这句话", "可以粘贴到总结里", "good")

    def _open_row(self, beside: Beside) -> None:
        if beside.number:
            self.row_wanted.emit(beside.number)

    def _open_section(self, at: int) -> None:
        """Look at the first row of a section, where its rows begin in the list."""
        if self.card is not None:
            self.row_wanted.emit(self.card.sections[at].rows[0].number)

    def _open_source(self) -> None:
        if self.earlier is not None and self.earlier.frozen is not None:
            self.frozen_wanted.emit(self.earlier.frozen.id)

    def _lay_out(self) -> None:
        tools = FlowLayout(spacing=px(12))
        for each in (self.scores, self.copying, self.source):
            tools.addWidget(each)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(4), 0, px(12), px(12))
        column.setSpacing(px(12))
        column.addLayout(tools)
        column.addWidget(card(self.said, kind="wash"))
        column.addWidget(self.sections)
        column.addWidget(self.view)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))


def _columns() -> tuple[Column, ...]:
    return (
        Column("行", lambda each: str(each.number or ""), 44),
        Column("考核内容", lambda each: each.text),
        Column("今年", lambda each: score_text(each.now), 64, is_right=True),
        Column("去年", lambda each: score_text(each.before), 64, is_right=True),
        Column("增减", lambda each: change_text(each.change), 76, tone=lambda each: change_tone(each.change)),
    )


def change_text(change: Decimal | None) -> str:
    """Return a difference with its sign."""
    if change is None:
        return "—"
    return f"+{points(change)}" if change > 0 else points(change) if change else "持平"


def change_tone(change: Decimal | None) -> str:
    """Return the tone of a difference."""
    if not change:
        return ""
    return "good" if change > 0 else "danger"
