"""The table: records that open to their files, badges, box and page edited in place."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ankang_desktop.desktop.look import current, pixmap, px
from ankang_desktop.desktop.screens.archive.lines import Line
from ankang_desktop.desktop.screens.archive.model import (
    BOX,
    DAY,
    FILES,
    HEADS,
    LINE,
    NUMBER,
    PAGE,
    ROWS,
    STATE,
    TITLE,
    LinesModel,
)
from ankang_desktop.desktop.widgets.cells import Cell, Index, badge_width

_WIDTHS = {NUMBER: 134, DAY: 96, FILES: 88, ROWS: 92, BOX: 60, PAGE: 72}
_LEAST = 200  # of the names, where other columns can go
_LEAST_AT_ALL = 110
_LEAST_STATE = 90
_ROW = 32


class LinesView(QTreeView):
    """Enter or a double click opens a record; F2, typing or a double click into box or page edits it.

    Tab goes on from box to page and to the next line's box. `rested` tells that nothing is edited any more.
    """

    opened = Signal(object)
    rested = Signal()

    def __init__(self, model: LinesModel) -> None:
        super().__init__()
        self.lines = model
        self._hidden: set[int] = set()
        self.setModel(model)
        model.modelReset.connect(self.refit)
        model.dataChanged.connect(self.refit)
        self.setAccessibleName("归档材料：回车打开记录，F2 改盒号，再按 Tab 改页号，右方向键展开电子件")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAllColumnsShowFocus(False)
        self.setUniformRowHeights(True)
        self.setIndentation(px(18))
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setItemDelegate(_Cell(self))
        head = self.header()
        head.setSectionsMovable(False)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._double)

    def chosen(self) -> list[Line]:
        """Return the selected lines in the order shown."""
        rows = self.selectionModel().selectedRows(0)
        places = sorted(rows, key=_place)
        return [line for index in places if (line := self.lines.line_at(index)) is not None]

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if self.lines.rowCount(index) and not index.parent().isValid():
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            side = px(14)
            sign = pixmap(name, side, "soft", self.devicePixelRatioF())
            painter.drawPixmap(rect.right() - side, rect.center().y() - side // 2, sign)

    @property
    def is_editing(self) -> bool:
        """Whether a box or a page is just being typed."""
        return self.state() == QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if self.is_editing or not here.isValid():
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(here.data(LINE))
        elif event.key() == Qt.Key.Key_F2 and here.column() not in {BOX, PAGE}:
            box = here.siblingAtColumn(BOX)  # the arrows walk lines, not columns
            self.selectionModel().setCurrentIndex(box, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.edit(box)
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        here = self.currentIndex()
        if action == QAbstractItemView.CursorAction.MoveNext:  # Tab in an editor
            return here.siblingAtColumn(PAGE) if here.column() == BOX else self.indexBelow(here).siblingAtColumn(BOX)
        if action == QAbstractItemView.CursorAction.MovePrevious:
            return here.siblingAtColumn(BOX) if here.column() == PAGE else self.indexAbove(here).siblingAtColumn(PAGE)
        return super().moveCursor(action, modifiers)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if not self.is_editing:
            self.rested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    def hide_columns(self, hidden: set[int]) -> None:
        """Leave out columns."""
        self._hidden = hidden
        self.refit()

    def refit(self) -> None:
        """Give every column its width, the names what is left over; where it is narrow, day and files are left out."""
        widths = {column: px(width) for column, width in _WIDTHS.items()} | {STATE: self._state_width()}
        room, hidden = self.viewport().width() - px(_LEAST), set(self._hidden)
        if not widths[STATE]:
            hidden.add(STATE)
        for column in (FILES, DAY, ROWS):
            if sum(width for each, width in widths.items() if each not in hidden) > room:
                hidden.add(column)
        rest = sum(width for column, width in widths.items() if column not in hidden | {STATE})
        most = max(px(_LEAST_STATE), self.viewport().width() - rest - px(_LEAST_AT_ALL))
        widths[STATE] = min(widths[STATE], most)  # a long state is cut, and whole in its tool tip
        for column, width in widths.items():
            self.setColumnHidden(column, column in hidden)
            self.setColumnWidth(column, width)
        taken = sum(width for column, width in widths.items() if column not in hidden)
        self.setColumnWidth(TITLE, max(px(_LEAST_AT_ALL), self.viewport().width() - taken))

    def _state_width(self) -> int:
        """Return what the longest state needs: in most boxes nothing is odd, and the names have its room."""
        states = {line.state for line in self.lines.lines if line.state}
        return max((badge_width(each) for each in states), default=0)

    def _double(self, index: QModelIndex) -> None:
        if index.column() not in {BOX, PAGE}:
            self.opened.emit(index.data(LINE))


def _place(index: QModelIndex) -> tuple[int, int]:
    above = index.parent()
    return (above.row(), index.row()) if above.isValid() else (index.row(), -1)


class _Cell(Cell):
    """Red where material is missing; a badge; a short editor for box and page."""

    high = _ROW

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setMaxLength(20)
        editor.setAccessibleName(HEADS[index.column()])
        editor.setStyleSheet("QLineEdit { padding: 0 4px; border-radius: 0; min-height: 0; }")
        return editor

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        line = index.data(LINE)
        palette: QPalette = option.palette
        if line is not None and line.tone == "danger" and index.column() in {NUMBER, TITLE}:
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                palette.setColor(role, QColor(current().palette.danger))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column() in {BOX, PAGE}:
            place = QRectF(option.rect)
            painter.save()
            painter.setPen(QColor(current().palette.line))
            painter.drawLine(place.topLeft(), place.bottomLeft())
            painter.drawLine(place.topRight(), place.bottomRight())
            painter.restore()
