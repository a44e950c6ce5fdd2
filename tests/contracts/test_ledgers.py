"""What every ledger owes, whoever declared it: a smallest record, undo, the trash, search, its workflow's guards."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ankang_desktop.app import App
from ankang_desktop.declare.draft import settle
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Amount, Choice, Day, Link, Moment, Tags, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.kernel.errors import Refused
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.ledgers.network import NetworkLevel
from ankang_desktop.store.query import count, fetch
from ankang_desktop.store.unit import redo, undo

ALL = list(LEDGERS)
IDS = LEDGERS.keys()
BY_HAND: dict[str, dict[str, Any]] = {
    "award": {"recipient": "全体班组"},
    "network_member": {"level": NetworkLevel.enterprise},
    "duty_note": {"decision": DutyDecision.switched_off},
}
"""What the smallest record of a ledger needs beside its required fields, because a rule says so."""


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
        made = {
            Text: lambda: "甲"[: kind.longest],
            Day: lambda: date(2026, 3, 5),
            Moment: lambda: datetime(2026, 3, 5, 8, 30),
            Whole: lambda: max(kind.least, 1),
            Amount: lambda: Decimal(1),
            YesNo: lambda: True,
            Choice: lambda: next(iter(kind.options)),
            Tags: lambda: (next(iter(kind.options)),),
            Link: lambda: self.record(kind.ledger),
        }
        return made[type(kind)]()

    def record(self, key: str) -> int:
        if key not in self.known:
            with self.app.begin("备料") as unit:
                self.known[key] = unit.add(LEDGERS[key], self.smallest(LEDGERS[key]))
        return self.known[key]


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_smallest_record_undo_trash_and_back(app: App, ledger: Ledger) -> None:
    values = Maker(app).smallest(ledger)
    with app.begin("登记") as unit:
        record = unit.add(ledger, values)
    with app.read() as connection:
        stored = fetch(connection, ledger, [record])[0]
        assert stored.number == f"{ledger.prefix}-2026-0001"
        assert {key: stored.values[key] for key in values} == values
    undo(app.workspace.database, app.ledgers)
    with app.read() as connection:
        assert fetch(connection, ledger, [record]) == []
    redo(app.workspace.database, app.ledgers)
    with app.read() as connection:
        assert fetch(connection, ledger, [record]) == [stored]
    with app.begin("删除") as unit:
        unit.remove(record)
    with app.read() as connection:
        assert count(connection, ledger) == 0


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_a_required_field_is_refused_by_name(app: App, ledger: Ledger) -> None:
    values = Maker(app).smallest(ledger)
    for key, each in ledger.editable.items():
        if each.required and each.default is None:
            _, problems = settle(ledger, {**values, key: None}, {})
            assert f"{each.label}不能为空" in [problem.text for problem in problems]


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_every_line_refuses_what_it_lacks(app: App, ledger: Ledger) -> None:
    values = Maker(app).smallest(ledger)
    for lines in ledger.lines:
        _, problems = settle(ledger, values, {lines.key: [{}]})
        lacking = [each.label for each in lines.fields.values() if each.required and each.default is None]
        assert [problem.text for problem in problems] == [f"{lines.title}第1行：{label}不能为空" for label in lacking]


@pytest.mark.parametrize("ledger", [each for each in ALL if each.workflow], ids=lambda each: each.key)
def test_moves_refuse_without_their_needs(app: App, ledger: Ledger) -> None:
    assert ledger.workflow is not None
    maker = Maker(app)
    for move in ledger.workflow.moves:
        with app.begin("登记") as unit:
            values = {**maker.smallest(ledger), ledger.workflow.stage.key: ledger.workflow.first}
            record = unit.add(ledger, values)
            if ledger.workflow.first not in move.sources:
                table = ledger.key
                unit.update(table, record, {ledger.workflow.stage.key: move.sources[0]}, record)
        with pytest.raises(Refused), app.begin("办理") as unit:
            unit.move(record, move.key, {})


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_every_counter_can_be_counted(app: App, ledger: Ledger) -> None:
    with app.read() as connection:
        for counter in (ledger.counter(""), *ledger.counters, *ledger.facets()):
            where = () if counter.where is None else (counter.where,)
            assert count(connection, ledger, *where) == 0
            assert counter.title
