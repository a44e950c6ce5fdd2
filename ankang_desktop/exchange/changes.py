"""What an update would do to a record, field by field in shown words, so that nothing is erased unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ankang_desktop.declare.kinds import Names
from ankang_desktop.declare.ledger import Ledger, Lines
from ankang_desktop.exchange.cells import is_blank
from ankang_desktop.kernel.text import join
from ankang_desktop.store.query import Stored

NOTHING = "（空）"
_LONGEST = 40  # characters of a value in a sentence
_ROWS = 3  # rows of lines that are shown
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One field or kind of lines that would differ: shown words, "" for blank."""

    field: str
    label: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """One short phrase: 性别：女 → （空）."""
        return f"{self.label}：{_short(self.before)} → {_short(self.after)}"


def changes_of(
    ledger: Ledger, stored: Stored, values: Row, rows: Mapping[str, Sequence[Row]], names: Names
) -> Iterator[Change]:
    """Yield what would differ from what is stored; `values` and `rows` hold nothing but what differs."""
    for key, value in values.items():
        each = ledger.fields[key]
        before, after = ("" if is_blank(one) else each.kind.show(one, names) for one in (stored.values[key], value))
        yield Change(key, each.label, before, after)
    for key, mine in rows.items():
        lines, theirs = ledger.line(key), stored.rows[key]
        yield Change(key, lines.title, _told(lines, theirs, mine, names), _told(lines, mine, theirs, names))


def count_cleared(stored: Stored, values: Row, rows: Mapping[str, Sequence[Row]]) -> int:
    """Return how many fields that hold something would be blank, and how many kinds of lines would say less."""
    fields = sum(is_blank(value) and not is_blank(stored.values[key]) for key, value in values.items())
    return fields + sum(_filled(mine) < _filled(stored.rows[key]) for key, mine in rows.items())


def _filled(rows: Sequence[Row]) -> int:
    return sum(not is_blank(value) for row in rows for value in row.values())


def _told(lines: Lines, rows: Sequence[Row], others: Sequence[Row], names: Names) -> str:
    """Return inline rows whole; of other lines how many there are, and the first that the other side lacks."""
    texts = [_row(lines, row, names) for row in rows]
    if lines.inline or not rows:
        return "、".join(texts)
    known = {_row(lines, row, names) for row in others}
    own = [text for text in texts if text not in known]
    shown = "；".join(own[:_ROWS]) + ("……" if len(own) > _ROWS else "")
    return f"{len(rows)}行" + (f"（{shown}）" if shown else "")


def _row(lines: Lines, row: Row, names: Names) -> str:
    """Return the filled cells of a row of lines, the required ones first."""
    fields = sorted(lines.fields.items(), key=lambda item: not item[1].required)
    shown = [each.kind.show(row[key], names) for key, each in fields if not is_blank(row.get(key))]
    return join(shown, len(shown))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return (flat[:_LONGEST] + "…" if len(flat) > _LONGEST else flat) or NOTHING
