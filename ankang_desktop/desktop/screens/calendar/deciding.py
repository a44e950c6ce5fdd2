"""What the officer decides about a duty, asked for whole: closing asks for the proof, moving for the days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ankang_desktop.actions.agenda import decide
from ankang_desktop.actions.records import Done
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Day, Misread
from ankang_desktop.desktop.form.editors import editor_for
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.kernel.errors import AnkangError, Refused
from ankang_desktop.kernel.text import join
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.programme.duties import Duty

_ASKS = {
    DutyDecision.closed: ("办结", "凭证在哪里？", "如：会议纪要在3盒5号；或把照片、扫描件附在下面"),
    DutyDecision.moved: ("改期", "为什么改期？（可不填）", "如：按市总工会电话通知"),
    DutyDecision.not_applicable: ("不适用", "为什么不适用？", "如：本单位没有高温岗位"),
    DutyDecision.switched_off: ("停用", "以后每年都不再列入年历。为什么？（可不填）", "如：已由集团统一办理"),
}


_DONE = {
    DutyDecision.closed: "办结",
    DutyDecision.moved: "改期",
    DutyDecision.not_applicable: "标为不适用",
    DutyDecision.switched_off: "停用",
}
_NO_FILES = "没有附文件，也可以直接拖进来"


class DecisionDialog(Dialog):
    """One decision about one time of a duty."""

    def __init__(self, session: Session, duty: Duty, decision: DutyDecision, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.duty, self.decision = session, duty, decision
        self.files: list[Path] = []
        title, question, hint = _ASKS[decision]
        self.setWindowTitle(title)
        self.setMinimumWidth(px(500))
        self.setAcceptDrops(decision is DutyDecision.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label(f"{title}：{duty.title}", "subtitle", wrap=True))
        self.days = [editor_for(Field(Day(), words), session) for words in ("自", "至")]
        if decision is DutyDecision.moved:
            row = QHBoxLayout()
            row.addWidget(label("改为"))
            for editor, words in zip(self.days, ("至", ""), strict=True):
                row.addWidget(editor, 1)
                row.addWidget(label(words))
            if duty.occurrence:
                self.days[0].set_value(duty.occurrence.start)
                self.days[1].set_value(duty.occurrence.end)
            column.addLayout(row)
        column.addWidget(label(question))
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText(hint)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(px(72))
        self.reason.setAccessibleName(question)
        column.addWidget(self.reason)
        if decision is DutyDecision.closed:
            row = QHBoxLayout()
            self.attached = label(_NO_FILES, "caption", wrap=True)
            row.addWidget(button("附照片或扫描件(&A)…", self._choose, name="paperclip"))
            row.addWidget(self.attached, 1)
            self._without = button("不附", self._drop_files, kind="quiet")
            self._without.hide()
            row.addWidget(self._without)
            column.addLayout(row)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(f"{title}(&S)", QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("kind", "primary")
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def save(self) -> None:
        """Write the decision; what is lacking is said here. Files are copied in a thread."""
        try:
            self.session.work.refuse_writing()
            write = self._decision()
            if self.files:
                self.setEnabled(False)
                self.session.work.run(
                    lambda _: write(), self._saved, text="保存凭证", writes=True, on_error=self._failed
                )
            else:
                self._saved(write())
        except (Misread, AnkangError) as error:
            self._failed(error)

    def _decision(self) -> Callable[[], Done]:
        start, end = (each.value() for each in self.days) if self.decision is DutyDecision.moved else (None, None)
        reason = self.reason.toPlainText() or ("见附件" if self.files else "")
        given = (self.session.app, self.duty, self.decision, reason)
        return partial(decide, *given, new_from=start, new_until=end, files=tuple(self.files))

    def _saved(self, _: Done) -> None:
        self.accept()
        self.session.done(f"已{_DONE[self.decision]}：{self.duty.title}")

    def _failed(self, error: BaseException) -> None:
        self.setEnabled(True)
        if isinstance(error, Misread | Refused):
            self.problem.setText(error.text if isinstance(error, Refused) else str(error))
            self.problem.show()
        else:
            self.session.door.show(error)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take files as proof."""
        self.files += [path for path in paths if path not in self.files]
        self.attached.setText(join([path.name for path in self.files], 4) or _NO_FILES)
        self._without.setVisible(bool(self.files))

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "附凭证")
        self.add_files([Path(name) for name in names])

    def _drop_files(self) -> None:
        self.files = []
        self.add_files([])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = (each.toLocalFile() for each in event.mimeData().urls())
        self.add_files([path for each in local if each and (path := Path(each)).is_file()])


def ask(session: Session, duty: Duty, decision: DutyDecision, parent: QWidget) -> None:
    """Open the dialog of a decision."""
    DecisionDialog(session, duty, decision, parent).open()
