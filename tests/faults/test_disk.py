"""A disk that takes no more: a sentence and exit code 3, and the older file is whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.store.evidence import attached
from ankang_desktop.store.query import ids_of, locate
from tests.faults import jobs

WRITERS = {
    "包.xlsx": ["export", "employee"],
    "签到表.pdf": ["paper", "sign_in", "--number", "PX-2026-0001"],
    "签到表.xlsx": ["paper", "sign_in", "--number", "PX-2026-0001"],
    "模板.xlsx": ["template", "hazard"],
}
PLENTY = 1 << 30


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


def is_refused(code: int, document: dict[str, Any]) -> bool:
    """Say whether a command ended as the machine's world does: exit code 3, a sentence and a remedy about the disk."""
    error = document.get("error", {})
    return code == 3 and error["kind"] == "world" and "磁盘" in error["text"] and "磁盘空间" in error["remedy"]


@pytest.mark.parametrize("name", WRITERS)
def test_the_older_file_is_whole(folder: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out" / name
    assert starved(PLENTY, folder, *WRITERS[name], str(target))[0] == 0
    size = target.stat().st_size
    target.write_bytes(b"older")
    for limit in (1, size // 2, size - 1):
        assert is_refused(*starved(limit, folder, *WRITERS[name], str(target))), limit
        assert target.read_bytes() == b"older"
        assert list(target.parent.iterdir()) == [target]


def test_package(template: Path, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "包.zip"
    other = shutil.copytree(template, tmp_path / "other")
    assert starved(PLENTY, other, "submit", str(target))[0] == 0
    size = target.stat().st_size
    target.write_bytes(b"older")
    for limit in (1, size - 1):
        assert is_refused(*starved(limit, folder, "submit", str(target))), limit
        assert target.read_bytes() == b"older"
        assert list(target.parent.iterdir()) == [target]
    with App.opened(folder, Clock(jobs.DAY)) as app, app.read() as connection:
        assert ids_of(connection, app.ledgers["submission"]) == []
        assert [*folder.glob(".~*"), *folder.glob("submissions/*")] == []


def test_attach(folder: Path, tmp_path: Path) -> None:
    file = jobs.noise(tmp_path / "照片.jpg", 7)
    for limit in (1, 100_000, file.stat().st_size - 1):
        assert is_refused(*starved(limit, folder, "attach", "PX-2026-0001", str(file))), limit
    with App.opened(folder, Clock(jobs.DAY)) as app, app.read() as connection:
        _, record = locate(connection, app.ledgers, "PX-2026-0001")
        assert len(attached(connection, [record])) == 1
        assert app.workspace.evidence.faults(connection) == []
        assert len([*folder.glob("evidence/*/*")]) == 3
        assert [*folder.glob("evidence/.~*")] == []
    assert starved(PLENTY, folder, "attach", "PX-2026-0001", str(file))[0] == 0


def test_record(folder: Path) -> None:
    words = ["add", "training", "培训名称=复训", "培训日期=3.1"]
    assert is_refused(*starved(1, folder, *words))
    assert starved(PLENTY, folder, *words)[1]["number"] == "PX-2026-0004"


def test_backup(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "u"
    assert starved(PLENTY, folder, "backup", str(place))[0] == 0
    [older] = place.iterdir()
    before = {path: path.read_bytes() for path in older.rglob("*") if path.is_file()}
    for limit in (1, 100_000, (folder / "ankang.db").stat().st_size - 1):
        assert is_refused(*starved(limit, folder, "backup", str(place))), limit
        assert list(place.iterdir()) == [older]
    assert {path: path.read_bytes() for path in older.rglob("*") if path.is_file()} == before
