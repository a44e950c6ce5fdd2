"""Working on a card by hand: 自评分, 考核分, what was signed beside it, and freezing the year's card.

A card on screen is followed, not computed anew: `rescored` sets the scores now kept beside a card already computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from ankang_desktop.actions.judging import unit_score_problems
from ankang_desktop.actions.scores import freeze_card, score_card
from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import Refused, UserError
from ankang_desktop.kernel.numbers import points
from ankang_desktop.ledgers.choices import UnitScore
from ankang_desktop.scoring.card import BY_HAND, Card, UnitResult, Which
from ankang_desktop.scoring.evaluation import with_scores
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.scoring.signed import Scores, scores
from ankang_desktop.store.query import alive
from ankang_desktop.store.unit import Unit


@dataclass(frozen=True)
class _Kept:
    """One unit_score record of the year: its id and what it holds."""

    id: int
    unit: str
    self_score: Decimal | None
    reason: str
    assessed_score: Decimal | None
    assessor: str


def editions(app: App) -> list[Form]:
    """Return every scorecard there is, the newest edition first; the first is the one the year is scored by."""
    cards = [form for form in app.forms.values() if form.kind == "scorecard"]
    return sorted(cards, key=lambda form: form.edition, reverse=True)


def card_of_year(app: App, code: str, year: int) -> Card:
    """Score a card over a calendar year, as of today."""
    return score_card(app, code, date(year, 1, 1), date(year, 12, 31))


def rescored(app: App, card: Card) -> Card:
    """Return a card with the scores by hand as they are kept now; its suggestions stay as they were computed."""
    with app.read() as connection:
        scope = Scope(connection, app.ledgers, Period(card.start, card.end, card.as_of))
        found = scores(scope, card.form)
    return with_units(card, lambda unit: with_scores(unit, found.get(unit.code, Scores())))


def with_units(card: Card, changed: Any) -> Card:
    """Return a card with every unit put through `changed(unit)`."""
    return replace(
        card,
        sections=tuple(
            replace(
                section,
                rows=tuple(replace(row, units=tuple(changed(unit) for unit in row.units)) for row in section.rows),
            )
            for section in card.sections
        ),
    )


def assessors(app: App, card: Card) -> dict[str, str]:
    """Return who assessed each unit in the card's period, the newest word."""
    with app.read() as connection:
        return {each.unit: each.assessor for each in reversed(_kept(connection, app, card)) if each.assessor}


def keep_self_score(app: App, card: Card, code: str, score: Decimal | None, reason: str) -> None:
    """Write the 自评分 of a unit with its reason, as one step; None takes it back.

    The newest record of the card's period is changed, else one is made. Raises Refused, by the card as it is shown.
    """
    _keep(app, card, code, Which.self, {"self_score": score, "reason": reason.strip() or None})


def keep_assessed(app: App, card: Card, code: str, score: Decimal | None, assessor: str) -> None:
    """Write the 考核分 of a unit with the group that gave it, as one step; None takes it back. Raises Refused."""
    _keep(app, card, code, Which.assessed, {"assessed_score": score, "assessor": assessor.strip() or None})


def unsaid(card: Card, which: Which) -> list[UnitResult]:
    """Return the units that have a 建议分 and not the score asked for."""
    return [unit for unit in card.units() if unit.score(which) is None and unit.suggested is not None]


def take_suggestions(app: App, card: Card) -> int:
    """Write the 建议分 as 自评分 of every unit that has none, as one step; returns how many were written."""
    wanted = unsaid(card, Which.self)
    if not wanted:
        raise UserError("没有可以按建议分填写的单元", "每个有建议分的单元都已有自评分；待确认的请先登记声明")
    with app.begin(f"按建议分填写自评分（{len(wanted)}个单元）") as unit:
        known = {each.unit: each.id for each in reversed(_kept(unit.connection, app, card))}
        fresh: list[tuple[dict[str, Any], dict[str, Any]]] = []
        for each in wanted:
            values = {"self_score": each.suggested, "reason": None}
            if each.code in known:
                unit.change(known[each.code], values)
            else:
                fresh.append(({**_place(app, card, each.code), **values}, {}))
        unit.add_many(app.ledgers["unit_score"], fresh)
    return len(wanted)


def freeze_year(app: App, code: str, year: int, title: str) -> int:
    """Score the year's card afresh and freeze it under a title; returns the number of the frozen paper."""
    if not title.strip():
        raise UserError("定稿要有名称", "如“2026年度自评定稿”")
    return freeze_card(app, card_of_year(app, code, year), title.strip())


def freeze_title(card: Card, today: date) -> str:
    """Return the title proposed for freezing a card: the weightiest score that every unit has decides the word."""
    by_hand = [which for which in BY_HAND if card.totals(which).scored_units and not unsaid(card, which)]
    word = by_hand[0] if by_hand else Which.suggested
    return f"{card.start.year}年度{word.value}定稿（{today.month}月{today.day}日）"


def half_said(card: Card) -> list[str]:
    """Return what to be warned of before a card is frozen: a score by hand that only some of the units have."""
    return [
        f"{which.value}只填了 {scored} 个单元，还有 {len(left)} 个没有填"
        for which in reversed(BY_HAND)
        if (scored := card.totals(which).scored_units) and (left := unsaid(card, which))
    ]


# --- inside -----------------------------------------------------------------------------------------------------


def _keep(app: App, card: Card, code: str, which: Which, values: dict[str, Any]) -> None:
    scored = card.unit(code)
    if problems := unit_score_problems(scored, values):
        raise Refused(problems)
    score, given = next(iter(values.items()))
    told = f"清除{scored.name}的{which.value}" if given is None else f"{scored.name} {which.value} {points(given)}"
    with app.begin(told) as unit:
        known = [each for each in _kept(unit.connection, app, card) if each.unit == code]
        if given is None:
            _take_back(unit, known, score, values)
        elif known:
            holder = next((each for each in known if getattr(each, score) is not None), known[0])
            unit.change(holder.id, values)
        else:
            unit.add(app.ledgers["unit_score"], {**_place(app, card, code), **values})


def _take_back(unit: Unit, known: Sequence[_Kept], score: str, values: dict[str, Any]) -> None:
    """Clear one of the two scores in every record of the period: an older one must not come back in its place."""
    other = "assessed_score" if score == "self_score" else "self_score"
    for each in known:
        if getattr(each, score) is None:
            continue
        if getattr(each, other) is None:
            unit.remove(each.id)
        else:
            unit.change(each.id, dict.fromkeys(values))


def _kept(connection: Connection, app: App, card: Card) -> list[_Kept]:
    """Return the records of a card's period, newest first."""
    columns = (
        Record.id,
        UnitScore.unit,
        UnitScore.self_score,
        UnitScore.reason,
        UnitScore.assessed_score,
        UnitScore.assessor,
    )
    where = (alive(app.ledgers["unit_score"]), UnitScore.form == card.form, Record.day.between(card.start, card.end))
    statement = select(*columns).select_from(UnitScore).where(*where).order_by(Record.day.desc(), Record.id.desc())
    return [
        _Kept(key, unit, mine, reason or "", theirs, assessor or "")
        for key, unit, mine, reason, theirs, assessor in connection.execute(statement)
    ]


def _place(app: App, card: Card, code: str) -> dict[str, Any]:
    """Return where a new record belongs: today, or the nearest day of the card's period."""
    return {"form": card.form, "unit": code, "scored_on": min(max(app.clock.today(), card.start), card.end)}
