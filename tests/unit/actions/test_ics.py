"""The year as .ics: what is open, deadlines on their day, alarms on the days of reminding, read back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from ankang_desktop.actions.agenda import decide
from ankang_desktop.actions.ics import export_calendar
from ankang_desktop.actions.year import duties_of
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.programme.duties import State


def events(app: App, folder: Path) -> dict[str, Any]:
    target = folder / "年历.ics"
    number = export_calendar(app, 2026, target, Quiet())
    found = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert len(found) == number
    return {str(each["uid"]).partition("@ankang")[0]: each for each in found}


def test_what_is_open_leaves_with_its_alarms(app: App, tmp_path: Path) -> None:
    found = events(app, tmp_path)
    wanted = {
        each.ident: each
        for each in duties_of(app, 2026)
        if each.occurrence and each.state not in {State.DONE, State.NOT_APPLICABLE}
    }
    assert found.keys() == wanted.keys()
    deadline = found["C-26@2026-01-01"]
    assert (deadline["dtstart"].dt, deadline["dtend"].dt) == (date(2026, 12, 15), date(2026, 12, 16))
    assert str(deadline["summary"]).startswith("截止：")
    assert "请于12月15日前报市总劳动和经济工作部" in str(deadline["description"])
    rung = [datetime.combine(deadline["dtstart"].dt, time()) + each["trigger"].dt for each in deadline.walk("VALARM")]
    assert rung == [datetime.combine(date(2026, 12, 15) - timedelta(days), time(9)) for days in (14, 7, 3, 1)]
    assert deadline["dtstamp"].dt.tzinfo is not None


def test_a_month_is_a_bar_and_a_year_its_last_day(app: App, tmp_path: Path) -> None:
    found = events(app, tmp_path)
    month, year = found["C-29@2026-11-01"], found["C-32@2026-01-01"]
    assert (month["dtstart"].dt, month["dtend"].dt) == (date(2026, 11, 1), date(2026, 12, 1))
    assert year["dtstart"].dt == date(2026, 12, 31)


def test_done_duties_stay_at_home(app: App, tmp_path: Path) -> None:
    duty = next(each for each in duties_of(app, 2026) if each.ident == "C-26@2026-01-01")
    decide(app, duty, DutyDecision.closed, "回执在3盒")
    assert "C-26@2026-01-01" not in events(app, tmp_path)


def test_another_ending_is_refused(app: App, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.ics"):
        export_calendar(app, 2026, tmp_path / "年历.txt", Quiet())
