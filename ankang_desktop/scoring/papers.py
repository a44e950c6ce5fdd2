"""What the printed scorecard asks for: the boxes, the total, the index of evidence."""

from __future__ import annotations

from ankang_desktop.kernel.numbers import points
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.scoring.card import Card, RowResult, Which

_NAMED = 3


def card_answers(card: Card, which: Which, *, with_index: bool = False) -> dict[str, object]:
    """Return the blanks of a card's layout: enterprise.name, assessed_on, row.1…, total, evidence.1… if asked for."""
    is_blank = which is Which.blank
    found: dict[str, object] = {
        "enterprise.name": card.enterprise,
        "assessed_on": "" if is_blank else chinese_date(card.as_of),
        "total": _total(card, which),
        "total_note": "" if is_blank else card.totals(which).note,
    }
    for row in card.rows():
        found[f"row.{row.number}"] = "" if is_blank else _box(row, which)
        if with_index:
            found[f"evidence.{row.number}"] = evidence_index(row)
    return found


def evidence_index(row: RowResult) -> str:
    """Return “5 份材料：WJ-2026-0001（盒3 页12）、WJ-2026-0002等”; “” where there is none."""
    refs = list({ref.id: ref for unit in row.units for ref in unit.used}.values())
    if not refs:
        return ""
    cut = any(unit.used_count > len(unit.used) for unit in row.units)
    number = sum(unit.used_count for unit in row.units) if cut else len(refs)
    named = "、".join(f"{ref.number}（{ref.place}）" if ref.place else ref.number for ref in refs[:_NAMED])
    return f"{number} 份材料：{named}{'等' if number > _NAMED else ''}"


def _total(card: Card, which: Which) -> str:
    totals = card.totals(which)
    return points(totals.grand) if totals.scored_units else ""


def _box(row: RowResult, which: Which) -> str:
    score = row.sum(which)
    if score is not None:
        return points(score)
    return "—" if which is Which.suggested else ""
