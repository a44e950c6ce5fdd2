"""Summer heat: who was cared for, the allowance of every month due, adjusted work on hot days (row 17)."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import extract

from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.ledgers.heat_care import HeatCare
from ankang_desktop.ledgers.heat_log import HeatAllowance, HeatDay
from ankang_desktop.scoring.measured import Measured, measure
from ankang_desktop.scoring.measures.shares import LISTED, ratio, reached
from ankang_desktop.scoring.people import Staff
from ankang_desktop.scoring.references import Flaw, Key
from ankang_desktop.scoring.scope import Scope

_ADJUST = "填写作业调整措施"


@measure("heat_exposed_covered", ledger="heat_care")
def heat_exposed_covered(scope: Scope) -> Measured:
    """Return the share of heat-exposed staff who received 送清凉, each counted once."""
    return reached(scope, Staff.heat, "领到送清凉", (scope.ledger(HeatCare), ()))


@measure("heat_allowance_paid")
def heat_allowance_paid(scope: Scope, months: tuple[int, ...]) -> Measured:
    """Return the share of completed months of the heat season for which the allowance is confirmed."""
    due = [first for first, _ in scope.period.months() if first.month in months]
    ledger = scope.ledger(HeatAllowance)
    year, month = extract("year", HeatAllowance.month), extract("month", HeatAllowance.month)
    paid = {
        (int(a), int(b))
        for a, b in scope.connection.execute(scope.select(ledger, year, month, where=(HeatAllowance.persons > 0,)))
    }
    without = [f"{first.month}月" for first in due if (first.year, first.month) not in paid]
    used = scope.keys(HeatAllowance, HeatAllowance.persons > 0)
    missing = (f"缺{'、'.join(without)}的高温津贴发放凭证",) if without else ()
    words = ("个月", "发放高温津贴", "本期还没有完整的高温月份")
    return ratio(len(due) - len(without), len(due), words, used, missing)


@measure("hot_days_adjusted", ledger="heat_log")
def hot_days_adjusted(scope: Scope, degrees: int = 35) -> Measured:
    """Return the share of logged days at or above so many ℃ with an adjustment of work written down."""
    hot = HeatDay.forecast >= Decimal(degrees)
    used = scope.keys(HeatDay, hot, HeatDay.adjustment.is_not(None))
    ledger = scope.ledger(HeatDay)
    without = scope.connection.execute(
        scope.select(ledger, HeatDay.id, HeatDay.logged_on, where=(hot, HeatDay.adjustment.is_(None)))
    ).all()
    flaws = {Key(ledger.key, key): Flaw(f"{chinese_date(on)}没有作业调整记录", _ADJUST) for key, on in without}
    shown = "、".join(f"{on.month}月{on.day}日" for _, on in without[:LISTED]) + ("等" if len(without) > LISTED else "")
    missing = (f"还有{len(without)}个{degrees}℃以上的日子没有作业调整记录：{shown}",) if without else ()
    whole = len(used) + len(without)
    nothing = f"本期没有登记{degrees}℃以上的高温日"
    return ratio(len(used), whole, ("个高温日", "有作业调整记录", nothing), used, missing).flawed(flaws)
