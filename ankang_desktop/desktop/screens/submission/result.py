"""Steps five and six: the package read back as its receiver would, and the receipt of its arrival."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.actions import submissions, submitting
from ankang_desktop.actions.keeping import size_text
from ankang_desktop.actions.submitting import Submitted
from ankang_desktop.desktop.form.editors.days import DayEditor
from ankang_desktop.desktop.look import pixmap, px
from ankang_desktop.desktop.paper.parts import Working
from ankang_desktop.desktop.paper.targets import keep_folder, last_folder, open_outside
from ankang_desktop.desktop.screens.submission.draft import Draft, Step
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, clear, icon_button, label, link, scrolled
from ankang_desktop.kernel.errors import AnkangError, Refused
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.submission.verification import Verification

_MOST_POINTS = 6


class ResultStep(Step):
    """What lies where it was wanted: checked file by file, with its hash and the record it is filed under."""

    title = "读回核对"
    next_text = "下一步：回执(&N)"

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session, draft)
        self.sign, self.told = QLabel(), label("", "title", wrap=True)
        self.score = QHBoxLayout()
        self.score.setSpacing(px(4))
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(px(16))
        self.facts.setVerticalSpacing(px(8))
        self.facts.setColumnStretch(1, 1)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(px(4))
        self.working = Working(has_cancel=False)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self.sign)
        words = QVBoxLayout()
        words.addWidget(self.told)
        words.addLayout(self.score)
        head.addLayout(words, 1)
        done = QWidget()
        inside = QVBoxLayout(done)
        inside.setContentsMargins(0, 0, px(4), 0)
        inside.setSpacing(px(12))
        inside.addWidget(card(head))
        inside.addWidget(card(self.facts, title="材料包"))
        self.note_card = card(self.notes, title="随包说明")
        inside.addWidget(self.note_card)
        inside.addStretch(1)
        self.stack = QStackedWidget()
        for each in (self.working, scrolled(done)):
            self.stack.addWidget(each)
        self.column.addWidget(self.stack, 1)
        self._shown: Submitted | None = None

    @property
    def is_ready(self) -> bool:
        return self._shown is self.draft.done and self._shown is not None

    def enter(self) -> None:
        done = self.draft.done
        if done is None or self._shown is done:
            return
        self.stack.setCurrentIndex(0)
        path = done.parts[0] if done.parts else done.path

        def check(progress: Progress) -> tuple[Verification, Verification | None]:
            parts = submitting.verify(path, progress) if done.parts else None
            return submitting.verify(done.path, progress), parts

        job = self.session.work.run(check, partial(self._checked, done), on_error=partial(self._unread, done))
        self.working.follow(job, "正在读回核对")

    def _checked(self, done: Submitted, found: tuple[Verification, Verification | None]) -> None:
        whole, parts = found
        is_ok = whole.ok and (parts is None or parts.ok)
        findings = [*whole.findings, *(parts.findings if parts else ())]
        self._show(done, whole, [each.sentence for each in findings], is_ok=is_ok)

    def _unread(self, done: Submitted, error: BaseException) -> None:
        self.session.door.show(error)
        text = error.text if isinstance(error, AnkangError) else "读回时程序出错"
        self._show(done, None, [text], is_ok=False)

    def _show(self, done: Submitted, found: Verification | None, faults: Sequence[str], *, is_ok: bool) -> None:
        self._shown = done
        name, tone = ("circle-check", "good") if is_ok else ("alert-circle", "danger")
        self.sign.setPixmap(pixmap(name, px(40), tone, self.devicePixelRatioF()))
        self.told.setText("材料包完好，可以报送" if is_ok else "读回核对有问题，请不要发出")
        clear(self.score)
        told = f"{done.kind}报送已登记为"
        self.score.addWidget(label(told, "soft"))
        self.score.addWidget(link(done.number, lambda: self.session.open_record(done.number)))
        self.score.addWidget(label("，建议分", "soft"))
        self.score.addWidget(link(done.score, lambda: self.session.go("scorecard")))
        self.score.addStretch(1)
        self._show_facts(done, found)
        self._show_notes(done, faults)
        self.stack.setCurrentIndex(1)
        self.changed.emit()

    def _show_facts(self, done: Submitted, found: Verification | None) -> None:
        clear(self.facts)
        self._fact("文件", str(done.path))
        row = self.facts.rowCount() - 1
        self.facts.addWidget(
            button(
                "打开文件夹(&F)", partial(open_outside, self.session.door.say, done.path.parent), name="folder-open"
            ),
            row,
            2,
        )
        if done.path.is_file():
            self._fact("大小", f"{size_text(done.path.stat().st_size)}，{done.files} 个文件")
        if found is not None:
            self._fact("逐件核对", f"{found.files} 个文件，{len(found.findings)} 处不符")
        self._fact("校验值", done.sha256)
        row = self.facts.rowCount() - 1
        copy = button("复制(&C)", partial(self._copy, done.sha256), name="copy")
        self.facts.addWidget(copy, row, 2)
        told = "就是材料包的核对码：收件人在“核对材料包”里看到的也是这一串，说明收到的文件没有改动。"
        self.facts.addWidget(label(told, "caption", wrap=True), row + 1, 1)
        if done.parts:
            told = f"{len(done.parts)} 卷，每卷不超过 {self.draft.limit >> 20} MB"
            self._fact("分卷", f"{told}，在“{done.parts[0].parent.name}”里，附合并说明")
            row = self.facts.rowCount() - 1
            opened = partial(open_outside, self.session.door.say, done.parts[0].parent)
            self.facts.addWidget(button("打开分卷", opened, name="folder-open"), row, 2)

    def _fact(self, name: str, text: str) -> None:
        row = self.facts.rowCount()
        self.facts.addWidget(label(name, "soft"), row, 0)
        self.facts.addWidget(label(text, wrap=True, selectable=True), row, 1)

    def _show_notes(self, done: Submitted, faults: Sequence[str]) -> None:
        clear(self.notes)
        for text in faults[:20]:
            self.notes.addWidget(label(text, "danger", wrap=True))
        if done.concerns:
            self.notes.addWidget(label(submitting.masked_note(done.concerns), wrap=True))
        for text in done.notes:
            self.notes.addWidget(label(text, wrap=True))
        points = done.open_points
        for text in points[:_MOST_POINTS]:
            self.notes.addWidget(label(f"还可以补：{text}", "soft", wrap=True))
        if len(points) > _MOST_POINTS:
            self.notes.addWidget(label(f"另有 {len(points) - _MOST_POINTS} 处，见评分表的缺口清单", "soft"))
        self.note_card.setVisible(bool(faults or done.concerns or done.notes or points))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.session.door.say("已复制校验值", "可以粘贴到邮件里，让收件人核对", "info")


class ReceiptStep(Step):
    """When it arrived, who says so, and the paper that proves it; one step of the journal."""

    title = "回执"
    next_text = "保存回执(&S)"

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session, draft)
        fields = session.app.ledgers["submission"].fields
        self.number = ""
        self.files: list[Path] = []
        self.day = DayEditor(fields["received_on"], session)
        self.words = QLineEdit()
        self.words.setMaxLength(80)
        self.words.setPlaceholderText("如：市总劳动保护部收，签收单 12 号")
        self.day.changed.connect(self.changed)
        self.problem = label("", "problem")
        self.problem.hide()
        self.of = QHBoxLayout()
        self.of.setSpacing(px(4))
        self.listed = QVBoxLayout()
        self.listed.setSpacing(px(4))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(1, px(360))
        for name, editor, focus in (
            ("送达日期(&D)", self.day, self.day.main),
            ("回执内容(&T)", self.words, self.words),
        ):
            row = grid.rowCount()
            called = label(name, "soft")
            called.setBuddy(focus)
            grid.addWidget(called, row, 0)
            grid.addWidget(editor, row, 1)
        grid.addWidget(self.problem, grid.rowCount(), 1)
        files = QVBoxLayout()
        files.setSpacing(px(6))
        files.addWidget(button("添加回执文件(&A)…", self.browse, name="paperclip"), 0, Qt.AlignmentFlag.AlignLeft)
        files.addLayout(self.listed)
        row = grid.rowCount()
        grid.addWidget(label("回执文件", "soft"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(files, row, 1)
        told = "收件人的回复邮件、签收单拍照都可以，会附在这条报送记录的“送达回执”里。"
        made = card(self.of, grid, label(told, "soft", wrap=True), title="送达回执", spacing=12)
        made.setMaximumWidth(px(760))
        self.column.addWidget(made)
        self.column.addStretch(1)

    @property
    def is_ready(self) -> bool:
        return bool(self.number)

    @property
    def hint(self) -> str:
        return "没有收到也可以以后登记：在报送记录里按“登记回执”"

    def enter(self) -> None:
        if self.draft.done is not None and not self.number:
            self.take(self.draft.done.number)
        self.day.main.setFocus()

    def take(self, number: str) -> None:
        """Register the receipt of this hand-in."""
        self.number, self.files = number, []
        self.day.set_value(self.session.app.clock.today())
        self.words.clear()
        self.problem.hide()
        clear(self.of)
        self.of.addWidget(label("报送记录", "soft"))
        self.of.addWidget(link(number, lambda: self.session.open_record(number)))
        self.of.addStretch(1)
        self._show_files()
        self.changed.emit()

    def browse(self) -> None:
        """Ask for the receipt's files."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "回执文件", str(last_folder(self.session)))
        if chosen:
            keep_folder(self.session, Path(chosen[0]))
            self.add_files([Path(each) for each in chosen])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take files to be attached with the receipt."""
        self.files += [path for path in paths if path not in self.files]
        self._show_files()

    def go_on(self) -> bool:
        app, number = self.session.app, self.number
        try:
            self.session.work.refuse_writing()
            submissions.register_receipt(app, number, self.day.day(), self.words.text(), self.files)
        except Refused as refused:
            self.problem.setText(refused.problems[0].text)
            self.problem.show()
            return False
        except AnkangError as error:
            self.session.door.show(error)
            return False
        self.number = ""
        self.session.done(f"已登记 {number} 的送达回执")
        return True

    def _show_files(self) -> None:
        clear(self.listed)
        for path in self.files:
            row = QHBoxLayout()
            row.setSpacing(px(4))
            row.addWidget(label(path.name))
            row.addWidget(icon_button("x", f"去掉 {path.name}", partial(self._drop, path), size=14))
            row.addStretch(1)
            self.listed.addLayout(row)

    def _drop(self, path: Path) -> None:
        self.files.remove(path)
        self._show_files()
