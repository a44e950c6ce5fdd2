"""One small enterprise for all tests of the room; a test that writes undoes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.exchange.office import Office


@pytest.fixture(scope="session")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office") / "工作区")
    made.add("employee", code="0001", name="张一")
    made.add("employee", code="0002", name="李二")
    made.add("team", name="机修/电工班")
    made.add("team", name="一班")
    yield made
    made.close()


@pytest.fixture
def office(_office: Office) -> Iterator[Office]:
    """Give the enterprise; whatever the test wrote is undone."""
    before = _office.steps()
    yield _office
    while _office.steps() > before:
        _office.undo()
