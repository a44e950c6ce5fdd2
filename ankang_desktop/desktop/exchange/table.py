"""The table of a preview: badges, red and amber cells, old → new, editing in place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from ankang_desktop.desktop.exchange.model import FIRST, ROW, STATE, WASH, PlanModel
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets.cells import Cell, Index, settle, widest

_HIGH = 32
_LEAST, _MOST = 88, 260
_SAMPLE = 60  # about as many rows, from all over, decide how wide columns are


class PlanView(QTableView):
    """Rows of a plan; F2, typing or a double click edits a cell, Delete empties it."""

    blanked = Signal(object)

    def __init__(self, model: PlanModel) -> None:
        super().__init__()
        self.plan_model = model
        self.setModel(model)
        self.setAccessibleName("导入预览")
        self.setItemDelegate(_Cell(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        settle(self, _HIGH)

    def spread(self) -> None:
        """Give every column a width by its head and its first contents."""
        model, metrics, bold = self.plan_model, QFontMetrics(font()), QFontMetrics(font(bold=True))
        rows = range(0, model.rowCount(), max(1, model.rowCount() // _SAMPLE))
        for column in range(model.columnCount()):
            wide = widest(metrics, (str(model.data(model.index(row, column))) for row in rows)) + px(24)
            head = bold.horizontalAdvance(str(model.headerData(column, Qt.Orientation.Horizontal))) + px(28)
            least = {ROW: px(52), STATE: px(72)}.get(column, px(_LEAST))
            self.setColumnWidth(column, max(least, min(px(_MOST), max(head, wide))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            self.plan_model.setData(index, "")
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._may_edit(index):
            self.edit(index)
        else:
            super().keyPressEvent(event)

    def _may_edit(self, index: QModelIndex) -> bool:
        is_editable = bool(self.plan_model.flags(index) & Qt.ItemFlag.ItemIsEditable)
        return is_editable and self.state() != QAbstractItemView.State.EditingState


class _Cell(Cell):
    """A cell on a ground of its colour; the state as a badge."""

    high = _HIGH

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        editor.setStyleSheet(f"border-radius: 0; min-height: 0; padding: 0 {px(4)}px;")
        return editor

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, place, wash = current().palette, QRectF(option.rect), str(index.data(WASH) or "")
        if wash:
            painter.fillRect(place.adjusted(0, 0, -1, -1), QColor(getattr(colours, f"{wash}_wash")))
        super().paint(painter, option, index)
        if wash in {"danger", "warning"}:
            below = QRectF(place.left(), place.bottom() - 2, place.width() - 1, 2)
            painter.fillRect(below, QColor(getattr(colours, wash)))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.column() < FIRST:
            role = option.palette.ColorRole.Text
            option.palette.setColor(role, QColor(current().palette.faint))
