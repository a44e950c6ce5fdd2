"""Which record a row means: the one of its number, else the one of the ledger's identity, else a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.record import Record
from ankang_desktop.exchange.drafts import Draft
from ankang_desktop.exchange.understanding import is_running_number
from ankang_desktop.store.query import statement_of

Identity = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The record a draft means (None: a new one), whether by its number, and why it cannot be ("" if it can)."""

    record: int | None = None
    by_number: bool = False
    refusal: str = ""
    note: str = ""


class Matcher:
    """Matches the drafts of one workbook; no record is meant twice."""

    def __init__(self, connection: Connection, ledger: Ledger) -> None:
        self.ledger = ledger
        self._keys = [each.key for each in ledger.identity]
        self._living: dict[str, int] = {}
        self._removed: set[str] = set()
        statement = select(Record.number, Record.id, Record.removed_at).where(Record.ledger == ledger.key)
        for number, key, removed in connection.execute(statement):
            if removed is None:
                self._living[number] = key
            else:
                self._removed.add(number)
        self._same: dict[Identity, list[int]] = {}
        columns = [getattr(ledger.record, key) for key in self._keys]
        for key, *identity in connection.execute(statement_of(ledger, Record.id, *columns).order_by(Record.id)):
            self._same.setdefault(tuple(identity), []).append(key)
        self._meant: dict[int, Draft] = {}
        self._seen: dict[Identity, list[Draft]] = {}

    def match(self, drafts: list[Draft]) -> list[Match]:
        """Return what each draft means; numbers first, so that an identity never takes a numbered row's record."""
        by_number = [self._by_number(draft) for draft in drafts]
        return [known or self._otherwise(draft) for draft, known in zip(drafts, by_number, strict=True)]

    def owner(self, values: Mapping[str, Any]) -> int | None:
        """Return the stored record of an identity."""
        return next(iter(self._same.get(tuple(values.get(key) for key in self._keys), [])), None)

    def _by_number(self, draft: Draft) -> Match | None:
        if draft.mark in self._removed:
            return Match(refusal=f"编号“{draft.mark}”的记录在回收站里，请先恢复它，或清空编号作为新记录导入")
        record = self._living.get(draft.mark)
        if record is None:
            return None
        if (other := self._meant.setdefault(record, draft)) is not draft:
            return Match(refusal=f"编号“{draft.mark}”与{other.seen_from(draft)}重复，请删去一行")
        return Match(record, by_number=True)

    def _otherwise(self, draft: Draft) -> Match:
        if draft.is_lone:
            named = f"编号“{draft.mark}”" if draft.mark else "编号为空，"
            return Match(refusal=f"{named}在“{self.ledger.title}”表中没有对应的行，请填所属记录的编号或临时编号")
        if self.ledger.single:
            return self._single(draft)
        identity = tuple(draft.values.get(key) for key in self._keys)
        note = self._unknown_number(draft)
        if any(value is not None for value in identity):
            twins = self._seen.setdefault(identity, [])
            twins.append(draft)
            if refusal := self._twin(draft, twins[:-1]):
                return Match(refusal=refusal)
            if (
                record := next((key for key in self._same.get(identity, []) if key not in self._meant), None)
            ) is not None:
                self._meant[record] = draft
                return Match(record)
            note = note or self._again(draft, twins[:-1])
        return Match(note=note)

    def _single(self, draft: Draft) -> Match:
        record = next(iter(self._living.values()), None)
        others = self._seen.setdefault((), [])
        others.append(draft)
        return Match(refusal=f"{self.ledger.title}只能有一条记录，请只留一行") if len(others) > 1 else Match(record)

    def _twin(self, draft: Draft, others: list[Draft]) -> str:
        """Return why a draft may not stand beside others of its identity in one workbook."""
        for other in others:
            if self.ledger.unique or _alike(draft, other):
                return f"与{other.seen_from(draft)}重复，请删去一行"
        return ""

    def _again(self, draft: Draft, others: list[Draft]) -> str:
        """Say that another worksheet has the same thing: a list carried on from month to month, perhaps."""
        other = next((each for each in others if each.sheet != draft.sheet), None)
        if other is None:
            return ""
        labels = "、".join(self.ledger.labels[key] for key in self._keys)
        return f"{labels}与{other.seen_from(draft)}相同，会另记一条；若是同一件事，请删去一行"

    def _unknown_number(self, draft: Draft) -> str:
        return (
            f"编号“{draft.mark}”在本工作区没有，按新增处理并重新编号"
            if is_running_number(draft.mark, self.ledger)
            else ""
        )


def _alike(one: Draft, other: Draft) -> bool:
    def lines(draft: Draft) -> dict[str, list[dict[str, Any]]]:
        return {key: [row.values for row in rows] for key, rows in draft.lines.items()}

    return one.values == other.values and one.inline == other.inline and lines(one) == lines(other)
