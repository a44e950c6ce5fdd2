"""Every package that went out: where it stands, what it follows, its frozen papers, its receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.papers import Wanted
from ankang_desktop.actions.submissions import Handed, Standing, duties_to_hand_in
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.preview import open_paper
from ankang_desktop.desktop.paper.targets import open_outside
from ankang_desktop.desktop.screens.submission.verifying import check_filed
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import (
    Badge,
    EmptyState,
    FlowLayout,
    card,
    clear,
    icon_button,
    label,
    link,
    menu_button,
    rule,
)
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.store.frozen import FrozenHead

_TONES = {
    Standing.received: "good",
    Standing.waiting: "warning",
    Standing.corrected: "",
    Standing.withdrawn: "danger",
    Standing.note: "",
}
_DUE_TONES = {State.OVERDUE: "danger", State.NEAR: "warning", State.OPEN: "info", State.DONE: "good"}
_MOST_DUE = 4


class History(QWidget):
    """The column at the right: what the calendar wants handed in, and what was.

    `subject_wanted` asks the wizard for a subject, `receipt_wanted` for the receipt of a hand-in.
    """

    subject_wanted = Signal(object)
    receipt_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.handed: tuple[Handed, ...] = ()
        self._due = QVBoxLayout()
        self._due.setSpacing(px(6))
        self._due_card = card(self._due, title="年历上要报的")
        self._due_card.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self._due_card)
        head = QHBoxLayout()
        head.addWidget(label("报送记录", "subtitle"))
        head.addStretch(1)
        head.addWidget(link("台账", lambda: session.go("ledger", ledger="submission")))
        column.addLayout(head)
        column.addLayout(self._list)
        column.addStretch(1)
        session.duties.ready.connect(self._show_due)

    def show_history(self, handed: Sequence[Handed]) -> None:
        """Show every hand-in, the newest first."""
        self.handed = tuple(handed)
        clear(self._list)
        if not handed:
            remedy = "按左边的步骤做第一个材料包"
            self._list.addWidget(card(EmptyState("send", "还没有报送过", remedy)))
        for each in handed:
            self._list.addWidget(self._entry(each))
        self.session.duties.ask()

    # --- what is due -------------------------------------------------------------------------------------------

    def _show_due(self, duties: Sequence[Duty]) -> None:
        found = duties_to_hand_in(self.session.app, duties)
        done = {State.DONE, State.NOT_APPLICABLE}
        waiting = [pair for pair in found if pair[0].state not in done][:_MOST_DUE]
        clear(self._due)
        self._due_card.setVisible(bool(waiting))
        for duty, subject in waiting:
            row = QHBoxLayout()
            row.setSpacing(px(8))
            row.addWidget(link(duty.title, partial(self.subject_wanted.emit, subject)))
            row.addStretch(1)
            row.addWidget(label(_due_text(duty), "soft"))
            row.addWidget(Badge(duty.state.value, _DUE_TONES.get(duty.state, "")))
            self._due.addLayout(row)

    # --- what was handed in ------------------------------------------------------------------------------------

    def _entry(self, each: Handed) -> QFrame:
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label(each.subject.value, "strong"))
        head.addWidget(label(each.kind.value, "soft"))
        head.addStretch(1)
        head.addWidget(Badge(each.standing.value, _TONES[each.standing]))
        when = QHBoxLayout()
        when.setSpacing(px(2))
        when.addWidget(link(each.number, partial(self.session.open_record, each.number)))
        when.addWidget(label(_when(each), "soft"))
        when.addStretch(1)
        made = card(head, when, spacing=4)
        column = made.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - card() makes no other
        if each.sha256:
            column.addLayout(self._hash(each))
        if each.received_on:
            files = f"，回执 {each.receipt_files} 份" if each.receipt_files else ""
            told = f"{each.received_on} 送达{f'：{each.receipt}' if each.receipt else ''}{files}"
            column.addWidget(label(told, "good", wrap=True))
        if each.remark:
            column.addWidget(label(each.remark, "caption", wrap=True))
        if parts := self._tools(each):
            column.addWidget(rule())
            tools = FlowLayout(spacing=px(4))
            for part in parts:
                tools.addWidget(part)
            column.addLayout(tools)
        return made

    def _hash(self, each: Handed) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(2))
        words = label(f"校验值 {each.sha256[:8]}…{each.sha256[-4:]}", "caption")
        words.setToolTip(each.sha256)
        row.addWidget(words)
        row.addWidget(icon_button("copy", f"复制 {each.number} 的校验值", partial(self._copy, each.sha256), size=14))
        if each.previous:
            row.addWidget(label("接着", "caption"))
            row.addWidget(link(each.previous, partial(self.session.open_record, each.previous)))
        elif each.previous_hash:
            row.addWidget(label(f"接着 {each.previous_hash[:8]}…", "caption"))
        if each.following:
            row.addWidget(label("后有", "caption"))
            row.addWidget(link(each.following, partial(self.session.open_record, each.following)))
        row.addStretch(1)
        return row

    def _tools(self, each: Handed) -> list[QWidget]:
        found: list[QWidget] = []
        if each.frozen:
            entries: list[tuple[str, str, Callable[[], object]] | None] = [
                ("file-text", paper.title, partial(self._show_paper, paper)) for paper in each.frozen
            ]
            menu = menu_button(f"当时的表 {len(each.frozen)} 张", entries)
            found.append(menu)
        if each.path is not None:
            found.append(link("读回核对", partial(check_filed, self.session, each)))
            found.append(link("打开文件夹", partial(open_outside, self.session.door.say, each.path.parent)))
        elif each.sha256:
            found.append(label("工作区里的材料包不见了", "danger"))
        if each.standing is Standing.waiting:
            found.append(link("登记回执", partial(self.receipt_wanted.emit, each)))
        return found

    def _show_paper(self, paper: FrozenHead) -> None:
        open_paper(self.session, paper.form, Wanted(frozen=paper.id), title=paper.title)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.session.door.say("已复制校验值", "", "info")


def _when(each: Handed) -> str:
    told = f"{_day(each.submitted_on)} 报送"
    return f"{told}，期间 {_day(each.start)}—{_day(each.end)}" if each.start and each.end else told


def _day(day: date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def _due_text(duty: Duty) -> str:
    if duty.occurrence is None:
        return ""
    end, left = duty.occurrence.end, duty.days_left
    told = f"{end.month}月{end.day}日"
    if left is None:
        return told
    return f"{told}（过了 {-left} 天）" if left < 0 else f"{told}（还有 {left} 天）"
