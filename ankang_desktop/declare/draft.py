"""A record about to be: values and rows settled into an Entry, with every problem said once for form and import."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.orm import class_mapper

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.ledger import Ledger, Lines, Rule
from ankang_desktop.declare.record import Base, Entry
from ankang_desktop.kernel.errors import Problem

Values = Mapping[str, Any]
Rows = Mapping[str, Sequence[Values]]
Mapped = TypeVar("Mapped", bound=Base)
_EMPTY = ("", ())


def settle(ledger: Ledger, values: Values, rows: Rows) -> tuple[Entry, list[Problem]]:
    """Return the entry these values make (defaults filled, computed fields derived) and its problems.

    A rule looks at the entry as soon as what it looks at is there and within bounds; derivations, and what the stage
    needs, only once everything is.
    """
    entry = assemble(ledger, values, rows)
    problems = [
        *field_problems(ledger.editable, values_of(ledger, entry)),
        *(problem for lines in ledger.lines for problem in _line_problems(lines, rows.get(lines.key, ()))),
    ]
    if not problems:
        for derive in ledger.derive:
            derive(entry)
        problems = [found for rule in ledger.rules if (found := rule(entry))]
        if ledger.workflow:
            problems += ledger.workflow.problems(entry, ledger.labels)
    else:
        ripe: Any = _Ripe(entry, {each.field for each in problems} | {each.key for each in _derived(ledger)})
        problems += [found for rule in ledger.rules if (found := _judged(rule, ripe))]
    return entry, problems


class _Unripe(Exception):
    """No error: a rule asked for what is missing or out of bounds yet."""


class _Ripe:
    """An entry of which nothing may be looked at that is missing or out of bounds."""

    def __init__(self, entry: Entry, unripe: Collection[str]) -> None:
        self._entry, self._unripe = entry, unripe

    def __getattr__(self, key: str) -> Any:
        if key in self._unripe:
            raise _Unripe
        return getattr(self._entry, key)

    @property
    def rows(self) -> Mapping[str, Sequence[Any]]:
        """The rows, as long as none of them has a problem itself."""
        if not self._entry.rows.keys().isdisjoint(self._unripe):
            raise _Unripe
        return self._entry.rows


def _judged(rule: Rule, entry: Any) -> Problem | None:
    try:
        return rule(entry)
    except _Unripe:
        return None


def _derived(ledger: Ledger) -> list[Field]:
    return [each for each in ledger.own_fields.values() if each.computed] if ledger.derive else []


def assemble(ledger: Ledger, values: Values, rows: Rows) -> Entry:
    """Return an entry of plain values, never attached to a session; its rows are Line objects.

    A field that is not given takes its default; one given as None, "" or () is empty. Raises KeyError for a key that
    is no field: that is our bug, never the person's.
    """
    if unknown := values.keys() - ledger.fields.keys():
        raise KeyError(f"{ledger.key} has no field {', '.join(sorted(unknown))}")
    entry = _made(ledger.record, _whole(ledger.fields, values))
    entry.rows = {
        lines.key: [_made(lines.row, with_defaults(lines, row)) for row in rows.get(lines.key, ())]
        for lines in ledger.lines
    }
    return entry


def _made(mapped: type[Mapped], values: Values) -> Mapped:
    """Return a mapped object that holds these values, set at once: SQLAlchemy's events would take ten times as long.

    It is never attached to a session, so there is nothing those events could be for.
    """
    made: Mapped = class_mapper(mapped).class_manager.new_instance()
    vars(made).update(values)
    return made


def advice_on(ledger: Ledger, entry: Entry) -> list[Problem]:
    """Return what is odd about an entry but not refused."""
    found = [problem for advise in ledger.advice if (problem := advise(entry))]
    attendance, headcount = ledger.attendance, getattr(entry, "headcount", None)
    if attendance and headcount is not None and entry.rows[attendance.key]:
        present = sum(row.present is not False for row in entry.rows[attendance.key])
        if present != headcount:
            text = f"{ledger.labels['headcount']}填的是{headcount}，名单到场{present}人，统计以名单为准"
            found.append(Problem("headcount", text))
    return found


def stage_problems(ledger: Ledger, before: Values, after: Values) -> list[Problem]:
    """Return why a stage may not be written over: a record goes on through the moves of its workflow only."""
    if ledger.workflow is None:
        return []
    key = ledger.workflow.stage.key
    if after.get(key, before[key]) == before[key]:
        return []
    steps = "、".join(move.title for move in ledger.workflow.moves_from(before[key])) or "无"
    return [Problem(key, f"{ledger.labels[key]}不能直接改写，请办理流程（现在可办：{steps}）")]


def values_of(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    """Return an entry's values by field key, computed ones included."""
    held = vars(entry)
    return {key: held.get(key) for key in ledger.fields}


def rows_of(ledger: Ledger, entry: Entry) -> dict[str, list[dict[str, Any]]]:
    """Return an entry's rows as plain values."""
    return {
        lines.key: [{key: getattr(row, key) for key in lines.fields} for row in entry.rows.get(lines.key, ())]
        for lines in ledger.lines
    }


def with_defaults(lines: Lines, row: Values) -> dict[str, Any]:
    """Return a whole row: every field, those not given with their defaults."""
    return _whole(lines.fields, row)


def _whole(fields: Mapping[str, Field], values: Values) -> dict[str, Any]:
    return {
        key: each.default if key not in values else None if values[key] in _EMPTY else values[key]
        for key, each in fields.items()
    }


def field_problems(fields: Mapping[str, Field], values: Values) -> list[Problem]:
    """Return what is required and missing, and what is out of bounds, one sentence a field."""
    problems = []
    for key, each in fields.items():
        value = values.get(key)
        if value is None:
            if each.required:
                problems.append(Problem(key, f"{each.label}不能为空"))
        elif sentence := each.kind.check(value):
            problems.append(Problem(key, f"{each.label}{sentence}"))
    return problems


def row_problems(lines: Lines, row: Values) -> list[Problem]:
    """Return the problems of one row inside a record."""
    return field_problems(lines.fields, with_defaults(lines, row))


def _line_problems(lines: Lines, rows: Sequence[Values]) -> list[Problem]:
    return [
        Problem(lines.key, f"{lines.title}第{number}行：{problem.text}")
        for number, row in enumerate(rows, 1)
        for problem in row_problems(lines, row)
    ]
