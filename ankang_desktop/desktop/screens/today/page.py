"""The first screen of every morning."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.compared import Beside, Pair, compared, records_compared
from ankang_desktop.actions.hazard_shares import Share, share_refs, shares
from ankang_desktop.actions.last_year import Earlier, earlier_card
from ankang_desktop.actions.overview import Coverage, Overview, behind, by_effort, first_steps, overview, sorted_out
from ankang_desktop.actions.year import begun
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.calendar.filters import LATE_ONES, WEEK_ONES
from ankang_desktop.desktop.screens.calendar.words import TONES, left_of
from ankang_desktop.desktop.screens.first_steps import FirstSteps
from ankang_desktop.desktop.screens.today.beside import BesidePanel
from ankang_desktop.desktop.screens.today.coverage import CoveragePanel
from ankang_desktop.desktop.screens.today.hazards import HazardPanel
from ankang_desktop.desktop.screens.today.score import ScorePanel
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, menu_button, scrolled
from ankang_desktop.desktop.widgets.lines import Entry, EntryList
from ankang_desktop.desktop.work import Latest, Turns, paint_next
from ankang_desktop.kernel.numbers import points
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.scoring.card import Card, Gap

_OFTEN = ("team_activity", "training", "drill", "activity", "inspection", "suggestion", "document")
_NARROW = 980
_WIDE_PLACES = ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1))
_NARROW_PLACES = ((0, 0, 1, 1), (1, 0, 1, 2), (0, 1, 1, 1))
_Figures = tuple[Overview, Beside, tuple[Share, ...]]


class TodayPage(Page):
    """今日: three short lists, then the score, hazards, coverage and both years; everything is worked out aside."""

    title = "今日"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        today = session.app.clock.today()
        self.hint = f"{today.year}年{today.month}月{today.day}日　星期{'一二三四五六日'[today.weekday()]}"
        self._figures, self._last, self._records = (Latest(session.work) for _ in range(3))
        self._turns = Turns(self)
        self._last_of = 0
        self._since = today
        self.card: Card | None = None
        add = button("登记隐患(&N)", partial(session.go, "record", ledger="hazard"), kind="primary", name="plus")
        self.add_head(menu_button("登记其他", self._others(), name="clipboard-list"), add)
        self.first_steps = FirstSteps(session)
        self.due = EntryList("本周到期", "circle-check")
        self.late = EntryList("已逾期", "circle-check")
        self.gaps = EntryList("评分缺口", "star")
        self.score = ScorePanel(session)
        self.hazards = HazardPanel(session.work, self._open_hazards, self._open_share)
        self.coverage = CoveragePanel(self._open_coverage)
        self.beside = BesidePanel(self._open_pair, partial(session.door.say, kind="info"))
        self._lay_out()
        session.duties.ready.connect(self._show_duties)
        session.card.ready.connect(self._show_card)

    def refresh(self) -> None:
        app, year = self.session.app, self.session.year
        self.first_steps.show_steps(first_steps(app))
        self._since = begun(app)
        self.session.duties.ask()
        self.session.card.ask()
        self._figures.run(lambda _: (overview(app, year), compared(app, year), shares(app, year)), self._show_figures)

    # --- what arrives ------------------------------------------------------------------------------------------

    def _show_duties(self, duties: tuple[Duty, ...]) -> None:
        paint_next(self)
        found = sorted_out(duties, self._since)
        go = partial(self.session.go, "calendar", only=WEEK_ONES)
        self.due.put([self._entry(each) for each in found.due], go, "这一周没有到期的事项")
        self.due.put_next("接下来", [self._entry(each) for each in found.later])
        late = partial(self.session.go, "calendar", only=LATE_ONES)
        self.late.put([self._entry(each) for each in found.late], late, "没有逾期，也没有缺佐证的事项")

    def _entry(self, duty: Duty) -> Entry:
        mark = "缺佐证" if duty.state is State.UNPROVEN else left_of(duty)
        go = partial(self.session.go, "calendar", duty=duty.ident)
        return Entry(duty.title, mark, go, f"{duty.origin}　{duty.reason}", TONES[duty.state])

    def _show_card(self, found: Card) -> None:
        paint_next(self)
        self.card = found
        self.score.show_card(found)
        self.beside.show_score(found.totals().grand)
        entries = [
            Entry(
                f"{gap.place}　{gap.todo}", f"+{points(gap.gain)}", partial(self._open_gap, gap), _effort(gap), "good"
            )
            for gap in by_effort(found)
        ]
        self.gaps.put(entries, partial(self.session.go, "scorecard"), "没有缺口，每一项都是满分")
        year = self.session.year
        if self._last_of != year:
            self._last_of = year
            app = self.session.app
            self._last.run(lambda _: earlier_card(app, found.form, year - 1), self._show_last)

    def _show_figures(self, found: _Figures) -> None:
        seen, beside, rates = found
        for piece in (
            partial(self.hazards.show_overview, seen),
            partial(self.hazards.show_shares, rates),
            partial(self.coverage.show_coverage, seen.coverage),
            partial(self.beside.show_beside, beside),
        ):
            self._turns.add(partial(self._put, piece))

    def _put(self, piece: Callable[[], object]) -> None:
        paint_next(self)
        piece()

    def _show_last(self, earlier: Earlier) -> None:
        self.score.show_last(earlier)
        self.beside.show_last(earlier.card.totals().grand if earlier.card else None)

    # --- going -------------------------------------------------------------------------------------------------

    def _open_gap(self, gap: Gap) -> None:
        """Open exactly the records to mend; where something is to be done first, the unit."""
        if self.card is None or not gap.records:
            self.session.go("scorecard", unit=gap.unit)
            return
        unit = self.card.unit(gap.unit)
        refs = [
            {"number": each.ref.number, "title": each.ref.title, "day": each.ref.day, "place": each.ref.place}
            | {"note": each.cure}
            for each in unit.failing[: gap.records]
        ]
        self.session.open_records(gap.text, refs)

    def _open_hazards(self, title: str, key: str) -> None:
        app, year = self.session.app, self.session.year
        self._records.run(lambda _: behind(app, year, key), partial(self.session.open_records, title))

    def _open_share(self, share: Share) -> None:
        app, year = self.session.app, self.session.year
        title = f"{share.title} {share.text}"
        self._records.run(lambda _: share_refs(app, year, share.key), partial(self.session.open_records, title))

    def _open_coverage(self, found: Coverage) -> None:
        if found.done == found.whole:
            self.session.go("ledger", ledger=_LEDGERS[found.key])
            return
        app, year = self.session.app, self.session.year
        title = f"{found.title}：还缺的"
        self._records.run(lambda _: behind(app, year, found.key), partial(self.session.open_records, title))

    def _open_pair(self, pair: Pair, back: int) -> None:
        app, year, today = self.session.app, self.session.year - back, self.session.app.clock.today()
        title = f"{year}年{pair.title}"
        self._records.run(
            lambda _: records_compared(app, pair.counter, year, today), partial(self.session.open_records, title)
        )

    # --- laying out --------------------------------------------------------------------------------------------

    def _others(self) -> list[tuple[str, str, Any]]:
        ledgers = self.session.app.ledgers
        return [("", ledgers[key].title, partial(self.session.go, "record", ledger=key)) for key in _OFTEN]

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        column.addWidget(self.first_steps)
        lists = QHBoxLayout()
        lists.setSpacing(px(12))
        for each in (self.due, self.late, self.gaps):
            lists.addWidget(each, 1)
        column.addLayout(lists, 1)
        self._panels = QGridLayout()
        self._panels.setSpacing(px(12))
        self._is_narrow: bool | None = None
        column.addLayout(self._panels)
        self.column.addWidget(scrolled(inside), 1)
        self.setUpdatesEnabled(False)
        self._turns.add(partial(self._lay_out_below, column))
        self._turns.add(partial(self.setUpdatesEnabled, True))

    def _lay_out_below(self, column: QVBoxLayout) -> None:
        """Put what is below the lists in its place; nothing is painted before."""
        self._arrange()
        column.addWidget(self.beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_narrow is not None and self._is_narrow != self._has_little_room():
            self._arrange()

    def _has_little_room(self) -> bool:
        return self.width() < px(_NARROW)

    def _arrange(self) -> None:
        """Put score, hazards and coverage side by side, the hazards below the others where the page is narrow."""
        self._is_narrow = is_narrow = self._has_little_room()
        self.beside.set_across(2 if is_narrow else 3)
        places = _NARROW_PLACES if is_narrow else _WIDE_PLACES
        for panel, place in zip((self.score, self.hazards, self.coverage), places, strict=True):
            self._panels.addWidget(panel, *place)
        for column, share in enumerate((1, 1, 0) if is_narrow else (5, 9, 6)):
            self._panels.setColumnStretch(column, share)


_LEDGERS = {"trained": "training", "active": "team_activity", "drilled": "drill", "reporting": "hazard"}
"""Where the records of a coverage lie."""


def _effort(gap: Gap) -> str:
    if gap.records > 1:
        return f"{gap.text}（每件约 {points(gap.gain / gap.records)} 分）"
    return gap.text
