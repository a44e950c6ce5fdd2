"""A password set, changed, removed: the records stay the same, only the owner reads them, damage is noticed."""

from __future__ import annotations

import random
import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from ankang_desktop.actions import filing, keeping
from ankang_desktop.app import App
from ankang_desktop.cli import main
from ankang_desktop.desktop.form import drafts
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import AnkangError, Locked, UserError, WorldError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.store import database, upgrades, workspace
from ankang_desktop.store.backup import restore
from ankang_desktop.store.locking import change_password, remove_password, set_password
from ankang_desktop.store.query import containing, fetch, ids_of
from ankang_desktop.store.upgrades import bring_up_to_date
from ankang_desktop.store.vault import KEY, KeyFile, new_code
from ankang_desktop.store.workspace import is_locked, open_workspace

CHEAP = 1 << 4
DAY = date(2026, 11, 21)
PASSWORD, OTHER = "砂轮 行车 2026", "清凉 电扇 2027"
SECRETS = ("紫铜鼎密语", "司徒砚秋", "未存草稿暗记", "只改一次的旧话", "secretlatin")


def furnish(folder: Path) -> None:
    """Write what is looked for afterwards: a record, a name, an older state of it, a draft, a word searched for."""
    with App.created(folder, Clock(DAY)) as app:
        with app.begin("登记") as unit:
            unit.add(app.ledgers["employee"], {"code": "001", "name": SECRETS[1]})
            hazard = unit.add(
                app.ledgers["hazard"],
                {"found_on": DAY, "source": Source.snapshot, "description": f"{SECRETS[3]} {SECRETS[4]}"},
            )
        with app.begin("修改") as unit:
            unit.change(hazard, {"description": f"{SECRETS[0]} {SECRETS[4]}"})
        drafts.keep_draft(app, "drill", "", {"name": SECRETS[2]})


def lock(folder: Path, password: str = PASSWORD) -> str:
    code = new_code()
    set_password(folder, password, code, Quiet(), CHEAP)
    return code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    furnish(tmp_path / "w")
    return tmp_path / "w"


def descriptions(app: App) -> list[str]:
    ledger = app.ledgers["hazard"]
    with app.read() as connection:
        return [each.values["description"] for each in fetch(connection, ledger, ids_of(connection, ledger))]


