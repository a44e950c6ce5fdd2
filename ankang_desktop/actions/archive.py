"""The archive: which material stands behind each row of the scorecard, and in which box and on which page it lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import islice

from sqlalchemy import Connection, and_, exists, extract, or_, select

from ankang_desktop.app import App
from ankang_desktop.declare.fields import fields_of
from ankang_desktop.declare.record import Base, Record
from ankang_desktop.kernel.errors import Problem, Refused, UserError
from ankang_desktop.kernel.text import tidy
from ankang_desktop.scoring.card import Card, RowResult
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.evidence import Attached, attached, describe
from ankang_desktop.store.query import chunks
from ankang_desktop.store.tables import EvidenceLink

OTHERS = 0
"""The row of material that lies in a box this year and stands behind no row of the card."""
_PAGES = re.compile(r"第?(\d{1,5})(?:\s*[-—–~～至到]\s*(\d{1,5}))?页?$")


class Standing(Enum):
    """Whether a piece of material is there; the value is how it is called."""

    boxed = "已归盒"
    file = "只有电子件"
    ledger = "台账记录"
    missing = "缺材料"


@dataclass(frozen=True)
class Leaf:
    """A file of a record; box and page are its own, where its paper lies apart from the record's."""

    link: int
    name: str
    slot: str
    box: str
    page: str


@dataclass(frozen=True)
class Item:
    """A record as material: where its paper lies, its files, the rows it stands behind."""

    key: Key
    number: str
    title: str
    day: date | None
    box: str
    page: str
    files: tuple[Leaf, ...]
    rows: tuple[int, ...]
    needs_proof: bool

    @property
    def standing(self) -> Standing:
        """Return whether the material is there."""
        if self.box or any(each.box for each in self.files):
            return Standing.boxed
        if self.files:
            return Standing.file
        return Standing.missing if self.needs_proof else Standing.ledger

    @property
    def told(self) -> str:
        """Return what is to be done about it, "" where nothing is."""
        return {
            Standing.missing: "既没有电子件，也没有盒号：打开记录添加照片、扫描件，或在这里填纸质件的盒号",
            Standing.file: "有电子件；纸质件归盒后在这里填盒号、页号",
            Standing.ledger: "台账本身就是凭据：打印台账归盒后，可填它所在的盒号",
        }.get(self.standing, "")


@dataclass(frozen=True)
class Shelf:
    """One row of the card (or OTHERS) with the ids of its records; `more` are those beyond what a number carries."""

    row: int
    section: str
    text: str
    ids: tuple[int, ...]
    more: int = 0


@dataclass(frozen=True)
class Archive:
    """The material of a year by row."""

    year: int
    shelves: tuple[Shelf, ...]
    items: Mapping[int, Item]

    def of(self, shelf: Shelf) -> list[Item]:
        """Return the material of a row."""
        return [self.items[key] for key in shelf.ids if key in self.items]

    def count(self, shelf: Shelf, *standings: Standing) -> int:
        """Return how many pieces of a row stand so."""
        return sum(item.standing in standings for item in self.of(shelf))

    def section_of(self, row: int) -> str:
        """Return the section a row belongs to."""
        return next((shelf.section for shelf in self.shelves if shelf.row == row), "")


def archive_of(app: App, card: Card) -> Archive:
    """Return the material behind a card, what it counts and what it cannot count for want of proof; then the rest."""
    wanted: dict[int, Key] = {}
    shelves = []
    for section in card.sections:
        for row in section.rows:
            refs = list(_of_row(row))
            wanted |= {ref.id: Key(ref.ledger, ref.id) for ref in refs}
            more = sum(unit.used_count - len(unit.used) for unit in row.units)
            shelves.append(Shelf(row.number, section.name, row.text, tuple(ref.id for ref in refs), more))
    rows: dict[int, list[int]] = {}
    for shelf in shelves:
        for key in shelf.ids:
            rows.setdefault(key, []).append(shelf.row)
    with app.read() as connection:
        others = [key for key in _boxed_in(connection, card.start.year) if key.id not in wanted]
        items = _items(app, connection, [*wanted.values(), *others], rows)
    if others:
        shelves.append(Shelf(OTHERS, "其他", "已归盒，但没有用于评分表", tuple(key.id for key in others)))
    return Archive(card.start.year, tuple(shelves), items)


def reread(app: App, archive: Archive, ids: Iterable[int]) -> Archive:
    """Return the archive with some records read anew: what an edit shows before the card is scored again."""
    keys = [archive.items[each].key for each in ids if each in archive.items]
    with app.read() as connection:
        fresh = _items(app, connection, keys, {key.id: list(archive.items[key.id].rows) for key in keys})
    return Archive(archive.year, archive.shelves, {**archive.items, **fresh})


