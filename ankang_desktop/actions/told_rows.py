"""What happened to the rows inside a record, in words: who came, who went, what is said otherwise of whom.

Rows are written over those in the same places, so that one row taken out changes all behind it; what a person did is
found by who or what each row is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.gatherings import Attendance
from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Lines
from ankang_desktop.kernel.text import join

Row = Mapping[str, Any]
Shown = Callable[[Field, object], str]
_MOST, _DETAILED = 12, 3


def rows_in_words(lines: Lines, before: Sequence[Row], after: Sequence[Row], shown: Shown) -> Iterator[str]:
    """Yield sentences on the rows of one kind that a step changed."""
    subject = next((each for each in lines.fields.values() if each.required), next(iter(lines.fields.values())))
    pools: dict[object, list[Row]] = defaultdict(list)
    for row in before:
        pools[row.get(subject.key)].append(row)
    added, kept = [], []
    for row in after:
        pool = pools[row.get(subject.key)]
        kept.append((pool.pop(0), row)) if pool else added.append(row)
    removed = [row for pool in pools.values() for row in pool]
    changed = [
        f"{lines.title}·{shown(subject, row.get(subject.key))} {field.label}：{was} → {now}"
        for old, row in kept
        for key, field in lines.fields.items()
        if (was := shown(field, old.get(key))) != (now := shown(field, row.get(key)))
    ]
    for word, rows in (("加入", added), ("移除", removed)):
        if rows:
            told = _told(lines, subject, rows, shown) if any(rows) else f"{len(rows)} 条"  # a leaver's are forgotten
            yield f"{lines.title}：{word} {told}"
    yield from changed
    if not (added or removed or changed):
        yield f"{lines.title}：调整了顺序"


def _told(lines: Lines, subject: Field, rows: Sequence[Row], shown: Shown) -> str:
    names = [shown(subject, row.get(subject.key)) for row in rows]
    is_of_people = isinstance(subject.kind, Link)
    if not is_of_people and len(rows) <= _DETAILED:
        return "；".join(
            "，".join(f"{each.label} {shown(each, row[key])}" for key, each in lines.fields.items() if row.get(key))
            for row in rows
        )
    is_attendance = issubclass(lines.row, Attendance)
    absent = [name for name, row in zip(names, rows, strict=True) if is_attendance and row.get("present") is False]
    return join(names, _MOST) + (f"（缺席：{join(absent, _MOST)}）" if absent else "")
