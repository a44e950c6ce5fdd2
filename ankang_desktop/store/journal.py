"""The journal: every row a step wrote, before and after. History, undo and redo are this one mechanism."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.query import chunks
from ankang_desktop.store.rows import from_plain, table_named, to_plain
from ankang_desktop.store.tables import Change, Step

Row = Mapping[str, Any] | None
_BATCH = 500  # rows of the journal fetched at once: no thread waits for more
GONE = 0
"""What stands for the record where its number is all that is kept of it: see `given`. No record has this id."""


@dataclass(frozen=True)
class Changes:
    """What a step touched: open pages look at it and decide whether to reload."""

    step: int
    title: str
    records: frozenset[int]
    tables: frozenset[str]


@dataclass(frozen=True)
class Written:
    """One row written: plain values before (None: inserted) and after (None: deleted)."""

    table: str
    row: int
    record: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def keep_step(
    connection: Connection,
    title: str,
    at: datetime,
    written: Sequence[Written],
    *,
    sealed: bool = False,
    forgotten: Collection[int] = (),
) -> Changes:
    """Write a step and its rows; steps undone before it can no longer be redone. Nothing written is no step.

    Of `forgotten` records nothing is kept but that this step wrote them: what stood in them, now and ever before, is
    gone from the journal. Such a step is `sealed`, for neither it nor what was before it can be put back.
    """
    if not written:
        return Changes(0, title, frozenset(), frozenset())
    _forget(connection, forgotten)
    undone = select(Step.id).where(Step.undone)
    connection.execute(delete(Change).where(Change.step_id.in_(undone)))
    connection.execute(delete(Step).where(Step.undone))
    number = (connection.scalar(select(func.max(Step.id))) or 0) + 1
    connection.execute(insert(Step).values(id=number, at=at, title=title, undone=False, sealed=sealed))
    bare = set(forgotten)
    rows = [_kept(number, _emptied(each) if each.record in bare else each) for each in written]
    if rows:
        connection.execute(insert(Change), rows)
    return _changes(number, title, written)


def _forget(connection: Connection, records: Collection[int]) -> None:
    """Take every row of these records out of the journal, and the steps that held nothing else."""
    told = sorted(records)
    for part in chunks(told):
        connection.execute(delete(Change).where(Change.record_id.in_(part)))
    if told:
        connection.execute(delete(Step).where(~select(Change.id).where(Change.step_id == Step.id).exists()))


def _emptied(written: Written) -> Written:
    """Return that a row was written, without what was in it."""
    return replace(written, before=None if written.before is None else {}, after=None if written.after is None else {})


def given(connection: Connection, ledger: str, year: int) -> int:
    """Return the highest running number a ledger ever gave in a year, 0 before the first; purged ones count too."""
    here = select(func.max(Record.serial)).where(Record.ledger == ledger, Record.year == year)
    gone = select(func.max(Change.before["serial"].as_integer())).where(
        Change.record_id == GONE,
        Change.before["ledger"].as_string() == ledger,
        Change.before["year"].as_integer() == year,
    )
    return max(connection.scalar(here) or 0, connection.scalar(gone) or 0)


def seal(connection: Connection) -> None:
    """Make every step history only: after an upgrade its rows may no longer fit the tables."""
    connection.execute(update(Step).values(sealed=True))


def undo_step(
    connection: Connection, progress: Progress, *, even_sealed: bool = False
) -> tuple[Changes, list[Written]]:
    """Put back every row of the newest step that stands; raises UserError where there is none or it is sealed."""
    step = connection.execute(
        select(Step.id, Step.title, Step.sealed).where(Step.undone.is_(False)).order_by(Step.id.desc()).limit(1)
    ).first()
    if step is None:
        raise UserError("没有可以撤销的操作", "已经退回到最初的状态")
    if step.sealed and not even_sealed:
        raise UserError(f"“{step.title}”不能撤销", "报送、彻底删除、匿名化和升级以前的不能退回；报送有误请再报一次更正")
    rows = _rows_of(connection, step.id)
    _apply(connection, [(row.table, row.row, row.after, row.before) for row in reversed(rows)], progress)
    connection.execute(update(Step).where(Step.id == step.id).values(undone=True))
    return _changes(step.id, step.title, rows), rows


def redo_step(connection: Connection, progress: Progress) -> tuple[Changes, list[Written]]:
    """Write again every row of the oldest undone step; raises UserError where there is none."""
    step = connection.execute(select(Step.id, Step.title).where(Step.undone).order_by(Step.id).limit(1)).first()
    if step is None:
        raise UserError("没有可以重做的操作", "只有撤销之后才能重做")
    rows = _rows_of(connection, step.id)
    _apply(connection, [(row.table, row.row, row.before, row.after) for row in rows], progress)
    connection.execute(update(Step).where(Step.id == step.id).values(undone=False))
    return _changes(step.id, step.title, rows), rows


def next_titles(connection: Connection) -> tuple[str, str]:
    """Return the titles of the steps that undo and redo would take; "" where there is none or it is sealed."""
    last = select(Step.title, Step.sealed).where(Step.undone.is_(False)).order_by(Step.id.desc()).limit(1)
    done = connection.execute(last).first()
    undone = connection.scalar(select(Step.title).where(Step.undone).order_by(Step.id).limit(1))
    return done.title if done and not done.sealed else "", undone or ""


def next_sizes(connection: Connection) -> tuple[int, int]:
    """Return how many records the steps touched that undo and redo would take."""
    last = select(func.max(Step.id)).where(Step.undone.is_(False)).scalar_subquery()
    first = select(func.min(Step.id)).where(Step.undone).scalar_subquery()
    touched = select(func.count(Change.record_id.distinct()))
    return tuple(connection.scalar(touched.where(Change.step_id == step)) or 0 for step in (last, first))  # type: ignore[return-value]


_Way = tuple[str, int, Row, Row]
"""Of one row: its table, its id, what it is now and what it is to be; None where it is not there."""


def _apply(connection: Connection, ways: Sequence[_Way], progress: Progress) -> None:
    """Write rows as they are to be; neighbours that come, go or change together do so in one statement."""
    done = 0
    for (name, comes, _), group in groupby(ways, key=_together):
        for part in chunks(list(group)):
            progress.step("正在写回记录", done, len(ways))
            done += len(part)
            if not name:
                _change(connection, part)
            elif comes:
                table = table_named(name)
                whole = dict.fromkeys(table.columns.keys())
                connection.execute(table.insert(), [whole | from_plain(table, then or {}) for *_, then in part])
            else:
                table = table_named(name)
                gone = table.delete().where(table.c.id == bindparam("of_row"))
                connection.execute(gone, [{"of_row": row} for _, row, *_ in part])


def _together(way: _Way) -> tuple[str, bool, bool]:
    """Return what neighbours must share: rows that come or go their table, rows that change nothing."""
    name, _, now, then = way
    is_change = now is not None and then is not None
    return "" if is_change else name, now is None, then is None


def _change(connection: Connection, ways: Iterable[_Way]) -> None:
    """Change rows, each once; those of which the same columns change in one statement."""
    settled: dict[tuple[str, int], dict[str, Any]] = {}
    for name, row, _, then in ways:
        settled.setdefault((name, row), {}).update(from_plain(table_named(name), then or {}))
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for (name, row), values in settled.items():
        if values:
            alike.setdefault((name, *sorted(values)), []).append({"of_row": row, **values})
    for (name, *_), rows in alike.items():
        table = table_named(name)
        connection.execute(table.update().where(table.c.id == bindparam("of_row")), rows)


def _rows_of(connection: Connection, step: int) -> list[Written]:
    statement = select(Change).where(Change.step_id == step).order_by(Change.id)
    return [
        Written(row.table_name, row.row_id, row.record_id, row.before, row.after)
        for row in connection.execute(statement, execution_options={"yield_per": _BATCH})
    ]


def _changes(step: int, title: str, rows: Iterable[Written]) -> Changes:
    seen = list(rows)
    records = frozenset(each.record for each in seen if each.record is not None)
    return Changes(step, title, records, frozenset(each.table for each in seen))


def _kept(step: int, written: Written) -> dict[str, Any]:
    """Return the journal's row: of a change only what differs, of a whole row only what is filled."""
    before, after, table = written.before, written.after, table_named(written.table)
    if before is not None and after is not None:
        keys = [key for key in after if after[key] != before[key]]
        before, after = {key: before[key] for key in keys}, {key: after[key] for key in keys}
    return {
        "step_id": step,
        "table_name": written.table,
        "row_id": written.row,
        "record_id": written.record,
        "before": None if before is None else to_plain(table, before, whole=written.after is None),
        "after": None if after is None else to_plain(table, after, whole=written.before is None),
    }


