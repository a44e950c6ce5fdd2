"""The table itself: badges, tones, widths and columns remembered, keys."""

from __future__ import annotations

from itertools import chain, islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView

from ankang_desktop.desktop.ledger.model import RecordsModel
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets.cells import Cell, Index, chosen_number, chosen_ranges, settle, widest

_WIDTHS = {
    "text": 180,
    "day": 104,
    "moment": 140,
    "month": 104,
    "choice": 110,
    "tags": 170,
    "link": 120,
    "code": 180,
    "yes_no": 84,
    "whole": 92,
    "amount": 92,
}
"""How wide a column is while nothing stands in it."""
_ELASTIC = {"text", "code", "tags"}  # kinds whose columns share what is left over
_YIELDING = _ELASTIC | {"choice", "link"}  # kinds whose columns give way where it is tight
_LEAST, _MOST, _PROOF = 110, 420, 92
_SAMPLE = 60  # rows whose texts decide how wide columns are


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
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(_Cell(self))
        settle(self)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setMinimumSectionSize(px(48))
        head.setStretchLastSection(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def spread(self, kept: dict[str, int]) -> None:
        """Give every column its width: the one kept, else what its head and texts need.

        What is left over texts share by what stands in them, none becoming more than twice as wide; the last column
        takes the rest. Where it is tight the widest words give way, dates and numbers never.
        """
        keys, fields = self.records.keys, self.records.ledger.fields
        wanted = {key: kept.get(key) or self._width(place, key) for place, key in enumerate(keys)}
        bar = 0 if self.verticalScrollBar().isVisible() else self.verticalScrollBar().sizeHint().width()
        free = self.viewport().width() - sum(wanted.values()) - bar - (px(_PROOF) if self.records.has_proof else 0)
        kinds = {key: fields[key].kind.name for key in keys if key != "number" and key not in kept}
        if free >= 0:
            texts = {key: max(wanted[key], px(_LEAST)) for key, kind in kinds.items() if kind in _ELASTIC}
            for key, most in texts.items():
                wanted[key] += min(free * most // sum(texts.values()), most)
        else:
            above = {key: max(0, wanted[key] - px(_LEAST)) for key, kind in kinds.items() if kind in _YIELDING}
            for key, part in above.items():
                wanted[key] += max(-part, free * part // max(1, sum(above.values())))
        for place, key in enumerate(keys):
            self.setColumnWidth(place, wanted[key])
        if self.records.has_proof:
            self.setColumnWidth(len(keys), px(_PROOF))  # what the last column does not become narrower than

    def widths(self) -> dict[str, int]:
        """Return the widths of the columns by field; the last one has what is left over, not a width of its own."""
        last = self.records.columnCount() - 1
        return {key: self.columnWidth(place) for place, key in enumerate(self.records.keys) if place != last}

    def chosen(self) -> list[range]:
        """Return the selected rows from the top, as ranges."""
        return chosen_ranges(self)

    def chosen_number(self) -> int:
        """Return how many rows are selected."""
        return chosen_number(self)

    def chosen_rows(self, most: int | None = None) -> list[int]:
        """Return the selected rows from the top, the first `most` where it is given."""
        return list(islice(chain.from_iterable(self.chosen()), most))

    def chosen_ids(self) -> list[int]:
        """Return the ids of the selected records, in the order shown."""
        return [found for each in self.chosen() for found in self.records.ids[each.start : each.stop]]

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

    def _width(self, place: int, key: str) -> int:
        """Return what a column needs for its head and for the first texts in it."""
        head = str(self.records.headerData(place, Qt.Orientation.Horizontal))
        least = QFontMetrics(font(bold=True)).horizontalAdvance(head) + px(34)
        rows = [self.records.row_at(row) for row in range(min(_SAMPLE, len(self.records.ids)))]
        wide = widest(QFontMetrics(font()), (row.texts[place] for row in rows if row is not None))
        if not wide:
            return max(px(_WIDTHS[self.records.ledger.fields[key].kind.name]), least)
        around = px(44 if self.records.is_stage(place) else 24)
        return max(least, min(px(_MOST), wide + around))


class _Cell(Cell):
    """Red where the record is late; badges for stage and proof.

    It asks the records themselves: by way of the model's roles Qt would ask ten times a cell.
    """

    def __init__(self, view: RecordsView) -> None:
        super().__init__(view)
        self._records = view.records

    def badge(self, index: Index) -> tuple[str, str] | None:
        row = self._records.row_at(index.row())
        return None if row is None else self._records.cell(row, index.column())[1]

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        option.index = index  # type: ignore[assignment]
        option.displayAlignment = self._records.alignment(index.column())
        row = self._records.row_at(index.row())
        if row is None:
            return
        option.text = self._records.cell(row, index.column())[0].replace("\n", "\u2028")  # as Qt itself writes lines
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
        if row.tone == "danger":
            palette: QPalette = option.palette
            palette.setColor(QPalette.ColorRole.Text, QColor(current().palette.danger))
            palette.setColor(QPalette.ColorRole.HighlightedText, QColor(current().palette.danger))
