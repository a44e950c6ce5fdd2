"""The table itself: badges, tones, widths and columns remembered, keys."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView

from ankang_desktop.desktop.ledger.model import ROW, RecordsModel
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets.cells import Cell, Index, settle

_WIDTHS = {
    "text": 180,
    "day": 104,
    "moment": 140,
    "choice": 110,
    "tags": 170,
    "link": 120,
    "yes_no": 84,
    "whole": 92,
    "amount": 92,
}
_ELASTIC = {"text", "tags"}  # kinds whose columns share what is left over, or give way where it is tight
_LEAST = 110


class RecordsView(QTableView):
    """A table of records: Enter or double click opens, Delete removes, Ctrl+C copies rows for Excel."""

    opened = Signal(int)
    delete_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, model: RecordsModel) -> None:
        super().__init__()
        self.records = model
        self.setModel(model)
        self.setAccessibleName(model.ledger.title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setSortingEnabled(False)
        self.setItemDelegate(_Cell(self))
        settle(self)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setMinimumSectionSize(px(48))
        head.setStretchLastSection(False)
        # To paint itself a head asks for every cell of a column whether it is selected: 180,000 questions, 0.3 s.
        head.setSelectionModel(QItemSelectionModel(model, head))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def spread(self, kept: dict[str, int]) -> None:
        """Give every column its width: the one kept, else by its kind; the widest text takes what is left over."""
        keys = self.records.keys
        fields = self.records.ledger.fields
        wanted = {key: kept.get(key) or self._width(key) for key in keys}
        bar = 0 if self.verticalScrollBar().isVisible() else px(14)
        free = self.viewport().width() - sum(wanted.values()) - px(92) - bar
        texts = [key for key in keys if fields[key].kind.name in _ELASTIC and key != "number" and key not in kept]
        for key in texts:
            wanted[key] = max(px(_LEAST), wanted[key] + free // len(texts))
        for place, key in enumerate(keys):
            self.setColumnWidth(place, wanted[key])
        self.setColumnWidth(len(keys), px(88))

    def widths(self) -> dict[str, int]:
        """Return the widths of the columns by field."""
        return {key: self.columnWidth(place) for place, key in enumerate(self.records.keys)}

    def chosen_rows(self) -> list[int]:
        """Return the selected rows from the top; asked by ranges, for an index each of 20,000 rows takes 0.6 s."""
        ranges = [(each.top(), each.bottom() + 1) for each in self.selectionModel().selection().toList()]
        return sorted({row for first, end in ranges for row in range(first, end)})

    def chosen_ids(self) -> list[int]:
        """Return the ids of the selected records, in the order shown."""
        return [self.records.ids[row] for row in self.chosen_rows()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_C and is_control:
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _width(self, key: str) -> int:
        if key == "number":
            return px(124)
        field = self.records.ledger.fields[key]
        head = QFontMetrics(font(bold=True)).horizontalAdvance(field.label) + px(34)
        return max(px(_WIDTHS[field.kind.name]), head)


class _Cell(Cell):
    """Red where the record is late; badges for stage and proof."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        row = index.data(ROW)
        palette: QPalette = option.palette
        if row is not None and row.tone == "danger":
            palette.setColor(QPalette.ColorRole.Text, QColor(current().palette.danger))
            palette.setColor(QPalette.ColorRole.HighlightedText, QColor(current().palette.danger))
