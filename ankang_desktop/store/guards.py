"""What the database alone can say against a record: another has its identity, a link leads nowhere, one is enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from ankang_desktop.declare.draft import Values
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import Problem, Refused, UserError
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import chunks, statement_of


def refuse_second(connection: Connection, ledger: Ledger, more: int) -> None:
    """Refuse a second record of a ledger that has but one."""
    if ledger.single and (more > 1 or connection.scalar(statement_of(ledger, Record.id).limit(1)) is not None):
        raise UserError(f"{ledger.title}只能有一条记录", "请修改已有的那一条")


def refuse_twin(connection: Connection, ledgers: Ledgers, ledger: Ledger, values: Values, record: int) -> None:
    """Refuse an identity another living record has; one question, so that it holds within a unit too."""
    if ledger.unique:
        same = [getattr(ledger.record, each.key) == values[each.key] for each in ledger.identity]
        statement = statement_of(ledger, Record.id).where(*same, Record.id != record).limit(1)
        if connection.scalar(statement) is not None:
            raise Refused([twin(connection, ledgers, ledger, values)])


def identities(connection: Connection, ledger: Ledger) -> dict[tuple[object, ...], int]:
    """Return every identity of a ledger with its record, for adding in bulk."""
    columns = [getattr(ledger.record, each.key) for each in ledger.identity]
    return {tuple(identity): key for key, *identity in connection.execute(statement_of(ledger, Record.id, *columns))}


def identity_of(ledger: Ledger, values: Values) -> tuple[object, ...]:
    """Return what tells a record of the ledger apart."""
    return tuple(values[each.key] for each in ledger.identity)


def twin(connection: Connection, ledgers: Ledgers, ledger: Ledger, values: Values) -> Problem:
    """Return the problem “there is one already”."""
    key = ledger.identity[0].key
    shown = ledger.fields[key].kind.show(values[key], StoreNames(connection, ledgers))
    return Problem(key, f"{ledger.title}中已有{ledger.labels[key]}为“{shown}”的记录，请打开那一条改")


def refuse_dangling(connection: Connection, fields: Mapping[str, Field], rows: Sequence[Values]) -> None:
    """Refuse links to what is not there or is no record of the ledger meant; one question a field and batch."""
    for key, each in fields.items():
        if isinstance(each.kind, Link):
            ids = sorted({row[key] for row in rows if row[key] is not None})
            for part in chunks(ids):
                meant = select(Record.id).where(Record.id.in_(part), Record.ledger == each.kind.ledger)
                if set(part) - set(connection.scalars(meant)):
                    raise Refused([Problem(key, f"{each.label}指向的{each.kind.noun}不存在")])
