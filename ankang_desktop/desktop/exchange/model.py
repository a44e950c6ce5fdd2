"""The rows of a plan as a table: cells as they were read, old → new for updates, what is wrong with which cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from ankang_desktop.desktop.widgets.cells import BADGE, Index

if TYPE_CHECKING:
    from ankang_desktop.exchange.drafts import Fault
    from ankang_desktop.exchange.incoming import Plan
    from ankang_desktop.exchange.mending import Place
    from ankang_desktop.exchange.planning import Planned, State

ROOT = QModelIndex()
WASH = Qt.ItemDataRole.UserRole + 2  # “danger”, “warning” or “accent” for the cell's ground
ROW, STATE, FIRST = 0, 1, 2  # columns: row of the worksheet, state, then the imported columns
TONES = {"added": "accent", "changed": "info", "same": "", "wrong": "danger"}
_ARROW = " → "


class PlanModel(QAbstractTableModel):
    """The rows of a plan, those of one state if wanted; editing a cell emits `mended` with its place and the text."""

    mended = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plan: Plan | None = None
        self.state: State | None = None
        self.shown: list[int] = []
        self._columns: list[tuple[int, str, str]] = []  # index in the worksheet, letter, label
        self._waiting: Mapping[Place, Any] = {}

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_plan(self, plan: Plan | None, state: State | None) -> None:
        """Show a plan's rows, those of one state if given."""
        from ankang_desktop.exchange.layout import letter

        self.beginResetModel()
        self.plan, self.state, self._waiting = plan, state, {}
        if plan is None:
            self._columns, self.shown = [], []
        else:
            self._columns = [(at, letter(at), each.label) for at, each in plan.understood.main.columns.items()]
            self.shown = [at for at, row in enumerate(plan.rows) if state is None or row.state is state]
        self.endResetModel()

    def show_waiting(self, cells: Mapping[Place, Any]) -> None:
        """Show cells just written over, until the plan that knows them is there."""
        self._waiting = cells
        if self.shown:
            self.dataChanged.emit(self.index(0, FIRST), self.index(len(self.shown) - 1, self.columnCount() - 1))

    def planned(self, row: int) -> Planned:
        """Return the planned row shown at a row of the table."""
        if self.plan is None:
            raise IndexError(row)
        return self.plan.rows[self.shown[row]]

    def place_of(self, index: Index) -> Place | None:
        """Return the cell of the workbook that stands at an index; None where none does."""
        if self.plan is None or index.column() < FIRST or (planned := self.planned(index.row())).is_lone:
            return None
        return planned.sheet, planned.row, self._columns[index.column() - FIRST][0]

    def index_of(self, planned: int, letter: str) -> QModelIndex:
        """Return where a cell of a planned row stands, by its number among all rows; invalid where it is not shown."""
        at = bisect_left(self.shown, planned)
        if at == len(self.shown) or self.shown[at] != planned:
            return QModelIndex()
        letters = [each for _, each, _ in self._columns]
        return self.index(at, FIRST + letters.index(letter) if letter in letters else STATE)

    def fault_at(self, index: Index) -> tuple[Fault | None, bool]:
        """Return what is wrong with a cell, or odd (then True), if anything."""
        planned = self.planned(index.row())
        if index.column() == STATE:
            return next(iter(planned.faults), next(iter(planned.advice), None)), not planned.faults
        if index.column() < FIRST:
            return None, False
        letter = self._columns[index.column() - FIRST][1]
        for found, is_advice in ((planned.faults, False), (planned.advice, True)):
            fault = next((each for each in found if each.column == letter and each.sheet == planned.sheet), None)
            if fault is not None:
                return fault, is_advice
        return None, False

    # --- Qt's questions ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or self.plan is None else FIRST + len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if section < FIRST:
            return ("行", "状态")[section] if role == Qt.ItemDataRole.DisplayRole else None
        at, letter, label = self._columns[section - FIRST]
        if role == Qt.ItemDataRole.DisplayRole:
            return label
        if role == Qt.ItemDataRole.ToolTipRole and self.plan is not None:
            heading = next(each for each in self.plan.understood.main.headings if each.index == at)
            return f"{letter}列“{heading.text}”"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.plan is None:
            return None
        asked = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.EditRole: self._raw,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.AccessibleDescriptionRole: self._tip,
            WASH: self._wash,
            BADGE: self._badge,
        }.get(role)
        return asked(index) if asked else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found if self.place_of(index) is None else found | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        place = self.place_of(index) if index.isValid() and role == Qt.ItemDataRole.EditRole else None
        if place is None or str(value) == self._raw(index):
            return False
        self.mended.emit(place, str(value))
        return True

    # --- inside ------------------------------------------------------------------------------------------------

    def _raw(self, index: Index) -> str:
        """Return a cell as a person would edit it."""
        from ankang_desktop.exchange.cells import dated, text_of
        from ankang_desktop.exchange.mending import cell_at

        place = self.place_of(index)
        if place is None or self.plan is None:
            return ""
        cell = self._waiting[place] if place in self._waiting else cell_at(self.plan.book, place)
        return text_of(dated(cell, self.plan.understood.main.columns[place[2]].kind))

    def _text(self, index: Index) -> str:
        planned = self.planned(index.row())
        if index.column() == ROW:
            has_many = self.plan is not None and len(self.plan.understood.mains) > 1
            return f"{planned.sheet} · {planned.row}" if has_many else str(planned.row)
        if index.column() == STATE:
            return planned.state.value
        if planned.is_lone:
            return f"见工作表“{planned.sheet}”第{planned.row}行" if index.column() == FIRST else ""
        text = " ".join(self._raw(index).split())
        change = self._change(index)
        return f"{change.before or '（空）'}{_ARROW}{change.after or '（空）'}" if change else text

    def _change(self, index: Index) -> Any:
        """Return what a cell would change in the record that is there."""
        planned = self.planned(index.row())
        if self.plan is None or not planned.changes or index.column() < FIRST:
            return None
        key = self.plan.understood.main.columns[self._columns[index.column() - FIRST][0]].key
        return next((each for each in planned.changes if each.field == key), None)

    def _tip(self, index: Index) -> str:
        planned = self.planned(index.row())
        if index.column() == STATE:
            told = [each.text for each in (*planned.faults, *planned.advice)]
            return "\n".join([*told, *([planned.number] if planned.number else [])])
        fault, _ = self.fault_at(index)
        change = self._change(index)
        return "\n".join(filter(None, (fault.text if fault else "", change.sentence if change else "")))

    def _wash(self, index: Index) -> str:
        if index.column() < FIRST:
            return ""
        fault, is_advice = self.fault_at(index)
        if fault is not None:
            return "warning" if is_advice else "danger"
        return "accent" if self._change(index) else ""

    def _badge(self, index: Index) -> Any:
        return (self._text(index), TONES[self.planned(index.row()).state.name]) if index.column() == STATE else None
