"""Every kind of damage is found and named by its file; nothing a package holds can lead the check astray."""

from __future__ import annotations

import io
import os
import random
import shutil
import stat
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.submission import contents
from ankang_desktop.submission.bag import write_bag
from ankang_desktop.submission.items import Item
from ankang_desktop.submission.manifest import plain_path, read_info, read_manifest
from ankang_desktop.submission.verification import Verification, verify_package

DAY = datetime(2026, 12, 10)
TOP = "示例-2026"
FILES = {"评分表.pdf": b"card" * 300, "群众监督/整改前.jpg": b"photo" * 500, "群众监督/整改后.jpg": b"after" * 500}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "包.zip"
    items = [Item(name, data, DAY) for name, data in FILES.items()]
    write_bag(path, TOP, items, {"Bagging-Date": "2026-12-10", "报送类型": "更正"}, Quiet())
    return path


@pytest.fixture
def folder(package: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path / "解压")
    return tmp_path / "解压" / TOP


def verify(path: Path) -> Verification:
    return verify_package(path, Quiet())


def kinds(path: Path) -> set[tuple[str, str]]:
    return {(finding.kind, finding.path) for finding in verify(path).findings}


def rewrite(package: Path, change: Callable[[zipfile.ZipInfo, bytes], tuple[zipfile.ZipInfo, bytes] | None]) -> None:
    with zipfile.ZipFile(package) as archive:
        entries = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(package, "w") as archive:
        for info, data in entries:
            if changed := change(info, data):
                archive.writestr(*changed)


def test_a_whole_package_is_ok_with_its_information(package: Path) -> None:
    found = verify(package)
    assert found.ok
    assert (found.files, found.bytes) == (3, sum(map(len, FILES.values())))
    assert found.info["报送类型"] == "更正"


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_in_the_zip_is_named(package: Path, name: str) -> None:
    data = bytearray(package.read_bytes())
    data[data.index(FILES[name]) + 7] ^= 0x10
    package.write_bytes(data)
    assert kinds(package) == {("损坏", f"data/{name}")}


def test_a_replaced_missing_and_added_file_are_told_apart(package: Path) -> None:
    def change(info: zipfile.ZipInfo, data: bytes) -> tuple[zipfile.ZipInfo, bytes] | None:
        if info.filename.endswith("评分表.pdf"):
            return info, data + b"!"
        return None if info.filename.endswith("整改后.jpg") else (info, data)

    rewrite(package, change)
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr(f"{TOP}/data/多.txt", "x")
        archive.writestr("旁边.txt", "x")
    assert kinds(package) == {
        ("改动", "data/评分表.pdf"), ("缺失", "data/群众监督/整改后.jpg"),
        ("多出", "data/多.txt"), ("多出", "旁边.txt"),
    }  # fmt: skip


def test_the_unzipped_folder_is_checked_the_same_way(folder: Path) -> None:
    (folder / "data/评分表.pdf").write_bytes(b"other")
    (folder / "data/群众监督/整改后.jpg").unlink()
    (folder / "说明.txt").write_text("x")
    assert kinds(folder) == {
        ("改动", "data/评分表.pdf"), ("缺失", "data/群众监督/整改后.jpg"), ("多出", "说明.txt"),
    }  # fmt: skip


@pytest.mark.parametrize("tag", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_a_lost_or_changed_list_is_named(package: Path, folder: Path, tag: str) -> None:
    rewrite(package, lambda info, data: None if info.filename.endswith(f"/{tag}") else (info, data))
    assert ("缺失", tag) in kinds(package)
    (folder / tag).write_bytes((folder / tag).read_bytes() + b"x: y\n")
    assert {path for _, path in kinds(folder)} == {tag}


def test_a_removed_file_whose_line_was_removed_too_is_noticed_by_the_count(folder: Path) -> None:
    (folder / "data/评分表.pdf").unlink()
    manifest = folder / "manifest-sha256.txt"
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if "评分表" not in line), "utf-8")
    (folder / "tagmanifest-sha256.txt").unlink()
    assert kinds(folder) == {("缺失", "tagmanifest-sha256.txt")}
    sums = "".join(
        f"{sha256_of(folder / tag)}  {tag}\n" for tag in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
    )
    (folder / "tagmanifest-sha256.txt").write_text(sums)
    assert kinds(folder) == {("结构", "bag-info.txt")}


