"""A password set on a workspace that is closed, changed, and removed; killed at any moment, nothing is lost.

The first bytes of `ankang.db` alone tell whether it is encrypted. The key file is written before an encrypted file
takes the name and removed after a plain one has: what a kill leaves opens, with the state before or the one after.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.files import flush, scratch, world
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.database import can_encrypt
from ankang_desktop.store.vault import COST, KEY, KeyFile, check_password, new_key
from ankang_desktop.store.workspace import Workspace, is_locked


def set_password(folder: Path, password: str, code: str, progress: Progress, cost: int = COST) -> None:
    """Encrypt a workspace under a new key, wrapped by a password and a recovery code (`vault.new_code`)."""
    check_password(password)
    if not can_encrypt():
        raise WorldError("这台电脑上的程序没有加密组件，不能设密码", "请在 64 位 Windows 或 Linux 上用官方安装包安装")
    if is_locked(folder):
        raise UserError("这个工作区已经有密码", "要换密码，请用“修改密码”")
    key = new_key()
    keys = KeyFile.made(key, password, code, cost)
    with _closed(folder, None) as workspace, _exported(workspace, key, progress) as new:
        keys.write(folder / KEY)
        new.replace(workspace.database.path)
        flush(folder)
    Workspace(folder, key).drafts.seal_all()


def change_password(folder: Path, key: bytes, password: str, code: str, cost: int = COST) -> None:
    """Wrap the key of a workspace anew: the older password and recovery code open it no more.

    The key itself stays: a backup's key file and the older password still give it. Removing the password and setting
    one makes a new key.
    """
    check_password(password)
    KeyFile.read(folder / KEY).check(key)
    KeyFile.made(key, password, code, cost).write(folder / KEY)


def remove_password(folder: Path, password: str, progress: Progress) -> None:
    """Make a workspace plain again."""
    key = KeyFile.read(folder / KEY).by_password(password)
    with _closed(folder, key) as workspace, _exported(workspace, None, progress) as new:
        workspace.drafts.open_all()
        new.replace(workspace.database.path)
        flush(folder)
        (folder / KEY).unlink()
        flush(folder)


@contextmanager
def _closed(folder: Path, key: bytes | None) -> Iterator[Workspace]:
    """Hold a workspace for oneself, its log folded into the file: a log of the older file must not meet the new one."""
    workspace = Workspace(folder, key)
    workspace.acquire()
    try:
        workspace.database.fold()
        yield workspace
    finally:
        workspace.close()


@contextmanager
def _exported(workspace: Workspace, key: bytes | None, progress: Progress) -> Iterator[Path]:
    """Give a verified file with the same contents under another key, beside the old one."""
    with world("写入", workspace.folder), scratch(workspace.folder) as room:
        new = room / "ankang.db"
        workspace.database.export_to(new, key, progress)
        flush(new)
        yield new
