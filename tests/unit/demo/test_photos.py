"""The demo's photos: small, dated as their records, each on a record that exists, some on two, a few with traps."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PIL import Image

from ankang_desktop.store.photo_dates import taken_on
from tests.unit.demo.conftest import DEMO, Enterprise, Row, cells, rows_of

PHOTOS = DEMO / "照片"
PICTURES = sorted(path for path in PHOTOS.iterdir() if path.suffix in {".jpg", ".png"})
GPS = 0x8825


@pytest.fixture(scope="module")
def listed(enterprise: Enterprise) -> list[Row]:
    """Return the rows of the photo list."""
    sheets = cells(DEMO / enterprise.manifest["photo_list"])
    assert list(sheets) == ["照片清单"]
    assert sheets["照片清单"][0] == ["编号", "文件", "佐证栏", "说明", "拍摄日期", "盒号", "页号"]
    return rows_of(sheets["照片清单"])


def test_photos_are_many_and_small() -> None:
    assert 60 <= len(PICTURES) <= 110
    assert max(path.stat().st_size for path in PICTURES) <= 60_000
    assert sum(path.stat().st_size for path in PICTURES) < 4_000_000
    for path in PICTURES:
        with Image.open(path) as picture:
            assert picture.size == (960, 720)


def test_generating_again_gives_the_same_pictures(afresh: Path) -> None:
    assert [path.name for path in PICTURES] == sorted(
        path.name for path in (afresh / "照片").iterdir() if path.suffix in {".jpg", ".png"}
    )
    for path in PICTURES:
        with Image.open(path) as old, Image.open(afresh / "照片" / path.name) as new:
            assert (old.getexif(), old.convert("RGB").resize((8, 6)).tobytes()) == (
                new.getexif(),
                new.convert("RGB").resize((8, 6)).tobytes(),
            )


def test_every_photo_is_listed_and_some_prove_two_records(listed: list[Row]) -> None:
    files = [row["文件"] for row in listed]
    assert set(files) == {path.name for path in PICTURES}
    assert len(files) - len(set(files)) >= 8
    assert len({(row["编号"], row["文件"], row["佐证栏"]) for row in listed}) == len(listed)


def test_every_row_names_a_record_and_its_slot(enterprise: Enterprise, listed: list[Row]) -> None:
    for row in listed:
        ledger, _ = enterprise.numbers[row["编号"]]
        assert row["佐证栏"] in {slot.title for slot in ledger.evidence}


def test_the_program_knows_the_day_of_every_photo(listed: list[Row]) -> None:
    told = {row["文件"]: row.get("拍摄日期") for row in listed}
    for path in PICTURES:
        day = told[path.name]
        assert taken_on(path, path.name) or isinstance(day, date)


def test_photos_fit_their_records_but_for_one(enterprise: Enterprise, listed: list[Row]) -> None:
    far = []
    for row in listed:
        ledger, day = enterprise.numbers[row["编号"]]
        taken = row.get("拍摄日期") or taken_on(PHOTOS / row["文件"], row["文件"])
        taken = taken.date() if isinstance(taken, datetime) else taken
        is_standing = ledger.key in {"asset", "fire_item"} or row["佐证栏"] != "佐证材料"
        if day and not is_standing and abs((taken - day).days) > 30:
            far.append((ledger.key, (taken - day).days))
    assert far == [("visit", 41)]


def test_phone_photos_carry_their_day_and_three_their_place() -> None:
    placed = []
    for path in PICTURES:
        with Image.open(path) as picture:
            exif, place = dict(picture.getexif()), picture.getexif().get_ifd(GPS)
        if path.name.startswith("IMG_"):
            assert taken_on(path, "").strftime("IMG_%Y%m%d") == path.name[:12]  # type: ignore[union-attr]
        if path.suffix == ".png" or path.name.startswith(("mmexport", "微信图片")):
            assert exif == {}
        placed += [path.name] if place else []
    assert len(placed) == 3