@dataclass(frozen=True)
class Event:
    """One step of a record's history: when, which, and its rows as (table, whole row before, after) in plain values."""

    step: int
    at: datetime
    title: str
    undone: bool
    rows: tuple[tuple[str, Row, Row], ...] = ()

    @property
    def differences(self) -> tuple[tuple[str, object, object], ...]:
        """What changed, as (label, before, after)."""
        return tuple(found for row in self.rows for found in differences(*row))


_STORE_LABELS = {
    "slot": "佐证栏",
    "caption": "佐证说明",
    "box": "盒号",
    "page": "页号",
    "day": "所示日期",
    "name": "佐证文件",
    "removed_at": "放入回收站",
    "title": "定稿",
    "as_of": "数据截至",
}
"""What the store's own columns are called in a history; its other columns are not told."""


def steps(connection: Connection, most: int = 50) -> list[Event]:
    """Return the newest steps, newest first, without their rows."""
    statement = select(Step).order_by(Step.id.desc()).limit(most)
    return [Event(row.id, row.at, row.title, row.undone) for row in connection.execute(statement)]


def history(connection: Connection, record: int) -> list[Event]:
    """Return what happened to one record, oldest first, with labels of its fields and lines."""
    statement = (
        select(Change, Step.at, Step.title, Step.undone)
        .join(Step, Step.id == Change.step_id)
        .where(Change.record_id == record)
        .order_by(Change.id)
    )
    events: dict[int, list[tuple[str, Row, Row]]] = {}
    heads: dict[int, tuple[datetime, str, bool]] = {}
    whole: dict[tuple[str, int], dict[str, Any]] = {}  # rows as they stood then: a change keeps only what differs
    for row in connection.execute(statement):
        key = (row.table_name, row.row_id)
        before = None if row.before is None else {**whole.get(key, {}), **row.before}
        after = None if row.after is None else {**(before or {}), **row.after}
        whole[key] = after or {}
        heads[row.step_id] = (row.at, row.title, row.undone)
        events.setdefault(row.step_id, []).append((row.table_name, before, after))
    return [Event(step, *heads[step], tuple(found)) for step, found in events.items()]


def differences(table: str, before: Row, after: Row) -> list[tuple[str, object, object]]:
    """Return what differs between a row before and after as (label, before, after), where a person is told of it."""
    columns = table_named(table).columns
    labels = _STORE_LABELS | {column.key: column.info["field"].label for column in columns if "field" in column.info}
    old, new = before or {}, after or {}
    return [
        (labels[key], old.get(key), new.get(key))
        for key in dict.fromkeys([*old, *new])
        if key in labels and old.get(key) != new.get(key)
    ]
