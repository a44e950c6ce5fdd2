"""JPEG, PNG and WebP files as a row of parts, so that a copy can leave parts out without touching a pixel.

A file is never decoded here, only walked; it may be a memory map, so a picture of 200 megapixels costs nothing.
Formats: ITU-T T.81 (JPEG), W3C PNG 3rd edition, WebP container (RFC 9649).
"""

from __future__ import annotations

import io
import mmap
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Literal

from ankang_desktop.submission.exif import EXIF_HEAD

Data = bytes | mmap.mmap
Role = Literal["keep", "exif", "words"]
"""keep: needed for the picture · exif: an Exif block · words: texts, XMP, maker data, trailers, thumbnails."""

_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEEP = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT pHYs bKGD cICP mDCV cLLI acTL fcTL fdAT".split()
)
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04


class Broken(ValueError):
    """The row of parts makes no sense."""


@dataclass(frozen=True, slots=True)
class Part:
    """data[start:end]; its content without header and checksum is data[inner:inner_end]."""

    role: Role
    start: int
    end: int
    inner: int
    inner_end: int


@contextmanager
def mapped(stream: BinaryIO) -> Iterator[Data]:
    """Give a stream's bytes without loading them where it is a file."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size == 0 or isinstance(stream, io.BytesIO):
        yield stream.read()
        return
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def format_of(data: Data) -> Literal["JPEG", "PNG", "WEBP", ""]:
    """Return the format by the first bytes, “” for any other."""
    head = data[:12]
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(_PNG_HEAD):
        return "PNG"
    return "WEBP" if head[:4] == b"RIFF" and head[8:] == b"WEBP" else ""


def parts_of(data: Data) -> list[Part]:
    """Return the parts of a picture in order; raises Broken when they make no sense or the format is another."""
    walks = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}
    walk = walks.get(format_of(data))
    if walk is None:
        raise Broken("unknown format")
    return list(walk(data))


def rebuilt(data: Data, exif: bytes) -> Iterator[bytes]:
    """Yield the picture with its kept parts only and `exif` (a TIFF block, b"" for none) as its sole metadata."""
    kept = [part for part in parts_of(data) if part.role == "keep"]
    kind = format_of(data)
    if kind == "WEBP":
        yield from _webp_rebuilt(data, kept, exif)
        return
    block = _jpeg_exif(exif) if kind == "JPEG" else _png_exif(exif)
    first = 2 if kind == "JPEG" and data[2:4] == b"\xff\xe0" and len(kept) > 1 and kept[1].start == 2 else 1
    first = 2 if kind == "PNG" else first
    for number, part in enumerate(kept):
        if number == first and exif:
            yield block
        yield from _pieces(data, part)


def _pieces(data: Data, part: Part) -> Iterator[bytes]:
    for at in range(part.start, part.end, 1 << 20):
        yield data[at : min(at + (1 << 20), part.end)]


def _jpeg(data: Data) -> Iterator[Part]:
    yield Part("keep", 0, 2, 2, 2)
    at, size = 2, len(data)
    while at < size:
        found = _MARKER.match(data, at)
        if found is None or (found.end() + 2 > size and data[found.end() - 1] != 0xD9):
            raise Broken("no marker where one must be")
        marker, body = data[found.end() - 1], found.end()
        if marker == 0xD9:
            yield Part("keep", found.end() - 2, body, body, body)
            yield from _rest(body, size)
            return
        end = body + int.from_bytes(data[body : body + 2], "big")
        if end < body + 2 or end > size:
            raise Broken("segment too long")
        yield Part(_jpeg_role(marker, data[body + 2 : min(end, body + 16)]), found.end() - 2, end, body + 2, end)
        at = end
        if marker == 0xDA:
            scan = _MARKER.search(data, end)
            at = scan.start() if scan else size
            yield Part("keep", end, at, end, at)


def _rest(at: int, size: int) -> Iterator[Part]:
    if at < size:
        yield Part("words", at, size, at, size)


def _jpeg_role(marker: int, head: bytes) -> Role:
    if marker == 0xE1 and head.startswith(EXIF_HEAD):
        return "exif"
    wanted = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
    if 0xE0 <= marker <= 0xEF or marker == 0xFE:
        return "keep" if marker in wanted and head.startswith(wanted[marker]) else "words"
    return "keep"


def _png(data: Data) -> Iterator[Part]:
    yield Part("keep", 0, 8, 8, 8)
    at, size = 8, len(data)
    while at < size:
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > size or not name.isalpha():
            raise Broken("chunk too long")
        role: Role = "keep" if name in _PNG_KEEP else "exif" if name == b"eXIf" else "words"
        yield Part(role, at, end, at + 8, end - 4)
        at = end
        if name == b"IEND":
            yield from _rest(at, size)
            return


def _webp(data: Data) -> Iterator[Part]:
    yield Part("keep", 0, 12, 12, 12)
    at, size = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= size:
        length, name = int.from_bytes(data[at + 4 : at + 8], "little"), data[at : at + 4]
        end = at + 8 + length + length % 2
        if at + 8 + length > len(data):
            raise Broken("chunk too long")
        kept = name in {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
        yield Part(
            "keep" if kept else "exif" if name == b"EXIF" else "words", at, min(end, len(data)), at + 8, at + 8 + length
        )
        at = end
    yield from _rest(at, len(data))


def _jpeg_exif(exif: bytes) -> bytes:
    return b"\xff\xe1" + (len(exif) + 8).to_bytes(2, "big") + EXIF_HEAD + exif


def _png_exif(exif: bytes) -> bytes:
    return len(exif).to_bytes(4, "big") + b"eXIf" + exif + zlib.crc32(b"eXIf" + exif).to_bytes(4, "big")


def _webp_rebuilt(data: Data, kept: list[Part], exif: bytes) -> Iterator[bytes]:
    """Yield a WebP: only an extended header has a place for metadata, and its flags name what follows."""
    extended = data[12:16] == b"VP8X"
    chunk = b"EXIF" + len(exif).to_bytes(4, "little") + exif + b"\x00" * (len(exif) % 2) if exif and extended else b""
    body = kept[1:]
    yield b"RIFF" + (4 + sum(part.end - part.start for part in body) + len(chunk)).to_bytes(4, "little") + b"WEBP"
    for part in body:
        if data[part.start : part.start + 4] == b"VP8X":
            flags = data[part.inner] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if chunk else 0)
            yield data[part.start : part.inner] + bytes([flags]) + data[part.inner + 1 : part.end]
        else:
            yield from _pieces(data, part)
    yield chunk
