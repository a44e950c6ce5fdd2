"""What every ledger owes, whoever declared it: a smallest record, undo, the trash, search, its workflow's guards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from ankang_desktop.app import App
from ankang_desktop.declare.draft import settle
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Amount, Choice, Code, Day, Link, Moment, Month, Tags, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.workflow import Move
from ankang_desktop.kernel.errors import Refused
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.ledgers.network import NetworkLevel
from ankang_desktop.store.evidence import Use, attach
from ankang_desktop.store.query import containing, count, fetch
from ankang_desktop.store.unit import Unit, redo, undo

ALL = list(LEDGERS)
IDS = LEDGERS.keys()
BY_HAND: dict[str, dict[str, Any]] = {
    "award": {"recipient": "全体班组"},
    "network_member": {"level": NetworkLevel.enterprise},
    "duty_note": {"decision": DutyDecision.switched_off},
}
"""What the smallest record of a ledger needs beside its required fields, because a rule says so."""
FIVE_FIXED_ITEMS = {"responsible", "measures", "funds", "deadline", "contingency"}
DEMANDS: dict[str, dict[str, set[str]]] = {
    "hazard": {
        "grade": {"domain", "level"},
        "order": FIVE_FIXED_ITEMS,
        "extend": {"new_deadline", "reason", "approver"},
        "finish": {"rectified_on"},
        "accept": {*FIVE_FIXED_ITEMS, "after", "acceptor", "accepted_on", "closed_on"},
        "return": {"return_reason"},
        "void": {"void_reason"},
    }
}
"""What each move refuses to do without, by hand (domain.md §5.1): fields, fields of its line, evidence slots."""
COUNTERS: dict[str, list[tuple[dict[str, Any], int]]] = {
    "hazard.found": [({"stage": "registered"}, 1), ({"stage": "closed"}, 1), ({"stage": "voided"}, 0)],
    "hazard.closed": [({"stage": "closed"}, 1), ({"stage": "awaiting"}, 0)],
    "hazard.open": [({"stage": "awaiting"}, 1), ({"stage": "closed"}, 0), ({"stage": "voided"}, 0)],
    "inspection.outsourcing_action": [
        ({"kind": "outsourcing", "scope": "action"}, 1),
        ({"kind": "outsourcing", "scope": "project"}, 0),
        ({"kind": "six_checks", "scope": "action"}, 0),
    ],
    "inspection.outsourcing_project": [
        ({"kind": "outsourcing", "scope": "project"}, 1),
        ({"kind": "outsourcing", "scope": "action"}, 0),
        ({"kind": "six_checks", "scope": "project"}, 0),
    ],
    "opinion_letter.answered": [({"replied_on": date(2026, 4, 1)}, 1), ({"replied_on": None}, 0)],
    "heat_log.hot": [({"forecast": Decimal(35)}, 1), ({"forecast": Decimal("34.9")}, 0)],
    "heat_log.adjusted": [
        ({"forecast": Decimal(35), "adjustment": "停工"}, 1),
        ({"forecast": Decimal(35), "adjustment": None}, 0),
        ({"forecast": Decimal("34.9"), "adjustment": "停工"}, 0),
    ],
    "heat_log.breach": [({"breach": "35℃以上不得安排户外加班"}, 1), ({"breach": None}, 0)],
    "equipment.in_service": [({"state": "intact"}, 1), ({"state": "to_repair"}, 1), ({"state": "out_of_service"}, 0)],
    "suggestion.adopted": [({"verdict": "adopted"}, 1), ({"verdict": "trial"}, 1), ({"verdict": "filed"}, 0)],
    "accident.happened": [({"kind": "fire"}, 1), ({"kind": "violation"}, 0)],
    "health_exam.done": [({"done_on": date(2026, 4, 1)}, 1), ({"done_on": None}, 0)],
    "health_exam.notified": [
        ({"done_on": date(2026, 4, 1), "notified_on": date(2026, 4, 2)}, 1),
        ({"done_on": date(2026, 4, 1), "notified_on": None}, 0),
        ({"done_on": None, "notified_on": date(2026, 4, 2)}, 0),
    ],
    "activity.special": [({"is_special": True}, 1), ({"is_special": False}, 0), ({"is_special": None}, 0)],
    "activity.consultation_on_site": [
        ({"kind": "consultation_day", "occasion": "on_site"}, 1),
        ({"kind": "consultation_day", "occasion": None}, 1),
        ({"kind": "consultation_day", "occasion": "live_stream"}, 0),
        ({"kind": "other", "occasion": "on_site"}, 0),
    ],
    "activity.consultation_live": [
        ({"kind": "consultation_day", "occasion": "live_stream"}, 1),
        ({"kind": "consultation_day", "occasion": "on_site"}, 0),
        ({"kind": "other", "occasion": "live_stream"}, 0),
    ],
    "exposure.double_penalty_mainstream": [
        ({"kind": "double_penalty", "is_mainstream": True}, 1),
        ({"kind": "double_penalty", "is_mainstream": None}, 0),
        ({"kind": "prominent_problem", "is_mainstream": True}, 0),
    ],
}
"""For every declared counter, records it counts (1) and records it leaves out (0)."""


class Maker:
    """Makes a value for every field; links get a smallest record of their ledger."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.known: dict[str, int] = {}

    def smallest(self, ledger: Ledger) -> dict[str, Any]:
        """Return the values of a record with its required fields only."""
        needed = {key: self.value(each) for key, each in ledger.editable.items() if each.required}
        return needed | BY_HAND.get(ledger.key, {})

    def value(self, each: Field) -> Any:
        kind: Any = each.kind
        if each.default is not None:
            return each.default
        if each.key == "acceptor":
            return self.record("employee", code="乙")  # someone else than the one responsible
        if each.key == "new_deadline":
            return date(2026, 4, 5)  # later than the deadline it extends
        made = {
            Text: lambda: "甲"[: kind.longest],
            Code: lambda: "甲",
            Day: lambda: date(2026, 3, 5),
            Month: lambda: date(2026, 3, 1),
            Moment: lambda: datetime(2026, 3, 5, 8, 30),
            Whole: lambda: max(kind.least, 1),
            Amount: lambda: Decimal(1),
            YesNo: lambda: True,
            Choice: lambda: next(iter(kind.options)),
            Tags: lambda: (next(iter(kind.options)),),
            Link: lambda: self.record(kind.ledger),
        }
        return made[type(kind)]()

    def record(self, key: str, **special: Any) -> int:
        known = f"{key} {special}"
        if known not in self.known:
            values = self.smallest(LEDGERS[key]) | special
            with self.app.begin("备料") as unit:
                self.known[known] = unit.add(LEDGERS[key], values)
        return self.known[known]


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_smallest_record_undo_trash_and_back(app: App, ledger: Ledger) -> None:
    values = Maker(app).smallest(ledger)
    with app.begin("登记") as unit:
        record = unit.add(ledger, values)
    with app.read() as connection:
        stored = fetch(connection, ledger, [record])[0]
        assert stored.number == f"{ledger.prefix}-2026-0001"
        assert {key: stored.values[key] for key in values} == values
        assert count(connection, ledger, containing(stored.number)) == 1
    undo(app.workspace.database, app.ledgers)
    with app.read() as connection:
        assert fetch(connection, ledger, [record]) == []
    redo(app.workspace.database, app.ledgers)
    with app.read() as connection:
        assert fetch(connection, ledger, [record]) == [stored]
    with app.begin("删除") as unit:
        unit.remove(record)
    with app.read() as connection:
        assert count(connection, ledger) == count(connection, ledger, containing(stored.number)) == 0
        assert fetch(connection, ledger, [record]) == [replace(stored, removed=True)]
    with app.begin("恢复") as unit:
        unit.restore(record)
    with app.read() as connection:
        assert fetch(connection, ledger, [record]) == [stored]
        assert count(connection, ledger) == count(connection, ledger, containing(stored.number)) == 1


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_a_required_field_is_refused_by_name(app: App, ledger: Ledger) -> None:
    values = Maker(app).smallest(ledger)
    for key, each in ledger.editable.items():
        if each.required and each.default is None:
            _, problems = settle(ledger, {**values, key: None}, {})
            assert f"{each.label}不能为空" in [problem.text for problem in problems]


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_rules_bear_whatever_is_not_filled_yet(app: App, ledger: Ledger) -> None:
    values = Maker(app).smallest(ledger)
    needed = {key: each.label for key, each in ledger.editable.items() if each.required and each.default is None}
    lacking = [f"{label}不能为空" for label in needed.values()]
    _, problems = settle(ledger, {}, {})
    assert [problem.text for problem in problems][: len(lacking)] == lacking
    for key in values:
        settle(ledger, {name: value for name, value in values.items() if name != key}, {})
        settle(ledger, {key: values[key]}, {})


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_every_line_refuses_what_it_lacks(app: App, ledger: Ledger) -> None:
    values = Maker(app).smallest(ledger)
    for lines in ledger.lines:
        _, problems = settle(ledger, values, {lines.key: [{}]})
        lacking = [each.label for each in lines.fields.values() if each.required and each.default is None]
        assert [problem.text for problem in problems] == [f"{lines.title}第1行：{label}不能为空" for label in lacking]


