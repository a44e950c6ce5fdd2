"""Who came: the rows of people in a record, and the numbers of a record as they count (domain.md §3).

人次 are the persons present where a record lists people, else the entered head-count; a gathering without 场次 is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from ankang_desktop.declare.ledger import Ledger, Lines
from ankang_desktop.store.query import chunks

_HEADS = ("headcount", "persons")


def people_lines(ledger: Ledger) -> Lines | None:
    """Return the lines that say which employees a record is about: attendance first, else any with a person."""
    return ledger.attendance or next((lines for lines in ledger.lines if "person" in lines.fields), None)


def present(lines: Lines) -> tuple[Any, ...]:
    """Return the clauses “this row is a person who came”."""
    row: Any = lines.row
    here = [row.present.is_not(False)] if "present" in lines.fields else []
    return (row.person.is_not(None), *here)


def counted(ledger: Ledger, key: str) -> Any:
    """Return the column of a field as it counts; for most fields that is what was entered."""
    column, lines = getattr(ledger.record, key), people_lines(ledger)
    if key == "sessions":
        return func.coalesce(column, 1)
    if key not in _HEADS or lines is None:
        return column
    row: Any = lines.row
    came = select(func.sum(case((and_(*present(lines)), 1), else_=0)))
    listed = came.where(row.record_id == ledger.record.id, row.person.is_not(None))
    return func.coalesce(listed.correlate(ledger.record).scalar_subquery(), column)


def heads_of(connection: Connection, ledger: Ledger, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return, by record, the numbers that count otherwise than they may have been entered."""
    keys = [key for key in ("sessions", *_HEADS) if key in ledger.own_fields]
    if not keys:
        return {}
    columns = [counted(ledger, key) for key in keys]
    found: dict[int, dict[str, Any]] = {}
    for part in chunks(ids):
        for key, *values in connection.execute(select(ledger.record.id, *columns).where(ledger.record.id.in_(part))):
            found[key] = dict(zip(keys, values, strict=True))
    return found
