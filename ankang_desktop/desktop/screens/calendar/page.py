"""The page of the year: three ways to look, filters by state and notice, one duty whole at the right."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.actions.agenda import export_calendar, urging
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.calendar.band import YearBand
from ankang_desktop.desktop.screens.calendar.detail import DutyDetail
from ankang_desktop.desktop.screens.calendar.month import MonthView
from ankang_desktop.desktop.screens.calendar.words import TONES, days_of, left_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, label, scrolled, segments
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.programme.duties import Duty, State

_SOON = 14
_EVERY, _DUE = "全部状态", "未办和逾期"
_OPEN = {State.OPEN, State.NEAR, State.OVERDUE, State.UNPROVEN}
_COLUMNS = (
    Column("期限", days_of, 150),
    Column("事项", lambda duty: duty.title),
    Column("状态", lambda duty: duty.state.value, 108, tone=lambda duty: TONES[duty.state]),
    Column("剩余", left_of, 108),
)


class CalendarPage(Page):
    """年历; `show_with(duty=ident)` selects a duty, `only=state` filters."""

    title = "年历"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.duties: tuple[Duty, ...] = ()
        self._wanted = ""
        self.add_head(
            button("活动方案", self._programmes, name="file-text"),
            button("复制催办文字", self._urge, name="message-2"),
            button("导出日历 .ics", self._export, name="calendar-plus"),
        )
        self.band = YearBand()
        self.band.chosen.connect(self.choose)
        band_card = card(self.band)
        band_scroll = scrolled(band_card)
        band_scroll.setFixedHeight(px(190))
        self.column.addWidget(band_scroll)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._lists())
        self.detail = DutyDetail(session)
        self.detail.setMinimumWidth(px(300))
        split.addWidget(card(self.detail))
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        split.setSizes([px(700), px(400)])
        self.column.addWidget(split, 1)
        self.begins_at = self.table
        session.duties.ready.connect(self._arrived)

    def show_with(self, duty: str = "", only: str = "", **_: Any) -> None:
        """Select a duty by its ident, or keep one state."""
        self._wanted = duty or self._wanted
        if duty:
            self._view.buttons.button(2).click()  # type: ignore[attr-defined]
            self.states.setCurrentText(_EVERY)
        if only:
            self._view.buttons.button(2).click()  # type: ignore[attr-defined]
            self.states.setCurrentText(only)
        self._sift()

    def refresh(self) -> None:
        self.session.duties.ask()

    def choose(self, duty: Duty) -> None:
        """Show a duty whole and mark it wherever it stands."""
        self._wanted = duty.ident
        self.detail.show_duty(duty)
        self.band.show_current(duty)
        rows = [each.ident for each in self.model.rows]
        if duty.ident in rows:
            self.table.selectRow(rows.index(duty.ident))

    # --- inside ------------------------------------------------------------------------------------------------

    def _arrived(self, duties: tuple[Duty, ...]) -> None:
        self.duties = duties
        notices = sorted({source.notice for duty in duties for source in duty.sources})
        kept = self.notices.currentText()
        self.notices.blockSignals(True)
        self.notices.clear()
        self.notices.addItems(["全部来源", *notices])
        self.notices.setCurrentText(kept or "全部来源")
        self.notices.blockSignals(False)
        self._sift()

    def _sift(self) -> None:
        shown = [each for each in self.duties if self._is_wanted(each)]
        today = self.session.app.clock.today()
        self.model.show_rows(shown if self._stack.currentIndex() == 0 else self.model.every)
        self.band.show_duties(shown if self._way == 2 else self.duties, self.session.year, today)
        self.month.show_duties(shown if self._way == 2 else self.duties, self.session.year, today)
        self.told.setText(f"{len(shown)} 项")
        current = next((each for each in self.duties if each.ident == self._wanted), None)
        if current is None and self.model.rows:
            current = self.model.rows[0]
        if current is not None:
            self.choose(current)
        else:
            self.detail.show_duty(None)

    def _is_wanted(self, duty: Duty) -> bool:
        if self._way == 0:
            return self._is_soon(duty)
        state, notice = self.states.currentText(), self.notices.currentText()
        if state == _DUE and duty.state not in _OPEN:
            return False
        if state not in {_EVERY, _DUE, ""} and duty.state.value != state:
            return False
        return notice in {"", "全部来源"} or any(source.notice == notice for source in duty.sources)

    def _is_soon(self, duty: Duty) -> bool:
        today = self.session.app.clock.today()
        if duty.state in {State.OVERDUE, State.UNPROVEN} and duty.days_left is not None:
            return duty.days_left >= -_SOON
        return bool(duty.occurrence and today <= duty.occurrence.end <= today + timedelta(days=_SOON))

    def _look(self, way: int) -> None:
        self._way = way
        self._stack.setCurrentIndex(1 if way == 1 else 0)
        for each in (self.states, self.notices):
            each.setVisible(way == 2)
        self.search.setVisible(way != 1)
        self._sift()

    def _lists(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._way = 0
        self._view = segments(["今后14天", "月历", "全年"], 0, self._look)
        row.addWidget(self._view)
        self.states, self.notices = CalmComboBox(), CalmComboBox()
        self.states.setAccessibleName("状态")
        self.notices.setAccessibleName("来源")
        self.states.addItems([_DUE, _EVERY, *(state.value for state in State)])
        self.states.setCurrentText(_EVERY)
        for each in (self.states, self.notices):
            each.currentIndexChanged.connect(lambda _: self._sift())
            each.hide()
            row.addWidget(each)
        self.search = QLineEdit()
        self.search.setPlaceholderText("找事项")
        row.addWidget(self.search, 1)
        self.told = label("", "soft")
        row.addWidget(self.told)
        column.addLayout(row)
        self.model = RowsModel(_COLUMNS, self)
        self.table = RowsView(self.model, "事项")
        self.search.textChanged.connect(self.model.search)
        self.table.opened.connect(self.choose)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self._walked(index.row()))
        self.month = MonthView()
        self.month.chosen.connect(self.choose)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.month)
        column.addWidget(self._stack, 1)
        return part

    def _walked(self, row: int) -> None:
        if 0 <= row < len(self.model.rows) and self.model.rows[row].ident != self._wanted:
            self._wanted = self.model.rows[row].ident
            self.detail.show_duty(self.model.rows[row])
            self.band.show_current(self.model.rows[row])

    def _programmes(self) -> None:
        from ankang_desktop.desktop.screens.first_steps import ProgrammesDialog

        ProgrammesDialog(self.session, self).open()

    def _urge(self) -> None:
        chosen = [each for each in self.model.rows if each.state in _OPEN]
        text = urging(chosen, self.session.app.clock.today())
        if not text:
            self.session.door.say("列表里没有要催办的事项", "换到“全年”看看", "info")
            return
        QGuiApplication.clipboard().setText(text)
        self.session.door.say(f"{len(chosen)} 项的催办文字已复制，可以粘贴到微信群", "", "info")

    def _export(self) -> None:
        from ankang_desktop.desktop.paper.targets import ask_target, say_written

        app, year = self.session.app, self.session.year
        target = ask_target(self.session, self, "导出日历", f"安康杯年历{year}.ics", "日历文件 (*.ics)")
        if target is not None:
            self.session.work.run(
                partial(_exported, app, year, target),
                lambda number: say_written(self.session, f"已导出 {number} 项", target),
                text="导出日历",
            )


def _exported(app: Any, year: int, target: Any, progress: Any) -> int:
    return export_calendar(app, year, target, progress)
