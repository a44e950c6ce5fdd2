"""The page of 报送: the wizard at the left, what went out at the right while a new one is being chosen."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QWidget

from ankang_desktop.actions.submissions import Handed
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.submission.choose import ChooseStep
from ankang_desktop.desktop.screens.submission.draft import Draft, Step
from ankang_desktop.desktop.screens.submission.finding import PointsStep, PrivacyStep
from ankang_desktop.desktop.screens.submission.history import History
from ankang_desktop.desktop.screens.submission.packing import PackingStep
from ankang_desktop.desktop.screens.submission.result import ReceiptStep, ResultStep
from ankang_desktop.desktop.screens.submission.verifying import ask_folder, ask_package
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, label, menu_button, scrolled
from ankang_desktop.desktop.widgets.stepper import Stepper
from ankang_desktop.desktop.work import Turns
from ankang_desktop.ledgers.upper import SubmissionSubject
from ankang_desktop.store.journal import Changes

_WIDE = 860  # points the page needs to hold history beside the first step
CHOOSE, POINTS, PRIVACY, PACK, RESULT, RECEIPT = range(6)


class SubmissionPage(Page):
    """Six steps; what was chosen stays while the person goes to mend a record and comes back."""

    title = "报送"
    hint = "做材料包、核对、登记回执，都在本机，不联网"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.draft = Draft()
        self.at = CHOOSE
        checking = menu_button(
            "核对材料包",
            [
                ("file-zip", "选择压缩包或分卷…", partial(ask_package, session, self)),
                ("folder", "选择解压后的文件夹…", partial(ask_folder, session, self)),
            ],
            name="shield-check",
        )
        self.add_head(checking)
        draft = self.draft
        self.choose, self.points = ChooseStep(session, draft), PointsStep(session, draft)
        self.privacy, self.packing = PrivacyStep(session, draft), PackingStep(session, draft)
        self.result, self.receipt = ResultStep(session, draft), ReceiptStep(session, draft)
        self.steps: tuple[Step, ...] = (
            self.choose, self.points, self.privacy, self.packing, self.result, self.receipt,
        )  # fmt: skip
        self.stepper = Stepper([step.title for step in self.steps])
        self.stepper.wanted.connect(self.go_to)
        self.column.addWidget(card(self.stepper, spacing=0))
        self.history = History(session)
        self.stack = QStackedWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._turns = Turns(self)
        for step in self.steps:
            self._turns.add(partial(self._put_in, step))
            step.changed.connect(self._show_foot)
        self.packing.finished.connect(partial(self.go_to, RESULT))
        self.choose.proposed.connect(self.history.show_history)
        self.history.subject_wanted.connect(self._begin)
        self.history.receipt_wanted.connect(self._register_receipt)
        self.column.addWidget(self.stack, 1)
        self._build_foot()
        self.go_to(CHOOSE)

    # --- the page ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look again: mended records may have closed points."""
        if self.at in {POINTS, PRIVACY}:
            self.draft.forget()
        if self.at in {CHOOSE, POINTS, PRIVACY}:
            self.steps[self.at].enter()

    def is_touched_by(self, changes: Changes) -> bool:
        """Say whether a step concerns this page: any record may, but not while the package is being filed."""
        return not self.packing.is_working

    def show_with(self, subject: str = "", receipt: str = "", **_: Any) -> None:
        """Begin with a subject by its key (“year_end”), or register the receipt of a hand-in by its number."""
        if receipt:
            self.receipt.take(receipt)
            self.go_to(RECEIPT)
        elif subject in SubmissionSubject.__members__:
            self._begin(SubmissionSubject[subject])

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_wide = event.size().width() >= px(_WIDE)
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def _put_in(self, step: Step) -> None:
        self.stack.addWidget(self._place(step))
        if step is self.choose:
            self.begin_at(self.choose.subject)

    def _place(self, step: Step) -> QWidget:
        """Return a step as it lies in the stack: forms scroll, a table fills the room; the first has history beside."""
        if step in {self.points, self.privacy, self.result}:
            return step
        if step is not self.choose:
            return scrolled(step)
        both = QWidget()
        self._beside.setContentsMargins(0, 0, px(4), 0)
        self._beside.setSpacing(px(16))
        self._beside.addWidget(step, 7)
        self._turns.add(partial(self._beside.addWidget, self.history, 5))
        both.setLayout(self._beside)
        return scrolled(both)

    # --- going on ----------------------------------------------------------------------------------------------

    def go_to(self, at: int) -> None:
        """Stand at a step."""
        if at != self.at:
            self.steps[self.at].leave()
        self.at = at
        if at != CHOOSE:
            self._turns.finish()
        self.stack.setCurrentIndex(at)
        self.stepper.show_step(at, self._reach())
        if self.isVisible() or at not in {CHOOSE}:
            self.steps[at].enter()
        self._show_foot()

    def go_on(self) -> None:
        """Take the step's main button, and go to the next step where that is done."""
        if self.steps[self.at].is_ready and self.steps[self.at].go_on():
            if self.at == RECEIPT:
                self.start_over()
            else:
                self.go_to(self.at + 1)

    def go_back(self) -> None:
        """Go to the step before."""
        if self.at in {POINTS, PRIVACY, PACK} and not self.packing.is_working:
            self.go_to(self.at - 1)

    def start_over(self) -> None:
        """Begin a new hand-in."""
        self.draft.forget()
        self.draft.done, self.draft.proposal = None, None
        self.receipt.number = ""
        self.go_to(CHOOSE)

    def _reach(self) -> frozenset[int]:
        """Return the steps that can be gone to: the earlier ones before the package is made, the later ones after."""
        if self.draft.done is not None:
            return frozenset({RESULT, RECEIPT})
        if self.packing.is_working or self.at == RECEIPT:
            return frozenset()
        return frozenset(range(self.at))

    def _begin(self, subject: SubmissionSubject) -> None:
        self.start_over()
        self.choose.choose(subject)

    def _register_receipt(self, handed: Handed) -> None:
        self.receipt.take(handed.number)
        self.go_to(RECEIPT)

    # --- the foot ----------------------------------------------------------------------------------------------

    def _build_foot(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.told = label("", "soft", wrap=True)
        self.over = button("完成，回到报送记录(&E)", self.start_over, kind="quiet")
        self.back = button("上一步(&B)", self.go_back)
        self.next = button("", self.go_on, kind="primary")
        row.addWidget(self.told, 1)
        for part in (self.over, self.back, self.next):
            row.addWidget(part)
        self.column.addLayout(row)

    def _show_foot(self) -> None:
        step = self.steps[self.at]
        self.told.setText(step.hint)
        self.next.setText(step.next_text)
        self.next.setEnabled(step.is_ready)
        self.back.setVisible(self.at in {POINTS, PRIVACY, PACK})
        self.back.setEnabled(not self.packing.is_working)
        self.over.setVisible(self.at in {RESULT, RECEIPT})
        self.stepper.show_step(self.at, self._reach())