def test_a_package_cut_short_is_checked_as_far_as_it_goes(package: Path) -> None:
    data = package.read_bytes()
    package.write_bytes(data[: data.index(FILES["群众监督/整改后.jpg"]) + 100])
    found = kinds(package)
    assert {("损坏", ""), ("损坏", "data/群众监督/整改后.jpg"), ("缺失", "manifest-sha256.txt")} <= found
    assert ("损坏", "data/评分表.pdf") not in found


def test_without_its_directory_a_package_is_still_checked_file_by_file(package: Path) -> None:
    data = bytearray(package.read_bytes())
    data[data.index(b"PK\1\2") + 1] ^= 0xFF
    data[data.index(FILES["评分表.pdf"])] ^= 1
    package.write_bytes(data)
    assert kinds(package) == {("损坏", ""), ("损坏", "data/评分表.pdf")}


@pytest.mark.parametrize("length", [0, 3, 20, 40])
def test_a_stump_ends_in_a_sentence(package: Path, length: int) -> None:
    package.write_bytes(package.read_bytes()[:length])
    with pytest.raises(UserError) as refused:
        verify(package)
    assert refused.value.remedy


def test_random_damage_never_raises_and_is_never_missed_in_the_files(package: Path) -> None:
    whole, chance = package.read_bytes(), random.Random(8493)
    spans = {name: (whole.index(data), whole.index(data) + len(data)) for name, data in FILES.items()}
    for _ in range(400):
        place = chance.randrange(len(whole))
        data = bytearray(whole)
        data[place] ^= 1 << chance.randrange(8)
        package.write_bytes(data)
        findings = verify(package).findings
        hit = [name for name, (start, end) in spans.items() if start <= place < end]
        assert not hit or {finding.path for finding in findings} == {f"data/{hit[0]}"}


def test_random_cuts_and_garbage_end_in_findings_or_a_sentence(package: Path) -> None:
    whole, chance = package.read_bytes(), random.Random(19)
    for _ in range(200):
        start = chance.randrange(len(whole))
        noise = chance.randbytes(chance.randrange(1, 400))
        package.write_bytes(whole[:start] + noise + whole[start + chance.randrange(800) :])
        assert not _is_accepted(package)


def _is_accepted(package: Path) -> bool:
    try:
        return verify(package).ok
    except UserError as refused:
        return not refused.remedy


@pytest.mark.parametrize("name", ["../../外.txt", "/etc/x", "C:\\x.txt", "data/../../../x"])
def test_names_and_lines_that_climb_out_are_structural(package: Path, folder: Path, name: str) -> None:
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr(f"{TOP}/{name}" if name.startswith("data") else name, "x")
    assert ("结构", name) in kinds(package)
    with (folder / "manifest-sha256.txt").open("a", encoding="utf-8") as stream:
        stream.write(f"{'0' * 64}  {name}\n")
    assert ("结构", "manifest-sha256.txt") in kinds(folder)
    assert plain_path(name) is None


def test_links_are_named_and_not_followed(package: Path, folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "秘密.txt"
    secret.write_bytes(FILES["评分表.pdf"])
    (folder / "data/评分表.pdf").unlink()
    (folder / "data/评分表.pdf").symlink_to(secret)
    (folder / "data/环").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "data/管道")
    assert ("结构", "data/评分表.pdf") in kinds(folder)
    assert {("多出", "data/环"), ("多出", "data/管道")} <= kinds(folder)

    def link(info: zipfile.ZipInfo, data: bytes) -> tuple[zipfile.ZipInfo, bytes]:
        if info.filename.endswith("评分表.pdf"):
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
        return info, data

    rewrite(package, link)
    assert ("结构", "data/评分表.pdf") in kinds(package)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_twofold_and_oddly_compressed_entries_are_structural(package: Path) -> None:
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr(f"{TOP}/data/评分表.pdf", FILES["评分表.pdf"])
    assert kinds(package) == {("结构", "data/评分表.pdf")}
    rewrite(package, lambda info, data: (_with(info, compress_type=zipfile.ZIP_LZMA), data))
    assert all(finding.kind in {"结构", "缺失"} for finding in verify(package).findings)


