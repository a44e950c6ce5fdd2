"""Scores by hand, what is signed, last year's card and what an inspector sees, on an almost empty workspace."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ankang_desktop.actions import inspecting, last_year, scoring_work, signing
from ankang_desktop.actions.records import add_record
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import Refused, UserError
from ankang_desktop.ledgers.accidents import DeclaredAbsence
from ankang_desktop.ledgers.enterprise.people import Sex
from ankang_desktop.ledgers.organisation import DocumentKind
from ankang_desktop.scoring.card import Card, Which
from ankang_desktop.store.evidence import Use, attach
from ankang_desktop.store.query import fetch_all, ids_of

CARD = "national_card_2020"


def card_of(app: App) -> Card:
    return scoring_work.card_of_year(app, CARD, 2026)


def add(app: App, ledger: str, **values: Any) -> int:
    with app.begin("登记") as unit:
        return unit.add(app.ledgers[ledger], values)


def kept(app: App) -> list[dict[str, Any]]:
    with app.read() as connection:
        ledger = app.ledgers["unit_score"]
        return [stored.values for stored in fetch_all(connection, ledger, ids_of(connection, ledger))]


class TestByHand:
    def test_an_edit_changes_the_record_of_the_year(self, app: App) -> None:
        card = card_of(app)
        scoring_work.keep_self_score(app, card, "ORG-2", Decimal(1), "主任任命文件在办")
        scoring_work.keep_self_score(app, card, "ORG-2", Decimal("1.5"), "已办")
        assert [(each["self_score"], each["reason"]) for each in kept(app)] == [(Decimal("1.5"), "已办")]
        unit = scoring_work.rescored(app, card).unit("ORG-2")
        assert (unit.self_score, unit.self_reason, unit.problem) == (Decimal("1.5"), "已办", "")

    def test_a_difference_wants_its_reason_and_nothing_is_written_without(self, app: App) -> None:
        with pytest.raises(Refused, match="自评理由"):
            scoring_work.keep_self_score(app, card_of(app), "ORG-2", Decimal(1), " ")
        with pytest.raises(Refused, match="超过"):
            scoring_work.keep_assessed(app, card_of(app), "ORG-2", Decimal(3), "市总考核组")
        assert kept(app) == []

    def test_two_scores_share_a_record_and_go_one_by_one(self, app: App) -> None:
        card = card_of(app)
        scoring_work.keep_self_score(app, card, "ORG-2", Decimal(1), "在办")
        scoring_work.keep_assessed(app, card, "ORG-2", Decimal("0.5"), "市总考核组")
        assert len(kept(app)) == 1
        assert scoring_work.assessors(app, card) == {"ORG-2": "市总考核组"}
        scoring_work.keep_self_score(app, card, "ORG-2", None, "")
        unit = scoring_work.rescored(app, card).unit("ORG-2")
        assert (unit.self_score, unit.assessed) == (None, Decimal("0.5"))
        scoring_work.keep_assessed(app, card, "ORG-2", None, "")
        assert kept(app) == []

    def test_taking_back_does_not_bring_an_older_score_of_the_year_back(self, app: App) -> None:
        for month in (3, 9):
            add(
                app,
                "unit_score",
                form=CARD,
                unit="ORG-2",
                scored_on=date(2026, month, 1),
                self_score=Decimal(1),
                reason="核",
            )
        scoring_work.keep_self_score(app, card_of(app), "ORG-2", None, "")
        assert card_of(app).unit("ORG-2").self_score is None

    def test_last_years_scores_are_left_alone(self, app: App) -> None:
        scoring_work.keep_self_score(app, scoring_work.card_of_year(app, CARD, 2025), "ORG-2", Decimal(2), "去年")
        scoring_work.keep_self_score(app, card_of(app), "ORG-2", Decimal(1), "今年")
        unit = scoring_work.rescored(app, card_of(app)).unit("ORG-2")
        assert (unit.self_score, unit.last_self) == (Decimal(1), Decimal(2))
        assert sorted(each["scored_on"].year for each in kept(app)) == [2025, 2026]

    def test_suggestions_are_taken_in_one_step_and_what_waits_is_left_out(self, app: App) -> None:
        card = card_of(app)
        scoring_work.keep_self_score(app, card, "ORG-2", Decimal(1), "在办")
        card = scoring_work.rescored(app, card)
        waiting = [unit.code for unit in card.units() if unit.suggested is None]
        assert "ACC-1" in waiting
        number = scoring_work.take_suggestions(app, card)
        card = scoring_work.rescored(app, card)
        assert number == sum(1 for _ in card.units()) - len(waiting) - 1
        assert [unit.code for unit in card.units() if unit.self_score is None] == waiting
        assert card.unit("ORG-2").self_score == 1
        app.undo()
        assert scoring_work.rescored(app, card).totals(Which.self).scored_units == 1

    def test_a_frozen_card_is_called_by_a_score_that_every_unit_has(self, app: App) -> None:
        card, today = card_of(app), app.clock.today()
        assert scoring_work.freeze_title(card, today).startswith("2026年度建议分定稿")
        assert scoring_work.half_said(card) == []
        scoring_work.keep_assessed(app, card, "ORG-2", Decimal("0.5"), "市总考核组")
        card = scoring_work.rescored(app, card)
        assert scoring_work.freeze_title(card, today).startswith("2026年度建议分定稿")
        [told] = scoring_work.half_said(card)
        assert told == f"考核分只填了 1 个单元，还有 {len(scoring_work.unsaid(card, Which.assessed))} 个没有填"
        scoring_work.take_suggestions(app, card)
        card = scoring_work.rescored(app, card)
        assert scoring_work.freeze_title(card, today).startswith("2026年度自评分定稿")
        assert len(scoring_work.half_said(card)) == 1

    def test_nothing_left_to_take_is_said(self, app: App) -> None:
        card = card_of(app)
        scoring_work.take_suggestions(app, card)
        with pytest.raises(UserError, match="没有可以按建议分填写的单元"):
            scoring_work.take_suggestions(app, scoring_work.rescored(app, card))


class TestSigned:
    def test_a_declaration_says_why_it_does_not_count_yet(self, app: App) -> None:
        card = card_of(app)
        subject = signing.declared_subjects(app.form(CARD))["ACC-1"]
        assert subject is DeclaredAbsence.major_accident
        wanting = signing.declaration_wanted(card, subject, app.clock.today())
        add(app, wanting.ledger, **wanting.values, head_signed=True)
        (paper,) = signing.signed_papers(app, card)["ACC-1"]
        assert not paper.stands
        assert "工会主席还没有签字" in paper.text
        assert "负责人还没有签字" not in paper.text
        assert card_of(app).unit("ACC-1").suggested is None

    def test_one_that_stands_gives_the_points(self, app: App) -> None:
        card = card_of(app)
        wanting = signing.declaration_wanted(card, DeclaredAbsence.major_accident, app.clock.today())
        add(app, wanting.ledger, **wanting.values, head_signed=True, chair_signed=True, box="1")
        (paper,) = signing.signed_papers(app, card)["ACC-1"]
        assert paper.stands
        assert card_of(app).unit("ACC-1").suggested == 25

    def test_a_note_belongs_to_its_unit(self, app: App) -> None:
        card = card_of(app)
        wanting = signing.note_wanted(card, "MGT-5", app.clock.today())
        add(app, wanting.ledger, **wanting.values, reason="没有接触职业病危害的岗位")
        (paper,) = signing.signed_papers(app, card)["MGT-5"]
        assert (paper.stands, paper.title) == (False, "没有接触职业病危害的岗位")
        assert "还没有签字盖章" in paper.text


class TestLastYear:
    def test_scored_from_records_until_one_was_frozen(self, app: App) -> None:
        assert last_year.earlier_card(app, CARD, 2025).card is None
        add_record(app, "hazard", {"发现日期": "2025-03-02", "隐患来源": "自查", "隐患描述": "护栏松动"})
        found = last_year.earlier_card(app, CARD, 2025)
        assert (found.frozen, found.card and found.card.start.year) == (None, 2025)
        assert "没有定稿" in found.source
        scoring_work.freeze_year(app, CARD, 2025, "2025年终稿")
        scoring_work.freeze_year(app, CARD, 2026, "2026年初稿")
        add(app, "document", kind=DocumentKind.plan, title="计划", issued_on=date(2025, 3, 1), box="1")
        found = last_year.earlier_card(app, CARD, 2025)
        assert found.frozen is not None
        assert found.frozen.title == "2025年终稿"
        assert found.card is not None
        assert found.card.unit("ORG-3").used_count == 0  # as it was frozen

    def test_a_frozen_paper_wants_a_name(self, app: App) -> None:
        with pytest.raises(UserError, match="名称"):
            scoring_work.freeze_year(app, CARD, 2026, " ")


class TestInspecting:
    def test_names_are_masked_and_paper_has_its_place(self, app: App, tmp_path: Path) -> None:
        add(app, "employee", code="001", name="欧阳建国", sex=Sex.male)
        title = "聘任欧阳建国为组委会主任"
        add(app, "document", kind=DocumentKind.committee, title=title, issued_on=date(2026, 1, 9), box="3", page="12")
        picture = tmp_path / "红头.png"
        picture.write_bytes(b"\x89PNG not really")
        minutes = add(
            app, "document", kind=DocumentKind.committee_minutes, title="会议纪要", issued_on=date(2026, 2, 1), box="4"
        )
        with app.begin("附件") as unit:
            attach(unit, app.workspace.evidence, minutes, picture, Use(caption="欧阳建国主持会议"))
        card = card_of(app)
        seen, paper = inspecting.proofs_of(app, inspecting.row_of(card, 1))
        assert (seen.caption, seen.masked_caption) == ("欧阳建国主持会议", "欧***主持会议")
        assert seen.sha256
        assert (paper.title, paper.masked_title) == (title, "聘任欧***为组委会主任")
        assert (paper.place, paper.sha256) == ("盒3 页12", "")
        assert inspecting.has_proof(inspecting.row_of(card, 1))
        assert not inspecting.has_proof(inspecting.row_of(card, 24))
