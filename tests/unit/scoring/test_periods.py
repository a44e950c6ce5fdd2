"""Completed months and quarters inside a period."""

from __future__ import annotations

from datetime import date

import pytest

from ankang_desktop.scoring.periods import Period


@pytest.mark.parametrize(
    ("start", "end", "as_of", "months", "quarters"),
    [
        ((2026, 1, 1), (2026, 12, 31), (2026, 11, 21), 10, 3),
        ((2026, 1, 1), (2026, 12, 31), (2026, 12, 31), 12, 4),
        ((2026, 1, 1), (2026, 12, 31), (2027, 2, 1), 12, 4),
        ((2026, 1, 1), (2026, 12, 31), (2026, 1, 30), 0, 0),
        ((2026, 1, 1), (2026, 12, 31), (2026, 1, 31), 1, 0),
        ((2026, 1, 2), (2026, 12, 31), (2026, 3, 31), 2, 0),
        ((2025, 11, 15), (2026, 3, 15), (2026, 3, 15), 3, 0),
        ((2025, 10, 1), (2026, 3, 31), (2026, 3, 31), 6, 2),
    ],
)
def test_completed(
    start: tuple[int, int, int], end: tuple[int, int, int], as_of: tuple[int, int, int], months: int, quarters: int
) -> None:
    period = Period(date(*start), date(*end), date(*as_of))
    assert len(period.months()) == months
    assert len(period.quarters()) == quarters
    assert all(period.start <= first <= last <= period.cut for first, last in (*period.months(), *period.quarters()))
