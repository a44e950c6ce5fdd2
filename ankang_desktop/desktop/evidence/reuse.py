"""All evidence of the workspace, searched, to be used on one more record without a copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.actions.files import Kept, KeptPage, evidence_page
from ankang_desktop.desktop.evidence.thumbnails import Thumbnails
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.text import join

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_SIZE = 104
_PAUSE = 180


class KeptModel(QAbstractListModel):
    """The files found so far."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.found: list[Kept] = []
        self._thumbnails = Thumbnails.of(session)
        self._thumbnails.ready.connect(self._arrived)

    def put(self, found: Sequence[Kept], *, is_more: bool) -> None:
        """Show a page, after the ones before or instead of them."""
        self.beginResetModel()
        self.found = [*self.found, *found] if is_more else list(found)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        kept = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{kept.caption or kept.name}\n{kept.day or ''} {kept.numbers[0]}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{kept.name}\n{kept.caption}\n用于 {join(list(kept.numbers), 8)}"
        if role == Qt.ItemDataRole.DecorationRole:
            known = self._thumbnails.known(kept.sha256, _SIZE, kept.media_type)
            if known is None:
                self._thumbnails.ask(kept.sha256, _SIZE, None, kept.media_type)
                known = self._thumbnails.placeholder(kept.media_type, _SIZE)
            return QIcon(known)
        return None

    def _arrived(self, sha256: str, size: int, _: QPixmap) -> None:
        for row, kept in enumerate(self.found):
            if size == _SIZE and kept.sha256 == sha256:
                self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])


class ReuseDialog(QDialog):
    """`taken` carries the SHA-256 of the files chosen."""

    taken = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("使用已有佐证")
        self.resize(px(860), px(600))
        self.session = session
        self.model = KeptModel(session)
        self._latest, self._after = Latest(session.work), 0
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        self.search = QLineEdit()
        self.search.setPlaceholderText("文件名、说明、记录编号或内容、日期（6月、2026-06、6.10）")
        self.photos = QCheckBox("只看照片")
        row.addWidget(self.search, 1)
        row.addWidget(self.photos)
        column.addLayout(row)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName("已有的佐证")
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setIconSize(QSize(_SIZE, _SIZE))
        self.list.setGridSize(QSize(_SIZE + px(44), _SIZE + px(60)))
        self.list.setWordWrap(True)
        self.list.activated.connect(lambda _: self.take())
        column.addWidget(self.list, 1)
        self.more = button("再看一些", self._more)
        self.more.hide()
        column.addWidget(self.more)
        column.addWidget(label("同一份文件只存一份，可以作为多条记录的佐证。", "caption"))
        buttons = QDialogButtonBox()
        accept = buttons.addButton("使用所选(&S)", QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("kind", "primary")
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.photos.toggled.connect(lambda _: self._ask())
        self._ask()

    def take(self) -> None:
        """Use the selected files."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        if rows:
            self.taken.emit([self.model.found[row].sha256 for row in rows])
            self.accept()

    def _ask(self, after: int = 0) -> None:
        app, words, photos = self.session.app, self.search.text(), self.photos.isChecked()
        self._latest.run(
            lambda _: evidence_page(app, words, photos_only=photos, after=after),
            lambda page: self._show(page, is_more=bool(after)),
        )

    def _more(self) -> None:
        self._ask(self._after)

    def _show(self, page: KeptPage, *, is_more: bool) -> None:
        self.model.put(page.found, is_more=is_more)
        self._after = page.after
        self.more.setVisible(bool(page.after))
