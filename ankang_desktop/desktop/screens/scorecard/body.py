"""The two halves of the screen: the list of boxes at the left, at the right one of four views, made when looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.compare import CompareView
from ankang_desktop.desktop.screens.scorecard.detail import RowDetail
from ankang_desktop.desktop.screens.scorecard.frozen import FrozenView
from ankang_desktop.desktop.screens.scorecard.gaps import GapsView
from ankang_desktop.desktop.screens.scorecard.paint import Heads
from ankang_desktop.desktop.screens.scorecard.rows import RowsModel, RowsView
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, FlowLayout, segments
from ankang_desktop.desktop.widgets.splits import remember_split

DETAIL, GAPS, COMPARE, FROZEN = range(4)
KEYS = ("detail", "gaps", "compare", "frozen")
_VIEWS = ("本行", "得分缺口", "与去年相比", "定稿")
_View = TypeVar("_View", bound=QWidget)


class Body(QStackedWidget):
    """A sentence while there is no card yet, else the list and the views; `row_chosen` is told of rows chosen.

    The signals are the views': a unit or a frozen card to look at, one to print, today's card to freeze.
    """

    unit_wanted = Signal(str)
    frozen_wanted = Signal(int)
    printing = Signal(int, object, bool)
    freezing = Signal()

    def __init__(self, session: Session, row_chosen: Callable[[int], object]) -> None:
        super().__init__()
        self._session = session
        self.rows = RowsModel(self)
        self.list = RowsView(self.rows)
        self.list.chosen.connect(row_chosen)
        self.list.entered.connect(self.enter)
        self.detail = RowDetail(session, lambda: self.show_view(COMPARE))
        self.views = QStackedWidget()
        self._places = (self.detail, QWidget(), QWidget(), QWidget())  # until they are looked at
        for each in self._places:
            self.views.addWidget(each)
        self.choosing = segments(_VIEWS, DETAIL, self.show_view)
        self.tools = FlowLayout(spacing=px(8))
        self.tools.addWidget(self.choosing)
        self.waiting = EmptyState("clipboard-check", "正在评分…", "按今天的记录给每个单元算出建议分")
        self.waiting.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(self.waiting)
        self.addWidget(self._split(session))

    @cached_property
    def gaps(self) -> GapsView:
        """What can still be had."""
        made = self._put(GAPS, GapsView(self._session))
        made.unit_wanted.connect(self.unit_wanted)
        return made

    @cached_property
    def compare(self) -> CompareView:
        """Last year beside this year."""
        made = self._put(COMPARE, CompareView(self._session))
        made.row_wanted.connect(self.look_at)
        made.frozen_wanted.connect(self.frozen_wanted)
        return made

    @cached_property
    def frozen(self) -> FrozenView:
        """The cards frozen."""
        made = self._put(FROZEN, FrozenView())
        made.opened.connect(self.frozen_wanted)
        made.printed.connect(self.printing)
        made.freezing.connect(self.freezing)
        return made

    def wait(self) -> None:
        """Say that there is no card yet; the keys wait too."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.setCurrentIndex(0)
        if had_focus:
            self.waiting.setFocus()

    def arrive(self) -> None:
        """Show the list; the keys go to it where they waited for it."""
        had_focus = self.waiting.hasFocus()
        self.setCurrentIndex(1)
        if had_focus:
            self.list.setFocus()

    def show_view(self, at: int) -> None:
        """Show one of the views at the right."""
        self.views.setCurrentIndex(at)
        self.choosing.buttons.button(at).setChecked(True)  # type: ignore[attr-defined]

    def look_at(self, number: int) -> None:
        """Show a row, the one stood on already too: the list tells only of another."""
        self.list.choose(number)
        self.show_view(DETAIL)

    def enter(self) -> None:
        """Go from the list into the first unit of the row stood on."""
        if self.detail.cards:
            self.show_view(DETAIL)
            self.detail.go_to(self.detail.cards[0].code)

    def choose_quietly(self, number: int) -> None:
        """Stand on a row without changing the view."""
        self.list.blockSignals(True)
        self.list.choose(number)
        self.list.blockSignals(False)

    def _put(self, at: int, view: _View) -> _View:
        """Put a view in the place kept for it."""
        empty, shown = self._places[at], self.views.currentIndex()
        self.views.blockSignals(True)
        self.views.insertWidget(at, view)
        self.views.removeWidget(empty)
        self.views.setCurrentIndex(shown)
        self.views.blockSignals(False)
        empty.deleteLater()
        return view

    def _split(self, session: Session) -> QSplitter:
        heads = Heads()
        heads.right = px(12)
        listed = QFrame()
        listed.setProperty("card", "true")
        left = QVBoxLayout(listed)
        left.setContentsMargins(0, 0, 0, px(4))
        left.setSpacing(0)
        left.addWidget(heads)
        left.addWidget(self.list)
        listed.setMinimumWidth(px(300))
        right = QWidget()
        right.setMinimumWidth(px(390))
        column = QVBoxLayout(right)
        column.setContentsMargins(px(8), 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self.tools)
        column.addWidget(self.views, 1)
        made = QSplitter()
        made.addWidget(listed)
        made.addWidget(right)
        made.setStretchFactor(0, 9)
        made.setStretchFactor(1, 11)
        remember_split(made, session.preferences, "scorecard", (px(490), px(600)))
        return made
