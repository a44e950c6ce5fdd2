"""Women's protection: written notice, and no breach found; single cases are not kept here (row 22)."""

from __future__ import annotations

from sqlalchemy import func

from ankang_desktop.ledgers.health import WomenAction, WomenProtection
from ankang_desktop.scoring.measured import Measured, measure, yes
from ankang_desktop.scoring.measures.shares import reached
from ankang_desktop.scoring.people import Staff
from ankang_desktop.scoring.scope import Scope


@measure("women_informed", ledger="women_protection")
def women_informed(scope: Scope) -> Measured:
    """Return the share of women told of forbidden posts in writing (女职工劳动保护特别规定 第4条)."""
    notice = WomenProtection.kind == WomenAction.notice
    return reached(scope, Staff.women, "书面告知", (scope.ledger(WomenProtection), (notice,)))


@measure("women_unbreached")
def women_unbreached(scope: Scope) -> Measured:
    """Say that women's protection was looked after and no breach was found; nothing looked at is no proof."""
    used = scope.keys(WomenProtection)
    ledger = scope.ledger(WomenProtection)
    breaches = scope.number(scope.lenient().select(ledger, func.sum(WomenProtection.breaches)))
    if not used:
        return Measured(yes(False), "没有女职工保护工作记录", missing=("请登记女职工保护检查情况",))
    reason = f"女职工保护工作{len(used)}次，发现违反规定{breaches}起"
    return Measured(yes(not breaches), reason, used, warning=f"女职工保护有{breaches}起违反规定" if breaches else "")
