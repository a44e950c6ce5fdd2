"""One duty whole: its days, state and reason, what proves it, the notice's own sentence, the units it feeds."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ankang_desktop.actions.agenda import Beginning, beginnings, decisions_on, take_back
from ankang_desktop.actions.scores import form_of
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.calendar.deciding import ask
from ankang_desktop.desktop.screens.calendar.urging import urge
from ankang_desktop.desktop.screens.calendar.words import TONES, days_of, left_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import (
    Badge,
    EmptyState,
    FlowLayout,
    button,
    card,
    clear,
    label,
    link,
    menu_button,
    scrolled,
)
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.programme.asking import Ref
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.programme.notices import WHO_TEXTS
from ankang_desktop.scoring.plan import unit_places

_CLOSABLE = {State.OPEN, State.NEAR, State.OVERDUE, State.UNPROVEN, State.NOT_YET}


class DutyDetail(QWidget):
    """The panel at the right of the calendar; `duty` is the one shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.duty: Duty | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(6))
        self.sheet = scrolled(inside)
        column.addWidget(self.sheet)
        self.show_duty(None)

    def show_duty(self, duty: Duty | None) -> None:
        """Show a duty; None asks for one to be chosen."""
        if duty is not None and duty == self.duty:
            return
        is_other = duty is None or self.duty is None or duty.ident != self.duty.ident
        self.duty = duty
        clear(self._column)
        if duty is None:
            told = "看通知原文、凭证在哪里、支撑哪几个评分单元，也在这里办结"
            self._column.addWidget(EmptyState("calendar-event", "点一个事项", told))
            self._column.addStretch(1)
            return
        self._head(duty)
        self._column.addLayout(self._actions(duty))
        self._progress(duty)
        self._sources(duty)
        self._units(duty)
        self._decisions(duty)
        self._column.addStretch(1)
        if is_other:
            self.sheet.verticalScrollBar().setValue(0)

    # --- parts -------------------------------------------------------------------------------------------------

    def _head(self, duty: Duty) -> None:
        self._column.addWidget(label(duty.title, "subtitle", wrap=True, selectable=True))
        marks = FlowLayout(spacing=px(6))
        texts = ((duty.state.value, TONES[duty.state]), (left_of(duty), TONES[duty.state]), (days_of(duty), ""))
        for text, tone in texts:
            if text:
                marks.addWidget(Badge(text, tone))
        self._column.addLayout(marks)
        self._column.addWidget(label(duty.reason, wrap=True, selectable=True))

    def _actions(self, duty: Duty) -> FlowLayout:
        row = FlowLayout(spacing=px(6))
        if adding := self._adding(duty):
            row.addWidget(adding)
        if duty.state in _CLOSABLE or duty.state is State.ANYTIME:
            kind = "" if adding else "primary"
            close = button("办结(&E)", partial(self._ask, duty, DutyDecision.closed), kind=kind)
            close.setToolTip("手工办结，要写明凭证在哪里")
            row.addWidget(close)
        words = "改期(&G)" if duty.occurrence else "录入日期(&G)"
        row.addWidget(button(words, partial(self._ask, duty, DutyDecision.moved)))
        more: list[Any] = [
            ("calendar-off", "不适用…", partial(self._ask, duty, DutyDecision.not_applicable)),
            ("eye-off", "停用（以后不再列入）…", partial(self._ask, duty, DutyDecision.switched_off)),
            None,
            ("message-2", "催办文字…", partial(urge, self.session, [duty], self)),
        ]
        row.addWidget(menu_button("更多", more))
        return row

    def _adding(self, duty: Duty) -> QWidget | None:
        """Return the button that begins the record that proves the duty; a menu where several kinds do."""
        found = [] if duty.state is State.NOT_APPLICABLE else beginnings(self.session.app, duty)
        if not found:
            return None
        if len(found) == 1:
            made = button("登记(&R)", partial(self._begin, found[0]), kind="primary", name="plus")
            made.setToolTip(f"新登记一条“{found[0].title}”，日期和类别已填好")
            return made
        entries: list[Any] = [("", each.title, partial(self._begin, each)) for each in found]
        made = menu_button("登记(&R)", entries, name="plus")
        made.setShortcut(QKeySequence("Alt+R"))
        return made

    def _progress(self, duty: Duty) -> None:
        if duty.progress:
            self._section("办到哪里")
        for each in duty.progress:
            refs = [_plain(record) for record in each.tally.records]
            row = QHBoxLayout()
            row.setSpacing(px(4))
            row.addWidget(label("✓" if each.is_done else "○", "good" if each.is_done else "warning"))
            words = link(each.text, partial(self.session.open_records, each.text, refs))
            words.setToolTip(f"{len(refs)} 条记录，点开看")
            row.addWidget(words, 1, Qt.AlignmentFlag.AlignLeft)
            self._column.addLayout(row)
        if duty.records:
            refs = [_plain(record) for record in duty.records]
            go = partial(self.session.open_records, f"{duty.title}的佐证", refs)
            self._column.addWidget(link(f"作为佐证的记录 {len(refs)} 条", go), 0, Qt.AlignmentFlag.AlignLeft)
        if duty.done_when:
            self._section("怎样算办好")
            self._column.addWidget(label(duty.done_when, "soft", wrap=True))

    def _sources(self, duty: Duty) -> None:
        who = "、".join(WHO_TEXTS[each] for each in duty.who if each in WHO_TEXTS)
        self._section(f"通知原文　{duty.origin}" if len(duty.sources) < 2 else f"依据的通知（{len(duty.sources)} 处）")
        for source in duty.sources:
            named = " ".join(each for each in (source.notice or "评分表", source.code) if each)
            quote = label(source.text, wrap=True, selectable=True)
            self._column.addWidget(card(label(named, "caption"), quote, kind="wash", spacing=2))
        for text in (f"谁来办：{who}" if who else "", duty.note):
            if text:
                self._column.addWidget(label(text, "caption", wrap=True))

    def _units(self, duty: Duty) -> None:
        if not duty.supports:
            return
        self._section("对应评分表")
        places = unit_places(form_of(self.session.app, "", "scorecard"))
        row = FlowLayout(spacing=px(6))
        for unit in duty.supports:
            go = (
                partial(self.session.go, "scorecard")
                if unit == "ALL"
                else partial(self.session.go, "scorecard", unit=unit)
            )
            row.addWidget(button("整张评分表" if unit == "ALL" else places.get(unit, unit), go, kind="chip"))
        self._column.addLayout(row)

    def _decisions(self, duty: Duty) -> None:
        found = decisions_on(self.session.app, duty)
        if found:
            self._section("已作的处理")
        for each in found:
            words = f"{each.decided_on.month}月{each.decided_on.day}日 {each.decision.value}"
            row = QHBoxLayout()
            opened = link(
                f"{words}：{each.text}" if each.text else words, partial(self.session.open_record, each.number)
            )
            opened.setToolTip(f"打开 {each.number}，可以改、可以附文件")
            row.addWidget(opened, 1, Qt.AlignmentFlag.AlignLeft)
            back = button("收回", partial(self._take_back, each.number, f"“{each.decision.value}”"), kind="quiet")
            back.setAccessibleName(f"收回“{each.decision.value}”")
            row.addWidget(back)
            self._column.addLayout(row)

    def _section(self, words: str) -> QLabel:
        made = label(words, "strong")
        made.setContentsMargins(0, px(8), 0, 0)
        self._column.addWidget(made)
        return made

    # --- doing -------------------------------------------------------------------------------------------------

    def _ask(self, duty: Duty, decision: DutyDecision) -> None:
        ask(self.session, duty, decision, self)

    def _begin(self, wanted: Beginning) -> None:
        if wanted.ledger == "unit_score":
            self.session.go("scorecard")  # scores are given on the card itself
        else:
            self.session.go("record", ledger=wanted.ledger, values=wanted.values)

    def _take_back(self, number: str, words: str) -> None:
        def take() -> bool:
            take_back(self.session.app, number, words)
            return True

        if self.session.do(take):
            self.session.done(f"已收回{words}")


def _plain(record: Ref) -> dict[str, Any]:
    number, _, title = record.title.partition(" ")
    return {"number": number, "title": title, "day": record.day, "place": ""}
