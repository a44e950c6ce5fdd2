"""On which days the officer is reminded of a due date.

Some days before it (14, 7, 3 and 1 unless the duty says otherwise). Offices are closed at weekends: what is due on a
Saturday or Sunday has its last reminder on the Friday before. The printed due date never moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

DAYS_BEFORE = (14, 7, 3, 1)
_FRIDAY = 4


def reminder_days(due: date, days_before: Iterable[int] = DAYS_BEFORE) -> tuple[date, ...]:
    """Return the days to remind on, oldest first, each once."""
    working_day = due - timedelta(max(0, due.weekday() - _FRIDAY))
    return tuple(sorted({min(due - timedelta(days), working_day) for days in days_before}))
