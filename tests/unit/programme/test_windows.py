from __future__ import annotations

from datetime import date

import pytest

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.programme.reminders import reminder_days
from ankang_desktop.programme.windows import Kind, Span, months, occurrences, parse_when


def spans(code: str, year: int) -> list[tuple[date, date]]:
    return [(found.start, found.end) for found in occurrences(parse_when(code), year)]


def test_window_is_closed_at_both_ends() -> None:
    assert spans("Y:08-01..08-31", 2026) == [(date(2026, 8, 1), date(2026, 8, 31))]


@pytest.mark.parametrize("code", ["Y:01-01..01-31;Y:03-11..03-31", "Y:03-11..03-31;01-01..01-31"])
def test_two_windows_of_one_duty_in_order(code: str) -> None:
    assert spans(code, 2026) == [(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 3, 11), date(2026, 3, 31))]


def test_wrapping_window_stands_in_both_years_it_touches() -> None:
    assert spans("Y:11-15..03-15", 2026) == [
        (date(2025, 11, 15), date(2026, 3, 15)),
        (date(2026, 11, 15), date(2027, 3, 15)),
    ]


def test_leap_day_becomes_the_last_of_february() -> None:
    assert spans("Y:02-15..02-29", 2026) == [(date(2026, 2, 15), date(2026, 2, 28))]
    assert spans("Y:02-15..02-29", 2028) == [(date(2028, 2, 15), date(2028, 2, 29))]


def test_deadline_counts_late_proof_until_the_year_ends() -> None:
    (found,) = occurrences(parse_when("D:12-15"), 2026)
    assert (found.start, found.end, found.counted_to) == (date(2026, 1, 1), date(2026, 12, 15), date(2026, 12, 31))
    assert found.text == "2026年12月15日前"


def test_monthly_by_a_day() -> None:
    found = occurrences(parse_when("M:25"), 2026)
    assert [each.end for each in found] == [date(2026, month, 25) for month in range(1, 13)]
    assert (found[6].start, found[6].counted_to) == (date(2026, 7, 1), date(2026, 7, 31))
    assert [each.end.day for each in occurrences(parse_when("M:31"), 2026)][:4] == [31, 28, 31, 30]


def test_months_and_quarters() -> None:
    assert len(spans("M", 2026)) == 12
    assert spans("M", 2028)[1] == (date(2028, 2, 1), date(2028, 2, 29))
    assert spans("Q", 2026) == [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
    ]
    assert [each.text for each in occurrences(parse_when("Q"), 2026)][2] == "2026年第3季度"
    assert [each.text for each in occurrences(parse_when("M"), 2026)][6] == "2026年7月"


@pytest.mark.parametrize("code", ["EV", "CTX", "CTX:2021", "CTX:2020-2021"])
def test_events_and_context_have_no_days(code: str) -> None:
    assert occurrences(parse_when(code), 2026) == ()


def test_context_keeps_its_year() -> None:
    assert (parse_when("CTX:2020-2021").kind, parse_when("CTX:2020-2021").context) == (Kind.CONTEXT, "2020-2021")


@pytest.mark.parametrize(
    "code", ["", "Y:", "Y:13-01..13-31", "Y:02-30..03-01", "D:1215", "M:0", "M:32", "M:x", "每月", "X"]
)
def test_a_code_not_understood_is_answered_with_examples(code: str) -> None:
    with pytest.raises(UserError, match="看不懂时间代码") as caught:
        parse_when(code)
    assert "D:12-15" in caught.value.remedy


def test_span_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(UserError, match="早于开始日期"):
        Span(date(2026, 3, 2), date(2026, 3, 1))


def test_period_cut_into_months() -> None:
    assert months(date(2025, 11, 15), date(2026, 1, 10)) == (
        Span(date(2025, 11, 15), date(2025, 11, 30)),
        Span(date(2025, 12, 1), date(2025, 12, 31)),
        Span(date(2026, 1, 1), date(2026, 1, 10)),
    )


def test_reminders_before_a_weekday() -> None:
    assert reminder_days(date(2026, 12, 15)) == (
        date(2026, 12, 1),
        date(2026, 12, 8),
        date(2026, 12, 12),
        date(2026, 12, 14),
    )


@pytest.mark.parametrize("due", [date(2026, 7, 25), date(2026, 7, 26)])
def test_due_at_a_weekend_reminds_last_on_friday(due: date) -> None:
    assert due.weekday() >= 5
    assert reminder_days(due)[-1] == date(2026, 7, 24)


def test_due_on_sunday_with_one_reminder_still_reminds() -> None:
    assert reminder_days(date(2026, 7, 26), (1,)) == (date(2026, 7, 24),)
