"""How scores and years are written on this screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ankang_desktop.kernel.numbers import points
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.scoring.card import Card, Gap, State, UnitResult
from ankang_desktop.scoring.references import Failing, Ref

NONE = "—"
MOST_LISTED = 2000


def score_text(score: Decimal | None) -> str:
    """Return points with one decimal, “—” where there are none."""
    return NONE if score is None else points(score)


def most_text(most: Decimal) -> str:
    """Return the points a box can have, as the card prints them: 5, 0.5."""
    return f"{most.normalize():f}"


def period_text(card: Card) -> str:
    """Return the span of a card and the day its data end."""
    span = f"{chinese_date(card.start)}至{chinese_date(card.end)}，数据截至{chinese_date(card.as_of)}"
    return f"{card.edition}版，{span}"


def short_period(card: Card) -> str:
    """Return the day a card's data end."""
    return f"数据截至{chinese_date(card.as_of)}"


def state_badge(unit: UnitResult) -> tuple[str, str]:
    """Return word and tone of where a unit stands; ("", "") where nothing is special."""
    if unit.state is State.pending:
        return "待确认", "warning"
    if unit.state is State.not_applicable:
        return "不涉及", "info"
    if unit.state is State.manual:
        return "人工填写", ""
    if unit.estimated:
        return "按人数估算", "info"
    return ("满分", "good") if unit.suggested == unit.points else ("", "")


def used_of(units: Iterable[UnitResult]) -> list[Ref]:
    """Return the records units rest on, each once, in order."""
    return list({ref.id: ref for unit in units for ref in unit.used}.values())


def at_most(title: str, refs: Sequence[Ref]) -> tuple[str, Sequence[Ref]]:
    """Return a list and its title, cut to what a list can show at once and titled so."""
    if len(refs) <= MOST_LISTED:
        return title, refs
    return f"{title}（共 {len(refs)} 份，这里是前 {MOST_LISTED} 份）", refs[:MOST_LISTED]


def failing_refs(failing: Iterable[Failing]) -> list[Mapping[str, Any]]:
    """Return records that do not count as a list shows them, with why and cure as its note."""
    return [
        {
            "number": each.ref.number,
            "title": each.ref.title,
            "day": each.ref.day,
            "place": each.ref.place,
            "note": f"{each.why}；{each.cure.partition('，')[2]}",
        }
        for each in failing
    ]


def unproven_of(card: Card, gap: Gap) -> tuple[Failing, ...]:
    """Return exactly the records that a gap asks to complete."""
    return card.unit(gap.unit).failing[: gap.records]
