"""The list at the left: seven sections, twenty-four boxes, each with its scores and a thin bar."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from ankang_desktop.desktop.screens.scorecard.paint import RowPainter
from ankang_desktop.desktop.screens.scorecard.words import most_text, score_text
from ankang_desktop.scoring.card import ZERO, Card, RowResult, SectionResult, State, Which

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Line:
    """A line of the list: a section's heading (`row` None), or a box of it; `before` is last year's score."""

    section: SectionResult
    row: RowResult | None = None
    before: Decimal | None = None

    @property
    def pending(self) -> Decimal:
        """Return the points of the box that wait for a declaration."""
        units = self.row.units if self.row else ()
        return sum((unit.points for unit in units if unit.state is State.pending), ZERO)

    @property
    def potential(self) -> Decimal:
        """Return what the box would have if its records were completed."""
        units = self.row.units if self.row else ()
        return sum((max(unit.potential or ZERO, unit.suggested or ZERO) for unit in units), ZERO)

    @property
    def has_some_self(self) -> bool:
        """Whether some but not all units of the box have a 自评分."""
        units = self.row.units if self.row else ()
        return 0 < sum(unit.self_score is not None for unit in units) < len(units)

    @property
    def words(self) -> str:
        """Return the line as it is read aloud."""
        if self.row is None:
            return f"{self.section.name}，满分{most_text(self.section.points)}，建议分{score_text(self.section.sum())}"
        row = self.row
        scores = "，".join(
            f"{which.value}{score_text(row.sum(which))}" for which in (Which.suggested, Which.self, Which.assessed)
        )
        waiting = f"，{most_text(self.pending)}分待确认" if self.pending else ""
        return f"第{row.number}行 {row.text} {scores}，满分{most_text(row.points)}{waiting}"


class RowsModel(QAbstractListModel):
    """The lines of a card; a card of the same shape changes them in place, so place and selection stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_card(self, card: Card, before: dict[int, Decimal | None]) -> None:
        """Show a card, with last year's boxes by their row numbers."""
        lines = tuple(
            line
            for section in card.sections
            for line in (Line(section), *(Line(section, row, before.get(row.number)) for row in section.rows))
        )
        if _shape(lines) == _shape(self.lines):
            self.lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
        else:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def place_of(self, number: int) -> int:
        """Return where a printed row stands, -1 where it is not on the card."""
        return next((at for at, line in enumerate(self.lines) if line.row and line.row.number == number), -1)

    # --- Qt's questions ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.lines[index.row()].row is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return line.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.row.text if line.row else line.section.name
        return None


def _shape(lines: tuple[Line, ...]) -> list[tuple[str, int]]:
    return [(line.section.code, line.row.number if line.row else 0) for line in lines]


class RowsView(QListView):
    """The list; `chosen` tells the number of the row stood on, `entered` that the person wants to work on it."""

    chosen = Signal(int)
    entered = Signal()

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self.listed = model
        self.setModel(model)
        self.setItemDelegate(RowPainter(self))
        self.setAccessibleName("评分表各行")
        self.setProperty("plain", "true")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda _: self.entered.emit())

    def choose(self, number: int) -> None:
        """Stand on a row."""
        if (place := self.listed.place_of(number)) >= 0:
            self.setCurrentIndex(self.listed.index(place))
            self.scrollTo(self.currentIndex())

    def number(self) -> int:
        """Return the number of the row stood on, 0 where there is none."""
        index = self.currentIndex()
        line = self.listed.lines[index.row()] if index.isValid() else None
        return line.row.number if line and line.row else 0

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if (number := self.number()) > 0:
            self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
