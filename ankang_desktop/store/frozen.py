"""Papers as they stood when they were frozen: plain JSON, journaled like everything else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.store.query import chunks
from ankang_desktop.store.tables import Frozen
from ankang_desktop.store.unit import Unit


@dataclass(frozen=True)
class FrozenPaper:
    """One frozen paper: its form, as-at day, and its content as plain JSON."""

    id: int
    form: str
    title: str
    frozen_at: datetime
    as_of: date
    record: int | None
    content: dict[str, Any]


def freeze(unit: Unit, form: str, title: str, as_of: date, content: Mapping[str, Any], record: int | None) -> int:
    """Keep a paper as it stands, with the submission it belongs to if there is one; returns its id."""
    key = unit.next_id("frozen")
    row = {
        "id": key,
        "form": form,
        "title": title,
        "frozen_at": unit.clock.now(),
        "as_of": as_of,
        "record_id": record,
        "content": json.dumps(content, ensure_ascii=False, sort_keys=True),
    }
    unit.insert("frozen", [row], "record_id")
    return key


def frozen_papers(connection: Connection, form: str = "") -> list[FrozenPaper]:
    """Return the frozen papers, newest first, of one form if it is named."""
    statement = select(Frozen).order_by(Frozen.id.desc())
    if form:
        statement = statement.where(Frozen.form == form)
    return [_paper(row) for row in connection.execute(statement)]


@dataclass(frozen=True)
class FrozenHead:
    """A frozen paper without its content: what a list of them shows."""

    id: int
    form: str
    title: str
    record: int


def frozen_of(connection: Connection, records: Sequence[int]) -> list[FrozenHead]:
    """Return the papers frozen with these records, in the order they were frozen."""
    statement = select(Frozen.id, Frozen.form, Frozen.title, Frozen.record_id).order_by(Frozen.id)
    rows = (row for part in chunks(records) for row in connection.execute(statement.where(Frozen.record_id.in_(part))))
    return [FrozenHead(row.id, row.form, row.title, row.record_id) for row in rows]


@dataclass(frozen=True)
class FrozenEntry:
    """A frozen paper in the list of its form: when it was frozen and what day its data end."""

    id: int
    title: str
    frozen_at: datetime
    as_of: date


def frozen_entries(connection: Connection, form: str) -> list[FrozenEntry]:
    """Return the frozen papers of a form, newest first, without reading what is in them."""
    columns = (Frozen.id, Frozen.title, Frozen.frozen_at, Frozen.as_of)
    statement = select(*columns).where(Frozen.form == form).order_by(Frozen.id.desc())
    return [FrozenEntry(*row) for row in connection.execute(statement)]


def frozen_paper(connection: Connection, key: int) -> FrozenPaper:
    """Return one frozen paper; raises UserError where there is none."""
    row = connection.execute(select(Frozen).where(Frozen.id == key)).first()
    if row is None:
        raise UserError(f"没有编号为 {key} 的定稿", "请用 frozen 命令查看有哪些定稿")
    return _paper(row)


def _paper(row: Any) -> FrozenPaper:
    content = json.loads(row.content)
    return FrozenPaper(row.id, row.form, row.title, row.frozen_at, row.as_of, row.record_id, content)