def _with(info: zipfile.ZipInfo, compress_type: int) -> zipfile.ZipInfo:
    info.compress_type = compress_type if info.filename.endswith(".jpg") else info.compress_type
    return info


def test_an_encrypted_entry_is_not_read(package: Path) -> None:
    data = bytearray(package.read_bytes())
    at = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    data[at + 8] |= 1
    package.write_bytes(data)
    assert kinds(package) == {("结构", "data/评分表.pdf")}


def test_a_package_zipped_again_by_windows_is_still_ok(package: Path) -> None:
    """Explorer writes GBK names without the flag and deflates everything."""
    with zipfile.ZipFile(package) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(files.values()):
            archive.writestr(f"{number:04}", data)
    again = buffer.getvalue()
    for number, name in enumerate(files):
        again = _renamed(again, f"{number:04}".encode(), name.encode("gb18030"))
    package.write_bytes(again)
    assert verify(package).ok


def _renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Rename an entry in both headers of a small zip, moving what follows."""
    source = zipfile.ZipFile(io.BytesIO(data))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in source.infolist():
            raw = new if info.filename.encode("cp437") == old else info.filename.encode("cp437")
            fresh = _RawName(raw)
            archive.writestr(fresh, source.read(info))
    return target.getvalue()


class _RawName(zipfile.ZipInfo):
    """An entry whose name is written as raw bytes, without the UTF-8 flag."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw.decode("cp437"))
        self.compress_type = zipfile.ZIP_DEFLATED
        self.raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.raw, self.flag_bits & ~0x800


def test_bombs_are_refused_unread(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(package, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(f"{TOP}/data/b", "w") as stream:
        for _ in range(70):
            stream.write(bytes(1 << 20))
    with pytest.raises(UserError, match="大得不合理"):
        verify(package)
    monkeypatch.setattr(contents, "_LARGEST_DIRECTORY", 100)
    with pytest.raises(UserError, match="目录大得不合理"):
        verify(package)


@pytest.mark.parametrize("name", ["照片.jpg", "表.xlsx"])
def test_what_is_no_package_is_said_with_a_remedy(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "表.xlsx":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("xl/workbook.xml", "<x/>")
    else:
        path.write_bytes(b"\xff\xd8\xff not a zip")
    with pytest.raises(UserError) as refused:
        verify(path)
    assert "报送包" in refused.value.text
    assert refused.value.remedy


def test_an_empty_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        verify(tmp_path)
    with pytest.raises(UserError, match="找不到材料包"):
        verify(tmp_path / "没有.zip")


def test_names_decomposed_by_a_mac_are_the_same_names(tmp_path: Path) -> None:
    write_bag(tmp_path / "包.zip", TOP, [Item("é.txt", b"x", DAY)], {"Bagging-Date": "2026-12-10"}, Quiet())
    with zipfile.ZipFile(tmp_path / "包.zip") as archive:
        archive.extractall(tmp_path / "解压")
    (tmp_path / "解压" / TOP / "data/é.txt").rename(tmp_path / "解压" / TOP / "data/e\u0301.txt")
    assert verify(tmp_path / "解压").ok
    shutil.rmtree(tmp_path / "解压")


def test_lists_of_other_tools_are_read() -> None:
    digest = "AB" * 32
    listing = read_manifest(
        f"\ufeff{digest} *./data/100%25%0d%0a.txt\r\nnonsense\r{digest}\tdata/b\n{digest}  data/b".encode()
    )
    assert listing.digests == {"data/100%\r\n.txt": digest.lower(), "data/b": digest.lower()}
    assert len(listing.faults) == 2
    assert read_info("A: 1\r\n  2\n坏行\nB:\n".encode()) == {"A": "1 2", "B": ""}
