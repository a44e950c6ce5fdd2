"""The team grid: whose record is whose, what is a hole, whom to urge, and a month entered for many teams."""

from __future__ import annotations

from datetime import date

import pytest

from ankang_desktop.actions.choosing import named
from ankang_desktop.actions.drafting import keep
from ankang_desktop.actions.grid import (
    LOOSE,
    MEASURES,
    MONTHS,
    Grid,
    day_for,
    records_of,
    reminder_for_month,
    reminder_for_team,
    team_grid,
)
from ankang_desktop.actions.records import add_record, move_record, remove_record, undo
from ankang_desktop.actions.reminding import urging
from ankang_desktop.actions.scores import score_card
from ankang_desktop.actions.turns import Turn, add_for_teams, offers
from ankang_desktop.actions.year import duties_of
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.team_activities import TeamActivityKind

ACTIVITY, TRAINING, DRILL, HAZARD, SUGGESTION = MEASURES


@pytest.fixture
def works(app: App) -> App:
    """Two teams of one workshop, one person each; the second team began in March."""
    add_record(app, "workshop", {"车间名称": "一车间"})
    add_record(app, "team", {"班组名称": "甲班", "所属车间": "一车间"})
    add_record(app, "team", {"班组名称": "乙班", "所属车间": "一车间", "启用日期": "2026-03-10"})
    add_record(app, "employee", {"工号": "001", "姓名": "职工一", "班组": "甲班"})
    add_record(app, "employee", {"工号": "002", "姓名": "职工二", "班组": "乙班", "离职日期": "2026-04-01"})
    return app


def grid_of(app: App) -> Grid:
    return team_grid(app, 2026, Quiet())


def team(grid: Grid, name: str) -> int:
    return next(each.id for each in grid.teams if each.name == name)


def held(day: str, kind: str, **more: str) -> dict[str, str]:
    return {"活动日期": day, "班组": "甲班", "活动类型": kind, **more}


def test_a_month_of_several_sessions_counts_as_so_many(works: App) -> None:
    add_record(works, "team_activity", held("2026-02-03", "班前会", 场次="21"))
    add_record(works, "team_activity", held("2026-02-09", "安全日活动"))
    grid = grid_of(works)
    counts = grid.counted(ACTIVITY)
    assert counts.number([team(grid, "甲班")], [2]) == 22
    assert counts.number([team(grid, "乙班")], MONTHS) == 0
    assert len(records_of(works, [(ACTIVITY, counts.records([team(grid, "甲班")], [2]))])) == 2


def test_a_training_belongs_to_the_teams_listed_and_to_those_who_came(works: App) -> None:
    first, second = (found[0] for found in named(works, "employee", ["001", "002"]))
    listed = named(works, "team", ["甲班"])[0][0]
    values = {"title": "消防", "held_on": date(2026, 5, 6)}
    came = [{"person": first, "present": False}, {"person": second, "present": True}]
    keep(works, "training", None, values, {"teams": [{"team": listed}], "attendance": came})
    keep(works, "training", None, {**values, "title": "触电"}, {"attendance": [{"person": first, "present": False}]})
    grid = grid_of(works)
    counts = grid.counted(TRAINING)
    both = [team(grid, "甲班"), team(grid, "乙班")]
    assert [counts.number([each], [5]) for each in both] == [1, 1]
    assert counts.number(both, [5]) == 1, "one record of two teams is one in their total"
    assert counts.number([LOOSE], [5]) == 1, "who was absent makes no team's training"


def test_voided_hazards_and_those_in_the_trash_are_left_out(works: App) -> None:
    texts = {"发现日期": "2026-06-01", "隐患来源": "班组互查", "隐患描述": "护栏松动", "班组": "甲班"}
    number = add_record(works, "hazard", texts).number
    assert grid_of(works).counted(HAZARD).number([team(grid_of(works), "甲班")], [6]) == 1
    move_record(works, number, "void", {"void_reason": "重复登记"})
    texts = {"提出日期": "2026-06-02", "类别": "金点子", "建议名称": "改护栏", "班组": "甲班"}
    remove_record(works, add_record(works, "suggestion", texts).number)
    grid = grid_of(works)
    assert grid.counted(HAZARD).cells == grid.counted(SUGGESTION).cells == {}


