"""今日: what is due, what is late, what is missing for the score; the state of the year in pictures and numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.overview import Coverage, Overview, last_year_total, overview
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.first_steps import FirstSteps
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, Bar, Gauge, button, card, clear, label, link, scrolled
from ankang_desktop.desktop.widgets.charts import BarChart
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.numbers import points
from ankang_desktop.ledgers.hazards.words import Stage
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.scoring.card import Card, Gap, Which
from ankang_desktop.store.sieve import Condition

_MOST = 6
_WEEK = 7
_MONTHS = [f"{number}月" for number in range(1, 13)]


class TodayPage(Page):
    """The first screen of every morning."""

    title = "今日"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        today = session.app.clock.today()
        self.hint = f"{today.year}年{today.month}月{today.day}日　星期{'一二三四五六日'[today.weekday()]}"
        self.add_head(
            button("登记隐患(&N)", partial(session.go, "record", ledger="hazard"), kind="primary", name="plus")
        )
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        self.first_steps = FirstSteps(session)
        column.addWidget(self.first_steps)
        self.due, self.late, self.gaps = DutyList("本周到期"), DutyList("已逾期"), DutyList("评分缺口")
        lists = QHBoxLayout()
        lists.setSpacing(px(12))
        for each in (self.due, self.late, self.gaps):
            lists.addWidget(each, 1)
        column.addLayout(lists)
        state = QHBoxLayout()
        state.setSpacing(px(12))
        state.addWidget(self._score_card(), 3)
        state.addWidget(self._hazard_card(), 5)
        state.addWidget(self._coverage_card(), 4)
        column.addLayout(state)
        self.compared = label("", wrap=True, selectable=True)
        self._compared = QHBoxLayout()
        self._compared.setSpacing(px(12))
        column.addWidget(card(self.compared, self._compared, title="今年与上年同期"))
        column.addStretch(1)
        self.column.addWidget(scrolled(inside), 1)
        self._overview, self._last = Latest(session.work), Latest(session.work)
        session.duties.ready.connect(self._show_duties)
        session.card.ready.connect(self._show_card)

    def refresh(self) -> None:
        app, year = self.session.app, self.session.year
        self.session.duties.ask()
        self.session.card.ask()
        self._overview.run(lambda _: overview(app, year), self._show_overview)
        self._last.run(lambda _: last_year_total(app, year), self._show_last)

    # --- what arrives ------------------------------------------------------------------------------------------

    def _show_duties(self, duties: tuple[Duty, ...]) -> None:
        open_states = {State.OPEN, State.NEAR}
        due = [each for each in duties if each.state in open_states and _is_soon(each)]
        late = [each for each in duties if each.state in {State.OVERDUE, State.UNPROVEN}]
        late.sort(key=lambda each: each.days_left or 0, reverse=True)
        self.due.show_entries(
            [_Entry(each.title, _left(each), each.reason, partial(self._open_duty, each)) for each in due],
            "本周没有到期的事项",
            partial(self.session.go, "calendar"),
        )
        self.late.show_entries(
            [_Entry(each.title, _left(each), each.reason, partial(self._open_duty, each), "danger") for each in late],
            "没有逾期的事项",
            partial(self.session.go, "calendar", only=State.OVERDUE.value),
        )

    def _show_card(self, found: Card) -> None:
        gaps = found.gaps()
        self.gaps.show_entries(
            [
                _Entry(each.text, f"+{points(each.gain)} 分", "", partial(self._open_gap, found, each), "good")
                for each in gaps
            ],
            "没有缺口，满分",
            partial(self.session.go, "scorecard"),
        )
        totals, mine = found.totals(), found.totals(Which.self)
        potential = sum((max(each.potential or 0, each.suggested or 0) for each in found.units()), Decimal(0))
        most = totals.base_most + totals.bonus_most
        self.gauge.set_value(
            float(totals.grand), float(most), points(totals.grand), f"建议分（满分 {most:f}）", float(potential)
        )
        self.own.setText(f"自评分 {points(mine.grand)}" if mine.scored_units else "自评分 未填")
        self.waiting.setText(f"待确认 {totals.pending.normalize():f} 分" if totals.pending else "没有待确认的分")
        self.parts.setText(totals.parts_text)

    def _show_overview(self, found: Overview) -> None:
        self.first_steps.show_state(found)
        self.chart.put(_MONTHS, (("查出", "info", found.found), ("销号", "good", found.closed)))
        for each, number in (
            (self.open, found.open_hazards),
            (self.overdue, found.overdue_hazards),
            (self.closed, found.closed_hazards),
        ):
            each.setText(f"{each.property('word')} {number}")
        clear(self._coverage)
        for row, coverage in enumerate(found.coverage):
            self._add_coverage(row, coverage)
        self.compared.setText(found.sentence)
        clear(self._compared)
        for compared in found.compared:
            part = QVBoxLayout()
            part.setSpacing(0)
            key = {"培训": "training", "应急演练": "drill", "班组活动": "team_activity", "排查隐患": "hazard"}
            key |= {"合理化建议": "suggestion", "生产安全事故": "accident"}
            go = partial(self.session.go, "ledger", ledger=key[compared.title])
            part.addWidget(link(f"{compared.title} {compared.now}{compared.unit}", go))
            part.addWidget(label(f"上年同期 {compared.before}{compared.unit}", "caption"))
            self._compared.addLayout(part)

    def _show_last(self, total: Decimal | None) -> None:
        self.last.setText("上年没有记录" if total is None else f"上年 {points(total)} 分")

    # --- going -------------------------------------------------------------------------------------------------

    def _open_duty(self, duty: Duty) -> None:
        self.session.go("calendar", duty=duty.ident)

    def _open_gap(self, found: Card, gap: Gap) -> None:
        """Open exactly the records to mend; where something is to be done first, the unit."""
        unit = found.unit(gap.unit)
        mend = unit.failing[: unit.unproven_count or len(unit.failing)]
        if gap.records and mend:
            refs = [
                {"number": each.ref.number, "title": each.ref.title, "day": each.ref.day, "note": each.cure}
                for each in mend
            ]
            self.session.open_records(gap.text, refs)
        else:
            self.session.go("scorecard", unit=gap.unit)

    def _hazards(self, *stages: Stage, is_late: bool = False) -> None:
        conditions = [Condition("stage", "any", stages)]
        if is_late:
            from datetime import timedelta

            conditions.append(
                Condition("deadline", "between", (None, self.session.app.clock.today() - timedelta(days=1)))
            )
        self.session.go("ledger", ledger="hazard", conditions=conditions)

    # --- laying out --------------------------------------------------------------------------------------------

    def _score_card(self) -> QFrame:
        self.gauge = Gauge(partial(self.session.go, "scorecard"))
        self.own, self.waiting = label("自评分", "soft"), label("", "warning")
        self.parts, self.last = label("", "caption", wrap=True), label("", "soft")
        row = QHBoxLayout()
        row.addWidget(self.own)
        row.addStretch(1)
        row.addWidget(self.last)
        return _topped(card(self.gauge, row, self.waiting, self.parts, title="评分"))

    def _hazard_card(self) -> QFrame:
        is_open = (Stage.registered, Stage.graded, Stage.rectifying, Stage.awaiting)
        self.open = link("未销号 –", partial(self._hazards, *is_open))
        self.overdue = link("已逾期 –", partial(self._hazards, *is_open, is_late=True))
        self.closed = link("今年销号 –", partial(self._hazards, Stage.closed))
        row = QHBoxLayout()
        for each, word in ((self.open, "未销号"), (self.overdue, "已逾期"), (self.closed, "今年销号")):
            each.setProperty("word", word)
            row.addWidget(each)
        row.addStretch(1)
        for word, tone in (("查出", "info"), ("销号", "good")):
            row.addWidget(Badge(word, tone))
        self.chart = BarChart("每月查出与销号的隐患")
        return _topped(card(row, self.chart, title="隐患"))

    def _coverage_card(self) -> QFrame:
        self._coverage = QGridLayout()
        self._coverage.setVerticalSpacing(px(6))
        return _topped(card(self._coverage, title="覆盖"))

    def _add_coverage(self, row: int, found: Coverage) -> None:
        missing = found.whole - found.done
        show = partial(self.session.open_records, f"{found.title}：还没有的", found.missing)
        tone = "good" if not missing else "warning" if found.share >= 0.8 else "danger"
        words = link(f"{found.title} {found.done}/{found.whole}", show)
        self._coverage.addWidget(words, row * 2, 0)
        told = label("全部" if found.whole and not missing else f"缺 {missing}", "good" if not missing else "soft")
        self._coverage.addWidget(told, row * 2, 1, Qt.AlignmentFlag.AlignRight)
        self._coverage.addWidget(Bar(found.share, tone, show), row * 2 + 1, 0, 1, 2)


class _Entry:
    """One line of a list."""

    def __init__(self, text: str, mark: str, told: str, action: Callable[[], object], tone: str = "warning") -> None:
        self.text, self.mark, self.told, self.action, self.tone = text, mark, told, action, tone


class DutyList(QFrame):
    """A short list: each line is one click from done; the count opens them all."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(12), px(8))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(label(title, "subtitle"))
        head.addStretch(1)
        self.whole = link("…")
        self._action: Callable[[], object] | None = None
        self.whole.clicked.connect(self._go)
        head.addWidget(self.whole)
        column.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(2))
        self._lines.addWidget(label("正在核对…", "caption"))
        column.addLayout(self._lines)
        column.addStretch(1)
        self.setMinimumHeight(px(212))

    def _go(self) -> None:
        if self._action is not None:
            self._action()

    def show_entries(self, entries: Sequence[_Entry], none: str, go: Callable[[], object]) -> None:
        """Show the first lines, and how many there are."""
        clear(self._lines)
        self._action = go
        self.whole.setText(f"全部 {len(entries)} 项")
        self.whole.setAccessibleName(f"{self.title}：全部 {len(entries)} 项")
        if not entries:
            self._lines.addWidget(label(none, "soft"))
        for entry in entries[:_MOST]:
            row = QHBoxLayout()
            row.setSpacing(px(6))
            words = ElidedLink(entry.text, entry.action)
            words.setToolTip("\n".join(each for each in (entry.text, entry.told) if each))
            row.addWidget(words, 1)
            row.addWidget(Badge(entry.mark, entry.tone))
            self._lines.addLayout(row)


class ElidedLink(QWidget):
    """A link that gives way where the line is narrow: its end is cut, the whole stands in the tool tip."""

    def __init__(self, text: str, action: Callable[[], object]) -> None:
        super().__init__()
        self.words, self._text = link("", action), text
        self.words.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words)
        row.addStretch(1)
        self.setMinimumWidth(px(60))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        metrics = self.words.fontMetrics()
        self.words.setText(metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width() - px(14)))


def _topped(made: QFrame) -> QFrame:
    """Let what a card holds stand at its top, however high its neighbours are."""
    layout: Any = made.layout()
    layout.addStretch(1)
    return made


def _is_soon(duty: Duty) -> bool:
    return duty.days_left is not None and 0 <= duty.days_left <= _WEEK


def _left(duty: Duty) -> str:
    if duty.state is State.UNPROVEN:
        return "未留痕"
    if duty.days_left is None:
        return duty.state.value
    return (
        "今天" if duty.days_left == 0 else f"剩{duty.days_left}天" if duty.days_left > 0 else f"逾{-duty.days_left}天"
    )
