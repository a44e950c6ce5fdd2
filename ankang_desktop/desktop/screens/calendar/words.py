"""How duties are named and coloured on the calendar."""

from __future__ import annotations

from ankang_desktop.programme.duties import Duty, State

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


def days_of(duty: Duty) -> str:
    """Return the days of a duty: “06-01 至 06-30”, “12-15 前”."""
    if duty.occurrence is None:
        return "随时"
    start, end = duty.occurrence.start, duty.occurrence.end
    return f"{end:%m-%d} 前" if start == end else f"{start:%m-%d} 至 {end:%m-%d}"


def left_of(duty: Duty) -> str:
    """Return how long there is left, where it matters."""
    if duty.days_left is None or duty.state in {State.DONE, State.NOT_APPLICABLE, State.NOT_YET}:
        return ""
    if duty.days_left < 0:
        return f"逾期 {-duty.days_left} 天"
    return f"剩 {duty.days_left} 天" if duty.days_left else "今天"
