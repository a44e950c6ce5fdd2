"""Which hazard a photo is the 整改后照片 of, chosen by typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from ankang_desktop.actions.choosing import Candidate
from ankang_desktop.actions.intake import waiting_for_photo
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.work import Latest

_MOST = 40


class AfterDialog(Dialog):
    """`chosen` carries the number of the hazard. Typing narrows, ↑/↓ walk, Enter takes."""

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("整改后照片")
        self.resize(px(600), px(420))
        self.session = session
        self.found: list[Candidate] = []
        self._latest = Latest(session.work)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label("这张是哪条隐患整改后的照片？", "subtitle"))
        self.line = QLineEdit()
        self.line.setProperty("kind", "search")
        self.line.setPlaceholderText("输入编号、地点、描述或拼音首字母")
        self.line.textChanged.connect(self.look)
        column.addWidget(self.line)
        self.list = QListWidget()
        self.list.setAccessibleName("等着整改后照片的隐患")
        self.list.itemActivated.connect(lambda _: self.take())
        column.addWidget(self.list, 1)
        self.none = label("没有符合的：未销号的，和已销号但缺整改后照片的隐患才列在这里", "soft", wrap=True)
        self.none.hide()
        column.addWidget(self.none)
        tools = QHBoxLayout()
        tools.addStretch(1)
        cancel = button("取消", self.reject)
        cancel.setAutoDefault(False)
        self.accepting = button("附到这条隐患 (Enter)", self.take, kind="primary")
        self.accepting.setAutoDefault(False)
        tools.addWidget(cancel)
        tools.addWidget(self.accepting)
        column.addLayout(tools)
        self.line.setFocus()
        self.look("")

    def look(self, text: str) -> None:
        """Find hazards that a text may mean."""
        app = self.session.app
        self._latest.run(lambda _: waiting_for_photo(app, text, _MOST), self._show)

    def take(self) -> None:
        """Take the hazard marked."""
        row = self.list.currentRow()
        if 0 <= row < len(self.found):
            number = self.found[row].name
            self.accept()
            self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.take()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.found:
            by = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(len(self.found) - 1, self.list.currentRow() + by)))
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Stop looking when the dialog ends."""
        self._latest.stop()
        super().done(result)

    def _show(self, found: list[Candidate]) -> None:
        self.found = found
        self.list.clear()
        self.list.addItems([f"{each.name}　{each.detail}" for each in found])
        self.list.setCurrentRow(0)
        self.none.setVisible(not found)
        self.accepting.setEnabled(bool(found))
