from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from ankang_desktop.kernel import paths
from ankang_desktop.programme.asking import Need, Tally
from ankang_desktop.programme.library import Library, read_library


@dataclass
class FakeProofs:
    """Answers by the name of the need; what is not named is nothing. Remembers what it was asked."""

    answers: dict[str, Tally] = field(default_factory=dict)
    asked: list[tuple[Need, date, date]] = field(default_factory=list)

    def tally(self, need: Need, start: date, end: date) -> Tally:
        self.asked.append((need, start, end))
        return self.answers.get(need.name, Tally(0, 0))


@pytest.fixture
def proofs() -> Callable[..., FakeProofs]:
    return FakeProofs


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library(paths.resources() / "programmes")


@pytest.fixture
def shipped_copy(tmp_path: Path) -> Path:
    folder = tmp_path / "programmes"
    folder.mkdir()
    for path in (paths.resources() / "programmes").glob("*.toml"):
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    return folder
