"""Dates as officers type them, names that disks accept, numbers that never over-claim."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankang_desktop.kernel.numbers import cov, floor05, percent, points
from ankang_desktop.kernel.text import initials, join, mask_name, parse_date, safe_file_name, said_day, tidy

JUNE = date(2026, 6, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-6-1",
        "2026.06.01",
        "2026年6月1日",
        "20260601",
        "26.6.1",
        "6.1",
        "6月1日",
        "２０２６．６．１",
        "2026 年 6 月 1 日",
    ],
)
def test_dates_as_typed(text: str) -> None:
    assert parse_date(text, 2026) == JUNE


@pytest.mark.parametrize("text", ["2026-2-30", "13月1日", "昨天", "", "2026", "6.31"])
def test_no_dates(text: str) -> None:
    assert parse_date(text, 2026) is None


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_iso_date_is_read(day: date) -> None:
    assert parse_date(day.isoformat(), 2000) == day


@pytest.mark.parametrize(
    ("value", "floored"),
    [
        (Fraction(5, 4), "1.0"),
        (Fraction(97, 40), "2.0"),
        (Fraction(4), "4.0"),
        (Fraction(1, 3), "0.0"),
        (Fraction(1, 2), "0.5"),
    ],
)
def test_floor_never_over_claims(value: Fraction, floored: str) -> None:
    assert points(floor05(value)) == floored


@given(st.fractions(min_value=0, max_value=200))
def test_floor_is_the_nearest_half_below(value: Fraction) -> None:
    floored = Fraction(floor05(value))
    assert floored <= value < floored + Fraction(1, 2)
    assert floored * 2 == int(floored * 2)


def test_shares() -> None:
    assert cov(228, 240) == Fraction(19, 20)
    assert cov(3, 2) == 1
    assert percent(Fraction(16, 19)) == "84.2%"
    assert percent(Fraction(17, 19)) == "89.5%"
    assert points(Decimal("1.25")) == "1.25"


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("a/b:c*?.xlsx", "a_b_c_.xlsx"),
        ("con.txt", "_con.txt"),
        (" .x. ", "x"),
        ("“引号”安全.pdf", "“引号”安全.pdf"),
        ("", "_"),
    ],
)
def test_file_names(given_name: str, safe: str) -> None:
    assert safe_file_name(given_name) == safe


def test_a_long_name_keeps_its_suffix() -> None:
    assert safe_file_name("字" * 300 + ".xlsx") == "字" * 75 + ".xlsx"


def test_small_words() -> None:
    assert initials("欧阳建国") == "oyjg"
    assert mask_name("张建国") == "张**"
    assert join(list("甲乙丙丁"), 2) == "甲、乙等4项"
    assert tidy("　一车间\x00 ") == "一车间"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", date(2026, 11, 21)),
        ("前天", date(2026, 11, 19)),
        ("周一", date(2026, 11, 16)),
        ("上周日", date(2026, 11, 15)),
        ("下个星期五", date(2026, 11, 27)),
        ("３号", date(2026, 11, 3)),
        ("31日", None),
        ("2026", None),
        ("", None),
    ],
)
def test_days_as_people_say_them(text: str, day: date | None) -> None:
    assert said_day(text, date(2026, 11, 21)) == day  # a Saturday
