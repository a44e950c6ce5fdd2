"""The order of a table is what sorting record by record gives, and a walk along an index is no sort in disguise."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Column, Index, Integer, MetaData, String, Table, insert, text

from ankang_desktop.actions.browsing import all_ids
from ankang_desktop.app import App
from ankang_desktop.declare.kinds import Choice, Link, Text
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.kernel.text import pinyin_order
from ankang_desktop.ledgers.hazards.words import HazardLevel, Source
from ankang_desktop.store import order
from ankang_desktop.store.order import ids_in_order
from ankang_desktop.store.query import Stored, fetch, ids_of, lacking
from ankang_desktop.store.sieve import PROOF, Condition, Sieve
from ankang_desktop.store.texts import first_marks

MARKS = ["", "A", "a", "1", "，", "䶮", "行", "车", "啊", "座", "\ud7ff", "\ue000", "😀", "\U0010fffd", "\U0010ffff"]
"""What words may begin with: the ends of the codes and their gap, what GB 18030 has in four bytes, and "" for none."""
NAMES = ["张伟", "张伟", "李娜", "欧阳建国", "阿木", "曾一"]


@pytest.fixture
def hazards(app: App) -> App:
    """Add 240 hazards of three years: half of every value blank, many alike, some removed."""
    chance = random.Random(5)
    with app.begin("职工") as unit:
        rows = [({"name": name, "code": f"{at:04}"}, {}) for at, name in enumerate(NAMES)]
        people = unit.add_many(app.ledgers["employee"], rows)
    values = [
        {
            "found_on": date(2024, 1, 1) + timedelta(chance.randrange(3 * 365)),
            "source": Source.self_check,
            "description": chance.choice(MARKS[1:]) + chance.choice(MARKS) + str(chance.randrange(4)),
            "place": chance.choice(MARKS) + "处" if chance.random() < 0.5 else None,
            "level": chance.choice([None, *HazardLevel]),
            "major_basis": "判定标准第三条",
            "responsible": chance.choice([None, *people]),
            "deadline": chance.choice([None, date(2027, 5, chance.randrange(1, 28))]),
            "measures": chance.choice([None, "停用", "换件", "安排"]),
            "funds": chance.choice([None, Decimal("1.5"), Decimal(2), Decimal(10)]),
            "box": chance.choice([None, "B1"]),
        }
        for _ in range(240)
    ]
    with app.begin("隐患") as unit:
        added = unit.add_many(app.ledgers["hazard"], [(each, {}) for each in values])
    with app.begin("删除") as unit:
        for each in added[::9]:
            unit.remove(each)
    return app


def key_of(app: App, key: str) -> Callable[[Stored], Any]:
    """Return what a record is sorted by, worked out from its values alone; None where it has none."""
    ledger = app.ledgers["hazard"]
    with app.read() as connection:
        names = dict(zip(ids_of(connection, app.ledgers["employee"]), NAMES, strict=True))
        lacks = lacking(connection, ledger, ids_of(connection, ledger))

    def sorted_by(record: Stored) -> Any:
        if key == PROOF:
            return record.id not in lacks
        kind, value = ledger.fields[key].kind, record.values[key]
        if value is None:
            return None
        if isinstance(kind, Choice):
            return list(kind.options).index(value)
        if isinstance(kind, Link):
            return pinyin_order(names[value])
        return pinyin_order(value) if isinstance(kind, Text) else value

    return sorted_by


def in_order(records: Iterable[Stored], sorted_by: Callable[[Stored], Any], *, is_descending: bool) -> list[int]:
    """Return ids by value, then day, then as written, all in one direction; those without a value last."""
    by_day = sorted(records, key=lambda each: (each.day, each.id), reverse=is_descending)
    known = [each for each in by_day if sorted_by(each) is not None]
    known.sort(key=sorted_by, reverse=is_descending)
    return [each.id for each in [*known, *(each for each in by_day if sorted_by(each) is None)]]


SORTS = ["found_on", "place", "description", "level", "responsible", "deadline", "stage", "measures", "funds", "box"]


@pytest.mark.parametrize("key", [*SORTS, PROOF])
def test_the_order_is_what_sorting_gives(hazards: App, key: str) -> None:
    ledger, sorted_by = hazards.ledgers["hazard"], key_of(hazards, key)
    major = Condition("level", "any", (HazardLevel.major,))
    with hazards.read() as connection:
        living = fetch(connection, ledger, ids_of(connection, ledger))
    for year in (0, 2025):
        for conditions in ((), (major,), (major, Condition("box", "filled")), (Condition(PROOF, "any", False),)):
            for is_descending in (True, False):
                sieve = Sieve(year=year, conditions=conditions, sort=key, is_descending=is_descending)
                wanted = [each for each in living if not year or (each.day and each.day.year == year)]
                if major in conditions:
                    wanted = [each for each in wanted if each.values["level"] is HazardLevel.major]
                if len(conditions) == 2:
                    wanted = [each for each in wanted if each.values["box"]]
                if conditions and conditions[0].key == PROOF:
                    is_complete = key_of(hazards, PROOF)
                    wanted = [each for each in wanted if not is_complete(each)]
                found = list(all_ids(hazards, "hazard", sieve, Quiet()))
                assert found == in_order(wanted, sorted_by, is_descending=is_descending), sieve
                assert found


def test_a_search_is_sorted_too(hazards: App) -> None:
    ledger = hazards.ledgers["hazard"]
    with hazards.read() as connection:
        living = fetch(connection, ledger, ids_of(connection, ledger))
    wanted = [each for each in living if "行" in each.values["description"] or "行" in (each.values["place"] or "")]
    for key in SORTS:
        found = list(all_ids(hazards, "hazard", Sieve(search="行", sort=key), Quiet()))
        assert found == in_order(wanted, key_of(hazards, key), is_descending=True)
    assert wanted


@pytest.mark.parametrize("year", [0, 2025])
@pytest.mark.parametrize("is_descending", [True, False])
def test_what_a_table_shows_is_walked_not_sorted(hazards: App, year: int, is_descending: bool) -> None:
    """Sorted within a part are only words and names, whose order no index knows."""
    ledger = hazards.ledgers["hazard"]
    for key in ("", "number", *(each.key for each in ledger.columns)):
        sieve = Sieve(year=year, sort=key, is_descending=is_descending)
        with hazards.read() as connection:
            statements = list(ids_in_order(connection, hazards.ledgers, ledger, sieve))
            assert statements
            for each in statements:
                sql = each.compile(connection, compile_kwargs={"literal_binds": True})
                plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
                assert "INDEX" in plan[0], (key, plan)
                kind = ledger.fields[key].kind if key else None
                if not isinstance(kind, Text | Link) or key == "number":
                    assert not any("ORDER BY" in step for step in plan), (key, plan)


def test_what_is_filtered_is_sorted_at_once(hazards: App) -> None:
    """In many parts SQLite may take the filter's index in each: that grows by the square."""
    ledger, open_ones = hazards.ledgers["hazard"], (Condition("stage", "filled"),)
    for key in ("place", "description", "responsible", "level"):
        with hazards.read() as connection:
            walks = list(ids_in_order(connection, hazards.ledgers, ledger, Sieve(sort=key)))
            sieve = Sieve(sort=key, conditions=open_ones)
            assert len(walks) > 2
            assert len(list(ids_in_order(connection, hazards.ledgers, ledger, sieve))) == 1


