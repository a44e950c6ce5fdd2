"""When a duty is due: the when-codes of the notices, and the days they mean in one year.

    Y:08-01..08-31      a window of every year, both days included; an end before its start wraps the year's end;
                        `;` joins windows, with or without `Y:` before each
    D:12-15             a yearly deadline, that day included
    Y:2026-12-01..2027-03-10 · D:2027-03-20   the same once only, in the years written
    W                   of every week, Monday to Sunday
    M:25 · M · Q        monthly by that day · any day of the month · of the quarter
    EV                  whenever the event happens, no due date
    CTX · CTX:2021      context of the notice (of that year's notice), no task

Dates of one notice repeat every year as templates; 29 February and the 31st become the last day of a shorter month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.text import chinese_date

_WINDOW = re.compile(r"^(?:(\d{4})-)?(\d\d)-(\d\d)\.\.(?:(\d{4})-)?(\d\d)-(\d\d)$")
_DEADLINE = re.compile(r"^D:(?:(\d{4})-)?(\d\d)-(\d\d)$")
_MONTHLY = re.compile(r"^M:(\d{1,2})$")
_CONTEXT = re.compile(r"^CTX(?::(\d{4}(?:-\d{4})?))?$")
_EXAMPLES = (
    "可写 Y:08-01..08-31（每年的时段）、D:12-15（每年的期限）、D:2027-03-20（只此一次）、"
    "M:25（每月25日前）、W（每周）、M（每月）、Q（每季度）、EV（随时）、CTX（背景）"
)


class Kind(StrEnum):
    """The kinds of when-code."""

    WINDOW = "时段"
    DEADLINE = "期限"
    WEEK = "每周"
    MONTH = "每月"
    QUARTER = "每季度"
    EVENT = "随时"
    CONTEXT = "背景"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to `end`, both included; raises UserError when they stand the wrong way round."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise UserError(f"结束日期 {self.end} 早于开始日期 {self.start}", "请核对这两个日期")


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every year; of `year` only where the notice writes one."""

    month: int
    day: int
    year: int = 0

    def within(self, year: int) -> date:
        """Return the day in a year, the month's last where the month is shorter."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


@dataclass(frozen=True, slots=True)
class When:
    """A when-code understood: `days` are (from, to) pairs of a window, (day, day) of a deadline; `day` of `M:25`."""

    code: str
    kind: Kind
    days: tuple[tuple[MonthDay, MonthDay], ...] = ()
    day: int = 0
    context: str = ""

    @property
    def is_once(self) -> bool:
        """Say whether it falls due in the years written and never again."""
        return any(last.year for _, last in self.days)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a duty falls due: open from `start`, due on `end` (included).

    Proof counts up to `counted_to`: the end of a window, but the end of the month or year of a deadline, so that a
    report sent late still counts as sent.
    """

    start: date
    end: date
    kind: Kind
    counted_to: date

    @property
    def text(self) -> str:
        """Say it in Chinese: “2026年7月”, “2026年第3季度”, “2026年12月15日前”, “2026年11月15日至2027年3月15日”."""
        if self.kind is Kind.MONTH and self.end == self.counted_to:
            return f"{self.start.year}年{self.start.month}月"
        if self.kind is Kind.QUARTER:
            return f"{self.start.year}年第{(self.start.month + 2) // 3}季度"
        if self.kind is not Kind.WINDOW:
            return f"{chinese_date(self.end)}前"
        first, last = chinese_date(self.start), chinese_date(self.end)
        return first if first == last else f"{first}至{last}"


def parse_when(code: str) -> When:
    """Read a when-code; raises UserError with examples where it is none."""
    plain = code.strip()
    fixed = {"W": Kind.WEEK, "M": Kind.MONTH, "Q": Kind.QUARTER, "EV": Kind.EVENT}
    if plain in fixed:
        return When(plain, fixed[plain])
    if found := _CONTEXT.match(plain):
        return When(plain, Kind.CONTEXT, context=found[1] or "")
    if (found := _MONTHLY.match(plain)) and 1 <= int(found[1]) <= 31:
        return When(plain, Kind.MONTH, day=int(found[1]))
    if found := _DEADLINE.match(plain):
        due = _month_day(code, *found.groups())
        return When(plain, Kind.DEADLINE, ((due, due),))
    if plain.startswith("Y:"):
        return When(plain, Kind.WINDOW, tuple(_window(code, part) for part in plain[2:].split(";")))
    raise _not_understood(code)


