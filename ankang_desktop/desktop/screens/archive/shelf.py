"""The list at the left: the rows of the card under their sections, or the boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.archive.lines import Entry
from ankang_desktop.desktop.screens.archive.model import ROOT
from ankang_desktop.desktop.widgets.cells import Index
from ankang_desktop.desktop.widgets.painted import paint_badge

ENTRY = Qt.ItemDataRole.UserRole


class EntriesModel(QAbstractListModel):
    """The entries."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries; where they are the same rows or boxes, the view stays as it is."""
        fresh = tuple(entries)
        if [each.key for each in fresh] == [each.key for each in self.entries]:
            self.entries = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self.entries = fresh
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{entry.title}\n{entry.detail}，{entry.count}"
        return None


class EntriesView(QListView):
    """`chosen` carries the key of the entry stood on."""

    chosen = Signal(str)

    def __init__(self, model: EntriesModel) -> None:
        super().__init__()
        self.listed = model
        self.setModel(model)
        self.setItemDelegate(_Row(self))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._moved)

    def current(self) -> Entry | None:
        """Return the entry stood on."""
        found: Entry | None = self.currentIndex().data(ENTRY) if self.currentIndex().isValid() else None
        return found

    def stand_on(self, key: str) -> None:
        """Stand on an entry, on the first where there is none of this key."""
        keys = [each.key for each in self.listed.entries]
        if keys:
            self.setCurrentIndex(self.listed.index(keys.index(key) if key in keys else 0))

    def _moved(self, index: QModelIndex, _: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ENTRY).key)


class _Row(QStyledItemDelegate):
    """An entry: its section above where one begins, its words, its count, what is missing in red."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(40) + (px(26) if index.data(ENTRY).head else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        colours = current().palette
        place = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.head:
            painter.setFont(font("caption", bold=True))
            painter.setPen(QColor(colours.faint))
            head = QRectF(place.left() + px(10), place.top() + px(6), place.width() - px(20), px(20))
            words = painter.fontMetrics().elidedText(entry.head, Qt.TextElideMode.ElideRight, int(head.width()))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, words)
            place.setTop(place.top() + px(26))
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_on or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_wash if is_on else colours.raised))
            painter.drawRoundedRect(place.adjusted(px(4), 1, -px(4), -1), px(6), px(6))
        self._words(painter, place, entry, is_on=is_on)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, place: QRectF, entry: Entry, *, is_on: bool) -> None:
        colours = current().palette
        small = QFontMetrics(font("caption"))
        right = place.right() - px(12)
        wide = small.horizontalAdvance(entry.count)
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.soft))
        painter.drawText(
            QRectF(right - wide, place.top(), wide, place.height()), Qt.AlignmentFlag.AlignVCenter, entry.count
        )
        right -= wide + px(8)
        if entry.bad:
            text, high = str(entry.bad), small.height() + px(2)
            wide = max(high, small.horizontalAdvance(text) + px(10))
            badge = QRectF(right - wide, place.center().y() - high / 2, wide, high)
            paint_badge(painter, badge, text, "danger")
            right -= wide + px(8)
        painter.setFont(font("body", bold=is_on))
        painter.setPen(QColor(colours.text))
        room = right - place.left() - px(12)
        words = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(
            QRectF(place.left() + px(12), place.top(), room, place.height()), Qt.AlignmentFlag.AlignVCenter, words
        )
