"""One slot of the panel: its title, what waits for it, its files as thumbnails; drops and keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from ankang_desktop.actions.files import File, Place
from ankang_desktop.desktop.evidence.model import FILE, LINKS, SIZE, FilesModel
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import icon_button, label


class SlotView(QWidget):
    """The files of one slot. Signals carry this slot's key where the panel needs it."""

    dropped = Signal(str, object)  # key, paths
    moved_here = Signal(str, object)  # key, links
    chosen = Signal(str)
    opened = Signal(object)  # the file
    remove_wanted = Signal()
    add_wanted = Signal(str)

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__()
        self.place = place
        self.model = FilesModel(session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        head = QHBoxLayout()
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
        """Show the slot's files."""
        kept = [each.link for each in self.files_chosen()]
        self.model.put(files)
        for row, file in enumerate(self.model.files):
            if file.link in kept:
                self.list.selectionModel().select(
                    self.model.index(row), self.list.selectionModel().SelectionFlag.Select
                )
        self._title.setText(f"{self.place.title}　{len(files)}" if files else self.place.title)
        self.list.fit()

    def files_chosen(self) -> list[File]:
        """Return the selected files in their order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.files[row] for row in rows]

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let the files be looked at only."""
        self.model.is_read_only = is_read_only
        self.list.setAcceptDrops(not is_read_only)
        self.adder.setVisible(not is_read_only)


class _Thumbs(QListView):
    """Thumbnails in rows; files are dropped from outside, links from another slot."""

    def __init__(self, slot: SlotView) -> None:
        super().__init__()
        self._slot = slot
        self.setModel(slot.model)
        self.setAccessibleName(slot.place.title)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setIconSize(QSize(SIZE, SIZE))
        self.setGridSize(QSize(SIZE + px(16), SIZE + px(30)))
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.fit()

    def fit(self) -> None:
        """Be as high as the files are, three rows at most; an empty slot is a strip to drop on."""
        wide = max(1, self.viewport().width() // self.gridSize().width())
        rows = min(3, -(-len(self._slot.model.files) // wide))
        self.setFixedHeight(rows * self.gridSize().height() + px(12) if rows else px(44))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not self._slot.model.is_read_only:
            self._slot.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _is_welcome(event.mimeData()) and event.source() is not self:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if _is_welcome(event.mimeData()) and event.source() is not self:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        carried, key = event.mimeData(), self._slot.place.key
        if carried.hasFormat(LINKS):
            links = [int(each) for each in bytes(carried.data(LINKS).data()).decode().split(",") if each]
            self._slot.moved_here.emit(key, links)
        elif paths := paths_of(carried):
            self._slot.dropped.emit(key, paths)
        event.acceptProposedAction()


def paths_of(carried: QMimeData) -> list[Path]:
    """Return the local files that a drag or the clipboard carries."""
    return [Path(url.toLocalFile()) for url in carried.urls() if url.isLocalFile()]


def _is_welcome(carried: QMimeData) -> bool:
    return carried.hasFormat(LINKS) or bool(paths_of(carried))
