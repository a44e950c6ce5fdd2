"""What must be looked at before a package leaves: personal data in records and photos, each finding linked.

个人信息保护法 第28条, domain.md §8: numbers of identity cards, mobiles and bank cards, words about a woman's
pregnancy, the name of a whistle-blower, the place where a photo was taken. Nothing is changed here; masking happens
in the copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Names, Text
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.kernel.text import join
from ankang_desktop.ledgers.enterprise.people import Employee
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.store.evidence import Attached, EvidenceStore
from ankang_desktop.store.query import Stored, fetch_all, ids_of
from ankang_desktop.submission.containers import Broken, mapped, parts_of
from ankang_desktop.submission.items import Item
from ankang_desktop.submission.leaving import COUNTED_FIELDS, COUNTED_ONLY, Claim, files_of, ledgers_leaving
from ankang_desktop.submission.privacy import NameMask, mask, scan_item, scan_photo, scan_text

_CASES = re.compile("怀孕|孕期|孕妇|保胎|流产|产假|哺乳期")
_HIDDEN = "（涉及个人健康，已隐去）"
_AS_COUNTS = "副本中只报人数，不含个案"
_QUIET = Quiet()


@dataclass(frozen=True)
class Concern:
    """One thing that must not leave as it is: its kind, the record or file, where in it, and what will be done.

    `numbers` are all the records it concerns, where `number` names several in words.
    """

    kind: str
    number: str
    where: str
    excerpt: str
    remedy: str
    numbers: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[str, ...]:
        """Return the numbers of the records concerned."""
        return self.numbers or (self.number,)

    @property
    def text(self) -> str:
        """Return the concern in one line."""
        return f"{self.kind}：{self.number} {self.where} {self.excerpt}——{self.remedy}"


def all_concerns(
    connection: Connection,
    ledgers: Ledgers,
    store: EvidenceStore,
    claims: Sequence[Claim],
    progress: Progress = _QUIET,
) -> list[Concern]:
    """Return every concern of the ledgers that leave, as records or counts, and of the photos that would leave."""
    known = [*ledgers_leaving(ledgers), *(ledgers[key] for key in sorted(COUNTED_ONLY))]
    found: list[Concern] = []
    for done, ledger in enumerate(known):
        progress.step(f"检查{ledger.title}", done, len(known))
        found += record_concerns(connection, [ledger])
    progress.step("检查照片")
    return [*found, *photo_concerns(connection, ledgers, store, claims)]


def file_concerns(
    connection: Connection,
    ledgers: Ledgers,
    store: EvidenceStore,
    claims: Sequence[Claim],
    progress: Progress = _QUIET,
) -> Iterator[Concern]:
    """Yield what only the person can mend before a package leaves, for the package would refuse it.

    That is: numbers inside attached files, photos that keep their position because they cannot be taken apart.
    """
    numbers = {claim.record: claim.number for claim in claims}
    known: set[str] = set()
    files = files_of(connection, ledgers, store, claims)
    for done, (record, mine) in enumerate(files.items()):
        progress.step("检查附件", done, len(files))
        for each in mine.leaving:
            if each.sha256 not in known:
                known.add(each.sha256)
                yield from _file_concerns(store.path_of(each.sha256), each, numbers[record])


def _file_concerns(path: Path, each: Attached, number: str) -> Iterator[Concern]:
    if not each.is_photo:
        scanned = Item(f"{each.sha256[:8]}{Path(each.name).suffix}", path, datetime(2000, 1, 1))
        for found in scan_item(scanned):
            where = found.where.replace(scanned.path, each.name)
            yield Concern(found.kind, number, f"附件 {where}", found.excerpt, "请修改这个文件后换上，或从记录移除")
        return
    with path.open("rb") as stream, mapped(stream) as data:
        try:
            parts_of(data)
        except Broken:
            for found in scan_photo(data, each.name):
                yield Concern(found.kind, number, f"照片 {each.name}", found.excerpt, "请另存为 JPEG 后换上这张照片")


def record_concerns(connection: Connection, ledgers: Iterable[Ledger]) -> Iterator[Concern]:
    """Yield what the records of these ledgers hold that must be masked."""
    for ledger in ledgers:
        for stored in fetch_all(connection, ledger, ids_of(connection, ledger)):
            yield from _concerns(ledger, stored)


def photo_concerns(
    connection: Connection, ledgers: Ledgers, store: EvidenceStore, claims: Sequence[Claim]
) -> Iterator[Concern]:
    """Yield, for each kind of finding, how many photos that would leave tell it, and of which records they are."""
    numbers = {claim.record: claim.number for claim in claims}
    found: dict[str, dict[str, str]] = {}
    for record, files in files_of(connection, ledgers, store, claims).items():
        for each in files.leaving:
            if each.is_photo:
                with store.path_of(each.sha256).open("rb") as stream, mapped(stream) as data:
                    for finding in scan_photo(data, each.name):
                        found.setdefault(finding.kind, {}).setdefault(each.sha256, numbers[record])
    for kind, photos in found.items():
        records = join(list(dict.fromkeys(photos.values())))
        named = tuple(dict.fromkeys(photos.values()))
        yield Concern(kind, records, f"照片{len(photos)}张", "", "副本中去除，原件不变", named)


def tells_of_a_case(stored: Stored, ledger: Ledger) -> bool:
    """Say whether a record's words tell of one woman's pregnancy or nursing."""
    return any(_CASES.search(text) for _, text in _texts(ledger, stored))


class Cleaner:
    """Makes records and words as they may leave: names and numbers masked, single cases hidden."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = NameMask(names)

    @classmethod
    def of(cls, connection: Connection) -> Cleaner:
        """Return the cleaner that knows everyone ever on the roster."""
        return cls(connection.scalars(select(Employee.name)))

    def text(self, text: str) -> str:
        """Return words as they may leave."""
        return _HIDDEN if _CASES.search(text) else self._names(mask(text))

    def record(self, ledger: Ledger, stored: Stored) -> Stored:
        """Return a record as it may leave, a whistle-blower anonymous."""
        values = self._values(ledger.fields, stored.values)
        values |= dict.fromkeys(COUNTED_FIELDS.get(ledger.key, ()))
        if stored.values.get("source") is Source.whistleblower:
            values["anonymous"] = True
        rows = {
            lines.key: [self._values(lines.fields, row) for row in stored.rows[lines.key]] for lines in ledger.lines
        }
        return replace(stored, values=values, rows=rows)

    def _values(self, fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
        texts = {key for key, each in fields.items() if isinstance(each.kind, Text)}
        return {key: self.text(value) if key in texts and value else value for key, value in values.items()}


class CleanNames:
    """Names of linked records as they may leave."""

    def __init__(self, names: Names, cleaner: Cleaner) -> None:
        self._names, self._cleaner = names, cleaner
        self._known: dict[tuple[str, int], str] = {}

    def name_of(self, ledger: str, key: int) -> str:
        """Return how a record is called, masked."""
        if (ledger, key) not in self._known:
            self._known[ledger, key] = self._cleaner.text(self._names.name_of(ledger, key))
        return self._known[ledger, key]

    def code_name(self, of: str, code: str) -> str:
        """Return what a code stands for."""
        return self._names.code_name(of, code)

    def find(self, ledger: str, text: str) -> list[int]:
        """Return the records a text names."""
        return self._names.find(ledger, text)


def _concerns(ledger: Ledger, stored: Stored) -> Iterator[Concern]:
    masked = _AS_COUNTS if ledger.key in COUNTED_ONLY else "副本中以*号遮盖"
    for label, text in _texts(ledger, stored):
        for finding in scan_text(text, label):
            yield Concern(finding.kind, stored.number, label, finding.excerpt, masked)
        if found := _CASES.search(text):
            remedy = _AS_COUNTS if ledger.key in COUNTED_ONLY else "副本中隐去这段文字"
            yield Concern("女职工个案", stored.number, label, f"…{found[0]}…", remedy)
    if stored.values.get("source") is Source.whistleblower and stored.values.get("reporter"):
        yield Concern("举报人姓名", stored.number, ledger.labels["reporter"], "", "副本中写“匿名”")


def _texts(ledger: Ledger, stored: Stored) -> Iterator[tuple[str, str]]:
    for key, each in ledger.fields.items():
        if isinstance(each.kind, Text) and stored.values[key]:
            yield each.label, stored.values[key]
    for lines in ledger.lines:
        for row in stored.rows[lines.key]:
            for key, each in lines.fields.items():
                if isinstance(each.kind, Text) and row[key]:
                    yield f"{lines.title}·{each.label}", row[key]
