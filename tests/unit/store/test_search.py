"""Full-text search is exactly “contains”: one, two and many characters, punctuation, letters of any case."""

from __future__ import annotations

import random
from datetime import date

import pytest

from ankang_desktop.app import App
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.store.query import containing, count, page_of_ids

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
