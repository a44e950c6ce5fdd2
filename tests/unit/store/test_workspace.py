"""One workspace, one program; upgrades whole; evidence by content; backups that come back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.store import upgrades
from ankang_desktop.store.backup import back_up, restore, to_thin
from ankang_desktop.store.database import Database
from ankang_desktop.store.evidence import Use, attach, attached, date_warning, detach
from ankang_desktop.store.photo_dates import taken_on
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
    from ankang_desktop.store.unit import undo

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


def test_a_backup_comes_back_with_its_files(app: App, hazard: int, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 one")
    with app.begin("佐证") as unit:
        attach(unit, app.workspace.evidence, hazard, path, Use())
    backup = back_up(app.workspace.database, app.workspace.evidence, tmp_path / "u盘", clock.now(), Quiet())
    restore(backup, tmp_path / "恢复", Quiet())
    with App.opened(tmp_path / "恢复", clock) as other, other.read() as connection:
        assert len(attached(connection, [hazard])) == 1
        assert other.workspace.evidence.faults(connection) == []
    with pytest.raises(UserError, match="可能已经有一个工作区"):
        restore(backup, tmp_path / "恢复", Quiet())


def test_thinning_keeps_days_weeks_and_months() -> None:
    days = [date(2026, 1, 1).replace(month=month, day=day) for month in range(1, 11) for day in (1, 10, 20)]
    gone = to_thin(days, date(2026, 10, 20), daily=3, weekly=2, monthly=12)
    kept = sorted(set(days) - gone)
    assert kept[-3:] == [date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 20)]
    assert {day.month for day in kept} == set(range(1, 11))
