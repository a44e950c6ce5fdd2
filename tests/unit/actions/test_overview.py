"""The year at a glance: what is counted is what opens; what was late before the year was kept here is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from ankang_desktop.actions.overview import WEEK, behind, by_effort, first_steps, is_late, overview, sorted_out
from ankang_desktop.actions.records import add_record, move_record
from ankang_desktop.actions.scores import year_card
from ankang_desktop.actions.year import duties_of
from ankang_desktop.app import App
from ankang_desktop.ledgers.enterprise.people import Employee
from ankang_desktop.programme.duties import State


@pytest.fixture
def works(app: App) -> App:
    """Two teams of two people; three hazards, one of them void, one late; a training, a drill, an activity."""
    for name in ("甲班", "乙班"):
        add_record(app, "team", {"班组名称": name})
    for code, team in (("1", "甲班"), ("2", "甲班"), ("3", "乙班")):
        add_record(app, "employee", {"工号": code, "姓名": f"职工{code}", "班组": team})
    add_record(app, "employee", {"工号": "4", "姓名": "离职", "班组": "乙班", "离职日期": "2026-05-01"})
    for day, deadline, team in (
        ("2026-03-02", "2026-04-01", "甲班"),
        ("2026-03-05", "2026-12-01", ""),
        ("2025-12-30", "", ""),
    ):
        values = {"发现日期": day, "隐患来源": "自查", "隐患描述": f"隐患{day}", "整改时限": deadline, "班组": team}
        add_record(app, "hazard", {key: value for key, value in values.items() if value})
    made = add_record(app, "hazard", {"发现日期": "2026-03-09", "隐患来源": "自查", "隐患描述": "写错了"})
    move_record(app, made.number, "作废", {"作废原因": "重复登记"})
    with app.begin("培训") as unit:
        came = [
            {"person": each}
            for each in unit.connection.scalars(select(Employee.id).where(Employee.code.in_(["1", "4"])))
        ]
        unit.add(app.ledgers["training"], {"title": "全员培训", "held_on": date(2026, 5, 6)}, {"attendance": came})
    add_record(
        app,
        "drill",
        {
            "演练日期": "2026-06-10",
            "演练名称": "灭火",
            "演练类型": "综合应急演练",
            "参演班组": "乙班",
        },
    )
    add_record(app, "team_activity", {"活动日期": "2026-11-02", "班组": "甲班", "活动类型": "安全日活动"})
    return app


def test_every_count_is_as_long_as_what_opens(works: App) -> None:
    found = overview(works, 2026)
    assert (found.open_hazards, found.overdue_hazards, found.closed_hazards) == (3, 1, 0)
    assert found.found == (0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    for key, number in (("open", 3), ("overdue", 1), ("closed", 0), ("found:3", 2), ("closed:3", 0)):
        assert len(behind(works, 2026, key)) == number
    assert [each.title for each in behind(works, 2026, "overdue")] == ["隐患2026-03-02"]


def test_those_not_reached_are_named(works: App) -> None:
    by_key = {each.key: each for each in overview(works, 2026).coverage}
    assert {key: (each.done, each.whole) for key, each in by_key.items()} == {
        "trained": (1, 3),
        "active": (1, 2),
        "drilled": (1, 2),
        "reporting": (1, 2),
    }
    missing = {key: [each.title for each in behind(works, 2026, key)] for key in by_key}
    assert missing == {"trained": ["职工2", "职工3"], "active": ["乙班"], "drilled": ["甲班"], "reporting": ["乙班"]}


def test_a_past_year_is_looked_at_as_of_its_last_day(works: App) -> None:
    found = overview(works, 2025)
    assert (found.open_hazards, found.found[11]) == (1, 1)
    assert [each.title for each in found.coverage][1] == "12月班组安全活动"


def test_nothing_is_covered_of_nothing(app: App) -> None:
    found = overview(app, 2026)
    assert found.open_hazards == 0
    assert [each.share for each in found.coverage] == [None, None, None]


def test_duties_are_sorted_for_the_morning(app: App) -> None:
    duties = duties_of(app, 2026)
    found = sorted_out(duties, date(2026, 1, 1))
    assert all(0 <= (each.days_left or 0) <= WEEK for each in found.due)
    assert [each.days_left for each in found.later] == sorted(each.days_left or 0 for each in found.later)
    assert len(found.late) == sum(each.state in {State.OVERDUE, State.UNPROVEN} for each in duties)
    lates = [each.days_left or 0 for each in found.late if each.state is State.OVERDUE]
    assert lates == sorted(lates, reverse=True)
    assert sorted_out(duties, app.clock.today()).late == ()
    unproven = replace(found.late[0], state=State.UNPROVEN)
    assert is_late(unproven, date(2026, 1, 1))
    assert sorted_out((unproven, *found.late[1:]), date(2026, 1, 1)).late[-1] is unproven


def test_gaps_by_what_one_mended_record_gives(app: App) -> None:
    add_record(app, "training", {"培训日期": "2026-05-06", "培训名称": "全员培训"})
    card = year_card(app, 2026)
    gaps = by_effort(card)
    assert sorted(gaps, key=repr) == sorted(card.gaps(), key=repr)
    worth = [each.gain / max(1, each.records) for each in gaps]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] == Decimal(25)


def test_first_steps_are_seen_one_by_one(app: App) -> None:
    assert not first_steps(app).has_profile
    add_record(app, "profile", {"单位名称": "新厂"})
    add_record(app, "employee", {"工号": "1", "姓名": "职工"})
    steps = first_steps(app)
    assert (steps.has_profile, steps.has_roster, steps.has_programme, steps.are_done) == (True, True, False, False)
    add_record(app, "programme_choice", {"活动方案": "national_2020", "采用日期": "2026-11-01"})
    assert first_steps(app).are_done
