"""Adding, changing, moving, removing records; undo, redo, trash, history. Texts in, plain values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ankang_desktop.actions.judging import self_score_problems
from ankang_desktop.actions.naming import misnamed
from ankang_desktop.actions.told_rows import rows_in_words
from ankang_desktop.app import App
from ankang_desktop.declare.draft import Values, advice_on
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.forms import did_you_mean
from ankang_desktop.declare.kinds import LISTING, Misread, Reading, split_words
from ankang_desktop.declare.ledger import Ledger, Lines
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import Problem, Refused, UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import join
from ankang_desktop.scoring.references import Key, references
from ankang_desktop.store import journal
from ankang_desktop.store.journal import Changes
from ankang_desktop.store.query import Stored, entry_of, fetch, locate


@dataclass(frozen=True)
class Done:
    """What an action did to one record, and what is odd about it now."""

    id: int
    number: str
    advice: tuple[Problem, ...]
    changes: Changes


def add_record(app: App, ledger_key: str, texts: Mapping[str, str]) -> Done:
    """Add a record from texts by field key or label (“班组一、班组二” for inline lines)."""
    ledger = app.ledgers[ledger_key]
    with app.begin(f"登记{ledger.title}") as unit:
        values, rows = read_texts(app, unit.connection, ledger, texts)
        _refuse_misjudged(app, ledger, values)
        record = unit.add(ledger, values, rows)
        stored, advice = seen(unit.connection, ledger, record, app.clock.today())
    return done(stored, advice, unit.changes)


def add_names(app: App, ledger_key: str, names: Sequence[str]) -> int:
    """Register names, all as one step, in a ledger that asks for no more than a name: teams, posts."""
    ledger = app.ledgers[ledger_key]
    with app.begin(f"登记{len(names)}条{ledger.title}") as unit:
        for name in names:
            values, rows = read_texts(app, unit.connection, ledger, {ledger.naming[0].key: name})
            unit.add(ledger, values, rows)
    return len(names)


def change_record(app: App, number: str, texts: Mapping[str, str]) -> Done:
    """Change fields of a record; an empty text clears the field."""
    with app.begin(f"修改 {number}") as unit:
        ledger, record = locate(unit.connection, app.ledgers, number)
        values, rows = read_texts(app, unit.connection, ledger, texts)
        _refuse_misjudged(app, ledger, {**unit.stored(record)[1].values, **values})
        unit.change(record, values, rows)
        stored, advice = seen(unit.connection, ledger, record, app.clock.today())
    return done(stored, advice, unit.changes)


def move_record(app: App, number: str, move: str, texts: Mapping[str, str]) -> Done:
    """Take a step of a record's workflow, with the values the step asks for."""
    with app.begin(f"{number} {move}") as unit:
        ledger, record = locate(unit.connection, app.ledgers, number)
        unit.title = f"{number} {_move_title(ledger, move)}"
        values, _ = read_texts(app, unit.connection, ledger, texts, also=_taken(ledger, move))
        unit.move(record, move, values)
        stored, advice = seen(unit.connection, ledger, record, app.clock.today())
    return done(stored, advice, unit.changes)


def remove_record(app: App, number: str) -> Done:
    """Put a record into the trash."""
    with app.begin(f"删除 {number}") as unit:
        ledger, record = locate(unit.connection, app.ledgers, number)
        unit.remove(record)
        stored, _ = seen(unit.connection, ledger, record, app.clock.today())
    return done(stored, [], unit.changes)


def restore_record(app: App, number: str) -> Done:
    """Take a record out of the trash."""
    with app.begin(f"恢复 {number}") as unit:
        ledger, record = locate(unit.connection, app.ledgers, number)
        unit.restore(record)
        stored, advice = seen(unit.connection, ledger, record, app.clock.today())
    return done(stored, advice, unit.changes)


def undo(app: App, progress: Progress | None = None) -> Changes:
    """Undo the newest step; stopped, nothing is undone."""
    return app.undo(progress)


def redo(app: App, progress: Progress | None = None) -> Changes:
    """Redo the step undone last; stopped, nothing is redone."""
    return app.redo(progress)


def next_steps(app: App) -> tuple[str, str]:
    """Return the titles of the steps that undo and redo would take, "" where there is none."""
    with app.read() as connection:
        return journal.next_titles(connection)


def next_sizes(app: App) -> tuple[int, int]:
    """Return how many records the steps touched that undo and redo would take, 0 where there is none."""
    with app.read() as connection:
        return journal.next_sizes(connection)


def history_in_words(app: App, number: str) -> list[dict[str, Any]]:
    """Return a record's history: when, step, whether undone, and sentences “整改时限：2026-06-10 → 2026-06-20”."""
    with app.read() as connection:
        ledger, record = locate(connection, app.ledgers, number)
        names = app.names(connection)
        fields = {each.label: each for each in ledger.fields.values()}
        slots = {slot.key: slot.title for slot in ledger.evidence}
        lines = {each.row.__tablename__: each for each in ledger.lines}

        def shown(each: Field | None, plain: object) -> str:
            if plain is None or each is None:
                return "（空）" if plain is None else slots.get(str(plain), str(plain))
            return each.kind.show(each.kind.unplain(plain), names) or "（空）"

        def told(event: journal.Event) -> list[str]:
            own = [row for row in event.rows if row[0] not in lines]
            found = [
                f"{label}：{shown(fields.get(label), before)} → {shown(fields.get(label), after)}"
                for row in own
                for label, before, after in journal.differences(*row)
            ]
            for table, each in lines.items():
                rows = [(before, after) for name, before, after in event.rows if name == table]
                if rows:
                    old, new = ([row for row in side if row is not None] for side in zip(*rows, strict=True))
                    found += rows_in_words(each, old, new, shown)
            return found

        return [
            {
                "at": event.at.isoformat(" "),
                "title": event.title,
                "undone": event.undone,
                "changes": told(event),
            }
            for event in journal.history(connection, record)
        ]


