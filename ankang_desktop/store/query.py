"""Looking at records: ids first, rows when looked at; which records count as proof, and what the others lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select, tuple_

from ankang_desktop.declare.draft import assemble
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Entry, Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.store.tables import EvidenceLink
from ankang_desktop.store.texts import INDEX

T = TypeVar("T")

NO_PROOF = "佐证材料（附件或盒号）"


@dataclass(frozen=True)
class Stored:
    """One record as plain values: `values` by field key, `rows` by lines key."""

    ledger: str
    id: int
    number: str
    year: int
    day: date | None
    removed: bool
    values: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]

    @property
    def days(self) -> list[date]:
        """Every date the record itself tells."""
        return [value for value in self.values.values() if type(value) is date]


def alive(ledger: Ledger) -> ColumnElement[bool]:
    """Return the clause “in this ledger and not in the trash”."""
    return and_(Record.ledger == ledger.key, Record.removed_at.is_(None))


def count(connection: Connection, ledger: Ledger, *where: ColumnElement[bool]) -> int:
    """Return how many records there are."""
    return connection.scalar(select(func.count()).select_from(ledger.record).where(alive(ledger), *where)) or 0


def page_of_ids(
    connection: Connection,
    ledger: Ledger,
    *where: ColumnElement[bool],
    order: Any = None,
    descending: bool = True,
    after: tuple[Any, int] | None = None,
    limit: int = 128,
) -> list[tuple[Any, int]]:
    """Return (order value, id) pairs of one page; `after` is the last pair of the page before (keyset).

    Records without a value count as the least: they are asked for apart, for databases neither compare nor place
    them alike, and the others keep their index.
    """
    column = Record.day if order is None else order
    statement = select(column, Record.id).select_from(ledger.record).where(alive(ledger), *where)
    statement = statement.order_by(*((column.desc(), Record.id.desc()) if descending else (column, Record.id)))
    parts = [False, True] if descending else [True, False]  # whether without a value
    if after is not None:
        parts = parts[parts.index(after[0] is None) :]
    found: list[tuple[Any, int]] = []
    for blank in parts:
        part = statement.where(column.is_(None) if blank else column.is_not(None))
        if after is not None and blank == (after[0] is None):
            here, there = (Record.id, after[1]) if blank else (tuple_(column, Record.id), after)
            part = part.where(here < there if descending else here > there)
        found += [(value, key) for value, key in connection.execute(part.limit(limit - len(found)))]
        if len(found) == limit:
            break
    return found


def ids_of(connection: Connection, ledger: Ledger, *where: ColumnElement[bool]) -> list[int]:
    """Return every id of a ledger, oldest day first, then by number."""
    statement = select(Record.id).select_from(ledger.record).where(alive(ledger), *where)
    return list(connection.scalars(statement.order_by(Record.day, Record.year, Record.serial)))


def fetch(connection: Connection, ledger: Ledger, ids: Sequence[int], *, with_rows: bool = True) -> list[Stored]:
    """Return records in the order of `ids`, those in the trash included; ids of other ledgers are left out."""
    columns = [getattr(ledger.record, key) for key in ledger.fields if key != "number"]
    spine = (Record.id, Record.number, Record.year, Record.day, Record.removed_at)
    found: dict[int, Stored] = {}
    for part in chunks(ids):
        rows = rows_in(connection, ledger, part) if with_rows else {}
        for key, number, year, day, removed, *values in connection.execute(
            select(*spine, *columns).select_from(ledger.record).where(Record.id.in_(part))
        ):
            known = dict(zip([each for each in ledger.fields if each != "number"], values, strict=True))
            found[key] = Stored(
                ledger.key,
                key,
                number,
                year,
                day,
                removed is not None,
                {"number": number, **known},
                rows.get(key, {lines.key: [] for lines in ledger.lines}),
            )
    return [found[key] for key in ids if key in found]


def fetch_all(
    connection: Connection, ledger: Ledger, ids: Sequence[int], *, with_rows: bool = True
) -> Iterator[Stored]:
    """Yield records in the order of `ids`, fetched part by part: memory does not grow with the ledger."""
    for part in chunks(ids):
        yield from fetch(connection, ledger, part, with_rows=with_rows)


def rows_in(connection: Connection, ledger: Ledger, ids: Sequence[int]) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """Return the rows inside records: record id -> lines key -> values in order."""
    found: dict[int, dict[str, list[dict[str, Any]]]] = {key: {line.key: [] for line in ledger.lines} for key in ids}
    for lines in ledger.lines:
        columns = [getattr(lines.row, key) for key in lines.fields]
        statement = select(lines.row.record_id, *columns).where(lines.row.record_id.in_(ids))
        for record, *values in connection.execute(statement.order_by(lines.row.record_id, lines.row.position)):
            found[record][lines.key].append(dict(zip(lines.fields, values, strict=True)))
    return found


def entries(connection: Connection, ledger: Ledger, ids: Sequence[int]) -> list[tuple[Stored, Entry]]:
    """Return records with the typed view that rules and indicators read."""
    return [(each, entry_of(ledger, each)) for each in fetch(connection, ledger, ids)]


def entry_of(ledger: Ledger, stored: Stored) -> Entry:
    """Return the typed view of a stored record, its computed fields as stored."""
    entry = assemble(ledger, stored.values, stored.rows)
    entry.id, entry.number, entry.year, entry.day = stored.id, stored.number, stored.year, stored.day
    return entry


def locate(connection: Connection, ledgers: Ledgers, number: str) -> tuple[Ledger, int]:
    """Return ledger and id of a running number; raises UserError where there is none."""
    written = number.strip().upper()
    row = connection.execute(select(Record.ledger, Record.id).where(Record.number == written)).first()
    if row is None:
        raise UserError(f"没有编号为“{number}”的记录", "请用 list 查看编号，如 YH-2026-0017")
    return ledgers[row.ledger], row.id


def numbered(connection: Connection, numbers: Sequence[str]) -> dict[int, str]:
    """Return the ids of these running numbers, as they are written in records; one that is none is left out."""
    found: dict[int, str] = {}
    for part in chunks(numbers):
        known = connection.execute(select(Record.id, Record.number).where(Record.number.in_(part)))
        found |= {row.id: row.number for row in known}
    return found


def containing(*words: str) -> Any:
    """Return the clause “the record's text contains every word”."""
    return INDEX.matching(words)


