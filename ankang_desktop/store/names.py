"""How linked records are called, and which records a text may mean.

Names are read as they are asked for: some by their ids, many beforehand (`prime`, `ahead`), a whole ledger only to find
what a text means or when many were asked for one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.text import half_width
from ankang_desktop.store.query import Stored, chunks

_FEW = 64  # names read one by one before the whole ledger is
_BATCH = 500


Codes = Callable[[str], Mapping[str, str]]
"""What the parts that codes of one sort stand for are called."""


def no_codes(_: str) -> Mapping[str, str]:
    """Know no code: each is written as it is, as a workbook holds it."""
    return {}


class _Called(NamedTuple):
    """What one record is called: short “name”, full “name(code)”."""

    short: str
    full: str


_GONE = _Called("?", "?")


class StoreNames:
    """The names of one moment; make a new one for each piece of work."""

    def __init__(self, connection: Connection, ledgers: Ledgers, codes: Codes = no_codes) -> None:
        self._connection = connection
        self._ledgers = ledgers
        self._codes = codes
        self._called: dict[str, dict[int, _Called]] = {}
        self._ids: dict[str, dict[str, list[int]]] = {}  # of ledgers read whole
        self._asked: Counter[str] = Counter()

    def name_of(self, ledger: str, key: int) -> str:
        """Return how a record is called: “name”, “name(code)”, or its number; “?” where it is gone for good."""
        return self._one(ledger, key).full

    def short_name_of(self, ledger: str, key: int) -> str:
        """Return a record's name without its code, as papers print people."""
        return self._one(ledger, key).short

    def find(self, ledger: str, text: str) -> list[int]:
        """Return the records a text names, those in the trash left out."""
        if ledger not in self._ids:
            self._load(ledger)
        return self._ids[ledger].get(_plain(text), [])

    def code_name(self, of: str, code: str) -> str:
        """Return what people call the part a code stands for; the code itself where nobody knows it."""
        return self._codes(of).get(code, code)

    def prime(self, ledger: str, ids: Iterable[int]) -> None:
        """Read the names of these records now, so that they are not read one by one."""
        if ledger in self._ids:
            return
        known = self._called.setdefault(ledger, {})
        record = self._ledgers[ledger].record
        for part in chunks(sorted(set(ids) - known.keys())):
            known.update(dict.fromkeys(part, _GONE))
            known.update({key: called for key, called, *_ in self._read(ledger, record.id.in_(part))})

    def prime_links(self, fields: Mapping[str, Field], rows: Sequence[Mapping[str, Any]]) -> None:
        """Read the names of every record that these values link to."""
        for key, each in fields.items():
            if isinstance(each.kind, Link):
                self.prime(each.kind.ledger, [row[key] for row in rows if row.get(key) is not None])

    def ahead(self, ledger: Ledger, records: Iterable[Stored]) -> Iterator[Stored]:
        """Yield records of a ledger, the names they and their rows link to read batch by batch beforehand."""
        coming = iter(records)
        while batch := list(islice(coming, _BATCH)):
            self.prime_links(ledger.fields, [each.values for each in batch])
            for lines in ledger.lines:
                self.prime_links(lines.fields, [row for each in batch for row in each.rows.get(lines.key, [])])
            yield from batch

    def _one(self, ledger: str, key: int) -> _Called:
        if ledger not in self._ids and key not in self._called.get(ledger, {}):
            self._asked[ledger] += 1
            if self._asked[ledger] > _FEW:
                self._load(ledger)
            else:
                self.prime(ledger, [key])
        return self._called[ledger].get(key, _GONE)

    def _load(self, ledger: str) -> None:
        names: dict[int, _Called] = {}
        ids: dict[str, list[int]] = {}
        for key, called, removed, words in self._read(ledger):
            names[key] = called
            if not removed:
                for word in dict.fromkeys([called.full, *words]):
                    ids.setdefault(_plain(word), []).append(key)
        self._called[ledger], self._ids[ledger] = names, ids

    def _read(self, key: str, *where: ColumnElement[bool]) -> Iterator[tuple[int, _Called, bool, list[str]]]:
        """Yield id, name, whether in the trash, and the running number with every part of the name."""
        ledger = self._ledgers[key]
        called = [getattr(ledger.record, attribute.key) for attribute in ledger.naming]
        statement = select(ledger.record.id, Record.number, Record.removed_at, *called).where(*where)
        for record, running, removed, *parts in self._connection.execute(statement):
            words = [part for part in parts if part]
            short = (words or [running])[0]
            full = f"{short}({words[1]})" if len(words) > 1 else short
            yield record, _Called(short, full), removed is not None, [running, *words]


def _plain(text: str) -> str:
    return half_width(text).replace(" ", "")
