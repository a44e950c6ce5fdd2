"""One month as a sheet of days: what falls due on each; arrows move, Enter shows the day's duties one after another."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.desktop.look import current, px
from ankang_desktop.desktop.screens.calendar.words import TONES
from ankang_desktop.desktop.widgets import icon_button, label
from ankang_desktop.programme.duties import Duty

_SHOWN = 3


class MonthView(QWidget):
    """`chosen` carries a duty of the day that was clicked; clicking on takes the next one of the day."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._first, self._today = date(2000, 1, 1), date(2000, 1, 1)
        self._duties: Sequence[Duty] = ()
        self._turn: tuple[date, int] = (self._first, -1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.name = label("", "subtitle")
        row.addWidget(icon_button("chevron-left", "上个月", lambda: self.turn(-1)))
        row.addWidget(self.name)
        row.addWidget(icon_button("chevron-right", "下个月", lambda: self.turn(1)))
        row.addStretch(1)
        column.addLayout(row)
        self.table = QTableWidget(6, 7)
        self.table.setAccessibleName("月历")
        self.table.setHorizontalHeaderLabels([f"周{mark}" for mark in "一二三四五六日"])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.cellClicked.connect(self._take)
        self.table.activated.connect(lambda index: self._take(index.row(), index.column()))
        column.addWidget(self.table, 1)
        self.setMinimumHeight(px(330))

    def show_duties(self, duties: Sequence[Duty], year: int, today: date) -> None:
        """Show the duties; the month of today in this year, else the one looked at before."""
        if self._first.year != year:
            self._first = date(year, today.month if today.year == year else 1, 1)
        self._duties, self._today = duties, today
        self._fill()

    def turn(self, by: int) -> None:
        """Go to the month before or after."""
        months = self._first.year * 12 + self._first.month - 1 + by
        self._first = date(months // 12, months % 12 + 1, 1)
        self._fill()

    def _fill(self) -> None:
        colours = current().palette
        self.name.setText(f"{self._first.year}年{self._first.month}月")
        days = list(Calendar().itermonthdates(self._first.year, self._first.month))
        days += [days[-1] + timedelta(days=after) for after in range(1, 43 - len(days))]
        for at, day in enumerate(days):
            due = self._due(day)
            lines = [str(day.day), *(f"• {each.title}" for each in due[:_SHOWN])]
            if len(due) > _SHOWN:
                lines.append(f"…共 {len(due)} 项")
            item = QTableWidgetItem("\n".join(lines))
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            item.setData(Qt.ItemDataRole.UserRole, day)
            item.setToolTip("\n".join(f"{each.title}（{each.state.value}）" for each in due))
            tone = next((TONES[each.state] for each in due if TONES[each.state] in {"danger", "warning"}), "")
            is_out = day.month != self._first.month
            item.setForeground(QColor(colours.faint if is_out else getattr(colours, tone) if tone else colours.text))
            if day == self._today:
                item.setBackground(QColor(colours.accent_wash))
            self.table.setItem(at // 7, at % 7, item)

    def _due(self, day: date) -> list[Duty]:
        return [each for each in self._duties if each.occurrence and each.occurrence.end == day]

    def _take(self, row: int, column: int) -> None:
        item = self.table.item(row, column)
        day = item.data(Qt.ItemDataRole.UserRole) if item else None
        due = self._due(day) if day else []
        if day and due:
            place = (self._turn[1] + 1) % len(due) if self._turn[0] == day else 0
            self._turn = (day, place)
            self.chosen.emit(due[place])
