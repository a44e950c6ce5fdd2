"""Names that records write of papers and programmes: each must exist, else the record would silently do nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ankang_desktop.actions.keeping_periods import kinds
from ankang_desktop.app import App
from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.scoring.plan import unit_codes
from ankang_desktop.store.query import fetch_all, ids_of

NAMING = ("programme_choice", "duty_note", "unit_score", "absence_note", "keeping_period")
"""The ledgers whose records name papers, scoring units, programmes, duties or kinds of records."""


def misnamed(app: App, ledger: Ledger, values: dict[str, Any]) -> list[Problem]:
    """Return the names in a record's values that nothing is called, each with the nearest."""
    known = _known(app).get(ledger.key, {})
    return [
        Problem(key, f"{ledger.labels[key]}“{values[key]}”不存在，{did_you_mean(values[key], sorted(names))}")
        for key, names in known.items()
        if values.get(key) and values[key] not in names
    ]


def all_misnamed(app: App) -> Iterator[str]:
    """Yield a sentence for every such name in the workspace, e.g. one that came in from a workbook."""
    for ledger in (app.ledgers[key] for key in NAMING):
        with app.read() as connection:
            for stored in fetch_all(connection, ledger, ids_of(connection, ledger)):
                yield from (f"{stored.number} {problem.text}" for problem in misnamed(app, ledger, stored.values))


def _known(app: App) -> dict[str, dict[str, Collection[str]]]:
    cards = {form.code: unit_codes(form) for form in app.forms.values() if form.kind == "scorecard"}
    units = {unit for codes in cards.values() for unit in codes}
    duties = {*app.library.obligations, *(template.code for template in app.library.templates)}
    return {
        "programme_choice": {"programme": set(app.library.notices)},
        "duty_note": {"duty": duties},
        "unit_score": {"form": set(cards), "unit": units},
        "absence_note": {"unit": units},
        "keeping_period": {"records": {each.key for each in kinds(app.ledgers)}},
    }
