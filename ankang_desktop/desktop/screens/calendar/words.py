"""How duties are named and coloured on the calendar."""

from __future__ import annotations

from datetime import date

from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.programme.windows import Kind, Occurrence

TONES = {
    State.NOT_YET: "",
    State.OPEN: "info",
    State.NEAR: "warning",
    State.OVERDUE: "danger",
    State.DONE: "good",
    State.UNPROVEN: "warning",
    State.NOT_APPLICABLE: "",
    State.ANYTIME: "",
}
SOON = 14
"""Days ahead that 今后14天 shows."""
LONG = 330
"""What lasts so many days is the year itself: no news on a band."""
_QUIET = {State.DONE, State.NOT_APPLICABLE, State.NOT_YET}


def days_of(duty: Duty) -> str:
    """Return the days of a duty in short: “6月1日至30日”, “12月15日前”, “11月”, “随时”."""
    if duty.occurrence is None:
        return "随时"
    start, end = duty.occurrence.start, duty.occurrence.end
    if is_flag(duty.occurrence):
        return f"{_day(end)}前" if start != end else _day(end)
    if duty.occurrence.kind is Kind.MONTH:
        return f"{start.month}月"
    if duty.occurrence.kind is Kind.QUARTER:
        return f"第{(start.month + 2) // 3}季度"
    if (end - start).days >= LONG:
        return "全年"
    same = start.month == end.month and start.year == end.year
    return f"{_day(start)}至{f'{end.day}日' if same else _day(end)}"


def left_of(duty: Duty) -> str:
    """Return how long there is left, where it matters."""
    if duty.days_left is None or duty.state in _QUIET:
        return ""
    if duty.days_left < 0:
        return f"逾期{-duty.days_left}天"
    return f"剩{duty.days_left}天" if duty.days_left else "今天"


def mark_of(duty: Duty) -> str:
    """Return how a duty stands in a word: how many days are left where that says it, else its state."""
    return duty.state.value if duty.state is State.UNPROVEN else left_of(duty) or duty.state.value


def is_flag(occurrence: Occurrence) -> bool:
    """Say whether it is a day rather than a span: a deadline, a single day, “每月25日前”."""
    return (
        occurrence.kind is Kind.DEADLINE
        or occurrence.start == occurrence.end
        or (occurrence.kind is Kind.MONTH and occurrence.end != occurrence.counted_to)
    )


def is_long(duty: Duty) -> bool:
    """Say whether a duty lasts the whole year."""
    return bool(
        duty.occurrence and not is_flag(duty.occurrence) and (duty.occurrence.end - duty.occurrence.start).days >= LONG
    )


def is_soon(duty: Duty, today: date) -> bool:
    """Say whether a duty belongs to 今后14天: open and due within them, or overdue since as many."""
    if duty.days_left is None or duty.state in {State.DONE, State.NOT_APPLICABLE}:
        return False
    starts_soon = bool(duty.occurrence and 0 <= (duty.occurrence.start - today).days <= SOON)
    return -SOON <= duty.days_left <= SOON or (duty.state is State.NOT_YET and starts_soon)


def told(duty: Duty) -> str:
    """Return a duty in three lines, for a tool tip."""
    left = left_of(duty)
    return f"{duty.title}\n{days_of(duty)}　{duty.state.value}{f'　{left}' if left else ''}\n{duty.reason}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
