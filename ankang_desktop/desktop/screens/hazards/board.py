"""The columns of the board: cards painted by a delegate, the most urgent first, more as they are scrolled to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.actions.hazards import Card
from ankang_desktop.actions.urging import days_in_words
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets import Badge, label, link
from ankang_desktop.desktop.widgets.painted import paint_badge
from ankang_desktop.ledgers.hazards.words import Stage

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CARD = Qt.ItemDataRole.UserRole
_HIGH = 100


class CardsModel(QAbstractListModel):
    """The cards of one column; `more_wanted` asks for those after the ones shown."""

    more_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []
        self.count = 0
        self._is_asked = False

    def put(self, cards: Sequence[Card], count: int) -> None:
        """Show the first cards of `count`."""
        self._is_asked = False
        self.count = count
        if list(cards) != self.cards:
            self.beginResetModel()
            self.cards = list(cards)
            self.endResetModel()

    def add(self, cards: Sequence[Card]) -> None:
        """Show further cards below."""
        self._is_asked = False
        known = {each.id for each in self.cards}
        fresh = [each for each in cards if each.id not in known]
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self.cards), len(self.cards) + len(fresh) - 1)
            self.cards += fresh
            self.endInsertRows()
        else:
            self.count = len(self.cards)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.cards)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self.cards) < self.count and not self._is_asked

    def fetchMore(self, parent: Index) -> None:
        self._is_asked = True
        self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        each = self.cards[index.row()]
        if role == CARD:
            return each
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{each.number} {each.description}"
        if role == Qt.ItemDataRole.ToolTipRole:
            whose = f"{each.place}　{each.team}　责任人 {each.responsible}"
            return f"{each.number}\n{each.description}\n{whose}\n{due_words(each)}"
        return None


def due_words(card: Card) -> str:
    """Return how a hazard stands to its deadline."""
    if card.closed_on is not None:
        return f"{card.closed_on} 销号"
    if card.days_left is None:
        return f"{card.found_on} 发现"
    extended = f"（延期{card.extensions}次）" if card.extensions else ""
    return f"{days_in_words(card.days_left)}{extended}"


class ColumnView(QWidget):
    """One stage: its name, how many, how many late, its cards."""

    chosen = Signal(object)  # the card
    opened = Signal(str)
    counted = Signal(object, bool)  # stage, only the overdue

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(4))
        head.addWidget(label(stage.value, "strong"))
        self.number = link("…", lambda: self.counted.emit(stage, False))
        self.late = link("", lambda: self.counted.emit(stage, True))
        head.addWidget(self.number)
        head.addStretch(1)
        self.badge = Badge("", "danger")
        self.badge.hide()
        head.addWidget(self.badge)
        column.addLayout(head)
        self.model = CardsModel(self)
        self.list = _Cards(self)
        column.addWidget(self.list, 1)

    def put(self, cards: Sequence[Card], count: int, overdue: int) -> None:
        """Show the column."""
        self.model.put(cards, count)
        self.number.setText(str(count))
        self.number.setAccessibleName(f"{self.stage.value} {count} 条")
        self.badge.set_text(f"逾期 {overdue}", "danger")
        self.badge.setVisible(overdue > 0)

    def select(self, number: str) -> None:
        """Mark a card by its number, or none."""
        rows = [row for row, each in enumerate(self.model.cards) if each.number == number]
        self.list.blockSignals(True)
        if rows and self.list.currentIndex().row() != rows[0]:
            self.list.setCurrentIndex(self.model.index(rows[0]))
        elif not rows:
            self.list.clearSelection()
        self.list.blockSignals(False)

    def chosen_cards(self) -> list[Card]:
        """Return the selected cards."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.cards[row] for row in rows]


class _Cards(QListView):
    """The list of a column; Enter opens the record."""

    def __init__(self, column: ColumnView) -> None:
        super().__init__()
        self._column = column
        self.setModel(column.model)
        self.setAccessibleName(column.stage.value)
        self.setItemDelegate(_CardDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSpacing(2)
        self.selectionModel().selectionChanged.connect(self._told)
        self.doubleClicked.connect(lambda index: column.opened.emit(index.data(CARD).number))

    def _told(self) -> None:
        chosen = self._column.chosen_cards()
        if chosen:
            self._column.chosen.emit(chosen[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._column.opened.emit(self.currentIndex().data(CARD).number)
        else:
            super().keyPressEvent(event)


class _CardDelegate(QStyledItemDelegate):
    """Paints a card: number and mark, what is wrong, where, whose, how long there is left."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(120), px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, each = current().palette, index.data(CARD)
        is_late = each.days_left is not None and each.days_left < 0 and each.closed_on is None
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        place = QRectF(option.rect).adjusted(3, 2, -3, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colours.accent if is_chosen else colours.danger if is_late else colours.line
        painter.setPen(QPen(QColor(edge), 2 if is_chosen else 1))
        painter.setBrush(
            QColor(colours.accent_wash if is_chosen else colours.danger_wash if is_late else colours.surface)
        )
        painter.drawRoundedRect(place, 6, 6)
        inside = place.adjusted(px(8), px(5), -px(8), -px(5))
        small, body = QFontMetrics(font("caption")), QFontMetrics(font())
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.soft))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, each.number)
        if each.is_major:
            wide = small.horizontalAdvance("重大") + px(12)
            badge = QRectF(inside.right() - wide, inside.top(), wide, small.height() + px(2))
            paint_badge(painter, badge, "重大", "danger")
        top = inside.top() + small.height() + px(2)
        painter.setFont(font())
        painter.setPen(QColor(colours.text))
        words = body.elidedText(each.description, Qt.TextElideMode.ElideRight, round(inside.width()))
        painter.drawText(QRectF(inside.left(), top, inside.width(), body.height()), Qt.AlignmentFlag.AlignLeft, words)
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.soft))
        told = "　".join(part for part in (each.place, each.team or each.responsible) if part)
        told = small.elidedText(told, Qt.TextElideMode.ElideRight, round(inside.width()))
        below = QRectF(inside.left(), top + body.height() + px(1), inside.width(), small.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, told)
        painter.setPen(QColor(colours.danger if is_late else colours.soft))
        due = small.elidedText(due_words(each), Qt.TextElideMode.ElideRight, round(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, due)
        painter.restore()
