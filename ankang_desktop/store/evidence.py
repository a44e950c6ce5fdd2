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
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import flush, world
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.store.photo_dates import taken_on
from ankang_desktop.store.query import chunks
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

    @property
    def is_photo(self) -> bool:
        """Whether the file is a picture."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Use:
    """How a record uses a file: the slot, and what is said of it there."""

    slot: str = "proof"
    caption: str | None = None
    day: date | None = None
    box: str | None = None
    page: str | None = None


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


def attach(unit: Unit, store: EvidenceStore, record: int, source: Path, use: Use) -> Attached:
    """Attach a file to a record inside a unit; the same file on the same slot twice is refused by name."""
    ledger, stored = unit.stored(record)
    slots = {slot.key: slot.title for slot in ledger.evidence}
    slot = next((key for key, title in slots.items() if use.slot in {key, title}), None)
    if slot is None:
        raise UserError(f"{ledger.title}没有“{use.slot}”这一栏佐证", "可用的有：" + "、".join(slots.values()))
    digest, size = store.keep(source)
    evidence = unit.connection.scalar(select(Evidence.id).where(Evidence.sha256 == digest))
    if evidence is None:
        evidence = unit.next_id("evidence")
        row = {
            "id": evidence,
            "sha256": digest,
            "size": size,
            "media_type": mimetypes.guess_type(source.name)[0] or "application/octet-stream",
            "taken_on": taken_on(store.path_of(digest), source.name),
            "added_at": unit.clock.now(),
        }
        unit.insert("evidence", [row], None)
    uses = attached(unit.connection, [record])
    if any(each.sha256 == digest and each.slot == slot for each in uses):
        raise UserError(f"“{source.name}”已经附在 {stored.number} 的“{slots[slot]}”里", "不必重复添加")
    link = {
        "id": unit.next_id("evidence_link"),
        "record_id": record,
        "evidence_id": evidence,
        "slot": slot,
        "name": source.name[:255],
        "caption": use.caption,
        "day": use.day,
        "box": use.box,
        "page": use.page,
        "position": len(uses),
    }
    unit.insert("evidence_link", [link], "record_id")
    return next(each for each in attached(unit.connection, [record]) if each.link == link["id"])


def detach(unit: Unit, link: int, record: int) -> None:
    """Take a file off a record; the file itself stays, for undo, backups and other records.

    The last file of a slot that the record's stage rests on (整改后照片 of a closed hazard) is not taken off.
    """
    ledger, stored = unit.living(record)
    uses = attached(unit.connection, [record])
    slot = next((each.slot for each in uses if each.link == link), "")
    if ledger.workflow and sum(each.slot == slot for each in uses) == 1:
        stage = stored.values[ledger.workflow.stage.key]
        for needed in (each for each in ledger.evidence if each.key == slot and stage in each.needed_by):
            raise UserError(f"“{stage.value}”的记录不能没有{needed.title}", "请先添加新的再移除旧的")
    unit.delete("evidence_link", link, record)


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
    )


def date_warning(each: Attached, days: Iterable[date], most: int = 30) -> str | None:
    """Return a sentence where a photo's own date lies more than `most` days from every date of its record."""
    if not each.is_photo or each.taken_on is None:
        return None
    apart = min((abs((each.taken_on - day).days) for day in days), default=0)
    return f"照片“{each.name}”的日期与活动日期差{apart}天" if apart > most else None
