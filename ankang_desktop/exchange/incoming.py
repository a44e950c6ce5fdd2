"""Import: a plan that writes nothing and says of every row what would become of it; then one undo step.

A row is matched by its number, else by the ledger's identity. A blank cell clears the value where the row was matched
by number (an exported blank is an empty field) and keeps it where it was matched by identity.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from ankang_desktop.declare.draft import advice_on, field_problems, settle, with_defaults
from ankang_desktop.declare.kinds import Names, Reading
from ankang_desktop.declare.ledger import Ledger, Ledgers
from ankang_desktop.declare.options import Options
from ankang_desktop.exchange.cells import text_of
from ankang_desktop.exchange.columns import Padded
from ankang_desktop.exchange.drafts import Draft, Drafter, Fault
from ankang_desktop.exchange.layout import NUMBER
from ankang_desktop.exchange.matching import Match, Matcher
from ankang_desktop.exchange.reading import Workbook
from ankang_desktop.exchange.understanding import Understood, understand
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import Problem, UserError
from ankang_desktop.kernel.progress import Progress, Quiet
from ankang_desktop.kernel.text import tidy
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import Stored, fetch
from ankang_desktop.store.unit import Unit

_CHUNK = 500
_BATCH = 5000


class State(Options):
    """What would become of a row."""

    added = "新增"
    changed = "更新"
    same = "相同"
    wrong = "错误"


@dataclass(frozen=True, slots=True)
class Planned:
    """One row of the preview: `values` and `rows` are what would be written, `changed` the keys that would differ.

    `sheet` is "" for a row of the main sheet; `row` is counted as Excel does; `record` is None for a new record.
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


@dataclass(frozen=True)
class Plan:
    """What an import would do; nothing has been written."""

    ledger: Ledger
    book: Workbook
    understood: Understood
    rows: tuple[Planned, ...]
    notes: tuple[str, ...]

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many rows there are of each state."""
        tally = Tally(row.state for row in self.rows)
        return {state: tally[state] for state in State}

    @property
    def dropped(self) -> tuple[str, ...]:
        """The headers of personal columns that are left out."""
        return self.understood.dropped

    @property
    def faults(self) -> list[Fault]:
        """Every fault, in the order of the rows."""
        return [fault for row in self.rows for fault in row.faults]

    @property
    def summary(self) -> str:
        """Return 新增3条、更新2条、相同1条、错误0条."""
        return "、".join(f"{state.value}{count}条" for state, count in self.counts.items())

    @property
    def title(self) -> str:
        """Return the name of the undo step."""
        return f"导入{self.ledger.title}（{self.summary}）"


@dataclass(frozen=True)
class Applied:
    """The records an import wrote."""

    added: tuple[int, ...]
    changed: tuple[int, ...]


def plan(  # noqa: PLR0913 - the parts of one question
    connection: Connection,
    ledgers: Ledgers,
    ledger: Ledger,
    book: Workbook,
    clock: Clock,
    chosen: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Return what importing a workbook into a ledger would do; raises UserError where it is not that ledger's.

    `chosen` maps headers of the main sheet to field keys, over every guess; "" leaves a column out.
    """
    watch = progress or Quiet()
    understood = understand(book, ledgers, ledger, chosen or {}, clock.today().year)
    names = Padded(StoreNames(connection, ledgers))
    drafter = Drafter(ledger, understood, Reading(understood.year, names), watch)
    drafts = drafter.drafts()
    if not drafts:
        raise UserError(f"“{book.name}”的表头下面没有数据", "请确认数据在表头下方，并已在Excel中保存")
    planner = _Planner(connection, ledger, understood, names)
    dropped = (f"含个人信息，没有导入的列：{'、'.join(understood.dropped)}",) if understood.dropped else ()
    rows = tuple(planner.planned(drafts, watch))
    return Plan(ledger, book, understood, rows, (*dropped, *understood.notes, *drafter.notes))


def apply(unit: Unit, planned: Plan, *, only_valid: bool = False, progress: Progress | None = None) -> Applied:
    """Write a plan inside a unit, so that it is one undo step; `only_valid` leaves the wrong rows out.

    Raises UserError where there are wrong rows and they are not to be left out, Refused where the workspace has
    changed since the plan was made, Cancelled when stopped; nothing is kept then, for the unit ends badly.
    """
    watch, wrong = progress or Quiet(), planned.counts[State.wrong]
    if wrong and not only_valid:
        raise UserError(f"有{wrong}行有错误，没有导入任何数据", "请改正后重新导入，或选择只导入正确的行")
    added = [(row.values, row.rows) for row in planned.rows if row.state is State.added]
    changed = [row for row in planned.rows if row.state is State.changed and row.record is not None]
    total, new = len(added) + len(changed), []
    for start in range(0, len(added), _BATCH):
        watch.step("正在写入", start, total)
        new += unit.add_many(planned.ledger, added[start : start + _BATCH])
    for done, row in enumerate(changed, len(added)):
        watch.step("正在写入", done, total)
        unit.change(row.record or 0, row.values, row.rows)
    return Applied(tuple(new), tuple(row.record or 0 for row in changed))