@pytest.mark.parametrize(("little", "is_listed"), [(1_000, True), (3, False)])
def test_much_trash_is_not_listed_for_each_part(
    hazards: App, monkeypatch: pytest.MonkeyPatch, little: int, *, is_listed: bool
) -> None:
    monkeypatch.setattr(order, "_LITTLE", little)
    ledger = hazards.ledgers["hazard"]
    for key in ("place", "responsible"):
        sieve = Sieve(sort=key)
        with hazards.read() as connection:
            sql = [str(each) for each in ids_in_order(connection, hazards.ledgers, ledger, sieve)]
            living = fetch(connection, ledger, ids_of(connection, ledger))
        assert all(("NOT IN" in each) is is_listed for each in sql)
        found = list(all_ids(hazards, "hazard", sieve, Quiet()))
        assert found == in_order(living, key_of(hazards, key), is_descending=True)


@pytest.mark.parametrize("seed", range(20))
def test_no_first_mark_is_passed_over(app: App, seed: int) -> None:
    chance = random.Random(seed)
    table = Table("words", MetaData(), Column("id", Integer, primary_key=True), Column("word", String))
    Index("ix_words", table.c.word)
    words = [chance.choice([*MARKS, "\x01", None]) for _ in range(chance.randrange(30))]
    with app.workspace.database.write() as connection:
        table.create(connection)
        if words:
            connection.execute(insert(table), [{"word": word and word * chance.randrange(1, 3)} for word in words])
        found = list(connection.scalars(first_marks(table.c.word)))
        connection.execute(text("DROP TABLE words"))
    assert sorted(found) == sorted({word[:1] for word in words if word is not None})
