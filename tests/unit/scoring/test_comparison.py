"""Two cards beside each other: what moved, by how much, and the sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ankang_desktop.scoring.card import Card, RowResult, SectionResult, State, UnitResult, Which
from ankang_desktop.scoring.comparison import common_score, compare
from ankang_desktop.scoring.plan import Grade


def card(year: int, *scores: str, mine: str = "") -> Card:
    rows = tuple(
        RowResult(
            number,
            f"第{number}项",
            Decimal(5),
            (
                UnitResult(
                    f"U-{number}",
                    "",
                    "",
                    Decimal(5),
                    Grade.AUTO,
                    State.scored,
                    Decimal(score),
                    Decimal(score),
                    "",
                    self_score=Decimal(mine) if mine else None,
                ),
            ),
        )
        for number, score in enumerate(scores, 1)
    )
    section = SectionResult("S", "一节", Decimal(5 * len(rows)), bonus=False, rows=rows)
    return Card("c", "e", ("t",), "", date(year, 1, 1), date(year, 12, 31), date(year, 12, 31), (section,))


def test_the_sentence_names_what_rose_and_fell() -> None:
    found = compare(card(2026, "4", "1.5", "2"), card(2025, "3", "2", "2"), Which.suggested)
    assert found.sentence == (
        "2026年建议分7.5分，2025年7.0分，同比上升0.5分；得分提高的有第1行（+1.0）；失分较去年多的有第2行（-0.5）。"
    )
    assert [each.change for each in found.rows] == [1, Decimal("-0.5"), 0]
    assert (found.total.change, found.sections[0].now, found.sections[0].before) == (Decimal("0.5"), Decimal("7.5"), 7)


def test_equal_years_are_told_so() -> None:
    found = compare(card(2026, "3"), card(2025, "3"), Which.suggested)
    assert found.sentence == "2026年建议分3.0分，2025年3.0分，与去年持平。"


def test_a_score_one_year_lacks_is_not_compared() -> None:
    now, before = card(2026, "3", mine="3"), card(2025, "3")
    assert common_score(now, before) is Which.suggested
    assert common_score(now, card(2025, "3", mine="2")) is Which.self
    found = compare(now, before, Which.self)
    assert found.sentence == "2025年没有自评分，无法比较"
    assert (found.total.change, found.rows[0].change, found.sections[0].before) == (None, None, None)
