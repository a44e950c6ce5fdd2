"""The files of records as a screen shows them: by slot, with what is odd about them; all evidence, searched by page."""

from __future__ import annotations

import mimetypes
import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from ankang_desktop.actions.filing import files_in, oddity
from ankang_desktop.app import App
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import half_width, parse_date
from ankang_desktop.store.evidence import Attached, attached, date_warning, other_uses
from ankang_desktop.store.photo_dates import taken_on
from ankang_desktop.store.query import chunks, containing, fetch, locate
from ankang_desktop.store.tables import Evidence, EvidenceLink

PAGE = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One slot of a ledger, in words: what it is for, what waits for it."""

    key: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class File:
    """One file on one record as a screen shows it; `warning` is what is odd about it, `also` who else uses it.

    `path` is where a file lies that is not attached yet; such a one has a negative `link`.
    """

    link: int
    number: str
    slot: str
    slot_title: str
    sha256: str
    name: str
    media_type: str
    size: int
    taken_on: date | None = None
    day: date | None = None
    caption: str = ""
    box: str = ""
    page: str = ""
    warning: str = ""
    also: tuple[str, ...] = ()
    path: str = ""

    @property
    def is_photo(self) -> bool:
        """Whether it is (called) a picture."""
        return self.media_type.startswith("image/")

    @property
    def own_day(self) -> date | None:
        """The day it shows: as the officer says, else its own date."""
        return self.day or self.taken_on

    @property
    def paper(self) -> str:
        """Where the paper lies: “盒3 页12”."""
        return " ".join(word for word in (f"盒{self.box}" * bool(self.box), f"页{self.page}" * bool(self.page)) if word)

    @property
    def source(self) -> str:
        """What thumbnails know it by: its SHA-256, or its path while it is not attached."""
        return self.path or self.sha256


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of one record: its id, whether it is in the trash, its files in the order of slots."""

    record: int
    number: str
    is_removed: bool
    files: tuple[File, ...]


def places_of(ledger: Ledger) -> tuple[Place, ...]:
    """Return the slots of a ledger with their hints."""
    return tuple(Place(slot.key, slot.title, _hint(slot.needed_by, stays=slot.stays)) for slot in ledger.evidence)


def _hint(needed_by: Sequence[Any], *, stays: bool) -> str:
    words = [f"“{stage.value}”前须有" for stage in needed_by]
    return "，".join([*words, "有签名，留在本单位，不进报送材料"] if stays else words)


def shelf_of(app: App, number: str) -> Shelf:
    """Return the files of a record."""
    with app.read() as connection:
        ledger, record = locate(connection, app.ledgers, number)
        stored = fetch(connection, ledger, [record], with_rows=False)[0]
        return Shelf(record, stored.number, stored.removed, tuple(_files(connection, ledger, stored)))


def shelf_if_there(app: App, number: str) -> Shelf | None:
    """Return the files of a record; None where the record is gone (its first step was undone)."""
    try:
        return shelf_of(app, number)
    except UserError:
        return None


def files_of(app: App, numbers: Sequence[str]) -> list[File]:
    """Return the files of several records, in the order of `numbers`; those in the trash have none."""
    return [
        file for number in numbers for shelf in [shelf_of(app, number)] if not shelf.is_removed for file in shelf.files
    ]


def _files(connection: Connection, ledger: Ledger, stored: Any) -> list[File]:
    uses = attached(connection, [stored.id])
    also = other_uses(connection, stored.id, {each.sha256 for each in uses})
    titles = {slot.key: slot.title for slot in ledger.evidence}
    order = list(titles)
    uses.sort(key=lambda each: order.index(each.slot) if each.slot in titles else len(order))
    return [
        _file(stored.number, titles, each, date_warning(each, stored.days) or "", also.get(each.sha256, []))
        for each in uses
    ]


