"""The files of one slot as a list: thumbnails come as they are painted, files are dragged between slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from ankang_desktop.actions.files import File
from ankang_desktop.desktop.evidence.cells import CELL, THUMBNAIL, Cell, badge_of
from ankang_desktop.desktop.evidence.thumbnails import Thumbnails
from ankang_desktop.desktop.session import Session

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
FILE = Qt.ItemDataRole.UserRole
LINKS = "application/x-ankang-evidence"


class FilesModel(QAbstractListModel):
    """Files in their order; drags carry their links."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.files: list[File] = []
        self.is_read_only = False
        self._year = session.app.clock.today().year
        self._thumbnails = Thumbnails.of(session)
        self._thumbnails.ready.connect(self._arrived)

    def put(self, files: Sequence[File]) -> None:
        """Show these files; nothing moves on the screen where they are the same."""
        if list(files) != self.files:
            self.beginResetModel()
            self.files = list(files)
            self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        file = self.files[index.row()]
        if role == FILE:
            return file
        if role == CELL:
            return self._cell(file)
        if role == Qt.ItemDataRole.DisplayRole:
            return file.caption or file.name
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return tip_of(file)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() and not self.is_read_only else found

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [LINKS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        carried = QMimeData()
        links = ",".join(str(self.files[index.row()].link) for index in indexes)
        carried.setData(LINKS, QByteArray(links.encode()))
        return carried

    def _cell(self, file: File) -> Cell:
        known = self._thumbnails.known(file.source, THUMBNAIL, file.media_type)
        if known is None:
            self._thumbnails.ask(file.source, THUMBNAIL, None, file.media_type)
        day = file.own_day
        shown = "" if day is None else f"{day:%m-%d}" if day.year == self._year else f"{day}"
        return Cell(
            known or self._thumbnails.placeholder(file.media_type, THUMBNAIL),
            file.caption or file.name,
            "　".join(each for each in (shown, file.paper) if each),
            badge_of(file.name, file.media_type),
            is_odd=bool(file.warning),
        )

    def _arrived(self, source: str, size: int, _: QPixmap) -> None:
        for row, file in enumerate(self.files):
            if size == THUMBNAIL and file.source == source:
                self.dataChanged.emit(self.index(row), self.index(row), [CELL])


def tip_of(file: File) -> str:
    """Return everything said of a file, line by line."""
    told = [file.name, file.caption, f"日期 {file.own_day}" if file.own_day else "没有日期", file.paper, file.warning]
    if file.also:
        told.append(f"也用于 {'、'.join(file.also)}")
    return "\n".join(each for each in told if each)
