"""One duty whole: its days, state and reason, what proves it, the notice's own sentence, the units it feeds."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ankang_desktop.actions.agenda import decisions_on, urging
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.calendar.deciding import ask
from ankang_desktop.desktop.screens.calendar.words import TONES, days_of, left_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, FlowLayout, button, clear, label, link, rule, scrolled
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.programme.duties import Duty, State


class DutyDetail(QWidget):
    """The panel at the right of the calendar."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.duty: Duty | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(px(4), 0, px(8), 0)
        self._column.setSpacing(px(8))
        column.addWidget(scrolled(inside))
        self.show_duty(None)

    def show_duty(self, duty: Duty | None) -> None:
        """Show a duty; None asks for one to be chosen."""
        self.duty = duty
        clear(self._column)
        if duty is None:
            self._column.addWidget(label("点一个事项，看通知原文、凭证和怎么办结", "soft", wrap=True))
            self._column.addStretch(1)
            return
        add = self._column.addWidget
        add(label(duty.title, "subtitle", wrap=True, selectable=True))
        marks = FlowLayout(spacing=px(8))
        for text, tone in (
            (duty.state.value, TONES[duty.state]),
            (days_of(duty), ""),
            (left_of(duty), TONES[duty.state]),
        ):
            if text:
                marks.addWidget(Badge(text, tone))
        self._column.addLayout(marks)
        add(label(duty.reason, wrap=True))
        self._column.addLayout(self._actions(duty))
        self._progress(duty)
        if duty.done_when:
            add(label("怎样算办好", "strong"))
            add(label(duty.done_when, "soft", wrap=True))
        for source in duty.sources:
            add(rule())
            add(label(f"{source.notice} {source.code}", "caption", wrap=True))
            add(label(source.text, wrap=True, selectable=True))
        if duty.note:
            add(label(duty.note, "caption", wrap=True))
        self._units(duty)
        self._decisions(duty)
        self._column.addStretch(1)

    def _actions(self, duty: Duty) -> FlowLayout:
        row = FlowLayout(spacing=px(6))
        ledger = next((each.need.ledger for each in duty.progress if each.need.ledger in self.session.app.ledgers), "")
        if ledger and duty.state is not State.DONE:
            row.addWidget(button("登记", partial(self._add, duty, ledger), kind="primary", name="plus"))
        if duty.state in {State.OPEN, State.NEAR, State.OVERDUE, State.UNPROVEN, State.NOT_YET}:
            row.addWidget(button("办结", partial(ask, self.session, duty, DutyDecision.closed, self), name="check"))
        for words, decision in (("改期", DutyDecision.moved), ("不适用", DutyDecision.not_applicable)):
            row.addWidget(button(words, partial(ask, self.session, duty, decision, self)))
        row.addWidget(button("停用", partial(ask, self.session, duty, DutyDecision.switched_off, self), kind="quiet"))
        row.addWidget(button("复制催办文字", partial(self._urge, duty), kind="quiet", name="message-2"))
        return row

    def _progress(self, duty: Duty) -> None:
        if not duty.progress:
            return
        self._column.addWidget(label("办到哪里", "strong"))
        for each in duty.progress:
            refs = [self._ref(record) for record in each.tally.records]
            words = f"{'✓ ' if each.is_done else ''}{each.text}"
            self._column.addWidget(link(words, partial(self.session.open_records, each.text, refs)))

    def _units(self, duty: Duty) -> None:
        units = [unit for unit in duty.supports if unit != "ALL"]
        if units:
            self._column.addWidget(label("支撑的评分单元", "strong"))
            row = FlowLayout(spacing=px(6))
            for unit in units:
                row.addWidget(link(unit, partial(self.session.go, "scorecard", unit=unit)))
            self._column.addLayout(row)

    def _decisions(self, duty: Duty) -> None:
        decisions = decisions_on(self.session.app, duty)
        if decisions:
            self._column.addWidget(label("已作的处理（点开可改可删）", "strong"))
        for number, words in decisions:
            self._column.addWidget(link(words, partial(self.session.open_record, number)))

    def _add(self, duty: Duty, ledger: str) -> None:
        declared = self.session.app.ledgers[ledger]
        values: dict[str, Any] = {}
        if declared.day is not None and duty.occurrence:
            today = self.session.app.clock.today()
            values[declared.day.key] = min(max(today, duty.occurrence.start), duty.occurrence.end)
        self.session.go("record", ledger=ledger, values=values)

    def _urge(self, duty: Duty) -> None:
        text = urging([duty], self.session.app.clock.today())
        QGuiApplication.clipboard().setText(text)
        self.session.door.say("催办文字已复制，可以粘贴到微信群", text, "info")

    def _ref(self, record: Any) -> dict[str, Any]:
        number, _, title = record.title.partition(" ")
        return {"number": number, "title": title, "day": record.day, "place": ""}
