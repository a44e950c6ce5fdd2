"""The year as a file any calendar opens (.ics, RFC 5545), with an alarm on every day of reminding."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ankang_desktop.actions.year import duties_of
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.files import write_safely
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.programme.windows import Occurrence

_LONGEST_BAR = 31  # days: a longer window stands in a calendar by its last day, or it would hide all others
_AT = time(9)


def export_calendar(app: App, year: int, target: Path, progress: Progress) -> int:
    """Write the duties of a year that are not done as .ics and read it back; returns how many events.

    Folding and escaping are the library's. Raises UserError for another ending, WorldError where the disk refuses.
    """
    from icalendar import Calendar

    if target.suffix.lower() != ".ics":
        raise UserError(f"不能写成“{target.name}”", "文件名请以 .ics 结尾")
    book = Calendar()
    book.add("prodid", "-//ankang-desktop//zh-CN")
    book.add("version", "2.0")
    book.add("x-wr-calname", f"安康杯年历{year}")
    skipped = {State.DONE, State.NOT_APPLICABLE}
    duties = [each for each in duties_of(app, year) if each.occurrence and each.state not in skipped]
    for at, duty in enumerate(duties):
        progress.step("写日历", at, len(duties))
        if duty.occurrence:
            book.add_component(_event(duty, duty.occurrence, app.clock.now()))
    data = book.to_ical()

    def verify(path: Path) -> None:
        read = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        if {str(each["uid"]) for each in read} != {_uid(each) for each in duties}:
            raise WorldError(f"写入“{target}”后读回的事项不对", "请检查磁盘后重试")

    write_safely(target, lambda path: _write(path, data), verify)
    return len(duties)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _uid(duty: Duty) -> str:
    return f"{duty.ident}@ankang-desktop"


def _event(duty: Duty, occurrence: Occurrence, now: datetime) -> Any:
    from icalendar import Event

    first, is_bar = _first_day(occurrence)
    event = Event()
    event.add("uid", _uid(duty))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", duty.title if is_bar else f"截止：{duty.title}")
    event.add("dtstart", first)
    event.add("dtend", occurrence.end + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [duty.origin])
    told = [occurrence.text, duty.done_when, *(f"{each.notice} {each.code}：{each.text}" for each in duty.sources)]
    event.add("description", "\n".join(each for each in told if each.strip("： ")))
    for day in duty.reminders:
        event.add_component(_alarm(duty, day, first))
    return event


def _first_day(occurrence: Occurrence) -> tuple[date, bool]:
    """Return the day an event begins on, and whether it is shown as a bar of days."""
    is_bar = 0 < (occurrence.end - occurrence.start).days <= _LONGEST_BAR and occurrence.end == occurrence.counted_to
    return (occurrence.start, True) if is_bar else (occurrence.end, False)


def _alarm(duty: Duty, day: date, first: date) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", duty.title)
    alarm.add("trigger", datetime.combine(day, _AT) - datetime.combine(first, time()))
    return alarm
