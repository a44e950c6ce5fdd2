"""Rules of laws and notices with the figures worked by hand (domain.md §10)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from ankang_desktop.declare.draft import settle
from ankang_desktop.declare.ledger import in_order
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.ledgers.accidents import (
    Accident,
    AccidentKind,
    AccidentLevel,
    casualties_close_on,
    is_major_or_worse,
    level_of,
)
from ankang_desktop.ledgers.contracts.performance import ClauseResult, performance_rate, rate_with_halves
from ankang_desktop.ledgers.contracts.record import Contract
from ankang_desktop.ledgers.contracts.terms import state, timetable
from ankang_desktop.ledgers.contracts.words import ContractState, FilingRule
from ankang_desktop.ledgers.facilities import EquipmentState, intact_rate
from ankang_desktop.ledgers.hazards.indicators import indicators
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import HazardLevel, RewardForm, Stage
from ankang_desktop.ledgers.health import OccDeclaration, change_declared_in_time, months_after, update_window
from ankang_desktop.ledgers.heat_log import HeatBand, HeatDay, band_of, breach_of


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("deaths", "serious", "loss", "level"),
    [
        (2, 0, "900", AccidentLevel.general),
        (3, 0, "0", AccidentLevel.larger),
        (0, 50, "0", AccidentLevel.major),
        (9, 0, "5000", AccidentLevel.major),
        (29, 0, "10000", AccidentLevel.extraordinary),
        (0, 9, "0", AccidentLevel.general),
        (0, 10, "0", AccidentLevel.larger),
        (0, 0, "999.99", AccidentLevel.general),
        (0, 0, "1000", AccidentLevel.larger),
        (10, 0, "0", AccidentLevel.major),
        (30, 0, "0", AccidentLevel.extraordinary),
        (0, 100, "0", AccidentLevel.extraordinary),
    ],
)
def test_accident_level(deaths: int, serious: int, loss: str, level: AccidentLevel) -> None:
    assert level_of(deaths, serious, Decimal(loss)) is level
    assert is_major_or_worse(level) is (level in {AccidentLevel.major, AccidentLevel.extraordinary})


def test_casualties_change_for_30_days_or_7() -> None:
    assert casualties_close_on(day(5, 1), AccidentKind.production) == day(5, 31)
    assert casualties_close_on(day(5, 1), AccidentKind.traffic) == day(5, 8)
    assert casualties_close_on(day(5, 1), AccidentKind.fire) == day(5, 8)


def contract(rule: FilingRule = FilingRule.national, **dates: date) -> Contract:
    return Contract(rule=rule, **dates)


T06 = {"signed_on": day(11, 6), "filed_on": day(11, 12), "valid_until": day(11, 27, 2028)}


def test_timetable_national_and_henan() -> None:
    national, henan = timetable(contract(**T06)), timetable(contract(FilingRule.henan, **T06))
    assert (national.file_by, national.review_until, national.in_force_from) == (day(11, 16), day(11, 27), day(11, 28))
    assert (national.publish_by, national.renegotiate_from) == (None, None)
    assert (henan.file_by, henan.in_force_from) == (day(11, 13), day(11, 28))
    assert (henan.publish_by, henan.renegotiate_from) == (day(12, 8), day(9, 28, 2028))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (day(11, 5), ContractState.draft),
        (day(11, 10), ContractState.to_file),
        (day(11, 21), ContractState.review),
        (day(11, 27), ContractState.review),
        (day(11, 28), ContractState.in_force),
        (day(11, 27, 2028), ContractState.in_force),
        (day(11, 28, 2028), ContractState.expired),
    ],
)
def test_contract_state(on: date, expected: ContractState) -> None:
    assert state(contract(**T06), on) is expected


def test_contract_never_filed_or_objected_to() -> None:
    assert state(contract(signed_on=day(11, 6)), day(11, 17)) is ContractState.overdue
    assert state(contract(**T06, objected_on=day(11, 20)), day(12, 20)) is ContractState.objected
    assert state(contract(**T06, ended_on=day(12, 1)), day(12, 1)) is ContractState.ended


def test_performance_rate() -> None:
    results = [ClauseResult.kept] * 16 + [ClauseResult.partly] * 2 + [ClauseResult.broken, ClauseResult.not_due]
    assert performance_rate(results) == Fraction(16, 19)
    assert rate_with_halves(results) == Fraction(17, 19)
    assert performance_rate([ClauseResult.not_due, ClauseResult.not_applicable]) is None


def test_update_window() -> None:
    assert update_window(day(10, 20, 2025)) == (day(9, 20), day(11, 20))
    assert months_after(day(1, 31), 1) == day(2, 28)
    assert months_after(day(3, 31), -1) == day(2, 28)


def test_change_is_declared_within_15_days() -> None:
    assert change_declared_in_time(OccDeclaration(declared_on=day(5, 16), changed_on=day(5, 1)))
    assert not change_declared_in_time(OccDeclaration(declared_on=day(5, 17), changed_on=day(5, 1)))


def test_intact_rate() -> None:
    machines = [EquipmentState.intact] * 49
    assert intact_rate([*machines, EquipmentState.to_repair]) == Fraction(49, 50)
    assert intact_rate([*machines, EquipmentState.out_of_service]) == 1
    assert intact_rate([EquipmentState.out_of_service]) is None


def hot(forecast: str, **more: object) -> HeatDay:
    return HeatDay(forecast=Decimal(forecast), **more)


@pytest.mark.parametrize(
    ("on", "band", "is_breach"),
    [
        (hot("34.9", overtime=True, outdoor_hours=Decimal(9)), HeatBand.none, False),
        (hot("35.0", overtime=True), HeatBand.hot, True),
        (hot("37.0", outdoor_hours=Decimal("6.5")), HeatBand.hotter, True),
        (hot("38.2", outdoor_hours=Decimal("6.0"), rested_at_noon=True), HeatBand.hotter, False),
        (hot("38.2", outdoor_hours=Decimal("6.0"), rested_at_noon=False), HeatBand.hotter, True),
        (hot("40.0", outdoor_hours=Decimal(1)), HeatBand.hottest, True),
        (hot("40.0", outdoor_hours=Decimal(1), emergency=True), HeatBand.hottest, False),
    ],
)
def test_heat(on: HeatDay, band: HeatBand, is_breach: bool) -> None:
    assert band_of(on.forecast) is band
    assert (breach_of(on) is not None) is is_breach


def test_hazard_indicators() -> None:
    whole = {"responsible": 1, "measures": "m", "funds": Decimal(0), "deadline": day(6, 10), "contingency": "无需"}
    hazards = [
        Hazard(stage=Stage.closed, first_deadline=day(6, 10), closed_on=day(6, 10), level=HazardLevel.general, **whole),
        Hazard(stage=Stage.closed, first_deadline=day(6, 1), closed_on=day(6, 5), level=HazardLevel.general, **whole),
        Hazard(stage=Stage.rectifying, first_deadline=day(6, 10), deadline=day(6, 10), level=HazardLevel.major),
        Hazard(stage=Stage.registered, reward_form=RewardForm.material),
        Hazard(stage=Stage.voided),
    ]
    found = indicators(hazards, day(6, 30))
    assert (found.found, found.closed, found.overdue) == (4, 2, 1)
    assert (found.rectification_rate, found.on_time_rate) == (Fraction(1, 2), Fraction(1, 3))
    assert (found.five_fixed_rate, found.dual_report_rate, found.reward_rate) == (Fraction(1, 2), 0, 0)
    assert found.team_rate is None
    assert indicators([], day(6, 30)).rectification_rate is None
    reported = [
        Hazard(stage=Stage.registered, team=1),
        Hazard(stage=Stage.closed, team=1),
        Hazard(stage=Stage.voided, team=2),
    ]
    assert indicators(reported, day(6, 30), teams=4).team_rate == Fraction(1, 4)


def test_a_rule_is_judged_as_soon_as_what_it_looks_at_is_filled() -> None:
    def told(**values: object) -> list[str]:
        return [each.text for each in settle(LEDGERS["training"], values, {})[1]]

    late = f"结束日期早于培训日期 {day(6, 2)}，请核对"
    assert "培训名称不能为空" in told(held_on=day(6, 2))
    assert late in told(held_on=day(6, 2), until=day(6, 1))
    assert late not in told(held_on=day(6, 2), until=day(6, 3))
    assert not [each for each in told(until=day(6, 1)) if "早于" in each]
    out_of_bounds = told(held_on=date(1900, 1, 1), until=day(6, 1))
    assert [each for each in out_of_bounds if "培训日期" in each] == ["培训日期年份1900不合理，请核对"]


def test_days_in_order() -> None:
    rule = in_order(Hazard.found_on, Hazard.rectified_on, Hazard.closed_on)
    assert rule(Hazard(found_on=day(6, 1), closed_on=day(6, 1))) is None
    assert rule(Hazard(closed_on=day(6, 1))) is None
    refused = rule(Hazard(found_on=day(6, 2), closed_on=day(6, 1)))
    assert refused is not None
    assert (refused.field, refused.text) == ("closed_on", f"销号日期早于发现日期 {day(6, 2)}，请核对")
    moments = in_order(Accident.happened_at, Accident.told_authority_at)
    refused = moments(Accident(happened_at=datetime(2026, 6, 1, 9, 30), told_authority_at=datetime(2026, 6, 1, 9)))
    assert refused is not None
    assert refused.text == "报告部门时间早于发生时间 2026-06-01 09:30，请核对"
