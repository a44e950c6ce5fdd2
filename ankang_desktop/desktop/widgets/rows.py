"""A read-only table over a list of plain values, for what is read whole: a trash, findings, backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.widgets.cells import BADGE, HIGH, Cell, Index, chosen_ranges, settle
from ankang_desktop.kernel.text import pinyin_order

ROOT = QModelIndex()
_ROLES = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.TextAlignmentRole, BADGE}


@dataclass(frozen=True)
class Column:
    """One column: its head, the text of a row, its width (0: takes what is left over).

    `tone` makes the cell a badge: it returns a palette tone or "" for a grey one.
    """

    head: str
    text: Callable[[Any], str]
    width: int = 0
    tone: Callable[[Any], str] | None = None
    is_right: bool = False


class RowsModel(QAbstractTableModel):
    """The rows, those that hold every word searched for."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.every: tuple[Any, ...] = ()
        self.rows: tuple[Any, ...] = ()
        self._words: list[str] = []
        self._sorted: tuple[int, bool] | None = None
        self._searched: Callable[[Any], str] = lambda row: " ".join(each.text(row) for each in self.columns)

    def search_in(self, searched: Callable[[Any], str]) -> None:
        """Search in this text of a row instead of its cells."""
        self._searched = searched

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self.every = tuple(rows)
        self._sift()

    def search(self, text: str) -> None:
        """Keep the rows that hold every word of a text."""
        self._words = text.lower().split()
        self._sift()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the texts of a column, by pinyin; -1 is the order the rows were given in."""
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._sift()

    def _sift(self) -> None:
        found = self.every
        if self._sorted is not None:
            text, is_descending = self.columns[self._sorted[0]].text, self._sorted[1]
            found = tuple(sorted(found, key=lambda row: pinyin_order(text(row)) or b"", reverse=is_descending))
        if self._words:
            found = tuple(row for row in found if self._holds(row))
        self.beginResetModel()
        self.rows = found
        self.endResetModel()

    def _holds(self, row: Any) -> bool:
        text = self._searched(row).lower()
        return all(word in text for word in self._words)

    # --- Qt's questions ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == BADGE:
            return (column.text(row), column.tone(row)) if column.tone else None
        return column.text(row)


class RowsView(QTableView):
    """The table: Enter or a double click opens a row."""

    opened = Signal(object)

    def __init__(self, model: RowsModel, name: str) -> None:
        super().__init__()
        self.listed = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(Cell(self))
        settle(self)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.rows[index.row()]))

    def chosen(self) -> list[Any]:
        """Return the selected rows in the order shown."""
        return [row for each in chosen_ranges(self) for row in self.listed.rows[each.start : each.stop]]

    def fit_height(self, most: int) -> None:
        """Be as high as the rows are, at most `most` rows."""
        shown = min(max(1, len(self.listed.rows)), most)
        self.setFixedHeight(px(HIGH) * shown + self.horizontalHeader().sizeHint().height() + px(4))

    def spread(self) -> None:
        """Give every column its width; those without one share what is left over."""
        columns = self.listed.columns
        fixed = sum(px(each.width) for each in columns)
        free = [place for place, each in enumerate(columns) if not each.width]
        left = max(px(120) * len(free), self.viewport().width() - fixed)
        for place, each in enumerate(columns):
            self.setColumnWidth(place, px(each.width) if each.width else left // len(free))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.spread()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.listed.rows[self.currentIndex().row()])
        else:
            super().keyPressEvent(event)