def trash(app: App) -> list[dict[str, Any]]:
    """Return what lies in the trash, newest first: number, ledger, title, day, when it was removed."""
    with app.read() as connection:
        statement = select(Record.id, Record.ledger, Record.removed_at).where(Record.removed_at.is_not(None))
        rows = connection.execute(statement.order_by(Record.removed_at.desc(), Record.id.desc())).all()
        keys = [Key(row.ledger, row.id) for row in rows]
        named = {ref.id: ref for ref in references(connection, app.ledgers, keys, None)}
    return [
        {
            "number": named[row.id].number,
            "ledger": app.ledgers[row.ledger].title,
            "title": named[row.id].title,
            "day": str(named[row.id].day or ""),
            "removed_at": row.removed_at.isoformat(" "),
        }
        for row in rows
    ]


def read_texts(
    app: App, connection: Connection, ledger: Ledger, texts: Mapping[str, str], also: Mapping[str, Field] | None = None
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return values and inline rows of texts; raises Refused with every text that could not be read."""
    reading = Reading(app.clock.today().year, app.names(connection))
    fields, inline = {**ledger.editable, **(also or {})}, {line.key: line for line in ledger.lines if line.inline}
    keys = {**{each.label: key for key, each in fields.items()}, **{line.title: line.key for line in inline.values()}}
    values: dict[str, Any] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        key = keys.get(name, name)
        try:
            if key in inline:
                rows[key] = _inline(inline[key], text, reading)
            elif key in fields:
                values[key] = fields[key].kind.read(text, reading) if text.strip() else None
            else:
                raise UserError(f"{ledger.title}没有“{name}”这一项", did_you_mean(name, [*fields, *inline, *keys]))
        except Misread as misread:
            problems.append(Problem(key, f"{ledger.labels.get(key, name)}：{misread}"))
    if problems:
        raise Refused(problems)
    return values, rows


def plain_record(ledger: Ledger, stored: Stored) -> dict[str, Any]:
    """Return a record as JSON can hold it: choices as keys, dates as ISO, links as ids, with its lines."""
    return {
        "number": stored.number,
        "ledger": ledger.key,
        "year": stored.year,
        "removed": stored.removed,
        "values": _plain(ledger.fields, stored.values),
        "lines": {line.key: [_plain(line.fields, row) for row in stored.rows[line.key]] for line in ledger.lines},
    }


def shown_record(ledger: Ledger, stored: Stored, names: Any) -> dict[str, str]:
    """Return a record as a person reads it: label -> text; inline lines joined, others left out."""
    shown = {
        each.label: each.kind.show(stored.values[key], names)
        for key, each in ledger.fields.items()
        if stored.values[key] is not None
    }
    for line in ledger.lines:
        if line.inline and stored.rows[line.key]:
            words = [line.only.kind.show(row[line.only.key], names) for row in stored.rows[line.key]]
            shown[line.title] = join(words, 30)
    return shown


def misjudged(app: App, ledger: Ledger, values: dict[str, Any]) -> list[Problem]:
    """Return what the whole house refuses: names that nothing is called, a self-score the card cannot bear."""
    problems = misnamed(app, ledger, values)
    if ledger.key == "unit_score" and not problems and all(values.get(key) for key in ("form", "unit", "scored_on")):
        problems = self_score_problems(app, values)
    return problems


def _refuse_misjudged(app: App, ledger: Ledger, values: dict[str, Any]) -> None:
    if problems := misjudged(app, ledger, values):
        raise Refused(problems)


def _plain(fields: Mapping[str, Field], values: Values) -> dict[str, Any]:
    return {key: None if values[key] is None else each.kind.plain(values[key]) for key, each in fields.items()}


def _inline(line: Lines, text: str, reading: Reading) -> list[dict[str, Any]]:
    return [{line.only.key: line.only.kind.read(word, reading)} for word in split_words(text, [], LISTING)]


def _taken(ledger: Ledger, key: str) -> dict[str, Field]:
    """Return the fields of the row a move writes, which are no fields of the record."""
    moves = ledger.workflow.moves if ledger.workflow else ()
    move = next((move for move in moves if key in {move.key, move.title}), None)
    if move is None or not move.line:
        return {}
    fields = ledger.line(move.line).fields
    return {each.key: fields[each.key] for each in move.takes}


def _move_title(ledger: Ledger, key: str) -> str:
    moves = ledger.workflow.moves if ledger.workflow else ()
    return next((move.title for move in moves if key in {move.key, move.title}), key)


def seen(connection: Connection, ledger: Ledger, record: int, today: date) -> tuple[Stored, list[Problem]]:
    """Return a record as a step left it, and what is odd about it."""
    stored = fetch(connection, ledger, [record])[0]
    return stored, [*advice_on(ledger, entry_of(ledger, stored)), *_far_off(ledger, stored, today)]


def _far_off(ledger: Ledger, stored: Stored, today: date) -> list[Problem]:
    """Warn of an event more than a year ahead or ten years back: a slip of the finger more often than a plan."""
    if ledger.day is None or stored.day is None or -366 < (today - stored.day).days < 3660:
        return []
    return [Problem(ledger.day.key, f"{ledger.labels[ledger.day.key]} {stored.day} 离今天很远，请核对年份")]


def done(stored: Stored, advice: list[Problem], changes: Changes | None) -> Done:
    """Return what an action did, once its unit has ended."""
    if changes is None:
        raise RuntimeError("the unit ended without a step")
    return Done(stored.id, stored.number, tuple(advice), changes)
