"""One workspace, one program; upgrades whole; evidence by content; backups that come back."""

from __future__ import annotations

import struct
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from ankang_desktop.actions import filing
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.store import folders, upgrades
from ankang_desktop.store.backup import back_up, restore, thin, to_thin
from ankang_desktop.store.database import Database
from ankang_desktop.store.evidence import Use, attach, attached, date_warning, detach
from ankang_desktop.store.photo_dates import taken_on
from ankang_desktop.store.unit import redo, undo
from ankang_desktop.store.workspace import create_workspace, open_workspace

FOUND = {"found_on": date(2026, 6, 1), "source": Source.snapshot, "description": "砂轮机防护罩松动"}


@pytest.fixture
def hazard(app: App) -> int:
    with app.begin("登记") as unit:
        return unit.add(app.ledgers["hazard"], FOUND)


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


@pytest.mark.parametrize(
    "name", ["//server/share/w", r"\\\\server\\share\\w".replace("\\\\", "\\"), r"\\?\UNC\server\share\w"]
)
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


def test_one_file_many_records(app: App, hazard: int, tmp_path: Path) -> None:
    photo = tmp_path / "IMG_20260603_101500.jpg"
    Image.new("RGB", (40, 30), "red").save(photo)
    with app.begin("佐证") as unit:
        other = unit.add(app.ledgers["hazard"], FOUND)
        for record in (hazard, other):
            attach(unit, app.workspace.evidence, record, photo, Use("整改前照片", "防护罩", box="3", page="12"))
    with app.read() as connection:
        files = attached(connection, [hazard, other])
        assert app.workspace.evidence.faults(connection) == []
    assert len({each.sha256 for each in files}) == 1
    assert [(each.slot, each.taken_on, each.box, each.page) for each in files] == [
        ("before", date(2026, 6, 3), "3", "12")
    ] * 2
    assert len(list(app.workspace.evidence.folder.glob("*/*"))) == 1


def test_evidence_that_cannot_be_taken(app: App, hazard: int, tmp_path: Path) -> None:
    empty = tmp_path / "空.pdf"
    empty.touch()
    for path, use, says in (
        (tmp_path / "没有.jpg", Use(), "找不到文件"),
        (empty, Use(), "是空的"),
        (empty, Use("合影"), "没有“合影”这一栏"),
    ):
        with pytest.raises(UserError, match=says), app.begin("佐证") as unit:
            attach(unit, app.workspace.evidence, hazard, path, use)


