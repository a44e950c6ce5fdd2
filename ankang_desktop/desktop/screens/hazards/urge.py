"""Whom to urge: departments and teams with what is overdue or due soon, and the words to paste into the chat."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from ankang_desktop.actions.urging import Urged
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog


class UrgeDialog(Dialog):
    """At the left whom, at the right the words; they may be written over before they are copied."""

    def __init__(self, session: Session, people: Sequence[Urged], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("催办")
        self.resize(px(820), px(480))
        self.session, self.people = session, list(people)
        late, soon = sum(each.overdue for each in people), sum(each.soon for each in people)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        told = f"{len(people)} 个部门、班组：逾期 {late} 条，一周内到期 {soon} 条"
        column.addWidget(label(told, "subtitle", wrap=True))
        column.addWidget(label("文字里不会出现发现人。复制后到微信群里粘贴。", "soft"))
        self.list = QListWidget()
        self.list.setAccessibleName("催办对象")
        self.list.setFixedWidth(px(270))
        for each in people:
            counts = "，".join(
                filter(None, (f"逾期 {each.overdue}" * bool(each.overdue), f"将到期 {each.soon}" * bool(each.soon)))
            )
            self.list.addItem(f"{each.name}　{counts}")
        self.words = QPlainTextEdit()
        self.words.setAccessibleName("催办文字")
        self.words.setTabChangesFocus(True)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.list)
        row.addWidget(self.words, 1)
        column.addLayout(row, 1)
        tools = QHBoxLayout()
        tools.addWidget(button("看这些隐患(&L)", self.open_records, kind="quiet", name="arrow-up-right"))
        tools.addStretch(1)
        tools.addWidget(button("关闭", self.reject))
        tools.addWidget(button("复制全部(&A)", self.copy_all))
        tools.addWidget(button("复制这一段(&C)", self.copy, kind="primary", name="clipboard-copy"))
        column.addLayout(tools)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def copy(self) -> None:
        """Copy the words in sight and go on to the next."""
        QGuiApplication.clipboard().setText(self.words.toPlainText())
        self.session.door.say(f"已复制“{self._here().name}”的催办文字", "到微信群里粘贴即可", "good")
        if self.list.currentRow() + 1 < self.list.count():
            self.list.setCurrentRow(self.list.currentRow() + 1)

    def copy_all(self) -> None:
        """Copy the words for everybody."""
        QGuiApplication.clipboard().setText("\n\n".join(each.text for each in self.people))
        self.session.door.say(f"已复制 {len(self.people)} 段催办文字", "到微信群里粘贴即可", "good")

    def open_records(self) -> None:
        """Open the hazards spoken of."""
        here = self._here()
        self.accept()
        self.session.open_records(f"{here.name}的隐患", here.refs)

    def _here(self) -> Urged:
        return self.people[max(0, self.list.currentRow())]

    def _show(self, row: int) -> None:
        if row >= 0:
            self.words.setPlainText(self.people[row].text)
