"""One slot of the panel: its title, what waits for it, its files as thumbnails; drops and keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.files import File, Place
from ankang_desktop.desktop.evidence.cells import CELL, Grid, cell_size
from ankang_desktop.desktop.evidence.model import FILE, LINKS, FilesModel
from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import icon_button, label

_END = 10_000


class SlotView(QWidget):
    """The files of one slot; what is dropped on it, title included, comes here. Signals carry this slot's key."""

    dropped = Signal(str, object)  # key, what was carried
    moved_here = Signal(str, object, int)  # key, links, before which file
    chosen = Signal(str)
    opened = Signal(object)  # the file
    menu_wanted = Signal(object)  # where on the screen
    remove_wanted = Signal()
    describe_wanted = Signal()
    add_wanted = Signal(str)

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__()
        self.place = place
        self.model = FilesModel(session)
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        self._title = label(place.title, "strong")
        head.addWidget(self._title)
        self._hint = label(place.hint, "caption", wrap=True)
        head.addWidget(self._hint, 1)
        self.adder = icon_button("plus", f"往“{place.title}”添加文件", lambda: self.add_wanted.emit(place.key))
        head.addWidget(self.adder)
        column.addLayout(head)
        self.list = _Thumbs(self)
        column.addWidget(self.list)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(place.key))
        self.list.activated.connect(lambda index: self.opened.emit(index.data(FILE)))

    def put(self, files: Sequence[File]) -> None:
        """Show the slot's files; those selected stay so."""
        kept = [each.link for each in self.files_chosen()]
        self.model.put(files)
        self.choose(kept)
        self._title.setText(f"{self.place.title}　{len(files)}" if files else self.place.title)
        self.list.fit()

    def choose(self, links: Sequence[int]) -> None:
        """Select files by their links, beside those selected."""
        chosen = self.list.selectionModel()
        for row, file in enumerate(self.model.files):
            if file.link in links and not chosen.isSelected(self.model.index(row)):
                chosen.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.Select)

    def files_chosen(self) -> list[File]:
        """Return the selected files in their order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.files[row] for row in rows]

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let the files be looked at only."""
        self.model.is_read_only = is_read_only
        self.setAcceptDrops(not is_read_only)
        self.list.setDragEnabled(not is_read_only)
        self.adder.setVisible(not is_read_only)
        self.list.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_welcome(event.mimeData()):
            event.acceptProposedAction()
            self.list.set_over(is_over=True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.list.set_over(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.list.set_over(is_over=False)
        self.take(event.mimeData(), self.list.place_at(self.list.viewport().mapFrom(self, event.position().toPoint())))
        event.acceptProposedAction()

    def take(self, carried: QMimeData, before: int = _END) -> None:
        """Take what was dropped: files of another slot (or another place here), else files from outside."""
        if carried.hasFormat(LINKS):
            links = [int(each) for each in bytes(carried.data(LINKS).data()).decode().split(",") if each]
            self.moved_here.emit(self.place.key, links, before)
        else:
            self.dropped.emit(self.place.key, carried)


class _Thumbs(Grid):
    """The thumbnails of a slot, never scrolled by themselves; an empty one is a strip to drop on."""

    def __init__(self, slot: SlotView) -> None:
        super().__init__(slot.place.title)
        self._slot, self._is_over = slot, False
        self.setModel(slot.model)
        self.setDragEnabled(True)
        self.setAcceptDrops(False)  # the slot takes them, its title included
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fit()

    def fit(self) -> None:
        """Be as high as the files are."""
        rows = -(-len(self._slot.model.files) // self.columns())
        self.setFixedHeight(rows * cell_size(self).height() + 2 if rows else px(52))

    def set_over(self, *, is_over: bool) -> None:
        """Show that something is being dragged over the slot."""
        self._is_over = is_over
        self.viewport().update()

    def place_at(self, point: QPoint) -> int:
        """Return before which file a drop at a point goes: in the right half of a cell, behind it."""
        index = self.indexAt(point)
        if not index.isValid():
            return _END if point.y() >= 0 else 0
        return index.row() + (point.x() > self.visualRect(index).center().x())

    def startDrag(self, _: Qt.DropAction) -> None:
        indexes = self.selectionModel().selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self._slot.model.mimeData(indexes))
        picture = indexes[0].data(CELL).picture
        drag.setPixmap(picture.scaled(QSize(px(72), px(72)), Qt.AspectRatioMode.KeepAspectRatio))
        drag.exec(Qt.DropAction.MoveAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_locked = self._slot.model.is_read_only
        if event.key() == Qt.Key.Key_Delete and not is_locked:
            self._slot.remove_wanted.emit()
        elif event.key() == Qt.Key.Key_F2 and not is_locked:
            self._slot.describe_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not self._slot.model.files:
            self._slot.add_wanted.emit(self._slot.place.key)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selectionModel().hasSelection():
            at = event.globalPos()
            if event.reason() is QContextMenuEvent.Reason.Keyboard:
                at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
            self._slot.menu_wanted.emit(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        is_empty = not self._slot.model.files
        if not is_empty and not self._is_over:
            return
        colours, painter = current().palette, QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_marked = self._is_over or self.hasFocus()
        pen = QPen(QColor(colours.accent if is_marked else colours.strong_line), 2 if self._is_over else 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 6, 6)
        if is_empty:
            painter.setPen(QColor(colours.accent if self._is_over else colours.faint))
            painter.setFont(font("caption"))
            words = "没有文件" if self._slot.model.is_read_only else "拖到这里，或按右上角的 + 选择"
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)


def paths_of(carried: QMimeData) -> list[Path]:
    """Return the local files that a drag or the clipboard carries."""
    return [Path(url.toLocalFile()) for url in carried.urls() if url.isLocalFile()]


def is_welcome(carried: QMimeData) -> bool:
    """Say whether something dragged can be taken: our own files, files of the computer, a picture."""
    return carried.hasFormat(LINKS) or bool(paths_of(carried)) or carried.hasImage()
