"""Which notices the enterprise follows: chosen and ended as records, so that they have history and undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ankang_desktop.actions.year import choices_of
from ankang_desktop.app import App
from ankang_desktop.ledgers.choices import ProgrammeChoice
from ankang_desktop.store.query import statement_of


def followed_programmes(app: App) -> frozenset[str]:
    """Return the codes of the notices followed today."""
    with app.read() as connection:
        return choices_of(connection, app).notices


def follow_programmes(app: App, wanted: Collection[str]) -> bool:
    """Follow exactly these notices from today, as one step; returns whether anything changed."""
    ledger, today = app.ledgers["programme_choice"], app.clock.today()
    followed = followed_programmes(app)
    if set(wanted) == set(followed):
        return False
    with app.begin("选择活动方案") as unit:
        rows = unit.connection.execute(statement_of(ledger, ProgrammeChoice.id, ProgrammeChoice.programme)).all()
        known: dict[str, int] = {row.programme: row.id for row in rows}
        for code in sorted(set(wanted) - followed):
            values: dict[str, Any] = {"programme": code, "since": today, "until": None}
            if code in known:
                unit.change(known[code], values)
            else:
                unit.add(ledger, values)
        for code in sorted(followed - set(wanted)):
            _end(unit, known[code], today)
    return True


def _end(unit: Any, record: int, today: Any) -> None:
    """End a choice: one made today is taken back, an older one ended yesterday."""
    from datetime import timedelta

    _, stored = unit.living(record)
    if stored.values["since"] >= today:
        unit.remove(record)
    else:
        unit.change(record, {"until": today - timedelta(days=1)})
