"""Verified copies of a workspace, attachments included, and their way back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.files import flush, free_name, scratch, world
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.database import Database
from ankang_desktop.store.evidence import EvidenceStore, sha256_of


def copy_database(database: Database, folder: Path, label: str) -> Path:
    """Write a verified copy of the database alone, e.g. before an upgrade; returns its path."""
    with world("备份到", folder):
        folder.mkdir(parents=True, exist_ok=True)
        target = free_name(folder, f"{label}.db")
        with scratch(folder) as room:
            database.copy_to(room / "copy.db")
            flush(room / "copy.db")
            (room / "copy.db").replace(target)
        flush(folder)
    return target


def back_up(database: Database, evidence: EvidenceStore, folder: Path, now: datetime, progress: Progress) -> Path:
    """Write a whole backup: the database and every file it refers to; returns its folder, named by the moment."""
    with world("备份到", folder):
        folder.mkdir(parents=True, exist_ok=True)
        target = free_name(folder, f"ankang-{now:%Y%m%d-%H%M%S}")
        with scratch(folder) as room:
            whole = room / "whole"
            whole.mkdir()
            database.copy_to(whole / "ankang.db")
            flush(whole / "ankang.db")
            files = [path for path in evidence.folder.glob("*/*") if path.is_file()]
            _copy_all(files, evidence.folder.parent, whole, "复制佐证", progress)
            whole.rename(target)
        flush(folder)
    return target


def restore(backup: Path, target: Path, progress: Progress) -> None:
    """Bring a backup back as a new folder, every file checked; an existing workspace is never overwritten."""
    if not (backup / "ankang.db").is_file():
        raise UserError(f"“{backup}”不是备份", "请选择名为 ankang-日期-时间 的备份文件夹")
    if target.exists() and any(target.iterdir()):
        raise UserError(f"“{target}”不是空文件夹，里面可能已经有一个工作区", "请恢复到一个新的空文件夹")
    with world("恢复到", target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with scratch(target.parent) as room:
            whole = room / "whole"
            whole.mkdir()
            _copy_all([path for path in backup.rglob("*") if path.is_file()], backup, whole, "恢复", progress)
            if target.exists():
                target.rmdir()
            whole.rename(target)


def _copy_all(files: Sequence[Path], top: Path, target: Path, doing: str, progress: Progress) -> None:
    """Copy files below `top` to the same places below `target`, each flushed and hashed again."""
    for done, path in enumerate(files, 1):
        progress.step(doing, done, len(files))
        copy = target / path.relative_to(top)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        flush(copy)
        if sha256_of(copy) != sha256_of(path):
            raise WorldError(f"“{path.name}”复制后不一致", "请检查磁盘后重试")


def to_thin(days: Sequence[date], today: date, daily: int = 7, weekly: int = 4, monthly: int = 12) -> set[date]:
    """Return the days whose backups may go: kept are the newest of each recent day, week and month."""
    kept: set[date] = set()
    for most, period in (
        (daily, lambda day: day.toordinal()),
        (weekly, lambda day: day.isocalendar()[:2]),
        (monthly, lambda day: (day.year, day.month)),
    ):
        newest: dict[object, date] = {}
        for day in sorted(day for day in days if day <= today):
            newest[period(day)] = day
        kept.update(sorted(newest.values())[-most:])
    return {day for day in days if day <= today} - kept
