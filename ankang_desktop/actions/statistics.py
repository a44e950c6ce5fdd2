"""A statistics table with everything beside it: last year's numbers, the summary's, what is frozen, what differs."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ankang_desktop.actions.scores import form_of, period_of, scope_of
from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import parse_date
from ankang_desktop.scoring import statistics
from ankang_desktop.scoring.agreement import Agreement, agreements
from ankang_desktop.scoring.differences import Difference, differences
from ankang_desktop.scoring.statistics import Statistics
from ankang_desktop.store.frozen import FrozenEntry, freeze, frozen_entries, frozen_paper

Span = tuple[date, date]


@dataclass(frozen=True)
class Sheet:
    """A table as it is shown: `filled` now, or as frozen in `frozen`, then `now` is what it would be today.

    `last` is the table of the same days a year before, None beside a frozen one.
    """

    filled: Statistics
    last: Statistics | None
    agreements: tuple[Agreement, ...]
    versions: tuple[FrozenEntry, ...]
    frozen: FrozenEntry | None = None
    now: Statistics | None = None

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Return what differs between a frozen table and now."""
        return differences(self.filled, self.now) if self.now else ()


def statistics_forms(app: App) -> list[Form]:
    """Return the statistics tables there are, the newest edition first."""
    found = [form for form in app.forms.values() if form.kind == "statistics"]
    return sorted(found, key=lambda form: form.edition, reverse=True)


def own_span(form: Form, year: int) -> Span:
    """Return the days a table itself speaks of (“06-01..06-30”) in a year, else the whole year."""
    first, _, last = str(form.data.get("period", "01-01..12-31")).partition("..")
    return parse_date(first, year) or date(year, 1, 1), parse_date(last, year) or date(year, 12, 31)


def spans(form: Form, year: int) -> list[tuple[str, Span]]:
    """Return the periods a table is usually asked for, by name: its own, the year, quarters, months."""
    start, end = own_span(form, year)
    found = [(f"表内期间（{_day(start)}—{_day(end)}）", (start, end)), ("全年", (date(year, 1, 1), date(year, 12, 31)))]
    found += [(f"第{name}季度", _months(year, at * 3 + 1, at * 3 + 3)) for at, name in enumerate("一二三四")]
    return found + [(f"{month}月", _months(year, month, month)) for month in range(1, 13)]


def sheet(app: App, code: str, span: Span, progress: Progress) -> Sheet:
    """Fill a table over a period, with last year's beside it and the summary's figures."""
    form = form_of(app, code, "statistics")
    progress.step("正在统计", 0, 3)
    with scope_of(app, period_of(app, form, *span)) as scope:
        filled = statistics.evaluate(form, scope)
        progress.step("正在与总结核对", 1, 3)
        checked = agreements(scope, filled)
    progress.step("正在统计去年同期", 2, 3)
    with scope_of(app, period_of(app, form, *_year_before(span))) as scope:
        last = statistics.evaluate(form, scope)
    return Sheet(filled, last, checked, versions(app, code))


def thawed_sheet(app: App, key: int, progress: Progress) -> Sheet:
    """Return a frozen table, with what it would be now over the same days; another kind of paper is refused."""
    with app.read() as connection:
        paper = frozen_paper(connection, key)
    if "blanks" not in paper.content:
        raise UserError(f"第{key}号定稿“{paper.title}”不是统计表", "请在“统计表”的定稿里选")
    filled = Statistics.from_plain(paper.content)
    form = form_of(app, paper.form, "statistics")
    progress.step("正在统计现在的数字")
    with scope_of(app, period_of(app, form, filled.start, filled.end)) as scope:
        now = statistics.evaluate(form, scope)
        checked = agreements(scope, now)
    every = versions(app, paper.form)
    return Sheet(filled, None, checked, every, next(each for each in every if each.id == key), now)


def freeze_statistics(app: App, filled: Statistics, title: str) -> int:
    """Freeze a table as it stands."""
    name = title.strip()
    if not name:
        raise UserError("定稿还没有名称", "写一个以后认得出的名称，如 2026年6月上报稿")
    with app.begin(f"定稿 {name}") as unit:
        return freeze(unit, filled.form, name, filled.as_of, filled.plain(), None)


def name_for(filled: Statistics, versions: Sequence[FrozenEntry]) -> str:
    """Return a name for the next frozen table: whose days, and which draft of them."""
    start, end = filled.start, filled.end
    is_month = (start.year, start.month) == (end.year, end.month)
    begin = f"{start.year}年{start.month}月" if is_month else f"{start.year}年{_day(start)}至{_day(end)}"
    same = sum(each.title.startswith(begin) for each in versions)
    return f"{begin}统计表{f'（第{same + 1}稿）' if same else ''}"


def versions(app: App, code: str) -> tuple[FrozenEntry, ...]:
    """Return what was frozen of a table, newest first; quick, for nothing in them is read."""
    with app.read() as connection:
        return tuple(frozen_entries(connection, code))


def _months(year: int, first: int, last: int) -> Span:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _year_before(span: Span) -> Span:
    """Return the same days a year before; 29 February becomes the 28th."""
    start, end = (date(day.year - 1, day.month, min(day.day, _days(day))) for day in span)
    return start, end


def _days(day: date) -> int:
    return calendar.monthrange(day.year - 1, day.month)[1]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
