"""The rows inside a record as a grid: typed, ticked, pasted from Excel; of an attendance only the absent are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.actions import choosing, rosters
from ankang_desktop.declare.draft import with_defaults
from ankang_desktop.declare.gatherings import Attendance
from ankang_desktop.declare.kinds import Link, Misread, Reading
from ankang_desktop.declare.ledger import Lines
from ankang_desktop.desktop.form.editors import Editor, LinksEditor, editor_for
from ankang_desktop.desktop.form.editors.base import NOBODY
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.kernel.text import join

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_WIDTHS = {"text": 220, "link": 170, "day": 130, "moment": 160, "choice": 140, "whole": 90, "amount": 90, "yes_no": 70}


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

    def put(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show these rows instead of all others."""
        self.beginResetModel()
        self.rows = [dict(row) for row in rows]
        self._names.clear()
        self.endResetModel()

    def add(self, rows: Sequence[dict[str, Any]]) -> None:
        """Add rows at the end; fields they do not name take their defaults."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += [with_defaults(self.lines, row) for row in rows]
            self.endInsertRows()
            self.edited.emit()

    def drop(self, places: Sequence[int]) -> None:
        """Take rows away."""
        self.beginResetModel()
        self.rows = [row for place, row in enumerate(self.rows) if place not in set(places)]
        self.endResetModel()
        self.edited.emit()

    def name(self, ledger: str, key: int) -> str:
        """Return how a linked record is called; all of a column are asked for at once."""
        if (ledger, key) not in self._names:
            keys = [each.key for each in self.fields if isinstance(each.kind, Link) and each.kind.ledger == ledger]
            wanted = [row[name] for row in self.rows for name in keys if row.get(name) is not None]
            found = choosing.called(self.session.app, ledger, [key, *wanted])
            self._names |= {(ledger, each): text for each, text in found.items()}
        return self._names[ledger, key]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return "缺席" if self._is_absence(section) else self.fields[section].label

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
            row[key] = not is_ticked if self._is_absence(column) else is_ticked
        elif role == Qt.ItemDataRole.EditRole:
            row[key] = value
        else:
            return False
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


class LinesEditor(QWidget):
    """A grid with its tools; `value()` gives the rows."""

    changed = Signal()

    def __init__(self, session: Session, lines: Lines) -> None:
        super().__init__()
        self.session, self.lines = session, lines
        self.model = LinesModel(session, lines)
        self.view = _Grid(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(px(8))
        self.person = next((each for each in self.model.fields if _is_person(each)), None)
        if self.person is not None:
            self._adder = LinksEditor(self.person, session)
            self._adder.setFixedWidth(px(260))
            self._adder.changed.connect(self._add_people)
            tools.addWidget(self._adder)
            self.teams = button("按班组加入", name="users")
            menu = QMenu(self.teams)
            menu.aboutToShow.connect(partial(self._fill_teams, menu))
            self.teams.setMenu(menu)
            self.teams.setStyleSheet(f"padding-right: {px(26)}px;")
            tools.addWidget(self.teams)
        else:
            tools.addWidget(button("加一行", self.add_row, name="plus"))
        tools.addWidget(button("从 Excel 粘贴", self.paste, kind="quiet", name="clipboard"))
        tools.addWidget(button("移除所选", self.remove_chosen, kind="quiet", name="trash"))
        tools.addStretch(1)
        column.addWidget(self._tools)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText("在名单里找")
        self.finder.textChanged.connect(self._find)
        self.finder.hide()
        column.addWidget(self.finder)
        column.addWidget(self.view)
        self.told = label("", "soft", wrap=True)
        column.addWidget(self.told)
        self.model.edited.connect(self._edited)
        self.model.modelReset.connect(self._tell)
        self._tell()

    def value(self) -> list[dict[str, Any]]:
        """Return the rows."""
        return [dict(row) for row in self.model.rows]

    def set_value(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show rows."""
        self.model.put(rows)

    def raw(self) -> list[dict[str, Any]]:
        """Return the rows as JSON can hold them."""
        fields = self.lines.fields
        return [
            {key: None if value is None else fields[key].kind.plain(value) for key, value in row.items()}
            for row in self.model.rows
        ]

    def set_raw(self, raw: Sequence[dict[str, Any]]) -> None:
        """Show what raw() returned."""
        fields = self.lines.fields
        self.model.put(
            [
                {key: None if value is None else fields[key].kind.unplain(value) for key, value in row.items()}
                for row in raw
            ]
        )

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let the rows be looked at only."""
        self._tools.setVisible(not is_read_only)
        self.model.is_read_only = is_read_only

    def add_row(self) -> None:
        """Add an empty row and begin to write in it."""
        self.model.add([{}])
        index = self.model.index(len(self.model.rows) - 1, 0)
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def add_teams(self, teams: Sequence[int]) -> None:
        """Add everyone in service of some teams (none: of the whole enterprise) who is not on the list yet."""
        self._add_keys(rosters.in_service(self.session.app, teams))

    def remove_chosen(self) -> None:
        """Take the selected rows away."""
        places = sorted({index.row() for index in self.view.selectionModel().selectedIndexes()})
        if places:
            self.model.drop(places)

    def paste(self) -> None:
        """Add rows from a block copied in Excel: names first, further columns in the order of the grid."""
        text = QGuiApplication.clipboard().text()
        cells = [line.split("\t") for line in text.splitlines() if line.strip()]
        if not cells:
            self.session.door.say("剪贴板里没有表格", "请先在 Excel 里选中要粘贴的区域并复制", "warning")
            return
        rows, unread = read_pasted(self.session, self.lines, cells)
        known = {row[self.person.key] for row in self.model.rows} if self.person else set()
        self.model.add([row for row in rows if self.person is None or row.get(self.person.key) not in known])
        if unread:
            self.session.door.say(
                f"有 {len(unread)} 行没有认出来：{join(unread, 8)}", "请核对名册里的写法后再补上", "warning"
            )

    def _add_people(self) -> None:
        keys = self._adder.raw()
        if keys:
            self._adder.set_value([])
            self._add_keys(keys)

    def _add_keys(self, keys: Sequence[int]) -> None:
        if self.person is not None:
            name = self.person.key
            known = {row[name] for row in self.model.rows}
            self.model.add([{name: key} for key in keys if key not in known])

    def _fill_teams(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction("全厂在册职工").triggered.connect(lambda _=False: self.add_teams([]))
        menu.addSeparator()
        for each in choosing.suggest(self.session.app, "team", "", 400):
            menu.addAction(f"{each.name}　{each.detail}").triggered.connect(partial(self._add_team, each.id))

    def _add_team(self, key: int, _: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own shape
        self.add_teams([key])

    def _edited(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        rows = self.model.rows
        self.finder.setVisible(len(rows) > 12)
        shown = min(max(len(rows), 2), 10)
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + shown * px(32) + px(6))
        if not self.model.is_attendance:
            self.told.setText(f"共 {len(rows)} 行")
            return
        absent = [row["person"] for row in rows if row.get("present") is False]
        names = [self.model.name("employee", key) for key in absent]
        told = f"；缺席：{join(names, 12)}" if names else "；全部到场（只勾缺席的人）" if rows else ""
        self.told.setText(f"名单 {len(rows)} 人，到场 {len(rows) - len(absent)} 人{told}")

    def _find(self, words: str) -> None:
        for place in range(len(self.model.rows)):
            text = str(self.model.data(self.model.index(place, 0)) or "")
            self.view.setRowHidden(place, words not in text)


def read_pasted(
    session: Session, lines: Lines, cells: Sequence[Sequence[str]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the rows of a pasted block, and the first cells of those that could not be read.

    A first row that holds the grid's own headings tells the order of the columns; else they are the grid's.
    """
    fields = LinesModel(session, lines).fields
    by_label = {each.label: each for each in fields}
    heads = [by_label.get(cell.strip()) for cell in cells[0]]
    order = heads if any(heads) else [*fields]
    body = cells[1:] if any(heads) else cells
    reading = Reading(session.app.clock.today().year, NOBODY)
    links = {
        (place, each.kind.ledger): choosing.named(session.app, each.kind.ledger, [_cell(row, place) for row in body])
        for place, each in enumerate(order)
        if each and isinstance(each.kind, Link)
    }
    rows, unread = [], []
    for at, row in enumerate(body):
        values: dict[str, Any] = {}
        try:
            for place, each in enumerate(order):
                text = _cell(row, place)
                if each is None or not text:
                    continue
                if isinstance(each.kind, Link):
                    [values[each.key]] = links[place, each.kind.ledger][at]
                else:
                    values[each.key] = each.kind.read(text, reading)
        except (Misread, ValueError):
            unread.append(_cell(row, 0) or f"第{at + 1}行")
        else:
            rows.append(values)
    return rows, unread


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _is_person(field: Any) -> bool:
    return isinstance(field.kind, Link) and field.kind.ledger == "employee" and field.required


