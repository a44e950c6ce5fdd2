"""One workspace: a folder held by one program at a time.

In it lie `ankang.db`, `evidence/`, `backups/`, `submissions/`, and the officer's own `programmes/` and `forms/`; where
it has a password also `ankang.key` (see `vault`). What `ankang.db` begins with tells whether it has.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ankang_desktop.kernel.errors import Locked, UserError, WorldError
from ankang_desktop.kernel.files import world
from ankang_desktop.store.database import Database, can_encrypt, may_be_database
from ankang_desktop.store.drafts import Drafts
from ankang_desktop.store.evidence import EvidenceStore
from ankang_desktop.store.folders import refuse_unsafe
from ankang_desktop.store.upgrades import bring_up_to_date
from ankang_desktop.store.vault import KEY, KeyFile


class Workspace:
    """An open workspace; `close()` lets the next program in."""

    def __init__(self, folder: Path, key: bytes | None = None) -> None:
        self.folder, self.key = folder, key
        self.database = Database(folder / "ankang.db", key)
        self.drafts = Drafts(folder / "drafts", key)
        self.evidence = EvidenceStore(folder / "evidence")
        self.submissions = folder / "submissions"
        self.programmes = folder / "programmes"
        self._lock = FileLock(folder / ".ankang.lock", thread_local=False)

    def acquire(self) -> None:
        """Take the lock; raises WorldError where another program has it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise WorldError(
                f"工作区“{self.folder}”正被另一个安康杯程序使用", "请先关闭另一个窗口或命令，再重试"
            ) from error

    def close(self) -> None:
        """Close the database and let go of the lock."""
        self.database.close()
        self._lock.release()


def create_workspace(folder: Path) -> Workspace:
    """Make a workspace in an empty or new folder and open it; raises UserError where one is there already."""
    refuse_unsafe(folder)
    if (folder / "ankang.db").exists():
        raise UserError(f"“{folder}”里已经有一个工作区", "请直接打开它，或换一个空文件夹")
    _refuse_remains(folder)
    with world("新建工作区", folder):
        folder.mkdir(parents=True, exist_ok=True)
    return _open(folder)


def is_locked(folder: Path) -> bool:
    """Say whether a folder (a workspace, a backup) holds records that open with a password only."""
    path = folder / "ankang.db"
    return path.is_file() and (folder / KEY).is_file() and not may_be_database(path)


def open_workspace(folder: Path, password: str | None = None, *, key: bytes | None = None) -> Workspace:
    """Open a workspace, bringing its file up to date; raises UserError where there is none or it is newer than we.

    One with a password opens with it, or with the key that the password gave before; else it is Locked.
    """
    path = folder / "ankang.db"
    if not path.exists():
        raise UserError(f"“{folder}”里没有工作区", "请先用 init 新建工作区，或检查文件夹名称")
    refuse_unsafe(folder)
    with world("打开", path):
        if is_locked(folder):
            return _open(folder, _key(folder, password, key))
        if not may_be_database(path):
            remedy = "请从 backups 文件夹恢复最近的备份；设过密码的，先把备份里的 ankang.key 复制回来"
            raise UserError(f"“{path}”不是工作区数据或已损坏", remedy)
        if path.stat().st_size == 0:
            _refuse_remains(folder)
    return _open(folder)


def _key(folder: Path, password: str | None, key: bytes | None) -> bytes:
    if not can_encrypt():
        raise WorldError(
            f"“{folder}”设了密码，这台电脑上的程序没有加密组件，打不开",
            "请在 64 位 Windows 或 Linux 上用官方安装包打开；数据没有任何改动",
        )
    keys = KeyFile.read(folder / KEY)
    if key is not None:
        keys.check(key)
        return key
    if password is None:
        raise Locked(f"工作区“{folder}”设了密码", "请输入密码")
    return keys.by_password(password)


def _open(folder: Path, key: bytes | None = None) -> Workspace:
    if not os.access(folder, os.W_OK):
        raise WorldError(f"文件夹“{folder}”不能写入", "请换一个可以写入的文件夹，或把它从只读介质复制出来")
    workspace = Workspace(folder, key)
    workspace.acquire()
    try:
        if is_locked(folder) != (key is not None):
            raise WorldError(f"工作区“{folder}”的密码刚刚在另一个窗口里改动", "请再打开一次")
        _sweep(folder)
        if _is_plain(folder):
            (folder / KEY).unlink(missing_ok=True)  # a password was not quite set, or removed
        workspace.drafts.seal_all()
        bring_up_to_date(workspace.database, folder / "backups")
        # Left where SQLite was killed changing its kind of journal; one still needed is used and removed by now.
        with suppress(OSError):
            (folder / "ankang.db-journal").unlink(missing_ok=True)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _is_plain(folder: Path) -> bool:
    """Say whether the records are there, to be read by anybody; an empty file says nothing of either."""
    path = folder / "ankang.db"
    return path.is_file() and path.stat().st_size > 0 and may_be_database(path)


def _sweep(folder: Path) -> None:
    """Remove what a killed program left half-written (“.~…”); we hold the lock, so nobody is writing them."""
    for place in (folder, *(folder / name for name in ("evidence", "backups", "submissions", "drafts"))):
        for left in place.glob(".~*"):
            shutil.rmtree(left, ignore_errors=True)
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _refuse_remains(folder: Path) -> None:
    """Refuse to begin anew where evidence, backups or a key show that there was a workspace whose data are lost."""
    if (folder / KEY).exists() or any(any((folder / name).glob("*")) for name in ("evidence", "backups")):
        raise UserError(
            f"“{folder}”里有佐证、备份或密钥文件，但工作区数据（ankang.db）不见了或是空的",
            "请从 backups 文件夹恢复最近的备份；要另建工作区，请换一个空文件夹",
        )
