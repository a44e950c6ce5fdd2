"""kill -9 at any moment: what was acknowledged is there, nothing is half there, and the next run simply works."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Connection, func, inspect, select, text

from ankang_desktop.actions.filing import check_workspace
from ankang_desktop.actions.submitting import verify
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.store.database import Database
from ankang_desktop.store.evidence import attached
from ankang_desktop.store.query import containing, fetch, ids_of, locate
from ankang_desktop.store.tables import Step
from ankang_desktop.store.upgrades import revision_of
from ankang_desktop.store.workspace import is_locked
from tests.faults import jobs
from tests.faults.jobs import Job

MANY, FEW = 20, 6


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """An own copy of the small enterprise."""
    return fresh(template, tmp_path)


def fresh(template: Path, place: Path) -> Path:
    shutil.rmtree(place / "w", ignore_errors=True)
    return Path(shutil.copytree(template, place / "w"))


def killed_after(seconds: float, job: Job, *arguments: Any) -> list[Any]:
    """Start a job, kill it so long after its first word, and return all that it said."""
    process, pipe = jobs.start(job, *arguments)
    said = [pipe.recv()]
    time.sleep(seconds)
    process.kill()
    said += jobs.told(pipe)
    process.join()
    pipe.close()
    return said


def killed_at(word: int, job: Job, *arguments: Any) -> list[Any]:
    """Start a job and kill it once it has said so many words; return all that it said."""
    process, pipe = jobs.start(job, *arguments)
    said = [each for each, _ in zip(jobs.told(pipe), range(word), strict=False)]
    process.kill()
    said += jobs.told(pipe)
    process.join()
    pipe.close()
    return said


def moments(number: int, longest: float) -> Iterator[float]:
    chance = random.Random(20261121)
    return (chance.uniform(0, longest) for _ in range(number))


def words(number: int, most: int) -> Iterator[int]:
    chance = random.Random(20261121)
    return (chance.randint(1, most) for _ in range(number))


@contextmanager
def opened_soundly(folder: Path) -> Iterator[tuple[App, Connection]]:
    """Open what a killed program left; it must be whole, and swept."""
    with App.opened(folder, Clock(jobs.DAY)) as app:
        assert app.workspace.database.faults() == []
        assert [*folder.glob(".~*"), *folder.glob("*/.~*")] == []
        with app.read() as connection:
            assert app.workspace.evidence.faults(connection) == []
            yield app, connection


def is_clean(folder: Path) -> bool:
    """Run the program's own check on what the last kill left."""
    with App.opened(folder, Clock(jobs.DAY)) as app:
        return bool(check_workspace(app)["ok"])


def test_records(folder: Path) -> None:
    acknowledged: list[str] = [f"PX-2026-{number:04d}" for number in (1, 2, 3)]
    for seconds in moments(MANY, 0.06):
        acknowledged += killed_after(seconds, jobs.add_records, folder)
        with opened_soundly(folder) as (app, connection):
            ledger = app.ledgers["training"]
            stored = fetch(connection, ledger, ids_of(connection, ledger))
            numbers = [each.number for each in stored]
            assert set(acknowledged) <= set(numbers)
            assert len(numbers) <= len(acknowledged) + MANY
            assert {len(each.rows["attendance"]) for each in stored} == {jobs.STAFF}
            assert len(ids_of(connection, ledger, containing("培训"))) == 3
            assert len(ids_of(connection, ledger, containing("新增"))) == len(stored) - 3
            assert connection.scalar(select(func.count()).select_from(Step)) == 1 + 3 + len(stored)
    assert len(acknowledged) >= 3 + MANY
    assert is_clean(folder)


def test_evidence(folder: Path, tmp_path: Path) -> None:
    acknowledged: list[str] = []
    for seed, seconds in enumerate(moments(MANY, 0.06), 1):
        acknowledged += killed_after(seconds, jobs.attach_evidence, folder, tmp_path, seed)
        with opened_soundly(folder) as (app, connection):
            _, record = locate(connection, app.ledgers, "PX-2026-0001")
            files = {each.sha256 for each in attached(connection, [record])}
            assert set(acknowledged) <= files
            assert [each for each in files if not app.workspace.evidence.path_of(each).is_file()] == []
    assert len(acknowledged) >= MANY
    assert is_clean(folder)


def test_import(template: Path, tmp_path: Path) -> None:
    book = tmp_path / "培训.xlsx"
    source = openpyxl.Workbook()
    source.active.append(["培训名称", "培训日期"])
    for number in range(300):
        source.active.append([f"导入{number}", "2026-5-1"])
    source.save(book)
    whole = killed_at(10_000, jobs.import_book, fresh(template, tmp_path), book)
    assert whole[-1] == 300
    for word in words(FEW, len(whole) + 1):
        folder = fresh(template, tmp_path)
        said = killed_at(word, jobs.import_book, folder, book)
        with opened_soundly(folder) as (app, connection):
            found = len(ids_of(connection, app.ledgers["training"], containing("导入")))
            assert found == 300 if said[-1] == 300 else found in {0, 300}
        assert is_clean(folder)


