"""Cards as data: another edition, hand scores, frozen cards, what does not apply, printed answers."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from ankang_desktop.actions.scores import card_document
from ankang_desktop.declare.counters import Quantity, Unit
from ankang_desktop.declare.forms import read_form
from ankang_desktop.ledgers.drills import DrillKind
from ankang_desktop.ledgers.organisation import Document, DocumentKind
from ankang_desktop.ledgers.vocabulary import Topic
from ankang_desktop.scoring.card import Card, State, Which
from ankang_desktop.scoring.papers import card_answers
from ankang_desktop.scoring.statistics import Statistics
from tests.journeys.huaxing import Huaxing, day

SECOND = Path(__file__).parents[1] / "data" / "works_card_2027" / "form.toml"
CARD = "national_card_2020"


def test_a_second_edition_needs_no_python(full: Huaxing) -> None:
    card = full.card(paper=read_form(SECOND))
    assert [unit.suggested for unit in card.units()] == [40, 10, 40]
    assert card.totals().parts_text == "基础分 90.0 / 100，附加分 0.0 / 0"
    assert full.card().totals().grand == 100


class TestHandScores:
    def scored(self, firm: Huaxing, **values: object) -> None:
        firm.add("unit_score", form=CARD, unit="ORG-2", **values)

    def test_three_scores_stand_apart(self, full: Huaxing) -> None:
        self.scored(full, scored_on=day(11, 1), self_score=Decimal(2))
        self.scored(full, scored_on=day(11, 2), self_score=Decimal(1), reason="主任调整中")
        self.scored(full, scored_on=day(11, 3), assessed_score=Decimal("1.5"))
        unit = full.card().unit("ORG-2")
        assert (unit.suggested, unit.self_score, unit.self_reason, unit.assessed) == (
            2,
            1,
            "主任调整中",
            Decimal("1.5"),
        )
        assert unit.problem == ""
        assert full.card().totals(Which.self).grand == 1

    def test_a_row_has_a_sum_only_when_every_unit_is_scored(self, full: Huaxing) -> None:
        sums = {"self_score": Decimal(2), "assessed_score": Decimal(2)}
        full.add("unit_score", form=CARD, unit="ORG-1", scored_on=day(11, 1), reason="核", **sums)
        first = next(full.card().rows())
        assert (first.sum(Which.self), first.sum(Which.assessed), first.sum()) == (None, None, 5)
        self.scored(full, scored_on=day(11, 1), reason="核", **sums)
        card = full.card()
        assert (next(card.rows()).sum(Which.self), card.totals(Which.self).scored_units) == (4, 2)
        assert card_document(card)["totals"]["self"]["grand"] == 4

    def test_totals_of_nothing_are_null(self, full: Huaxing) -> None:
        totals = card_document(full.card())["totals"]
        assert (totals["assessed"]["grand"], totals["assessed"]["base"]) == (None, None)
        assert totals["suggested"]["note"].startswith("建议分：基础分 100.0 / 100")

    def test_a_difference_without_a_reason_is_a_problem(self, full: Huaxing) -> None:
        self.scored(full, scored_on=day(11, 1), self_score=Decimal(1))
        assert full.card().unit("ORG-2").problem == "自评分1.0与建议分不同，请写明自评理由"

    def test_last_years_scores_are_only_shown(self, full: Huaxing) -> None:
        self.scored(full, scored_on=day(11, 1).replace(year=2025), self_score=Decimal(1), reason="x")
        unit = full.card().unit("ORG-2")
        assert (unit.self_score, unit.last_self) == (None, 1)


class TestNotApplicable:
    @pytest.fixture
    def without_women(self, full: Huaxing) -> Huaxing:
        for person in full.staff[180:]:
            full.change(person, left_on=day(2, 1))
        return full

    def test_is_left_open_without_a_signed_note(self, without_women: Huaxing) -> None:
        card = without_women.card()
        assert (card.unit("SUP-5").state, card.unit("SUP-5").suggested) == (State.not_applicable, None)
        totals = card.totals()
        assert totals.left_out == 3
        assert totals.rescaled == totals.base * 100 / 97
        assert card_answers(card, Which.suggested)["row.22"] == "—"

    def test_is_full_with_one(self, without_women: Huaxing) -> None:
        without_women.add("absence_note", unit="SUP-5", reason="没有女职工", signed_on=day(11, 1), signed=True)
        assert without_women.card().unit("SUP-5").suggested == 3


class TestFrozen:
    def test_a_card_survives_json_and_later_edits(self, full: Huaxing) -> None:
        before = full.card()
        frozen = json.dumps(before.plain(), ensure_ascii=False)
        for key in full.ids("document", Document.kind == DocumentKind.plan):
            full.remove(key)
        assert full.card() != before
        thawed = Card.from_plain(json.loads(frozen))
        assert thawed == before
        for which in Which:
            assert card_answers(thawed, which, with_index=True) == card_answers(before, which, with_index=True)

    def test_a_table_survives_json(self, full: Huaxing) -> None:
        table = full.june()
        thawed = Statistics.from_plain(json.loads(json.dumps(table.plain())))
        assert thawed == table
        assert thawed.answers() == table.answers()


class TestAnswers:
    def test_suggested_with_index(self, full: Huaxing) -> None:
        found = card_answers(full.card(), Which.suggested, with_index=True)
        assert found["enterprise.name"] == "华兴机械厂"
        assert found["assessed_on"] == "2026年11月21日"
        assert found["row.1"] == "5.0"
        assert (found["total"], found["total_note"]) == ("100.0", "建议分：基础分 100.0 / 100，附加分 0.0 / 10")
        assert str(found["evidence.23"]) == "1 份材料：LS-2026-0002（盒1）"
        assert len([key for key in found if key.startswith("row.")]) == 24

    def test_nothing_scored_by_hand_is_no_zero(self, full: Huaxing) -> None:
        found = card_answers(full.card(), Which.self)
        assert (found["total"], found["total_note"], found["row.1"]) == ("", "自评分：尚未填写", "")

    def test_blank(self, full: Huaxing) -> None:
        found = card_answers(full.card(), Which.blank)
        assert {value for key, value in found.items() if key != "enterprise.name"} == {""}


def test_heads_stand_in_for_a_roster_and_say_so(tmp_path: Path) -> None:
    firm = Huaxing(tmp_path / "w")
    firm.add("yearly_figures", figures_on=day(1, 1), staff=200, exposed=0, heat_exposed=0, women=0)
    topics = (Topic.occ_health, Topic.emergency)
    firm.add("training", title="培训", held_on=day(3, 3), hours=Decimal(2), topics=topics, headcount=150)
    unit = firm.card().unit("EDU-2")
    assert unit.estimated
    assert unit.terms[0].share == "3/4"
    assert "按人数估算" in unit.reason
    assert firm.card().unit("SUP-5").state is State.not_applicable
    firm.close()


def test_units_never_mix() -> None:
    with pytest.raises(TypeError, match="场 与 人次 不能相加"):
        Quantity(1, Unit.sessions) + Quantity(1, Unit.person_times)


def test_what_comes_after_the_day_is_not_looked_at(full: Huaxing) -> None:
    full.add("drill", title="后来的演练", held_on=day(12, 1), kind=DrillKind.special, headcount=5)
    second = read_form(SECOND)
    assert full.card(paper=second).unit("A-2").suggested == 10
    assert full.card(day(12, 1), paper=second).unit("A-2").suggested == 20
