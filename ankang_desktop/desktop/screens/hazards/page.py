"""The page of the closed loop."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSplitter, QVBoxLayout, QWidget

from ankang_desktop.actions.hazard_shares import Share, share_refs, shares
from ankang_desktop.actions.hazard_steps import move_many, offers_for
from ankang_desktop.actions.hazards import Asked, Board, Card, Focus, board, hazard_refs, more_cards
from ankang_desktop.actions.urging import Urged, urged
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.hazards.board import ColumnView
from ankang_desktop.desktop.screens.hazards.side import HazardSide
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, card, clear, label, link
from ankang_desktop.desktop.work import Latest
from ankang_desktop.ledgers.hazards.words import HazardLevel, RectifyLevel, Stage
from ankang_desktop.store.journal import Changes

_STAGES = (Stage.registered, Stage.graded, Stage.rectifying, Stage.awaiting, Stage.closed)
_PAUSE = 150


class HazardsPage(Page):
    """隐患闭环."""

    title = "隐患闭环"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.asked = Asked(session.year)
        self._board, self._shares, self._more, self._urged = (Latest(session.work) for _ in range(4))
        self._urge_menu, self._urge_button = QMenu(self), button("催办", name="message-2")
        self._urge_button.setMenu(self._urge_menu)
        self._urge_menu.aboutToShow.connect(self._fill_urging)
        self._urge_button.setStyleSheet(f"padding-right: {px(26)}px;")
        self.people: list[Urged] = []
        self.add_head(
            self._urge_button,
            button("隐患台账", self._register, name="printer"),
            button("随手拍", partial(session.go, "intake"), name="camera"),
            button("登记隐患(&N)", partial(session.go, "record", ledger="hazard"), kind="primary", name="plus"),
        )
        self._shares_row = FlowLayout(spacing=px(16))
        self._filters = FlowLayout(spacing=px(6))
        self.search = QLineEdit()
        self.search.setPlaceholderText("找隐患：地点、描述、责任人")
        self.search.setProperty("kind", "search")
        self.search.setFixedWidth(px(220))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(lambda: self._ask(search=self.search.text()))
        self.search.textChanged.connect(lambda _: self._timer.start())
        filters = QHBoxLayout()
        filters.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        filters.addLayout(self._filters, 1)
        self.column.addWidget(card(self._shares_row))
        self.column.addLayout(filters)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._columns())
        self.side = HazardSide(session)
        self.side.setMinimumWidth(px(300))
        split.addWidget(card(self.side))
        split.setStretchFactor(0, 1)
        split.setSizes([px(780), px(340)])
        self.column.addWidget(split, 1)
        self.begins_at = self.columns[0].list

    def show_with(self, number: str = "", **_: Any) -> None:
        """Select a hazard by its number."""
        if number:
            self.side.show_hazard(number)

    def refresh(self) -> None:
        if self.asked.year != self.session.year:
            self.asked = Asked(self.session.year)
        app, asked = self.session.app, self.asked
        self._board.run(lambda _: board(app, asked), self._show)
        self._shares.run(lambda _: shares(app, asked.year), self._show_shares)
        self._urged.run(lambda _: urged(app, asked), self._show_urged)
        self.side.reload()

    def is_touched_by(self, changes: Changes) -> bool:
        return bool({"hazard", "hazard_extension", "evidence_link", "opinion_letter", "record"} & changes.tables)

    # --- what arrives ------------------------------------------------------------------------------------------

    def _show(self, found: Board) -> None:
        by_stage = {each.stage: each for each in found.columns}
        for column in self.columns:
            known = by_stage[column.stage]
            column.put(known.cards, known.count, known.overdue)
            column.select(self.side.number)
        self._show_filters(found)

    def _show_shares(self, found: tuple[Share, ...]) -> None:
        clear(self._shares_row)
        for each in found:
            line = link(f"{each.title} {_percent(each)}", partial(self._open_share, each))
            line.setToolTip(each.how)
            self._shares_row.addWidget(line)

    def _show_filters(self, found: Board) -> None:
        clear(self._filters)
        for level in HazardLevel:
            self._add_filter(f"{level.value}隐患", level is self.asked.level, "level", level)
        for rung in RectifyLevel:
            words = f"{rung.value} {found.ladder.get(rung, 0)}"
            self._add_filter(words, rung is self.asked.rung, "rung", rung)
        for focus in Focus:
            words = f"{focus.value} {found.focus.get(focus, 0)}"
            self._add_filter(words, focus is self.asked.focus, "focus", focus)

    def _add_filter(self, words: str, is_on: bool, key: str, value: Any) -> None:  # noqa: FBT001 - one of four facts
        each = button(words, partial(self._toggle, key, None if is_on else value), kind="quiet")
        each.setCheckable(True)
        each.setChecked(is_on)
        self._filters.addWidget(each)

    def _show_urged(self, found: list[Urged]) -> None:
        self.people = found
        late = sum(each.overdue for each in found)
        self._urge_button.setText(f"催办（逾期 {late}）" if late else "催办")

    # --- doing -------------------------------------------------------------------------------------------------

    def _toggle(self, key: str, value: Any) -> None:
        self._ask(**{key: value})

    def _ask(self, **changed: Any) -> None:
        from dataclasses import replace

        self.asked = replace(self.asked, **changed)
        self.refresh()

    def _chosen(self, chosen: Card) -> None:
        for column in self.columns:
            if column.stage is not chosen.stage:
                column.select("")
        self.side.show_hazard(chosen.number)
        self._show_many()

    def _show_many(self) -> None:
        """Offer the steps that several selected hazards can take together."""
        clear(self._many)
        cards = [each for column in self.columns for each in column.chosen_cards()]
        if len(cards) < 2:
            return
        self._many.addWidget(label(f"已选 {len(cards)} 条，一起：", "soft"))
        offers = offers_for(self.session.app, [each.number for each in cards])
        for key, (offer, numbers) in offers.items():
            if not offer.takes or all(field.kind.name == "day" for field in offer.takes):
                act = partial(self._move_many, cards, key, offer)
                self._many.addWidget(button(f"{offer.title}（{len(numbers)}）", act))

    def _move_many(self, cards: list[Card], key: str, offer: Any) -> None:
        today = self.session.app.clock.today()
        values = {field.key: today for field in offer.takes}
        ids = [each.id for each in cards]
        moved = self.session.do(partial(move_many, self.session.app, ids, key, values))
        if moved is not None:
            told = "；".join(f"{number} {why}" for number, why in moved.refused[:3])
            self.session.done(f"{len(moved.done)} 条已{offer.title}{f'；没有办的：{told}' if told else ''}")

    def _counted(self, stage: Stage, is_overdue: bool) -> None:  # noqa: FBT001 - a signal's own shape
        refs = hazard_refs(self.session.app, self.asked, (stage,), is_overdue=is_overdue)
        self.session.open_records(stage.value, refs)

    def _open_share(self, share: Share) -> None:
        self.session.open_records(share.title, share_refs(self.session.app, self.asked.year, share.key))

    def _more_of(self, column: ColumnView) -> None:
        app, asked, after = self.session.app, self.asked, len(column.model.cards)
        self._more.run(lambda _: more_cards(app, asked, column.stage, after), column.model.add)

    def _fill_urging(self) -> None:
        self._urge_menu.clear()
        for each in self.people[:20]:
            words = f"{each.name}：逾期 {each.overdue}，将到期 {each.soon}"
            self._urge_menu.addAction(words).triggered.connect(partial(self._urge, each))
        if not self.people:
            self._urge_menu.addAction("没有逾期或快到期的隐患").setEnabled(False)

    def _urge(self, urged_one: Urged, _: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own shape
        QGuiApplication.clipboard().setText(urged_one.text)
        self.session.door.say(f"催办“{urged_one.name}”的文字已复制，可以粘贴到微信群", "", "info")

    def _register(self) -> None:
        from datetime import date

        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        year = self.session.year
        wanted = Wanted("", date(year, 1, 1), date(year, 12, 31))
        open_paper(self.session, "hazard_register", wanted, title="事故隐患排查治理台账")

    def _columns(self) -> QWidget:
        part = QWidget()
        whole = QVBoxLayout(part)
        whole.setContentsMargins(0, 0, px(8), 0)
        self._many = FlowLayout(spacing=px(6))
        whole.addLayout(self._many)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.columns = [ColumnView(stage) for stage in _STAGES]
        for column in self.columns:
            column.chosen.connect(self._chosen)
            column.opened.connect(self.session.open_record)
            column.counted.connect(self._counted)
            column.model.more_wanted.connect(partial(self._more_of, column))
            row.addWidget(column, 1)
        whole.addLayout(row, 1)
        return part


def _percent(share: Share) -> str:
    return f"{share.good / share.whole:.0%}（{share.good}/{share.whole}）" if share.whole else "不涉及"
