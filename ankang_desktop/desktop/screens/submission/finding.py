"""Steps two and three: what should be looked at, and what must not leave as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QWidget

from ankang_desktop.actions import preflighting, scores
from ankang_desktop.actions.preflighting import Gravity, Point
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.parts import Working
from ankang_desktop.desktop.screens.submission.draft import Draft, Step
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button, clear, label, link
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.desktop.work import Job
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.scoring.card import Card
from ankang_desktop.submission.preflight import Concern

_TONES = {
    Gravity.stops: "danger",
    Gravity.pending: "warning",
    Gravity.proof: "warning",
    Gravity.sums: "warning",
    Gravity.unsigned: "warning",
    Gravity.unwritten: "info",
    Gravity.odd: "info",
    Gravity.notice: "",
}
_WORKING, _TABLE, _NOTHING, _FAILED = range(4)


class FindingStep(Step):
    """A list that is worked out off the GUI thread each time the step comes into sight."""

    working_text = ""

    def __init__(self, session: Session, draft: Draft, columns: Sequence[Column], name: str) -> None:
        super().__init__(session, draft)
        self._job: Job | None = None
        self._is_known = False
        self.head = QHBoxLayout()
        self.head.setSpacing(px(12))
        self.column.addLayout(self.head)
        self.model = RowsModel(columns, self)
        self.table = RowsView(self.model, name)
        self.table.opened.connect(self.open_row)
        self.working = Working()
        self.nothing = EmptyState("circle-check", "")
        self.failed = EmptyState("alert-circle", "没有查完", "", button("重新检查(&R)", self.enter))
        self.stack = QStackedWidget()
        pages: tuple[QWidget, ...] = (self.working, self.table, self.nothing, self.failed)
        for each in pages:
            self.stack.addWidget(each)
        self.column.addWidget(self.stack, 1)

    @property
    def is_ready(self) -> bool:
        return self._is_known

    def enter(self) -> None:
        self.leave()
        self._is_known = False
        self.stack.setCurrentIndex(_WORKING)
        job = self.session.work.run(self._find, self._take, on_error=self._not_known)
        self._job = job
        self.working.follow(job, self.working_text)
        job.ended.connect(self._ended)
        self.changed.emit()

    def leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def work_out(self, card: Card, progress: Progress) -> Any:
        """Work the list out from the card of the draft's period, in a thread."""
        raise NotImplementedError  # abstract

    def show_found(self, found: Any) -> Sequence[Any]:
        """Take what was worked out; returns the rows."""
        raise NotImplementedError  # abstract

    def open_row(self, row: Any) -> None:
        """Open what a row speaks of."""
        raise NotImplementedError  # abstract

    def _find(self, progress: Progress) -> tuple[Card, Any]:
        draft, card = self.draft, self.draft.card
        if card is None:
            progress.step("评分")
            card = scores.score_card(self.session.app, draft.form, draft.start, draft.end)
            progress.step(self.working_text)  # who left meanwhile is not kept waiting for the rest
        return card, self.work_out(card, progress)

    def _take(self, told: tuple[Card, Any]) -> None:
        self.draft.card, found = told  # not in the thread: it may be of a choice that is no more
        rows = self.show_found(found)
        self._is_known = True
        self.model.show_rows(rows)
        self.stack.setCurrentIndex(_TABLE if rows else _NOTHING)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.spread()
            self.table.setFocus()
        self.changed.emit()

    def _not_known(self, error: BaseException) -> None:
        self.failed.remedy.setText(str(getattr(error, "text", "")))
        self.failed.remedy.setVisible(bool(self.failed.remedy.text()))
        self.session.door.show(error, again=self.enter)

    def _ended(self) -> None:
        if self._job is not None and self._job.is_over:  # not one stopped for a newer one
            self._job = None
            if not self._is_known:
                self.stack.setCurrentIndex(_FAILED)


