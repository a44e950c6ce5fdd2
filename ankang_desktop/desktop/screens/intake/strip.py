"""The roll as a strip of thumbnails, each with what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ankang_desktop.actions.intake import Shot
from ankang_desktop.desktop.evidence.thumbnails import Thumbnails
from ankang_desktop.desktop.look import current, font, pixmap, px
from ankang_desktop.desktop.session import Session

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
STATE = Qt.ItemDataRole.UserRole
SOURCE = Qt.ItemDataRole.UserRole + 1
_SIDE = 64


class State(Enum):
    """What became of a photo: words, icon, palette name."""

    waiting = ("还没看", "", "")
    known = ("已用过", "link", "warning")
    writing = ("正在登记", "clock", "info")
    taken = ("已登记", "circle-check", "good")
    attached = ("已附到隐患", "paperclip", "good")
    skipped = ("跳过", "x", "faint")
    failed = ("没有登记成", "alert-circle", "danger")


class ShotsModel(QAbstractListModel):
    """The photos of a roll with their states."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.shots: tuple[Shot, ...] = ()
        self.states: list[State] = []

    def put(self, shots: Sequence[Shot]) -> None:
        """Take another roll."""
        self.beginResetModel()
        self.shots = tuple(shots)
        self.states = [State.known if each.is_known else State.waiting for each in shots]
        self.endResetModel()

    def set_state(self, at: int, state: State) -> None:
        """Say what became of a photo."""
        self.states[at] = state
        self.dataChanged.emit(self.index(at), self.index(at))

    def count(self, *states: State) -> int:
        """Return how many photos are in these states."""
        return sum(each in states for each in self.states)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.shots)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        shot, state = self.shots[index.row()], self.states[index.row()]
        known = {
            Qt.ItemDataRole.DisplayRole: shot.path.name,
            Qt.ItemDataRole.ToolTipRole: f"{shot.path.name}\n{state.value[0]}",
            Qt.ItemDataRole.AccessibleTextRole: f"{index.row() + 1} {shot.path.name} {state.value[0]}",
            STATE: state,
            SOURCE: str(shot.path),
        }
        return known.get(Qt.ItemDataRole(role)) if role in known else None


class Strip(QListView):
    """The strip; a click or ←/→ and Enter goes to a photo."""

    wanted = Signal(int)

    def __init__(self, session: Session, model: ShotsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setProperty("plain", "true")
        self.setAccessibleName("全部照片")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Thumb(session, self))
        self.setFixedHeight(px(_SIDE) + px(22))
        self.clicked.connect(lambda index: self.wanted.emit(index.row()))
        self.activated.connect(lambda index: self.wanted.emit(index.row()))
        Thumbnails.of(session).ready.connect(self._arrived)

    def stand_at(self, at: int) -> None:
        """Mark a photo and bring it into the middle."""
        index = self.model().index(at, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _arrived(self, _: str, size: int, __: QPixmap) -> None:
        if size == _SIDE:
            self.viewport().update()


class _Thumb(QStyledItemDelegate):
    """One thumbnail: the picture, a mark of its state, a frame around the one in hand."""

    def __init__(self, session: Session, parent: Strip) -> None:
        super().__init__(parent)
        self._thumbnails = Thumbnails.of(session)
        self._strip = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(_SIDE) + px(8), px(_SIDE) + px(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, state = current().palette, index.data(STATE)
        place = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_here = index.row() == self._strip.currentIndex().row()
        painter.setPen(QPen(QColor(colours.accent if is_here else colours.line), 2 if is_here else 1))
        painter.setBrush(QColor(colours.accent_wash if is_here else colours.surface))
        painter.drawRoundedRect(place, 6, 6)
        picture = self._thumbnails.known(index.data(SOURCE), _SIDE, "image/jpeg")
        if picture is None:
            self._thumbnails.ask(index.data(SOURCE), _SIDE, None, "image/jpeg")
        else:
            inside = place.adjusted(px(4), px(4), -px(4), -px(4))
            size = QRectF(
                QPointF(0, 0), picture.deviceIndependentSize().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
            )
            size.moveCenter(inside.center())
            painter.setOpacity(0.45 if state in {State.skipped, State.known} else 1.0)
            painter.drawPixmap(size, picture, QRectF(picture.rect()))
            painter.setOpacity(1.0)
        self._mark(painter, place, state, index.row() + 1)
        painter.restore()

    def _mark(self, painter: QPainter, place: QRectF, state: State, number: int) -> None:
        colours = current().palette
        _, name, tone = state.value
        tag = QRectF(place.left() + px(3), place.top() + px(3), px(20), px(14))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(tag.adjusted(0, 0, px(4), 0), 3, 3)
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.soft))
        painter.drawText(tag.adjusted(0, 0, px(4), 0), Qt.AlignmentFlag.AlignCenter, str(number))
        if name:
            size = px(16)
            spot = QPointF(place.right() - size - px(3), place.bottom() - size - px(3))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QRectF(spot, QSize(size, size).toSizeF()).adjusted(-2, -2, 2, 2))
            painter.drawPixmap(spot, pixmap(name, size, tone, painter.device().devicePixelRatioF()))
