"""How every file of ours is written: a temporary name, flushed, read back, and only then renamed."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ankang_desktop.kernel.errors import AnkangError, WorldError

_BLOCK = 1 << 20  # bytes


@contextmanager
def world(doing: str, path: Path) -> Iterator[None]:
    """Turn an OSError met while `doing` something with `path` into a WorldError with its remedy."""
    try:
        yield
    except AnkangError:
        raise
    except OSError as error:
        raise WorldError(f"{doing}“{path}”时出错：{_cause(error)}", _remedy(error)) from error


def _cause(error: OSError) -> str:
    known = {
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "磁盘配额已满",
        errno.EFBIG: "文件超过了磁盘允许的大小",
        errno.EACCES: "没有写入权限，或文件正被其他程序占用",
        errno.EPERM: "没有权限",
        errno.EROFS: "该磁盘是只读的",
        errno.ENOENT: "文件或文件夹不存在",
        errno.EISDIR: "这是一个文件夹",
        errno.EEXIST: "已有同名的文件",
        errno.ENOTDIR: "路径中有一段不是文件夹",
        errno.ENAMETOOLONG: "文件名太长",
    }
    return known.get(error.errno or 0, error.strerror or str(error))


def _remedy(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "请清理磁盘空间或换一个位置后重试"
    if error.errno in {errno.ENOENT, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG}:
        return "请核对文件夹和文件名"
    return "请关闭正在使用它的程序（如 Excel），或换一个可以写入的文件夹后重试"


def write_safely(target: Path, write: Callable[[Path], None], verify: Callable[[Path], None]) -> None:
    """Write `target` through a temporary sibling: `write(temp)`, fsync, `verify(temp)`, rename, fsync of the folder.

    An old file at `target` stays whole until the new one has been read back. `verify` raises when what it
    reads is not what was meant. Raises WorldError when the disk refuses.
    """
    with world("写入", target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".~", suffix=target.suffix)
        os.close(handle)
        temporary = Path(name)
        try:
            write(temporary)
            if temporary.stat().st_size == 0:
                raise WorldError(f"写入“{target}”后读回为空", "请检查磁盘后重试")
            flush(temporary)
            verify(temporary)
            temporary.chmod(0o644)
            temporary.replace(target)
            flush(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


def write_text_safely(target: Path, text: str) -> None:
    """Write UTF-8 text through `write_safely`, reading it back before the rename."""

    def verify(path: Path) -> None:
        if path.read_bytes() != text.encode():
            raise WorldError(f"写入“{target}”后读回的内容不一致", "请检查磁盘后重试")

    write_safely(target, lambda path: _write_exactly(path, text), verify)


def _write_exactly(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)


def flush(path: Path) -> None:
    """Make the bytes (or the folder's entries) durable; folders cannot be synced on Windows and need not be."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_through(paths: Iterable[Path]) -> None:
    """Read files for nothing: what is loaded from them next waits for no disk. What cannot be read is left out."""
    for path in paths:
        with suppress(OSError), path.open("rb") as stream:
            while stream.read(_BLOCK):
                pass


def free_name(folder: Path, name: str) -> Path:
    """Return `folder/name`, or `name-2`, `name-3` … where that is taken."""
    stem, suffix = Path(name).stem, Path(name).suffix
    candidate, number = folder / name, 2
    while candidate.exists():
        candidate, number = folder / f"{stem}-{number}{suffix}", number + 1
    return candidate


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """Give a temporary folder next to `beside`, removed afterwards."""
    folder = Path(tempfile.mkdtemp(dir=beside, prefix=".~"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
