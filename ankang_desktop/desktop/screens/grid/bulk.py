"""班前会批量登记: one month, one topic, many teams, one step."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.actions.grid import Grid, day_for
from ankang_desktop.actions.turns import Offer, Turn, add_for_teams, offers
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Day, Misread
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.form.editors.days import DayEditor
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.work import Latest
from ankang_desktop.ledgers.team_activities import TeamActivityKind

_HEADS = ("班组", "车间", "在册人数", "本月已有", "场次", "参加人次")
_NAME, _HEADS_IN, _ALREADY, _SESSIONS, _TIMES = 0, 2, 3, 4, 5
_FIXED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_KINDS = tuple(TeamActivityKind)


class BulkDialog(Dialog):
    """Teams with a tick each; teams that have a record already are not ticked beforehand."""

    def __init__(self, session: Session, grid: Grid, month: int, workshop: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.grid, self.workshop = session, grid, workshop
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("批量登记班组活动")
        self.resize(px(760), px(600))
        self.offered: list[Offer] = []
        self._proposed = ""  # the topic proposed last
        self._asking = Latest(session.work)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label("一个月的班前会一次登完", "subtitle"))
        column.addLayout(self._form(month))
        column.addLayout(self._table_tools())
        column.addWidget(self._table(), 1)
        self.problem = label("", "problem", wrap=True)
        column.addWidget(self.problem)
        column.addLayout(self._buttons())
        self._other_month()

    # --- parts -------------------------------------------------------------------------------------------------

    def _form(self, month: int) -> QFormLayout:
        self.month, self.kind = CalmComboBox(), CalmComboBox()
        self.month.addItems([f"{each}月" for each in range(1, 13)])
        self.month.setCurrentIndex(month - 1)
        self.kind.addItems([each.value for each in _KINDS])
        self.day = DayEditor(Field(Day(), "活动日期", required=True, key="held_on"), self.session)
        self.topic = QLineEdit()
        self.topic.setPlaceholderText("如 3月班前会（按月合并）；空着的不算齐全佐证")
        self.month.currentIndexChanged.connect(self._other_month)
        self.kind.currentIndexChanged.connect(self._ask)
        first = QHBoxLayout()
        first.setSpacing(px(8))
        first.addWidget(self.month)
        first.addWidget(label("类型", "soft"))
        first.addWidget(self.kind, 1)
        first.addWidget(label("登记为", "soft"))
        first.addWidget(self.day, 1)
        form = QFormLayout()
        form.setSpacing(px(8))
        form.addRow("月份(&M)", first)
        form.addRow("主题(&T)", self.topic)
        form.labelForField(first).setBuddy(self.month)  # type: ignore[attr-defined]
        for each, name in ((self.month, "月份"), (self.kind, "活动类型"), (self.topic, "活动主题")):
            each.setAccessibleName(name)
        return form

    def _table_tools(self) -> QHBoxLayout:
        self.each = QLineEdit("1")
        self.each.setFixedWidth(px(64))
        self.each.setAccessibleName("每个班组的场次")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(label("每个班组"))
        row.addWidget(self.each)
        row.addWidget(label("场"))
        row.addWidget(button("填到所有勾选的班组", self.fill_sessions))
        row.addWidget(button("人次按“在册人数×场次”填", self.fill_times))
        row.addStretch(1)
        row.addWidget(button("全选", lambda: self.tick_all(is_on=True), kind="quiet"))
        row.addWidget(button("全不选", lambda: self.tick_all(is_on=False), kind="quiet"))
        return row

    def _table(self) -> QTableWidget:
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("要登记的班组：空格勾选，F2 改场次和人次")
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(px(34))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(lambda _: self._count())
        return self.table

    def _buttons(self) -> QHBoxLayout:
        self.save_button = button("登记(&S)", self.save, kind="primary")
        self.save_button.setDefault(True)  # else Enter in a field presses the first button there is
        row = QHBoxLayout()
        row.addWidget(label("整批是一步，可以一次撤销；签到和照片登记后逐条添加。", "caption"))
        row.addStretch(1)
        row.addWidget(self.save_button)
        row.addWidget(button("取消", self.reject))
        return row

    # --- doing -------------------------------------------------------------------------------------------------

    def chosen_kind(self) -> TeamActivityKind:
        """Return the kind of activity."""
        return _KINDS[self.kind.currentIndex()]

    def tick_all(self, *, is_on: bool) -> None:
        """Tick every team, or none."""
        state = Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        for row in range(self.table.rowCount()):
            self._item(row, _NAME).setCheckState(state)

    def fill_sessions(self) -> None:
        """Write the sessions into every team ticked."""
        number = _whole(self.each.text())
        if not number:
            self.problem.setText("场次请填正整数，如 22")
            self.each.setFocus()
            return
        for row in self._ticked():
            self._item(row, _SESSIONS).setText(str(number))

    def fill_times(self) -> None:
        """Write staff times sessions into every team ticked: as if nobody had been absent."""
        for row in self._ticked():
            times = self.offered[row].heads * (_whole(self._item(row, _SESSIONS).text()) or 0)
            self._item(row, _TIMES).setText(str(times or ""))

    def save(self) -> None:
        """Enter the teams ticked."""
        turns = self._turns()
        day = self._day()
        if turns is None or day is None:
            return
        kind, topic, app = self.chosen_kind(), self.topic.text(), self.session.app
        numbers = self.session.do(lambda: add_for_teams(app, day, kind, topic, turns))
        if numbers is not None:
            self.accept()
            span = numbers[0] if len(numbers) == 1 else f"{numbers[0]} 至 {numbers[-1]}"
            self.session.done(f"已登记 {len(numbers)} 个班组的{kind.value}（{span}）")

    # --- inside ------------------------------------------------------------------------------------------------

    def _other_month(self, _: int = 0) -> None:
        self.day.set_value(day_for(self.grid, self.month.currentIndex() + 1))
        self._ask()

    def _ask(self, _: int = 0) -> None:
        app, year, month, kind = self.session.app, self.grid.year, self.month.currentIndex() + 1, self.chosen_kind()
        proposed = f"{month}月{kind.value}"
        if self.topic.text() in {"", self._proposed}:  # what the person has written stays
            self.topic.setText(proposed)
        self._proposed = proposed
        self._asking.run(lambda _: offers(app, year, month, kind), self._offer)

    def _offer(self, offered: list[Offer]) -> None:
        self.offered = [each for each in offered if self.workshop in {"", each.workshop}]
        self.table.blockSignals(True)
        self.table.setRowCount(len(self.offered))
        for row, each in enumerate(self.offered):
            already = f"{each.already} 条" if each.already else ""
            for column, text in enumerate((each.name, each.workshop, str(each.heads), already, self.each.text(), "")):
                self.table.setItem(row, column, _made(column, text))
            ticked = Qt.CheckState.Unchecked if each.already else Qt.CheckState.Checked
            self._item(row, _NAME).setCheckState(ticked)
        self.table.blockSignals(False)
        self._count()

    def _count(self) -> None:
        number = len(self._ticked())
        self.save_button.setText(f"登记 {number} 个班组(&S)")
        self.save_button.setEnabled(number > 0)
        self.problem.setText("" if self.offered else "这个月没有在册班组")

    def _ticked(self) -> list[int]:
        rows = range(self.table.rowCount())
        return [row for row in rows if self._item(row, _NAME).checkState() == Qt.CheckState.Checked]

    def _turns(self) -> list[Turn] | None:
        found = []
        for row in self._ticked():
            sessions, times = (self._item(row, column).text().strip() for column in (_SESSIONS, _TIMES))
            if not _whole(sessions) or (times and _whole(times) is None):
                self.problem.setText(f"{self.offered[row].name}：场次请填正整数，人次请填整数或空着")
                self.table.setCurrentCell(row, _TIMES if _whole(sessions) else _SESSIONS)
                return None
            found.append(Turn(self.offered[row].team, _whole(sessions) or 1, _whole(times)))
        return found

    def _day(self) -> date | None:
        try:
            value: Any = self.day.value()
        except Misread as misread:
            self.problem.setText(str(misread))
            return None
        if value is None:
            self.problem.setText("请填活动日期")
        self.day.set_wrong(is_wrong=value is None)
        day: date | None = value
        return day

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.table.item(row, column)
        if item is None:
            raise RuntimeError("the table of teams has no such cell")
        return item


def _made(column: int, text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setFlags(_FIXED | Qt.ItemFlag.ItemIsEditable if column in {_SESSIONS, _TIMES} else _FIXED)
    if column == _NAME:
        item.setFlags(_FIXED | Qt.ItemFlag.ItemIsUserCheckable)
    if column >= _HEADS_IN:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def _whole(text: str) -> int | None:
    """Return a whole number of 0 or more, None where the text is none."""
    return int(text) if text.strip().isdecimal() else None
