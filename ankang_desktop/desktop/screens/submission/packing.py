"""Step four: the package made, verified and filed, or nothing at all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.actions import submitting
from ankang_desktop.actions.submitting import Submitted
from ankang_desktop.desktop.look import pixmap, px
from ankang_desktop.desktop.paper.parts import Working
from ankang_desktop.desktop.screens.submission.draft import Draft, Step
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import card, clear, label
from ankang_desktop.desktop.work import Job
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.progress import Progress

_WHOLE = "打包、读回核对、登记是一回事：中途取消或出错，什么都不会留下。"


class PackingStep(Step):
    """What will be done, the doing of it, and what became of it when it was stopped."""

    title = "打包"
    next_text = "打包并登记(&P)"

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session, draft)
        self._job: Job | None = None
        self._made: list[Submitted] = []
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(px(16))
        self.facts.setVerticalSpacing(px(8))
        self.facts.setColumnStretch(1, 1)
        self.column.addWidget(card(self.facts, label(_WHOLE, "soft", wrap=True), title="准备打包", spacing=12))
        self.working = Working()
        self.sign = QLabel()
        self.told = label("", "strong", wrap=True)
        self.remedy = label("", "soft", wrap=True)
        ended = QWidget()
        row = QHBoxLayout(ended)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(12))
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(self.told)
        words.addWidget(self.remedy)
        row.addLayout(words, 1)
        self.stack = QStackedWidget()
        for each in (QWidget(), self.working, ended):
            self.stack.addWidget(each)
        self.column.addWidget(self.stack)
        self.column.addStretch(1)

    @property
    def is_ready(self) -> bool:
        return self._job is None

    @property
    def is_working(self) -> bool:
        """Say whether a package is being made now."""
        return self._job is not None

    def enter(self) -> None:
        if self._job is not None:
            return
        clear(self.facts)
        draft = self.draft
        earlier = draft.proposal.earlier if draft.proposal else None
        facts = [
            ("报送事项", f"{draft.subject.value}（{draft.kind.value}）"),
            ("期间", f"{draft.start} 至 {draft.end}"),
            ("前次", f"{earlier.number}，校验值 {earlier.sha256[:8]}…" if earlier else "无，首次报送"),
            ("评分", draft.card.totals().text if draft.card else ""),
            ("存到", str(draft.target)),
            ("附件上限", f"{draft.limit >> 20} MB，超过时压缩照片副本或分卷" if draft.limit else "不限制"),
            ("脱敏", f"{len(draft.concerns)} 处，只改副本" if draft.concerns else "没有要脱敏的"),
        ]
        for place, (name, text) in enumerate(facts):
            self.facts.addWidget(label(name, "soft"), place, 0, Qt.AlignmentFlag.AlignTop)
            self.facts.addWidget(label(text, wrap=True, selectable=True), place, 1)
        self.stack.setCurrentIndex(0)
        self.changed.emit()

    def go_on(self) -> bool:
        self.session.do(self._start)
        return False

    def _start(self) -> None:
        app, order = self.session.app, self.draft.order()
        self._made = []
        made = self._made

        def pack(progress: Progress) -> None:
            made.append(submitting.submit(app, order, progress))

        job = self.session.work.run(pack, text="正在打包报送", writes=True, on_error=self._failed)
        self._job = job
        self.stack.setCurrentIndex(1)
        self.working.follow(job, "正在打包")
        job.ended.connect(self._ended)
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, AnkangError):
            self.session.door.show(error)
            self._tell("alert-circle", "danger", "程序出错，没有打成", "什么都没有留下，记录没有变")
            return
        self._tell("alert-circle", "danger", error.text, f"{error.remedy}。什么都没有留下，可以改正后再打一次")

    def _ended(self) -> None:
        """Go on where the package was filed, even when 取消 came too late; else say that nothing was left."""
        job, self._job = self._job, None
        if self._made:
            self.draft.done = self._made[0]
            self.stack.setCurrentIndex(0)
            self.finished.emit()
        elif job is not None and job.is_cancelled:
            self._tell("info-circle", "info", "已取消，什么都没有留下", self._left())
        self.changed.emit()

    def _left(self) -> str:
        """Look whether really nothing was left, and say it."""
        is_there = self.draft.target.exists()
        return f"“{self.draft.target.name}”还是原来那一份" if is_there else "没有材料包文件，也没有登记记录"

    def _tell(self, name: str, tone: str, text: str, remedy: str) -> None:
        self.sign.setPixmap(pixmap(name, px(24), tone, self.devicePixelRatioF()))
        self.told.setText(text)
        self.remedy.setText(remedy)
        self.stack.setCurrentIndex(2)
