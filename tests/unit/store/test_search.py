"""Full-text search is exactly “contains”: one, two and many characters, punctuation, letters of any case."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection

from ankang_desktop.app import App
from ankang_desktop.ledgers.contracts.words import ContractKind, FilingRule
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import RectifyLevel, Source
from ankang_desktop.store.query import containing, count, ids_of, page_of_ids
from ankang_desktop.store.unit import redo, undo

WORDS = "砂轮机防护罩松动，电气柜门未关；2号行车吊钩（磨损）A-3灭火器压力不足。䶮𬭊"

FOUND = {"found_on": date(2026, 1, 1), "source": Source.self_check, "description": "x"}


@pytest.fixture
def descriptions(app: App) -> list[str]:
    """Add 300 hazards with random texts; return what each is found by, in lower case."""
    chance = random.Random(7)
    texts = ["".join(chance.choice(WORDS) for _ in range(chance.randint(3, 40))) for _ in range(300)]
    rows = [FOUND | {"description": text} for text in texts]
    with app.begin("导入") as unit:
        unit.add_many(app.ledgers["hazard"], [(row, {}) for row in rows])
    return [f"yh-2026-{number:04}\n自查\n{text.lower()}\n已登记" for number, text in enumerate(texts, 1)]


def test_exact_against_contains(app: App, descriptions: list[str]) -> None:
    chance = random.Random(11)
    ledger = app.ledgers["hazard"]
    with app.read() as connection:
        for _ in range(400):
            text = chance.choice(descriptions)
            start = chance.randrange(len(text))
            word = text[start : start + chance.randint(1, 8)]
            expected = sum(word in each for each in descriptions)
            assert count(connection, ledger, containing(word)) == expected, word


@pytest.mark.parametrize("query", ['"', "'", "*", "OR", "NEAR(", "a AND", "--", "^", "（磨"])
def test_marks_of_the_query_language_are_plain_text(app: App, descriptions: list[str], query: str) -> None:
    with app.read() as connection:
        found = count(connection, app.ledgers["hazard"], containing(query))
    assert found == sum(query.lower() in each for each in descriptions)


def test_people_by_initials_and_name(app: App) -> None:
    with app.begin("名册") as unit:
        people = [
            unit.add(app.ledgers["employee"], {"code": f"{n:03}", "name": name})
            for n, name in enumerate(["欧阳建国", "李䶮"])
        ]
        ledger = app.ledgers["hazard"]
        unit.add(
            ledger,
            {"found_on": date(2026, 1, 1), "source": Source.self_check, "description": "x", "reporter": people[0]},
        )
    with app.read() as connection:
        assert count(connection, app.ledgers["employee"], containing("oyjg")) == 1
        assert count(connection, app.ledgers["employee"], containing("䶮")) == 1
        assert count(connection, ledger, containing("欧阳")) == 1
        assert count(connection, ledger, containing("oyjg")) == 1  # whoever is named is found the same way


def test_pages_by_keyset(app: App, descriptions: list[str]) -> None:
    ledger = app.ledgers["hazard"]
    seen: list[int] = []
    after = None
    with app.read() as connection:
        while page := page_of_ids(connection, ledger, after=after, limit=64):
            seen += [key for _, key in page]
            after = page[-1]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(descriptions)


def _pages(app: App, key: str, limit: int, **arranged: Any) -> list[tuple[Any, int]]:
    """Return every (order value, id) pair of a ledger, gathered page by page."""
    seen: list[tuple[Any, int]] = []
    with app.read() as connection:
        while page := page_of_ids(
            connection, app.ledgers[key], after=seen[-1] if seen else None, limit=limit, **arranged
        ):
            assert len(page) <= limit
            seen += page
    return seen


@pytest.mark.parametrize("is_descending", [True, False])
@pytest.mark.parametrize("limit", [1, 2, 3, 5, 12])
def test_pages_where_some_or_all_have_no_day(app: App, is_descending: bool, limit: int) -> None:
    days = [None, date(2026, 1, 2), date(2026, 1, 1), None, date(2026, 1, 2), date(2026, 1, 2), None]
    with app.begin("登记") as unit:
        people = [unit.add(app.ledgers["employee"], {"code": f"{n:03}", "name": "李娜"}) for n in range(11)]
        usual = {"kind": ContractKind.special, "rule": FilingRule.national}
        rows = [usual | {"title": f"合同{n}", "signed_on": day} for n, day in enumerate(days)]
        papers = unit.add_many(app.ledgers["contract"], [(row, {}) for row in rows])
    seen = _pages(app, "employee", limit, descending=is_descending)
    assert seen == [(None, key) for key in sorted(people, reverse=is_descending)]
    pairs = sorted(zip(days, papers, strict=True), key=lambda pair: (pair[0] or date.min, pair[1]))
    assert _pages(app, "contract", limit, descending=is_descending) == (pairs[::-1] if is_descending else pairs)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("rectify_level", [None, RectifyLevel.team, RectifyLevel.post, None, RectifyLevel.team]),
        ("funds", [Decimal("9.5"), None, Decimal(100), Decimal(0), None, Decimal("9.5")]),
        ("deadline", [date(2026, 2, 1), None, date(2026, 3, 1), date(2026, 2, 1), None]),
    ],
)
@pytest.mark.parametrize("is_descending", [True, False])
@pytest.mark.parametrize("limit", [1, 2, 20])
def test_pages_by_a_column_of_ones_own(app: App, key: str, values: list[Any], is_descending: bool, limit: int) -> None:
    with app.begin("登记") as unit:
        ids = unit.add_many(app.ledgers["hazard"], [(FOUND | {key: value}, {}) for value in values])
    filled = [pair for pair in zip(values, ids, strict=True) if pair[0] is not None]
    pairs = [(None, each) for value, each in zip(values, ids, strict=True) if value is None]
    pairs += sorted(filled, key=lambda pair: (getattr(pair[0], "name", pair[0]), pair[1]))
    found = _pages(app, "hazard", limit, order=getattr(Hazard, key), descending=is_descending)
    assert found == (pairs[::-1] if is_descending else pairs)


def test_a_renamed_person_is_found_where_she_is_named(app: App) -> None:
    with app.begin("名册") as unit:
        person = unit.add(app.ledgers["employee"], {"code": "1", "name": "李娜"})
        ledger = app.ledgers["hazard"]
        unit.add(
            ledger, {"found_on": date(2026, 1, 1), "source": Source.self_check, "description": "x", "reporter": person}
        )
    with app.begin("更名") as unit:
        unit.change(person, {"name": "李若兰"})
    with app.read() as connection:
        assert count(connection, ledger, containing("若兰")) == 1
        assert count(connection, ledger, containing("李娜")) == 0


@pytest.mark.parametrize("act", ["add", "change", "rename", "remove", "restore"])
def test_undo_and_redo_leave_search_as_it_was(app: App, act: str) -> None:
    """The index is no table of the journal: undo has to bring it back by itself, names of linked people included."""
    ledger = app.ledgers["hazard"]
    with app.begin("备料") as unit:
        person = unit.add(app.ledgers["employee"], {"code": "1", "name": "李娜"})
        kept = unit.add(ledger, FOUND | {"description": "砂轮机防护罩松动", "reporter": person})
        gone = unit.add(ledger, FOUND | {"description": "灭火器压力不足"})
    with app.begin("备料") as unit:
        unit.remove(gone)

    def found() -> dict[str, set[int]]:
        words = ("防护罩", "松动", "灭火器", "电气柜", "李娜", "若兰", "lrl", "yh-2026")
        with app.read() as connection:
            return {
                word: {key for each in ("hazard", "employee") for key in _found(app, connection, each, word)}
                for word in words
            }

    before = found()
    with app.begin(act) as unit:
        {
            "add": lambda: unit.add(ledger, FOUND | {"description": "电气柜门未关"}),
            "change": lambda: unit.change(kept, {"description": "电气柜门松动"}),
            "rename": lambda: unit.change(person, {"name": "李若兰"}),
            "remove": lambda: unit.remove(kept),
            "restore": lambda: unit.restore(gone),
        }[act]()
    after = found()
    assert after != before
    undo(app.workspace.database, app.ledgers)
    assert found() == before
    redo(app.workspace.database, app.ledgers)
    assert found() == after


def _found(app: App, connection: Connection, key: str, word: str) -> list[int]:
    return ids_of(connection, app.ledgers[key], containing(word))
