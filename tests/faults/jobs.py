"""Work done in a process of its own, so that it can be killed or starved: each job tells through a pipe how far it is.

The processes are forked from a server that has the program loaded, where the system has forks; else they are spawned.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from ankang_desktop.actions import filing, papers, records, scores, sheets, submitting, tables  # noqa: F401 - preloaded
from ankang_desktop.app import App
from ankang_desktop.cli.shell import main
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.store import locking, upgrades
from ankang_desktop.store.database import Database
from ankang_desktop.store.evidence import Use

DAY = date(2026, 11, 21)
STAFF = 20
Job = Callable[..., None]


def start(job: Job, *arguments: Any) -> tuple[BaseProcess, Connection]:
    """Start a job in a process of its own; return the process and what it says."""
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload([__name__])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=job, args=(theirs, *arguments))
    process.start()
    theirs.close()
    return process, ours


def told(pipe: Connection) -> Iterator[Any]:
    """Yield what a job says until it ends or dies."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            yield pipe.recv()


def furnish(folder: Path) -> None:
    """Make a small enterprise: twenty staff, a few trainings, three photos."""
    with App.created(folder, Clock(DAY)) as app:
        with app.begin("登记") as unit:
            unit.add(app.ledgers["profile"], {"name": "华兴机械厂", "high_risk": False})
            unit.add_many(
                app.ledgers["employee"], [({"code": f"{n:03d}", "name": f"职工{n}"}, {}) for n in range(STAFF)]
            )
        for number in range(3):
            add_training(app, f"培训{number}")
            file = noise(folder.parent / f"照片{number}.bin", number)
            filing.attach_files(app, f"PX-2026-{number + 1:04d}", [file], Use())


def add_training(app: App, title: str) -> str:
    """Add one record with a row for everyone; return its number."""
    values = {"title": title, "held_on": date(2026, 3, 1), "hours": Decimal(2), "box": "1"}
    with app.begin("登记培训") as unit:
        people = [{"person": key} for key in range(2, STAFF + 2)]
        record = unit.add(app.ledgers["training"], values, {"attendance": people})
        _, stored = unit.stored(record)
    return stored.number


def noise(path: Path, seed: int, size: int = 200_000) -> Path:
    """Write a file of bytes that no other seed gives."""
    path.write_bytes(random.Random(seed).randbytes(size))
    return path


class Telling(Quiet):
    """Progress that goes through the pipe."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        self.pipe.send(text)


def add_records(pipe: Connection, folder: Path) -> None:
    """Add records for ever; each is told once it is acknowledged."""
    with App.opened(folder, Clock(DAY)) as app:
        for number in count():
            pipe.send(add_training(app, f"新增{number}"))


def attach_evidence(pipe: Connection, folder: Path, source: Path, seed: int) -> None:
    """Attach ever new files to one record; the hash of each is told."""
    with App.opened(folder, Clock(DAY)) as app:
        for number in count(seed * 10_000):
            file = noise(source / f"{number}.bin", number)
            [added], _ = filing.attach_files(app, "PX-2026-0001", [file], Use())
            file.unlink()
            pipe.send(added.sha256)


def import_book(pipe: Connection, folder: Path, book: Path) -> None:
    """Import a workbook as one step."""
    with App.opened(folder, Clock(DAY)) as app:
        pipe.send("open")
        done = tables.import_workbook(app, "training", book, Telling(pipe))
        pipe.send(done.written)


def export_book(pipe: Connection, folder: Path, target: Path) -> None:
    """Export over the same file for ever."""
    with App.opened(folder, Clock(DAY)) as app:
        while True:
            pipe.send(tables.export_records(app, "training", target, "", Quiet()))


def hand_in(pipe: Connection, folder: Path, target: Path) -> None:
    """Hand the package in."""
    with App.opened(folder, Clock(DAY)) as app:
        pipe.send("open")
        done = submitting.submit(app, submitting.Order(target), Telling(pipe))
        pipe.send((done.number, done.sha256))


NEXT = f"{int(upgrades.HEAD) + 1:04d}"
REVISION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "%s", "%s", None, None


def upgrade():
    with op.batch_alter_table("training") as batch:
        batch.add_column(sa.Column("weather", sa.String(20)))
    with op.batch_alter_table("record", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.String(20)))
    op.execute("UPDATE training SET weather = 'fair'")
"""


def upgrade_file(pipe: Connection, folder: Path, revisions: Path) -> None:
    """Upgrade a workspace to a made-up next revision."""
    if not revisions.exists():
        shutil.copytree(upgrades._FOLDER, revisions, ignore=shutil.ignore_patterns("__pycache__"))
        (revisions / "versions" / f"{NEXT}.py").write_text(REVISION % (NEXT, upgrades.HEAD), "utf-8")
    upgrades._FOLDER, upgrades.HEAD = revisions, NEXT
    database = Database(folder / "ankang.db")
    pipe.send("open")
    upgrades.bring_up_to_date(database, folder / "backups")
    database.close()
    pipe.send("done")


PASSWORD, CHEAP = "砂轮 行车 2026", 1 << 4


def lock(pipe: Connection, folder: Path, step: int) -> None:
    """Set a password, dying after so many of the steps that touch the disk; 0 lives."""
    _die_after(pipe, step)
    locking.set_password(folder, PASSWORD, "CODE", Quiet(), CHEAP)
    pipe.send("done")


def unlock(pipe: Connection, folder: Path, step: int) -> None:
    """Remove the password, dying as `lock` does."""
    _die_after(pipe, step)
    locking.remove_password(folder, PASSWORD, Quiet())
    pipe.send("done")


def _die_after(pipe: Connection, step: int) -> None:
    """Kill this process at one of the calls by which Python reaches the disk; each is told before it is made."""
    seen = count(1)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        places = [str(each) for each in arguments if isinstance(each, str | Path)]
        if event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "open"} and any(
            "/w/" in each for each in places
        ):
            pipe.send(f"{event} {places[0]}")
            if next(seen) == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def command(pipe: Connection, limit: int, words: list[str]) -> None:
    """Run a command that may write no file longer than `limit` bytes; tell its exit code and what it said."""
    import resource  # POSIX only, as the limit is

    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    out, errors = StringIO(), StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        code = main(["--today", DAY.isoformat(), "--json", *words])
    sys.stdout.flush()
    pipe.send((code, out.getvalue(), errors.getvalue()))
