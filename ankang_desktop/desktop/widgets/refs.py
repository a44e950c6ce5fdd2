"""The records behind a number, listed; any of them opens with a double click or Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.basic import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView

COLUMNS = (
    Column("编号", attrgetter("number"), 132),
    Column("名称", attrgetter("title")),
    Column("日期", attrgetter("day"), 108),
    Column("纸质件", attrgetter("place"), 104),
)
_NOTE = Column("说明", attrgetter("note"))


@dataclass(frozen=True, slots=True)
class _Line:
    """One record as it is listed; `searched` is what it is found by."""

    number: str
    title: str
    day: str
    place: str
    note: str
    searched: str


class RecordsDialog(Dialog):
    """A list of records; `refs` are mappings with number, title, day, place (and perhaps note)."""

    def __init__(
        self, session: Session, title: str, refs: Sequence[Mapping[str, Any]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle(title)
        lines = [_line(ref) for ref in refs]
        has_notes = any(each.note for each in lines)
        self.resize(px(960 if has_notes else 760), px(480))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label(f"{title}：{len(refs)} 条记录", "subtitle", wrap=True))
        self.search = QLineEdit()
        self.search.setPlaceholderText("在这些记录里找")
        column.addWidget(self.search)
        self.model = RowsModel((*COLUMNS, _NOTE) if has_notes else COLUMNS, self)
        self.model.search_in(attrgetter("searched"))
        self.model.show_rows(lines)
        self.search.textChanged.connect(self.model.search)
        self.table = RowsView(self.model, title)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.setSortingEnabled(True)
        self.table.opened.connect(self._open)
        column.addWidget(self.table, 1)
        tools = QHBoxLayout()
        tools.addWidget(button("复制清单", self._copy, name="copy"))
        tools.addStretch(1)
        tools.addWidget(button("打开所选", self._open_chosen, kind="primary"))
        tools.addWidget(button("关闭", self.close))
        column.addLayout(tools)
        self.model.modelReset.connect(self._stand)
        self._stand()
        self.table.setFocus()

    def _open(self, line: _Line) -> None:
        self.close()
        self.session.open_record(line.number)

    def _open_chosen(self) -> None:
        for line in self.table.chosen()[:1]:
            self._open(line)

    def _stand(self) -> None:
        """Stand on the first row in sight: “打开所选” means one."""
        if self.model.rows:
            self.table.selectRow(0)

    def _copy(self) -> None:
        columns = self.model.columns
        lines = ["\t".join(each.text(row) for each in columns) for row in self.model.rows]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _line(ref: Mapping[str, Any]) -> _Line:
    number, title, day, place, note = (str(ref.get(key) or "") for key in ("number", "title", "day", "place", "note"))
    return _Line(number, title, day, place, note, " ".join((number, title, day, place, note)))
