"""Scoring: the national card and its likes as of a day, the statistics tables, and freezing both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from ankang_desktop.actions.year import duties_as_of
from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form, did_you_mean
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.text import parse_date
from ankang_desktop.programme.agenda import kept
from ankang_desktop.programme.duties import State
from ankang_desktop.scoring import evaluation, statistics
from ankang_desktop.scoring.card import Card, RowResult, SectionResult, UnitResult, Which
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.plan import unit_codes
from ankang_desktop.scoring.references import Ref
from ankang_desktop.scoring.scope import Outside, Scope
from ankang_desktop.scoring.statistics import Counted, Statistics
from ankang_desktop.store.frozen import freeze, frozen_paper


def form_of(app: App, code: str, kind: str) -> Form:
    """Return a form of a kind; without a code the newest of that kind."""
    codes = [form.code for form in app.forms.values() if form.kind == kind]
    if not code:
        return app.form(max(codes, key=lambda each: app.forms[each].edition))
    form = app.form(code)
    if form.kind != kind:
        raise UserError(f"“{code}”不是这一类表", did_you_mean(code, codes))
    return form


def period_of(app: App, form: Form, start: date | None, end: date | None) -> Period:
    """Return the period asked for, else the form's own (“06-01..06-30”), else this year; known as of today."""
    today = app.clock.today()
    first, _, last = str(form.data.get("period", "01-01..12-31")).partition("..")
    days = [parse_date(text, today.year) for text in (first, last)]
    begin, finish = start or days[0] or date(today.year, 1, 1), end or days[1] or date(today.year, 12, 31)
    if finish < begin:
        raise UserError(f"期间至 {finish} 早于期间自 {begin}", "请核对 --from 和 --to")
    return Period(begin, finish, min(today, finish))


@contextmanager
def scope_of(app: App, period: Period, form: Form | None = None) -> Iterator[Scope]:
    """Give the scope of a period, with what the calendar says and the units a card has."""
    with app.read() as connection:
        outside = Outside(_kept(app, connection, period), unit_codes(form) if form else ())
        yield Scope(connection, app.ledgers, period, outside=outside)


def score_card(app: App, code: str, start: date | None, end: date | None) -> Card:
    """Score a card (the newest without a code) over a period; until the next step it is the same one."""
    form = form_of(app, code, "scorecard")
    period = period_of(app, form, start, end)

    def work_out() -> Card:
        with scope_of(app, period, form) as scope:
            return evaluation.evaluate(form, scope)

    return app.until_changed(("card", form.code, period), work_out)


def year_card(app: App, year: int) -> Card:
    """Score the newest card over a calendar year."""
    return score_card(app, "", date(year, 1, 1), date(year, 12, 31))


def fill_statistics(app: App, code: str, start: date | None, end: date | None) -> Statistics:
    """Fill a statistics table over a period."""
    form = form_of(app, code, "statistics")
    with scope_of(app, period_of(app, form, start, end)) as scope:
        return statistics.evaluate(form, scope)


def freeze_card(app: App, card: Card, title: str) -> int:
    """Freeze a card as it stands."""
    with app.begin(f"定稿 {title}") as unit:
        return freeze(unit, card.form, title, card.as_of, card.plain(), None)


def thawed_card(app: App, key: int) -> Card:
    """Return a frozen card; a frozen paper of another kind is refused."""
    with app.read() as connection:
        paper = frozen_paper(connection, key)
    if "sections" not in paper.content:
        raise UserError(f"第{key}号定稿“{paper.title}”不是评分表", "请用 frozen 命令查看定稿")
    return Card.from_plain(paper.content)


def card_document(card: Card) -> dict[str, Any]:
    """Return a card as one JSON document: sections, rows, units with their reasons, proof, gaps and totals."""
    return {
        "card": card.form,
        "edition": card.edition,
        "enterprise": card.enterprise,
        "from": card.start.isoformat(),
        "to": card.end.isoformat(),
        "as_of": card.as_of.isoformat(),
        "totals": {which.name: _totals(card, which) for which in Which if which is not Which.blank},
        "sections": [_section(section) for section in card.sections],
        "gaps": [
            {"unit": gap.unit, "gain": _number(gap.gain), "records": gap.records, "text": gap.text}
            for gap in card.gaps()
        ],
    }


