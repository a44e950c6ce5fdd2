"""A small enterprise to import into, and values made from the declarations alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ankang_desktop.declare.draft import settle
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Amount, Choice, Code, Day, Link, Moment, Month, Tags, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.exchange.cells import Cell, content
from ankang_desktop.exchange.incoming import Applied, Plan, apply, plan
from ankang_desktop.exchange.layout import NUMBER, layouts
from ankang_desktop.exchange.reading import Sheet, Workbook
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.store.journal import steps
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import Stored, fetch, ids_of
from ankang_desktop.store.unit import Unit, begin, undo
from ankang_desktop.store.workspace import create_workspace

FORMULA = "=cmd|' /C calc'!A0"
CLOCK = Clock(date(2026, 11, 21))
Values = dict[str, Any]
Rows = dict[str, list[dict[str, Any]]]


class Office:
    """One workspace; links of made values lead to a few records of each ledger."""

    def __init__(self, folder: Path) -> None:
        self.workspace = create_workspace(folder)
        self._known: dict[str, list[int]] = {}

    def close(self) -> None:
        self.workspace.close()

    def read(self) -> Any:
        return self.workspace.database.read()

    def begin(self, title: str) -> Any:
        return begin(self.workspace.database, LEDGERS, CLOCK, title)

    def add(self, ledger: str, **values: Any) -> int:
        with self.begin("备料") as unit:
            record: int = unit.add(LEDGERS[ledger], values)
            return record

    def records(self, ledger: Ledger) -> list[Stored]:
        with self.read() as connection:
            return fetch(connection, ledger, ids_of(connection, ledger))

    def plan(self, ledger: str, book: Workbook, **more: Any) -> Plan:
        with self.read() as connection:
            return plan(connection, LEDGERS, LEDGERS[ledger], book, CLOCK, **more)

    def apply(self, planned: Plan, **more: Any) -> Applied:
        with self.begin(planned.title) as unit:
            return apply(unit, planned, **more)

    def take(self, ledger: str, book: Workbook) -> Applied:
        return self.apply(self.plan(ledger, book))

    def undo(self) -> None:
        undo(self.workspace.database, LEDGERS)

    def steps(self) -> int:
        """Return how many steps stand."""
        with self.read() as connection:
            return sum(not step.undone for step in steps(connection, 10_000))

    @contextmanager
    def names(self) -> Iterator[StoreNames]:
        with self.read() as connection:
            yield StoreNames(connection, LEDGERS)

    # --- made values -------------------------------------------------------------------------------------------

    def known(self, ledger: str) -> list[int]:
        """Return a few records of a ledger, made with their required fields only."""
        if ledger not in self._known:
            made = LEDGERS[ledger]
            drafts = [self.smallest(made, number) for number in range(1 if made.single else 3)]
            with self.begin("备料") as unit:
                self._known[ledger] = [unit.add(made, values) for values in drafts]
        return self._known[ledger]

    def smallest(self, ledger: Ledger, number: int) -> Values:
        needed = {key: self.value(each, number) for key, each in ledger.editable.items() if each.required}
        return self.mended(ledger, needed, {}, number)[0]

    def whole(self, ledger: Ledger, number: int) -> tuple[Values, Rows]:
        """Return as full a record as the rules of its ledger allow."""
        values = {key: self.value(each, number) for key, each in ledger.editable.items()}
        rows = {
            lines.key: [
                {key: self.value(each, number + place) for key, each in lines.fields.items()} for place in range(2)
            ]
            for lines in ledger.lines
        }
        return self.mended(ledger, values, rows, number)

    def mended(self, ledger: Ledger, values: Values, rows: Rows, number: int) -> tuple[Values, Rows]:
        """Return values that the ledger's rules accept: what a rule names goes, or is filled where it is missing."""
        for _ in range(30):
            _, problems = settle(ledger, values, rows)
            if not problems:
                return values, rows
            for key in {problem.field for problem in problems}:
                if key in rows:
                    rows = {**rows, key: []}
                    continue
                each = ledger.editable[key]
                if values.get(key) is None:
                    values[key] = self.value(each, number)
                elif each.required and each.default is None:
                    values = {name: value for name, value in values.items() if ledger.editable[name].required}
                else:
                    values[key] = each.default
        raise AssertionError((ledger.key, [problem.text for problem in problems]))

    def value(self, each: Field, number: int) -> Any:
        kind: Any = each.kind
        if isinstance(kind, Link):
            found = self.known(kind.ledger)
            return found[(number + sum(map(ord, each.key))) % len(found)]
        if isinstance(kind, Choice):
            return list(kind.options)[number % len(kind.options)]
        if isinstance(kind, Tags):
            return tuple(kind.options)[: 1 + number % 3]
        made = {
            Text: lambda: (FORMULA if number % 2 and kind.longest >= 40 else f"0{number}{each.label}")[: kind.longest],
            Code: lambda: f"0{number}{each.label}"[: kind.longest],
            Day: lambda: date(2026, 3, 5) + timedelta(number),
            Month: lambda: date(2026, 1 + number % 12, 1),
            Moment: lambda: datetime(2026, 3, 5, 8, 29) + timedelta(minutes=number),
            Whole: lambda: min(kind.most, kind.least + number),
            Amount: lambda: min(kind.most, kind.least + Decimal(number) + Decimal(1).scaleb(-kind.digits)),
            YesNo: lambda: bool(number % 2),
        }
        return made[type(kind)]()

    # --- workbooks ---------------------------------------------------------------------------------------------

    def cells(self, ledger: Ledger, drafts: Sequence[tuple[Values, Rows]]) -> dict[str, list[list[Any]]]:
        """Return, by worksheet, the rows of these drafts below the header, marked 新1, 新2 …"""
        main, *others = layouts(ledger)
        found: dict[str, list[list[Any]]] = {layout.title: [] for layout in (main, *others)}
        with self.names() as names:
            for number, (values, rows) in enumerate(drafts, 1):
                cells: list[Any] = []
                for column in main.columns:
                    if column.key == NUMBER:
                        cells.append(f"新{number}")
                    elif column.lines:
                        inside = rows.get(column.key, [])
                        cells.append(
                            "、".join(str(content(row[column.field.key], column.kind, names)) for row in inside)
                        )
                    elif not column.is_ignored:
                        cells.append(content(values.get(column.key), column.kind, names))
                found[main.title].append(cells)
                for layout in others:
                    for row in rows.get(layout.lines.key if layout.lines else "", []):
                        shown = [content(row.get(column.key), column.kind, names) for column in layout.columns[1:]]
                        found[layout.title].append([f"新{number}", *shown])
        return found


def book(**sheets: Sequence[Sequence[Cell | None]]) -> Workbook:
    """Return a workbook as the child would send it."""
    return Workbook(
        "台账.xlsx", tuple(Sheet(name, [[_sent(c) for c in row] for row in rows]) for name, rows in sheets.items())
    )


def _sent(cell: Cell | Decimal | None) -> Cell:
    return "" if cell is None else float(cell) if isinstance(cell, Decimal) else cell


def only(values: Mapping[str, Any], ledger: Ledger) -> dict[str, Any]:
    """Return the values that are not the program's own."""
    return {key: values[key] for key in ledger.editable}


__all__ = ["CLOCK", "FORMULA", "Connection", "Office", "Unit", "book", "only"]
