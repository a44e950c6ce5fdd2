"""Keeping the workspace safe: its backups listed, one of them restored on trial and checked to the last file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from ankang_desktop.actions.filing import check_workspace
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import scratch
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store import backup


@dataclass(frozen=True)
class KeptBackup:
    """One backup: its folder, when it was made, and how large it is in bytes."""

    folder: Path
    made_at: datetime
    size: int

    @property
    def size_text(self) -> str:
        """Return the size as a person reads it."""
        return f"{self.size / 1_048_576:.1f} MB"


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


def rehearse(app: App, folder: Path, progress: Progress) -> Rehearsal:
    """Restore a backup into a folder that is thrown away, open it, check every file of it."""
    if not (folder / "ankang.db").is_file():
        raise UserError(f"“{folder}”不是备份", "请先备份，或选择名为 ankang-日期-时间 的文件夹")
    with scratch(app.workspace.folder) as room:
        target = room / "演练"
        backup.restore(folder, target, progress)
        progress.step("打开并检查恢复出来的工作区")
        with App.opened(target, app.clock) as restored:
            outcome = check_workspace(restored)
            with restored.read() as connection:
                records = connection.scalar(select(func.count()).select_from(Record)) or 0
    return Rehearsal(folder, records, tuple(outcome["faults"]))
