"""Where a person stands in the records: in which ledger, as what, by link or by name in a text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Link, Text
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.progress import Progress, counted
from ankang_desktop.scoring.references import Key


class Place(NamedTuple):
    """One way a ledger may name people: the table, the column, which column says the record, and as what."""

    ledger: Ledger
    table: Any
    column: Any
    owner: Any
    field: Field
    role: str


def places(ledgers: Ledgers) -> Iterator[Place]:
    """Yield every field and every field of lines, with the words of the part it plays."""
    for ledger in ledgers:
        own = ledger.table
        for name, each in ledger.own_fields.items():
            yield Place(ledger, own, own.c[name], own.c["id"], each, each.label)
        for lines in ledger.lines:
            table = lines.row.__table__
            for name, each in lines.fields.items():
                role = lines.title if each.label == "姓名" else f"{lines.title}：{each.label}"
                yield Place(ledger, table, table.c[name], table.c["record_id"], each, role)


def linked(connection: Connection, ledgers: Ledgers, person: int) -> dict[int, tuple[str, dict[str, None]]]:
    """Return the records that link to a person, in the trash or not: id -> (ledger, the parts played, in order)."""
    found: dict[int, tuple[str, dict[str, None]]] = {}
    for place in places(ledgers):
        if isinstance(place.field.kind, Link) and place.field.kind.ledger == "employee":
            _gather(connection, place, place.column == person, found, place.role)
    return found


def named(connection: Connection, ledgers: Ledgers, name: str) -> dict[int, tuple[str, dict[str, None]]]:
    """Return the records that hold a name in a field for names of people (授课人, 批准人): perhaps a namesake's."""
    found: dict[int, tuple[str, dict[str, None]]] = {}
    for place in places(ledgers):
        if place.field.personal and isinstance(place.field.kind, Text) and place.ledger.key != "employee":
            clause = place.column.contains(name, autoescape=True)
            _gather(connection, place, clause, found, f"{place.role}（按姓名）")
    return found


def texts_naming(connection: Connection, ledgers: Ledgers, names: Collection[str], progress: Progress) -> list[Key]:
    """Return the living records that hold one of the names in any text: for a person to look at.

    Every text is read once, however many names there are; raises Cancelled when the person stopped it.
    """
    found: dict[int, str] = {}
    holds = _holding(names)
    texts = [each for each in places(ledgers) if isinstance(each.field.kind, Text)] if names else []
    for place in counted(texts, "查找文字里的姓名", progress):
        for key, text in connection.execute(select(place.owner, place.column).where(place.column.is_not(None))):
            if key not in found and holds(text):
                found[key] = place.ledger.key
    living = set(connection.scalars(select(Record.id).where(Record.removed_at.is_(None)))) if found else set()
    return [Key(ledger, key) for key, ledger in found.items() if key in living]


def _holding(names: Collection[str]) -> Callable[[str], bool]:
    """Return what says whether a text holds one of the names, in small letters or capitals."""
    by_length: dict[int, set[str]] = {}
    for name in names:
        by_length.setdefault(len(name.casefold()), set()).add(name.casefold())

    def holds(text: str) -> bool:
        plain = text.casefold()
        return any(
            plain[at : at + length] in known
            for length, known in by_length.items()
            for at in range(len(plain) - length + 1)
        )

    return holds


def _gather(
    connection: Connection,
    place: Place,
    clause: ColumnElement[bool],
    found: dict[int, tuple[str, dict[str, None]]],
    role: str,
) -> None:
    for key in connection.scalars(select(place.owner).where(clause).distinct()):
        found.setdefault(key, (place.ledger.key, {}))[1].setdefault(role)