class PointsStep(FindingStep):
    """What the card, the tables and the records still lack; one may go on with most of it."""

    title = "预检"
    working_text = "正在核对评分表、统计表和记录"

    def __init__(self, session: Session, draft: Draft) -> None:
        columns = (
            Column("轻重", lambda row: row.gravity.value, 104, lambda row: _TONES[row.gravity]),
            Column("发现", lambda row: row.text),
            Column("怎么办", lambda row: row.remedy, 232),
            Column("记录", lambda row: f"{len(row.refs)} 条" if row.refs else "打开", 72),
        )
        super().__init__(session, draft, columns, "预检发现")
        self._score = QHBoxLayout()
        self._score.setSpacing(px(4))
        self.head.addLayout(self._score)
        self.head.addStretch(1)
        self.told = label("", "soft")
        self.head.addWidget(self.told)
        self.head.addWidget(button("重新检查(&R)", self.again, kind="quiet", name="refresh"))
        self.nothing.told.setText("没有要补的，可以报送")
        self._stops = 0

    @property
    def is_ready(self) -> bool:
        return self._is_known and not self._stops

    @property
    def hint(self) -> str:
        if self._stops:
            return f"有 {self._stops} 处必须先办，办好后按“重新检查”"
        rest = len(self.model.every)
        return "可以带着这些继续报送，以后再补报或更正" if self._is_known and rest else ""

    def again(self) -> None:
        """Work everything out anew."""
        self.draft.forget()
        self.enter()

    def work_out(self, card: Card, progress: Progress) -> list[Point]:
        """Work out what is found, in a thread."""
        return preflighting.points_of(self.session.app, card, progress)

    def show_found(self, points: list[Point]) -> Sequence[Point]:
        """Show what was found."""
        self._stops = sum(point.gravity is Gravity.stops for point in points)
        clear(self._score)
        self._score.addWidget(label("建议分", "soft"))
        total = self.draft.card.totals().text if self.draft.card else ""
        self._score.addWidget(link(total, lambda: self.session.go("scorecard")))
        self.told.setText(f"共 {len(points)} 处，回车或双击打开" if points else "")
        return points

    def open_row(self, row: Point) -> None:
        """Open what a row speaks of."""
        if row.refs:
            self.session.open_records(row.text, row.refs)
        elif row.screen:
            self.session.go(row.screen, **row.arguments)


class PrivacyStep(FindingStep):
    """What names a person or a place; the person says whether the copy may leave with it covered."""

    title = "隐私检查"
    working_text = "正在检查记录、附件和照片里的个人信息"

    def __init__(self, session: Session, draft: Draft) -> None:
        columns = (
            Column("类别", lambda row: row.kind, 120, lambda row: "danger" if row in self._mine else "warning"),
            Column("记录", lambda row: row.number, 216),
            Column("在哪里", lambda row: row.where),
            Column("摘录", lambda row: row.excerpt, 168),
            Column("怎样处理", lambda row: row.remedy, 248),
        )
        super().__init__(session, draft, columns, "个人信息")
        self._mine: frozenset[Concern] = frozenset()
        self.told = label("", "strong", wrap=True)
        self.head.addWidget(self.told, 1)
        self.head.addWidget(button("重新检查(&R)", self.enter, kind="quiet", name="refresh"))
        self.nothing.told.setText("没有发现身份证号、手机号码、照片定位和女职工个案")
        self.agree = QCheckBox("脱敏并继续：副本按上面所列遮盖，台账和原件不变(&M)")
        self.agree.toggled.connect(self._ticked)
        self.agree.hide()
        self.column.addWidget(self.agree)

    @property
    def is_ready(self) -> bool:
        return self._is_known and not self._mine and (not self.draft.concerns or self.draft.is_masked)

    @property
    def hint(self) -> str:
        if not self._is_known:
            return ""
        if self._mine:
            return f"标红的 {len(self._mine)} 处程序不能代改，请打开记录处理"
        return "" if self.is_ready else "看过以后请勾选“脱敏并继续”"

    def enter(self) -> None:
        self.draft.concerns = None
        self.agree.setChecked(False)
        self.agree.hide()
        super().enter()

    def work_out(self, card: Card, progress: Progress) -> tuple[list[Concern], list[Concern]]:
        """Work out what is found, in a thread."""
        return preflighting.concerns_of(self.session.app, card, progress)

    def show_found(self, found: tuple[list[Concern], list[Concern]]) -> Sequence[Concern]:
        """Show what was found."""
        masked, mine = found
        self._mine = frozenset(mine)
        self.draft.concerns = tuple(masked)
        self.agree.setVisible(bool(masked))
        self.agree.setEnabled(not mine)
        told = f"发现 {len(masked) + len(mine)} 处个人信息，回车或双击打开记录" if masked or mine else "可以报送"
        self.told.setText(told)
        return [*mine, *masked]

    def open_row(self, row: Concern) -> None:
        """Open what a row speaks of."""
        found = self.session.do(lambda: preflighting.refs_of(self.session.app, row.records))
        if found is not None:
            self.session.open_records(row.kind, found)

    def _ticked(self, is_ticked: bool) -> None:  # noqa: FBT001 - Qt's own shape
        self.draft.is_masked = is_ticked
        self.changed.emit()
