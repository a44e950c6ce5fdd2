"""The table itself: badges, tones, widths and columns remembered, keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ankang_desktop.desktop.ledger.model import BADGE, ROW, RecordsModel
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets.painted import paint_badge

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
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(False)
        self.setItemDelegate(_Cell(self))
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(px(34))
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(px(48))
        head.setStretchLastSection(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
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

    def chosen_ids(self) -> list[int]:
        """Return the ids of the selected records, in the order shown."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        return [self.records.ids[row] for row in sorted(rows)]

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


class _Cell(QStyledItemDelegate):
    """A cell: plain text, red where the record is late, a badge for stage and proof; a thin line below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(60), px(34))

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        row = index.data(ROW)
        palette: QPalette = option.palette
        if row is not None and row.tone == "danger":
            palette.setColor(QPalette.ColorRole.Text, QColor(current().palette.danger))
            palette.setColor(QPalette.ColorRole.HighlightedText, QColor(current().palette.danger))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        badge = index.data(BADGE)
        place = QRectF(option.rect)
        if badge is None:
            super().paint(painter, option, index)
        else:
            blank = QStyleOptionViewItem(option)
            self.initStyleOption(blank, index)
            blank.text = ""
            style = blank.widget.style()
            style.drawControl(style.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
            text, tone = badge
            metrics = QFontMetrics(font("caption"))
            wide, high = metrics.horizontalAdvance(text) + px(14), metrics.height() + px(4)
            painter.save()
            paint_badge(painter, QRectF(place.left() + px(8), place.center().y() - high / 2, wide, high), text, tone)
            painter.restore()
        painter.save()
        painter.setPen(QColor(current().palette.line))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.restore()
