"""Names in a workbook that no record has: told together, before anything is saved, with the names they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import Connection, select

from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.exchange.cells import Cell, text_of
from ankang_desktop.exchange.columns import names_in
from ankang_desktop.exchange.drafts import Fault
from ankang_desktop.exchange.headers import Table
from ankang_desktop.exchange.layout import index_of
from ankang_desktop.exchange.mending import Place
from ankang_desktop.exchange.planning import Planned
from ankang_desktop.exchange.understanding import Understood
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import alive

MOST = 200  # names told
_NEAR, _ALIKE = 3, 0.5


@dataclass(frozen=True)
class Stranger:
    """One name nobody has: the ledger it would stand in, where it is written, and the names it may be a slip of."""

    ledger: str
    noun: str
    name: str
    places: tuple[Place, ...]
    near: tuple[str, ...]


def strangers_of(
    connection: Connection, ledgers: Ledgers, understood: Understood, rows: Sequence[Planned]
) -> tuple[Stranger, ...]:
    """Return the names in wrong cells that no record has, each once, in the order they are met."""
    names = StoreNames(connection, ledgers)
    found: dict[tuple[str, str, str], list[Place]] = {}
    for fault in (fault for row in rows for fault in row.faults if fault.column):
        for kind, name in _unknown(fault, understood.tables[fault.sheet], names):
            place = (fault.sheet, fault.row, index_of(fault.column))
            found.setdefault((kind.ledger, kind.noun, name), []).append(place)
        if len(found) > MOST:
            break
    known = {key: _called(connection, ledgers[key]) for key in {key for key, _, _ in found}}
    return tuple(
        Stranger(key, noun, name, tuple(places), tuple(get_close_matches(name, known[key], _NEAR, _ALIKE)))
        for (key, noun, name), places in found.items()
    )


def _unknown(fault: Fault, table: Table, names: StoreNames) -> Iterator[tuple[Link, str]]:
    column = table.layout.by_key.get(fault.field)
    if column is None or not isinstance(column.kind, Link):
        return
    text = text_of(_cell(table.sheet.rows, fault))
    for name in names_in(text) if column.lines else [text]:
        if name and not names.find(column.kind.ledger, name):
            yield column.kind, name


def _cell(rows: Sequence[Sequence[Cell]], fault: Fault) -> Cell:
    row, at = rows[fault.row - 1], index_of(fault.column)
    return row[at] if at < len(row) else ""


def _called(connection: Connection, ledger: Ledger) -> list[str]:
    """Return what the records of a ledger are called, without their codes."""
    if not ledger.naming:
        return []
    column = getattr(ledger.record, ledger.naming[0].key)
    statement = select(column).select_from(ledger.record).where(alive(ledger)).distinct()
    return [name for name in connection.scalars(statement) if name]
