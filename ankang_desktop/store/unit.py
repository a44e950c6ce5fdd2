"""A unit of work: one named transaction that writes records and returns what changed.

One path serves one record and a hundred thousand: rows go in through Core in bulk, the journal with them, and the
whole is one step of the Undo menu.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, select

from ankang_desktop.declare.draft import Rows, Values, rows_of, settle, stage_problems, values_of
from ankang_desktop.declare.ledger import Ledger, Ledgers, Lines
from ankang_desktop.declare.record import SPINE, Record
from ankang_desktop.declare.workflow import Move
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import Problem, Refused, UserError
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.store import guards
from ankang_desktop.store.database import Database
from ankang_desktop.store.journal import Changes, Written, given, keep_step, redo_step, undo_step
from ankang_desktop.store.query import Stored, entry_of, fetch
from ankang_desktop.store.rows import table_named
from ankang_desktop.store.search import index_again, index_step
from ankang_desktop.store.tables import Change, EvidenceLink

_SPINE_TABLE = "record"


@dataclass
class Unit:
    """The open transaction; use `begin`. `changes` is there once it has ended well; a `sealed` one is not undone.

    Of the `forgotten` records the journal keeps nothing; they are few words of a person or records gone for good.
    """

    connection: Connection
    ledgers: Ledgers
    clock: Clock
    title: str
    sealed: bool = False
    written: list[Written] = field(default_factory=list)
    changes: Changes | None = None
    forgotten: set[int] = field(default_factory=set)
    _next_ids: dict[str, int] = field(default_factory=dict)
    _serials: dict[tuple[str, int], int] = field(default_factory=dict)

    # --- records -----------------------------------------------------------------------------------------------

    def add(self, ledger: Ledger, values: Values, rows: Rows | None = None) -> int:
        """Add one record; returns its id; raises Refused with every problem."""
        return self.add_many(ledger, [(values, rows or {})])[0]

    def add_many(self, ledger: Ledger, drafts: Sequence[tuple[Values, Rows]]) -> list[int]:
        """Add records in bulk; returns their ids; raises Refused at the first that has problems."""
        guards.refuse_second(self.connection, ledger, len(drafts))
        taken = guards.identities(self.connection, ledger) if ledger.unique else {}
        spine: list[dict[str, Any]] = []
        own: list[dict[str, Any]] = []
        inside: dict[str, list[dict[str, Any]]] = {lines.key: [] for lines in ledger.lines}
        for values, rows in drafts:
            entry, problems = settle(ledger, values, rows)
            if problems:
                raise Refused(problems)
            settled = values_of(ledger, entry)
            spine.append(self._spine_row(ledger, settled))
            if (
                ledger.unique
                and taken.setdefault(guards.identity_of(ledger, settled), spine[-1]["id"]) != spine[-1]["id"]
            ):
                raise Refused([guards.twin(self.connection, self.ledgers, ledger, settled)])
            own.append({"id": spine[-1]["id"], **{key: settled[key] for key in ledger.own_fields}})
            for key, lines in rows_of(ledger, entry).items():
                inside[key] += self._line_rows(ledger.line(key).row.__tablename__, spine[-1]["id"], lines)
        guards.refuse_dangling(self.connection, ledger.own_fields, own)
        for lines_of in ledger.lines:
            guards.refuse_dangling(self.connection, lines_of.fields, inside[lines_of.key])
        self.insert(_SPINE_TABLE, spine, "id")
        self.insert(ledger.key, own, "id")
        for lines_of in ledger.lines:
            self.insert(lines_of.row.__tablename__, inside[lines_of.key], "record_id")
        return [row["id"] for row in spine]

    def change(self, record: int, values: Values, rows: Rows | None = None) -> None:
        """Set fields (those given) and lines (those given) of a record; raises Refused, and UserError if it is gone."""
        ledger, stored = self.living(record)
        if problems := stage_problems(ledger, stored.values, values):
            raise Refused(problems)
        self._rewrite(ledger, stored, {**stored.values, **values}, {**stored.rows, **(rows or {})})

    def remove(self, record: int) -> None:
        """Put a record into the trash; a workflow may forbid it (作废 instead)."""
        ledger, stored = self.living(record)
        if ledger.workflow:
            stage = stored.values[ledger.workflow.stage.key]
            if stage not in ledger.workflow.removable:
                raise UserError(f"{stored.number} 的状态是“{stage.value}”，不能删除", "请用“作废”并写明原因")
        self._set_spine(record, {"removed_at": self.clock.now()})

    def restore(self, record: int) -> None:
        """Take a record out of the trash; refused where another has taken its place meanwhile."""
        ledger, stored = self.stored(record)
        if not stored.removed:
            raise UserError(f"{stored.number} 不在回收站", "不用恢复")
        guards.refuse_second(self.connection, ledger, 1)
        guards.refuse_twin(self.connection, self.ledgers, ledger, stored.values, record)
        self._set_spine(record, {"removed_at": None})

    def move(self, record: int, key: str, taken: Values) -> None:
        """Take a step of the workflow with the values it asks for; raises Refused with all that is still needed."""
        ledger, stored = self.living(record)
        move = self._move(ledger, stored, key)
        entry = entry_of(ledger, stored)
        problems = _untaken(move, taken) or _missing(ledger, move, stored, taken) + self._missing_evidence(
            ledger, move, record
        )
        if problems:
            raise Refused(problems)
        if move.does:
            move.does(entry, taken)
        for name, value in taken.items():
            if not move.line:
                setattr(entry, name, value)
        if ledger.workflow and move.target is not None:
            setattr(entry, ledger.workflow.stage.key, move.target)
        self._rewrite(ledger, stored, values_of(ledger, entry), rows_of(ledger, entry))

    def expire(self, record: int) -> None:
        """Put a record whose time to be kept is over into the trash, whatever the stage its workflow has reached."""
        self._set_spine(record, {"removed_at": self.clock.now()})

    def forget(self, record: int) -> None:
        """Keep nothing of a record in the journal, not of this step nor of any before; the step is sealed by it."""
        self.forgotten.add(record)
        self.sealed = True

    def stored(self, record: int) -> tuple[Ledger, Stored]:
        """Return a record as it stands inside this transaction."""
        key = self.connection.scalar(select(Record.ledger).where(Record.id == record))
        if key is None:
            raise UserError("这条记录已经不存在", "请刷新列表后重试")
        ledger = self.ledgers[key]
        return ledger, fetch(self.connection, ledger, [record])[0]

    def living(self, record: int) -> tuple[Ledger, Stored]:
        """Return a record that may be worked on; one in the trash is refused."""
        ledger, stored = self.stored(record)
        if stored.removed:
            raise UserError(f"{stored.number} 在回收站里，不能改动", "请先恢复它")
        return ledger, stored

    # --- rows, each journaled ----------------------------------------------------------------------------------

    def insert(self, table: str, rows: Sequence[dict[str, Any]], record_key: str | None) -> None:
        """Insert rows that carry their ids; `record_key` names the column that says whose history they belong to."""
        if rows:
            self.connection.execute(table_named(table).insert(), list(rows))
            self.written += [
                Written(table, row["id"], row[record_key] if record_key else None, None, row) for row in rows
            ]

    def update(self, table: str, row: int, values: Mapping[str, Any], record: int | None) -> None:
        """Change columns of one row; only those that differ are written, for each has its index to be kept."""
        known = table_named(table)
        before = self._row(known, row)
        if changed := {key: value for key, value in values.items() if value != before[key]}:
            self.connection.execute(known.update().where(known.c.id == row).values(**changed))
            self.written.append(Written(table, row, record, before, {**before, **changed}))

    def delete(self, table: str, row: int, record: int | None) -> None:
        """Delete one row."""
        known = table_named(table)
        before = self._row(known, row)
        self.connection.execute(known.delete().where(known.c.id == row))
        self.written.append(Written(table, row, record, before, None))

    def next_id(self, table: str) -> int:
        """Return the next free id of a table; the transaction is the only writer, so it stays free."""
        if table not in self._next_ids:
            known = [select(func.max(table_named(table).c.id))]
            if table == _SPINE_TABLE:  # what was purged lives on in the journal as a number without words
                known.append(select(func.max(Change.record_id)))
            self._next_ids[table] = max(self.connection.scalar(each) or 0 for each in known)
        self._next_ids[table] += 1
        return self._next_ids[table]

    # --- inside ------------------------------------------------------------------------------------------------

    def _row(self, table: Table, row: int) -> dict[str, Any]:
        return dict(self.connection.execute(table.select().where(table.c.id == row)).mappings().one())

    def _spine_row(self, ledger: Ledger, values: Values) -> dict[str, Any]:
        day: date | None = values[ledger.day.key] if ledger.day is not None else None
        year = (day or self.clock.today()).year
        serial = self._serial(ledger, year)
        return {
            "id": self.next_id(_SPINE_TABLE),
            "ledger": ledger.key,
            "number": f"{ledger.prefix}-{year}-{serial:04d}",
            "serial": serial,
            "year": year,
            "day": day,
            **{key: values.get(key) for key in ("box", "page", "remark")},
            "created_at": self.clock.now(),
            "changed_at": self.clock.now(),
            "removed_at": None,
        }

    def _serial(self, ledger: Ledger, year: int) -> int:
        place = (ledger.key, year)
        if place not in self._serials:
            self._serials[place] = given(self.connection, ledger.key, year)
        self._serials[place] += 1
        return self._serials[place]

    def _line_rows(self, table: str, record: int, rows: Sequence[Values], first: int = 0) -> list[dict[str, Any]]:
        return [
            {"id": self.next_id(table), "record_id": record, "position": place, **row}
            for place, row in enumerate(rows, first)
        ]

    def _rewrite(self, ledger: Ledger, stored: Stored, values: Values, rows: Rows) -> None:
        entry, problems = settle(ledger, values, rows)
        if problems:
            raise Refused(problems)
        settled = values_of(ledger, entry)
        guards.refuse_twin(self.connection, self.ledgers, ledger, settled, stored.id)
        own = {key: settled[key] for key in ledger.own_fields}
        guards.refuse_dangling(self.connection, ledger.own_fields, [own])
        day = settled[ledger.day.key] if ledger.day is not None else stored.day
        spine = {"day": day, **{key: settled[key] for key in SPINE if key in {"box", "page", "remark"}}}
        before = len(self.written)
        self.update(ledger.key, stored.id, own, stored.id)
        for key, lines in rows_of(ledger, entry).items():
            if lines != stored.rows.get(key, []):
                self._replace_lines(ledger.line(key), stored.id, lines)
        self.update(_SPINE_TABLE, stored.id, spine, stored.id)
        if len(self.written) > before:
            self._set_spine(stored.id, {"changed_at": self.clock.now()})

    def _replace_lines(self, lines: Lines, record: int, rows: Sequence[Values]) -> None:
        """Write rows over those in the same places; only what differs is written, only the tail comes or goes."""
        guards.refuse_dangling(self.connection, lines.fields, rows)
        table = lines.row.__tablename__
        known = table_named(table)
        statement = select(known.c.id).where(known.c.record_id == record).order_by(known.c.position)
        old = list(self.connection.scalars(statement))
        for row, values in zip(old, rows, strict=False):
            self.update(table, row, values, record)
        for row in reversed(old[len(rows) :]):
            self.delete(table, row, record)
        self.insert(table, self._line_rows(table, record, rows[len(old) :], len(old)), "record_id")

    def _set_spine(self, record: int, values: Mapping[str, Any]) -> None:
        self.update(_SPINE_TABLE, record, values, record)

    def _move(self, ledger: Ledger, stored: Stored, key: str) -> Move:
        if ledger.workflow is None:
            raise UserError(f"{ledger.title}没有流程", "请直接修改记录")
        stage = stored.values[ledger.workflow.stage.key]
        possible = ledger.workflow.moves_from(stage)
        found = next((move for move in possible if key in {move.key, move.title}), None)
        if found is None:
            listed = "、".join(f"{move.title}({move.key})" for move in possible) or "没有"
            raise UserError(f"{stored.number} 的状态是“{stage.value}”，不能“{key}”", f"现在可以做的是：{listed}")
        return found

    def _missing_evidence(self, ledger: Ledger, move: Move, record: int) -> list[Problem]:
        filled = set(
            self.connection.scalars(select(EvidenceLink.slot).where(EvidenceLink.record_id == record).distinct())
        )
        return [
            Problem(slot.key, f"“{move.title}”前须附{slot.title}")
            for slot in ledger.evidence
            if move.target in slot.needed_by and slot.key not in filled
        ]


def _untaken(move: Move, taken: Values) -> list[Problem]:
    """Return what was given that the move does not take: it is changed by the form, not by the way."""
    known = {each.key for each in move.takes}
    return [Problem(key, f"“{move.title}”不填这一项，请在修改中填写") for key in taken if key not in known]


def _missing(ledger: Ledger, move: Move, stored: Stored, taken: Values) -> list[Problem]:
    """Return what the move asks for and was neither given nor is there already."""
    if move.line:
        fields = ledger.line(move.line).fields
        return [
            Problem(each.key, f"“{move.title}”须填{fields[each.key].label}")
            for each in move.takes
            if taken.get(each.key) is None
        ]
    return [
        Problem(each.key, f"“{move.title}”须填{ledger.labels[each.key]}")
        for each in move.needs_all
        if taken.get(each.key, stored.values.get(each.key)) is None
    ]


@contextmanager
def begin(database: Database, ledgers: Ledgers, clock: Clock, title: str) -> Iterator[Unit]:
    """Open a unit called `title`; when the block ends well, index, journal and commit; else nothing is kept."""
    with database.write() as connection:
        unit = Unit(connection, ledgers, clock, title)
        yield unit
        index_step(connection, ledgers, unit.written)
        unit.changes = keep_step(
            connection, unit.title, clock.now(), unit.written, sealed=unit.sealed, forgotten=unit.forgotten
        )


def undo(
    database: Database, ledgers: Ledgers, progress: Progress | None = None, *, even_sealed: bool = False
) -> Changes:
    """Undo the newest step; `even_sealed` is for work that failed after its own sealed step.

    Raises Cancelled when it was stopped; nothing is undone then.
    """
    watch = progress or Quiet()
    with database.write() as connection:
        changes, written = undo_step(connection, watch, even_sealed=even_sealed)
        index_again(connection, ledgers, written, watch)
        return changes


def redo(database: Database, ledgers: Ledgers, progress: Progress | None = None) -> Changes:
    """Redo the step undone last; raises Cancelled when it was stopped, nothing is redone then."""
    watch = progress or Quiet()
    with database.write() as connection:
        changes, written = redo_step(connection, watch)
        index_again(connection, ledgers, written, watch)
        return changes
