"""Steps two to six: what is open, what is masked, the package being made, read back, the receipt."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QProgressBar

from ankang_desktop.actions import submissions
from ankang_desktop.actions.preflighting import Gravity, Point, concerns_of, points_of
from ankang_desktop.actions.scores import score_card
from ankang_desktop.actions.submissions import Handed
from ankang_desktop.actions.submitting import Submitted, submit
from ankang_desktop.desktop.form.editors import editor_for
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.targets import open_outside
from ankang_desktop.desktop.screens.submission.draft import Draft, Step
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, button, card, clear, label, link
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.desktop.work import Job, Latest
from ankang_desktop.kernel.errors import AnkangError, Problem, Refused
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.scoring.card import Card
from ankang_desktop.submission.preflight import Concern

_TONES = {Gravity.stops: "danger", Gravity.pending: "warning", Gravity.proof: "warning", Gravity.sums: "danger"}
_POINTS = (
    Column("", lambda each: each.gravity.value, 100, tone=lambda each: _TONES.get(each.gravity, "info")),
    Column("发现", lambda each: each.text),
    Column("怎么办", lambda each: each.remedy),
    Column("记录", lambda each: str(len(each.refs)) if each.refs else "", 70, is_right=True),
)
_CONCERNS = (
    Column("内容", lambda each: each.kind, 130, tone=lambda _: "warning"),
    Column("记录", lambda each: each.number, 150),
    Column("在哪里", lambda each: f"{each.where} {each.excerpt}"),
    Column("副本里怎么处理", lambda each: each.remedy),
)


class PreflightStep(Step):
    """What should be looked at before anything leaves; only what stops must be mended, the rest is the officer's."""

    title = "预检"
    next_text = "下一步：隐私检查(&N)"

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session, draft)
        self._latest = Latest(session.work)
        self.told = label("正在核对评分表、统计表和佐证…", wrap=True)
        self.model = RowsModel(_POINTS, self)
        self.table = RowsView(self.model, "预检结果")
        self.table.opened.connect(self._open)
        self._is_known = False
        self.column.addWidget(card(self.told, label("双击打开相应的记录或评分单元，改好后自动重新核对", "caption")))
        self.column.addWidget(self.table, 1)

    @property
    def is_ready(self) -> bool:
        return self._is_known and not any(each.gravity is Gravity.stops for each in self.model.every)

    @property
    def hint(self) -> str:
        stops = sum(each.gravity is Gravity.stops for each in self.model.every)
        if stops:
            return f"还有 {stops} 项必须先办"
        return "还有问题也可以先报，以后补报" if self.model.every else ""

    def enter(self) -> None:
        self._is_known = False
        app, draft = self.session.app, self.draft
        form, start, end = draft.form, draft.start, draft.end

        def look(progress: Progress) -> tuple[Card, list[Point]]:
            found = score_card(app, form, start, end)
            return found, points_of(app, found, progress)

        self._latest.run(look, self._show)

    def _show(self, found: tuple[Card, list[Point]]) -> None:
        self.draft.card, points = found
        self._is_known = True
        self.model.show_rows(points)
        score = self.draft.card.totals().text
        told = f"发现 {len(points)} 处可以改进" if points else "没有发现问题"
        self.told.setText(f"{told}；建议分 {score}")
        self.changed.emit()

    def _open(self, point: Point) -> None:
        if point.refs:
            self.session.open_records(point.text, point.refs)
        elif point.screen:
            self.session.go(point.screen, **point.arguments)


