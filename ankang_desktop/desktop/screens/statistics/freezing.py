"""定稿: the numbers shown are kept under a name."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.actions.statistics import freeze_statistics
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.kernel.errors import AnkangError, UserError
from ankang_desktop.scoring.statistics import Statistics


class FreezeDialog(Dialog):
    """Asks for the name; what is wrong with it is said here."""

    def __init__(self, session: Session, filled: Statistics, named: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.filled = session, filled
        self.setWindowTitle("定稿")
        self.setMinimumWidth(px(420))
        self.name = QLineEdit(named)
        self.name.setMaxLength(100)
        self.name.setAccessibleName("定稿名称")
        self.name.selectAll()
        self.problem = label("", "problem", wrap=True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button("定稿(&S)", self.save, kind="primary"))
        buttons.addWidget(button("取消", self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        for part in (
            label("把现在的数字定稿", "subtitle"),
            label("以后修改记录，这一稿的数字也不变；差在哪里随时能看。", "soft", wrap=True),
            self.name,
            self.problem,
        ):
            column.addWidget(part)
        column.addLayout(buttons)

    def save(self) -> None:
        """Freeze under the name written."""
        try:
            self.session.work.refuse_writing()
            key = freeze_statistics(self.session.app, self.filled, self.name.text())
        except UserError as error:
            self.problem.setText(str(error))
            self.name.setFocus()
            return
        except AnkangError as error:
            self.session.door.show(error, again=self.save)
            return
        self.accept()
        self.session.done(f"已定稿第 {key} 号：{self.name.text().strip()}")
