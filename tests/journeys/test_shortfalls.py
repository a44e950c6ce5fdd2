"""A missing point opens its records: which fall short, why, what to do; what only lacks proof is not called undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ankang_desktop.ledgers.facilities import Asset, AssetKind
from ankang_desktop.ledgers.heat_log import HeatDay
from ankang_desktop.ledgers.network import NetworkMember, NetworkPost
from ankang_desktop.ledgers.ppe import PpeIssue
from ankang_desktop.scoring.card import UnitResult
from ankang_desktop.scoring.evaluation import evaluate
from ankang_desktop.scoring.scope import Outside
from ankang_desktop.scoring.summary import figures, sentence
from tests.journeys.huaxing import TODAY, Huaxing, day, form


def short(unit: UnitResult) -> dict[int, str]:
    return {each.ref.id: each.why for each in unit.failing}


class TestHazards:
    def test_each_names_what_is_not_filled(self, full: Huaxing) -> None:
        key = full.hazard(description="护栏松动", funds=None, contingency=None)
        why = short(full.card().unit("SUP-2a"))[key]
        assert "没有填写" in why
        assert "资金" in why
        assert "预案" in why

    def test_one_that_lacks_proof_as_well_tells_both(self, full: Huaxing) -> None:
        key = full.hazard(description="护栏松动", funds=None, box=None)
        assert short(full.card().unit("SUP-2a"))[key].startswith("缺 佐证材料（附件或盒号）；没有填写")

    def test_closed_in_time_without_proof_is_not_called_late(self, full: Huaxing) -> None:
        key = full.ids("hazard")[0]
        full.change(key, box=None)
        unit = full.card().unit("SUP-2a")
        term = next(each for each in unit.terms if each.measure == "hazards_closed_in_time")
        assert term.reason.endswith("但都缺佐证") or "另有1条缺佐证未计" in term.reason
        assert term.missing == ("1条记录缺佐证，请补齐",)
        assert short(unit) == {key: "缺 佐证材料（附件或盒号）"}

    def test_the_gap_of_files_counts_only_what_lacks_files(self, full: Huaxing) -> None:
        full.hazard(description="护栏松动", funds=None)
        full.change(full.ids("hazard")[0], box=None)
        unit = full.card().unit("SUP-2a")
        assert (unit.unproven_count, unit.failing_count) == (1, 2)


def test_a_hot_day_without_adjustment(full: Huaxing) -> None:
    key = full.ids("heat_log", HeatDay.forecast >= 35)[0]
    full.change(key, adjustment=None)
    unit = full.card().unit("MGT-9")
    assert "没有作业调整记录" in short(unit)[key]


def test_a_person_without_an_item_is_named_with_it(full: Huaxing) -> None:
    issue = full.ids("ppe_issue", PpeIssue.person.is_not(None))[0]
    full.remove(issue)
    [missing] = full.card().unit("MGT-7").missing
    assert missing.startswith("还有1人次应配的用品没有有效发放记录：")
    assert missing.endswith("）")


def test_an_inspector_not_trained_is_named(full: Huaxing) -> None:
    posts = (NetworkPost.inspector, NetworkPost.team_inspector)
    key = full.ids("network_member", NetworkMember.post.in_(posts))[0]
    full.change(key, {"trainings": []})
    unit = full.card().unit("SUP-1")
    assert "本期未参加培训" in short(unit)[key]
    assert any(text.startswith("还有1名检查员未参加培训：") for text in unit.missing)


def test_duties_not_done_are_named(full: Huaxing) -> None:
    undone = tuple(f"C-{n:02} 事项" for n in range(1, 13))
    with full.workspace.database.read() as connection:
        scope = full.scope(connection, outside=Outside(calendar=(0, 12, *undone)))
        unit = evaluate(form("national_card_2020"), scope).unit("MGT-1b")
    [missing] = unit.missing
    assert missing.startswith("年历还有12项到期未办结：C-01 事项、")
    assert missing.endswith("C-10 事项等")


def test_traffic_education_without_proof_is_not_denied(full: Huaxing) -> None:
    for ledger in ("training", "activity"):
        for key in full.ids(ledger):
            full.change(key, box=None)
    unit = full.card().unit("SUP-3b")
    assert unit.suggested == 0
    assert "没有交通安全教育记录" not in unit.reason
    assert "但都缺佐证" in unit.reason


class TestPhotos:
    @pytest.mark.parametrize(
        ("changed", "counts"),
        [
            ({}, True),
            ({"photo_on": date(2026, 11, 22)}, False),
            ({"since": date(2026, 11, 22), "photo_on": TODAY}, False),
            ({"photo_on": TODAY}, True),
        ],
    )
    def test_what_comes_after_the_day(self, full: Huaxing, changed: dict[str, Any], counts: bool) -> None:
        for key in full.ids("asset", Asset.kind.in_([AssetKind.corridor, AssetKind.classroom])):
            full.change(key, **changed)
        assert (full.card().unit("EDU-4").suggested == 3) is counts


class TestFigures:
    def told(self, firm: Huaxing) -> dict[str, str]:
        with firm.workspace.database.read() as connection:
            return {each.label: each.text for each in figures(firm.scope(connection))}

    def test_coverage_counts_staff_in_service(self, full: Huaxing) -> None:
        full.change(full.staff[0], left_on=day(10, 1))
        assert self.told(full)["安全教育培训覆盖"] == "239人"

    def test_a_figure_with_unproven_records_says_so(self, full: Huaxing) -> None:
        full.add("training", title="无证", held_on=day(9, 9), hours=Decimal(1), topics=(), headcount=3, box=None)
        told = self.told(full)
        assert "安全教育培训（含未留痕）" in told
        assert "隐患整改率（含未留痕）" in told
        with full.workspace.database.read() as connection:
            assert sentence(figures(full.scope(connection)), ("安全教育培训",)).startswith("安全教育培训")
