"""Days as notices write them, read into when-codes: “6月1日至30日”, “12月15日前”, “每月25日前”, “8-9月”, “3月中下旬”.

What is no due date is passed over: years of documents (〔2015〕76号), days of the past (“2020年以来”), of issue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ankang_desktop.programme.windows import MonthDay

_ISSUED, _ISSUED_ONCE = "@", "@@"  # stand for the day of issue, without and with its year, until it is put in
_LEAP = 2024  # a year in which every day exists, to know a month's last
_YEAR = r"(?:(?P<year{n}>\d{{4}})年|今年|本年|当年|同年)?"
_POINT = (
    _YEAR
    + r"(?:(?P<next{n}>次年|翌年|明年))?(?P<month{n}>\d{{1,2}})月份?"
    + r"(?:(?P<day{n}>\d{{1,2}})[日号]|(?P<part{n}>{part}))?"
)
_PART = "上中旬|中下旬|上旬|中旬|下旬|月初|初|底|末"
_TO = r"\s*(?:至|到|—+|－|-|–|~|～)\s*"
_BEFORE = r"(?:之前|以前|前)"
_PARTS = {
    "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "上中旬": (1, 20), "中下旬": (11, 31),
    "初": (1, 10), "月初": (1, 10), "底": (21, 31), "末": (21, 31),
}  # fmt: skip
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NAMED = (
    ("安全宣传咨询日", "Y:06-16..06-16"),
    ("安全生产宣传咨询日", "Y:06-16..06-16"),
    ("职业病防治法》?宣传周", "Y:04-25..05-01"),
    ("安全生产法》?宣传周", "Y:12-01..12-07"),
    ("消防宣传月", "Y:11-01..11-30"),
    ("安全生产月", "Y:06-01..06-30"),
    ("冬季取暖", "Y:11-15..03-15"),
)
"""Days that have a name; each year they are the same."""

_PAST = re.compile(r"^(?:以来|印发|发布|起施行|施行|实施的|召开|下发|出台|发生|会议)")


@dataclass(frozen=True, slots=True)
class Timing:
    """A time found in a sentence: its when-code, its words, where they begin; `is_named` for “安全生产月”.

    `note` says what the code cannot: that the notice says every day, or counts from the day it was issued.
    """

    code: str
    words: str
    at: int
    is_named: bool = False
    note: str = ""

    @property
    def is_due(self) -> bool:
        """Say whether it is a deadline rather than a window."""
        return self.code.startswith(("D:", "M:"))


def timings(sentence: str, issued: date) -> list[Timing]:
    """Return the times of a sentence in its order; what stands inside a longer one is not told again."""
    found: list[Timing] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(sentence):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if _is_past(match, issued) or _PAST.match(sentence[match.end() :]):
                continue
            for code, note in read(match):
                dated = code.replace(_ISSUED_ONCE, issued.isoformat()).replace(_ISSUED, f"{issued:%m-%d}")
                found.append(Timing(dated, match[0].strip("（）()"), match.start(), note=note))
    return sorted(found, key=lambda each: each.at) or list(_named(sentence))


def _named(sentence: str) -> Iterator[Timing]:
    for words, code in _NAMED:
        if match := re.search(words, sentence):
            yield Timing(code, match[0], match.start(), is_named=True)
            return


def _is_past(match: re.Match[str], issued: date) -> bool:
    """Say whether the notice speaks of an earlier year than its own alone."""
    years = [int(value) for name, value in match.groupdict().items() if name.startswith("year") and value]
    return bool(years) and max(years) < issued.year


# --- reading one expression ----------------------------------------------------------------------------------------

_Read = Iterator[tuple[str, str]]


def _range(match: re.Match[str]) -> _Read:
    first = _first(match, 1)
    month = match["month2"] or match["month1"]
    last = _day(int(month), match["day2"], match["part2"], is_end=True)
    opened, closed, wraps = _year(match, 1), _year(match, 2), last < first
    opened = opened or (closed - wraps if closed else 0)
    closed = closed or (opened + (wraps or bool(match["next2"])) if opened else 0)
    yield from _window(first, last, opened, closed)


def _short_range(match: re.Match[str]) -> _Read:
    """Read “2月15日至28日”."""
    first, last = _first(match, 1), _day(int(match["month1"]), match["day2"], None, is_end=True)
    yield from _window(first, last, _year(match, 1))


def _months(match: re.Match[str]) -> _Read:
    """Read “8-9月”."""
    first, last = _day(int(match["from"]), None, None), _day(int(match["to"]), None, None, is_end=True)
    yield from _window(first, last, _year(match, 1))


def _from_now(match: re.Match[str]) -> _Read:
    last = _day(int(match["month1"]), match["day1"], match["part1"], is_end=True)
    if last:
        year = _year(match, 1)
        code = f"Y:{_ISSUED_ONCE}..{_within(year, last)}" if year else f"Y:{_ISSUED}..{last}"
        yield code, "“即日起”按成文日期"


def _monthly(match: re.Match[str]) -> _Read:
    day = 31 if match["last"] else int(match["day"])
    if 1 <= day <= 31:
        yield f"M:{day}", ""


def _deadline(match: re.Match[str]) -> _Read:
    month = int(match["month1"])
    if match["day1"] or match["part1"]:
        last = _day(month, match["day1"], match["part1"], is_end=True)
    else:  # “6月前” ends with May
        last = _day(month - 1 or 12, None, None, is_end=True)
    year = _year(match, 1)
    if last:
        yield f"D:{_within(year, last) if year else last}", ""


def _year_end(match: re.Match[str]) -> _Read:
    year = _year(match, 1)
    yield f"D:{year}-12-31" if year else "D:12-31", ""


def _point(match: re.Match[str]) -> _Read:
    first = _first(match, 1)
    last = _day(int(match["month1"]), match["day1"], match["part1"], is_end=True)
    yield from _window(first, last, _year(match, 1))


def _two_months(match: re.Match[str]) -> _Read:
    """Read “1月和3月中下旬”: two windows of one duty."""
    spans = []
    for month, part in ((match["one"], None), (match["two"], match["part"])):
        first, last = _day(int(month), None, part), _day(int(month), None, part, is_end=True)
        if first and last:
            spans.append(f"Y:{first}..{last}")
    if len(spans) == 2:
        yield ";".join(spans), ""


def _quarter(match: re.Match[str]) -> _Read:
    last = _QUARTERS[match["quarter"]] * 3
    yield f"Y:{last - 2:02d}-01..{_day(last, None, None, is_end=True)}", ""


def _fixed(code: str, note: str = "") -> Callable[[re.Match[str]], _Read]:
    def read(_: re.Match[str]) -> _Read:
        yield code, note

    return read


def _window(first: str, last: str, opened: int = 0, closed: int = 0) -> _Read:
    """Read two days: a window of every year, or of the years written, once only."""
    if not (first and last):
        return
    if not opened:
        yield f"Y:{first}..{last}", ""
        return
    begins, ends = _within(opened, first), _within(closed or opened, last)
    if begins <= ends:
        yield f"Y:{begins}..{ends}", ""


def _year(match: re.Match[str], place: int) -> int:
    """Return the year written at a place, 0 where there is none: “2027年3月”, “2026年次年3月” is the year after."""
    written = int(match[f"year{place}"] or 0)
    return written + bool(match.groupdict().get(f"next{place}")) if written else 0


def _within(year: int, day: str) -> str:
    month, number = map(int, day.split("-"))
    return MonthDay(month, number).within(year).isoformat()


def _first(match: re.Match[str], place: int) -> str:
    return _day(int(match[f"month{place}"]), match[f"day{place}"], match[f"part{place}"])


def _day(month: int, day: str | None, part: str | None, *, is_end: bool = False) -> str:
    """Return “06-30”: a day, the first or last of a part of a month or of the month; "" where there is none such."""
    if not 1 <= month <= 12:
        return ""
    begins, ends = _PARTS[part] if part else (1, 31)
    if day:
        begins = ends = int(day)
    wanted = MonthDay(month, ends if is_end else begins)
    found = wanted.within(_LEAP)
    if day and found.day != int(day):
        return ""
    return f"{month:02d}-{found.day:02d}"


def _compiled(template: str) -> re.Pattern[str]:
    points = {f"p{n}": _POINT.format(n=n, part=_PART) for n in (1, 2)}
    return re.compile(template.format(**points, to=_TO, before=_BEFORE, year=_YEAR.format(n=1), part=_PART))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Read]], ...] = (
    (_compiled(r"自?即日起{to}{p1}{before}?"), _from_now),
    (_compiled(r"自?{p1}{to}{p2}{before}?"), _range),
    (_compiled(r"自?{p1}{to}(?P<day2>\d{{1,2}})[日号]{before}?"), _short_range),
    (_compiled(r"{year}(?P<from>\d{{1,2}})(?:月份?)?{to}(?P<to>\d{{1,2}})\s*月份?(?!\d)"), _months),
    (_compiled(r"(?P<one>\d{{1,2}})月(?:份)?[和、及](?P<two>\d{{1,2}})月(?P<part>{part})?"), _two_months),
    (_compiled(r"每个?月(?:的)?(?:(?P<day>\d{{1,2}})[日号]|(?P<last>底|末)){before}"), _monthly),
    (_compiled(r"每半年"), _fixed("Y:01-01..06-30;Y:07-01..12-31")),
    (_compiled(r"每个?季度?"), _fixed("Q")),
    (_compiled(r"每个?(?:周|星期)|逐周"), _fixed("W")),
    (_compiled(r"每[天日]"), _fixed("M", "原文更频繁，程序按每月核对")),
    (_compiled(r"每个?月|逐月"), _fixed("M")),
    (_compiled(r"{p1}{before}"), _deadline),
    (_compiled(r"(?:(?P<year1>\d{{4}})年?|今年|本年)?年[底末]{before}"), _year_end),
    (_compiled(r"{p1}"), _point),
    (_compiled(r"第?(?P<quarter>[一二三四1234])季度"), _quarter),
    (_compiled(r"上半年"), _fixed("Y:01-01..06-30")),
    (_compiled(r"下半年"), _fixed("Y:07-01..12-31")),
    (_compiled(r"全年|年内|每年|年度内"), _fixed("Y:01-01..12-31")),
    (_compiled(r"春节|“?两会”?期间"), _fixed("EV", "每年日子不同，请在年历里录入今年的起止日期")),
)
"""Every way of writing a time, the more particular first."""
