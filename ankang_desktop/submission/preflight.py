"""What must be looked at before a package leaves: personal data in records and photos, each finding linked.

个人信息保护法 第28条, domain.md §8: numbers of identity cards, mobiles and bank cards, words about a woman's
pregnancy, the name of a whistle-blower, the place where a photo was taken. Nothing is changed here; masking happens
in the copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Text
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.store.evidence import EvidenceStore, attached
from ankang_desktop.store.query import Stored, fetch_all, ids_of
from ankang_desktop.submission.containers import mapped
from ankang_desktop.submission.privacy import mask, scan_photo, scan_text

_CASES = re.compile("怀孕|孕期|孕妇|保胎|流产|产假|哺乳期")
_HIDDEN = "（涉及个人健康，已隐去）"


@dataclass(frozen=True)
class Concern:
    """One thing that must not leave as it is: its kind, the record or file, where in it, and what will be done."""

    kind: str
    number: str
    where: str
    excerpt: str
    remedy: str

    @property
    def text(self) -> str:
        """Return the concern in one line."""
        return f"{self.kind}：{self.number} {self.where} {self.excerpt}——{self.remedy}"


def record_concerns(connection: Connection, ledgers: Iterable[Ledger]) -> Iterator[Concern]:
    """Yield what the records of these ledgers hold that must be masked."""
    for ledger in ledgers:
        for stored in fetch_all(connection, ledger, ids_of(connection, ledger)):
            yield from _concerns(ledger, stored)


def photo_concerns(connection: Connection, store: EvidenceStore, records: Sequence[int]) -> Iterator[Concern]:
    """Yield the photos among these records' files that tell where they were taken, each file once."""
    seen: set[str] = set()
    for each in attached(connection, list(records)):
        if each.is_photo and each.sha256 not in seen:
            seen.add(each.sha256)
            with store.path_of(each.sha256).open("rb") as stream, mapped(stream) as data:
                for finding in scan_photo(data, each.name):
                    yield Concern(finding.kind, each.name, "", finding.excerpt, "副本中去除，原件不变")


def cleaned(ledger: Ledger, stored: Stored) -> Stored:
    """Return a record as it may leave: numbers masked, words about a case hidden, a whistle-blower anonymous."""
    values = _clean(ledger.fields, stored.values)
    if stored.values.get("source") is Source.whistleblower:
        values["anonymous"] = True
    rows = {lines.key: [_clean(lines.fields, row) for row in stored.rows[lines.key]] for lines in ledger.lines}
    return replace(stored, values=values, rows=rows)


def _clean(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
    texts = {key for key, each in fields.items() if isinstance(each.kind, Text)}
    return {key: _clean_text(value) if key in texts and value else value for key, value in values.items()}


def _clean_text(text: str) -> str:
    return _HIDDEN if _CASES.search(text) else mask(text)


def _concerns(ledger: Ledger, stored: Stored) -> Iterator[Concern]:
    for label, text in _texts(ledger, stored):
        for finding in scan_text(text, label):
            yield Concern(finding.kind, stored.number, label, finding.excerpt, "副本中以*号遮盖")
        if found := _CASES.search(text):
            yield Concern("女职工个案", stored.number, label, f"…{found[0]}…", "副本中只报人数，不含个案")
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


def all_concerns(
    connection: Connection, ledgers: Ledgers, store: EvidenceStore, records: Sequence[int]
) -> list[Concern]:
    """Return every concern of a workspace and of the files that would leave."""
    return [*record_concerns(connection, ledgers), *photo_concerns(connection, store, records)]
