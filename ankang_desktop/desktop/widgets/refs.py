"""The records behind a number, listed; any of them opens with a double click or Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.basic import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog

HEADS = ("编号", "名称", "日期", "纸质件")


class RecordsDialog(Dialog):
    """A list of records; `refs` are mappings with number, title, day, place (and perhaps note)."""

    def __init__(
        self, session: Session, title: str, refs: Sequence[Mapping[str, Any]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(title)
        self.resize(px(760), px(480))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label(f"{title}：{len(refs)} 条记录", "subtitle", wrap=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText("在这些记录里找")
        self.search.textChanged.connect(self._filter)
        column.addWidget(self.search)
        heads = (*HEADS, "说明") if any(ref.get("note") for ref in refs) else HEADS
        self.table = QTableWidget(len(refs), len(heads))
        self.table.setHorizontalHeaderLabels(list(heads))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for row, ref in enumerate(refs):
            for place, text in enumerate(_texts(ref)[: len(heads)]):
                self.table.setItem(row, place, QTableWidgetItem(text))
        for place in (0, 2, 3):
            self.table.resizeColumnToContents(place)
        self.table.setSortingEnabled(True)
        self.table.activated.connect(lambda index: self._open(index.row()))
        column.addWidget(self.table, 1)
        tools = QHBoxLayout()
        tools.addWidget(button("复制清单", self._copy, name="copy"))
        tools.addStretch(1)
        tools.addWidget(button("打开所选", lambda: self._open(self.table.currentRow()), kind="primary"))
        tools.addWidget(button("关闭", self.close))
        column.addLayout(tools)
        if refs:
            self.table.selectRow(0)
        self.table.setFocus()

    def _open(self, row: int) -> None:
        item = self.table.item(row, 0)
        if item is not None:
            self.close()
            self.session.open_record(item.text())

    def _filter(self, words: str) -> None:
        for row in range(self.table.rowCount()):
            cells = [self.table.item(row, place) for place in range(self.table.columnCount())]
            text = " ".join(cell.text() for cell in cells if cell)
            self.table.setRowHidden(row, not all(word in text for word in words.split()))
        if self.table.isRowHidden(max(0, self.table.currentRow())):  # “打开所选” means a row in sight
            seen = (row for row in range(self.table.rowCount()) if not self.table.isRowHidden(row))
            if (first := next(seen, None)) is not None:
                self.table.selectRow(first)
            else:
                self.table.setCurrentCell(-1, -1)

    def _copy(self) -> None:
        lines = []
        for row in range(self.table.rowCount()):
            if not self.table.isRowHidden(row):
                cells = [self.table.item(row, place) for place in range(self.table.columnCount())]
                lines.append("\t".join(cell.text() if cell else "" for cell in cells))
        QGuiApplication.clipboard().setText("\n".join(lines))


def _texts(ref: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(ref.get(key) or "") for key in ("number", "title", "day", "place", "note"))
