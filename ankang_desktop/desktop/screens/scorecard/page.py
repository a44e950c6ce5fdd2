"""The screen 评分表: the list of boxes, the box stood on, gaps, last year, frozen cards; the way into 迎检模式."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ankang_desktop.actions import last_year, scoring_work
from ankang_desktop.actions.scores import thawed_card
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.frame.window import Window
from ankang_desktop.desktop.screens.scorecard.beside import besides, wanting_of
from ankang_desktop.desktop.screens.scorecard.body import COMPARE, DETAIL, FROZEN, GAPS, KEYS, Body
from ankang_desktop.desktop.screens.scorecard.feed import CardFeed, EarlierFeed
from ankang_desktop.desktop.screens.scorecard.frozen import Freezer, FrozenBanner
from ankang_desktop.desktop.screens.scorecard.printing import print_entries, show_paper
from ankang_desktop.desktop.screens.scorecard.totals import TotalsStrip, tile_actions
from ankang_desktop.desktop.screens.scorecard.unit import Beside
from ankang_desktop.desktop.screens.scorecard.words import period_text, short_period
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label, menu_button
from ankang_desktop.desktop.work import Latest, paint_next
from ankang_desktop.kernel.errors import AnkangError, Refused
from ankang_desktop.scoring.card import Card, Which
from ankang_desktop.store.journal import Changes

_SEEN = 15  # milliseconds until what was changed is painted
_BY_HAND = {"record", "unit_score", "frozen"}  # what a step touches that leaves last year's records as they are


class ScorecardPage(Page):
    """The scorecard of the session's year."""

    title = "评分表"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.card: Card | None = None
        self.frozen = 0  # the frozen card looked at, 0: today's
        self.inspection: QWidget | None = None
        self._besides: dict[str, Beside] = {}
        self._wanted_unit, self._wants_inspection, self._has_warned = "", False, False
        self._opening = Latest(session.work)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self.feed, self.earlier = CardFeed(session, self), EarlierFeed(session, self)
        self.feed.came.connect(self._came)
        self.earlier.came.connect(self._earlier_came)
        self.freezer = Freezer(session, self)
        session.year_changed.connect(self._leave_card)
        self._build_head()
        self.banner = FrozenBanner(self.look_at_today)
        self.column.addWidget(self.banner)
        self.body = Body(session, self._row_chosen)
        views = (partial(self.body.show_view, at) for at in (COMPARE, GAPS))
        self.totals = TotalsStrip(tile_actions(session, lambda: self.card, *views))
        self.view, self.detail = self.body.list, self.body.detail
        self.column.addWidget(self.totals)
        self.column.addWidget(self.body, 1)
        self.body.tools.addWidget(self.filling)
        self._connect()
        self._show_tools(None)
        self.begins_at = self.body.waiting

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_with(self, unit: str = "", view: str = "", *, inspect: bool = False, **_: Any) -> None:
        """Stand on a unit (“ORG-1”), open 迎检模式, or one of the views: detail, gaps, compare, frozen."""
        if inspect:
            self._wants_inspection = True
        if view in KEYS:
            self.body.show_view(KEYS.index(view))
        if unit:
            self._wanted_unit = unit
            self.body.show_view(DETAIL)
        if self.card is not None:
            QTimer.singleShot(0, self, self._meet_wishes)

    def refresh(self) -> None:
        """Show the scores by hand at once, and ask for the suggestions anew."""
        papers = last_year.frozen_papers(self.session.app, self.feed.form.code) if self.frozen else []
        if any(each.id == self.frozen for each in papers):
            self._fill(self.body.views.currentIndex())
            return
        self._leave_frozen()  # its freezing was undone
        shown = self.card
        if shown is not None and shown.start.year == self.session.year and shown.form == self.feed.form.code:
            self._show(scoring_work.rescored(self.session.app, shown))  # at once; the suggestions follow
            self.period.setText("正在重新计算…")
        else:
            self.card = None
            self._show_tools(None)
            self.body.wait()
        self.feed.ask()
        self.earlier.ask(self.feed.form.code, self.session.year - 1)

    def is_touched_by(self, changes: Changes) -> bool:
        """Every step may move a point; what only scores this year's card leaves last year's alone."""
        if changes.tables - _BY_HAND:
            self.earlier.spoil()
        return True

    def keeps_itself(self) -> bool:
        self.detail.commit()
        return not self.detail.unsaved()

    def may_leave(self) -> bool:
        """Keep what can be kept; warn once of a score that still wants its reason."""
        self.detail.commit()
        left = self.detail.unsaved()
        if not left or self._has_warned:
            self._has_warned = False
            return True
        self._has_warned = True
        told, remedy = f"{self._named(left)} 的分数还没有保存", "补全后按回车；再走一次就不保存、直接离开"
        self.session.door.say(told, remedy, "warning")
        return False

    def _leave_card(self, _: int = 0) -> None:
        """Leave a year or an edition: keep what can be kept, take nothing that is typed along to another card."""
        self.detail.commit()
        if left := self.detail.unsaved():
            self.session.door.say(f"{self._named(left)} 的分数没有保存", "换回去补全后按回车", "warning")
        self.detail.forget()
        self._leave_frozen()

    def _named(self, codes: Sequence[str]) -> str:
        names = {unit.code: unit.name for unit in self.card.units()} if self.card else {}
        return "、".join(names.get(code, code) for code in codes)

    # --- doing -------------------------------------------------------------------------------------------------

    def inspect(self) -> None:
        """Open 迎检模式 on the row stood on."""
        from ankang_desktop.desktop.screens.scorecard.inspection import InspectionWindow

        if self.inspection is not None:
            self.inspection.activateWindow()
        elif self.card is not None:
            self.detail.commit()
            window = InspectionWindow(self.session, self.card, self.view.number(), self.window())
            window.left.connect(self._inspected)
            self.inspection = window
            window.showFullScreen()

    def _inspected(self, number: int) -> None:
        self.inspection = None
        self.view.choose(number)

    def take_suggestions(self) -> None:
        """Write the 建议分 as 自评分 wherever there is none."""
        if (shown := self.card) is None:
            return
        number = self.session.do(partial(scoring_work.take_suggestions, self.session.app, shown))
        if number:
            waiting = sum(each.suggested is None and each.self_score is None for each in shown.units())
            more = f"，另有 {waiting} 个单元没有建议分，没有填" if waiting else ""
            self._show(scoring_work.rescored(self.session.app, shown))
            self.session.done(f"已按建议分填写 {number} 个单元的自评分{more}")

    def ask_freeze(self) -> None:
        """Ask for a title and freeze the card as it stands."""
        if self.card is not None:
            self.freezer.ask(self.card)

    def look_at_frozen(self, key: int) -> None:
        """Look at a frozen card, read-only."""
        app = self.session.app
        self._opening.run(lambda _: thawed_card(app, key), partial(self._thawed, key))

    def look_at_today(self) -> None:
        """Leave the frozen card for the one of today."""
        if self.frozen:
            self._leave_frozen()
            self.refresh()

    def print_card(self, which: Which, *, with_index: bool = False, frozen: int = 0) -> None:
        """Preview the card on paper, the frozen one looked at or named."""
        if self.card is not None:
            key = frozen or self.frozen
            show_paper(self.session, self.card, which, with_index=with_index, frozen=key, parent=self.window())

    # --- the card comes ----------------------------------------------------------------------------------------

    def _came(self, found: Card) -> None:
        if not self.frozen:
            self._show(found)
            QTimer.singleShot(0, self, self._meet_wishes)
            self.session.work.run(
                lambda _: import_module("ankang_desktop.actions.inspecting")
            )  # so 迎检模式 opens fast

    def _show(self, shown: Card) -> None:
        paint_next(self)
        self.card = shown
        self.body.arrive()
        self.begins_at = self.view
        self.banner.setVisible(bool(self.frozen))
        self.period.setText(short_period(shown))
        self.period.setToolTip(period_text(shown))
        self.totals.show_card(shown)
        self._besides = besides(self.session.app, shown, is_frozen=bool(self.frozen))
        self.totals.show_before(self.earlier.value)
        self.body.rows.show_card(shown, self.earlier.boxes(shown))
        if self.view.number() <= 0:
            self.body.choose_quietly(next(shown.rows()).number)
        self._show_tools(shown)
        self._soon.start(0 if self.detail.row else _SEEN)  # the first time the list is painted first

    def _fill(self, at: int) -> None:
        """Fill the view in sight; the others wait until they are looked at."""
        if (shown := self.card) is None:
            return
        paint_next(self)
        if at == DETAIL:
            self._show_row()
        elif at == GAPS:
            wanting = {} if self.frozen else wanting_of(self.session.app, shown, self.session.app.clock.today())
            self.body.gaps.show_card(shown, wanting, is_read_only=bool(self.frozen))
        elif at == COMPARE:
            self.body.compare.show_cards(shown, self.earlier.value)
        else:
            self.body.frozen.show_entries(last_year.frozen_papers(self.session.app, self.feed.form.code))

    def _show_tools(self, shown: Card | None) -> None:
        waiting = len(scoring_work.unsaid(shown, Which.self)) if shown else 0
        for each in (self.printing, self.inspecting):
            each.setEnabled(shown is not None)
        self.filling.setEnabled(waiting > 0 and not self.frozen)
        self.filling.setToolTip(f"{waiting} 个单元还没有自评分" if waiting else "有建议分的单元都已有自评分")
        self.freezing.setEnabled(shown is not None and not self.frozen)

    def _show_row(self) -> None:
        number = self.view.number()
        if self.card is None or number <= 0:
            return
        before = self.earlier.boxes(self.card).get(number)
        rows = ((section, row) for section in self.card.sections for row in section.rows if row.number == number)
        for section, row in rows:
            self.detail.show_row(section, row, before, self._besides)

    def _row_chosen(self, number: int) -> None:
        self.detail.commit()
        if self.card is not None:
            self.body.show_view(DETAIL)
            self._show_row()
            units = next((row.units for row in self.card.rows() if row.number == number), ())
            self._rename({"unit": units[0].code} if units else {})

    def _meet_wishes(self) -> None:
        """Go where the page was asked to go, now that there is a card."""
        if self.card is None:
            return
        unit, self._wanted_unit = self._wanted_unit, ""
        if unit:
            rows = (row.number for row in self.card.rows() if any(each.code == unit for each in row.units))
            self.view.choose(next(rows, 0))
            QTimer.singleShot(0, self, partial(self.detail.go_to, unit))
        if self._wants_inspection:
            self._wants_inspection = False
            self.inspect()

    # --- scores by hand ----------------------------------------------------------------------------------------

    def _keep(self, which: Which, code: str, score: Decimal | None, words: str) -> None:
        shown, made = self.card, self.detail.card_of(code)
        if shown is None or made is None or self.frozen:
            return
        keep = scoring_work.keep_self_score if which is Which.self else scoring_work.keep_assessed
        editor = made.mine if which is Which.self else made.theirs
        try:
            self.session.work.refuse_writing()
            keep(self.session.app, shown, code, score, words)
        except Refused as refused:
            editor.refuse(refused.problems)
        except AnkangError as error:
            self.session.door.show(error)
        else:
            editor.settle(score, words)
            self._show(scoring_work.rescored(self.session.app, shown))
            name = shown.unit(code).name
            self.session.done(f"{name} {which.value}{'已清除' if score is None else f'已保存为 {score:.1f}'}")

    # --- last year, frozen cards -------------------------------------------------------------------------------

    def _earlier_came(self, _: object) -> None:
        self.totals.show_before(self.earlier.value)
        if self.card is not None:
            self.body.rows.show_card(self.card, self.earlier.boxes(self.card))
            self._soon.start(0)

    def _thawed(self, key: int, found: Card) -> None:
        self._leave_card()
        entries = last_year.frozen_papers(self.session.app, found.form)
        self.frozen = key
        self.banner.show_title(next((each.title for each in entries if each.id == key), ""))
        self._show(found)
        self.body.show_view(DETAIL)
        self.view.setFocus()

    def _leave_frozen(self) -> None:
        if self.frozen:
            self.frozen, self.card = 0, None
            self.banner.hide()

    # --- inside ------------------------------------------------------------------------------------------------

    def _rename(self, given: dict[str, Any]) -> None:
        window = self.window()
        if isinstance(window, Window):
            window.rename_place(self, given)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.frozen:
            self.look_at_today()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.detail.commit()
        super().hideEvent(event)

    def _build_head(self) -> None:
        self.edition = CalmComboBox()
        self.edition.setAccessibleName("评分表版本")
        for form in self.feed.editions:
            self.edition.addItem(f"{form.edition}版", form)
        self.edition.setVisible(self.edition.count() > 1)
        self.edition.currentIndexChanged.connect(self._choose_edition)
        self.filling = button("按建议分填写自评分(&T)", self.take_suggestions, name="list-check")
        self.freezing = button("定稿(&F)", self.ask_freeze, name="snowflake")
        self.printing = menu_button("打印(&P)", print_entries(self.print_card), name="printer")
        self.inspecting = button("迎检模式(&J)", self.inspect, kind="primary", name="presentation")
        head = self.add_head(self.edition, self.printing, self.freezing, self.inspecting)
        self.period = label("", "soft")
        head.insertWidget(1, self.period)

    def _choose_edition(self, at: int) -> None:
        self._leave_card()
        self.feed.choose(self.edition.itemData(at))
        self.refresh()

    def _connect(self) -> None:
        self.detail.self_given.connect(partial(self._keep, Which.self))
        self.detail.assessed_given.connect(partial(self._keep, Which.assessed))
        self.body.views.currentChanged.connect(self._fill)
        self._soon.timeout.connect(lambda: self._fill(self.body.views.currentIndex()))
        self.body.unit_wanted.connect(lambda code: self.show_with(unit=code))
        self.body.frozen_wanted.connect(self.look_at_frozen)
        self.body.printing.connect(
            lambda key, which, with_index: self.print_card(which, with_index=with_index, frozen=key)
        )
        self.body.freezing.connect(self.ask_freeze)
        self.freezer.frozen.connect(lambda: self.body.show_view(FROZEN))
