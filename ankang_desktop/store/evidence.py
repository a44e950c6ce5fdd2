"""Attachments by content: `evidence/ab/abcd…`, named by SHA-256, shared by records, each under its own name.

A file is copied to a temporary name, flushed, hashed again from the copy and renamed: what the database refers to is
always whole on disk. A unit that fails leaves a file nobody refers to; `sweep` removes it.
"""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from ankang_desktop.declare.ledger import EvidenceSlot, Ledger
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import flush, world
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.store.photo_dates import taken_on
from ankang_desktop.store.query import Stored, chunks
from ankang_desktop.store.tables import Change, Evidence, EvidenceLink
from ankang_desktop.store.unit import Unit

_KEPT = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Attached:
    """One file on one record, as plain values."""

    link: int
    record: int
    slot: str
    sha256: str
    name: str
    media_type: str
    size: int
    taken_on: date | None
    caption: str | None
    day: date | None
    box: str | None
    page: str | None
    position: int

    @property
    def is_photo(self) -> bool:
        """Whether the file is a picture."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Use:
    """How a record uses a file: the slot, what is said of it there, and the name it comes under ("" its own)."""

    slot: str = "proof"
    caption: str | None = None
    day: date | None = None
    box: str | None = None
    page: str | None = None
    name: str = ""


class EvidenceStore:
    """The folder of files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Return where the file of a hash lies."""
        return self.folder / sha256[:2] / sha256

    def keep(self, source: Path) -> tuple[str, int]:
        """Copy a file in; returns (SHA-256, size). A file already kept is written again only where it was damaged."""
        if not source.is_file():
            raise UserError(f"找不到文件“{source}”", "请确认文件还在原处（聊天软件里的文件要先另存）")
        with world("保存佐证", source):
            if source.stat().st_size == 0:
                raise UserError(f"文件“{source}”是空的", "请重新导出或另存后再添加")
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".~")
            os.close(handle)
            temporary = Path(name)
            try:
                shutil.copyfile(source, temporary)
                flush(temporary)
                digest = sha256_of(temporary)
                target = self.path_of(digest)
                size = temporary.stat().st_size
                if not target.exists() or sha256_of(target) != digest:
                    target.parent.mkdir(exist_ok=True)
                    temporary.replace(target)
                    flush(target.parent)
            finally:
                temporary.unlink(missing_ok=True)
        return digest, size

    def faults(self, connection: Connection, digest_of: Callable[[Path], str] | None = None) -> list[str]:
        """Return files that are missing or no longer what their hash says, in words; `digest_of` may know the hash."""
        found = []
        name = func.coalesce(func.min(EvidenceLink.name), "已移除的文件")
        joined = select(Evidence.sha256, name).outerjoin(EvidenceLink, EvidenceLink.evidence_id == Evidence.id)
        for sha256, called in connection.execute(joined.group_by(Evidence.id, Evidence.sha256).order_by(Evidence.id)):
            path = self.path_of(sha256)
            if not path.is_file():
                found.append(f"佐证文件“{called}”不见了（{sha256[:8]}）")
            elif (digest_of or sha256_of)(path) != sha256:
                found.append(f"佐证文件“{called}”内容被改动（{sha256[:8]}）")
        return found

    def sweep(self, connection: Connection) -> list[Path]:
        """Remove the files nothing refers to, as a failed unit leaves them; returns them.

        The connection must be that of a write transaction: whoever keeps a file holds it until the row is there.
        """
        needed, swept = referred(connection), []
        for path in self.folder.glob("??/*"):
            if _KEPT.fullmatch(path.name) and path.name not in needed:
                with suppress(OSError):  # open in a viewer: the next sweep takes it
                    path.unlink()
                    swept.append(path)
        return swept


def referred(connection: Connection) -> set[str]:
    """Return the hashes that a row of evidence, or a step that may be undone or redone, refers to."""
    found = set(connection.scalars(select(Evidence.sha256)))
    journaled = select(Change.before, Change.after).where(Change.table_name == Evidence.__tablename__)
    for sides in connection.execute(journaled):
        found.update(str(side["sha256"]) for side in sides if side and "sha256" in side)
    return found


def slot_of(ledger: Ledger, wanted: str) -> EvidenceSlot:
    """Return the slot of a key or a title."""
    found = next((slot for slot in ledger.evidence if wanted in {slot.key, slot.title}), None)
    if found is None:
        titles = "、".join(slot.title for slot in ledger.evidence)
        raise UserError(f"{ledger.title}没有“{wanted}”这一栏佐证", f"可用的有：{titles}")
    return found


def attach(unit: Unit, store: EvidenceStore, record: int, source: Path, use: Use) -> Attached:
    """Attach a file to a record inside a unit; the same file on the same slot twice is refused by name."""
    ledger, stored = unit.stored(record)
    slot = slot_of(ledger, use.slot)
    name = use.name or source.name
    digest, size = store.keep(source)
    evidence = unit.connection.scalar(select(Evidence.id).where(Evidence.sha256 == digest))
    if evidence is None:
        evidence = unit.next_id("evidence")
        row = {
            "id": evidence,
            "sha256": digest,
            "size": size,
            "media_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
            "taken_on": taken_on(store.path_of(digest), name),
            "added_at": unit.clock.now(),
        }
        unit.insert("evidence", [row], None)
    return _link(unit, stored, slot, evidence, replace(use, name=name))


def attach_kept(unit: Unit, record: int, sha256: str, slot: str) -> Attached:
    """Attach a file that the workspace keeps already, with what its newest use says of it; nothing is copied."""
    ledger, stored = unit.living(record)
    newest = (
        select(EvidenceLink).join(Evidence).where(Evidence.sha256 == sha256).order_by(EvidenceLink.id.desc()).limit(1)
    )
    used = unit.connection.execute(newest).first()
    if used is None:
        raise UserError("这个文件已经没有记录使用", "请从电脑里重新添加")
    use = Use("", used.caption, used.day, used.box, used.page, used.name)
    return _link(unit, stored, slot_of(ledger, slot), used.evidence_id, use)


def _link(unit: Unit, stored: Stored, slot: EvidenceSlot, evidence: int, use: Use) -> Attached:
    uses = attached(unit.connection, [stored.id])
    digest = unit.connection.scalar(select(Evidence.sha256).where(Evidence.id == evidence))
    if any(each.sha256 == digest and each.slot == slot.key for each in uses):
        raise UserError(f"“{use.name}”已经附在 {stored.number} 的“{slot.title}”里", "不必重复添加")
    link = {
        "id": unit.next_id("evidence_link"),
        "record_id": stored.id,
        "evidence_id": evidence,
        "slot": slot.key,
        "name": use.name[:255],
        "caption": use.caption,
        "day": use.day,
        "box": use.box,
        "page": use.page,
        "position": max((each.position for each in uses), default=-1) + 1,
    }
    unit.insert("evidence_link", [link], "record_id")
    return next(each for each in attached(unit.connection, [stored.id]) if each.link == link["id"])


def detach(unit: Unit, link: int, record: int) -> None:
    """Take a file off a record; the file itself stays, for undo, backups and other records.

    The last file of a slot that the record's stage rests on (整改后照片 of a closed hazard) is not taken off.
    """
    ledger, stored = unit.living(record)
    _refuse_bare(ledger, stored, attached(unit.connection, [record]), {link})
    unit.delete("evidence_link", link, record)


def describe(unit: Unit, link: int, record: int, said: Mapping[str, Any]) -> None:
    """Write what is said of a file on a record: caption, day, box, page, those given."""
    unit.living(record)
    unit.update("evidence_link", link, said, record)


def arrange(unit: Unit, record: int, links: Sequence[int], slot: str, place: int) -> None:
    """Put files of a record into a slot, before what stands at `place` there now; nothing else changes its order."""
    ledger, stored = unit.living(record)
    wanted, uses = slot_of(ledger, slot), attached(unit.connection, [record])
    moved = [each for key in links for each in uses if each.link == key]
    _refuse_bare(ledger, stored, uses, {each.link for each in moved if each.slot != wanted.key})
    there = [each for each in uses if each.slot == wanted.key]
    known = {each.sha256 for each in there if each not in moved}
    for twice in (each for each in moved if each.sha256 in known):
        raise UserError(f"“{twice.name}”已经附在 {stored.number} 的“{wanted.title}”里", "移除其中一个就可以")
    ahead = [each for each in there[:place] if each not in moved]
    behind = [each for each in there[place:] if each not in moved]
    others = [each for each in uses if each not in moved and each.slot != wanted.key]
    for position, each in enumerate([*others, *ahead, *moved, *behind]):
        values = {"position": position, "slot": wanted.key if each in moved else each.slot}
        unit.update("evidence_link", each.link, values, record)


def _refuse_bare(ledger: Ledger, stored: Stored, uses: Sequence[Attached], gone: Collection[int]) -> None:
    """Refuse to empty a slot that the record's stage rests on."""
    if ledger.workflow is None or not gone:
        return
    stage = stored.values[ledger.workflow.stage.key]
    for slot in (each for each in ledger.evidence if stage in each.needed_by):
        there = {each.link for each in uses if each.slot == slot.key}
        if there and there <= set(gone):
            raise UserError(f"“{stage.value}”的记录不能没有{slot.title}", "请先添加新的再移除旧的")