class _Planner:
    """Turns drafts into planned rows."""

    def __init__(self, connection: Connection, ledger: Ledger, understood: Understood, names: Names) -> None:
        self._connection = connection
        self._ledger = ledger
        self._understood = understood
        self._names = names
        self._matcher = Matcher(connection, ledger)
        self._claimed: dict[tuple[Any, ...], int] = {}

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
        if stored and not changed and not faults:
            return Planned(draft.sheet, draft.row, draft.mark, State.same, stored.id, values, rows)
        whole = {**(stored.values if stored else {}), **values}
        all_rows = {**(stored.rows if stored else {}), **rows}
        problems, advice = self._judge(whole, all_rows, stored, sound=not faults)
        said = {fault.field for fault in faults}
        faults += [self._fault(draft, each) for each in problems if each.field not in said | draft.lines.keys()]
        faults += [self._fault(draft, each) for each in problems if each.field in draft.lines and not draft.faults]
        hints = [*([Problem(NUMBER, match.note)] if match.note else []), *advice]
        state = State.wrong if faults else State.changed if stored else State.added
        return Planned(
            draft.sheet,
            draft.row,
            draft.mark,
            state,
            match.record,
            values,
            rows,
            changed,
            tuple(faults),
            tuple(self._fault(draft, each) for each in hints),
        )

    def _wanted(
        self, draft: Draft, match: Match, stored: Stored | None
    ) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        """Return the values and rows the draft asks for: of a new record or one matched by identity no blanks."""
        fields = self._ledger.fields
        clears = match.by_number
        values = {
            key: value
            for key, value in draft.values.items()
            if value is not None or (clears and fields[key].default is None)
        }
        rows = {key: found or [] for key, found in draft.inline.items() if found or clears}
        for key in self._understood.lines:
            mine = [line.values for line in draft.lines.get(key, [])]
            if mine or (clears and not self._ledger.line(key).inline):
                rows[key] = self._carried(key, mine, stored)
        return values, rows

    def _carried(self, key: str, mine: list[dict[str, Any]], stored: Stored | None) -> list[dict[str, Any]]:
        """Return whole rows; what the sheet has no column for is kept from the stored row of the same required values."""
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

    def _judge(
        self, values: Mapping[str, Any], rows: Mapping[str, Any], stored: Stored | None, *, sound: bool
    ) -> tuple[list[Problem], list[Problem]]:
        """Return (problems, advice) in the form's own sentences; rules only look at rows that were read whole."""
        if not sound:
            known = {
                key: each.default if values.get(key) is None else values[key]
                for key, each in self._ledger.editable.items()
            }
            return field_problems(self._ledger.editable, known), []
        entry, problems = settle(self._ledger, values, rows)
        if not problems and self._ledger.unique:
            problems = self._twin(values, stored)
        return problems, [] if problems else advice_on(self._ledger, entry)

    def _twin(self, values: Mapping[str, Any], stored: Stored | None) -> list[Problem]:
        first, mine = self._ledger.identity[0].key, stored.id if stored else 0
        owner = self._matcher.owner(values)
        claimed = self._claimed.setdefault(tuple(values.get(each.key) for each in self._ledger.identity), mine)
        if (owner is None or owner == mine) and claimed == mine:
            return []
        shown = self._ledger.fields[first].kind.show(values[first], self._names)
        return [Problem(first, f"{self._ledger.title}中已有{self._ledger.labels[first]}为“{shown}”的记录")]

    def _fault(self, draft: Draft, problem: Problem) -> Fault:
        table = self._understood.main
        label = self._ledger.labels.get(problem.field, "")
        column = "" if draft.sheet else table.places.get(problem.field, "")
        return Fault(draft.sheet, draft.row, column, problem.field, label, problem.text)


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same; what was stored untidy is the same as its tidy reading."""
    if one in (None, "", ()) or other in (None, "", ()):
        return one in (None, "", ()) and other in (None, "", ())
    return bool(one == other or (isinstance(other, str) and tidy(other) == one))


def _same_rows(one: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]) -> bool:
    return len(one) == len(other) and all(
        _same(mine.get(key), theirs[key]) for mine, theirs in zip(one, other, strict=True) for key in theirs
    )
