"""Evidence by content: shared, healed, swept, each under its own name and day."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from ankang_desktop.actions import filing
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.ledgers.hazards.words import Source
from ankang_desktop.store.evidence import Attached, Use, attach, attached, date_warning, detach
from ankang_desktop.store.photo_dates import taken_on
from ankang_desktop.store.unit import redo, undo

FOUND = {"found_on": date(2026, 6, 1), "source": Source.snapshot, "description": "砂轮机防护罩松动"}


@pytest.fixture
def hazard(app: App) -> int:
    with app.begin("登记") as unit:
        return unit.add(app.ledgers["hazard"], FOUND)


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


def _fail_after(_: Attached) -> None:
    raise ZeroDivisionError


def test_what_a_failed_step_left_is_swept_and_nothing_else(app: App, hazard: int, tmp_path: Path) -> None:
    store = app.workspace.evidence
    for name in ("kept.pdf", "undone.pdf", "failed.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    with app.begin("佐证") as unit:
        attach(unit, store, hazard, tmp_path / "kept.pdf", Use())
    with pytest.raises(ZeroDivisionError), app.begin("佐证") as unit:
        _fail_after(attach(unit, store, hazard, tmp_path / "failed.pdf", Use()))
    left = store.path_of(sha256_of(tmp_path / "failed.pdf"))
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


def test_check_sweeps_and_says_so(app: App, hazard: int, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 one")
    app.workspace.evidence.keep(tmp_path / "a.pdf")
    found = filing.check_workspace(app)
    assert (found["ok"], found["notes"]) == (True, ["已清理1个没有记录引用的佐证文件"])
    assert filing.check_workspace(app)["notes"] == []
