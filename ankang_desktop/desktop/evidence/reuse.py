"""All evidence of the workspace, searched, to be used on one more record without a copy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.actions.files import Kept, KeptPage, evidence_page
from ankang_desktop.desktop.evidence.cells import CELL, THUMBNAIL, Cell, Grid, badge_of
from ankang_desktop.desktop.evidence.thumbnails import Thumbnails
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.text import join

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_PAUSE = 180


class KeptModel(QAbstractListModel):
    """The files found so far; those the record has already cannot be chosen."""

    def __init__(self, session: Session, known: Collection[str]) -> None:
        super().__init__()
        self.found: list[Kept] = []
        self._known = frozenset(known)
        self._thumbnails = Thumbnails.of(session)
        self._thumbnails.ready.connect(self._arrived)

    def put(self, found: Sequence[Kept]) -> None:
        """Show a first page."""
        self.beginResetModel()
        self.found = list(found)
        self.endResetModel()

    def add(self, found: Sequence[Kept]) -> None:
        """Show one more page behind those shown; nothing moves."""
        if found:
            self.beginInsertRows(ROOT, len(self.found), len(self.found) + len(found) - 1)
            self.found += found
            self.endInsertRows()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.found)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.found[index.row()].sha256 in self._known:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        kept = self.found[index.row()]
        if role == CELL:
            return self._cell(kept)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{kept.caption or kept.name} {kept.day or ''} {kept.numbers[0]}"
        if role == Qt.ItemDataRole.ToolTipRole:
            told = [
                kept.name,
                kept.caption,
                f"日期 {kept.day}" if kept.day else "",
                f"用于 {join(list(kept.numbers), 8)}",
            ]
            return "\n".join(each for each in told if each)
        return None

    def _cell(self, kept: Kept) -> Cell:
        known = self._thumbnails.known(kept.sha256, THUMBNAIL, kept.media_type)
        if known is None:
            self._thumbnails.ask(kept.sha256, THUMBNAIL, None, kept.media_type)
        more = f" 等{len(kept.numbers)}条" if len(kept.numbers) > 1 else ""
        day = f"{kept.day:%m-%d}　" if kept.day else ""
        second = "这条记录已有" if kept.sha256 in self._known else f"{day}{kept.numbers[0]}{more}"
        return Cell(
            known or self._thumbnails.placeholder(kept.media_type, THUMBNAIL),
            kept.caption or kept.name,
            second,
            badge_of(kept.name, kept.media_type),
        )

    def _arrived(self, sha256: str, size: int, _: QPixmap) -> None:
        for row, kept in enumerate(self.found):
            if size == THUMBNAIL and kept.sha256 == sha256:
                self.dataChanged.emit(self.index(row), self.index(row), [CELL])


class ReuseDialog(Dialog):
    """`taken` carries the files chosen, as Kept; `known` are the hashes the record has already."""

    taken = Signal(list)

    def __init__(self, session: Session, title: str, known: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"使用已有佐证：{title}")
        self.resize(px(860), px(600))
        self.session = session
        self.model = KeptModel(session, known)
        self._latest, self._after = Latest(session.work), 0
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.photos.toggled.connect(lambda _: self._ask())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self._count()
        self._ask()

    def chosen(self) -> list[Kept]:
        """Return the selected files, in the order they are shown."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.found[row] for row in rows]

    def take(self) -> None:
        """Use the selected files."""
        if chosen := self.chosen():
            self.taken.emit(chosen)
            self.accept()

    def done(self, result: int) -> None:
        """Close; an answer still on its way is not told."""
        self._timer.stop()
        self._latest.stop()
        super().done(result)

    def _ask(self, after: int = 0) -> None:
        app, words, photos = self.session.app, self.search.text(), self.photos.isChecked()
        then = self._add if after else self._show
        self._latest.run(lambda _: evidence_page(app, words, photos_only=photos, after=after), then)

    def _show(self, page: KeptPage) -> None:
        self.model.put(page.found)
        self.list.scrollToTop()
        self._paged(page)

    def _add(self, page: KeptPage) -> None:
        self.model.add(page.found)
        self._paged(page)

    def _paged(self, page: KeptPage) -> None:
        self._after = page.after
        self.more.setVisible(bool(page.after))
        is_searched = bool(self.search.text().strip()) or self.photos.isChecked()
        self.none.told.setText("没有找到这样的佐证" if is_searched else "还没有任何佐证")
        self.none.remedy.setText("换个词试试，或少写几个字" if is_searched else "先在记录里添加照片或文件")
        self.none.remedy.show()
        self.none.setVisible(not self.model.found)
        self.list.setVisible(bool(self.model.found))
        self._count()

    def _count(self) -> None:
        number = len(self.chosen())
        self.accepting.setEnabled(bool(number))
        self.accepting.setText(f"使用这 {number} 件(&S)" if number > 1 else "使用所选(&S)")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("找佐证")
        self.search.setPlaceholderText("文件名、说明、记录编号或内容、日期（6月、2026-06、6.10）")
        self.photos = QCheckBox("只看照片(&P)")
        row.addWidget(self.search, 1)
        row.addWidget(self.photos)
        column.addLayout(row)
        self.list = Grid("已有的佐证", 150)
        self.list.setModel(self.model)
        self.list.activated.connect(lambda _: self.take())
        self.none = EmptyState("photo-search", "")
        self.none.hide()
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        self.more = button("再看一些(&M)", lambda: self._ask(self._after), kind="quiet", name="chevron-down")
        self.more.hide()
        column.addWidget(self.more)
        foot = QHBoxLayout()
        foot.addWidget(label("同一份文件只存一份，可以作为多条记录的佐证。按住 Ctrl 可选多件。", "caption"), 1)
        buttons = QDialogButtonBox()
        self.accepting = buttons.addButton("使用所选(&S)", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accepting.setProperty("kind", "primary")
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        column.addLayout(foot)
