"""What the officer decides about a duty, asked for whole: closing asks for the proof, moving for the days."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ankang_desktop.actions.agenda import decide
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Day, Misread
from ankang_desktop.desktop.form.editors import editor_for
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.kernel.errors import AnkangError, Refused
from ankang_desktop.kernel.text import join
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.programme.duties import Duty

_ASKS = {
    DutyDecision.closed: ("办结", "凭证在哪里？", "如：会议纪要在3盒5号；或把照片、扫描件附在下面"),
    DutyDecision.moved: ("改期", "为什么改期？", "如：按市总工会电话通知"),
    DutyDecision.not_applicable: ("不适用", "为什么不适用？", "如：本单位没有高温岗位"),
    DutyDecision.switched_off: ("停用", "以后每年都不再提醒这一项。为什么？", "如：已由集团统一办理"),
    DutyDecision.switched_on: ("启用", "从现在起列入年历。说明（可不填）", ""),
}


class DecisionDialog(QDialog):
    """One decision about one time of a duty."""

    def __init__(self, session: Session, duty: Duty, decision: DutyDecision, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.duty, self.decision = session, duty, decision
        self.files: list[Path] = []
        title, question, hint = _ASKS[decision]
        self.setWindowTitle(title)
        self.setMinimumWidth(px(500))
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
            self.attached = label("没有附文件", "caption", wrap=True)
            row.addWidget(button("附照片或扫描件…", self._choose, name="paperclip"))
            row.addWidget(self.attached, 1)
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
        """Write the decision; what is lacking is said here."""
        try:
            start, end = (each.value() for each in self.days)
            reason = self.reason.toPlainText() or ("见附件" if self.files else "")
            self.session.work.refuse_writing()
            decide(
                self.session.app,
                self.duty,
                self.decision,
                reason,
                new_from=start if self.decision is DutyDecision.moved else None,
                new_until=end if self.decision is DutyDecision.moved else None,
                files=self.files,
            )
        except (Misread, Refused) as refused:
            text = refused.text if isinstance(refused, Refused) else str(refused)
            self.problem.setText(text)
            self.problem.show()
            return
        except AnkangError as error:
            self.session.door.show(error)
            return
        self.accept()
        self.session.done(f"“{self.duty.title}”已{_ASKS[self.decision][0]}")

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "附凭证")
        self.files += [Path(name) for name in names]
        self.attached.setText(join([path.name for path in self.files], 4) or "没有附文件")


def ask(session: Session, duty: Duty, decision: DutyDecision, parent: QWidget) -> None:
    """Open the dialog of a decision."""
    DecisionDialog(session, duty, decision, parent).open()
