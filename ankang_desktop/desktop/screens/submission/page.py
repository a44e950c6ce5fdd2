"""The page: the wizard at the left, everything that ever went out at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.actions.submissions import Handed
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.submission.choose import ChooseStep
from ankang_desktop.desktop.screens.submission.draft import Draft, Step
from ankang_desktop.desktop.screens.submission.history import History
from ankang_desktop.desktop.screens.submission.stepper import Stepper
from ankang_desktop.desktop.screens.submission.steps import (
    PackStep,
    PreflightStep,
    PrivacyStep,
    ReadBackStep,
    ReceiptStep,
)
from ankang_desktop.desktop.screens.submission.verifying import ask_folder, ask_package
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label, menu_button
from ankang_desktop.store.journal import Changes

_CHOOSE, _RECEIPT = 0, 5


class SubmissionPage(Page):
    """报送."""

    title = "报送"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.draft = Draft()
        self.add_head(
            menu_button(
                "核对材料包",
                (
                    ("file-zip", "核对一个材料包文件…", lambda: ask_package(session, self)),
                    ("folder", "核对解开的文件夹…", lambda: ask_folder(session, self)),
                ),
                name="checklist",
            )
        )
        self.choose = ChooseStep(session, self.draft)
        self.receipt = ReceiptStep(session, self.draft)
        made = (PreflightStep, PrivacyStep, PackStep, ReadBackStep)
        self.steps: list[Step] = [self.choose, *(each(session, self.draft) for each in made), self.receipt]
        self.stepper = Stepper([each.title for each in self.steps])
        self.stepper.wanted.connect(self._go)
        self.column.addWidget(self.stepper)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._wizard())
        self.history = History(session)
        self.history.setMinimumWidth(px(300))
        split.addWidget(self.history)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        split.setSizes([px(720), px(380)])
        self.column.addWidget(split, 1)
        self.at = _CHOOSE
        for step in self.steps:
            step.changed.connect(self._show)
            step.finished.connect(self._next)
        self.choose.proposed.connect(self.history.show_history)
        self.history.subject_wanted.connect(self._subject)
        self.history.receipt_wanted.connect(self._receipt)
        self._go(_CHOOSE)

    def refresh(self) -> None:
        if self.at < _RECEIPT - 1:
            self.steps[self.at].enter()
        if self.at != _CHOOSE:
            self.choose.ask()

    def is_touched_by(self, changes: Changes) -> bool:
        return self.at in {_CHOOSE, 1, 2} or "submission" in changes.tables

    def _wizard(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout()
        self.back = button("上一步(&B)", self._back)
        self.told = label("", "soft", wrap=True)
        self.next = button("下一步(&N)", self._press, kind="primary")
        row.addWidget(self.back)
        row.addWidget(self.told, 1)
        row.addWidget(self.next)
        column.addLayout(row)
        return part

    def _go(self, at: int) -> None:
        if at == _CHOOSE and self.draft.done is not None:
            self.draft.done = None
            self.draft.forget()
        self.at = at
        self.stack.setCurrentIndex(at)
        self.steps[at].enter()
        self._show()

    def _press(self) -> None:
        if self.steps[self.at].is_ready and self.steps[self.at].go_on():
            self._next()

    def _next(self) -> None:
        self._go((self.at + 1) % len(self.steps))

    def _back(self) -> None:
        self._go(self.at - 1 if self.draft.done is None and self.at < _RECEIPT else _CHOOSE)

    def _show(self) -> None:
        step = self.steps[self.at]
        reach = range(self.at + 1) if self.draft.done is None else (_CHOOSE, 4, _RECEIPT)
        self.stepper.show_step(self.at, frozenset(reach))
        self.back.setEnabled(self.at > 0)
        self.back.setText("上一步(&B)" if self.draft.done is None and self.at < _RECEIPT else "另报一个(&B)")
        self.next.setText(step.next_text)
        self.next.setEnabled(step.is_ready)
        self.told.setText(step.hint)

    def _subject(self, subject: Any) -> None:
        self._go(_CHOOSE)
        self.choose.choose(subject)

    def _receipt(self, handed: Handed) -> None:
        self.receipt.take(handed)
        self._go(_RECEIPT)
