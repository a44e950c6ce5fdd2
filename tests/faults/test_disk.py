"""A disk that takes no more: a sentence and exit code 3, and the older file is whole."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.store.evidence import attached
from ankang_desktop.store.query import ids_of, locate
from tests.faults import jobs

resource = pytest.importorskip("resource") if os.name == "nt" else __import__("resource")

WRITERS = {
    "export": (["export", "employee"], "包.xlsx", 3_000),
    "paper.pdf": (["paper", "national_card_2020"], "表.pdf", 20_000),
    "paper.xlsx": (["paper", "national_card_2020"], "表.xlsx", 3_000),
    "template": (["template", "hazard"], "模板.xlsx", 3_000),
    "submit": (["submit"], "包.zip", 300_000),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small enterprise; closed, only to be copied."""
    folder = tmp_path_factory.mktemp("template") / "w"
    jobs.furnish(folder)
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "w"))


def starved(limit: int, folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """Run a command on a disk that takes files of so many bytes only; return exit code and document."""
    process, pipe = jobs.start(jobs.command, limit, ["--workspace", str(folder), *words])
    code, out, _ = pipe.recv()
    process.join()
    pipe.close()
    return code, json.loads(out)


def is_sentence(document: dict[str, Any]) -> bool:
    error = document["error"]
    return error["kind"] == "world" and "磁盘" in error["text"] + error["remedy"] and bool(error["remedy"])


@pytest.mark.parametrize("writer", WRITERS)
def test_the_older_file_is_whole(folder: Path, tmp_path: Path, writer: str) -> None:
    words, name, enough = WRITERS[writer]
    target = tmp_path / "out" / name
    target.parent.mkdir()
    target.write_bytes(b"older")
    for limit in (0, 1, 100, enough):
        code, document = starved(limit, folder, *words, str(target))
        assert (code, is_sentence(document)) == (3, True), (limit, document)
        assert target.read_bytes() == b"older"
        assert [path.name for path in target.parent.iterdir()] == [name]
    with App.opened(folder, Clock(jobs.DAY)) as app, app.read() as connection:
        assert ids_of(connection, app.ledgers["submission"]) == []
        assert [*folder.glob(".~*"), *folder.glob("submissions/*")] == []
