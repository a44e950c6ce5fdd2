"""The rows inside a record as a grid: typed, ticked, pasted from Excel; of an attendance only the absent are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
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
from ankang_desktop.declare.kinds import Link, Misread
from ankang_desktop.declare.ledger import Lines
from ankang_desktop.desktop.form.editors import Editor, LinksEditor, editor_for
from ankang_desktop.desktop.form.pasted import read_pasted
from ankang_desktop.desktop.form.rows import Index, LinesModel
from ankang_desktop.desktop.look import font, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, hang, label
from ankang_desktop.desktop.widgets.cells import widest
from ankang_desktop.kernel.text import initials, join

_WIDTHS = {
    "text": 300, "link": 170, "day": 130, "month": 130, "moment": 160, "choice": 140, "whole": 90, "amount": 90,
    "yes_no": 70,
}  # fmt: skip
_HIGH, _MOST, _SEEN, _LEAST = 32, 12, 60, 90  # of a row; rows shown at once, looked at for widths; of a text column
_WIDEST = 16_777_215  # Qt's own “as wide as may be”
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


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
        tools = FlowLayout(self._tools, px(8))  # large text must not make the form wider than its room
        self.person = next((each for each in self.model.fields if _is_person(each)), None)
        if self.person is not None:
            self._adder = LinksEditor(self.person, session)
            self._adder.setFixedWidth(px(260))
            self._adder.changed.connect(self._add_people)
            self._adder.adder.several.disconnect()  # a block has more columns than names
            self._adder.adder.several.connect(self.paste)
            tools.addWidget(self._adder)
            self.teams = button("按班组加入", name="users")
            menu = QMenu(self.teams)
            menu.aboutToShow.connect(partial(self._fill_teams, menu))
            hang(self.teams, menu)
            tools.addWidget(self.teams)
            self._begins_at = self.teams  # not the line of names: what is typed next need not be one
        else:
            self._begins_at = button("加一行", self.add_row, name="plus")
            tools.addWidget(self._begins_at)
        tools.addWidget(button("从 Excel 粘贴", self.paste, kind="quiet", name="clipboard"))
        self._remove = button("移除所选", self.remove_chosen, kind="quiet", name="trash")
        self._remove.setToolTip("移除所选的行 (Delete)，Ctrl+Z 撤销")
        tools.addWidget(self._remove)
        column.addWidget(self._tools)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText("在名单里找：姓名、拼音首字母" if self.person else "在表里找")
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
        """Take the selected rows away; the cursor stays where they were."""
        if places := self.view.rows_chosen():
            column = max(self.view.currentIndex().column(), 0)
            self.model.drop(places)
            self.view.setCurrentIndex(self.model.index(min(places[0], len(self.model.rows) - 1), column))

    def move_chosen(self, by: int) -> None:
        """Move the selected rows one place up (-1) or down."""
        column = max(self.view.currentIndex().column(), 0)
        self.view.choose_rows(self.model.move(self.view.rows_chosen(), by), column)

    def undo_typing(self) -> bool:
        """Undo the newest change of the rows."""
        return self.model.turn(is_back=True)

    def redo_typing(self) -> bool:
        """Redo the change undone last."""
        return self.model.turn(is_back=False)

    def paste(self) -> None:
        """Add rows from a block copied in Excel."""
        text = QGuiApplication.clipboard().text()
        cells = [line.split("\t") for line in text.splitlines() if line.strip()]
        if not cells:
            self.session.door.say("剪贴板里没有表格", "请先在 Excel 里选中要粘贴的区域并复制", "warning")
            return
        rows, unread = read_pasted(self.model, cells)
        fresh = rows if self.person is None else self._fresh(rows, self.person.key)
        self.model.add(fresh)
        told = [f"加入 {len(fresh)} 行"] * bool(fresh) + [f"{len(rows) - len(fresh)} 人已在名单里"] * (fresh != rows)
        if not told and not unread:
            self.session.door.say("表头下面没有数据", "请连同数据一起复制", "warning")
        elif unread:
            told.append(f"有 {len(unread)} 行没有认出来：{join(unread, 8)}")
            self.session.door.say("，".join(told), "请改正后再补上这几行", "warning")
        else:
            self.session.door.say("，".join(told), "", "good")

    def _fresh(self, rows: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
        """Return the rows of people who are not on the list yet, each person once."""
        known = {row[name] for row in self.model.rows}
        named = {row.get(name): row for row in reversed(rows) if row.get(name) not in known}
        return [row for row in rows if named.get(row.get(name)) is row]

    def _add_people(self) -> None:
        keys = self._adder.raw()
        if keys:
            self._adder.set_value([])
            self._add_keys(keys)

    def _add_keys(self, keys: Sequence[int]) -> None:
        if self.person is not None:
            name = self.person.key
            self.model.add(self._fresh([{name: key} for key in keys], name))

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
        self.finder.setVisible(len(rows) > _MOST or bool(self.finder.text()))
        if self.finder.text():
            self._find(self.finder.text())  # what stands where has changed
        if not rows and self.view.hasFocus():
            self._begins_at.setFocus()  # the grid goes out of sight; undoing and redoing go on here
        self.view.setVisible(bool(rows))
        self._remove.setVisible(bool(rows))
        self.view.fit()
        if not rows:
            way = "输入姓名，或按班组加入" if self.person else "加一行"
            self.told.setText(f"还是空的：{way}，或从 Excel 粘贴")
            return
        if not self.model.is_attendance:
            self.told.setText(f"共 {len(rows)} 行")
            return
        absent = [row["person"] for row in rows if row.get("present") is False]
        names = [self.model.name("employee", key) for key in absent]
        told = f"；缺席：{join(names, 12)}" if names else "；全部到场（只勾缺席的人）"
        self.told.setText(f"名单 {len(rows)} 人，到场 {len(rows) - len(absent)} 人{told}")

    def _find(self, words: str) -> None:
        wanted = words.strip().lower()
        for place in range(len(self.model.rows)):
            cells = (self.model.index(place, column) for column in range(self.model.columnCount()))
            text = " ".join(str(cell.data() or "") for cell in cells).lower()
            self.view.setRowHidden(place, wanted not in text and wanted not in initials(text))


def _is_person(field: Any) -> bool:
    return isinstance(field.kind, Link) and field.kind.ledger == "employee" and field.required


class _Grid(QTableView):
    """The grid: Delete removes rows, Ctrl+V pastes, Space ticks, Alt+Shift+↑↓ moves rows, Insert adds one."""

    def __init__(self, editor: LinesEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setModel(editor.model)
        self.setAccessibleName(editor.lines.title)
        self.setToolTip("空格打勾，F2 改，Delete 移除，Alt+Shift+↑↓ 移动，Ctrl+V 从 Excel 粘贴，Ctrl+Z 撤销")
        self.setItemDelegate(_CellDelegate(editor.session, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(px(_HIGH))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFixedHeight(px(_HIGH) + px(6))
        head.setStretchLastSection(editor.model.fields[-1].kind.name == "text")

    def fit(self) -> None:
        """Be as high as the rows, as far as that goes, each column as wide as its content asks."""
        model = self._editor.model
        for place, field in enumerate(model.fields):
            self.setColumnWidth(place, px(_WIDTHS.get(field.kind.name, 140)))
            if field.kind.name == "text":
                shown = [str(row[field.key]) for row in model.rows[:_SEEN] if row.get(field.key)]
                words = [model.heading(place), *(text.partition("\n")[0] for text in shown)]
                wide = widest(QFontMetrics(font()), words) + px(28)
                self.setColumnWidth(place, min(max(wide, px(_LEAST)), px(_WIDTHS["text"] if shown else 160)))
        shown_rows = min(len(model.rows), _MOST)
        bar = self.horizontalScrollBar().sizeHint().height() if self._is_wide() else 0
        self.setFixedHeight(self.horizontalHeader().height() + shown_rows * px(_HIGH) + bar + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def rows_chosen(self) -> list[int]:
        """Return the places of the rows with a selected cell."""
        return sorted({index.row() for index in self.selectionModel().selectedIndexes()})

    def choose_rows(self, places: Sequence[int], column: int) -> None:
        """Select one cell of each of these rows."""
        if places:
            self.setCurrentIndex(self.model().index(places[0], column))
            for place in places[1:]:
                self.selectionModel().select(
                    self.model().index(place, column), QItemSelectionModel.SelectionFlag.Select
                )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & _HELD
        alt_shift = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        if self._editor.model.is_read_only:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Delete:
            self._editor.remove_chosen()
        elif key == Qt.Key.Key_V and held == Qt.KeyboardModifier.ControlModifier:
            self._editor.paste()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and held == alt_shift:
            self._editor.move_chosen(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Insert and self._editor.person is None:
            self._editor.add_row()
        else:
            super().keyPressEvent(event)

    def _is_wide(self) -> bool:
        """Say whether the columns are wider than there is room, so that a bar to scroll stands below them."""
        wide = sum(self.columnWidth(place) for place in range(self.model().columnCount()))
        if self.horizontalHeader().stretchLastSection():
            wide -= self.columnWidth(self.model().columnCount() - 1) - self.horizontalHeader().minimumSectionSize()
        return wide > self.viewport().width()


class _CellDelegate(QStyledItemDelegate):
    """Edits a cell with the editor of its kind; what cannot be read leaves the cell as it was and is said."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model: Any = index.model()
        editor = editor_for(model.fields[index.column()], self._session)
        editor.setParent(parent)
        editor.main.setMaximumWidth(_WIDEST)  # a cell is filled, however wide its column was drawn
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
