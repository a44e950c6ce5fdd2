"""Keeping the workspace safe: its backups listed, one of them restored on trial and checked to the last file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select

from ankang_desktop.actions.filing import check_workspace
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import scratch
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store import backup
from ankang_desktop.store.workspace import is_locked


@dataclass(frozen=True)
class KeptBackup:
    """One backup: its folder, when it was made, and how large it is in bytes."""

    folder: Path
    made_at: datetime
    size: int

    @property
    def size_text(self) -> str:
        """Return the size as a person reads it."""
        return size_text(self.size)


@dataclass(frozen=True)
class Rehearsal:
    """What a trial restore found: how many records, and every fault in words."""

    folder: Path
    records: int
    faults: Sequence[str]

    @property
    def sentence(self) -> str:
        """Return the outcome in one sentence."""
        if self.faults:
            return f"演练恢复发现 {len(self.faults)} 个问题：{'；'.join(self.faults[:3])}"
        return f"演练恢复成功：{self.records} 条记录和全部佐证都能完整恢复"


def backups(folder: Path) -> list[KeptBackup]:
    """Return the backups in a folder, the newest first."""
    found = [
        KeptBackup(path, made, sum(each.stat().st_size for each in path.rglob("*") if each.is_file()))
        for path, made in backup.made_in(folder)
    ]
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def size_text(size: int) -> str:
    """Write a number of bytes as people say it: 3.2 MB."""
    for unit, least in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} 字节"


def plain_backups(app: App) -> list[Path]:
    """Return the backups in the workspace's own folder that lie there without its password; none where it has none."""
    return backup.plain_in(app.workspace.folder / "backups") if app.workspace.key else []


def remove_plain_backups(app: App) -> int:
    """Remove the workspace's own backups that have no password; returns how many are gone."""
    return len(backup.remove_backups(app.workspace.folder / "backups", plain_backups(app)))


def backups_in(folders: Iterable[Path], progress: Progress) -> list[KeptBackup]:
    """Return the backups of several folders, the newest first; a folder that is not there now (a stick) holds none."""
    found: list[KeptBackup] = []
    for folder in dict.fromkeys(folders):
        progress.step("读取备份")
        with suppress(OSError):
            found += backups(folder)
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def is_backup_due(app: App) -> bool:
    """Say whether the workspace's own folder holds no backup of today though something is on record."""
    made = [moment for _, moment in backup.made_in(app.workspace.folder / "backups")]
    if made and max(made).date() >= app.clock.today():
        return False
    with app.read() as connection:
        return connection.scalar(select(Record.id).limit(1)) is not None


def days_since(moment: datetime, today: date) -> int:
    """Return how many days ago a moment was."""
    return max(0, (today - moment.date()).days)


def restore_backup(folder: Path, target: Path, progress: Progress) -> Path:
    """Bring a backup back as a new folder, every file checked; returns the folder."""
    backup.restore(folder, target, progress)
    return target


def rehearse(app: App, folder: Path, progress: Progress) -> Rehearsal:
    """Restore a backup into a folder that is thrown away, open it, check every file of it."""
    if not (folder / "ankang.db").is_file():
        raise UserError(f"“{folder}”不是备份", "请先备份，或选择名为 ankang-日期-时间 的文件夹")
    if app.workspace.key is None and is_locked(folder):
        raise UserError("这份备份是设着密码时做的，演练不了", "请用“恢复到新文件夹”，再用做备份时的密码打开")
    with scratch(app.workspace.folder) as room:
        target = room / "演练"
        backup.restore(folder, target, progress)
        progress.step("打开并检查恢复出来的工作区")
        with App.opened(target, app.clock, key=app.workspace.key) as restored:
            outcome = check_workspace(restored)
            with restored.read() as connection:
                records = connection.scalar(select(func.count()).select_from(Record)) or 0
    return Rehearsal(folder, records, tuple(outcome["faults"]))
