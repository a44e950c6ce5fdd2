"""One value into many records at once, as one step."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from ankang_desktop.actions import drafting
from ankang_desktop.declare.kinds import Misread
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.desktop.form.editors import Editor, editor_for
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.kernel.errors import AnkangError, Refused


class BatchDialog(Dialog):
    """Choose a field, give its value; an empty value clears the field in every record."""

    def __init__(self, session: Session, ledger: Ledger, ids: list[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.ledger, self.ids = session, ledger, ids
        self.setWindowTitle("批量修改")
        self.setMinimumWidth(px(460))
        unique = {each.key for each in ledger.identity} if ledger.unique else set()
        stage = {ledger.workflow.stage.key} if ledger.workflow else set()
        self.fields = [each for key, each in ledger.editable.items() if key not in unique | stage | {"number"}]
        self.editor: Editor | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(20), px(16), px(20), px(16))
        self.column.setSpacing(px(10))
        self.column.addWidget(label(f"所选 {len(ids)} 条{ledger.title}，都改成：", "subtitle", wrap=True))
        self.choice = CalmComboBox()
        self.choice.setAccessibleName("要改的项目")
        self.choice.addItems([each.label for each in self.fields])
        self.choice.currentIndexChanged.connect(self._choose)
        self.column.addWidget(self.choice)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.hint = label("留空表示清空这一项；整批是一步，可以撤销。", "caption")
        self.buttons = QDialogButtonBox()
        self.accepting = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accepting.setProperty("kind", "primary")
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        for part in (self.problem, self.hint, self.buttons):
            self.column.addWidget(part)
        self._choose(0)

    def save(self) -> None:
        """Write the value; what refuses is said here, and nothing is written."""
        if self.editor is None:
            return
        key, app = self.editor.field.key, self.session.app
        told = partial(_told, self.session, self.ledger.labels[key])
        try:
            values = {key: self.editor.value()}
            change = partial(drafting.change_many, app, self.ledger.key, self.ids, values)
            self.session.write(len(self.ids), change, told, f"修改 {len(self.ids)} 条记录", self._come_back)
        except (Misread, AnkangError) as error:
            self._refuse(error)
        else:
            self.accept()

    def _come_back(self, error: BaseException) -> None:
        """Say what refused many records where the value is still filled in."""
        if isinstance(error, Refused):
            self.open()
        self._refuse(error)

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, Misread | Refused):
            self.session.door.show(error)
            return
        self.problem.setText(error.problems[0].text if isinstance(error, Refused) else str(error))
        self.problem.show()
        if self.editor is not None:
            self.editor.set_wrong(is_wrong=True)

    def _choose(self, row: int) -> None:
        if self.editor is not None:
            self.column.removeWidget(self.editor)
            self.editor.deleteLater()
        self.editor = editor_for(self.fields[row], self.session)
        self.editor.changed.connect(self._typed)
        self.column.insertWidget(2, self.editor)
        self._typed()

    def _typed(self) -> None:
        """Let the button say that it clears, where nothing is filled in."""
        self.problem.hide()
        try:
            clears = self.editor is not None and self.editor.value() in (None, (), "")
        except Misread:
            clears = False
        self.accepting.setText("全部清空(&S)" if clears else "全部修改(&S)")


def _told(session: Session, name: str, number: int) -> None:
    """Say how many were changed; the dialog may be gone by then."""
    if number:
        session.done(f"已修改 {number} 条记录的{name}")
    else:  # 撤销 beside it would take back the step before
        session.door.say(f"所选记录的{name}本来就是这样", "没有改动", "info")
