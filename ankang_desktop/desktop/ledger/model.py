"""A table over ids: eight bytes a record are held, rows are fetched page by page when looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from ankang_desktop.actions import browsing
from ankang_desktop.actions.browsing import Row
from ankang_desktop.declare.kinds import Amount, Whole
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.cells import BADGE, Index
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import AnkangError
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

    # --- what is shown -----------------------------------------------------------------------------------------

    def look_at(self, sieve: Sieve) -> None:
        """Show what a sieve lets through: the first ids at once, the others as they come."""
        self.sieve = sieve
        app, key, fields = self.session.app, self.ledger.key, self.keys

        def begin(_: Progress) -> tuple[array[int], list[Row]]:
            ids = browsing.first_ids(app, key, sieve)
            return ids, browsing.rows(app, key, ids[:_PAGE], fields)

        def first(found: tuple[array[int], list[Row]]) -> None:
            ids, rows = found
            is_all = len(ids) < browsing.FIRST
            self._take(ids, rows if fields == self.keys else None)
            if is_all:
                self.arrived.emit(len(ids))
            else:
                self._latest.run(lambda progress: browsing.all_ids(app, key, sieve, progress), self._take_all)

        self._latest.run(begin, first)

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

    def _take(self, ids: array[int], rows: list[Row] | None = None) -> None:
        """Show these records; the first page of rows may have come with them."""
        self._pages.clear()
        if rows is not None:
            self._pages[0] = {each.id: each for each in rows}
        if ids == self.ids and ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, self.columnCount() - 1))
        else:
            self.beginResetModel()
            self.ids = ids
            self.endResetModel()

    def _take_all(self, ids: array[int]) -> None:
        """Show the records beyond the first; where those are still the same, they need not be painted again."""
        known = len(self.ids)
        if known < len(ids) and ids[:known] == self.ids:
            self.beginInsertRows(QModelIndex(), known, len(ids) - 1)
            self.ids = ids
            self.endInsertRows()
        elif ids != self.ids:
            self._take(ids)
        self.arrived.emit(len(ids))

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
