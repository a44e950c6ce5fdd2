"""A record being written: judged while it is typed, kept as one step with its files, copied, changed in batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ankang_desktop.actions.records import Done, done, misjudged, seen
from ankang_desktop.app import App
from ankang_desktop.declare.draft import Rows, Values, advice_on, settle
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.kernel.errors import Problem, Refused, UserError
from ankang_desktop.kernel.progress import Progress, counted
from ankang_desktop.store.evidence import Use, attach, attached
from ankang_desktop.store.query import Stored, fetch, ids_of, lacking_of, locate


@dataclass(frozen=True)
class MoveOffer:
    """A step a record can take: what it asks for (`takes`), and what is still needed before it can be taken.

    `needs` says it in words; `blank` are the fields to fill first, `bare` the keys of the slots that want a file.
    """

    key: str
    title: str
    takes: tuple[Field, ...]
    needs: tuple[str, ...]
    blank: tuple[Field, ...] = ()
    bare: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A record opened: its stored values, what it lacks to count as proof, the steps it can take."""

    stored: Stored
    lacks: tuple[str, ...]
    moves: tuple[MoveOffer, ...]

    @property
    def ledger(self) -> str:
        """Return the key of its ledger."""
        return self.stored.ledger


def open_record(app: App, number: str) -> Opened:
    """Return a record by its number, those in the trash included; raises UserError where there is none."""
    with app.read() as connection:
        ledger, record = locate(connection, app.ledgers, number)
        stored = fetch(connection, ledger, [record])[0]
        lacks = lacking_of(connection, ledger, [stored]).get(record, [])
    return Opened(stored, tuple(lacks), moves_of(app, ledger, stored))


def number_of(app: App, ledger_key: str, record: int) -> str:
    """Return a record's running number by its id; raises UserError where it is gone."""
    with app.read() as connection:
        found = fetch(connection, app.ledgers[ledger_key], [record], with_rows=False)
    if not found:
        raise UserError("这条记录已经不存在", "列表会自动刷新")
    return found[0].number


def single_number(app: App, ledger_key: str) -> str:
    """Return the number of the one record of a ledger that holds but one, "" before it is written."""
    ledger = app.ledgers[ledger_key]
    with app.read() as connection:
        found = fetch(connection, ledger, ids_of(connection, ledger)[:1], with_rows=False)
    return found[0].number if found else ""


def moves_of(app: App, ledger: Ledger, stored: Stored) -> tuple[MoveOffer, ...]:
    """Return the steps a record can take, each with what it still needs: fields to fill and photos to attach."""
    if ledger.workflow is None or stored.removed:
        return ()
    with app.read() as connection:
        filled = {each.slot for each in attached(connection, [stored.id])}
    offers = []
    for move in ledger.workflow.moves_from(stored.values[ledger.workflow.stage.key]):
        fields = ledger.line(move.line).fields if move.line else ledger.fields
        takes = tuple(fields[each.key] for each in move.takes)
        asked = {each.key for each in takes}
        blank = tuple(
            ledger.fields[each.key]
            for each in move.needs_all
            if each.key not in asked and stored.values.get(each.key) is None
        )
        bare = [slot for slot in ledger.evidence if move.target in slot.needed_by and slot.key not in filled]
        needed = (*(f"先填{each.label}" for each in blank), *(f"先附{slot.title}" for slot in bare))
        offers.append(MoveOffer(move.key, move.title, takes, needed, blank, tuple(slot.key for slot in bare)))
    return tuple(offers)


def needed_for(ledger: Ledger, key: str, values: Values) -> set[str]:
    """Return the keys among a move's `takes` that must be filled: all of a row's, those the move or stage needs."""
    workflow = ledger.workflow
    move = workflow.move(key) if workflow else None
    if move is None or workflow is None:
        return set()
    if move.line:
        return {each.key for each in move.takes}
    needed = {each.key for each in move.needs_all}
    if move.target is not None:
        needed |= {each.key for each in workflow.requires.get(move.target, ())}
    return {each.key for each in move.takes if each.key in needed and values.get(each.key) is None}


def told_for(app: App, opened: Opened, key: str) -> list[tuple[str, str]]:
    """Return what a move tells of the record beside what it asks: (label, text) of every field that is filled."""
    ledger = app.ledgers[opened.ledger]
    move = ledger.workflow.move(key) if ledger.workflow else None
    values = opened.stored.values
    filled = [ledger.fields[each.key] for each in move.tells if values[each.key] is not None] if move else []
    if not filled:
        return []
    with app.read() as connection:
        names = app.names(connection)
        return [(each.label, each.kind.show(values[each.key], names)) for each in filled]


