"""What a plan has to say, one line each: faults, advice, notes; a fault knows its row and its cell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ankang_desktop.desktop.look import current, font, px

if TYPE_CHECKING:
    from ankang_desktop.exchange.drafts import Fault
    from ankang_desktop.exchange.incoming import Plan

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
POINT = Qt.ItemDataRole.UserRole + 1
FAULTS, ADVICE, NOTES = range(3)
MOST = 1_000  # points listed


@dataclass(frozen=True, slots=True)
class Point:
    """One line: where (“第19行 发现日期”), what; `planned` is the row among all rows (-1: none)."""

    where: str
    text: str
    planned: int = -1
    fault: Fault | None = None


def points_of(plan: Plan, which: int) -> list[Point]:
    """Return the faults, the advice or the notes of a plan."""
    if which == NOTES:
        return [Point("", note) for note in plan.notes]
    mains = plan.understood.mains
    main = mains[0].sheet.name if len(mains) == 1 else ""  # of several each fault names its own
    found = (
        Point(_where(fault, main), fault.text, at, fault)
        for at, row in enumerate(plan.rows)
        for fault in (row.faults if which == FAULTS else row.advice)
    )
    listed = list(islice(found, MOST))
    more = count_of(plan, which) - len(listed)
    return (
        [*listed, Point("", f"另有 {more} 处没有列出；先改好上面这些，或存为红色工作簿在 Excel 里改")]
        if more
        else listed
    )


def count_of(plan: Plan, which: int) -> int:
    """Return how many faults, pieces of advice or notes a plan has."""
    if which == NOTES:
        return len(plan.notes)
    return len(plan.faults if which == FAULTS else plan.advice)


def _where(fault: Fault, main: str) -> str:
    sheet = "" if fault.sheet == main else f"“{fault.sheet}”"
    column = f"（{fault.column}列）" if fault.column else ""
    return f"{sheet}第{fault.row}行 {fault.label}{column}"


class PointsModel(QAbstractListModel):
    """The points of one kind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.points: list[Point] = []

    def show_points(self, points: list[Point]) -> None:
        """Show these points."""
        self.beginResetModel()
        self.points = points
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.points)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        point = self.points[index.row()]
        if role == POINT:
            return point
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{point.where}：{point.text}" if point.where else point.text
        return None


class PointDelegate(QStyledItemDelegate):
    """Two lines for a fault: where it is, and the sentence; as many as it takes for a note."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        point: Point = index.data(POINT)
        colours = current().palette
        rect, state = QRectF(option.rect), option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_wash))
        inner = rect.adjusted(px(10), px(6), -px(8), -px(6))
        if point.where:
            painter.setPen(QColor(colours.soft))
            painter.setFont(font("caption"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, point.where)
            inner.adjust(0, painter.fontMetrics().height() + px(2), 0, 0)
        painter.setPen(QColor(colours.text))
        painter.setFont(font())
        wrapped = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(inner, point.text, wrapped)
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        point: Point = index.data(POINT)
        metrics = option.fontMetrics
        view = option.widget
        room = (view.viewport().width() if isinstance(view, QListView) else px(280)) - px(20)
        lines = max(1, -(-metrics.horizontalAdvance(point.text) // max(1, room - metrics.averageCharWidth())))
        head = metrics.height() if point.where else 0
        return QSize(px(120), head + lines * metrics.lineSpacing() + px(16))
