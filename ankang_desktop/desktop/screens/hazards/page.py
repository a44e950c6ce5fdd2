"""The page of the closed loop."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget

from ankang_desktop.actions.hazard_shares import share_refs, shares
from ankang_desktop.actions.hazards import HAZARD, Asked, Board, Card, Focus, board, hazard_ids, hazard_refs, more_cards
from ankang_desktop.actions.urging import Urged, urged
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import icon, px
from ankang_desktop.desktop.screens.hazards.board import Lane, Lanes
from ankang_desktop.desktop.screens.hazards.figures import OVERDUE, Figures
from ankang_desktop.desktop.screens.hazards.filters import Filters
from ankang_desktop.desktop.screens.hazards.side import HazardSide
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button, card, hang, link
from ankang_desktop.desktop.widgets.splits import remember_split
from ankang_desktop.desktop.work import Latest
from ankang_desktop.ledgers.hazards.words import Stage
from ankang_desktop.store.journal import Changes

_TABLES = {HAZARD, "hazard_extension", "evidence_link", "opinion_letter", "record", "team", "employee"}


class HazardsPage(Page):
    """隐患闭环."""

    title = "隐患闭环"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.board: Board | None = None
        self._boards, self._shares, self._refs = (Latest(session.work) for _ in range(3))
        self._build_head()
        self.figures, self.filters = Figures(), Filters(session)
        self.voided = link("已作废", lambda: self._open("已作废", self.filters.asked, (Stage.voided,)))
        self.voided.hide()
        self.filters.add(self.voided)
        self.heading.setToolTip("看板上是本年发现的隐患，加上往年还没有销号的")
        self.figures.opened.connect(self.open_figure)
        self.filters.changed.connect(self._look)
        self.column.addWidget(self.figures)
        self.column.addWidget(self.filters)
        self.lanes, self.side = Lanes(), HazardSide(session)
        self._build_board()
        self._connect()
        self.begins_at = self.lanes.lanes[0].list

    @property
    def columns(self) -> list[Lane]:
        """The lanes by stage."""
        return self.lanes.lanes

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_with(self, number: str = "", focus: str = "", **_: Any) -> None:
        """Show one hazard by its number, or narrow the board to a focus by its key (“overdue”)."""
        if focus:
            self.filters.look_for(Focus.of(focus))
        if number:
            self.side.show_hazard(number)
            self.panel.show()
            self.lanes.select(number)

    def refresh(self) -> None:
        self.filters.choose_year(self.session.year)
        app, year = self.session.app, self.session.year
        self._look()
        self._shares.run(lambda _: (shares(app, year), board(app, Asked(year)).focus[Focus.overdue]), self._show_shares)
        if not self.side.many:  # several are those that are marked once the board is there
            self.side.reload()

    def is_touched_by(self, changes: Changes) -> bool:
        return bool(_TABLES & changes.tables)

    def _look(self, _: object = None) -> None:
        app, asked = self.session.app, self.filters.asked
        self._boards.run(lambda _: board(app, asked), self._show)

    def _show(self, found: Board) -> None:
        is_first = self.board is None
        self.board = found
        is_empty = not any(each.count for each in found.columns) and not self.filters.is_narrowed
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self.lanes.put(found, self.side.number)
        if self.side.many:
            self._chosen(self.lanes.cards())
        self.filters.put(found)
        self.voided.setText(f"已作废 {found.voided}")
        self.voided.setVisible(found.voided > 0)
        if is_first and self.isVisible() and not is_empty and self.focusWidget() in {None, self.begins_at}:
            self.lanes.begin()

    def _show_shares(self, found: tuple[Any, int]) -> None:
        known, late = found
        self.figures.put(known)
        self.figures.put_overdue(late)

    def _chosen(self, cards: list[Card]) -> None:
        if len(cards) > 1:
            self.side.show_many(cards)
        elif cards:
            self.side.show_hazard(cards[0].number)
        elif self.side.many:  # they took a step that leads off the board, or a filter leaves them out
            had_keys = self.panel.isAncestorOf(self.window().focusWidget())
            self._put_side_away()
            if had_keys:
                self.lanes.begin()
        if cards and not self.panel.isVisible():
            self.panel.show()
            QTimer.singleShot(0, self, self.lanes.look_at_chosen)  # the lanes are narrower now

    def close_side(self) -> None:
        """Put the panel away and go on with the cards."""
        self._put_side_away()
        self.lanes.begin()

    def _put_side_away(self) -> None:
        self.panel.hide()
        self.side.number, self.side.many = "", []
        self.lanes.select("")

    # --- doing -------------------------------------------------------------------------------------------------

    def open_figure(self, key: str) -> None:
        """Open the records of an indicator, those that pull it down first."""
        app, year = self.session.app, self.session.year
        if key == OVERDUE:
            self._open(Focus.overdue.value, Asked(year, focus=Focus.overdue), ())
            return
        title = self.figures.tiles[key].accessibleName()
        self._refs.run(lambda _: share_refs(app, year, key), partial(self.session.open_records, title))

    def _counted(self, stage: Stage, is_overdue: bool) -> None:  # noqa: FBT001 - a signal's own shape
        title = f"{stage.value}、逾期" if is_overdue else stage.value
        self._open(title, self.filters.asked, (stage,), is_overdue=is_overdue)

    def _open(self, title: str, asked: Asked, stages: tuple[Stage, ...], *, is_overdue: bool = False) -> None:
        app = self.session.app
        self._refs.run(
            lambda _: hazard_refs(app, asked, stages, is_overdue=is_overdue),
            partial(self.session.open_records, title),
        )

    def _more_of(self, lane: Lane) -> None:
        app, asked, after = self.session.app, self.filters.asked, len(lane.model.cards)

        def arrived(cards: list[Card]) -> None:
            if self.filters.asked == asked:
                lane.model.add(cards)

        self.session.work.run(lambda _: more_cards(app, asked, lane.stage, after), arrived)

    def urge(self) -> None:
        """Show whom to urge, with the words for it, under the filters that are set."""
        app, asked = self.session.app, self.filters.asked

        def told(people: list[Urged]) -> None:
            from ankang_desktop.desktop.screens.hazards.urge import UrgeDialog

            if people:
                UrgeDialog(self.session, people, self).open()
            else:
                self.session.door.say("没有逾期或一周内到期的隐患，不用催办", "", "good")

        self._refs.run(lambda _: urged(app, asked), told)

    # --- printing ----------------------------------------------------------------------------------------------

    def _fill_print_menu(self) -> None:
        menu, number = self._print_menu, self.side.number
        menu.clear()
        menu.addAction(icon("clipboard-list"), f"隐患台账（{self.session.year} 年）").triggered.connect(
            self._print_year
        )
        menu.addAction(icon("layout-columns"), "看板上这些隐患").triggered.connect(self._print_board)
        if number:
            act = partial(self.side.print_sheet, number)
            menu.addAction(icon("printer"), f"整改销号单（{number}）").triggered.connect(lambda _=False: act())
        menu.addAction(icon("square"), "空白整改销号单").triggered.connect(lambda _=False: self.side.print_sheet(""))

    def _print_year(self, _: object = None) -> None:
        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        year = self.session.year
        open_paper(self.session, "hazard_register", Wanted(start=date(year, 1, 1), end=date(year, 12, 31)))

    def _print_board(self, _: object = None) -> None:
        from ankang_desktop.desktop.paper.choice import Listed, open_register

        app, asked = self.session.app, self.filters.asked
        self._refs.run(lambda _: hazard_ids(app, asked), lambda ids: open_register(self.session, HAZARD, Listed(ids)))

    # --- laying out --------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        session = self.session
        printing = button("打印", name="printer")
        self._print_menu = QMenu(printing)
        self._print_menu.aboutToShow.connect(self._fill_print_menu)
        hang(printing, self._print_menu)
        add = button("登记隐患(&N)", partial(session.go, "record", ledger=HAZARD), kind="primary", name="plus")
        add.setToolTip("登记一条隐患 (Ctrl+N)")
        self.add_head(
            printing,
            button("催办文字(&U)", self.urge, name="message-2"),
            button("随手拍(&P)", partial(session.go, "intake"), name="camera"),
            add,
        )

    def _build_board(self) -> None:
        self.panel = card(self.side)
        self.panel.setMinimumWidth(px(330))
        self.panel.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(px(8))
        split.addWidget(self.lanes)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        remember_split(split, self.session.preferences, "hazards", (px(760), px(372)))
        empty = EmptyState(
            "alert-triangle",
            "这一年还没有隐患",
            "登记第一条，或把职工发来的手机照片用“随手拍”一次登完；旧台账可以从 Excel 导入",
            button("随手拍", partial(self.session.go, "intake"), name="camera"),
            button("从 Excel 导入", partial(self.session.go, "import", ledger=HAZARD), kind="quiet"),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(empty)
        self.column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.lanes.chosen.connect(self._chosen)
        self.lanes.opened.connect(self.session.open_record)
        self.lanes.counted.connect(self._counted)
        self.lanes.more_wanted.connect(self._more_of)
        self.side.closed.connect(self.close_side)
        for key, action in (
            ("Ctrl+N", partial(self.session.go, "record", ledger=HAZARD)),
            ("Ctrl+F", self.filters.search.setFocus),
            ("Esc", self.close_side),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
