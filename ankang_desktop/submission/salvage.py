"""What is left of a zip whose directory is lost: stored files found by the header before each of them.

Packages of ours store everything and write every size into that header, so all files before the cut are found.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO

_HEADER = struct.Struct("<4s5H3L2H")
_UNSIZED, _UTF8, _FULL = 0x8, 0x800, 0xFFFFFFFF


def salvaged(stream: BinaryIO) -> Iterator[tuple[str, int, Callable[[], IO[bytes]]]]:
    """Yield name, size and opener of each stored file from the start, up to the first header that makes no sense.

    Reading an opened file raises EOFError where the zip was cut, BadZipFile where its CRC-32 differs.
    """
    at = 0
    while (header := _header(stream, at)) is not None:
        name, start, size, crc = header
        yield name, size, lambda start=start, size=size, crc=crc: _Stored(stream, start, size, crc)  # type: ignore[misc]
        at = start + size


def _header(stream: BinaryIO, at: int) -> tuple[str, int, int, int] | None:
    stream.seek(at)
    fixed = stream.read(_HEADER.size)
    if len(fixed) < _HEADER.size or not fixed.startswith(b"PK\3\4"):
        return None
    _, _, flags, method, _, _, crc, stored, size, name_length, extra_length = _HEADER.unpack(fixed)
    raw, extra = stream.read(name_length), stream.read(extra_length)
    if flags & _UNSIZED or method != zipfile.ZIP_STORED or len(raw) < name_length:
        return None
    if stored == _FULL and extra[:4] == b"\x01\x00\x10\x00" and len(extra) >= 20:
        size = int.from_bytes(extra[4:12], "little")
    name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    return name, at + _HEADER.size + name_length + extra_length, size, crc


class _Stored(io.RawIOBase):
    """The bytes of one stored file, checked against its CRC-32 at the end."""

    def __init__(self, stream: BinaryIO, start: int, size: int, crc: int) -> None:
        super().__init__()
        self._stream, self._at, self._left = stream, start, size
        self._expected, self._crc = crc, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        self._stream.seek(self._at)
        chunk = self._stream.read(wanted)
        if len(chunk) < wanted:
            raise EOFError("cut short")
        self._at, self._left, self._crc = self._at + wanted, self._left - wanted, zlib.crc32(chunk, self._crc)
        if self._left == 0 and self._crc != self._expected:
            raise zipfile.BadZipFile("CRC-32")
        return chunk
