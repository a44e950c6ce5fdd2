"""The yearly clean-up: what is beyond its period, what of it must stay and why, and the rest put into the trash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ankang_desktop.actions.keeping_periods import Period, beyond, open_clauses, periods
from ankang_desktop.app import App
from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.organisation import Registration
from ankang_desktop.programme.keeping import LEAVERS, Kind, kind_of, kinds
from ankang_desktop.scoring.references import Key, Ref, references
from ankang_desktop.store.frozen import frozen_papers
from ankang_desktop.store.query import chunks, statement_of

_NUMBER = re.compile(r'"([A-Z]+-\d{4}-\d{4,})"')
_UNFINISHED = "事情还没有办完（未销号、合同有效、督导意见未整改）"
_LINKED = "和还没有办完的事情有关联"
_CYCLE = "在本竞赛周期内，评比可能还要用"


@dataclass(frozen=True)
class Due:
    """One kind of records today: its period, what may go (`ids`), what must stay (`held`: id -> why)."""

    key: str
    ledger: str
    title: str
    period: Period
    suggested: str
    note: str
    ids: tuple[int, ...]
    held: dict[int, str]
    first: date | None
    last: date | None

    @property
    def is_of_leavers(self) -> bool:
        """Say whether these are people who left: they are made anonymous, not removed."""
        return self.key == LEAVERS


def due_today(app: App, progress: Progress) -> list[Due]:
    """Return every kind of records with what is beyond its period as of today."""
    found, listed = [], list(kinds(app.ledgers))
    with app.read() as connection:
        known, holds = periods(connection, app.ledgers), _Holds(app, connection)
        for done, kind in enumerate(listed):
            progress.step("核对保存期限", done, len(listed))
            found.append(_due(connection, app, kind, known[kind.key], holds))
    return found


def why_held(app: App, due: Due) -> list[dict[str, Any]]:
    """Return the records of a kind that are beyond their period and stay, each with its reason, to be listed."""
    with app.read() as connection:
        refs = references(connection, app.ledgers, [Key(due.ledger, each) for each in due.held], None)
    return [{"number": ref.number, "title": _told(ref, due), "day": ref.day, "place": ref.place} for ref in refs]


def clean_up(app: App, key: str, progress: Progress) -> int:
    """Put what is beyond its period of one kind into the trash as one step; returns how many records."""
    kind = kind_of(app.ledgers, key)
    with app.begin(f"清理超过保存期限的{kind.title}") as unit:
        connection = unit.connection
        due = _due(connection, app, kind, periods(connection, app.ledgers)[key], _Holds(app, connection))
        if not due.ids or due.is_of_leavers:
            raise UserError(f"{kind.title}没有超过保存期限、可以清理的记录", "清单会重新核对")
        for done, record in enumerate(due.ids):
            progress.step("移入回收站", done, len(due.ids))
            unit.expire(record)
        unit.title = f"清理{len(due.ids)}条超过保存期限的{kind.title}"
    return len(due.ids)


def _told(ref: Ref, due: Due) -> str:
    return f"{due.held[ref.id]}：{ref.title}"


def _due(connection: Connection, app: App, kind: Kind, period: Period, holds: _Holds) -> Due:
    cutoff = period.cutoff(app.clock.today())
    over = beyond(connection, kind, cutoff) if cutoff is not None else []
    held = holds.of(kind.ledger, [key for key, _ in over]) if kind.key != LEAVERS else {}
    going = [(key, day) for key, day in over if key not in held]
    said = kind.suggestion
    return Due(
        kind.key,
        kind.ledger.key,
        kind.title,
        period,
        Period(said.years, said.forever).text if said and (said.years or said.forever) else "",
        said.note if said else "",
        tuple(key for key, _ in going),
        held,
        going[0][1] if going else None,
        going[-1][1] if going else None,
    )


class _Holds:
    """What keeps a record although its time is over; made once for a whole list."""

    def __init__(self, app: App, connection: Connection) -> None:
        self._app, self._connection = app, connection
        self._open = open_clauses(app.clock.today())
        self._numbers, self._spans = _named_by_papers(connection)
        self._cycle = cycle_start(connection, app)

    def of(self, ledger: Ledger, ids: Sequence[int]) -> dict[int, str]:
        """Return those of the ids that stay, each with the weightiest reason."""
        found: dict[int, str] = {}
        for part in chunks(ids):
            for rows in (self._recent(part), self._linked(ledger, part), self._unfinished(ledger, part)):
                found |= rows
            found |= self._on_paper(ledger, part)
        return found

    def _recent(self, ids: Sequence[int]) -> dict[int, str]:
        statement = select(Record.id).where(Record.id.in_(ids), Record.day >= self._cycle)
        return dict.fromkeys(self._connection.scalars(statement), _CYCLE)

    def _unfinished(self, ledger: Ledger, ids: Sequence[int]) -> dict[int, str]:
        if ledger.key not in self._open:
            return {}
        statement = statement_of(ledger, Record.id).where(Record.id.in_(ids), self._open[ledger.key])
        return dict.fromkeys(self._connection.scalars(statement), _UNFINISHED)

    def _linked(self, ledger: Ledger, ids: Sequence[int]) -> dict[int, str]:
        """Return the records that something unfinished points to, and those that point to it."""
        found: dict[int, str] = {}
        for key, clause in self._open.items():
            other = self._app.ledgers[key]
            for name in _links(other, ledger.key):
                column = getattr(other.record, name)
                there = statement_of(other, column).where(clause, column.in_(ids))
                found |= dict.fromkeys(self._connection.scalars(there), _LINKED)
            for name in _links(ledger, key):
                column = getattr(ledger.record, name)
                unfinished = statement_of(other, Record.id).where(clause)
                here = select(ledger.record.id).where(ledger.record.id.in_(ids), column.in_(unfinished))
                found |= dict.fromkeys(self._connection.scalars(here), _LINKED)
        return found

    def _on_paper(self, ledger: Ledger, ids: Sequence[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for key, number, day in self._connection.execute(
            select(Record.id, Record.number, Record.day).where(Record.id.in_(ids))
        ):
            title = self._numbers.get(number) or next(
                (each.title for each in self._spans if each.holds(ledger.key, day)), None
            )
            if title:
                found[key] = f"“{title}”用到它"
        return found


def _links(ledger: Ledger, to: str) -> Iterator[str]:
    return (name for name, each in ledger.own_fields.items() if isinstance(each.kind, Link) and each.kind.ledger == to)


@dataclass(frozen=True)
class _Span:
    """A frozen card that counts more records of a ledger than it names: all of its period belong to it."""

    title: str
    ledgers: frozenset[str]
    start: date
    end: date

    def holds(self, ledger: str, day: date | None) -> bool:
        return ledger in self.ledgers and day is not None and self.start <= day <= self.end


def _named_by_papers(connection: Connection) -> tuple[dict[str, str], list[_Span]]:
    """Return the running numbers that frozen and handed-in papers name, with the paper, and the spans of those cut."""
    numbers: dict[str, str] = {}
    spans = []
    for paper in frozen_papers(connection):
        text = json.dumps(paper.content, ensure_ascii=False)
        numbers |= dict.fromkeys(_NUMBER.findall(text), paper.title)
        cut = frozenset(_cut(paper.content))
        if cut and {"start", "end"} <= paper.content.keys():
            start, end = (date.fromisoformat(paper.content[key]) for key in ("start", "end"))
            spans.append(_Span(paper.title, cut, start, end))
    return numbers, spans


def _cut(content: Any) -> Iterator[str]:
    """Yield the ledgers of which a paper counts more records than it names."""
    if isinstance(content, dict):
        used = content.get("used")
        if isinstance(used, list) and content.get("used_count", 0) > len(used):
            yield from (each["ledger"] for each in used)
        content = list(content.values())
    if isinstance(content, list):
        for each in content:
            yield from _cut(each)


def cycle_start(connection: Connection, app: App) -> date:
    """Return the first day of the competition cycle of two years that today falls in, as it was registered."""
    today = app.clock.today()
    first = today.year - 1
    for cycle in connection.scalars(statement_of(app.ledgers["registration"], Registration.cycle)):
        years = [int(each) for each in re.findall(r"\d{4}", cycle)]
        if years and min(years) <= today.year <= max(years):
            first = min(first, *years)
    return date(first, 1, 1)
