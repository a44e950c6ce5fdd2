"""A package cut into numbered parts for a mailbox that takes no larger file, and put together again.

The parts are the zip's own bytes, cut: 7-Zip and Bandizip open the first one, `copy /b` and `cat` join them, and the
joined file is the very zip whose SHA-256 was filed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.files import world, write_safely, write_text_safely
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Progress

NOTE = "合并说明.txt"
_CHUNK = 1 << 20
_PART = re.compile(r"(?P<name>.+\.zip)\.(?P<number>\d{3})", re.IGNORECASE)
_MOST = 999


def split(bag: Path, folder: Path, name: str, limit: int, progress: Progress) -> tuple[Path, ...]:
    """Cut `bag` into parts of at most `limit` bytes, `folder/name.001` …, with a note how to join them.

    The parts are read back together against the whole. Raises UserError when there would be more than 999.
    """
    size = bag.stat().st_size
    number = -(-size // limit)
    if number > _MOST:
        raise UserError(f"按这个上限要分成{number}卷，太多了", "请选大一些的附件上限")
    parts: list[Path] = []
    with world("读取", bag), bag.open("rb") as stream:
        for at in range(number):
            progress.step("分卷", at, number)
            part = folder / f"{name}.{at + 1:03d}"
            stretch = min(limit, size - at * limit)
            data = _Stretch(stream, stretch)
            write_safely(part, data.write, data.verify)
            parts.append(part)
    _read_back(parts, sha256_of(bag), progress)
    write_text_safely(folder / NOTE, _note(parts, sha256_of(bag)))
    return tuple(parts)


class _Stretch:
    """The next bytes of a stream on their way into a file."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream, self._left = stream, size
        self._digest = sha256()

    def write(self, target: Path) -> None:
        """Write them."""
        with target.open("wb") as out:
            while self._left and (chunk := self._stream.read(min(_CHUNK, self._left))):
                self._digest.update(chunk)
                self._left -= len(chunk)
                out.write(chunk)

    def verify(self, target: Path) -> None:
        """Read them back."""
        if self._left or sha256_of(target) != self._digest.hexdigest():
            raise WorldError(f"分卷“{target.name}”写好后读回核对不符", "请检查磁盘后重试")


def _read_back(parts: list[Path], whole: str, progress: Progress) -> None:
    digest = sha256()
    for at, part in enumerate(parts):
        progress.step("核对分卷", at, len(parts))
        for chunk in _chunks(part):
            digest.update(chunk)
    if digest.hexdigest() != whole:
        raise WorldError("分卷合起来与材料包不一致", "请检查磁盘后重试")


def _note(parts: list[Path], whole: str) -> str:
    name = parts[0].name.removesuffix(".001")
    joined = "+".join(f'"{part.name}"' for part in parts)
    lines = (
        f"材料包“{name}”超过邮箱附件上限，已分成 {len(parts)} 卷，请每封邮件发一卷，本说明随第一卷发出。",
        "",
        "收到后怎样合并：把全部分卷放进同一个文件夹，再用下面任何一种办法——",
        f"一、用 7-Zip、Bandizip 打开“{parts[0].name}”，会自动找到其余各卷。",
        "二、在这个文件夹里打开“命令提示符”，运行：",
        f'    copy /b {joined} "{name}"',
        f"三、安康杯工作台：报送 → 核对材料包，直接选“{parts[0].name}”。",
        "",
        f"合并后的校验值（SHA-256）：{whole}",
        "各卷的校验值：",
        *(f"    {part.name}  {sha256_of(part)}" for part in parts),
    )
    return "\r\n".join(lines) + "\r\n"


def is_part(path: Path) -> bool:
    """Say whether a file is called as a part is: ××.zip.001."""
    return _PART.fullmatch(path.name) is not None


@contextmanager
def joined(part: Path, progress: Progress) -> Iterator[Path]:
    """Give the whole zip of a part and its neighbours as a temporary file; a part in between that is gone is named."""
    found = _PART.fullmatch(part.name)
    if found is None:
        raise UserError(f"“{part.name}”不是分卷", "分卷的文件名以 .zip.001、.zip.002 结尾")
    parts = _neighbours(part, found["name"])
    with TemporaryDirectory(prefix="ankang-") as folder, world("合并分卷", part):
        whole = Path(folder) / found["name"]
        write_safely(whole, lambda temporary: _join(parts, temporary, progress), lambda _: None)
        yield whole


def _join(parts: list[Path], target: Path, progress: Progress) -> None:
    """Write the bytes of the parts one after another; the package's own lists then say whether they are whole."""
    with target.open("wb") as out:
        for at, each in enumerate(parts):
            progress.step("合并分卷", at, len(parts))
            for chunk in _chunks(each):
                out.write(chunk)


def _neighbours(part: Path, name: str) -> list[Path]:
    numbered: dict[int, Path] = {}
    for each in part.parent.iterdir():
        found = _PART.fullmatch(each.name)
        if found is not None and found["name"] == name:
            numbered[int(found["number"])] = each
    if gone := [f"{number:03d}" for number in range(1, max(numbered)) if number not in numbered]:
        raise UserError(f"缺少第{'、'.join(gone)}卷", "请把全部分卷放进同一个文件夹后再核对")
    return [numbered[number] for number in sorted(numbered)]


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
