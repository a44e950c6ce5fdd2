"""A table over ids: eight bytes a record are held, rows are fetched page by page when looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict, deque
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from ankang_desktop.actions import browsing
from ankang_desktop.actions.browsing import Row
from ankang_desktop.declare.kinds import Amount, Whole
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.cells import BADGE, Index
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import AnkangError, UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.query import may_lack
from ankang_desktop.store.sieve import PROOF, Sieve

ROOT = QModelIndex()
_PAGE = 64  # rows fetched at once: a little more than a screen
_PAGES = 48  # pages kept


class RecordsModel(QAbstractTableModel):
    """The records a sieve lets through. `arrived` tells how many, once all are known."""

    arrived = Signal(int)

    def __init__(self, session: Session, ledger: Ledger) -> None:
        super().__init__(session)
        self.session, self.ledger = session, ledger
        self.has_proof = may_lack(ledger)
        self.keys: tuple[str, ...] = ("number", *(each.key for each in ledger.columns))
        self.sieve = Sieve()
        self.ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()
        self._latest = Latest(session.work)
        self._parts: deque[tuple[array[int], list[Row] | None]] = deque()  # what a thread has read and nobody took
        self._coming: array[int] = array("q")
        self._is_same = False
        self._shown: Sieve | None = None  # the question that what is shown, or its beginning, answers
        self._is_whole = False
        self._read_keys = self.keys

    # --- what is shown -----------------------------------------------------------------------------------------

    def look_at(self, sieve: Sieve) -> None:
        """Show what a sieve lets through: the first ids at once, the others as they come.

        Asked again what is shown already, it stays as it is until all have come: somebody may be far down in it.
        """
        app, key, fields = self.session.app, self.ledger.key, self.keys
        parts: deque[tuple[array[int], list[Row] | None]] = deque()

        def read(progress: Progress) -> None:
            number = 0
            with closing(browsing.ids_in_parts(app, key, sieve)) as found:
                for ids in found:
                    parts.append((ids, None if number else browsing.rows(app, key, ids[:_PAGE], fields)))
                    number += len(ids)
                    progress.step("正在读取", number)

        self._parts, self._coming, self._is_same, self.sieve = parts, array("q"), sieve == self._shown, sieve
        self._read_keys = fields
        self._latest.run(read, lambda _: self._take_last()).progress.connect(self._take)

    @property
    def is_whole(self) -> bool:
        """Whether all that was asked for last is shown: neither a part of it nor still what was asked for before."""
        return self._is_whole and self._shown == self.sieve

    def all_ids(self) -> array[int]:
        """Return every id of what is shown; raises UserError while they are not all read."""
        if not self.is_whole:
            raise UserError(f"“{self.ledger.title}”还没有读完", "请稍后再试")
        return self.ids

    def choose_columns(self, keys: Sequence[str]) -> None:
        """Show these fields as columns."""
        self.beginResetModel()
        self.keys = tuple(keys)
        self._pages.clear()
        self.endResetModel()

    def row_at(self, row: int) -> Row | None:
        """Return a record's row; None where it is gone meanwhile."""
        page = row // _PAGE
        if page not in self._pages:
            part = self.ids[page * _PAGE : (page + 1) * _PAGE]
            try:
                found = browsing.rows(self.session.app, self.ledger.key, part, self.keys)
            except AnkangError as error:
                self.session.door.show(error)
                found = []
            self._pages[page] = {each.id: each for each in found}
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page].get(self.ids[row])

    def place_of(self, record: int) -> int:
        """Return the row of a record's id, -1 where it is not shown."""
        try:
            return self.ids.index(record)
        except ValueError:
            return -1

    def _take(self) -> None:
        """Take what has come; what is shown grows to twice as many at a time, for a table is slow to take rows."""
        while self._parts:
            ids, rows = self._parts.popleft()
            self._coming.extend(ids)
            if rows is not None:
                self._take_first(rows if self._read_keys == self.keys else None)
        if not self._is_same and len(self._coming) >= 2 * len(self.ids):
            self._grow()

    def _take_first(self, rows: list[Row] | None) -> None:
        """Begin anew with the first records, or write anew what is shown; the first page of rows came with them."""
        self._is_same = self._is_same and self.ids[: len(self._coming)] == self._coming
        self._pages.clear()
        if rows is not None:
            self._pages[0] = {each.id: each for each in rows}
        if self._is_same:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, self.columnCount() - 1))
        else:
            self._is_whole = False
            self._show(self._coming[:])
        self._shown = self.sieve

    def _take_last(self) -> None:
        """Show all there are, and tell how many."""
        self._take()
        if not self._is_same and self._coming:
            self._grow()
        elif self._coming != self.ids:
            self._pages.clear()
            self._show(self._coming[:])
        self._shown, self._is_whole = self.sieve, True
        self.arrived.emit(len(self.ids))

    def _show(self, ids: array[int]) -> None:
        self.beginResetModel()
        self.ids = ids
        self.endResetModel()

    def _grow(self) -> None:
        known = len(self.ids)
        if known < len(self._coming):
            self.beginInsertRows(QModelIndex(), known, len(self._coming) - 1)
            self.ids = self._coming[:]
            self.endInsertRows()

    # --- Qt's questions ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.keys) + self.has_proof

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        is_proof = section == len(self.keys)
        if role == Qt.ItemDataRole.DisplayRole:
            return "留痕" if is_proof else browsing.heading(self.ledger.fields[self.keys[section]])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        if role == Qt.ItemDataRole.ToolTipRole and is_proof:
            return "材料齐全的记录才能作为佐证计分；点一下，缺材料的排在前面"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        row = self.row_at(index.row())
        if row is None:
            return None
        text, badge = self.cell(row, index.column())
        return badge if role == BADGE else text

    def cell(self, row: Row, column: int) -> tuple[str, tuple[str, str] | None]:
        """Return the text of a cell, and the badge it is painted as."""
        if column == len(self.keys):
            text, tone = ("齐全", "good") if row.is_complete else ("缺材料", "warning")
            return text, (text, tone)
        text = row.texts[column]
        return text, (text, row.tone) if self.is_stage(column) and text else None

    def is_stage(self, column: int) -> bool:
        """Whether a column shows the stage, as a badge."""
        return self.ledger.workflow is not None and self.keys[column] == self.ledger.workflow.stage.key

    def alignment(self, column: int) -> Any:
        """Return at which side the words of a column stand."""
        is_number = column < len(self.keys) and isinstance(self.ledger.fields[self.keys[column]].kind, Whole | Amount)
        return _RIGHT if is_number else _LEFT

    def sort_key(self, column: int) -> str:
        """Return the key of a column as a sieve sorts by it."""
        return self.keys[column] if column < len(self.keys) else PROOF


_LEFT, _RIGHT = (
    side | Qt.AlignmentFlag.AlignVCenter for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
)
_ROLES = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.TextAlignmentRole, BADGE}