def test_export(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "培训.xlsx"
    for seconds in moments(FEW, 0.2):
        killed_after(seconds, jobs.export_book, folder, target)
        assert len(list(openpyxl.load_workbook(target).worksheets[0].values)) == 4
    assert is_clean(folder)


def test_package(template: Path, tmp_path: Path) -> None:
    target = tmp_path / "包.zip"
    whole = killed_at(10_000, jobs.hand_in, fresh(template, tmp_path), target)
    assert verify(target, Quiet()).ok
    for word in words(FEW, len(whole) + 1):
        folder = fresh(template, tmp_path)
        target.write_bytes(b"older")
        said = killed_at(word, jobs.hand_in, folder, target)
        assert target.read_bytes() == b"older" or verify(target, Quiet()).ok
        with opened_soundly(folder) as (app, connection):
            filed = fetch(connection, app.ledgers["submission"], ids_of(connection, app.ledgers["submission"]))
            hashes = [(each.number, each.values["package_hash"]) for each in filed]
            if isinstance(said[-1], tuple):
                assert hashes == [said[-1]]
            if target.read_bytes() != b"older":
                assert [digest for _, digest in hashes] == [sha256_of(target)]
            for each in filed:
                assert sha256_of(app.workspace.submissions / each.values["package"]) == each.values["package_hash"]
        assert is_clean(folder)


def test_upgrade(template: Path, tmp_path: Path) -> None:
    revisions = tmp_path / "revisions"
    started = time.monotonic()
    assert killed_at(10, jobs.upgrade_file, fresh(template, tmp_path), revisions)[-1] == "done"
    longest = time.monotonic() - started
    for seconds in moments(FEW, longest):
        folder = fresh(template, tmp_path)
        killed_after(seconds, jobs.upgrade_file, folder, revisions)
        database = Database(folder / "ankang.db")
        assert database.faults() == []
        with database.read() as connection:
            upgraded = revision_of(connection) == jobs.NEXT
            known = {column["name"] for column in inspect(connection).get_columns("training")}
            assert ("weather" in known) == upgraded
            assert connection.scalar(text("SELECT count(*) FROM training")) == 3
        database.close()
        assert killed_at(10, jobs.upgrade_file, folder, revisions)[-1] == "done"


@pytest.fixture
def drafted(template: Path, tmp_path: Path) -> Path:
    """The small enterprise with something typed and not saved, its log not folded in: the program was killed before."""
    folder = fresh(template, tmp_path / "drafted")
    killed_after(0.05, jobs.add_records, folder)
    (folder / "drafts").mkdir()
    (folder / "drafts" / "training@.json").write_text('{"title": "没写完"}', "utf-8")
    return folder


@pytest.mark.parametrize("job", [jobs.lock, jobs.unlock])
def test_password_set_and_removed(drafted: Path, tmp_path: Path, job: Job) -> None:
    """Killed before every single step that touches the disk, and at a few other moments."""
    password = jobs.PASSWORD
    with App.opened(drafted, Clock(jobs.DAY)) as app, app.read() as connection:
        before = len(ids_of(connection, app.ledgers["training"]))
    if job is jobs.unlock:
        killed_at(10_000, jobs.lock, drafted, 0)
    started = time.monotonic()
    steps = killed_at(10_000, job, fresh(drafted, tmp_path), 0)
    longest = time.monotonic() - started
    assert steps[-1] == "done"
    tries: list[tuple[int, float]] = [(step, 60) for step in range(1, len(steps))]
    tries += [(0, seconds) for seconds in moments(FEW, longest)]
    outcomes = set()
    for step, seconds in tries:
        folder = fresh(drafted, tmp_path)
        process, pipe = jobs.start(job, folder, step)
        process.join(seconds)
        process.kill()
        process.join()
        pipe.close()
        outcomes.add(is_locked(folder))
        with App.opened(folder, Clock(jobs.DAY), password) as app, app.read() as connection:
            assert app.workspace.database.faults() == [], step
            assert app.workspace.evidence.faults(connection) == []
            assert len(ids_of(connection, app.ledgers["training"])) == before
            assert app.workspace.drafts.kept("training@") == '{"title": "没写完"}', step
            assert (folder / "ankang.key").exists() == is_locked(folder) == bool(app.workspace.key)
        assert [*folder.glob(".~*"), *folder.glob("*.db-*")] == []
        if is_locked(folder):
            assert not [path for path in folder.rglob("*") if path.is_file() and "没写完".encode() in path.read_bytes()]
    assert outcomes == {True, False}
