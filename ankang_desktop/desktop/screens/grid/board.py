"""The table of the grid with its totals standing still below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout

from ankang_desktop.actions.grid import Grid, Measure
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.grid.head import MonthHead
from ankang_desktop.desktop.screens.grid.model import CELL, NAME, TOTAL, Cell, GridModel, lines_of, total_of
from ankang_desktop.desktop.screens.grid.paint import CellDelegate

_TABS = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
_ROW = 32
_NAMES = 88  # of a team, at least
_YEAR = 116  # five sums of a year side by side


class GridBoard(QFrame):
    """`chosen` tells the cell one stands on, `opened` the one opened by Enter, double click or a month's head.

    An empty month opens by a single click; a filled one is only stood on, its records are offered below.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.model, self.sums = GridModel(self), GridModel(self)
        self.view = _table(self.model, "班组网格：方向键选格，回车打开或登记")
        self.foot = _table(self.sums, "合计：回车打开本月全部记录")
        self.foot.horizontalHeader().hide()
        self.foot.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.foot.setFixedHeight(px(_ROW) + 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)
        for each in (self.view, self.foot):
            each.activated.connect(lambda index: self.opened.emit(index.data(CELL)))
            each.clicked.connect(self._clicked)
            each.selectionModel().currentChanged.connect(self._moved)
            each.installEventFilter(self)
        self.head = MonthHead(self.model, self.view)
        self.head.setMinimumSectionSize(px(32))
        self.head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.setHorizontalHeader(self.head)
        self.head.sectionClicked.connect(self._open_column)

    def show_grid(self, grid: Grid, workshop: str, measures: tuple[Measure, ...]) -> None:
        """Show a grid, of one workshop where it is named; the place of the person is kept."""
        here = self.view.currentIndex()
        row, column = here.row(), here.column()
        self.sums.show_grid(grid, [total_of(grid, workshop)], measures)
        self.model.show_grid(grid, lines_of(grid, workshop), measures)
        row = min(max(row, 1), len(self.model.lines) - 1)
        self.spread()
        if row >= 0:
            place = self.model.index(row, column if column >= 0 else max(1, grid.now or grid.until))
            self.view.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._follow(place.column())
            self._stand(place.data(CELL))

    def current(self) -> Cell | None:
        """Return the cell the person stands on."""
        index = self.foot.currentIndex() if self.foot.hasFocus() else self.view.currentIndex()
        cell: Cell | None = index.data(CELL) if index.isValid() else None
        return cell

    def spread(self) -> None:
        """Give every month the same width, the year more where it holds five sums; the rest goes to the names."""
        room = self.view.viewport().width() - px(_NAMES)
        year = px(_YEAR) if len(self.model.measures) > 1 else 0
        month = max(px(32), (room - year) // (TOTAL - 1 if year else TOTAL))
        month = min(month, px(112))
        year = max(year, month)
        room += px(_NAMES)
        for each in (self.view, self.foot):
            for column in range(1, TOTAL):
                each.setColumnWidth(column, month)
            each.setColumnWidth(TOTAL, year)
            each.setColumnWidth(NAME, max(px(_NAMES), room - month * (TOTAL - 1) - year))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.spread()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            is_passing = watched is self.foot and event.reason() in _TABS  # on the way to what is offered for a cell
            if not is_passing and (cell := self.current()) is not None:
                self._stand(cell)
        return False

    def _moved(self, index: QModelIndex, _: QModelIndex) -> None:
        if not index.isValid():
            return
        if index.model() is self.model:
            self._follow(index.column())
            self._stand(index.data(CELL))
        elif self.foot.hasFocus():
            self._stand(index.data(CELL))

    def _follow(self, column: int) -> None:
        """Let the totals stand in the same month, so that Tab comes to it."""
        chosen = self.foot.selectionModel()
        chosen.clearSelection()
        chosen.setCurrentIndex(self.sums.index(0, column), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _stand(self, cell: Cell) -> None:
        self.chosen.emit(cell)

    def _clicked(self, index: QModelIndex) -> None:
        """Open an empty month at once: what is missing is a click from its record."""
        cell: Cell = index.data(CELL)
        if cell.is_lacking and not any(cell.numbers):
            self.opened.emit(cell)

    def _open_column(self, column: int) -> None:
        if self.sums.rowCount():
            self.opened.emit(self.sums.cell(0, column))


def _table(model: GridModel, name: str) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setProperty("plain", "true")
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setItemDelegate(CellDelegate(table))
    table.setMouseTracking(True)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setMinimumSectionSize(px(24))
    rows.setDefaultSectionSize(px(_ROW))
    table.horizontalHeader().setMinimumSectionSize(px(32))
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    return table
