"""The cards of a column: a model that grows as it is scrolled, and the painting of one card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ankang_desktop.actions.hazards import SOON, Card
from ankang_desktop.actions.urging import days_in_words
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets.painted import paint_badge

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CARD = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


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
        if list(cards) != self.cards[: len(cards)] or len(self.cards) > count:
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

    def row_of(self, number: str) -> int:
        """Return the row of a running number, -1 where it is not shown."""
        return next((row for row, each in enumerate(self.cards) if each.number == number), -1)

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
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{each.number} {each.description}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (each.description, each.place, each.responsible, due_words(each))))
        if role == Qt.ItemDataRole.ToolTipRole:
            whose = f"责任人 {each.responsible}" if each.responsible else "未定责任人"
            where = "　".join(filter(None, (each.place, each.team, whose)))
            return "\n".join(filter(None, (each.number, each.description, where, due_words(each))))
        return None


def due_words(card: Card) -> str:
    """Return how a hazard stands to its deadline: “11-16 已逾期 5 天”, “2026-09-21 销号”, “11-19 发现”."""
    if card.closed_on is not None:
        return f"{card.closed_on} 销号"
    if card.days_left is None or card.deadline is None:
        return f"{card.found_on:%m-%d} 发现，未定时限"
    return f"{card.deadline:%m-%d} {days_in_words(card.days_left)}"


def tone_of(card: Card) -> str:
    """Return the tone of a card: danger when overdue, warning when due soon, good when closed, "" else."""
    if card.closed_on is not None:
        return "warning" if card.is_bare else "good"
    if card.days_left is None:
        return ""
    return "danger" if card.is_overdue else "warning" if card.days_left <= SOON else ""


def badges_of(card: Card) -> list[tuple[str, str]]:
    """Return the badges of a card: (words, tone)."""
    found = [("重大", "danger")] if card.is_major else []
    if card.extensions:
        found.append((f"延期{card.extensions}", "info"))
    return found


class CardDelegate(QStyledItemDelegate):
    """Paints a card: number and badges, what is wrong in two lines, where, how long there is left and whose it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        small, body = QFontMetrics(font("caption")), QFontMetrics(font())
        return QSize(px(120), small.height() * 3 + body.height() * 2 + px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        each: Card = index.data(CARD)
        place = QRectF(option.rect).adjusted(px(2), px(3), -px(2), -px(3))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, place, tone_of(each))
        inside = place.adjusted(px(12), px(7), -px(9), -px(7))
        small, body = QFontMetrics(font("caption")), QFontMetrics(font())
        self._head(painter, QRectF(inside.left(), inside.top(), inside.width(), small.height() + px(2)), each)
        top = inside.top() + small.height() + px(5)
        painter.setFont(font())
        painter.setPen(QColor(current().palette.text))
        for line in in_lines(each.description, font(), inside.width(), 2):
            painter.drawText(QRectF(inside.left(), top, inside.width(), body.height()), _LEFT, line)
            top += body.height()
        self._foot(painter, inside, each, small)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, place: QRectF, tone: str) -> None:
        colours = current().palette
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        is_marked = is_chosen or is_focused
        painter.setPen(QPen(QColor(colours.accent if is_marked else colours.line), 2 if is_marked else 1))
        fill = colours.accent_wash if is_chosen else colours.raised if is_hovered else colours.surface
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(place, 7, 7)
        if tone in {"danger", "warning"}:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(colours, tone)))
            painter.drawRoundedRect(
                QRectF(place.left() + px(3), place.top() + px(8), px(3), place.height() - px(16)), 1.5, 1.5
            )

    def _head(self, painter: QPainter, line: QRectF, each: Card) -> None:
        painter.setFont(font("caption"))
        painter.setPen(QColor(current().palette.soft))
        painter.drawText(line, _LEFT, each.number)
        small, right = QFontMetrics(font("caption")), line.right()
        for words, tone in badges_of(each):
            wide = small.horizontalAdvance(words) + px(12)
            paint_badge(painter, QRectF(right - wide, line.top(), wide, line.height()), words, tone)
            right -= wide + px(4)

    def _foot(self, painter: QPainter, inside: QRectF, each: Card, small: QFontMetrics) -> None:
        colours, tone = current().palette, tone_of(each)
        high = small.height()
        where = QRectF(inside.left(), inside.bottom() - 2 * high - px(3), inside.width(), high)
        due = QRectF(inside.left(), inside.bottom() - high, inside.width(), high)
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.soft))
        told = " · ".join(filter(None, (each.place, each.team)))
        painter.drawText(where, _LEFT, small.elidedText(told, Qt.TextElideMode.ElideRight, round(where.width())))
        words = "缺整改后照片" if each.is_bare else due_words(each)
        painter.setPen(QColor(getattr(colours, tone) if tone in {"danger", "warning"} else colours.soft))
        painter.drawText(due, _LEFT, small.elidedText(words, Qt.TextElideMode.ElideRight, round(due.width())))
        left = due.width() - small.horizontalAdvance(words) - px(8)
        painter.setPen(QColor(colours.soft))
        if small.horizontalAdvance(each.responsible) <= left:
            painter.drawText(due, _RIGHT, each.responsible)


def in_lines(text: str, with_font: QFont, width: float, most: int) -> list[str]:
    """Return a text broken into at most so many lines of a width, the last one elided."""
    layout = QTextLayout(text, with_font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found: list[str] = []
    layout.beginLayout()
    while len(found) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        rest = text[start:]
        is_last = len(found) == most - 1
        found.append(
            QFontMetrics(with_font).elidedText(rest, Qt.TextElideMode.ElideRight, int(width))
            if is_last
            else rest[:length]
        )
    layout.endLayout()
    return found
