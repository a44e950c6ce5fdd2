"""The rows inside a record as a model: every change of them can be undone while it is not saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ankang_desktop.actions import choosing
from ankang_desktop.declare.draft import with_defaults
from ankang_desktop.declare.gatherings import Attendance
from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Lines
from ankang_desktop.desktop.form.editors.base import NOBODY
from ankang_desktop.desktop.session import Session

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_MOST_CHANGES = 100


class LinesModel(QAbstractTableModel):
    """Rows of one kind of lines, as plain values; `edited` tells that the person changed them."""

    edited = Signal()

    def __init__(self, session: Session, lines: Lines) -> None:
        super().__init__()
        self.session, self.lines = session, lines
        self.is_attendance = issubclass(lines.row, Attendance)
        self.fields = sorted(lines.fields.values(), key=lambda each: (not each.required, each.key != "present"))
        self.is_read_only = False
        self.rows: list[dict[str, Any]] = []
        self._names: dict[tuple[str, int], str] = {}
        self._before: list[list[dict[str, Any]]] = []  # the rows before each change since they were shown, to undo it
        self._after: list[list[dict[str, Any]]] = []

    def put(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show these rows instead of all others."""
        self._before.clear()
        self._after.clear()
        self._put(rows)

    def turn(self, *, is_back: bool) -> bool:
        """Undo the newest change of the rows, or redo the one undone last; says whether there was any."""
        come_from, go_to = (self._before, self._after) if is_back else (self._after, self._before)
        if not come_from:
            return False
        go_to.append(list(self.rows))
        self._put(come_from.pop())
        self.edited.emit()
        return True

    def add(self, rows: Sequence[dict[str, Any]]) -> None:
        """Add rows at the end; fields they do not name take their defaults."""
        if rows:
            self._keep()
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += [with_defaults(self.lines, row) for row in rows]
            self.endInsertRows()
            self.edited.emit()

    def drop(self, places: Sequence[int]) -> None:
        """Take rows away."""
        self._keep()
        for place in sorted(set(places), reverse=True):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self.rows[place]
            self.endRemoveRows()
        self.edited.emit()

    def move(self, places: Sequence[int], by: int) -> list[int]:
        """Move rows one place up (-1) or down; returns where they stand then, their places where they cannot go on."""
        chosen = sorted(set(places))
        if not chosen or not 0 <= (chosen[0] if by < 0 else chosen[-1]) + by < len(self.rows):
            return chosen
        self._keep()
        moved = list(self.rows)
        for place in chosen if by < 0 else reversed(chosen):
            moved[place], moved[place + by] = moved[place + by], moved[place]
        self._put(moved)
        self.edited.emit()
        return [place + by for place in chosen]

    def name(self, ledger: str, key: int) -> str:
        """Return how a linked record is called; all of a column are asked for at once."""
        if (ledger, key) not in self._names:
            keys = [each.key for each in self.fields if isinstance(each.kind, Link) and each.kind.ledger == ledger]
            wanted = [row[name] for row in self.rows for name in keys if row.get(name) is not None]
            found = choosing.called(self.session.app, ledger, [key, *wanted])
            self._names |= {(ledger, each): text for each, text in found.items()}
        return self._names[ledger, key]

    def heading(self, column: int) -> str:
        """Return what stands above a column."""
        return "缺席" if self._is_absence(column) else self.fields[column].label

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return self.heading(section)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if self.is_read_only or not index.isValid():
            return found
        is_tick = self.fields[index.column()].kind.name == "yes_no"
        return found | (Qt.ItemFlag.ItemIsUserCheckable if is_tick else Qt.ItemFlag.ItemIsEditable)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        field = self.fields[index.column()]
        value = self.rows[index.row()].get(field.key)
        if field.kind.name == "yes_no":
            return self._tick(index.column(), value, role)
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role != Qt.ItemDataRole.DisplayRole or value is None:
            return None
        if isinstance(field.kind, Link):
            return self.name(field.kind.ledger, value)
        return field.kind.show(value, NOBODY)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid():
            return False
        column, row = index.column(), self.rows[index.row()]
        key = self.fields[column].key
        if role == Qt.ItemDataRole.CheckStateRole:
            is_ticked = Qt.CheckState(value) == Qt.CheckState.Checked
            value = not is_ticked if self._is_absence(column) else is_ticked
        elif role != Qt.ItemDataRole.EditRole:
            return False
        if row.get(key) != value:
            self._keep()
            self.rows[index.row()] = {**row, key: value}
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def _tick(self, column: int, value: Any, role: int) -> Any:
        if role != Qt.ItemDataRole.CheckStateRole:
            return None
        is_ticked = value is False if self._is_absence(column) else value is True
        return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked

    def _is_absence(self, column: int) -> bool:
        """Say whether a column is shown turned round: who is present needs no mark, only the absent do."""
        return self.is_attendance and self.fields[column].key == "present"

    def _put(self, rows: Sequence[dict[str, Any]]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self._names.clear()
        self.endResetModel()

    def _keep(self) -> None:
        """Note the rows before a change; a row is never written into, so that those noted stay as they were."""
        self._before.append(list(self.rows))
        del self._before[:-_MOST_CHANGES]
        self._after.clear()
