"""Documents in force, documents issued in time, publicity assets with a recent photo."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import or_

from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.ledgers.facilities import Asset, AssetKind
from ankang_desktop.ledgers.health import months_after
from ankang_desktop.ledgers.organisation import Document, DocumentKind
from ankang_desktop.scoring.measured import Measured, measure, yes
from ankang_desktop.scoring.references import Flaw, Key
from ankang_desktop.scoring.scope import Scope


@measure("document_in_force", ledger="document")
def document_in_force(scope: Scope, kinds: tuple[DocumentKind, ...], with_owners: bool = False) -> Measured:  # noqa: FBT001, FBT002
    """Say whether such a document is issued and not expired; `with_owners`: and names owners and dates."""
    owners = (Document.has_owners,) if with_owners else ()
    used = scope.keys(Document, Document.kind.in_(kinds), *in_force(scope), *owners, dated=False)
    named = "、".join(kind.value for kind in kinds)
    if used:
        return Measured(yes(True), f"{named}有效{len(used)}份", used)
    return Measured(
        yes(False), f"没有有效的{named}", missing=(f"请登记{named}" + ("并注明责任人和时限" if owners else ""),)
    )


@measure("document_issued_by")
def document_issued_by(scope: Scope, kinds: tuple[DocumentKind, ...], by: str) -> Measured:
    """Say whether such a document was issued in the period and not later than month-day `by` (“06-30”)."""
    month, day = map(int, by.split("-"))
    last = date(scope.period.start.year, month, day)
    used = scope.keys(Document, Document.kind.in_(kinds), Document.issued_on <= last)
    named = "、".join(kind.value for kind in kinds)
    if used:
        return Measured(yes(True), f"{named}已在{chinese_date(last)}前印发", used)
    return Measured(yes(False), f"没有{chinese_date(last)}前印发的{named}", missing=(f"请登记{named}",))


@measure("asset_in_force", ledger="asset")
def asset_in_force(scope: Scope, kinds: tuple[AssetKind, ...], photo_months: int = 12) -> Measured:
    """Say whether such an asset stands today, with a photo taken by now and not older than so many months."""
    day = scope.period.cut
    oldest = months_after(day, -photo_months)
    stands = (Asset.kind.in_(kinds), Asset.since <= day, or_(Asset.until.is_(None), Asset.until > day))
    recent = (Asset.photo_on.between(oldest, scope.period.as_of),) if scope.strict else ()
    used = scope.keys(Asset, *stands, *recent, dated=False)
    named = "、".join(kind.value for kind in kinds)
    ledger = scope.ledger(Asset)
    not_now = (*stands, or_(Asset.photo_on < oldest, Asset.photo_on > scope.period.as_of))
    flaws = {
        Key(ledger.key, key): _photo_flaw(taken, oldest, photo_months)
        for key, taken in scope.connection.execute(
            scope.select(ledger, Asset.id, Asset.photo_on, where=not_now, dated=False)
        )
    }
    if used:
        return Measured(yes(True), f"{named}在用{len(used)}处", used, flaws=flaws)
    stale = f"（有{len(flaws)}处照片过期或日期不对）" if flaws else ""
    reason = f"没有照片在{photo_months}个月内的{named}{stale}"
    return Measured(yes(False), reason, missing=(f"请登记或补拍{named}",), flaws=flaws)


def _photo_flaw(taken: date, oldest: date, months: int) -> Flaw:
    if taken < oldest:
        return Flaw(f"照片日期{chinese_date(taken)}已超过{months}个月", "补拍现场照片")
    return Flaw(f"照片日期{chinese_date(taken)}晚于数据截至日期", "核对照片日期")


def in_force(scope: Scope) -> tuple[Any, ...]:
    """Return the clauses “issued and not expired on the last day looked at”."""
    day = scope.period.cut
    return Document.issued_on <= day, or_(Document.valid_until.is_(None), Document.valid_until >= day)
