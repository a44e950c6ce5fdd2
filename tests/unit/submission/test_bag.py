"""A package is a bag that three independent readers accept, the same bytes each time, or no file at all."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tracemalloc
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankang_desktop.kernel.errors import Cancelled, UserError, WorldError
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Quiet, Stoppable
from ankang_desktop.submission.bag import write_bag
from ankang_desktop.submission.items import Item
from ankang_desktop.submission.names import LONGEST_PATH, package_path
from ankang_desktop.submission.verification import verify_package

DAY = datetime(2026, 12, 10, 9, 30, 2)
INFO = {"Bagging-Date": "2026-12-10", "报送单位": "示例机械有限公司", "报送类型": "首次", "数据截至": "2026-11-30"}
TOP = "示例机械-2026年安康杯材料-20261210"


def photo(tmp_path: Path) -> Path:
    path = tmp_path / "原图.jpg"
    path.write_bytes(os.urandom(3_000_000))
    return path


def items(tmp_path: Path) -> list[Item]:
    return [
        Item("考核评分表.pdf", b"%PDF-1.7 card", DAY),
        Item(package_path("群众监督", "第18行 整改率84.2%", "配电箱“整改前”.jpg"), photo(tmp_path), DAY),
        Item("台账/隐患 排查  台账.xlsx", lambda: io.BytesIO(b"workbook"), DAY),
        Item("空白.txt", b"", DAY),
    ]


def unzip(package: Path, folder: Path) -> Path:
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder / TOP


def test_bagit_sha256sum_and_unzip_accept_the_package(tmp_path: Path) -> None:
    package = tmp_path / "包.zip"
    result = write_bag(package, TOP, items(tmp_path), INFO, Quiet())
    assert (result.files, result.bytes) == (4, 13 + 3_000_000 + 8)
    assert result.sha256 == sha256_of(package)
    folder = unzip(package, tmp_path / "解压")
    bag = bagit.Bag(str(folder))
    bag.validate()
    assert bag.info["报送类型"] == "首次"
    assert bag.info["Payload-Oxum"] == f"{result.bytes}.4"
    for lists in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--strict", "--status", "-c", lists], cwd=folder, check=True)
    subprocess.run(["unzip", "-tqq", str(package)], check=True)
    assert verify_package(package, Quiet()).ok
    assert verify_package(folder, Quiet()).ok
    assert verify_package(folder.parent, Quiet()).ok


def test_everything_is_stored_dated_utf8_flagged_and_composed(tmp_path: Path) -> None:
    package = tmp_path / "包.zip"
    write_bag(package, TOP, items(tmp_path), INFO, Quiet())
    with zipfile.ZipFile(package) as archive:
        entries = archive.infolist()
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert all(entry.flag_bits & 0x800 for entry in entries)
    assert all(unicodedata.is_normalized("NFC", entry.filename) for entry in entries)
    assert entries[1].date_time == (2026, 12, 10, 9, 30, 2)
    assert entries[0].filename == f"{TOP}/bagit.txt"


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    same = items(tmp_path)
    first = write_bag(tmp_path / "1.zip", TOP, same, INFO, Quiet())
    second = write_bag(tmp_path / "2.zip", TOP, iter(same), INFO, Quiet())
    assert first == second
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_dates_a_zip_cannot_hold_are_clipped(tmp_path: Path) -> None:
    old = [Item("旧.txt", b"1", datetime(1975, 1, 1)), Item("远.txt", b"2", datetime(2150, 1, 1))]
    write_bag(tmp_path / "包.zip", TOP, old, INFO, Quiet())
    with zipfile.ZipFile(tmp_path / "包.zip") as archive:
        assert [archive.infolist()[place].date_time[0] for place in (1, 2)] == [1980, 2107]


@pytest.mark.parametrize(
    "path",
    ["../外.txt", "/根.txt", "a/../../外.txt", "CON", "aux.txt", "夹/nul.jpg", "点.", "空格 ", "a\\b.txt", "C:/x.txt",
     "a//b.txt", "问?.txt", "换\n行.txt", "百分%.txt", "字" * 90, "长夹/" * 60 + "尾.txt", "e\u0301.txt",
     "反\u202egpj.exe", ""],
)  # fmt: skip
def test_unsafe_names_are_refused_and_leave_no_file(tmp_path: Path, path: str) -> None:
    with pytest.raises(UserError, match="报送包里") as refused:
        write_bag(tmp_path / "包.zip", TOP, [Item(path, b"x", DAY)], INFO, Quiet())
    assert refused.value.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "pair", [("甲.txt", "甲.txt"), ("A/x.TXT", "a/X.txt"), ("夹", "夹/内.txt"), ("夹/内.txt", "夹")]
)
def test_names_that_fall_together_on_some_disk_are_refused(tmp_path: Path, pair: tuple[str, str]) -> None:
    with pytest.raises(UserError, match="同名"):
        write_bag(tmp_path / "包.zip", TOP, [Item(path, b"x", DAY) for path in pair], INFO, Quiet())


@given(st.text(max_size=120))
def test_every_text_becomes_a_name_that_stays(text: str) -> None:
    path = package_path(text)
    assert path == package_path(path)
    assert 0 < len(path) <= LONGEST_PATH
    assert not set(path) & set('/\\:*?"<>|%\r\n')
    assert path.splitlines() == [path]


class StopAfter(Stoppable):
    """Stops at the n-th step."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.left = steps

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        self.left -= 1
        self.cancelled = self.left < 0
        super().step(text, done, total)


@pytest.mark.parametrize("steps", [0, 1, 3, 7, 9, 12])
def test_cancelling_leaves_the_older_package_and_nothing_else(tmp_path: Path, steps: int) -> None:
    package = tmp_path / "出" / "包.zip"
    package.parent.mkdir()
    package.write_bytes(b"older")
    with pytest.raises(Cancelled):
        write_bag(package, TOP, items(tmp_path), INFO, StopAfter(steps))
    assert [(path.name, path.read_bytes()) for path in package.parent.iterdir()] == [("包.zip", b"older")]


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"没有了\.jpg"):
        write_bag(tmp_path / "包.zip", TOP, [Item("图.jpg", tmp_path / "没有了.jpg", DAY)], INFO, Quiet())
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_lies_is_noticed_before_the_rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flushed_wrongly(path: Path) -> None:
        if path.is_file():
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)

    monkeypatch.setattr("ankang_desktop.kernel.files.flush", flushed_wrongly)
    with pytest.raises(WorldError, match="读回"):
        write_bag(tmp_path / "包.zip", TOP, items(tmp_path), INFO, Quiet())
    assert [path.name for path in tmp_path.iterdir()] == ["原图.jpg"]


@pytest.mark.parametrize(
    "info", [{"x": "1"}, {"Bagging-Date": "2026-12-10", "a:b": "1"}, {"Bagging-Date": "2026-12-10", "a": "1\n2"}]
)
def test_our_own_mistakes_in_the_information_are_loud(tmp_path: Path, info: dict[str, str]) -> None:
    with pytest.raises((KeyError, ValueError)):
        write_bag(tmp_path / "包.zip", TOP, [], info, Quiet())
    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_the_evidence(tmp_path: Path) -> None:
    large = tmp_path / "录像.mp4"
    with large.open("wb") as stream:
        stream.truncate(200 << 20)
    tracemalloc.start()
    try:
        write_bag(tmp_path / "包.zip", TOP, [Item("录像.mp4", large, DAY)], INFO, Quiet())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    shutil.rmtree(tmp_path / "解压", ignore_errors=True)
    assert peak < 40 << 20