def brought_to(app: App, ledger: Ledger, stage: Options, maker: Maker) -> int:
    """Return a new record in `stage`, holding what the stage requires and what the moves into it demand."""
    assert ledger.workflow is not None
    inward = [move for move in ledger.workflow.moves if move.target is stage]
    needed = [*ledger.workflow.requires.get(stage, ()), *(each for move in inward for each in move.needs_all)]
    values = {each.key: maker.value(ledger.fields[each.key]) for each in needed}
    values |= maker.smallest(ledger) | {ledger.workflow.stage.key: stage}
    with app.begin("备料") as unit:
        return unit.add(ledger, values)


class Insister:
    """Tries a move, gives what it was refused for, and tries again; `demanded` is all it was refused for."""

    def __init__(self, app: App, ledger: Ledger, move: Move, maker: Maker) -> None:
        self.app, self.ledger, self.move, self.maker = app, ledger, move, maker
        self.taken: dict[str, Any] = {}
        self.demanded: set[str] = set()

    def insist(self, record: int) -> None:
        """Go on until the move is made; a second refusal for the same thing is a failure."""
        while refused := self.refusal(record):
            assert not refused & self.demanded, f"“{self.move.title}” is not content with what it asked for"
            self.demanded |= refused
            for key in sorted(refused):
                self.give(record, key)

    def refusal(self, record: int) -> set[str]:
        try:
            with self.app.begin("办理") as unit:
                unit.move(record, self.move.key, self.taken)
        except Refused as refused:
            return {problem.field for problem in refused.problems}
        return set()

    def give(self, record: int, key: str) -> None:
        """Give a value with the move where it takes it, else an attachment or a correction of the record."""
        fields = self.ledger.line(self.move.line).fields if self.move.line else self.ledger.fields
        if key in {each.key for each in self.move.takes}:
            self.taken[key] = self.maker.value(fields[key])
            return
        if key in {slot.key for slot in self.ledger.evidence}:
            path = self.app.workspace.folder / "甲.txt"
            path.write_text("甲", "utf-8")
            with self.app.begin("佐证") as unit:
                attach(unit, self.app.workspace.evidence, record, path, Use(key))
            return
        value = self.maker.value(self.ledger.fields[key])
        with self.app.begin("补充") as unit:
            unit.change(record, {key: value})


