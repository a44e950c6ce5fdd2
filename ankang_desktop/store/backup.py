"""Verified copies of a workspace, attachments and the officer's own files included, and their way back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.files import flush, free_name, scratch, world
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.database import may_be_database
from ankang_desktop.store.evidence import referred
from ankang_desktop.store.folders import refuse_unsafe
from ankang_desktop.store.vault import KEY
from ankang_desktop.store.workspace import Workspace, is_locked

_FOLDERS = ("programmes", "forms", "submissions")
_NAME, _MOMENT = re.compile(r"ankang-(\d{8}-\d{6})"), "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class Backup:
    """A backup's folder; `warnings` name the evidence that was gone or damaged before it was made."""

    folder: Path
    warnings: tuple[str, ...]


def back_up(workspace: Workspace, folder: Path, now: datetime, progress: Progress) -> Backup:
    """Write a whole backup into `folder`, named by the moment: the database, the evidence, the officer's own files.

    One lost or damaged file does not stop it: the rest is saved and the file is named in the warnings.
    """
    with world("备份到", folder):
        folder.mkdir(parents=True, exist_ok=True)
        target = free_name(folder, f"ankang-{now.strftime(_MOMENT)}")
        with scratch(folder) as room:
            whole = room / "whole"
            whole.mkdir()
            workspace.database.copy_to(whole / "ankang.db")
            flush(whole / "ankang.db")
            if workspace.key:
                _copy_all([workspace.folder / KEY], workspace.folder, whole, "复制密钥文件", progress)
            with workspace.database.read() as connection:
                evidence = [workspace.evidence.path_of(each) for each in sorted(referred(connection))]
                files = [path for path in evidence if path.is_file()] + _own_files(workspace.folder)
                hashes = _copy_all(files, workspace.folder, whole, "复制佐证和方案", progress)
                warnings = workspace.evidence.faults(connection, hashes.__getitem__)
            whole.rename(target)
        flush(folder)
    return Backup(target, tuple(warnings))


def _own_files(folder: Path) -> list[Path]:
    """Return what the officer keeps in the workspace beside the records, nothing half-written."""
    found = [path for name in _FOLDERS for path in sorted((folder / name).rglob("*")) if path.is_file()]
    return [path for path in found if not any(part.startswith(".~") for part in path.relative_to(folder).parts)]


def restore(backup: Path, target: Path, progress: Progress) -> None:
    """Bring a backup back as a new folder, every file checked; an existing workspace is never overwritten.

    What was already missing when the backup was made is missing here too: `EvidenceStore.faults` names it.
    """
    refuse_unsafe(target)
    with world("恢复到", target):
        if not is_backup(backup):
            raise UserError(f"“{backup}”不是备份", "请选择名为 ankang-日期-时间 的备份文件夹")
        if target.exists() and any(target.iterdir()):
            raise UserError(f"“{target}”不是空文件夹，里面可能已经有一个工作区", "请恢复到一个新的空文件夹")
        target.parent.mkdir(parents=True, exist_ok=True)
        with scratch(target.parent) as room:
            whole = room / "whole"
            whole.mkdir()
            _copy_all([path for path in backup.rglob("*") if path.is_file()], backup, whole, "恢复", progress)
            if target.exists():
                target.rmdir()
            whole.rename(target)


def is_backup(folder: Path) -> bool:
    """Say whether a folder holds records that can be brought back, with a password or without."""
    path = folder / "ankang.db"
    return path.is_file() and (may_be_database(path) or is_locked(folder))


def plain_in(folder: Path) -> list[Path]:
    """Return what lies in a folder of backups without a password: whole backups and copies made by upgrades."""
    found = [path for path, _ in made_in(folder) if may_be_database(path / "ankang.db")]
    return found + [path for path in sorted(folder.glob("*.db")) if may_be_database(path)]


def remove_backups(folder: Path, paths: Iterable[Path]) -> list[Path]:
    """Remove backups of a folder; each leaves its name before it is removed. Returns those that are gone."""
    gone = []
    with scratch(folder) as room:
        for path in paths:
            with suppress(OSError):  # open in another program: it stays for the next time
                path.rename(room / path.name)
                gone.append(path)
    return gone


def _copy_all(files: Sequence[Path], top: Path, target: Path, doing: str, progress: Progress) -> dict[Path, str]:
    """Copy files below `top` to the same places below `target`, each flushed and hashed again; returns the hashes."""
    hashes: dict[Path, str] = {}
    for done, path in enumerate(files, 1):
        progress.step(doing, done, len(files))
        copy = target / path.relative_to(top)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        flush(copy)
        hashes[path] = sha256_of(copy)
        if hashes[path] != sha256_of(path):
            raise WorldError(f"“{path.name}”复制后不一致", "请检查磁盘后重试")
    return hashes


def thin(folder: Path, now: datetime) -> list[Path]:
    """Remove older whole backups of a folder, the newest of recent days, weeks and months kept; returns them.

    Only folders named as `back_up` names them are looked at. Each leaves its name before it is removed, so that no
    half backup ever bears one.
    """
    backups = {moment: path for path, moment in made_in(folder)}
    return remove_backups(folder, [backups[moment] for moment in to_thin(backups, now)])


def made_in(folder: Path) -> list[tuple[Path, datetime]]:
    """Return the whole backups of a folder and when each was made; a folder that is not there holds none."""
    found = folder.iterdir() if folder.is_dir() else ()
    return [(path, moment) for path in found if (moment := _made_at(path)) is not None]


def _made_at(path: Path) -> datetime | None:
    found = _NAME.fullmatch(path.name)
    if found is None or not (path / "ankang.db").is_file():
        return None
    try:
        return datetime.strptime(found[1], _MOMENT)
    except ValueError:
        return None


def to_thin(
    moments: Iterable[datetime], now: datetime, daily: int = 7, weekly: int = 4, monthly: int = 12
) -> list[datetime]:
    """Return the moments whose backups may go: kept are the newest of each recent day, week and month.

    The newest is the newest of its day, so it always stays; those later than `now` (a wrong clock) are left alone.
    """
    past = sorted(moment for moment in moments if moment <= now)
    kept: set[datetime] = set()
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (daily, lambda moment: moment.date()),
        (weekly, lambda moment: moment.isocalendar()[:2]),
        (monthly, lambda moment: (moment.year, moment.month)),
    )
    for most, period in periods:
        newest = {period(moment): moment for moment in past}
        kept.update(sorted(newest.values())[-most:])
    return [moment for moment in past if moment not in kept]
