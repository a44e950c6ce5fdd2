"""What takes long to work out is worked out once between two steps, however many ask."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from ankang_desktop.actions import year
from ankang_desktop.actions.records import add_record
from ankang_desktop.actions.scores import year_card
from ankang_desktop.actions.scoring_work import card_of_year
from ankang_desktop.actions.year import duties_of
from ankang_desktop.app import App


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The years whose calendar was worked out, one entry each time."""
    found: list[int] = []
    real: Callable[..., Any] = year.agenda

    def counted(*given: Any) -> Any:
        found.append(given[3])
        return real(*given)

    monkeypatch.setattr(year, "agenda", counted)
    return found


def test_calendar_and_score_share_one_pass(app: App, passes: list[int]) -> None:
    assert duties_of(app, 2026) is duties_of(app, 2026)
    year_card(app, 2026)
    assert passes == [2026]
    duties_of(app, 2025)
    assert passes == [2026, 2025]


def test_every_page_that_shows_a_card_shows_the_same_one(app: App) -> None:
    card = year_card(app, 2026)
    assert card_of_year(app, card.form, 2026) is card
    assert year_card(app, 2025) is not card
    add_record(app, "team", {"班组名称": "甲班"})
    assert year_card(app, 2026) is not card


def test_every_step_begins_anew(app: App, passes: list[int]) -> None:
    duties_of(app, 2026)
    add_record(app, "team", {"班组名称": "甲班"})
    duties_of(app, 2026)
    app.undo()
    duties_of(app, 2026)
    app.redo()
    duties_of(app, 2026)
    assert passes == [2026] * 4


def test_who_asks_meanwhile_waits(app: App) -> None:
    started, may_end, times = Event(), Event(), []

    def slowly() -> str:
        times.append(1)
        started.set()
        assert may_end.wait(10)
        return "年历"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(app.until_changed, "年历", slowly)
        assert started.wait(10)
        second = pool.submit(app.until_changed, "年历", slowly)
        may_end.set()
        assert (first.result(10), second.result(10), times) == ("年历", "年历", [1])


def test_what_failed_is_asked_again(app: App) -> None:
    with pytest.raises(ZeroDivisionError):
        app.until_changed("年历", lambda: 1 // 0)
    assert app.until_changed("年历", lambda: 1) == 1


def test_what_a_step_overtook_is_not_kept(app: App) -> None:
    def overtaken() -> str:
        add_record(app, "team", {"班组名称": "甲班"})
        return "改动之前读的"

    assert app.until_changed("年历", overtaken) == "改动之前读的"
    assert app.until_changed("年历", lambda: "改动之后读的") == "改动之后读的"
