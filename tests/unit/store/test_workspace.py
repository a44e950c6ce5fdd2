"""One workspace, one program, on a disk of one's own; upgrades whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from ankang_desktop.app import App
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.store import folders, upgrades
from ankang_desktop.store.backup import restore
from ankang_desktop.store.database import Database
from ankang_desktop.store.workspace import create_workspace, open_workspace


def test_one_program_at_a_time(app: App) -> None:
    with pytest.raises(WorldError, match="正被另一个安康杯程序使用"):
        open_workspace(app.workspace.folder)


def test_the_lock_is_let_go(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w").close()
    open_workspace(tmp_path / "w").close()


def test_no_workspace_and_a_second_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有工作区"):
        open_workspace(tmp_path)
    create_workspace(tmp_path / "w").close()
    with pytest.raises(UserError, match="已经有一个工作区"):
        create_workspace(tmp_path / "w")


def test_cloud_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="网盘同步目录"):
        create_workspace(tmp_path / "OneDrive - 厂" / "w")


@pytest.mark.parametrize("name", ["//server/share/w", r"\\server\share\w", r"\\?\UNC\server\share\w"])
def test_shares_are_refused(name: str) -> None:
    with pytest.raises(UserError, match="网络共享盘") as refused:
        folders.refuse_unsafe(Path(name))
    assert "本机的普通文件夹" in refused.value.remedy


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_mounted_network_disks_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    mounts = tmp_path / "mounts"
    place = str(tmp_path / "共享 盘").replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {place} {kind} rw 0 0\ntmpfs {place}/local tmpfs rw 0 0\n")
    monkeypatch.setattr(folders, "_MOUNTS", mounts)
    with pytest.raises(UserError, match="网络共享盘"):
        create_workspace(tmp_path / "共享 盘" / "w")
    create_workspace(tmp_path / "共享 盘" / "local" / "w").close()
    create_workspace(tmp_path / "共享 盘2").close()
    with pytest.raises(UserError, match="网络共享盘"):
        restore(tmp_path, tmp_path / "共享 盘" / "w", Quiet())


def test_local_windows_paths_are_no_shares() -> None:
    for name in (r"C:\Users\a", r"\\?\C:\Users\a", "/home/a"):
        folders.refuse_unsafe(Path(name))


def test_a_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_workspace(tmp_path / "w").close()
    monkeypatch.setattr("os.access", lambda path, mode: False)  # who tests may be root, whom no mode binds
    with pytest.raises(WorldError, match="不能写入"):
        open_workspace(tmp_path / "w")


@pytest.mark.parametrize("name", ["evidence", "backups"])
def test_an_emptied_database_is_not_begun_anew(tmp_path: Path, name: str) -> None:
    (tmp_path / "ankang.db").touch()
    (tmp_path / name).mkdir()
    open_workspace(tmp_path).close()
    (tmp_path / "ankang.db").write_bytes(b"")
    (tmp_path / name / "ab").mkdir()
    with pytest.raises(UserError, match="不见了或是空的") as refused:
        open_workspace(tmp_path)
    assert "请从 backups 文件夹恢复" in refused.value.remedy
    (tmp_path / "ankang.db").unlink()
    with pytest.raises(UserError, match="不见了或是空的"):
        create_workspace(tmp_path)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "ankang.db").write_bytes(b"PK\x03\x04 not a database at all")
    with pytest.raises(UserError, match="不是工作区数据或已损坏"):
        open_workspace(tmp_path)


def test_declared_and_upgraded_tables_are_the_same(app: App) -> None:
    with app.read() as connection:
        assert upgrades.differences(connection) == []


def test_head_is_the_newest_revision() -> None:
    assert upgrades.scripts().get_current_head() == upgrades.HEAD


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w").close()
    database = Database(tmp_path / "w" / "ankang.db")
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(UserError, match="更新版本的程序"):
        open_workspace(tmp_path / "w")


def test_a_failed_upgrade_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(tmp_path / "x.db")
    monkeypatch.setattr(upgrades.INDEX, "create", lambda connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upgrades.bring_up_to_date(database, tmp_path / "backups")
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    database.close()


@pytest.mark.parametrize("left", [b"", bytes(512)])
def test_a_journal_nobody_needs_any_more_is_removed(tmp_path: Path, left: bytes) -> None:
    create_workspace(tmp_path / "w").close()
    journal = tmp_path / "w" / "ankang.db-journal"
    journal.write_bytes(left)
    open_workspace(tmp_path / "w").close()
    assert not journal.exists()
