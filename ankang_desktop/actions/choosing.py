"""Finding a record by typing: people, teams, hazards for a field that links to them; anything at all for Ctrl+K."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from ankang_desktop.app import App
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.text import half_width
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.query import alive, containing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record to choose: its id, how it is called, and what tells it from others of the name."""

    id: int
    name: str
    detail: str


def suggest(app: App, ledger_key: str, text: str, most: int = 12) -> list[Candidate]:
    """Return records of a ledger that a text may mean: by name, code, number or pinyin initials; best first.

    Whoever has left or was dissolved stands last; without a text the first of the ledger are offered.
    """
    ledger = app.ledgers[ledger_key]
    with app.read() as connection:
        ids = _matching(connection, ledger, half_width(text), most)
        return _candidates(app, connection, ledger, ids)


def called(app: App, ledger_key: str, ids: Sequence[int]) -> dict[int, str]:
    """Return how records are called, by id."""
    with app.read() as connection:
        names = app.names(connection)
        names.prime(ledger_key, ids)
        return {each: names.name_of(ledger_key, each) for each in ids}


def named(app: App, ledger_key: str, texts: Sequence[str]) -> list[list[int]]:
    """Return, for each text (a pasted name), the records it names exactly."""
    with app.read() as connection:
        names = app.names(connection)
        return [names.find(ledger_key, text) if text.strip() else [] for text in texts]


def anything(app: App, text: str, most: int = 20) -> list[Ref]:
    """Return records of any ledger whose number begins with the text or whose words contain it, newest first."""
    words = half_width(text).split()
    if not words:
        return []
    with app.read() as connection:
        numbered = select(Record.ledger, Record.id).where(
            Record.number.like(f"{words[0].upper()}%"), Record.removed_at.is_(None)
        )
        found = [Key(*row) for row in connection.execute(numbered.order_by(Record.id.desc()).limit(most))]
        statement = select(Record.ledger, Record.id).where(containing(*words), Record.removed_at.is_(None))
        found += [Key(*row) for row in connection.execute(statement.order_by(Record.id.desc()).limit(most))]
        return list(references(connection, app.ledgers, found, most))


def _matching(connection: Connection, ledger: Ledger, text: str, most: int) -> list[int]:
    """Return ids: names that begin with the text first, then records that contain it."""
    own = ledger.table.c
    ended = [own[key] for key in ("left_on", "valid_until") if key in own]
    order = [*(column.is_not(None) for column in ended), Record.id.desc() if ledger.day is not None else Record.id]
    base = select(Record.id).select_from(ledger.record).where(alive(ledger)).order_by(*order).limit(most)
    if not text.strip():
        return list(connection.scalars(base))
    columns: list[Any] = [Record.number, *(own[each.key] for each in ledger.naming if each.key in own)]
    begins = or_(*(column.startswith(text.strip(), autoescape=True) for column in columns))
    found = list(connection.scalars(base.where(begins)))
    if len(found) < most:
        found += connection.scalars(base.where(containing(*text.split())))
    return list(dict.fromkeys(found))[:most]


def _candidates(app: App, connection: Connection, ledger: Ledger, ids: list[int]) -> list[Candidate]:
    names = app.names(connection)
    names.prime(ledger.key, ids)
    details = _details(app, connection, ledger, ids)
    return [Candidate(each, names.name_of(ledger.key, each), details.get(each, "")) for each in ids]


def _details(app: App, connection: Connection, ledger: Ledger, ids: list[int]) -> dict[int, str]:
    """Return what stands beside a name: a person's team, a team's workshop, else number and title."""
    own = ledger.table.c
    beside = next((key for key in ("team", "workshop") if key in own and ledger.naming), None)
    if beside is None:
        refs = references(connection, app.ledgers, [Key(ledger.key, each) for each in ids])
        names = app.names(connection)
        titles = {ref.id: "" if ref.title == names.name_of(ledger.key, ref.id) else ref.title for ref in refs}
        return {ref.id: " ".join(filter(None, (titles[ref.id], str(ref.day or "")))) for ref in refs}
    ended = next((own[key] for key in ("left_on", "valid_until") if key in own), None)
    columns = [own[beside], *([] if ended is None else [ended])]
    names, found = app.names(connection), {}
    for key, link, *end in connection.execute(select(own.id, *columns).where(own.id.in_(ids))):
        place = names.name_of(beside, link) if link else ""
        gone = f"（{end[0]} 起不在册）" if end and end[0] and end[0] <= app.clock.today() else ""
        found[key] = place + gone
    return found