MOVES = [
    pytest.param(ledger, move, source, id=f"{ledger.key}-{move.key}-{source.name}")
    for ledger in ALL
    if ledger.workflow
    for move in ledger.workflow.moves
    for source in move.sources
]


def test_every_move_has_its_demands() -> None:
    moves = {ledger.key: {move.key for move in ledger.workflow.moves} for ledger in ALL if ledger.workflow}
    assert {key: set(demands) for key, demands in DEMANDS.items()} == moves


@pytest.mark.parametrize(("ledger", "move", "source"), MOVES)
def test_moves_refuse_without_their_needs(app: App, ledger: Ledger, move: Move, source: Options) -> None:
    assert ledger.workflow is not None
    maker = Maker(app)
    record = brought_to(app, ledger, source, maker)
    insister = Insister(app, ledger, move, maker)
    insister.insist(record)
    assert insister.demanded == DEMANDS[ledger.key][move.key]
    with app.read() as connection:
        stage = fetch(connection, ledger, [record])[0].values[ledger.workflow.stage.key]
    assert stage is (move.target or source)


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_every_option_is_counted_alone(app: App, ledger: Ledger) -> None:
    """One record taken through every option: the counter of that option, and of no other of the field, counts it."""
    maker = Maker(app)
    values = maker.smallest(ledger)
    rows = {
        lines.key: [{key: maker.value(each) for key, each in lines.fields.items() if each.required}]
        for lines in ledger.lines
        if any(closed(lines.fields.values()))
    }
    facets = {counter.key: counter for counter in ledger.facets()}
    seen = set()
    with app.begin("登记") as unit:
        record = unit.add(ledger, values, rows)
        assert count(unit.connection, ledger) == 1
        for table, row, prefix, each in places(unit, ledger, record):
            keys = {option: f"{prefix}{each.key}:{option.name}" for option in each.kind.options}  # type: ignore[attr-defined]
            seen |= set(keys.values())
            for option, key in keys.items():
                unit.update(table, row, {each.key: (option,) if isinstance(each.kind, Tags) else option}, record)
                counted = [other for other in keys.values() if count(unit.connection, ledger, facets[other].where)]
                assert counted == [key]
    assert seen == facets.keys()


