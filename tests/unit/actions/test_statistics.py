"""A statistics table with what belongs to it: periods, last year, the summary, frozen ones and what differs since."""

from __future__ import annotations

from datetime import date

import pytest

from ankang_desktop.actions.records import add_record, change_record, remove_record, undo
from ankang_desktop.actions.scores import freeze_card, score_card
from ankang_desktop.actions.statistics import (
    Sheet,
    freeze_statistics,
    name_for,
    own_span,
    sheet,
    spans,
    statistics_forms,
    thawed_sheet,
)
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Quiet

JUNE = (date(2026, 6, 1), date(2026, 6, 30))


def lecture(app: App, day: str, name: str = "宣讲", **more: str) -> str:
    texts = {"活动名称": name, "活动日期": day, "活动类型": "宣讲", "参加人次": "30", **more}
    return add_record(app, "activity", texts).number


def june(app: App) -> Sheet:
    return sheet(app, "jiaozuo_2023", JUNE, Quiet())


def test_the_period_is_the_tables_own_in_the_year_asked(app: App) -> None:
    form = statistics_forms(app)[0]
    assert own_span(form, 2025) == (date(2025, 6, 1), date(2025, 6, 30))
    offered = dict(spans(form, 2028))
    assert offered["2月"] == (date(2028, 2, 1), date(2028, 2, 29))
    assert offered["第四季度"] == (date(2028, 10, 1), date(2028, 12, 31))
    assert offered["全年"] == (date(2028, 1, 1), date(2028, 12, 31))


def test_last_year_stands_beside(app: App) -> None:
    lecture(app, "2025-06-08")
    lecture(app, "2026-06-08")
    lecture(app, "2026-06-09", "再讲")
    found = june(app)
    assert found.filled.blank("J1.1").printed == "2"
    assert found.last is not None
    assert found.last.blank("J1.1").printed == "1"
    leap = sheet(app, "jiaozuo_2023", (date(2028, 2, 1), date(2028, 2, 29)), Quiet())
    assert leap.last is not None
    assert leap.last.end == date(2027, 2, 28)


def test_what_the_summary_tells_more_or_less_is_named_with_its_records(app: App) -> None:
    lecture(app, "2026-06-08")
    alike = {each.label: each for each in june(app).agreements}
    assert alike["宣传教育活动"].is_same
    other = add_record(app, "activity", {"活动名称": "文艺演出", "活动日期": "2026-06-10", "活动类型": "其他"}).number
    twice = lecture(app, "2026-06-12", "再讲", 同时计入="J1.4")
    told = {each.label: each for each in june(app).agreements}["宣传教育活动"]
    assert (told.summary, told.table, told.is_same) == ("3场", "3场", True), "one left out and one counted twice"
    assert [ref.number for ref in told.left_out] == [other]
    assert [ref.number for ref in told.twice] == [twice]
    persons = {each.label: each for each in june(app).agreements}["宣传教育活动参加"]
    assert (persons.summary, persons.table) == ("60人次", "90人次")
    assert not persons.is_same


def test_a_frozen_table_stays_and_tells_what_differs(app: App) -> None:
    kept, gone = lecture(app, "2026-06-08"), lecture(app, "2026-06-09", "再讲")
    key = freeze_statistics(app, june(app).filled, "  6月上报  ")
    assert [each.title for each in june(app).versions] == ["6月上报"]
    assert thawed_sheet(app, key, Quiet()).differences == ()
    remove_record(app, gone)
    change_record(app, kept, {"参加人次": "45"})
    added = add_record(
        app,
        "activity",
        {"活动名称": "安全家书", "活动日期": "2026-06-20", "活动类型": "其他", "特色活动": "是", "参加人次": "9"},
    ).number
    shown = thawed_sheet(app, key, Quiet())
    assert shown.filled.blank("J1.1").printed == "2"
    told = {each.place: each for each in shown.differences}
    assert (told["J1.1", ""].before, told["J1.1", ""].now) == ("2", "1")
    assert [ref.number for ref in told["J1.1", ""].went] == [gone]
    assert (told["J1.2", ""].before, told["J1.2", ""].now) == ("60", "45")
    assert (told["J7.2", "安全家书"].before, told["J7.2", "安全家书"].now) == ("0", "1")
    assert [ref.number for ref in told["J7.3", "安全家书"].came] == [added]


def test_freezing_is_a_step_and_needs_a_name(app: App) -> None:
    with pytest.raises(UserError, match="没有名称"):
        freeze_statistics(app, june(app).filled, "  ")
    filled = june(app).filled
    assert name_for(filled, ()) == "2026年6月统计表"
    freeze_statistics(app, filled, name_for(filled, ()))
    assert name_for(filled, june(app).versions) == "2026年6月统计表（第2稿）"
    assert undo(app).title == "定稿 2026年6月统计表"
    assert june(app).versions == ()


def test_a_frozen_card_is_no_table(app: App) -> None:
    card = score_card(app, "", date(2026, 1, 1), date(2026, 12, 31))
    key = freeze_card(app, card, "自评")
    with pytest.raises(UserError, match="不是统计表"):
        thawed_sheet(app, key, Quiet())
