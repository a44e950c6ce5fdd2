"""The enterprise at a glance: what its profile says, its structure in numbers, the figures of its last year."""

from __future__ import annotations

from dataclasses import dataclass

from ankang_desktop.actions.browsing import sizes
from ankang_desktop.app import App
from ankang_desktop.store.query import fetch, ids_of

_FACTS = ("name", "short_name", "industry", "size", "region", "upper_union", "upper_department", "officer")
_PARTS = ("workshop", "team", "post", "employee")
_FIGURES = ("staff", "women", "teams_entered", "staff_entered")


@dataclass(frozen=True)
class Glance:
    """The profile's number (“” before it is written) and lines, the sizes of the structure, the last yearly figures."""

    number: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str, int], ...]
    figures_number: str
    figures: tuple[str, ...]


def glance(app: App) -> Glance:
    """Return the enterprise at a glance; what is not filled reads “未填”."""
    profile, yearly = app.ledgers["profile"], app.ledgers["yearly_figures"]
    counted = sizes(app, app.clock.today().year)
    with app.read() as connection:
        known = fetch(connection, profile, ids_of(connection, profile)[:1], with_rows=False)
        last = fetch(connection, yearly, ids_of(connection, yearly)[-1:], with_rows=False)
        names = app.names(connection)
        values = known[0].values if known else {}
        facts = tuple(
            (profile.labels[key], profile.fields[key].kind.show(values[key], names) if values.get(key) else "未填")
            for key in _FACTS
        )
        told = [
            f"{yearly.labels[key]} {yearly.fields[key].kind.show(last[0].values[key], names)}"
            for key in _FIGURES
            if last and last[0].values[key] is not None
        ]
    parts = tuple((key, app.ledgers[key].title, counted.get(key, (0, 0))[1]) for key in _PARTS)
    head = [f"年度数据 {last[0].values['figures_on']}"] if last else []
    return Glance(known[0].number if known else "", facts, parts, last[0].number if last else "", (*head, *told))