def closed(fields: Any) -> Iterator[Field]:
    """Yield the fields with a closed list of options."""
    return (each for each in fields if isinstance(each.kind, Choice | Tags))


def places(unit: Unit, ledger: Ledger, record: int) -> Iterator[tuple[str, int, str, Field]]:
    """Yield table, row and key prefix of every field with options, of the record and of its rows."""
    yield from ((ledger.key, record, "", each) for each in closed(ledger.own_fields.values()))
    for lines in ledger.lines:
        for each in closed(lines.fields.values()):
            row = unit.connection.scalars(select(lines.row.id).where(lines.row.record_id == record)).one()
            yield lines.row.__tablename__, row, f"{lines.key}.", each


def test_every_declared_counter_has_its_cases() -> None:
    assert COUNTERS.keys() == {f"{ledger.key}.{counter.key}" for ledger in ALL for counter in ledger.counters}
    assert all({expected for _, expected in cases} == {0, 1} for cases in COUNTERS.values())


@pytest.mark.parametrize("name", COUNTERS)
def test_declared_counters_count_what_they_say(app: App, name: str) -> None:
    ledger, counter = LEDGERS.counter(name)
    smallest = Maker(app).smallest(ledger)
    with app.begin("登记") as unit:
        record = unit.add(ledger, smallest)
        for values, expected in COUNTERS[name]:
            unit.update(ledger.key, record, {key: kept(ledger, key, value) for key, value in values.items()}, record)
            assert count(unit.connection, ledger, counter.where) == expected, values


def kept(ledger: Ledger, key: str, value: Any) -> Any:
    """Return the option a case names by its key; any other value as it is."""
    kind: Any = ledger.fields[key].kind
    return kind.options[value] if isinstance(kind, Choice) and value is not None else value