def hits(place: Path) -> list[tuple[str, str]]:
    """Return (file, secret) for every planted text found in the raw bytes of any file, as UTF-8 or UTF-16."""
    files = [path for path in place.rglob("*") if path.is_file()]
    spelled = [(each, code) for each in SECRETS for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [(path.name, each) for path in files for each, code in spelled if each.encode(code) in path.read_bytes()]


def test_set_changed_and_removed(folder: Path) -> None:
    before = (folder / "ankang.db").read_bytes()
    code = lock(folder)
    assert before[:15] == b"SQLite format 3"
    assert (folder / "ankang.db").read_bytes()[:15] != b"SQLite format 3"
    assert is_locked(folder)
    with pytest.raises(Locked, match="设了密码"):
        open_workspace(folder)
    with pytest.raises(Locked, match="密码不对"):
        open_workspace(folder, OTHER)
    with App.opened(folder, Clock(DAY), PASSWORD) as app:
        assert descriptions(app) == [f"{SECRETS[0]} {SECRETS[4]}"]
        with app.read() as connection:
            assert len(ids_of(connection, app.ledgers["hazard"], containing("鼎密"))) == 1
        assert filing.check_workspace(app)["faults"] == []
        assert app.undo().title == "修改"
        assert descriptions(app) == [f"{SECRETS[3]} {SECRETS[4]}"]
        app.redo()
        key = app.workspace.key
        assert key
        file = (folder / "ankang.db").read_bytes()
        change_password(folder, key, OTHER, "NEW", CHEAP)
        assert (folder / "ankang.db").read_bytes() == file
    for no in (PASSWORD, code):
        with pytest.raises(Locked):
            open_workspace(folder, no)
    with pytest.raises(Locked):
        KeyFile.read(folder / "ankang.key").by_code(code)
    with pytest.raises(Locked):
        remove_password(folder, PASSWORD, Quiet())
    remove_password(folder, OTHER, Quiet())
    assert not (folder / "ankang.key").exists()
    with App.opened(folder, Clock(DAY)) as app:
        assert descriptions(app) == [f"{SECRETS[0]} {SECRETS[4]}"]
        assert drafts.kept_draft(app, "drill", "") == {"name": SECRETS[2]}
        assert filing.check_workspace(app)["faults"] == []


def test_the_recovery_code_leads_to_a_new_password(folder: Path) -> None:
    code = lock(folder)
    key = KeyFile.read(folder / "ankang.key").by_code(code.lower())
    change_password(folder, key, OTHER, new_code(), CHEAP)
    with App.opened(folder, Clock(DAY), OTHER) as app:
        assert descriptions(app)


def test_a_password_twice_is_refused(folder: Path) -> None:
    lock(folder)
    with pytest.raises(UserError, match="已经有密码"):
        lock(folder)
    with pytest.raises(UserError, match="太短"):
        set_password(folder, "123", "X", Quiet(), CHEAP)


def test_only_the_owner_reads_it(folder: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R10: while it is open, after it is closed, in its backups, temporary files and reports."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    assert {secret for _, secret in hits(folder)} >= set(SECRETS) - {SECRETS[3]}  # what is looked for can be found
    lock(folder)
    assert hits(folder) == []
    with App.opened(folder, Clock(DAY), PASSWORD) as app:
        with app.begin("再登记") as unit:
            unit.add(
                app.ledgers["hazard"],
                {"found_on": DAY, "source": Source.snapshot, "description": f"{SECRETS[0]} 二"},
            )
        with app.read() as connection:
            assert len(ids_of(connection, app.ledgers["hazard"], containing(SECRETS[0]))) == 2
        drafts.keep_draft(app, "drill", "", {"name": SECRETS[2]})
        assert drafts.kept_draft(app, "drill", "") == {"name": SECRETS[2]}
        assert drafts.all_drafts(app) == [("drill", "")]
        filing.back_up(app, None, Quiet())
        filing.back_up(app, tmp_path / "stick", Quiet())
        assert (folder / "ankang.db-wal").stat().st_size > 0
        assert hits(folder) == []
        with app.begin("错") as unit:
            pass
    monkeypatch.setenv("ANKANG_PASSWORD", PASSWORD)
    monkeypatch.setattr(App, "read", lambda app: app.workspace.database.engine.connect().exec_driver_sql(SECRETS[0]))
    assert main(["--workspace", str(folder), "list", "hazard"]) == 1
    assert any(home.rglob("crash.txt"))
    assert [hit for place in (folder, tmp_path, home, temporary) for hit in hits(place)] == []


def test_a_locked_backup_comes_back_locked(folder: Path, tmp_path: Path) -> None:
    lock(folder)
    with App.opened(folder, Clock(DAY), PASSWORD) as app:
        made, _ = filing.back_up(app, None, Quiet())
        assert keeping.plain_backups(app) == []
        assert keeping.rehearse(app, made.folder, Quiet()).faults == ()
        key = app.workspace.key
        assert key
        change_password(folder, key, OTHER, new_code(), CHEAP)
    restore(made.folder, tmp_path / "back", Quiet())
    with pytest.raises(Locked):
        open_workspace(tmp_path / "back", OTHER)  # its password is that of its day
    with App.opened(tmp_path / "back", Clock(DAY), PASSWORD) as app:
        assert descriptions(app)
        assert app.workspace.database.faults() == []


def test_a_backup_under_another_key_is_not_rehearsed_but_named(folder: Path) -> None:
    lock(folder)
    with App.opened(folder, Clock(DAY), PASSWORD) as app:
        made, _ = filing.back_up(app, None, Quiet())
    remove_password(folder, PASSWORD, Quiet())
    with App.opened(folder, Clock(DAY)) as app, pytest.raises(UserError, match="设着密码时做的"):
        keeping.rehearse(app, made.folder, Quiet())
    lock(folder)
    with App.opened(folder, Clock(DAY), PASSWORD) as app, pytest.raises(Locked, match="另一个密码"):
        keeping.rehearse(app, made.folder, Quiet())


def test_older_backups_without_a_password_are_counted_and_removed(folder: Path) -> None:
    with App.opened(folder, Clock(DAY)) as app:
        made, _ = filing.back_up(app, None, Quiet())
        shutil.copy(folder / "ankang.db", folder / "backups" / "upgrade-from-0000.db")
        assert keeping.plain_backups(app) == []
    lock(folder)
    with App.opened(folder, Clock(DAY), PASSWORD) as app:
        assert [path.name for path in keeping.plain_backups(app)] == [made.folder.name, "upgrade-from-0000.db"]
        assert keeping.rehearse(app, made.folder, Quiet()).faults == ()
        assert keeping.remove_plain_backups(app) == 2
        filing.back_up(app, None, Quiet())
        assert keeping.plain_backups(app) == []
    assert hits(folder) == []


def test_every_flipped_byte_is_noticed(folder: Path, tmp_path: Path) -> None:
    """R5: 60 bytes anywhere in the file."""
    lock(folder)
    whole = (folder / "ankang.db").read_bytes()
    chance = random.Random(20261121)
    places = [0, 15, 16, 4095, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(55))]
    key = KeyFile.read(folder / "ankang.key").by_password(PASSWORD)
    unseen = [place for place in places if not is_noticed(tmp_path / "x.db", whole, place, key)]
    assert unseen == []
    (folder / "ankang.db").write_bytes(flipped(whole, 4096 * 9 + 77))
    try:
        with App.opened(folder, Clock(DAY), PASSWORD) as app:
            told = app.workspace.database.faults()
    except AnkangError as error:
        told = [str(error)]
    assert "损坏" in told[0]
    assert "备份" in told[0]


def flipped(whole: bytes, place: int) -> bytes:
    return whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]


