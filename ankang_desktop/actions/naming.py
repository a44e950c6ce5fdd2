"""Names that records write of papers and programmes: each must exist, else the record would silently do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ankang_desktop.actions.keeping_periods import kinds
from ankang_desktop.app import App
from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.scoring.plan import unit_words
from ankang_desktop.store.query import fetch_all, ids_of

NAMING = ("programme_choice", "duty_note", "unit_score", "absence_note", "keeping_period")
"""The ledgers whose records name papers, scoring units, programmes, duties or kinds of records."""
_START = 36  # characters of a sentence that tell it from the others


def misnamed(app: App, ledger: Ledger, values: dict[str, Any]) -> list[Problem]:
    """Return the names in a record's values that nothing is called, each with the nearest."""
    known = spoken_names(app, ledger.key)
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


def spoken_names(app: App, ledger_key: str) -> dict[str, dict[str, str]]:
    """Return what an officer calls the papers, units, programmes and duties a ledger's fields name by codes.

    By field: code -> words, in the order of the papers.
    """
    if ledger_key not in NAMING:
        return {}
    cards = [form for form in app.forms.values() if form.kind == "scorecard"]
    units = {code: f"{place} {_start(words)}" for form in cards for code, place, words in unit_words(form)}
    duties = {each.code: each.title for each in app.library.templates}
    duties |= {code: f"{notice.short}：{_start(each.text)}" for code, (notice, each) in app.library.obligations.items()}
    found = {
        "programme_choice": {"programme": {code: each.title for code, each in app.library.notices.items()}},
        "duty_note": {"duty": duties},
        "unit_score": {"form": {each.code: f"{each.title[0]}（{each.edition}）" for each in cards}, "unit": units},
        "absence_note": {"unit": units},
        "keeping_period": {"records": {each.key: each.title for each in kinds(app.ledgers)}},
    }
    return found[ledger_key]


def _start(text: str) -> str:
    return text if len(text) <= _START else f"{text[:_START]}…"
