"""Words that urge: each team what it lacks, late by Friday, nobody for what the union does itself."""

from __future__ import annotations

from datetime import date

import pytest

from ankang_desktop.actions.records import add_record
from ankang_desktop.actions.reminding import urging
from ankang_desktop.actions.year import duties_of
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.programme.duties import Duty


@pytest.fixture
def works(app: App) -> App:
    """Three teams; 甲班 has one activity in October and two in November, 乙班 two and none, 丙班 none at all."""
    for name in ("甲班", "乙班", "丙班"):
        add_record(app, "team", {"班组名称": name})
    for day, name in (
        ("2026-10-08", "甲班"),
        ("2026-10-09", "乙班"),
        ("2026-10-20", "乙班"),
        ("2026-11-03", "甲班"),
        ("2026-11-10", "甲班"),
    ):
        add_record(app, "team_activity", {"活动日期": day, "班组": name, "活动类型": "安全日活动"})
    return app


def chosen(app: App, *idents: str) -> list[Duty]:
    return [each for each in duties_of(app, 2026) if each.ident in idents]


def test_each_team_is_told_what_it_lacks(works: App) -> None:
    duties = chosen(works, "C-29@2026-10-01", "C-29@2026-11-01")
    assert urging(works, duties, Quiet()).splitlines() == [
        "@甲班 10月班组安全活动记录缺1场，请于11月27日（周五）前补交",
        "@丙班 10月班组安全活动记录缺2场；11月班组安全活动记录缺2场，请于11月27日（周五）前补交",
        "@乙班 11月班组安全活动记录缺2场，请于11月30日（周一）前补交",
    ]


def test_what_is_recorded_but_unproven_is_asked_for_as_such(works: App) -> None:
    add_record(
        works, "team_activity", {"活动日期": "2026-11-11", "班组": "乙班", "活动类型": "安全日活动", "场次": "2"}
    )
    add_record(
        works, "team_activity", {"活动日期": "2026-11-12", "班组": "丙班", "活动类型": "安全日活动", "场次": "2"}
    )
    text = urging(works, chosen(works, "C-29@2026-11-01"), Quiet())
    assert text.startswith("@各班组 班组安全活动（每班组每月至少2次）（已登记，材料不全，请补交照片、签到表）")
    assert text.endswith("，请于11月27日（周五）前办好")


def test_the_unions_own_duties_are_only_told_alone(works: App) -> None:
    mine = chosen(works, "C-25@2026-11-15")
    assert urging(works, [*mine, *chosen(works, "C-26@2026-01-01")], Quiet()) == ""
    assert urging(works, mine, Quiet()).startswith("@各车间工会 年度自评打分（还差：")


@pytest.mark.parametrize(
    ("today", "friday"),
    [(date(2026, 11, 19), "11月20日"), (date(2026, 11, 20), "11月27日"), (date(2026, 11, 22), "11月27日")],
)
def test_late_things_are_asked_for_by_friday(works: App, today: date, friday: str) -> None:
    works.clock = Clock(today)
    assert f"请于{friday}（周五）前补交" in urging(works, chosen(works, "C-29@2026-10-01"), Quiet())


def test_done_and_coming_duties_are_silent(works: App) -> None:
    assert urging(works, chosen(works, "C-29@2026-12-01"), Quiet()) == ""
