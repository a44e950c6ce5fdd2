"""What is left of the summer's goods: 结余 = 入库 - 发放, for each kind of goods."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from ankang_desktop.app import App
from ankang_desktop.ledgers.heat_care import HeatCare, Issue, Supply, stock_left
from ankang_desktop.store.query import statement_of


def stock(app: App) -> list[dict[str, Any]]:
    """Return each lot of goods with what came in, was issued and is left; more issued than came in is said."""
    issued = (
        select(Issue.supply, func.sum(Issue.quantity).label("given"))
        .where(Issue.record_id.in_(statement_of(app.ledgers["heat_care"], HeatCare.id)))
        .group_by(Issue.supply)
    )
    with app.read() as connection:
        given = {supply: int(quantity) for supply, quantity in connection.execute(issued)}
        lots = connection.execute(
            statement_of(app.ledgers["supply"], Supply.id, Supply.number, Supply.name, Supply.unit, Supply.quantity)
        ).all()
    return [_lot(lot, given.get(lot.id, 0)) for lot in lots]


def _lot(lot: Any, given: int) -> dict[str, Any]:
    left, unit = stock_left(lot.quantity, [given]), lot.unit or ""
    return {
        "number": lot.number,
        "name": lot.name,
        "unit": unit,
        "received": lot.quantity,
        "issued": given,
        "left": left,
        "problem": f"发放比入库多{-left}{unit}，请核对" if left < 0 else "",
    }
