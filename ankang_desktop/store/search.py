"""What a record is found by, kept in step with the records in the same transaction.

The text of a record is its number, its texts, its choices and the names it links to; the pinyin initials of people and
teams beside their names, in their own record and wherever they are named. Who is renamed is found by the new name
wherever he or she is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from ankang_desktop.declare.kinds import Kind, Link, Text
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.kernel.text import initials
from ankang_desktop.store.journal import Written
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import chunks, fetch
from ankang_desktop.store.texts import INDEX

_FOUND_BY = {"text", "code", "choice", "tags", "link"}


def index_step(connection: Connection, ledgers: Ledgers, written: Sequence[Written]) -> None:
    """Index what a step wrote; records it added are indexed from the rows at hand, the others are looked up."""
    added = {each.row for each in written if each.table == "record" and each.before is None}
    changed = {each.record for each in written if each.record is not None and each.before is not None}
    fresh = added - changed
    names = StoreNames(connection, ledgers)
    values: dict[int, dict[str, Any]] = {}
    for each in written:
        is_whole = each.table == "record" or each.table in ledgers  # the spine and the ledger's own row, no lines
        if is_whole and each.row in fresh and each.after is not None:
            values.setdefault(each.row, {}).update(each.after)
    whole: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for record, row in values.items():
        if "ledger" in row:
            whole.setdefault(row["ledger"], []).append((record, row))
    for key, rows in whole.items():
        names.prime_links(ledgers[key].fields, [row for _, row in rows])
        INDEX.add(connection, ((record, text_of(ledgers, ledgers[key], row, names)) for record, row in rows))
    _index(connection, ledgers, _touched(connection, ledgers, written) - fresh, Quiet())


def index_again(connection: Connection, ledgers: Ledgers, written: Sequence[Written], progress: Progress) -> None:
    """Index every record that undoing or redoing a step touched."""
    _index(connection, ledgers, _touched(connection, ledgers, written), progress)


def text_of(ledgers: Ledgers, ledger: Ledger, values: Mapping[str, Any], names: StoreNames) -> str:
    """Return what a record is found by."""
    words = []
    for key, each in ledger.fields.items():
        value = values.get(key)
        if value is not None and each.kind.name in _FOUND_BY:
            words.append(each.kind.show(value, names))
            if _has_initials(ledgers, each.kind):
                words.append(initials(words[-1]))
    return "\n".join(words)


def _has_initials(ledgers: Ledgers, kind: Kind[Any]) -> bool:
    """Whether a field holds a name that is looked for by its initials, or links to one."""
    if isinstance(kind, Link) and ledgers[kind.ledger].naming:
        linked = ledgers[kind.ledger]
        kind = linked.fields[linked.naming[0].key].kind
    return isinstance(kind, Text) and kind.pinyin


def _touched(connection: Connection, ledgers: Ledgers, written: Sequence[Written]) -> set[int]:
    """Return the records written, and those that name a record whose name changed."""
    records = {each.record for each in written if each.record is not None}
    renamed: dict[str, list[int]] = {}
    for each in (each for each in written if each.before is not None and each.after is not None):
        called = [attribute.key for attribute in ledgers[each.table].naming] if each.table in ledgers else []
        if any(each.before.get(key) != each.after.get(key) for key in called):  # type: ignore[union-attr]
            renamed.setdefault(each.table, []).append(each.row)
    for key, ids in renamed.items():
        records |= _naming(connection, ledgers, key, ids)
    return records


def _naming(connection: Connection, ledgers: Ledgers, key: str, ids: list[int]) -> set[int]:
    found: set[int] = set()
    for ledger in ledgers:
        for name, each in ledger.own_fields.items():
            if isinstance(each.kind, Link) and each.kind.ledger == key:
                column = getattr(ledger.record, name)
                for part in chunks(ids):
                    found.update(connection.scalars(select(ledger.record.id).where(column.in_(part))))
    return found


def _index(connection: Connection, ledgers: Ledgers, records: set[int], progress: Progress) -> None:
    """Write the search text of records afresh; those gone or in the trash leave the index."""
    found: dict[str, list[int]] = {}
    for part in chunks(sorted(records)):
        statement = select(Record.ledger, Record.id).where(Record.id.in_(part), Record.removed_at.is_(None))
        for key, number in connection.execute(statement):
            found.setdefault(key, []).append(number)
    names = StoreNames(connection, ledgers)
    INDEX.remove(connection, records)
    parts = [(ledgers[key], part) for key, ids in found.items() for part in chunks(ids)]
    for done, (ledger, part) in enumerate(parts):
        progress.step("正在更新查找", done, len(parts))
        stored = names.ahead(ledger, fetch(connection, ledger, part, with_rows=False))
        INDEX.add(connection, ((each.id, text_of(ledgers, ledger, each.values, names)) for each in stored))