class _Grid(QTableView):
    """The grid: Delete removes rows, Ctrl+V pastes, Space ticks."""

    def __init__(self, editor: LinesEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setModel(editor.model)
        self.setAccessibleName(editor.lines.title)
        self.setItemDelegate(_CellDelegate(editor.session, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(px(32))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, field in enumerate(editor.model.fields):
            self.setColumnWidth(place, px(_WIDTHS.get(field.kind.name, 140)))
        head.setStretchLastSection(editor.model.fields[-1].kind.name == "text")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Delete and not self._editor.model.is_read_only:
            self._editor.remove_chosen()
        elif key == Qt.Key.Key_V and is_control and not self._editor.model.is_read_only:
            self._editor.paste()
        else:
            super().keyPressEvent(event)


class _CellDelegate(QStyledItemDelegate):
    """Edits a cell with the editor of its kind; what cannot be read leaves the cell as it was and is said."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model: Any = index.model()
        editor = editor_for(model.fields[index.column()], self._session)
        editor.setParent(parent)
        editor.setAutoFillBackground(True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, Editor):
            editor.set_value(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, Editor):
            try:
                model.setData(index, editor.value(), Qt.ItemDataRole.EditRole)
            except Misread as misread:
                self._session.door.say(str(misread), "单元格保持原样", "warning")