def test_the_same_file_twice_on_one_slot(app: App, hazard: int, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 one")
    with app.begin("佐证") as unit:
        attach(unit, app.workspace.evidence, hazard, path, Use())
    with pytest.raises(UserError, match="不必重复添加"), app.begin("佐证") as unit:
        attach(unit, app.workspace.evidence, hazard, path, Use())


def test_detached_is_undone(app: App, hazard: int, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 one")
    with app.begin("佐证") as unit:
        link = attach(unit, app.workspace.evidence, hazard, path, Use()).link
    with app.begin("移除") as unit:
        detach(unit, link, hazard)
    undo(app.workspace.database, app.ledgers)
    with app.read() as connection:
        assert [each.link for each in attached(connection, [hazard])] == [link]


def test_a_file_that_vanished_or_changed_is_found(app: App, hazard: int, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(name.encode())
        with app.begin("佐证") as unit:
            attach(unit, app.workspace.evidence, hazard, tmp_path / name, Use())
    with app.read() as connection:
        gone, changed = (app.workspace.evidence.path_of(each.sha256) for each in attached(connection, [hazard]))
        gone.unlink()
        changed.write_bytes(b"other")
        faults = app.workspace.evidence.faults(connection)
    assert ["不见了" in faults[0], "被改动" in faults[1]] == [True, True]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("IMG_20260603_091500.jpg", date(2026, 6, 3)),
        ("微信图片_20260616101530.jpg", date(2026, 6, 16)),
        ("mmexport1780243200000.jpg", date(2026, 6, 1)),
        ("2026-06-03 检查.png", date(2026, 6, 3)),
        ("DSC01234.jpg", None),
        ("20261399.jpg", None),
    ],
)
def test_dates_from_names(tmp_path: Path, name: str, day: date | None) -> None:
    assert taken_on(tmp_path / name, name) == day


def test_exif_wins_and_far_days_warn(app: App, hazard: int, tmp_path: Path) -> None:
    path = tmp_path / "IMG_20260603_091500.jpg"
    exif = Image.Exif()
    exif[0x0132] = "2026:07:12 10:00:00"
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    with app.begin("佐证") as unit:
        each = attach(unit, app.workspace.evidence, hazard, path, Use())
    assert each.taken_on == date(2026, 7, 12)
    assert date_warning(each, [date(2026, 6, 1)]) == "照片“IMG_20260603_091500.jpg”的日期与活动日期差41天"
    assert date_warning(each, [date(2026, 6, 1), date(2026, 7, 1)]) is None


def test_each_record_keeps_the_name_the_file_came_under(app: App, hazard: int, tmp_path: Path) -> None:
    with app.begin("佐证") as unit:
        other = unit.add(app.ledgers["hazard"], FOUND)
        for record, name in ((hazard, "签到.pdf"), (other, "合影说明.pdf")):
            (tmp_path / name).write_bytes(b"%PDF-1.4 one")
            attach(unit, app.workspace.evidence, record, tmp_path / name, Use())
    with app.read() as connection:
        files = attached(connection, [other, hazard])
    assert [(each.record, each.name) for each in files] == [(hazard, "签到.pdf"), (other, "合影说明.pdf")]
    assert len({each.sha256 for each in files}) == 1


def test_files_of_more_records_than_one_question_takes(app: App, hazard: int, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 one")
    with app.begin("佐证") as unit:
        attach(unit, app.workspace.evidence, hazard, tmp_path / "a.pdf", Use())
    with app.read() as connection:
        found = attached(connection, [*range(40_000, hazard, -1), hazard])
    assert [each.record for each in found] == [hazard]


def test_a_damaged_file_is_healed_by_attaching_it_again(app: App, hazard: int, tmp_path: Path) -> None:
    path, store = tmp_path / "a.pdf", app.workspace.evidence
    path.write_bytes(b"%PDF-1.4 one")
    with app.begin("佐证") as unit:
        kept = store.path_of(attach(unit, store, hazard, path, Use()).sha256)
    kept.write_bytes(b"%PDF-1.4 two")
    with app.begin("佐证") as unit:
        attach(unit, store, hazard, path, Use("before"))
    with app.read() as connection:
        assert store.faults(connection) == []
    assert kept.read_bytes() == path.read_bytes()


def test_what_a_failed_step_left_is_swept_and_nothing_else(app: App, hazard: int, tmp_path: Path) -> None:
    store = app.workspace.evidence
    for name in ("kept.pdf", "undone.pdf", "failed.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    with app.begin("佐证") as unit:
        attach(unit, store, hazard, tmp_path / "kept.pdf", Use())
    with pytest.raises(ZeroDivisionError), app.begin("佐证") as unit:
        left = store.path_of(attach(unit, store, hazard, tmp_path / "failed.pdf", Use()).sha256)
        raise ZeroDivisionError
    with app.begin("佐证") as unit:
        link = attach(unit, store, hazard, tmp_path / "undone.pdf", Use()).link
    undo(app.workspace.database, app.ledgers)
    (left.parent / "读我.txt").write_text("不是佐证")
    with app.workspace.database.write() as connection:
        assert store.sweep(connection) == [left]
        assert store.sweep(connection) == []
    redo(app.workspace.database, app.ledgers)
    with app.read() as connection:
        assert link in {each.link for each in attached(connection, [hazard])}
        assert store.faults(connection) == []


def test_the_day_of_a_photo_with_200_million_pixels(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0132] = "2026:07:12 10:00:00"
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    photo, sizes = path.read_bytes(), struct.pack(">HH", 8, 8)
    start = photo.index(b"\xff\xc0") + 5  # frame header: length, precision, then height and width
    assert photo[start : start + 4] == sizes
    path.write_bytes(photo[:start] + struct.pack(">HH", 12_240, 16_320) + photo[start + 4 :])
    with pytest.raises(Image.DecompressionBombError):
        Image.open(path)
    assert taken_on(path, path.name) == date(2026, 7, 12)


def test_a_backup_comes_back_with_its_files(app: App, hazard: int, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 one")
    with app.begin("佐证") as unit:
        attach(unit, app.workspace.evidence, hazard, path, Use())
    for name in ("programmes/本厂.toml", "forms/x/表.toml", "submissions/2026.zip", "submissions/.~half/2026.zip"):
        (app.workspace.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (app.workspace.folder / name).write_text(name)
    made = back_up(app.workspace, tmp_path / "u盘", clock.now(), Quiet())
    assert made.warnings == ()
    restore(made.folder, tmp_path / "恢复", Quiet())
    for name in ("programmes/本厂.toml", "forms/x/表.toml", "submissions/2026.zip"):
        assert (tmp_path / "恢复" / name).read_text() == name
    assert not (tmp_path / "恢复/submissions/.~half").exists()
    with App.opened(tmp_path / "恢复", clock) as other, other.read() as connection:
        assert len(attached(connection, [hazard])) == 1
        assert other.workspace.evidence.faults(connection) == []
    with pytest.raises(UserError, match="可能已经有一个工作区"):
        restore(made.folder, tmp_path / "恢复", Quiet())


def test_lost_evidence_does_not_stop_a_backup(app: App, hazard: int, tmp_path: Path, clock: Clock) -> None:
    for name in ("还在.pdf", "丢失.pdf", "损坏.pdf"):
        (tmp_path / name).write_bytes(name.encode())
        with app.begin("佐证") as unit:
            attach(unit, app.workspace.evidence, hazard, tmp_path / name, Use())
    with app.read() as connection:
        _, lost, damaged = (app.workspace.evidence.path_of(each.sha256) for each in attached(connection, [hazard]))
    lost.unlink()
    damaged.write_bytes(b"?")
    made = back_up(app.workspace, tmp_path / "u盘", clock.now(), Quiet())
    assert ["“丢失.pdf”不见了" in made.warnings[0], "“损坏.pdf”内容被改动" in made.warnings[1]] == [True, True]
    restore(made.folder, tmp_path / "恢复", Quiet())
    with App.opened(tmp_path / "恢复", clock) as other, other.read() as connection:
        assert other.workspace.evidence.faults(connection) == list(made.warnings)


def test_what_an_undone_step_needs_is_backed_up(app: App, hazard: int, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 one")
    with app.begin("佐证") as unit:
        attach(unit, app.workspace.evidence, hazard, tmp_path / "a.pdf", Use())
    undo(app.workspace.database, app.ledgers)
    restore(back_up(app.workspace, tmp_path / "u盘", clock.now(), Quiet()).folder, tmp_path / "恢复", Quiet())
    with App.opened(tmp_path / "恢复", clock) as other:
        redo(other.workspace.database, other.ledgers)
        with other.read() as connection:
            assert len(attached(connection, [hazard])) == 1
            assert other.workspace.evidence.faults(connection) == []


def test_a_damaged_backup_is_none(tmp_path: Path) -> None:
    (tmp_path / "ankang.db").write_bytes(b"PK not a database")
    with pytest.raises(UserError, match="不是备份"):
        restore(tmp_path, tmp_path / "恢复", Quiet())


def test_thinning_keeps_days_weeks_and_months() -> None:
    moments = [datetime(2026, month, day, 8) for month in range(1, 11) for day in (1, 10, 20)]
    gone = to_thin(moments, datetime(2026, 10, 20, 8), daily=3, weekly=2, monthly=12)
    kept = sorted(set(moments) - set(gone))
    assert [moment.date() for moment in kept[-3:]] == [date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 20)]
    assert {moment.month for moment in kept} == set(range(1, 11))


def test_of_one_day_the_newest_stays_and_a_later_clock_counts_for_nothing() -> None:
    now = datetime(2026, 10, 20, 8)
    today = [now - timedelta(minutes=minute) for minute in range(5)]
    later = [now + timedelta(days=day) for day in range(1, 20)]
    assert to_thin([*later, *today], now) == sorted(today[1:])


def test_only_whole_backups_of_ours_are_thinned(tmp_path: Path) -> None:
    names = ["ankang-20261020-080000", "ankang-20261020-070000", "ankang-20261020-060000-2", "ankang-20269999-060000"]
    for name in [*names, "我的备份-20261020-070000"]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "ankang.db").touch()
    (tmp_path / "ankang-20261020-050000").mkdir()  # without a database
    (tmp_path / "upgrade-from-0001.db").touch()
    before = set(tmp_path.iterdir())
    assert thin(tmp_path, datetime(2026, 10, 20, 9)) == [tmp_path / names[1]]
    assert before - set(tmp_path.iterdir()) == {tmp_path / names[1]}


def test_the_action_thins_the_workspaces_own_backups_only(app: App, tmp_path: Path) -> None:
    first, gone = filing.back_up(app, None, Quiet())
    older = first.folder.rename(first.folder.with_name("ankang-20261121-000000"))
    stick, none = filing.back_up(app, tmp_path / "u盘", Quiet())
    second, thinned = filing.back_up(app, None, Quiet())
    assert (gone, none, thinned) == ([], [], [older])
    assert stick.folder.is_dir()
    assert list((app.workspace.folder / "backups").iterdir()) == [second.folder]


def test_check_sweeps_and_says_so(app: App, hazard: int, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 one")
    app.workspace.evidence.keep(tmp_path / "a.pdf")
    found = filing.check_workspace(app)
    assert (found["ok"], found["notes"]) == (True, ["已清理1个没有记录引用的佐证文件"])
    assert filing.check_workspace(app)["notes"] == []