def blank(app: App, ledger_key: str) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return the values and rows of a new record: the defaults, its day today."""
    ledger = app.ledgers[ledger_key]
    values = {key: each.default for key, each in ledger.editable.items()}
    if ledger.day is not None and ledger.day.key in values and values[ledger.day.key] is None:
        values[ledger.day.key] = app.clock.today()
    return values, {lines.key: [] for lines in ledger.lines}


def copied(app: App, number: str) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return the values and rows of a record as a new one begins with them: today's, at the first stage, unfiled."""
    with app.read() as connection:
        ledger, record = locate(connection, app.ledgers, number)
        stored = fetch(connection, ledger, [record])[0]
    fresh, _ = blank(app, ledger.key)
    unique = {each.key for each in ledger.identity} if ledger.unique else set()
    values = {key: stored.values[key] for key in ledger.editable if key not in {"box", "page", *unique}}
    if ledger.workflow:
        return {**fresh, **_before_first_move(ledger, values)}, {each.key: [] for each in ledger.lines}
    values |= {key: fresh[key] for key in [ledger.day.key] if key in fresh} if ledger.day is not None else {}
    return {**fresh, **values}, {key: [dict(row) for row in rows] for key, rows in stored.rows.items()}


def _before_first_move(ledger: Ledger, values: dict[str, Any]) -> dict[str, Any]:
    """Keep of a record with a workflow what its finding says: the fields before those its moves fill."""
    workflow = ledger.workflow
    taken = {each.key for move in workflow.moves if not move.line for each in move.takes} if workflow else set()
    first = min((list(ledger.own_fields).index(key) for key in taken if key in ledger.own_fields), default=0)
    before = list(ledger.own_fields)[:first]
    day = {ledger.day.key} if ledger.day is not None else set()
    return {key: values[key] for key in before if key in values and key not in day}


def judge(app: App, ledger_key: str, values: Values, rows: Rows) -> tuple[list[Problem], list[Problem]]:
    """Return what would refuse a record of these values, and what is odd about it; writes nothing.

    Quick enough to be asked while a person types: what the whole house must be asked for is judged when it is kept.
    """
    ledger = app.ledgers[ledger_key]
    entry, problems = settle(ledger, values, rows)
    if problems:
        return problems, []
    return [], advice_on(ledger, entry)


def keep(
    app: App,
    ledger_key: str,
    record: int | None,
    values: Values,
    rows: Rows,
    files: Sequence[tuple[Path, Use]] = (),
) -> Done:
    """Add a record (`record` None) or change one, its new files attached, as one step; raises Refused."""
    ledger, is_new = app.ledgers[ledger_key], record is None
    with app.begin(f"登记{ledger.title}") as unit:
        if problems := misjudged(app, ledger, dict(values)):
            raise Refused(problems)
        if record is None:
            record = unit.add(ledger, values, rows)
        else:
            unit.change(record, values, rows)
        for path, use in files:
            attach(unit, app.workspace.evidence, record, path, use)
        stored, advice = seen(unit.connection, ledger, record, app.clock.today())
        if not is_new:
            unit.title = f"修改 {stored.number}"
    return done(stored, advice, unit.changes)


def move(app: App, record: int, key: str, values: Values, files: Sequence[tuple[Path, Use]] = ()) -> Done:
    """Take a step of a record's workflow with the values it asks for, files attached with it, as one step."""
    with app.begin("办理") as unit:
        ledger, stored = unit.living(record)
        titles = {each.key: each.title for each in ledger.workflow.moves} if ledger.workflow else {}
        unit.title = f"{stored.number} {titles.get(key, key)}"
        for path, use in files:
            attach(unit, app.workspace.evidence, record, path, use)
        unit.move(record, key, values)
        stored, advice = seen(unit.connection, ledger, record, app.clock.today())
    return done(stored, advice, unit.changes)


def change_many(
    app: App, ledger_key: str, ids: Sequence[int], values: Mapping[str, Any], progress: Progress | None = None
) -> int:
    """Write the same values into many records as one step; returns how many are others now.

    Raises Refused naming the first that cannot bear them, Cancelled when stopped; nothing is written then.
    """
    ledger = app.ledgers[ledger_key]
    labels = "、".join(ledger.labels[key] for key in values)
    with app.begin(f"批量修改{len(ids)}条{ledger.title}的{labels}") as unit:
        before = fetch(unit.connection, ledger, ids, with_rows=False)
        for each in counted(ids, "正在修改", progress):
            try:
                unit.change(each, values)
            except Refused as refused:
                number = unit.stored(each)[1].number
                problems = [Problem(found.field, f"{number}：{found.text}") for found in refused.problems]
                raise Refused(problems) from refused
    return sum(not values.items() <= each.values.items() for each in before)


def remove_many(app: App, ledger_key: str, ids: Sequence[int], progress: Progress | None = None) -> int:
    """Put records into the trash as one step; stopped, all stay where they are."""
    title = app.ledgers[ledger_key].title
    with app.begin(f"删除{len(ids)}条{title}") as unit:
        for each in counted(ids, "正在放进回收站", progress):
            unit.remove(each)
        if len(ids) == 1:
            unit.title = f"删除 {unit.stored(ids[0])[1].number}"
    return len(ids)


def restore_many(app: App, numbers: Sequence[str], progress: Progress | None = None) -> int:
    """Take records out of the trash as one step; stopped, all stay in it."""
    with app.begin(f"恢复{len(numbers)}条记录") as unit:
        for number in counted(numbers, "正在恢复", progress):
            unit.restore(locate(unit.connection, app.ledgers, number)[1])
        if len(numbers) == 1:
            unit.title = f"恢复 {numbers[0]}"
    return len(numbers)