def statistics_document(filled: Statistics) -> dict[str, Any]:
    """Return a statistics table as one JSON document: every blank with its number, unit and records."""
    return {
        "form": filled.form,
        "edition": filled.edition,
        "enterprise": filled.enterprise,
        "from": filled.start.isoformat(),
        "to": filled.end.isoformat(),
        "as_of": filled.as_of.isoformat(),
        "blanks": [_blank(blank) for blank in filled.blanks],
        "repeated": [
            {"line": line.name, "blanks": [_blank(blank) for blank in line.blanks]} for line in filled.repeated
        ],
        "unproven": [{**plain_ref(each.ref), "why": each.why, "cure": each.cure} for each in filled.unproven],
    }


def _blank(blank: Counted) -> dict[str, Any]:
    return {
        "key": blank.key,
        "label": blank.label,
        "value": blank.text or blank.quantity.value,
        "unit": "文字" if blank.text else blank.quantity.unit.value,
        "records": [plain_ref(ref) for ref in blank.refs],
        "counted_twice": [ref.number for ref in blank.doubled],
    }


def _section(section: SectionResult) -> dict[str, Any]:
    return {
        "code": section.code,
        "name": section.name,
        "points": _number(section.points),
        "bonus": section.bonus,
        "suggested": _number(section.sum()),
        "self_score": _number(section.sum(Which.self)) if _is_self_scored(section) else None,
        "rows": [_row(row) for row in section.rows],
    }


def _is_self_scored(section: SectionResult) -> bool:
    return any(unit.self_score is not None for unit in section.units())


def _row(row: RowResult) -> dict[str, Any]:
    return {
        "row": row.number,
        "text": row.text,
        "points": _number(row.points),
        "suggested": _number(row.sum()),
        "self_score": _number(row.sum(Which.self)),
        "assessed_score": _number(row.sum(Which.assessed)),
        "units": [_unit(unit) for unit in row.units],
    }


def _unit(unit: UnitResult) -> dict[str, Any]:
    return {
        "code": unit.code,
        "text": unit.text,
        "points": _number(unit.points),
        "class": unit.grade.name.upper(),
        "state": unit.state.value,
        "suggested": _number(unit.suggested),
        "potential": _number(unit.potential),
        "reason": unit.reason,
        "terms": [
            {
                "measure": term.measure,
                "points": _number(term.points),
                "share": term.share,
                "earned": _number(term.earned),
                "reason": term.reason,
                "missing": list(term.missing),
            }
            for term in unit.terms
        ],
        "used": [plain_ref(ref) for ref in unit.used],
        "used_count": unit.used_count,
        "failing": [{**plain_ref(each.ref), "why": each.why, "cure": each.cure} for each in unit.failing],
        "failing_count": unit.failing_count,
        "missing": list(unit.missing),
        "warnings": list(unit.warnings),
        "estimated": unit.estimated,
        "evidence": unit.evidence,
        "self_score": _number(unit.self_score),
        "self_reason": unit.self_reason,
        "assessed_score": _number(unit.assessed),
        "problem": unit.problem,
    }


def plain_ref(ref: Ref) -> dict[str, Any]:
    """Return a reference to a record as JSON can hold it."""
    return {
        "number": ref.number,
        "ledger": ref.ledger,
        "title": ref.title,
        "day": ref.day.isoformat() if ref.day else None,
        "place": ref.place,
    }


def _totals(card: Card, which: Which) -> dict[str, Any]:
    """Return the totals of one score; where no unit has it the sums are null, not 0."""
    totals = card.totals(which)
    is_scored = totals.scored_units > 0
    return {
        "scored_units": totals.scored_units,
        "base": _number(totals.base) if is_scored else None,
        "base_most": _number(totals.base_most),
        "bonus": _number(totals.bonus) if is_scored else None,
        "bonus_most": _number(totals.bonus_most),
        "grand": _number(totals.grand) if is_scored else None,
        "pending": _number(totals.pending),
        "left_out": _number(totals.left_out),
        "rescaled": _number(totals.rescaled) if is_scored else None,
        "text": totals.text if is_scored else "",
        "note": totals.note,
    }


def _number(value: Decimal | None) -> float | None:
    """Return points as a JSON number; they are multiples of 0.5 and therefore exact."""
    return None if value is None else float(value)


def _kept(app: App, connection: Connection, period: Period) -> tuple[int, int, *tuple[str, ...]]:
    """Return how many duties are done, how many are due, and the title of each that is not done."""
    duties = duties_as_of(app, connection, period.start.year, period.as_of)
    undone = (duty for duty in duties if duty.is_due_by(period.as_of) and duty.state is not State.DONE)
    done, due = kept(duties, period.as_of)
    return done, due, *(f"{duty.code} {duty.title}" for duty in undone)
