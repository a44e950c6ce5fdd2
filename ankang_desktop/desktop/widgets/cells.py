"""What every table has in common: rows of one height, a cell of words or a badge, a thin line below."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.widgets.painted import paint_badge
from ankang_desktop.kernel.text import half_widths

Index = QModelIndex | QPersistentModelIndex
BADGE = Qt.ItemDataRole.UserRole + 1  # (text, palette tone or "") of a cell painted as a badge, else None
HIGH = 34
_MEASURED = 3
_BESIDE_BADGE = 28  # the room of its words in a cell, at both sides together


def badge_width(text: str) -> int:
    """Return how wide a cell must be for its badge to be whole."""
    return QFontMetrics(font("caption")).horizontalAdvance(text) + px(_BESIDE_BADGE) + 1


def widest(metrics: QFontMetrics, texts: Iterable[str]) -> int:
    """Return how wide the longest of these texts is, 0 without any; only the few that may be it are measured."""
    longest = heapq.nlargest(_MEASURED, set(texts), key=half_widths)
    return max(map(metrics.horizontalAdvance, longest), default=0)


def chosen_ranges(view: QTableView) -> list[range]:
    """Return the selected rows from the top, as ranges of which no two touch: a million rows are one range."""
    found: list[range] = []
    selected = view.selectionModel().selection().toList()
    for first, end in sorted((each.top(), each.bottom() + 1) for each in selected):
        if found and first <= found[-1].stop:
            found[-1] = range(found[-1].start, max(end, found[-1].stop))
        else:
            found.append(range(first, end))
    return found


def chosen_number(view: QTableView) -> int:
    """Return how many rows are selected."""
    return sum(len(each) for each in chosen_ranges(view))


def settle(view: QTableView, high: int = HIGH) -> None:
    """Give a table that has its model its rows of one height, a quiet head, and Tab back to the page."""
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    rows = view.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(px(high))
    head = view.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    # To paint itself a head asks for every cell of a column whether it is selected: 180,000 questions, 0.3 s.
    head.setSelectionModel(QItemSelectionModel(view.model(), head))


class Cell(QStyledItemDelegate):
    """A cell: words, or the badge its model names; heirs add colours, editors and lines of their own."""

    high = HIGH

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(60), px(self.high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        badge = self.badge(index)
        if badge and badge[0]:
            self._paint_badge(painter, option, index, *badge)
        else:
            super().paint(painter, option, index)
        place = QRectF(option.rect)
        painter.save()
        painter.setPen(QColor(current().palette.line))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.restore()

    def badge(self, index: Index) -> tuple[str, str] | None:
        """Return text and tone of what is painted as a badge."""
        found: tuple[str, str] | None = index.data(BADGE)
        return found

    def _paint_badge(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, text: str, tone: str) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        style, place = ground.widget.style(), QRectF(option.rect)
        style.drawControl(style.ControlElement.CE_ItemViewItem, ground, painter, ground.widget)
        metrics = QFontMetrics(font("caption"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width() - px(_BESIDE_BADGE)))
        wide, high = metrics.horizontalAdvance(shown) + px(14), metrics.height() + px(4)
        painter.save()
        paint_badge(painter, QRectF(place.left() + px(8), place.center().y() - high / 2, wide, high), shown, tone)
        painter.restore()