def _of_row(row: RowResult) -> Iterable[Ref]:
    """Yield the records of a row once each: those counted, then those that would count if they were proven."""
    found = {ref.id: ref for unit in row.units for ref in unit.used}
    found |= {
        each.ref.id: each.ref
        for unit in row.units
        for each in islice(unit.failing, unit.unproven_count)
        if each.ref.id not in found
    }
    return found.values()


def _boxed_in(connection: Connection, year: int) -> list[Key]:
    """Return the records of a year's days (or, without a day, of its numbers) whose paper or a file's lies in a box."""
    link = exists().where(and_(EvidenceLink.record_id == Record.id, EvidenceLink.box.is_not(None)))
    of_year = or_(extract("year", Record.day) == year, and_(Record.day.is_(None), Record.year == year))
    statement = select(Record.ledger, Record.id).where(Record.removed_at.is_(None), of_year)
    statement = statement.where(or_(Record.box.is_not(None), link))
    return [Key(*row) for row in connection.execute(statement.order_by(Record.day, Record.id))]


def _items(app: App, connection: Connection, keys: Sequence[Key], rows: Mapping[int, list[int]]) -> dict[int, Item]:
    places: dict[int, tuple[str, str]] = {}
    for part in chunks([key.id for key in keys]):
        asked = select(Record.id, Record.box, Record.page).where(Record.id.in_(part))
        places |= {key: (box or "", page or "") for key, box, page in connection.execute(asked)}
    files: dict[int, list[Attached]] = {}
    for each in attached(connection, [key.id for key in keys]):
        files.setdefault(each.record, []).append(each)
    found = {}
    for ref in references(connection, app.ledgers, keys, None):
        ledger = app.ledgers[ref.ledger]
        slots = {slot.key: slot.title for slot in ledger.evidence}
        found[ref.id] = Item(
            Key(ref.ledger, ref.id),
            ref.number,
            ref.title,
            ref.day,
            *places[ref.id],
            files=tuple(
                Leaf(each.link, each.name, slots.get(each.slot, each.slot), each.box or "", each.page or "")
                for each in files.get(ref.id, ())
            ),
            rows=tuple(rows.get(ref.id, ())),
            needs_proof=ledger.needs_proof,
        )
    return found


# --- putting away ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where a record's paper lies, or (`link`) that of one of its files; None leaves box or page as it is."""

    record: int
    link: int = 0
    box: str | None = None
    page: str | None = None


def put_away(app: App, places: Sequence[Place]) -> int:
    """Write boxes and pages as one step; returns how many; raises Refused naming what cannot be written."""
    if not places:
        raise UserError("还没有选材料", "请先在表里选一份或几份")
    with app.begin(_title(places)) as unit:
        for place in places:
            said = {key: tidy(text) or None for key in ("box", "page") if (text := getattr(place, key)) is not None}
            _refuse_long(said)
            if place.link:
                describe(unit, place.link, place.record, said)
                continue
            try:
                unit.change(place.record, said)
            except Refused as refused:
                number = unit.stored(place.record)[1].number
                problems = [Problem(each.field, f"{number}：{each.text}") for each in refused.problems]
                raise Refused(problems) from refused
    return len(places)


def _title(places: Sequence[Place]) -> str:
    boxes = {place.box.strip() for place in places if place.box is not None}
    if len(boxes) == 1 and (box := boxes.pop()):
        return f"{len(places)}份材料放入{box}号盒"
    return f"{len(places)}份材料改盒号页号"


def _refuse_long(said: Mapping[str, str | None]) -> None:
    fields = fields_of(Record, Base)
    problems = [
        Problem(key, f"{fields[key].label}{sentence}")
        for key, text in said.items()
        if text is not None and (sentence := fields[key].kind.check(text))
    ]
    if problems:
        raise Refused(problems)


def pages_of(text: str) -> tuple[int, int] | None:
    """Return the first and last page “12”, “12-14” or “第12至14页” names; None where the text names none."""
    found = _PAGES.match(text.strip())
    if found is None:
        return None
    first = int(found[1])
    last = int(found[2] or first)
    return (first, last) if first <= last else None


def numbered(pages: Sequence[str], first: int, each: int = 0) -> list[str]:
    """Return pages counted on from `first`: `each` pages a piece, or (0) as many as a piece has now, else one."""
    found = []
    for text in pages:
        known = pages_of(text)
        length = each or (known[1] - known[0] + 1 if known else 1)
        last = first + length - 1
        found.append(str(first) if last == first else f"{first}-{last}")
        first = last + 1
    return found
