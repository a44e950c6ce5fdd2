"""Deciding about duties: one time of many, taken back, off and on again; what a new record begins with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ankang_desktop.actions.agenda import (
    beginnings,
    decide,
    decisions_on,
    dropped_duties,
    prefilled,
    switch_on,
    take_back,
)
from ankang_desktop.actions.listing import show_record
from ankang_desktop.actions.records import add_record, next_steps
from ankang_desktop.actions.year import begun, duties_of
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import Refused, UserError
from ankang_desktop.ledgers.activities import ActivityKind
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.duties import Duty, State


def one(app: App, ident: str) -> Duty:
    return next(each for each in duties_of(app, 2026) if each.ident == ident)


def test_closed_with_its_proof_and_taken_back(app: App, tmp_path: Path) -> None:
    (tmp_path / "纪要.txt").write_text("会议纪要", "utf-8")
    duty = one(app, "C-28@2026-10-01")
    made = decide(app, duty, DutyDecision.closed, "会议纪要在3盒5号", files=[tmp_path / "纪要.txt"])
    closed = one(app, "C-28@2026-10-01")
    assert closed.state is State.DONE
    assert [(each.ledger, each.id) for each in closed.records] == [("duty_note", made.id)]
    assert [each["name"] for each in show_record(app, made.number)["evidence"]] == ["纪要.txt"]
    assert one(app, "C-28@2026-11-01").state is not State.DONE
    (decision,) = decisions_on(app, closed)
    assert (decision.decision, decision.text) == (DutyDecision.closed, "会议纪要在3盒5号")
    take_back(app, decision.number, "“办结”")
    assert one(app, "C-28@2026-10-01").state is State.OVERDUE
    assert next_steps(app)[0] == "收回“办结”"


def test_a_decision_without_its_reason_or_days_is_refused(app: App) -> None:
    duty = one(app, "C-26@2026-01-01")
    for decision in (DutyDecision.closed, DutyDecision.not_applicable, DutyDecision.moved):
        with pytest.raises(Refused):
            decide(app, duty, decision)
    with pytest.raises(Refused):
        decide(app, duty, DutyDecision.moved, new_from=date(2026, 12, 20), new_until=date(2026, 12, 1))
    with pytest.raises(UserError, match="找不到文件"):
        decide(app, duty, DutyDecision.closed, "在附件里", files=[Path("没有.pdf")])
    assert decisions_on(app, duty) == []


def test_moving_one_month_leaves_the_others(app: App) -> None:
    before = {each.ident for each in duties_of(app, 2026) if each.code == "C-29"}
    duty = one(app, "C-29@2026-11-01")
    with pytest.raises(Refused, match="日期和原来一样"):
        decide(app, duty, DutyDecision.moved, "停产", new_from=date(2026, 11, 1), new_until=date(2026, 11, 30))
    decide(app, duty, DutyDecision.moved, "停产检修", new_from=date(2026, 11, 1), new_until=date(2026, 12, 10))
    moved = one(app, "C-29@2026-11-01")
    assert moved.occurrence is not None
    assert (moved.occurrence.start, moved.occurrence.end) == (date(2026, 11, 1), date(2026, 12, 10))
    assert {each.ident for each in duties_of(app, 2026) if each.code == "C-29"} == before
    decide(app, moved, DutyDecision.closed, "补做记录在3盒")
    assert one(app, "C-29@2026-11-01").state is State.DONE
    assert [each.decision for each in decisions_on(app, moved)] == [DutyDecision.closed, DutyDecision.moved]
    assert decisions_on(app, one(app, "C-29@2026-10-01")) == []


def test_days_entered_for_what_has_none(app: App) -> None:
    duty = one(app, "C-06@2026")
    decide(app, duty, DutyDecision.moved, new_from=date(2026, 2, 10), new_until=date(2026, 2, 24))
    decide(app, duty, DutyDecision.moved, new_from=date(2026, 3, 3), new_until=date(2026, 3, 12))
    found = [each.occurrence for each in duties_of(app, 2026) if each.code == "C-06"]
    assert [each.start for each in found if each] == [date(2026, 2, 10), date(2026, 3, 3)]


def test_off_the_calendar_and_on_again(app: App) -> None:
    never = [each for each in dropped_duties(app) if not each.number]
    decide(app, one(app, "C-13@2026-01-01"), DutyDecision.switched_off, "集团统一设置")
    assert not [each for each in duties_of(app, 2026) if each.code == "C-13"]
    (off,) = [each for each in dropped_duties(app) if each.number]
    assert (off.code, off.reason, off.origin) == ("C-13", "集团统一设置", "默认日历")
    switch_on(app, off)
    assert one(app, "C-13@2026-01-01").title == off.title
    assert never
    switch_on(app, never[0])
    assert [each for each in duties_of(app, 2026) if each.code == never[0].code]
    assert never[0].code not in {each.code for each in dropped_duties(app)}


def test_a_new_record_begins_with_day_and_kind(app: App) -> None:
    past = one(app, "C-12@2026-06-16")
    values = prefilled(app, past, Need(counter="activity.kind:consultation_day"))
    assert values == {"held_on": date(2026, 6, 16), "kind": ActivityKind.consultation_day}
    running = one(app, "C-29@2026-11-01")
    assert prefilled(app, running, Need(counter="team_activity")) == {"held_on": app.clock.today()}
    tagged = prefilled(app, one(app, "C-09@2026-04-25"), Need(counter="activity.campaigns:occ_disease_law_week"))
    assert [each.name for each in tagged["campaigns"]] == ["occ_disease_law_week"]


def test_the_year_is_kept_from_the_first_record(app: App) -> None:
    assert begun(app) == app.clock.today()


def test_every_duty_with_a_need_can_be_begun(app: App) -> None:
    for programme in app.library.notices:
        add_record(app, "programme_choice", {"活动方案": programme, "采用日期": "2026-01-01"})
    without = {each.code for each in duties_of(app, 2026) if each.progress and not beginnings(app, each)}
    assert without == set()


def test_a_set_begins_with_any_of_its_items_and_a_measure_with_its_kind(app: App) -> None:
    duty = one(app, "C-26@2026-01-01")
    need = Need(measure="document_in_force:hazard_system")
    assert prefilled(app, duty, need)["kind"].name == "hazard_system"
    found = next(each for each in duties_of(app, 2026) if any(reached.need.set for reached in each.progress))
    items = [item for reached in found.progress for item in app.library.sets[reached.need.set].items]
    assert 1 < len(beginnings(app, found)) <= len(items)