class PrivacyStep(Step):
    """What must not leave as it is; the records stay untouched, the copy is masked."""

    title = "隐私检查"
    next_text = "打包(&N)"

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session, draft)
        self._latest = Latest(session.work)
        self.told = label("正在检查记录、照片和附件…", wrap=True)
        self.agree = QCheckBox("脱敏并继续：副本里按右栏处理，台账不变")
        self.agree.toggled.connect(self._agreed)
        self.agree.hide()
        self.model = RowsModel(_CONCERNS, self)
        self.table = RowsView(self.model, "个人信息")
        self.table.opened.connect(lambda each: self.session.open_record(each.number.partition("、")[0]))
        self.refused = label("", "danger", wrap=True)
        self.refused.hide()
        self._is_known, self._mine = False, 0
        self.column.addWidget(card(self.told, self.refused, self.agree))
        self.column.addWidget(self.table, 1)

    @property
    def is_ready(self) -> bool:
        return self._is_known and not self._mine and (not self.draft.concerns or self.draft.is_masked)

    @property
    def hint(self) -> str:
        return "" if self.is_ready or not self._is_known else "看过之后勾选“脱敏并继续”"

    def enter(self) -> None:
        self._is_known = False
        app, found = self.session.app, self.draft.card
        if found is not None:
            self._latest.run(lambda progress: concerns_of(app, found, progress), self._show)

    def _show(self, found: tuple[list[Concern], list[Concern]]) -> None:
        masked, mine = found
        self._is_known, self._mine = True, len(mine)
        self.draft.concerns = tuple(masked)
        self.model.show_rows([*mine, *masked])
        self.agree.setVisible(bool(masked))
        self.agree.setChecked(self.draft.is_masked and bool(masked))
        words = f"发现 {len(masked)} 处个人信息，副本里会遮盖、隐去或去除" if masked else "没有发现要遮盖的个人信息"
        self.told.setText(words)
        self.refused.setText(f"另有 {len(mine)} 个附件里有个人信息，程序改不了，请打开记录换掉附件")
        self.refused.setVisible(bool(mine))
        self.changed.emit()

    def _agreed(self, is_agreed: bool) -> None:  # noqa: FBT001 - Qt's own shape
        self.draft.is_masked = is_agreed
        self.changed.emit()


class PackStep(Step):
    """The package being made off the GUI thread; cancelling leaves neither file nor record."""

    title = "打包"
    next_text = "开始打包(&N)"

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session, draft)
        self._job: Job | None = None
        self.told, self.doing = label("", wrap=True), label("", "soft", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.stop = button("取消打包", self._cancel, name="x")
        self.stop.hide()
        self.column.addWidget(card(self.told, self.doing, self.bar, self.stop))
        self.column.addStretch(1)

    @property
    def is_ready(self) -> bool:
        return self._job is None

    def enter(self) -> None:
        self.told.setText(f"材料包将写到：{self.draft.target}")
        self.doing.setText("打包、读回核对、登记报送、定稿，一气做完；中途取消不留任何东西。")
        if self.draft.done is None and self._job is None:
            self.changed.emit()

    def go_on(self) -> bool:
        app, order = self.session.app, self.draft.order()
        try:
            job = self.session.work.run(
                lambda progress: submit(app, order, progress),
                self._made,
                text="打包",
                writes=True,
                on_error=self._failed,
            )
        except AnkangError as error:
            self.session.door.show(error)
            return False
        self._job = job
        job.progress.connect(self._stepped)
        job.ended.connect(self._ended)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.stop.show()
        self.changed.emit()
        return False

    def _stepped(self, text: str, done: int, total: int) -> None:
        self.doing.setText(f"{text}{f' {done}/{total}' if total else ''}")
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.doing.setText("正在停下…")

    def _ended(self) -> None:
        if self._job is not None and self._job.is_cancelled:
            self.doing.setText("已取消，没有留下任何文件和记录")
        self._job = None
        self.bar.hide()
        self.stop.hide()
        self.changed.emit()

    def _made(self, made: Submitted) -> None:
        self.draft.done = made
        self.finished.emit()

    def _failed(self, error: BaseException) -> None:
        self.doing.setText("没有打成，没有留下任何文件和记录")
        self.session.door.show(error, again=self.go_on)


class ReadBackStep(Step):
    """What was read back: files, hash, record; the ways to the file."""

    title = "读回核对"
    next_text = "登记回执(&N)"

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session, draft)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(Badge("已读回核对，逐个文件一致", "good"))
        head.addStretch(1)
        tools = QHBoxLayout()
        tools.addWidget(button("打开文件夹", self._open, name="folder-open"))
        tools.addWidget(button("复制校验值", self._copy, name="copy"))
        tools.addStretch(1)
        self.notes = label("", "soft", wrap=True)
        self.column.addWidget(card(head, self._grid, tools, self.notes))
        self.column.addStretch(1)

    @property
    def is_ready(self) -> bool:
        return self.draft.done is not None

    def enter(self) -> None:
        made = self.draft.done
        clear(self._grid)
        if made is None:
            return
        rows: list[tuple[str, Any]] = [
            ("材料包", label(str(made.path), wrap=True, selectable=True)),
            ("文件", label(f"{made.files} 个")),
            ("校验值", label(made.sha256, selectable=True, wrap=True)),
            ("报送记录", link(made.number, partial(self.session.open_record, made.number))),
            ("得分", label(f"建议分 {made.score}")),
        ]
        for row, (words, part) in enumerate(rows):
            self._grid.addWidget(label(words, "soft"), row, 0)
            self._grid.addWidget(part, row, 1)
        self._grid.setColumnStretch(1, 1)
        self.notes.setText("\n".join(made.notes))

    def _open(self) -> None:
        if self.draft.done is not None:
            open_outside(self.draft.done.path.parent)

    def _copy(self) -> None:
        if self.draft.done is not None:
            QGuiApplication.clipboard().setText(self.draft.done.sha256)
            self.session.door.say("校验值已复制，可以发给上级核对", "", "info")