def other_uses(connection: Connection, record: int, digests: Collection[str]) -> dict[str, list[str]]:
    """Return the numbers of other living records that use files: SHA-256 -> numbers, in order."""
    found: dict[str, list[str]] = {}
    statement = (
        select(Evidence.sha256, Record.number, Record.id)
        .join(EvidenceLink, EvidenceLink.evidence_id == Evidence.id)
        .join(Record, Record.id == EvidenceLink.record_id)
        .where(Record.removed_at.is_(None), Record.id != record)
        .order_by(Record.id)
        .distinct()
    )
    for part in chunks(sorted(digests)):
        for sha256, number, _ in connection.execute(statement.where(Evidence.sha256.in_(part))):
            found.setdefault(sha256, []).append(number)
    return found


def attached(connection: Connection, records: Iterable[int]) -> list[Attached]:
    """Return the files of records, in the order of record ids and of attaching."""
    statement = (
        select(EvidenceLink, Evidence.sha256, Evidence.media_type, Evidence.size, Evidence.taken_on)
        .join(Evidence, Evidence.id == EvidenceLink.evidence_id)
        .order_by(EvidenceLink.record_id, EvidenceLink.position, EvidenceLink.id)
    )
    return [
        _attached(row)
        for part in chunks(sorted(set(records)))
        for row in connection.execute(statement.where(EvidenceLink.record_id.in_(part)))
    ]


def _attached(row: Any) -> Attached:
    return Attached(
        row.id,
        row.record_id,
        row.slot,
        row.sha256,
        row.name,
        row.media_type,
        row.size,
        row.taken_on,
        row.caption,
        row.day,
        row.box,
        row.page,
        row.position,
    )


def date_warning(each: Attached, days: Iterable[date], most: int = 30) -> str | None:
    """Return a sentence where a photo's date lies more than `most` days from every date of its record.

    Its date is the day the officer says it shows, else its own (EXIF, file name).
    """
    own = each.day or each.taken_on
    if not each.is_photo or own is None:
        return None
    apart = min((abs((own - day).days) for day in days), default=0)
    return f"照片“{each.name}”的日期与活动日期差{apart}天" if apart > most else None
