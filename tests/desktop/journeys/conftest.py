"""An officer at his desk: on a new computer, or on a copy of the demo enterprise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ankang_desktop.kernel import paths
from tests.desktop.journeys.steps import Officer, copied


@pytest.fixture
def officer(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Officer]:
    """An officer whose program has never been started."""
    person = Officer(qtbot, tmp_path, monkeypatch)
    yield person
    person.leaves()


@pytest.fixture
def at_work(officer: Officer, demo_folder: Path, tmp_path: Path) -> Officer:
    """An officer with a year of records behind him: a copy of the demo enterprise, open on 2026-11-21."""
    officer.starts(copied(demo_folder, tmp_path / "华兴厂"))
    return officer


@pytest.fixture(scope="session")
def demo_files() -> Path:
    """The workbooks and photos the demo enterprise was made of."""
    return paths.resources() / "demo"
