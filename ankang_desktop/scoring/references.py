"""Records as papers name them: a light key while counting, a full reference when shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, select

from ankang_desktop.declare.kinds import Text
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.record import Record
from ankang_desktop.store.query import lacking

MOST = 2000
"""How many references a number carries along; how many there are in all is always counted."""


class Key(NamedTuple):
    """A record: its ledger and its id."""

    ledger: str
    id: int


@dataclass(frozen=True)
class Ref:
    """A record as it is shown: running number, words, day, where the paper lies (“盒3 页12”)."""

    ledger: str
    id: int
    number: str
    title: str
    day: date | None
    place: str

    @property
    def text(self) -> str:
        """Return the reference in one line."""
        return f"{self.number} {self.title}" + (f"（{self.place}）" if self.place else "")


class Flaw(NamedTuple):
    """What is wrong with a record that may well be proven, and how to mend it."""

    why: str
    cure: str


@dataclass(frozen=True)
class Failing:
    """A record that does not count, why, and how to mend it."""

    ref: Ref
    why: str
    cure: str


def references(
    connection: Connection, ledgers: Ledgers, keys: Iterable[Key], most: int | None = MOST
) -> tuple[Ref, ...]:
    """Return the references of keys in their order, at most `most` of them."""
    wanted = list(islice(dict.fromkeys(keys), most))
    found: dict[int, Ref] = {}
    for ledger, ids in _by_ledger(wanted).items():
        for part in (ids[at : at + 500] for at in range(0, len(ids), 500)):
            found |= _read(connection, ledgers[ledger], part)
    return tuple(found[key.id] for key in wanted if key.id in found)


def failing(
    connection: Connection, ledgers: Ledgers, keys: Iterable[Key], flaws: Mapping[Key, Sequence[Flaw]]
) -> tuple[Failing, ...]:
    """Return why records do not count: what they lack of proof, and the flaws measures found in them."""
    wanted = list(islice(dict.fromkeys(keys), MOST))
    lacks: dict[int, list[str]] = {}
    for ledger, ids in _by_ledger(wanted).items():
        lacks |= lacking(connection, ledgers[ledger], ids)
    found = []
    for ref in references(connection, ledgers, wanted):
        told = [*_unproven(lacks.get(ref.id)), *flaws.get(Key(ref.ledger, ref.id), ())]
        told = told or [Flaw("未达到本项要求", "核对本项要求后改正")]
        why, cure = ("；".join(dict.fromkeys(each)) for each in zip(*told, strict=True))
        found.append(Failing(ref, why, f"打开{ref.number}，{cure}"))
    return tuple(found)


def _unproven(lacking: list[str] | None) -> tuple[Flaw, ...]:
    missing = "、".join(lacking or ())
    return (Flaw(f"缺 {missing}", f"补上{missing}"),) if missing else ()


def _by_ledger(keys: Iterable[Key]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key in keys:
        found.setdefault(key.ledger, []).append(key.id)
    return found


def _read(connection: Connection, ledger: Ledger, ids: list[int]) -> dict[int, Ref]:
    name = next((key for key in ("title", "name", "topic", "description") if _is_text(ledger, key)), None)
    words = [getattr(ledger.record, name)] if name else []
    statement = select(Record.id, Record.number, Record.day, Record.box, Record.page, *words)
    rows = connection.execute(statement.select_from(ledger.record).where(Record.id.in_(ids))).all()
    return {
        key: Ref(ledger.key, key, number, (title[0] if title else None) or ledger.title, day, _place(box, page))
        for key, number, day, box, page, *title in rows
    }


def _is_text(ledger: Ledger, key: str) -> bool:
    return key in ledger.own_fields and isinstance(ledger.own_fields[key].kind, Text)


def _place(box: str | None, page: str | None) -> str:
    return " ".join(f"{mark}{value}" for mark, value in (("盒", box), ("页", page)) if value)
