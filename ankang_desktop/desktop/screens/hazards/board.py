"""The board: five lanes of cards side by side, each with its counts; too narrow a window scrolls them sideways."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from ankang_desktop.actions.hazards import COLUMNS, Board, Card
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.hazards.cards import CARD, CardDelegate, CardsModel
from ankang_desktop.desktop.widgets import label, link
from ankang_desktop.ledgers.hazards.words import Stage

_NARROWEST = 188


class Lanes(QScrollArea):
    """The lanes. `chosen` carries the selected cards of the one lane that has any."""

    chosen = Signal(object)
    opened = Signal(str)
    counted = Signal(object, bool)  # stage, whether only the overdue
    more_wanted = Signal(object)  # the lane

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("transparent", "true")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.lanes = [Lane(stage) for stage in COLUMNS]
        for lane in self.lanes:
            lane.chosen.connect(partial(self._chosen, lane))
            lane.opened.connect(self.opened)
            lane.counted.connect(self.counted)
            lane.list.beside.connect(partial(self._step_over, lane))
            lane.list.came.connect(partial(self.ensureWidgetVisible, lane, 0, 0))
            lane.model.more_wanted.connect(partial(self.more_wanted.emit, lane))
            row.addWidget(lane, 1)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)

    def put(self, board: Board, selected: str) -> None:
        """Show a board; the cards that were marked stay so in the lane they are in now, else that of a number is."""
        kept = {each.number for each in self.cards()} or {selected}
        for lane, column in zip(self.lanes, board.columns, strict=True):
            lane.put(column.cards, column.count, column.overdue, kept)
        fullest = max(self.lanes, key=lambda lane: len(lane.chosen_cards()))
        for lane in self.lanes:
            if lane is not fullest:
                lane.select("")  # several are of one lane: they take their steps together
        if fullest.chosen_cards():
            self.ensureWidgetVisible(fullest, 0, 0)

    def select(self, number: str) -> None:
        """Mark the card of a number, without telling; several marked cards stay while it is one of them."""
        lane = next((each for each in self.lanes if each.model.row_of(number) >= 0), None)
        for each in self.lanes:
            each.select(number if each is lane else "")
        if lane is not None:
            self.ensureWidgetVisible(lane, 0, 0)

    def cards(self) -> list[Card]:
        """Return the selected cards."""
        return [each for lane in self.lanes for each in lane.chosen_cards()]

    def look_at_chosen(self) -> None:
        """Scroll to the selected card, where the window changed its size."""
        for lane in self.lanes:
            if lane.chosen_cards():
                self.ensureWidgetVisible(lane, 0, 0)
                lane.list.scrollTo(lane.list.currentIndex())

    def begin(self) -> None:
        """Take the keys: the selected card, else the first lane that has any."""
        lane = next((each for each in self.lanes if each.chosen_cards()), None)
        lane = lane or next((each for each in self.lanes if each.model.cards), self.lanes[0])
        lane.list.setFocus()

    def _chosen(self, lane: Lane) -> None:
        for other in self.lanes:
            if other is not lane:
                other.select("")
        self.chosen.emit(lane.chosen_cards())

    def _step_over(self, lane: Lane, by: int) -> None:
        """Go to the next lane to a side that has cards, at about the same height."""
        at = self.lanes.index(lane) + by
        while 0 <= at < len(self.lanes):
            other = self.lanes[at]
            if other.model.cards:
                row = min(max(0, lane.list.currentIndex().row()), len(other.model.cards) - 1)
                other.list.setFocus()
                other.list.setCurrentIndex(other.model.index(row))
                return
            at += by


class Lane(QFrame):
    """One stage: its name, how many, how many overdue, its cards."""

    chosen = Signal()
    opened = Signal(str)
    counted = Signal(object, bool)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setObjectName("lane")
        self.setMinimumWidth(px(_NARROWEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(8), px(4), px(4))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setContentsMargins(px(6), 0, px(4), 0)
        head.setSpacing(px(4))
        head.addWidget(label(stage.value, "strong"))
        self.number = link("…", partial(self._count, is_overdue=False))
        self.late = link("", partial(self._count, is_overdue=True))
        self.late.setProperty("tone", "danger")
        self.late.hide()
        head.addWidget(self.number)
        head.addStretch(1)
        head.addWidget(self.late)
        column.addLayout(head)
        self.model = CardsModel(self)
        self.list = CardList(self.model, stage.value)
        column.addWidget(self.list, 1)
        self._is_told = True  # what the page marks itself is no choice of the person
        self.list.selectionModel().selectionChanged.connect(self._tell)
        self.list.opened.connect(self.opened)

    def put(self, cards: Sequence[Card], count: int, overdue: int, kept: Collection[str]) -> None:
        """Show the lane, the cards of the numbers kept marked where they are here; looked at if they have just come."""
        scrolled, had_marked = self.list.verticalScrollBar().value(), bool(self.chosen_cards())
        self._is_told = False
        self.model.put(cards, count)
        self._mark(sorted(self.model.row_of(number) for number in kept))
        self._is_told = True
        if had_marked or not self.chosen_cards():
            self.list.verticalScrollBar().setValue(scrolled)
        self.number.setText(str(count))
        self.number.setAccessibleName(f"{self.stage.value} {count} 条")
        self.late.setText(f"逾期 {overdue}")
        self.late.setAccessibleName(f"{self.stage.value}，逾期 {overdue} 条")
        self.late.setVisible(overdue > 0)

    def select(self, number: str) -> None:
        """Mark the card of a number alone, unless it is marked among others; none where it is not here."""
        row = self.model.row_of(number) if number else -1
        if row >= 0 and any(each.number == number for each in self.chosen_cards()):
            return
        self._is_told = False
        self.list.selectionModel().clear()
        self._mark([row])
        self._is_told = True

    def chosen_cards(self) -> list[Card]:
        """Return the selected cards."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.cards[row] for row in rows if row < len(self.model.cards)]

    def _tell(self, *_: object) -> None:
        if self._is_told:
            self.chosen.emit()

    def _mark(self, rows: Sequence[int]) -> None:
        selection = self.list.selectionModel()
        for row in (each for each in rows if each >= 0):
            index = self.model.index(row)
            selection.select(index, QItemSelectionModel.SelectionFlag.Select)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.list.scrollTo(index)

    def _count(self, *, is_overdue: bool) -> None:
        self.counted.emit(self.stage, is_overdue)


class CardList(QListView):
    """The cards; Enter opens the record, ← and → go to the lanes beside."""

    opened = Signal(str)
    beside = Signal(int)
    came = Signal()

    def __init__(self, model: CardsModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setProperty("plain", "true")
        self.setAccessibleName(f"{name}的隐患")
        self.setItemDelegate(CardDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(CARD).number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(CARD).number)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and not event.modifiers():
            self.beside.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.selectionModel().hasSelection():  # the panel came or went beside the board
            self.scrollTo(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setFont(font("caption"))
            painter.setPen(QColor(current().palette.faint))
            room = QRect(0, px(16), self.viewport().width(), px(40))
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, "暂无")