def _file(number: str, titles: dict[str, str], each: Attached, warning: str, also: Sequence[str]) -> File:
    return File(
        each.link,
        number,
        each.slot,
        titles.get(each.slot, each.slot),
        each.sha256,
        each.name,
        each.media_type,
        each.size,
        each.taken_on,
        each.day,
        each.caption or "",
        each.box or "",
        each.page or "",
        warning,
        tuple(also),
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """Files looked at before their record is saved, as they will be; sentences on those not taken and on odd ones."""

    files: tuple[File, ...]
    refused: tuple[str, ...]


def look_at(app: App, ledger_key: str, slot: str, paths: Sequence[Path], progress: Progress) -> Looked:
    """Look at files (folders stand for what lies in them) that wait for a record to be saved."""
    titles = {each.key: each.title for each in app.ledgers[ledger_key].evidence}
    found, files, refused = files_in(paths, progress), [], []
    odd: list[str] = []
    for done, path in enumerate(found):
        progress.step("查看文件", done, len(found))
        try:
            size = path.stat().st_size
            if not size:
                raise UserError(f"文件“{path.name}”是空的", "请重新导出或另存后再添加")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            seen = File(0, "", slot, titles[slot], sha256_of(path), path.name, kind, size, taken_on(path, path.name))
        except UserError as error:
            refused.append(str(error))
        except OSError:
            refused.append(f"文件“{path.name}”打不开——请确认文件还在原处（聊天软件里的文件要先另存）")
        else:
            files.append(replace(seen, path=str(path)))
            odd += filter(None, [oddity(path, path.name, size, is_photo=seen.is_photo)])
    with app.read() as connection:
        also = other_uses(connection, 0, {each.sha256 for each in files})
    return Looked(tuple(replace(each, also=tuple(also.get(each.sha256, ()))) for each in files), (*refused, *odd))


@dataclass(frozen=True, slots=True)
class Kept:
    """One content of the workspace: what its newest use says of it, and every living record that uses it."""

    id: int
    sha256: str
    name: str
    media_type: str
    size: int
    day: date | None
    caption: str
    box: str
    page: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page of all evidence, newest first; `after` asks for the next one, 0 where there is none."""

    found: tuple[Kept, ...]
    after: int


def evidence_page(app: App, search: str, *, photos_only: bool = False, after: int = 0, most: int = PAGE) -> KeptPage:
    """Return a page of the evidence that living records use.

    Every word of `search` must be in a file's name, caption, record number or day (“2026-06”, “6月”, “6.10”), or in
    the text of a record that uses it.
    """
    used = and_(
        EvidenceLink.evidence_id == Evidence.id, Record.id == EvidenceLink.record_id, Record.removed_at.is_(None)
    )
    statement = select(Evidence.id).where(exists().where(used, *_matching(search, app.clock.today().year)))
    if photos_only:
        statement = statement.where(Evidence.media_type.startswith("image/"))
    if after:
        statement = statement.where(Evidence.id < after)
    with app.read() as connection:
        ids = list(connection.scalars(statement.order_by(Evidence.id.desc()).limit(most + 1)))
        return KeptPage(tuple(_kept(connection, ids[:most])), ids[most - 1] if len(ids) > most else 0)


def _matching(search: str, year: int) -> list[ColumnElement[bool]]:
    words = half_width(search).split()
    return [or_(and_(True, *(_has(word, year) for word in words)), containing(*words))] if words else []


def _has(word: str, year: int) -> ColumnElement[bool]:
    columns = (EvidenceLink.name, EvidenceLink.caption, Record.number)
    clauses: list[ColumnElement[bool]] = [each.icontains(word, autoescape=True) for each in columns]
    if days := _days(word, year):
        clauses.append(func.coalesce(EvidenceLink.day, Evidence.taken_on).between(*days))
    return or_(*clauses)


_MONTH = re.compile(r"(?:(?P<y>20\d{2})[-./年])?(?P<m>0?[1-9]|1[0-2])(?P<word>月?)")


def _days(word: str, year: int) -> tuple[date, date] | None:
    """Read a word as a day or a month: first and last day; a bare number is no month."""
    if day := parse_date(word, year):
        return day, day
    found = _MONTH.fullmatch(word)
    if not found or not (found["y"] or found["word"]):
        return None
    stated, month = int(found["y"] or year), int(found["m"])
    return date(stated, month, 1), date(stated, month, monthrange(stated, month)[1])


def _kept(connection: Connection, ids: Sequence[int]) -> list[Kept]:
    said = (EvidenceLink.name, EvidenceLink.caption, EvidenceLink.day, EvidenceLink.box, EvidenceLink.page)
    statement = (
        select(Evidence, *said, Record.number)
        .join(EvidenceLink, EvidenceLink.evidence_id == Evidence.id)
        .join(Record, Record.id == EvidenceLink.record_id)
        .where(Record.removed_at.is_(None))
        .order_by(Evidence.id.desc(), EvidenceLink.id.desc())
    )
    found: dict[int, Kept] = {}
    for part in chunks(ids):
        for row in connection.execute(statement.where(Evidence.id.in_(part))):
            known = found.get(row.id)
            if known is None:
                found[row.id] = Kept(
                    row.id,
                    row.sha256,
                    row.name,
                    row.media_type,
                    row.size,
                    row.day or row.taken_on,
                    row.caption or "",
                    row.box or "",
                    row.page or "",
                    (row.number,),
                )
            elif row.number not in known.numbers:
                found[row.id] = replace(known, numbers=(*known.numbers, row.number))
    return list(found.values())