def test_a_hole_is_a_month_that_is_over_and_in_service(works: App) -> None:
    grid = grid_of(works)
    first, second = grid.teams
    assert (grid.until, grid.now) == (10, 11)
    assert grid.short_months(ACTIVITY, first) == dict.fromkeys(range(1, 11), 2), "two a month, as the calendar wants"
    assert grid.short_months(ACTIVITY, second) == dict.fromkeys(range(3, 11), 2)
    assert grid.short_months(TRAINING, second) == dict.fromkeys(range(3, 11), 1)
    assert [len(grid.asked(month, grid.teams)) for month in (2, 3)] == [1, 2]
    assert day_for(grid, 2) == date(2026, 2, 28)
    assert day_for(grid, 11) == date(2026, 11, 21)
    assert day_for(grid, 12) == date(2026, 12, 31)
    last_year, next_year = team_grid(works, 2025, Quiet()), team_grid(works, 2027, Quiet())
    assert [each.name for each in last_year.teams] == ["甲班"]
    assert (last_year.until, last_year.now, next_year.until, next_year.now) == (12, 0, 0, 0)


def test_reminders_name_what_is_missing_and_ask_by_friday(works: App) -> None:
    for month in range(1, 10):
        add_record(works, "team_activity", held(f"2026-{month:02}-05", "安全日活动", 场次="2" if month > 1 else "1"))
    grid = grid_of(works)
    first = grid.teams[0]
    assert reminder_for_team(grid, first, ACTIVITY) == (
        "@甲班：2026年10月没有班组安全活动记录；1月班组安全活动只有1场（每月至少2场）。"
        "请于11月27日（周五）前补交记录和照片。"
    )
    assert reminder_for_team(grid, first, TRAINING).startswith("@甲班：2026年全年还没有教育培训记录"), (
        "owed in no month"
    )
    assert "全年还没有教育培训、应急演练、隐患、合理化建议记录" in reminder_for_team(grid, first, None)
    assert reminder_for_month(grid, 9, None, grid.teams) == (
        "【2026年9月班组安全活动】还有1个班组不足2场：\n一车间：@乙班（缺2场）\n请于11月27日（周五）前补交记录和照片。"
    )
    assert "@甲班（缺1场）" in reminder_for_month(grid, 1, None, grid.teams)
    assert reminder_for_month(grid, 2, None, grid.teams) == ""
    assert reminder_for_month(grid, 9, TRAINING, grid.teams).startswith("【2026年9月教育培训】还有2个班组没有交记录：")


def test_grid_calendar_and_card_want_the_same_number_of_a_month(works: App) -> None:
    add_record(works, "team_activity", held("2026-10-09", "安全日活动"))
    grid = grid_of(works)
    assert grid.owed(ACTIVITY) == 2
    assert [grid.owed(each) for each in MEASURES[1:]] == [0] * 4
    october = next(
        each
        for each in duties_of(works, 2026)
        if each.code == "C-29" and each.occurrence and each.occurrence.start.month == 10
    )
    assert "@甲班 10月班组安全活动记录缺1场" in urging(works, [october], Quiet())
    assert "@甲班（缺1场）" in reminder_for_month(grid, 10, None, grid.teams)
    terms = [term for unit in score_card(works, "", None, None).units() for term in unit.terms]
    assert any("每月活动满2次" in term.reason for term in terms if term.measure == "team_months")


def test_a_month_is_entered_for_many_teams_as_one_step(works: App) -> None:
    kind = TeamActivityKind.pre_shift_meeting
    march = offers(works, 2026, 3, kind)
    assert [(each.name, each.heads, each.already) for each in march] == [("甲班", 1, 0), ("乙班", 1, 0)]
    assert [each.heads for each in offers(works, 2026, 4, kind)] == [1, 0], "who left counts no longer"
    assert [each.name for each in offers(works, 2026, 2, kind)] == ["甲班"]
    turns = [Turn(each.team, 22, each.heads * 22) for each in march]
    numbers = add_for_teams(works, date(2026, 3, 31), kind, " 3月班前会 ", turns)
    assert numbers == ["BH-2026-0001", "BH-2026-0002"]
    grid = grid_of(works)
    assert grid.counted(ACTIVITY).number([each.id for each in grid.teams], [3]) == 44
    assert [each.already for each in offers(works, 2026, 3, kind)] == [1, 1]
    assert undo(works).title == "批量登记2个班组的班前会"
    assert grid_of(works).counted(ACTIVITY).cells == {}


def test_nothing_chosen_or_no_session_is_refused(works: App) -> None:
    kind = TeamActivityKind.pre_shift_meeting
    with pytest.raises(UserError, match="还没有选班组"):
        add_for_teams(works, date(2026, 4, 30), kind, "", [])
    with pytest.raises(UserError, match="场次不是正数"):
        add_for_teams(works, date(2026, 4, 30), kind, "", [Turn(grid_of(works).teams[0].id, 0, None)])
