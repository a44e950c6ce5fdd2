"""One year's card beside another's: row by row, section by section, and the sentence that says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ankang_desktop.kernel.numbers import points
from ankang_desktop.kernel.text import join
from ankang_desktop.scoring.card import BY_HAND, Card, Which


@dataclass(frozen=True, slots=True)
class Beside:
    """A row, section or total of two cards; None where a card has no such score."""

    number: int
    text: str
    most: Decimal
    now: Decimal | None
    before: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """Return how much more there is now; None where one of the two is unknown."""
        return None if self.now is None or self.before is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two cards by one of the three scores."""

    which: Which
    years: tuple[int, int]
    rows: tuple[Beside, ...]
    sections: tuple[Beside, ...]
    total: Beside
    sentence: str


def common_score(card: Card, before: Card) -> Which:
    """Return the weightiest score both cards have: 考核分, else 自评分, else 建议分."""
    return next((w for w in BY_HAND if _has(card, w) and _has(before, w)), Which.suggested)


def compare(card: Card, before: Card, which: Which) -> Comparison:
    """Compare two cards; rows are matched by their numbers, sections by their codes."""
    rows = {row.number: row for row in before.rows()}
    sections = {section.code: section for section in before.sections}
    by_row = tuple(
        Beside(
            row.number,
            row.text,
            row.points,
            row.sum(which),
            rows[row.number].sum(which) if row.number in rows else None,
        )
        for row in card.rows()
    )
    by_section = tuple(
        Beside(
            place,
            section.name,
            section.points,
            section.sum(which) if _has(card, which) else None,
            sections[section.code].sum(which) if _has(before, which) and section.code in sections else None,
        )
        for place, section in enumerate(card.sections, 1)
    )
    now, then = (each.totals(which) for each in (card, before))
    total = Beside(
        0,
        "总得分",
        now.base_most + now.bonus_most,
        now.grand if now.scored_units else None,
        then.grand if then.scored_units else None,
    )
    years = (card.start.year, before.start.year)
    return Comparison(which, years, by_row, by_section, total, _sentence(which, years, by_row, total))


def _has(card: Card, which: Which) -> bool:
    return any(unit.score(which) is not None for unit in card.units())


def _sentence(which: Which, years: tuple[int, int], rows: tuple[Beside, ...], total: Beside) -> str:
    now, before = years
    if total.now is None or total.before is None:
        return f"{now if total.now is None else before}年没有{which.value}，无法比较"
    change = total.change or Decimal(0)
    told = f"{now}年{which.value}{points(total.now)}分，{before}年{points(total.before)}分，{_word(change)}"
    up, down = _moved(rows, is_up=True), _moved(rows, is_up=False)
    lost = f"；失分较去年多的有{_named(down)}" if down else ""
    won = f"；得分提高的有{_named(up)}" if up else ""
    return f"{told}{won}{lost}。"


def _word(change: Decimal) -> str:
    if not change:
        return "与去年持平"
    return f"同比{'上升' if change > 0 else '下降'}{points(abs(change))}分"


def _moved(rows: Iterable[Beside], *, is_up: bool) -> list[Beside]:
    known = [each for each in rows if each.change and (each.change > 0) is is_up]
    return sorted(known, key=lambda each: -abs(each.change or Decimal(0)))


def _named(rows: list[Beside]) -> str:
    return join(
        [
            f"第{each.number}行（{'+' if (each.change or 0) > 0 else ''}{points(each.change or Decimal(0))}）"
            for each in rows
        ],
        5,
    )
