"""One year beside the other up to the same day: figures, their records, and the sentence that writes itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ankang_desktop.actions.compared import compared, records_compared
from ankang_desktop.actions.last_year import earlier_card
from ankang_desktop.actions.records import add_record
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock


@pytest.fixture
def works(app: App) -> App:
    """Hazards: two last year up to 21 November and one after, three this year. One accident last year, two hurt."""
    for day in ("2025-03-01", "2025-11-21", "2025-11-22", "2026-01-05", "2026-02-06", "2026-11-20"):
        add_record(app, "hazard", {"发现日期": day, "隐患来源": "自查", "隐患描述": day})
    add_record(app, "accident", {"发生时间": "2025-06-01 10:00", "发生地点": "车间", "重伤人数": "1", "轻伤人数": "1"})
    add_record(
        app,
        "training",
        {"培训日期": "2026-04-01", "培训名称": "培训", "场次": "3", "参加人次": "90"},
    )
    return app


def test_up_to_the_same_day(works: App) -> None:
    found = compared(works, 2026)
    pairs = {each.title: (each.now, each.before, each.change) for each in found.pairs}
    assert pairs["排查隐患"] == (3, 2, "+1（+50.0%）")
    assert pairs["生产安全事故"] == (0, 1, "-1（-100.0%）")
    assert pairs["伤亡"] == (0, 2, "-2（-100.0%）")
    assert pairs["教育培训"] == (3, 0, "+3")
    assert pairs["培训参加"] == (90, 0, "+90")
    assert {each.title: each.tone for each in found.pairs if each.tone} == {"生产安全事故": "good", "伤亡": "good"}


def test_every_figure_opens_its_records(works: App) -> None:
    found = compared(works, 2026)
    hazards = next(each for each in found.pairs if each.title == "排查隐患")
    for year, number in ((2026, 3), (2025, 2)):
        assert len(records_compared(works, hazards.counter, year, found.until)) == number


def test_the_sentence_writes_itself(works: App) -> None:
    text = compared(works, 2026).sentence(Decimal("82.0"), Decimal("80.5"))
    assert text.startswith("1月1日至11月21日与上年同期相比：生产安全事故0起，同比减少1起（100.0%）；")
    assert "排查隐患3条，同比增加1条（50.0%）" in text
    assert text.endswith("得分82.0分，上年全年80.5分，提高1.5分。")
    assert "上年" not in compared(works, 2026).sentence(Decimal(82), None).partition("得分")[2]


def test_a_first_year_says_so(app: App) -> None:
    add_record(app, "hazard", {"发现日期": "2026-02-06", "隐患来源": "自查", "隐患描述": "一条"})
    text = compared(app, 2026).sentence(None, None)
    assert text == "今年已有排查隐患1条。2025年没有留下记录，从今年起留底，明年这里会自动写出同比。"
    assert earlier_card(app, "national_card_2020", 2025).card is None


def test_a_leap_day_has_a_neighbour(works: App) -> None:
    works.clock = Clock(date(2028, 2, 29))
    assert compared(works, 2028).until == date(2028, 2, 29)


def test_last_years_points_are_told_where_that_year_was_kept(works: App) -> None:
    earlier = earlier_card(works, "national_card_2020", 2025)
    assert earlier is not None
    assert earlier.card.start == date(2025, 1, 1)
