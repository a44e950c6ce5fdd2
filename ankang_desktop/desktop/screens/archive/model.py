"""The table's model: records, their files below them; box and page are edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, Signal

from ankang_desktop.desktop.screens.archive.lines import Line
from ankang_desktop.desktop.widgets.cells import BADGE, Index

ROOT = QModelIndex()
LINE = Qt.ItemDataRole.UserRole
NUMBER, TITLE, DAY, FILES, ROWS, BOX, PAGE, STATE = range(8)
HEADS = ("编号", "名称", "日期", "电子件", "评分表", "盒号", "页号", "状态")


class LinesModel(QAbstractItemModel):
    """`edited` carries (line, “box” or “page”, text); whoever hears it writes and shows the lines anew."""

    edited = Signal(object, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; where they are the same pieces in the same order, only cells that differ are told."""
        fresh, before = tuple(lines), self.lines
        if _shape(fresh) == _shape(before):
            self.lines = fresh
            for row, (line, old) in enumerate(zip(fresh, before, strict=True)):
                self._tell(ROOT, row, line, old)
                for at, (child, was) in enumerate(zip(line.children, old.children, strict=True)):
                    self._tell(self.index(row, 0), at, child, was)
            return
        self.beginResetModel()
        self.lines = fresh
        self.endResetModel()

    def line_at(self, index: Index) -> Line | None:
        """Return the line of an index, None for the root."""
        if not index.isValid():
            return None
        above = index.internalId()
        lines = self.lines[above - 1].children if above else self.lines
        return lines[index.row()] if index.row() < len(lines) else None

    def index_of(self, record: int, link: int) -> QModelIndex:
        """Return the index of a piece, the root where it is not shown."""
        for row, line in enumerate(self.lines):
            if (line.record, line.link) == (record, link):
                return self.index(row, 0)
            for at, child in enumerate(line.children if line.record == record else ()):
                if child.link == link:
                    return self.index(at, 0, self.index(row, 0))
        return QModelIndex()

    # --- Qt's questions ----------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return the index of a record, or of a file below one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = ROOT) -> Any:
        """Return the record a file stands below."""
        above = index.internalId() if index.isValid() else 0
        return self.createIndex(above - 1, 0, 0) if above else QModelIndex()

    def rowCount(self, parent: Index = ROOT) -> int:
        if not parent.isValid():
            return len(self.lines)
        if parent.internalId() or parent.column():
            return 0
        return len(self.lines[parent.row()].children)

    def columnCount(self, parent: Index = ROOT) -> int:
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() in {BOX, PAGE} else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line_at(index)
        if line is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._texts(line, is_file=bool(index.internalId()))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.told or line.title
        if role == LINE:
            return line
        return (line.state, line.tone) if role == BADGE and index.column() == STATE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line_at(index)
        if line is None or role != Qt.ItemDataRole.EditRole or index.column() not in {BOX, PAGE}:
            return False
        key, text = ("box", line.box) if index.column() == BOX else ("page", line.page)
        if str(value).strip() != text:
            self.edited.emit(line, key, str(value).strip())
        return True

    def _tell(self, above: Index, row: int, line: Line, old: Line) -> None:
        """Tell what differs cell by cell: a cell that is just being edited must not be written over."""
        if line == old:
            return
        now, then = (self._texts(each, is_file=above.isValid()) for each in (line, old))
        for column, (text, was) in enumerate(zip(now, then, strict=True)):
            if text != was or (column == STATE and line.tone != old.tone):
                cell = self.index(row, column, above)
                self.dataChanged.emit(cell, cell)

    @staticmethod
    def _texts(line: Line, *, is_file: bool) -> tuple[str, ...]:
        number = "" if is_file else line.number
        return (number, line.title, line.day, line.files, line.rows, line.box, line.page, line.state)


def _shape(lines: Sequence[Line]) -> list[tuple[int, ...]]:
    return [(line.record, line.link, *(each.link for each in line.children)) for line in lines]
