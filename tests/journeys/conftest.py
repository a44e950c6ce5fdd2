"""The enterprise of the journeys, built once a session and copied for every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.huaxing import Huaxing

Opener = Callable[[], Huaxing]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Huaxing:
    """The enterprise with its people and nothing done; closed, only to be copied."""
    firm = Huaxing(tmp_path_factory.mktemp("founded") / "w")
    firm.found()
    firm.close()
    return firm


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, founded: Huaxing) -> Huaxing:
    """The enterprise with a full house; closed, only to be copied."""
    firm = Huaxing(tmp_path_factory.mktemp("filled") / "w", founded.workspace.folder)
    firm.remember(founded)
    firm.full_house()
    firm.close()
    return firm


def _copy(source: Huaxing, folder: Path) -> Iterator[Huaxing]:
    firm = Huaxing(folder, source.workspace.folder)
    firm.remember(source)
    yield firm
    firm.close()


@pytest.fixture
def bare(founded: Huaxing, tmp_path: Path) -> Iterator[Huaxing]:
    """A copy of the enterprise with its people only."""
    yield from _copy(founded, tmp_path / "bare")


@pytest.fixture
def full(filled: Huaxing, tmp_path: Path) -> Iterator[Huaxing]:
    """A copy of the full house."""
    yield from _copy(filled, tmp_path / "full")
