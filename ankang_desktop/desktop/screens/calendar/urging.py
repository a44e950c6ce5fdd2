"""Words that urge, shown before they are copied: the person strikes out what he does not want to send."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ankang_desktop.actions.reminding import urging
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.programme.duties import Duty


class UrgeDialog(Dialog):
    """The words, to be changed and copied; nothing is sent from here."""

    def __init__(self, session: Session, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle("催办文字")
        self.resize(px(640), px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        number = text.count("\n") + 1
        column.addWidget(label(f"催办文字（{number} 条）", "subtitle"))
        column.addWidget(
            label("可以先改再复制，粘贴到微信群里发。程序本身不联网，不会发出任何东西。", "soft", wrap=True)
        )
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("催办文字")
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("复制(&C)", self.copy, kind="primary", name="copy"))
        row.addWidget(button("关闭", self.reject))
        column.addLayout(row)

    def copy(self) -> None:
        """Put the words on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.accept()
        self.session.door.say("催办文字已复制，可以粘贴到微信群", "", "info")


def urge(session: Session, duties: Sequence[Duty], parent: QWidget) -> None:
    """Work out what is owed for duties, and show the words."""

    def show(text: str) -> None:
        if text:
            UrgeDialog(session, text, parent).open()
        else:
            session.door.say("没有要催别人办的事项", "只由工会自己办的事项不用催；换一个筛选看看", "info")

    session.work.run(lambda progress: urging(session.app, duties, progress), show, text="正在查各班组还缺什么")
