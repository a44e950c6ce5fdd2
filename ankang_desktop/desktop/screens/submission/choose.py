"""Step one: what is handed in, of which period, as what, and into which file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.actions import submissions
from ankang_desktop.actions.submissions import Handed, Proposal
from ankang_desktop.desktop.form.editors.days import DayEditor
from ankang_desktop.desktop.form.editors.words import TextEditor
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.targets import keep_folder, last_folder
from ankang_desktop.desktop.screens.submission.draft import Draft, Step
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, clear, label, link, segments
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import Refused
from ankang_desktop.kernel.files import free_name
from ankang_desktop.ledgers.upper import SubmissionKind, SubmissionSubject

_LIMITS = ((0, "不限制"), (5, "5 MB"), (10, "10 MB"), (20, "20 MB"), (30, "30 MB"), (50, "50 MB"))
_KINDS = tuple(SubmissionKind)
_INSIDE = (
    "材料包里有：考核评分表、统计表（PDF 和 Excel）、主要数据、各台账、按评分行归好的佐证、目录和校验清单。"
    "签名扫描件、健康检查和女职工个案不出单位，只报数。"
)


class ChooseStep(Step):
    """The choice; `proposed` tells the history beside it, read together with what goes out next."""

    title = "期间与表样"
    proposed = Signal(object)

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session, draft)
        self._latest = Latest(session.work)
        self._shown_year = 0
        self._has_named = False  # the person chose the file himself
        fields = session.app.ledgers["submission"].fields
        self.subject = QComboBox()
        self.subject.setAccessibleName("报送事项")
        self.subject.addItems([each.value for each in SubmissionSubject])
        self.subject.activated.connect(lambda _: self._usual())
        self.start, self.end = DayEditor(fields["period_from"], session), DayEditor(fields["period_until"], session)
        self.form = QComboBox()
        self.form.setAccessibleName("评分表")
        cards = [form for form in session.app.forms.values() if form.kind == "scorecard"]
        for form in sorted(cards, key=lambda each: each.edition, reverse=True):
            self.form.addItem(f"{''.join(form.title)}（{form.edition}）", form.code)
        self.form.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.currentIndexChanged.connect(lambda _: self._typed())
        for editor in (self.start, self.end):
            editor.changed.connect(self._typed)
        self.kinds = segments([each.value for each in _KINDS], 0, self._take_kind)
        self.before = QHBoxLayout()
        self.before.setSpacing(px(4))
        self.target = QLineEdit()
        self.target.setAccessibleName("材料包文件")
        self.target.textEdited.connect(self._named)
        self.limit = QComboBox()
        self.limit.setAccessibleName("邮箱附件上限")
        for size, text in _LIMITS:
            self.limit.addItem(text, size)
        kept = [size for size, _ in _LIMITS].index(int(session.preferences.get("submission.limit", 0) or 0))
        self.limit.setCurrentIndex(kept)
        self.reason = TextEditor(fields["remark"], session)
        self.reason.changed.connect(self.changed)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self._lay_out()
        self._show_kind()

    # --- what the wizard asks ----------------------------------------------------------------------------------

    @property
    def is_ready(self) -> bool:
        return self.draft.proposal is not None and self._period() is not None

    @property
    def is_withdrawal(self) -> bool:
        """Say whether a package is taken back instead of one being made."""
        return self.draft.kind is SubmissionKind.withdrawal

    @property
    def next_text(self) -> str:  # type: ignore[override]
        """Return what the main button says."""
        return "登记撤回(&N)" if self.is_withdrawal else "下一步：预检(&N)"

    @property
    def hint(self) -> str:
        return "撤回不做材料包，只登记一条记录；上级那边请另行通知" if self.is_withdrawal else ""

    def enter(self) -> None:
        if self._shown_year != self.session.year:
            self._shown_year = self.session.year
            self._usual()
        else:
            self.ask()

    def ask(self) -> None:
        """Ask what went out before, and what goes out next of the chosen subject and period."""
        app, draft, period = self.session.app, self.draft, self._period()
        if period is None:
            self.changed.emit()
            return
        self._tell("")
        subject, (start, end) = draft.subject, period
        self._latest.run(
            lambda _: (submissions.history(app), submissions.proposal(app, subject, start, end)), self._proposed
        )

    def go_on(self) -> bool:
        period = self._period()
        if period is None:
            return False
        draft = self.draft
        draft.start, draft.end = period
        draft.form = self.form.currentData() or ""
        draft.limit = int(self.limit.currentData()) << 20
        self.session.preferences.put("submission.limit", self.limit.currentData())
        if self.is_withdrawal:
            self._withdraw()
            return False
        return self._take_target()

    def choose(self, subject: SubmissionSubject) -> None:
        """Choose a subject as if by hand, with its usual period."""
        self.subject.setCurrentText(subject.value)
        self._usual()

    # --- inside ------------------------------------------------------------------------------------------------

    def _usual(self) -> None:
        """Take the period a subject usually speaks of."""
        subject = list(SubmissionSubject)[self.subject.currentIndex()]
        self.draft.subject = subject
        start, end = submissions.usual_period(subject, self.session.year, self.session.app.clock.today())
        self.start.set_value(start)
        self.end.set_value(end)
        self._typed()

    def _typed(self) -> None:
        self.draft.forget()
        self.draft.proposal = None
        self._has_named = False
        self.changed.emit()
        self.ask()

    def _period(self) -> tuple[date, date] | None:
        """Return the period typed; None, with the reason beneath, where it is none."""
        start, end = self.start.day(), self.end.day()
        if start is None or end is None:
            self._tell("请填期间的起止日期，如 2026-1-1")
            return None
        if end < start:
            self._tell(f"期间至 {end} 早于期间自 {start}，请核对")
            return None
        if start > self.session.app.clock.today():
            self._tell(f"期间从 {start} 才开始，还没有可以报送的材料")
            return None
        return start, end

    def _tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _proposed(self, found: tuple[tuple[Handed, ...], Proposal]) -> None:
        history, proposal = found
        self.proposed.emit(history)
        known = self.draft.proposal
        self.draft.proposal = proposal
        if known is None or self.draft.kind not in proposal.kinds:
            self.draft.kind = proposal.kind
        if not self._has_named:
            self.target.setText(str(free_name(last_folder(self.session), proposal.name)))
        self._show_kind()
        self.changed.emit()

    def _take_kind(self, at: int) -> None:
        self.draft.kind = _KINDS[at]
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        proposal = self.draft.proposal
        possible = proposal.kinds if proposal else (SubmissionKind.first,)
        group = self.kinds.buttons  # type: ignore[attr-defined]
        for at, kind in enumerate(_KINDS):
            group.button(at).setEnabled(kind in possible)
            group.button(at).setChecked(kind is self.draft.kind)
        clear(self.before)
        earlier = proposal.earlier if proposal else None
        if earlier is None:
            self.before.addWidget(label("这个事项和期间还没有报送过", "soft"))
        else:
            self.before.addWidget(label("前次：", "soft"))
            self.before.addWidget(link(earlier.number, lambda: self.session.open_record(earlier.number)))
            told = f"{earlier.submitted_on} {earlier.kind.value}，校验值 {earlier.sha256[:8]}…"
            self.before.addWidget(label(told, "soft"))
        self.before.addStretch(1)
        for part in self._of_package:
            part.setVisible(not self.is_withdrawal)
        for part in self._of_withdrawal:
            part.setVisible(self.is_withdrawal)

    def _named(self, _: str) -> None:
        self._has_named = True
        self._tell("")
        self.changed.emit()

    def browse(self) -> None:
        """Ask where the package goes."""
        chosen, _ = QFileDialog.getSaveFileName(self, "材料包存到", self.target.text(), "材料包 (*.zip)")
        if chosen:
            path = Path(chosen)
            self.target.setText(str(path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")))
            self._named("")

    def _take_target(self) -> bool:
        path = Path(self.target.text().strip())
        if path.suffix.lower() != ".zip" or not path.is_absolute() or path.is_dir():
            self._tell("材料包请写成完整的路径，文件名以 .zip 结尾")
            self.target.setFocus()
            return False
        self.draft.target = path
        keep_folder(self.session, path)
        return True

    def _withdraw(self) -> None:
        proposal, reason = self.draft.proposal, self.reason.raw()
        if proposal is None or proposal.earlier is None:
            return
        number = proposal.earlier.number
        try:
            self.session.work.refuse_writing()
            made = submissions.withdraw(self.session.app, number, reason)
        except Refused as refused:
            self._tell(refused.problems[0].text)
            self.reason.setFocus()
            return
        self.reason.set_value(None)
        self._tell("")
        self.session.done(f"已登记撤回 {made}（撤回 {number}）")

    # --- laying out --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        until = QHBoxLayout()
        until.setSpacing(px(8))
        until.addWidget(self.start, 1)
        until.addWidget(label("至", "soft"))
        until.addWidget(self.end, 1)
        file = QHBoxLayout()
        file.setSpacing(px(8))
        file.addWidget(self.target, 1)
        browse = button("选择…", self.browse)
        file.addWidget(browse)
        self._of_package, self._of_withdrawal = [], []
        self._row(grid, "报送事项(&I)", self.subject)
        self._row(grid, "期间", until, buddy=self.start.main)
        self._of_package += self._row(grid, "评分表", self.form)
        kinds = QVBoxLayout()
        kinds.setSpacing(px(6))
        kinds.addWidget(self.kinds)
        kinds.addLayout(self.before)
        self._row(grid, "报送性质", kinds)
        self._of_package += [*self._row(grid, "材料包存到", file, buddy=self.target), self.target, browse]
        self._of_package += self._row(grid, "附件上限", self.limit)
        told = label("材料包超过上限时，先压缩副本里的照片；还超，就分卷并附合并说明。原件不变。", "caption", wrap=True)
        grid.addWidget(told, grid.rowCount(), 1)
        self._of_withdrawal += self._row(grid, "撤回原因", self.reason)
        inside = label(_INSIDE, "soft", wrap=True)
        self._of_package += [told, inside]
        made = card(grid, self.problem, inside, title="这次报什么", spacing=12)
        self.column.addWidget(made)
        self.column.addStretch(1)

    def _row(
        self, grid: QGridLayout, name: str, inside: QWidget | QHBoxLayout | QVBoxLayout, buddy: QWidget | None = None
    ) -> list[QWidget]:
        """Add a line “name: editor”; returns the widgets to hide together."""
        row = grid.rowCount()
        words = label(name, "soft")
        words.setMinimumHeight(px(30))
        if isinstance(inside, QWidget):
            words.setBuddy(buddy or inside)
            grid.addWidget(inside, row, 1)
            found = [words, inside]
        else:
            if buddy is not None:
                words.setBuddy(buddy)
            grid.addLayout(inside, row, 1)
            found = [words]
        grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        return found