def _window(code: str, part: str) -> tuple[MonthDay, MonthDay]:
    found = _WINDOW.match(part.strip().removeprefix("Y:"))
    if not found:
        raise _not_understood(code)
    first, last = _month_day(code, *found.groups()[:3]), _month_day(code, *found.groups()[3:])
    is_backward = (last.year, last.month, last.day) < (first.year, first.month, first.day)
    if bool(first.year) != bool(last.year) or (first.year and is_backward):
        raise _not_understood(code)
    return first, last


def _month_day(code: str, year: str | None, month: str, day: str) -> MonthDay:
    try:
        date(int(year or 2024), int(month), int(day))  # a leap year: 02-29 is a day
    except ValueError:
        raise _not_understood(code) from None
    return MonthDay(int(month), int(day), int(year or 0))


def _not_understood(code: str) -> UserError:
    return UserError(f"看不懂时间代码“{code}”", _EXAMPLES)


def occurrences(when: When, year: int) -> tuple[Occurrence, ...]:
    """Return the times a duty falls due in a year, oldest first; none for EV and CTX.

    A window that wraps the year's end appears twice: the one that ends in the year and the one that starts in it. What
    is due once only appears in its own years.
    """
    if when.kind is Kind.WINDOW:
        found = [times for days in when.days for times in _windows(*days, year)]
        return tuple(sorted(found, key=lambda occurrence: (occurrence.end, occurrence.start)))
    if when.kind is Kind.DEADLINE:
        if when.is_once and when.days[0][1].year != year:
            return ()
        due = when.days[0][1].within(year)
        return (Occurrence(date(year, 1, 1), due, Kind.DEADLINE, date(year, 12, 31)),)
    if when.kind is Kind.WEEK:
        return tuple(_weeks(year))
    if when.kind in {Kind.MONTH, Kind.QUARTER}:
        return tuple(_periods(when, year))
    return ()


def _windows(first: MonthDay, last: MonthDay, year: int) -> Iterator[Occurrence]:
    if first.year:
        if first.year <= year <= last.year:
            yield of_span(Span(first.within(first.year), last.within(last.year)))
        return
    wraps = (last.month, last.day) < (first.month, first.day)
    for opened in (year - 1, year) if wraps else (year,):
        yield of_span(Span(first.within(opened), last.within(opened + wraps)))


def _weeks(year: int) -> Iterator[Occurrence]:
    """Yield the weeks that touch a year, each as a window: that across the year's end stays whole."""
    first = date(year, 1, 1)
    monday = first - timedelta(days=first.weekday())
    while monday.year <= year:
        yield of_span(Span(monday, monday + timedelta(days=6)))
        monday += timedelta(days=7)


def _periods(when: When, year: int) -> Iterator[Occurrence]:
    length = 3 if when.kind is Kind.QUARTER else 1
    for month in range(length, 13, length):
        closing = MonthDay(month, 31).within(year)
        due = MonthDay(month, when.day).within(year) if when.day else closing
        yield Occurrence(date(year, month - length + 1, 1), due, when.kind, closing)


def of_span(span: Span) -> Occurrence:
    """Return the occurrence of days the officer entered himself (a moved date, 春节, 两会)."""
    return Occurrence(span.start, span.end, Kind.WINDOW, span.end)


def months(start: date, end: date) -> tuple[Span, ...]:
    """Cut a period into its calendar months, the first and last as far as they lie inside."""
    found, opened = [], start
    while opened <= end:
        closing = MonthDay(opened.month, 31).within(opened.year)
        found.append(Span(opened, min(closing, end)))
        opened = date(opened.year + opened.month // 12, opened.month % 12 + 1, 1)
    return tuple(found)
