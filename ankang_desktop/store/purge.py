"""Records gone for good: their rows, their files and what the journal knew of them; nothing brings them back.

A record that another still points to, or that was frozen with a paper, stays: the other would point nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, delete, exists, select

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.journal import GONE, Written
from ankang_desktop.store.query import chunks
from ankang_desktop.store.rows import table_named
from ankang_desktop.store.tables import Change, Evidence, EvidenceLink, Frozen
from ankang_desktop.store.unit import Unit


def purge(unit: Unit, records: Sequence[int], progress: Progress) -> int:
    """Delete records that lie in the trash, with their lines, files and journal; returns how many.

    Raises UserError naming the first that is not in the trash or that something else needs. The files of the folder
    are removed by `EvidenceStore.sweep` once this is committed: a transaction that fails must find them there.
    """
    if not records:
        return 0
    connection, wanted = unit.connection, set(records)
    _refuse_living(connection, records)
    if needed := needed_elsewhere(connection, unit.ledgers, wanted):
        key, why = min(needed.items())
        raise UserError(f"{_number(connection, key)} 不能彻底删除：{why}", f"有 {len(needed)} 条这样的记录，请不选它们")
    by_ledger: dict[str, list[int]] = {}
    numbers: dict[int, dict[str, Any]] = {}
    for part in chunks(sorted(wanted)):
        number = select(Record.ledger, Record.year, Record.serial, Record.id).where(Record.id.in_(part))
        for row in connection.execute(number):
            by_ledger.setdefault(row.ledger, []).append(row.id)
            numbers[row.id] = {"ledger": row.ledger, "year": row.year, "serial": row.serial}
    for done, (ledger, ids) in enumerate(by_ledger.items()):
        progress.step("彻底删除", done, len(by_ledger))
        _delete_own(connection, unit.ledgers[ledger], ids)
        for record in ids:
            unit.written.append(Written(ledger, record, record, {}, None))
            unit.written.append(Written("record", record, GONE, numbers[record], None))  # never given again
            unit.forget(record)
    spine = table_named("record")
    for part in chunks(sorted(wanted)):  # when no row of theirs points to one of them any more
        connection.execute(spine.delete().where(spine.c.id.in_(part)))
    drop_unused_files(connection)
    return len(wanted)


def drop_unused_files(connection: Connection) -> None:
    """Forget the files no record has any more; only for a sealed step, after which no undo could want one of them."""
    unused = list(
        connection.scalars(select(Evidence.id).where(~exists().where(EvidenceLink.evidence_id == Evidence.id)))
    )
    for part in chunks(unused):
        named = Change.table_name == Evidence.__tablename__
        connection.execute(delete(Change).where(named, Change.row_id.in_(part)))
        connection.execute(delete(Evidence).where(Evidence.id.in_(part)))


def needed_elsewhere(connection: Connection, ledgers: Ledgers, records: set[int]) -> dict[int, str]:
    """Return those of the records that may not go though all the others do, and why in words."""
    found: dict[int, str] = {}
    for part in chunks(sorted(records)):
        frozen = connection.scalars(select(Frozen.record_id).where(Frozen.record_id.in_(part)))
        found |= {key: "它有定稿或报送过的材料" for key in frozen if key is not None}
    while more := {
        key: why for key, why in _pointed_at(connection, ledgers, records - found.keys()) if key not in found
    }:
        found |= more  # what stays may itself need others
    return found


def _pointed_at(connection: Connection, ledgers: Ledgers, going: set[int]) -> Iterator[tuple[int, str]]:
    """Yield the records going that one staying points to."""
    for ledger in ledgers:
        sources: list[tuple[FromClause, str, Mapping[str, Field]]] = [(ledger.table, "id", ledger.own_fields)]
        sources += [(lines.row.__table__, "record_id", lines.fields) for lines in ledger.lines]
        for table, owner, fields in sources:
            for name in (name for name, each in fields.items() if isinstance(each.kind, Link)):
                column, holder = table.c[name], table.c[owner]
                for part in chunks(sorted(going)):
                    rows = connection.execute(select(column, holder).where(column.in_(part)))
                    yield from ((key, f"{ledger.title}里还有记录用到它") for key, by in rows if by not in going)


def _refuse_living(connection: Connection, records: Sequence[int]) -> None:
    for part in chunks(records):
        living = select(Record.number).where(Record.id.in_(part), Record.removed_at.is_(None)).limit(1)
        if number := connection.scalar(living):
            raise UserError(f"{number} 不在回收站", "请先删除它（放进回收站），再彻底删除")


def _number(connection: Connection, record: int) -> str:
    return str(connection.scalar(select(Record.number).where(Record.id == record)))


def _delete_own(connection: Connection, ledger: Ledger, ids: Sequence[int]) -> None:
    own = table_named(ledger.key)
    for part in chunks(ids):
        connection.execute(delete(EvidenceLink).where(EvidenceLink.record_id.in_(part)))
        for lines in ledger.lines:
            connection.execute(delete(lines.row).where(lines.row.record_id.in_(part)))
        connection.execute(own.delete().where(own.c.id.in_(part)))
