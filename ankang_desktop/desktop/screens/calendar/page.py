"""The page of the year: the band above, the list or the month below, one duty whole at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.actions.ics import export_calendar
from ankang_desktop.actions.year import begun
from ankang_desktop.app import App
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.calendar.band import YearBand
from ankang_desktop.desktop.screens.calendar.detail import DutyDetail
from ankang_desktop.desktop.screens.calendar.filters import EVERY, NEAR_ONES, StateBar, passes, states_of
from ankang_desktop.desktop.screens.calendar.month import MonthView
from ankang_desktop.desktop.screens.calendar.urging import urge
from ankang_desktop.desktop.screens.calendar.words import TONES, days_of, mark_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button, card, icon_button, menu_button, segments
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.desktop.widgets.splits import remember_split
from ankang_desktop.desktop.work import Turns, paint_next
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import initials
from ankang_desktop.programme.duties import Duty

_ALL = "全部来源"
_COLUMNS = (
    Column("期限", days_of, 152),
    Column("事项", lambda duty: duty.title),
    Column("状态", mark_of, 112, tone=lambda duty: TONES[duty.state]),
)


class CalendarPage(Page):
    """年历; `show_with(duty=ident)` selects a duty, `only=state` filters."""

    title = "年历"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.duties: tuple[Duty, ...] = ()
        self._wanted, self._is_asked = "", False
        self._since = session.app.clock.today()
        self._turns = Turns(self)
        self.add_head(
            menu_button("活动方案", self._programme_entries(), name="file-text"),
            button("催办文字(&W)", self._urge, name="message-2"),
            icon_button("calendar-plus", "导出日历（.ics），手机和 Outlook 都能导入", self._export),
            button("添加通知(&N)", self._add_notice, kind="primary", name="plus"),
        )
        self.states = StateBar(self._sift)
        self.band, self.month, self.detail = YearBand(), MonthView(), DutyDetail(session)
        for each in (self.band, self.month):
            each.chosen.connect(self.choose)
        self._lay_out()
        self.begins_at = self.table
        session.duties.ready.connect(self._arrived)

    def show_with(self, duty: str = "", only: str = "", action: str = "", **_: Any) -> None:
        """Select a duty by its ident, or keep one state; or begin to add a notice (action “notice”)."""
        if action == "notice":
            QTimer.singleShot(0, self, self._add_notice)  # over the page, once it is in sight
        if duty:
            self._wanted, self._is_asked = duty, True
            self.states.choose(EVERY)
            self.notices.setCurrentIndex(0)
            self.search.clear()
        elif only:
            self.states.choose(only)
        if self.duties:
            self._sift()

    def refresh(self) -> None:
        self._since = begun(self.session.app)
        self.session.duties.ask()

    def choose(self, duty: Duty) -> None:
        """Show the duty a person chose whole, and bring it into sight wherever it stands."""
        self._show(duty, reveals=True)

    def _show(self, duty: Duty, *, reveals: bool) -> None:
        self._wanted = duty.ident
        self.detail.show_duty(duty)
        self.band.show_current(duty, reveals=reveals)
        self.month.show_current(duty)
        idents = [each.ident for each in self.model.rows]
        if duty.ident in idents:
            self._select(idents.index(duty.ident))
        else:
            self.table.clearSelection()

    # --- what is shown -----------------------------------------------------------------------------------------

    def _arrived(self, duties: tuple[Duty, ...]) -> None:
        paint_next(self)
        self.duties = duties
        origins = list(dict.fromkeys(each.origin for each in duties))
        kept = self.notices.currentText()
        self.notices.blockSignals(True)
        self.notices.clear()
        self.notices.addItems([_ALL, *origins])
        self.notices.setCurrentText(kept if kept in origins else _ALL)
        self.notices.blockSignals(False)
        self._sift(keeps=True)

    def _sift(self, *, keeps: bool = False) -> None:
        """Show what the filters let through; `keeps` a duty chosen on the band though the list has it not."""
        today, year = self.session.app.clock.today(), self.session.year
        origin = self.notices.currentText()
        of_notice = [each for each in self.duties if origin in {"", _ALL} or each.origin == origin]
        self.states.show_counts(states_of(of_notice, today, self._since))
        wanted = self.states.chosen
        shown = [each for each in of_notice if passes(each, wanted, today, self._since)]
        drawn = of_notice if wanted in NEAR_ONES else shown
        self.model.show_rows(shown)
        self.band.show_duties(drawn, year, today)
        self.month.show_duties(drawn, year, today)
        self._stack.setCurrentIndex(1 if self._is_month else 0 if shown else 2)
        among = drawn if keeps or self._is_month else self.model.rows
        if keeps:
            self._turns.add(partial(self._stand_on, among))  # the year is seen first, then the duty whole
        else:
            self._turns.finish()
            self._stand_on(among)

    def _stand_on(self, among: Sequence[Duty]) -> None:
        """Stand on the duty wanted where it is among these, else on the first of the list; on none where it is empty.

        The band is not scrolled: at first sight the year begins at its top. A duty asked for from elsewhere is brought
        into sight.
        """
        found = next((each for each in among if each.ident == self._wanted), None)
        current = found or next(iter(self.model.rows), None)
        if current is None:
            self.detail.show_duty(None)
            self.band.show_current(None)
        else:
            self._show(current, reveals=self._is_asked and current is found)
        self._is_asked = False

    def _search(self, words: str) -> None:
        self.model.search(words)
        self._stand_on(self.model.rows)

    def _look(self, way: int) -> None:
        self._is_month = way == 1
        self.search.setVisible(way == 0)
        self._sift()

    def _walked(self, row: int) -> None:
        if 0 <= row < len(self.model.rows) and self.model.rows[row].ident != self._wanted:
            duty = self.model.rows[row]
            self._wanted = duty.ident
            self.detail.show_duty(duty)
            self.band.show_current(duty)
            self.month.show_current(duty)

    def _select(self, row: int) -> None:
        index = self.model.index(row, 1)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    # --- doing -------------------------------------------------------------------------------------------------

    def _add_notice(self) -> None:
        from ankang_desktop.desktop.screens.calendar.adding import AddNoticeDialog

        AddNoticeDialog(self.session, self).open()

    def _programmes(self) -> None:
        from ankang_desktop.desktop.screens.first_steps import ProgrammesDialog

        ProgrammesDialog(self.session, self).open()

    def _dropped(self) -> None:
        from ankang_desktop.desktop.screens.calendar.dropped import DroppedDialog

        DroppedDialog(self.session, self).open()

    def _programme_entries(self) -> list[tuple[str, str, Callable[[], object]] | None]:
        return [
            ("checklist", "采用哪些通知…", self._programmes),
            ("calendar-off", "停用的事项…", self._dropped),
        ]

    def _urge(self) -> None:
        urge(self.session, self.model.rows, self)

    def _export(self) -> None:
        from ankang_desktop.desktop.paper.targets import ask_target, say_written

        app, year = self.session.app, self.session.year
        target = ask_target(self.session, self, "导出日历", f"安康杯年历{year}.ics", "日历文件 (*.ics)")
        if target is not None:
            self.session.work.run(
                partial(_exported, app, year, target),
                lambda number: say_written(self.session, f"已导出 {number} 项，提醒一起带出", target),
                text="导出日历",
            )

    # --- laying out --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.notices = CalmComboBox()
        self.notices.setAccessibleName("来源")
        self.notices.addItem(_ALL)
        self.notices.currentIndexChanged.connect(lambda _: self._sift())
        filters = QHBoxLayout()
        filters.setSpacing(px(8))
        filters.addWidget(self.states, 1)
        filters.addWidget(self.notices, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(filters)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self._lists())
        side = card(self.detail)
        side.setMinimumWidth(px(320))
        below.addWidget(side)
        below.setStretchFactor(0, 5)
        below.setStretchFactor(1, 3)
        remember_split(below, self.session.preferences, "calendar", (px(660), px(400)))
        band = card(self.band)
        layout = band.layout()
        if layout is not None:
            layout.setContentsMargins(px(8), px(4), px(8), px(6))
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setHandleWidth(px(8))
        self.split.addWidget(band)
        self.split.addWidget(below)
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 5)
        remember_split(self.split, self.session.preferences, "calendar.band", (px(190), px(400)))
        self.column.addWidget(self.split, 1)

    def _lists(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, px(4), 0)
        column.setSpacing(px(8))
        self._is_month = False
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText("找事项")
        self.search.setAccessibleName("找事项")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(segments(["列表", "月历"], 0, self._look))
        row.addWidget(self.search, 2)
        row.addStretch(1)
        column.addLayout(row)
        self.model = RowsModel(_COLUMNS, self)
        self.model.search_in(
            lambda duty: f"{duty.code} {duty.title} {duty.origin} {duty.reason} {initials(duty.title)}"
        )
        self.table = RowsView(self.model, "事项")
        self.search.textChanged.connect(self._search)
        self.table.opened.connect(self.choose)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self._walked(index.row()))
        self._stack = QStackedWidget()
        for each in (self.table, self.month, EmptyState("circle-check", "这里没有事项", "换一个筛选看看")):
            self._stack.addWidget(each)
        column.addWidget(self._stack, 1)
        return part


def _exported(app: App, year: int, target: Path, progress: Progress) -> int:
    return export_calendar(app, year, target, progress)
