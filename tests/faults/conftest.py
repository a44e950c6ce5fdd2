"""The small enterprise on which faults are tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import jobs


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small enterprise; closed, only to be copied."""
    folder = tmp_path_factory.mktemp("template") / "w"
    jobs.furnish(folder)
    return folder
