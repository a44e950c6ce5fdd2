"""What an inspector is shown of a row: every record it rests on, its files, where its paper lies; names hidden.

Records about one person's health or a woman's case are named by number and box only; scans of signatures are hidden as
long as names are (domain.md §8: masked in presentation mode).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ankang_desktop.app import App
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.scoring.card import Card, RowResult
from ankang_desktop.scoring.references import Ref
from ankang_desktop.store.evidence import Attached, attached
from ankang_desktop.submission.leaving import COUNTED_ONLY
from ankang_desktop.submission.preflight import Cleaner

CASE = "涉及个人健康或女职工个案，请当面查阅原件"
SIGNED = "有签名，姓名隐藏时不显示"


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: a file of a record, or a record of which only the paper lies in a box (`sha256` "").

    `title` and `caption` are as recorded, `masked_…` as they are shown while names are hidden. `hidden` says why the
    picture is not shown: CASE always, SIGNED while names are hidden. `is_record` is a ledger's line that proves itself.
    """

    unit: str
    number: str
    ledger: str
    day: date | None
    place: str
    title: str
    masked_title: str
    caption: str = ""
    masked_caption: str = ""
    sha256: str = ""
    media_type: str = ""
    hidden: str = ""
    is_record: bool = False


def row_of(card: Card, number: int) -> RowResult:
    """Return a printed row by its number."""
    return next(row for row in card.rows() if row.number == number)


def has_proof(row: RowResult) -> bool:
    """Whether anything stands behind a row."""
    return any(unit.used_count for unit in row.units)


def proofs_of(app: App, row: RowResult) -> tuple[Proof, ...]:
    """Return the evidence of a row, a record of two units once: what can be seen, then paper, then lines of ledgers."""
    refs = {ref.id: (unit.code, ref) for unit in reversed(row.units) for ref in reversed(unit.used)}
    wanted = [refs[key] for key in dict.fromkeys(ref.id for unit in row.units for ref in unit.used)]
    with app.read() as connection:
        cleaner = Cleaner.of(connection)
        files: dict[int, list[Attached]] = {}
        for each in attached(connection, [ref.id for _, ref in wanted]):
            files.setdefault(each.record, []).append(each)
    found = (
        proof
        for unit, ref in wanted
        for proof in _proofs(app.ledgers[ref.ledger], unit, ref, files.get(ref.id, ()), cleaner)
    )
    return tuple(sorted(found, key=lambda proof: (not proof.sha256, proof.is_record)))


def _proofs(ledger: Ledger, unit: str, ref: Ref, files: Sequence[Attached], cleaner: Cleaner) -> Iterator[Proof]:
    if ledger.key in COUNTED_ONLY:
        yield Proof(unit, ref.number, ledger.title, ref.day, ref.place, ledger.title, ledger.title, hidden=CASE)
        return
    known = Proof(unit, ref.number, ledger.title, ref.day, ref.place, ref.title, cleaner.text(ref.title))
    if not files:
        yield replace(known, is_record=not ledger.needs_proof and not ref.place)
    titles = {slot.key: slot for slot in ledger.evidence}
    for each in files:
        slot = titles.get(each.slot)
        caption = each.caption or (slot.title if slot else "")
        yield Proof(
            unit,
            ref.number,
            ledger.title,
            each.day or each.taken_on or ref.day,
            _paper(each) or ref.place,
            known.title,
            known.masked_title,
            caption,
            cleaner.text(caption),
            each.sha256,
            each.media_type,
            SIGNED if slot is not None and slot.stays else "",
        )


def _paper(each: Attached) -> str:
    return " ".join(f"{mark}{value}" for mark, value in (("盒", each.box), ("页", each.page)) if value)
