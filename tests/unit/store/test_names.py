"""Names of linked records: read by ids, many beforehand, a whole ledger only when it is worth it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, event

from ankang_desktop.actions.sheets import texts_of
from ankang_desktop.app import App
from ankang_desktop.declare.draft import Rows, Values
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.store.query import fetch

FOUND = {"found_on": date(2026, 1, 1), "source": Source.self_check, "description": "x"}


@contextmanager
def _statements(connection: Connection) -> Iterator[list[str]]:
    """Give the list of the statements that are asked meanwhile."""
    asked: list[str] = []

    def note(*call: object) -> None:
        if str(call[2]).startswith("SELECT"):
            asked.append(str(call[2]))

    event.listen(connection, "before_cursor_execute", note)
    yield asked
    event.remove(connection, "before_cursor_execute", note)


def _people(app: App, many: int) -> tuple[list[int], list[int]]:
    """Add people and a hazard found by each; return the ids of both."""
    with app.begin("名册") as unit:
        drafts: list[tuple[Values, Rows]] = [({"code": f"{n:03}", "name": f"员工{n}"}, {}) for n in range(many)]
        people = unit.add_many(app.ledgers["employee"], drafts)
        hazards = unit.add_many(app.ledgers["hazard"], [(FOUND | {"reporter": each}, {}) for each in people])
    return people, hazards


def test_one_name_is_one_small_question(app: App) -> None:
    people, _ = _people(app, 5)
    with app.read() as connection, _statements(connection) as asked:
        names = app.names(connection)
        assert names.name_of("employee", people[3]) == "员工3(003)"
        assert names.short_name_of("employee", people[3]) == "员工3"
        assert names.name_of("employee", 99_999) == names.name_of("employee", 99_999) == "?"
    assert [statement.count(" IN (") for statement in asked] == [1, 1]


def test_many_are_read_beforehand(app: App) -> None:
    _, hazards = _people(app, 700)
    ledger = app.ledgers["hazard"]
    with app.read() as connection:
        stored = fetch(connection, ledger, hazards, with_rows=False)
        with _statements(connection) as asked:
            names = app.names(connection)
            shown = [names.name_of("employee", each.values["reporter"]) for each in names.ahead(ledger, stored)]
    assert shown == [f"员工{n}({n:03})" for n in range(700)]
    assert len(asked) == 2


def test_many_asked_one_by_one_end_in_the_whole_ledger(app: App) -> None:
    people, _ = _people(app, 300)
    with app.read() as connection, _statements(connection) as asked:
        names = app.names(connection)
        assert [names.name_of("employee", person) for person in people][7::100] == [
            "员工7(007)",
            "员工107(107)",
            "员工207(207)",
        ]
        assert len(asked) < 100
        assert names.find("employee", "员工7(007)") == names.find("employee", "007") == [people[7]]
        assert names.name_of("employee", 99_999) == "?"


def test_a_removed_person_is_named_and_not_found(app: App) -> None:
    people, _ = _people(app, 2)
    with app.begin("离职") as unit:
        unit.remove(people[0])
    with app.read() as connection:
        names = app.names(connection)
        assert names.find("employee", "员工0") == []
        for each in (names, app.names(connection)):  # the ledger read whole, and the one record
            assert each.name_of("employee", people[0]) == "员工0(000)"


def test_papers_print_names_with_brackets_whole(app: App) -> None:
    with app.begin("名册") as unit:
        person = unit.add(app.ledgers["employee"], {"code": "001", "name": "李娜(外协)"})
        hazard = unit.add(app.ledgers["hazard"], FOUND | {"responsible": person})
    ledger = app.ledgers["hazard"]
    with app.read() as connection:
        texts = texts_of(ledger, fetch(connection, ledger, [hazard])[0], app.names(connection))
    assert texts["responsible"] == "李娜(外协)"
