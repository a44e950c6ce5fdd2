"""Names that records write of papers and programmes: each must exist, else the record would silently do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ankang_desktop.app import App
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.declare.kinds import Code
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.store.query import fetch_all, ids_of


def misnamed(app: App, ledger: Ledger, values: dict[str, Any]) -> list[Problem]:
    """Return the codes in a record's values that stand for nothing, each with the nearest."""
    found = ((field, values.get(field.key), app.code_names(of)) for field, of in _codes(ledger))
    return [
        Problem(field.key, f"{field.label}“{code}”不存在，{did_you_mean(code, sorted(known))}")
        for field, code, known in found
        if code and code not in known
    ]


def all_misnamed(app: App) -> Iterator[str]:
    """Yield a sentence for every such code in the workspace, e.g. one that came in from a workbook."""
    for ledger in (each for each in app.ledgers if any(_codes(each))):
        with app.read() as connection:
            for stored in fetch_all(connection, ledger, ids_of(connection, ledger)):
                yield from (f"{stored.number} {problem.text}" for problem in misnamed(app, ledger, stored.values))


def _codes(ledger: Ledger) -> Iterator[tuple[Field, str]]:
    """Yield the fields that hold codes, each with the sort of them."""
    for field in ledger.fields.values():
        if isinstance(field.kind, Code):
            yield field, field.kind.of
