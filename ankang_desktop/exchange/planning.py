"""What would become of each row of a workbook: added, changed, the same, or wrong and why. Writes nothing.

A row is matched by its number, else by the ledger's identity. A blank cell clears the value where the row was matched
by number (an exported blank is an empty field) and keeps it where it was matched by identity; what would be cleared
is told field by field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from ankang_desktop.declare.draft import advice_on, field_problems, settle, stage_problems, with_defaults
from ankang_desktop.declare.kinds import Names
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.options import Options
from ankang_desktop.exchange.cells import is_blank, text_of
from ankang_desktop.exchange.changes import Change, changes_of, count_cleared
from ankang_desktop.exchange.drafts import Draft, Fault
from ankang_desktop.exchange.layout import NUMBER
from ankang_desktop.exchange.matching import Match, Matcher
from ankang_desktop.exchange.understanding import Understood
from ankang_desktop.kernel.errors import Problem
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import tidy
from ankang_desktop.store.query import Stored, fetch

_CHUNK = 500
MOST_LISTED = 2_000  # updated rows whose changes are told one by one
Rows = Mapping[str, list[dict[str, Any]]]


class State(Options):
    """What would become of a row."""

    added = "新增"
    changed = "更新"
    same = "相同"
    wrong = "错误"


@dataclass(frozen=True, slots=True)
class Planned:
    """One row of the preview: `values` and `rows` are what would be written, `changed` the keys that would differ.

    `sheet` is the worksheet, one of lines where `is_lone`; `row` is counted as Excel does; `record` is None for a new
    record. Of an update `number` is the record's, `changes` tells old and new (of the first 2,000), `cleared` counts
    what would be blank.
    """

    sheet: str
    row: int
    mark: str
    state: State
    record: int | None
    values: Mapping[str, Any]
    rows: Mapping[str, list[dict[str, Any]]]
    changed: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    advice: tuple[Fault, ...] = ()
    number: str = ""
    changes: tuple[Change, ...] = ()
    cleared: int = 0
    is_lone: bool = False


class Planner:
    """Turns drafts into planned rows."""

    def __init__(self, connection: Connection, ledger: Ledger, understood: Understood, names: Names) -> None:
        self._connection = connection
        self._ledger = ledger
        self._understood = understood
        self._names = names
        self._matcher = Matcher(connection, ledger)
        self._claimed: dict[tuple[Any, ...], int] = {}
        self._listed = 0

    def planned(self, drafts: list[Draft], progress: Progress) -> Iterator[Planned]:
        """Yield the planned row of each draft, the stored records fetched in chunks."""
        matches = self._matcher.match(drafts)
        for start in range(0, len(drafts), _CHUNK):
            progress.step("正在比对已有记录", start, len(drafts))
            part = list(zip(drafts[start : start + _CHUNK], matches[start : start + _CHUNK], strict=True))
            ids = [match.record for _, match in part if match.record is not None]
            stored = {each.id: each for each in fetch(self._connection, self._ledger, ids)}
            for draft, match in part:
                yield self._plan(draft, match, stored[match.record] if match.record is not None else None)

    def _plan(self, draft: Draft, match: Match, stored: Stored | None) -> Planned:
        values, rows = self._wanted(draft, match, stored)
        faults = [*draft.faults, *self._misread(draft, stored, values)]
        if match.refusal:
            faults.append(self._fault(draft, Problem(NUMBER, match.refusal)))
        changed = self._changed(stored, values, rows)
        advice: list[Fault] = []
        if changed or faults or stored is None:
            found, advice = self._judged(draft, stored, values, rows, faults)
            faults += found
        state = State.same if stored and not changed else State.changed if stored else State.added
        if match.note:
            advice.append(self._fault(draft, Problem(NUMBER, match.note)))
        planned = Planned(
            draft.sheet,
            draft.row,
            draft.mark,
            State.wrong if faults else state,
            match.record,
            values,
            rows,
            changed,
            tuple(faults),
            tuple(advice),
            is_lone=draft.is_lone,
        )
        return self._told(planned, stored) if stored and planned.state is State.changed else planned

    def _told(self, planned: Planned, stored: Stored) -> Planned:
        """Return an update with what it does to the record."""
        values = {key: value for key, value in planned.values.items() if key in planned.changed}
        rows = {key: found for key, found in planned.rows.items() if key in planned.changed}
        self._listed += 1
        told = changes_of(self._ledger, stored, values, rows, self._names) if self._listed <= MOST_LISTED else ()
        cleared = count_cleared(stored, values, rows)
        return replace(planned, number=stored.number, changes=tuple(told), cleared=cleared)

    def _judged(
        self, draft: Draft, stored: Stored | None, values: Mapping[str, Any], rows: Rows, faults: Sequence[Fault]
    ) -> tuple[list[Fault], list[Fault]]:
        """Return further faults and advice in the form's own sentences; rules only see what was read whole."""
        whole = {**(stored.values if stored else {}), **values}
        said = {fault.field for fault in faults}
        advice: list[Problem] = []
        if faults:
            fields = self._ledger.editable
            known = {key: whole.get(key, each.default) for key, each in fields.items()}
            problems = [] if draft.is_lone else field_problems(fields, known)
        else:
            entry, problems = settle(self._ledger, whole, {**(stored.rows if stored else {}), **rows})
            problems = [*(stage_problems(self._ledger, stored.values, values) if stored else ()), *problems]
            problems = problems or self._twin(whole, stored)
            advice = [] if problems else advice_on(self._ledger, entry)
        return (
            [self._fault(draft, each) for each in problems if each.field not in said],
            [self._fault(draft, each) for each in advice],
        )

    def _wanted(
        self, draft: Draft, match: Match, stored: Stored | None
    ) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        """Return the values and rows the draft asks for: of a new record or one matched by identity no blanks."""
        clears = match.by_number and not draft.is_lone
        values = {key: value for key, value in draft.values.items() if value is not None or clears}
        rows = {key: found or [] for key, found in draft.inline.items() if found or clears}
        for key in self._understood.lines:
            mine = [line.values for line in draft.lines.get(key, [])]
            if mine or (clears and not self._ledger.line(key).inline):
                rows[key] = self._carried(key, mine, stored)
        return values, rows

    def _carried(self, key: str, mine: list[dict[str, Any]], stored: Stored | None) -> list[dict[str, Any]]:
        """Return whole rows; what the sheet has no column for is kept from the stored row that requires the same."""
        lines = self._ledger.line(key)
        if not stored or not mine or not (lost := lines.fields.keys() - mine[0].keys()):
            return [with_defaults(lines, row) for row in mine]
        same = [name for name, each in lines.fields.items() if each.required]
        kept = {tuple(row[name] for name in same): row for row in reversed(stored.rows[key])}
        found = (kept.get(tuple(row.get(name) for name in same), {}) for row in mine)
        return [
            with_defaults(lines, {**{name: old.get(name) for name in lost}, **row})
            for row, old in zip(mine, found, strict=True)
        ]

    def _misread(self, draft: Draft, stored: Stored | None, values: dict[str, Any]) -> Iterator[Fault]:
        """Yield the cells that are no values; one that says what is stored anyway (a person gone since) is none."""
        for key, (sentence, cell) in draft.misread.items():
            old = stored.values.get(key) if stored else None
            if old is not None and self._ledger.fields[key].kind.show(old, self._names) == text_of(cell):
                values[key] = old
            else:
                yield self._fault(draft, Problem(key, sentence))

    def _changed(
        self, stored: Stored | None, values: Mapping[str, Any], rows: Mapping[str, Sequence[Mapping[str, Any]]]
    ) -> tuple[str, ...]:
        if stored is None:
            return (*(key for key, value in values.items() if value is not None), *(key for key in rows if rows[key]))
        fields = [key for key, value in values.items() if not _same(value, stored.values[key])]
        return (*fields, *(key for key, mine in rows.items() if not _same_rows(mine, stored.rows[key])))

    def _twin(self, values: Mapping[str, Any], stored: Stored | None) -> list[Problem]:
        """Return the problem of a unique ledger's identity that another record has or another row takes."""
        if not self._ledger.unique:
            return []
        first, mine = self._ledger.identity[0].key, stored.id if stored else 0
        owner = self._matcher.owner(values)
        claimed = self._claimed.setdefault(tuple(values.get(each.key) for each in self._ledger.identity), mine)
        if (owner is None or owner == mine) and claimed == mine:
            return []
        shown = self._ledger.fields[first].kind.show(values[first], self._names)
        return [Problem(first, f"{self._ledger.title}中已有{self._ledger.labels[first]}为“{shown}”的记录")]

    def _fault(self, draft: Draft, problem: Problem) -> Fault:
        label = self._ledger.labels.get(problem.field, "")
        column = "" if draft.is_lone else self._understood.tables[draft.sheet].places.get(problem.field, "")
        return Fault(draft.sheet, draft.row, column, problem.field, label, problem.text)


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same; what was stored untidy is the same as its tidy reading."""
    if is_blank(one) or is_blank(other):
        return is_blank(one) and is_blank(other)
    return bool(one == other or (isinstance(other, str) and tidy(other) == one))


def _same_rows(one: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]) -> bool:
    return len(one) == len(other) and all(
        _same(mine.get(key), theirs[key]) for mine, theirs in zip(one, other, strict=True) for key in theirs
    )