class ReceiptStep(Step):
    """The receipt of a hand-in: the day, the words, the scan; one step."""

    title = "回执"
    next_text = "登记回执(&S)"

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session, draft)
        self.number = ""
        self.files: list[Path] = []
        fields = session.app.ledgers["submission"].fields
        self.whom = label("", "strong", wrap=True)
        self.day = editor_for(fields["received_on"], session)
        self.words = QLineEdit()
        self.words.setAccessibleName("回执")
        self.words.setPlaceholderText("如：市总劳动保护部收，签收单 12 号；也可只附回执照片")
        self.attached = label("没有附文件", "caption", wrap=True)
        self.problem = label("", "problem", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        for row, (words, part) in enumerate((("送达日期", self.day), ("回执", self.words))):
            grid.addWidget(label(words, "soft"), row, 0)
            grid.addWidget(part, row, 1)
        row_of_files = QHBoxLayout()
        row_of_files.addWidget(button("附回执照片或扫描件…", self._choose, name="paperclip"))
        row_of_files.addWidget(self.attached, 1)
        told = label("材料交出去之后再登记；还没有回执可以以后从右边的记录里补。", "caption", wrap=True)
        self.column.addWidget(card(self.whom, grid, row_of_files, self.problem, told))
        self.column.addStretch(1)

    @property
    def is_ready(self) -> bool:
        return bool(self.number)

    def enter(self) -> None:
        if self.draft.done is not None and not self.number:
            self.number = self.draft.done.number
        self.whom.setText(f"报送记录 {self.number}")
        self.problem.setText("")
        if self.day.raw() == "":
            self.day.set_value(self.session.app.clock.today())

    def take(self, handed: Handed) -> None:
        """Register the receipt of an earlier hand-in."""
        self.number = handed.number
        self.day.set_value(handed.received_on or self.session.app.clock.today())
        self.words.setText(handed.receipt)
        self.files = []
        self.attached.setText("没有附文件")

    def go_on(self) -> bool:
        try:
            self.session.work.refuse_writing()
            submissions.register_receipt(self.session.app, self.number, self.day.value(), self.words.text(), self.files)
        except Refused as refused:
            self._tell(refused.problems)
            return False
        except ValueError as misread:
            self.problem.setText(str(misread))
            return False
        except AnkangError as error:
            self.session.door.show(error)
            return False
        self.session.done(f"{self.number} 的回执已登记")
        self.number, self.files = "", []
        self.finished.emit()
        return False

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        self.problem.setText("；".join(each.text for each in problems))

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "附回执")
        self.files += [Path(name) for name in names]
        self.attached.setText("、".join(path.name for path in self.files) or "没有附文件")