def is_noticed(path: Path, whole: bytes, place: int, key: bytes) -> bool:
    path.write_bytes(flipped(whole, place))
    opened = database.Database(path, key)
    try:
        return bool(opened.faults())
    except AnkangError:
        return True
    finally:
        opened.close()


def test_a_left_over_key_file_beside_plain_records_is_dropped(folder: Path) -> None:
    (folder / "ankang.key").write_text("{}")
    assert not is_locked(folder)
    open_workspace(folder).close()
    assert not (folder / "ankang.key").exists()


def test_a_lost_key_file_is_said_with_the_way_back(folder: Path) -> None:
    lock(folder)
    (folder / "ankang.key").unlink()
    with pytest.raises(UserError, match="已损坏") as refused:
        open_workspace(folder)
    assert "ankang.key" in refused.value.remedy


def test_without_the_encrypting_driver(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr(database.importlib.util, "find_spec", lambda _: None)
        with pytest.raises(WorldError, match="没有加密组件，不能设密码"):
            lock(folder)
    lock(folder)
    monkeypatch.setattr(database.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(WorldError, match="没有加密组件，打不开"):
        open_workspace(folder, PASSWORD)


def test_the_copy_before_an_upgrade_is_locked_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(folder)
    with App.opened(folder, Clock(DAY), PASSWORD) as app:
        with app.workspace.database.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        monkeypatch.setattr(upgrades, "upgrade", lambda _: None)
        bring_up_to_date(app.workspace.database, folder / "backups")
    assert sorted(path.name for path in (folder / "backups").iterdir()) == [
        "upgrade-from-0000.db",
        "upgrade-from-0000.key",
    ]
    assert hits(folder / "backups") == []


@pytest.fixture
def locked(folder: Path) -> Path:
    lock(folder)
    return folder


def test_a_draft_left_in_plain_is_sealed_at_the_next_opening(locked: Path) -> None:
    (locked / "drafts" / "hazard@.json").write_text(f'{{"name": "{SECRETS[2]}"}}', "utf-8")
    with App.opened(locked, Clock(DAY), PASSWORD) as app:
        assert drafts.kept_draft(app, "hazard", "") == {"name": SECRETS[2]}
    assert hits(locked) == []


def test_a_key_is_never_dropped_beside_encrypted_records(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program set the password between our look and our lock."""
    lock(folder)
    locked_before, looked = workspace.is_locked, list[bool]()

    def stale(at: Path) -> bool:
        looked.append(True)
        return False if len(looked) == 1 else locked_before(at)

    plain = workspace.may_be_database
    monkeypatch.setattr(workspace, "is_locked", stale)
    monkeypatch.setattr(workspace, "may_be_database", lambda path: len(looked) == 1 or plain(path))
    with pytest.raises(WorldError, match="刚刚在另一个窗口里改动"):
        workspace.open_workspace(folder)
    monkeypatch.undo()
    assert (folder / KEY).is_file()
    workspace.open_workspace(folder, PASSWORD).close()


def test_no_workspace_is_begun_beside_the_key_of_one_that_is_gone(folder: Path) -> None:
    lock(folder)
    (folder / "ankang.db").rename(folder.parent / "away.db")
    with pytest.raises(UserError, match="密钥文件"):
        workspace.create_workspace(folder)
    assert (folder / KEY).is_file()
