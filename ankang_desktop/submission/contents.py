"""The files of a package wherever it lies: in a zip, in a zip whose directory is lost, or in an unzipped folder.

Nothing is ever written to disk and no path of the package is ever opened as such: a zip is read through its entries, a
folder through its own listing, links are not followed.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import world
from ankang_desktop.submission.findings import Finding
from ankang_desktop.submission.manifest import plain_path
from ankang_desktop.submission.salvage import salvaged

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OverflowError, struct.error, OSError)
"""Everything reading a damaged entry may raise."""

_UTF8, _ENCRYPTED = 0x800, 0x1
_LARGEST_DIRECTORY = 64 << 20
_GROWTH, _ALLOWANCE = 20, 64 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a package; `refusal` completes the sentence why it must not be read, “” when it may."""

    size: int
    open: Callable[[], IO[bytes]]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All files of a package by path (NFC, “/”), and what is wrong with the package as a whole."""

    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, name: str, size: int, opened: Callable[[], IO[bytes]], refusal: str = "") -> None:
        """Note a file; a name that climbs out or stands twice becomes a finding, else it is kept."""
        path = plain_path(name)
        if path is None:
            self.findings.append(Finding("结构", name, f"“{name}”的路径指向报送包之外，未予理会；请不要解压这个压缩包"))
        elif path in self.entries:
            self.findings.append(Finding("结构", path, f"“{path}”在包里出现了两次"))
        else:
            self.entries[path] = Entry(size, opened, refusal)


@contextmanager
def open_contents(path: Path) -> Iterator[Contents]:
    """Open a package; raises UserError when it is none or is a trap, WorldError when it cannot be read at all."""
    if path.is_dir():
        with world("读取", path):
            contents = _folder(path)
        yield contents
        return
    if not path.exists():
        raise UserError(f"找不到材料包“{path}”", "请核对文件夹和文件名")
    with world("打开", path):
        stream = path.open("rb")
    with stream:
        with world("读取", path):
            contents = _zip(stream, path)
        yield contents


def _folder(top: Path) -> Contents:
    contents, waiting = Contents(), [top]
    while waiting:
        for found in sorted(waiting.pop().iterdir()):
            facts = found.lstat()
            name = found.relative_to(top).as_posix()
            if _is_link(facts):
                contents.add(name, 0, io.BytesIO, "是一个链接，不是文件，未予理会")
            elif stat.S_ISDIR(facts.st_mode):
                waiting.append(found)
            elif stat.S_ISREG(facts.st_mode):
                contents.add(name, facts.st_size, lambda found=found: found.open("rb"))  # type: ignore[misc]
            else:
                contents.add(name, 0, io.BytesIO, "不是普通文件，未予理会")
    return contents


def _is_link(facts: os.stat_result) -> bool:
    """Say whether this is a symbolic link or, on Windows, a junction."""
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003)
    return stat.S_ISLNK(facts.st_mode) or getattr(facts, "st_reparse_tag", 0) == junction


def _zip(stream: BinaryIO, path: Path) -> Contents:
    head, tail = _ends(stream)
    if not head.startswith(b"PK") and b"PK\5\6" not in tail:
        raise UserError(f"“{path.name}”不是报送包", "请选择本软件生成的 zip 压缩包，或它解压后的文件夹")
    if _directory_size(tail) > _LARGEST_DIRECTORY:
        raise UserError(f"“{path.name}”的目录大得不合理，没有打开", "它可能是恶意压缩包，请不要解压，并向发送人核实")
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGE:
        return _without_directory(stream)
    size = path.stat().st_size
    if sum(info.file_size for info in archive.infolist()) > _GROWTH * size + _ALLOWANCE:
        raise UserError(f"“{path.name}”展开后会大得不合理，没有核对", "它可能是恶意压缩包，请不要解压，并向发送人核实")
    return _listed(archive)


def _ends(stream: BinaryIO) -> tuple[bytes, bytes]:
    head = stream.read(4)
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - (1 << 16) - 128))
    return head, stream.read()


def _directory_size(tail: bytes) -> int:
    """Return the bytes of the central directory as the zip itself declares them; 0 where it has lost its end."""
    large, small = tail.rfind(b"PK\6\6"), tail.rfind(b"PK\5\6")
    if large >= 0 and len(tail) >= large + 48:
        return int.from_bytes(tail[large + 40 : large + 48], "little")
    return int.from_bytes(tail[small + 12 : small + 16], "little") if small >= 0 else 0


def _listed(archive: zipfile.ZipFile) -> Contents:
    contents = Contents()
    for info in archive.infolist():
        if not info.is_dir():
            contents.add(_name(info), info.file_size, lambda info=info: archive.open(info), _refusal(info))  # type: ignore[misc]
    return contents


def _name(info: zipfile.ZipInfo) -> str:
    """Return the entry's name; where another tool zipped the folder again without the UTF-8 flag, as it was meant."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _refusal(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "加了密码，无法核对"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "是一个链接，不是文件，未予理会"
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "的压缩方法不常见，无法核对"
    return ""


def _without_directory(stream: BinaryIO) -> Contents:
    """Read what is left of a zip cut short or damaged at its end, by the small headers before each file."""
    contents = Contents()
    sentence = "压缩包没有传完整，或它的目录已损坏；以下按各文件自带的标记核对——请向发送人重新索要"
    contents.findings.append(Finding("损坏", "", sentence))
    for name, size, opened in salvaged(stream):
        contents.add(name, size, opened)
    return contents