def complete(ledger: Ledger) -> ColumnElement[bool]:
    """Return the clause “counts as proof”: fields marked `counts`, one of each alternative, proof where asked."""
    return and_(True, *_asked(ledger))


def may_lack(ledger: Ledger) -> bool:
    """Whether a ledger asks anything of a record before it counts; a roster does not."""
    return bool(_asked(ledger))


def _asked(ledger: Ledger) -> list[ColumnElement[bool]]:
    clauses = [getattr(ledger.record, key).is_not(None) for key, each in ledger.own_fields.items() if each.counts]
    clauses += [or_(*(_filled(ledger, name) for name in names)) for names in ledger.needs_any]
    if ledger.needs_proof:
        clauses.append(or_(Record.box.is_not(None), exists().where(EvidenceLink.record_id == Record.id)))
    return clauses


def lacking(connection: Connection, ledger: Ledger, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return, for each record that does not count as proof, the labels of what it lacks."""
    return lacking_of(connection, ledger, fetch(connection, ledger, ids))


def lacking_of(connection: Connection, ledger: Ledger, records: Sequence[Stored]) -> dict[int, list[str]]:
    """Return the same of records already fetched."""
    found: dict[int, list[str]] = {}
    ids = [each.id for each in records]
    proven = proven_ids(connection, ids) if ledger.needs_proof else set(ids)
    for stored in records:
        wanted = [each.label for key, each in ledger.own_fields.items() if each.counts and stored.values[key] is None]
        wanted += [
            "或".join(ledger.labels[name] for name in names[:2])
            for names in ledger.needs_any
            if not any(stored.rows.get(name) or stored.values.get(name) is not None for name in names)
        ]
        if stored.id not in proven and not stored.values.get("box"):
            wanted.append(NO_PROOF)
        if wanted:
            found[stored.id] = wanted
    return found


def proven_ids(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Return those records that have at least one file attached."""
    found: set[int] = set()
    for part in chunks(ids):
        found.update(
            connection.scalars(select(EvidenceLink.record_id).where(EvidenceLink.record_id.in_(part)).distinct())
        )
    return found


def statement_of(ledger: Ledger, *columns: Any) -> Select[Any]:
    """Return a select of columns over the living records of a ledger."""
    return select(*columns).select_from(ledger.record).where(alive(ledger))


def _filled(ledger: Ledger, name: str) -> ColumnElement[bool]:
    lines = next((lines for lines in ledger.lines if lines.key == name), None)
    if lines is None:
        return getattr(ledger.record, name).is_not(None)  # type: ignore[no-any-return]
    return exists().where(lines.row.record_id == Record.id)


def chunks(ids: Sequence[T], size: int = 500) -> Iterable[Sequence[T]]:
    """Return ids (or hashes) part by part, few enough for one IN (…)."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
