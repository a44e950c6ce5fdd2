"""Exif blocks (CIPA DC-008, TIFF 6.0): what they tell of a place or a person, and the little that may stay.

Read by hand and not by Pillow: a damaged block must neither warn nor be taken for an empty one.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

EXIF_HEAD = b"Exif\x00\x00"
"""What stands before the block in a JPEG."""

_IFD_EXIF, _IFD_GPS = 0x8769, 0x8825
_ORIENTATION, _TAKEN, _OFFSET = 0x0112, 0x9003, 0x9011
_COMMENT = 0x9286
_POSITION = frozenset({0x0002, 0x0004})
_TAKEN_SHAPE = re.compile(rb"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d")
_OFFSET_SHAPE = re.compile(rb"[+-]\d\d:\d\d")
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_MOST_TAGS, _LONGEST_VALUE = 1000, 1 << 16


@dataclass(frozen=True, slots=True)
class Exif:
    """Raw values by tag of the three directories that matter; `order` is “<” or “>”."""

    order: str
    image: dict[int, bytes] = field(default_factory=dict)
    shot: dict[int, bytes] = field(default_factory=dict)
    gps: dict[int, bytes] = field(default_factory=dict)

    @property
    def has_position(self) -> bool:
        """Say whether a latitude or longitude is stored."""
        return bool(_POSITION & self.gps.keys())

    def texts(self) -> list[str]:
        """Return every stored text (descriptions, owner, user comment, Windows title) for a search."""
        values = [*self.image.values(), *self.shot.values(), *self.gps.values()]
        return [text for value in values if len(value) > 4 for text in _decoded(value)]

    def essence(self) -> bytes:
        """Return a new block with the orientation and the moment of the shot only; b"" when neither is stored."""
        shot = _wanted(self.shot, {_TAKEN: _TAKEN_SHAPE, _OFFSET: _OFFSET_SHAPE})
        (orientation,) = struct.unpack(f"{self.order}H", self.image.get(_ORIENTATION, b"\0\0")[:2].ljust(2, b"\0"))
        return _block(orientation if 1 <= orientation <= 8 else 0, shot)


def read_exif(data: bytes) -> Exif | None:
    """Read a block (with or without EXIF_HEAD); None when it is damaged."""
    tiff = data.removeprefix(EXIF_HEAD)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return None
    try:
        image = _directory(tiff, struct.unpack_from(f"{order}L", tiff, 4)[0], order)
        shot, gps = (_linked(tiff, image, tag, order) for tag in (_IFD_EXIF, _IFD_GPS))
    except struct.error:
        return None
    return Exif(order, image, shot, gps)


def _linked(tiff: bytes, image: dict[int, bytes], tag: int, order: str) -> dict[int, bytes]:
    return _directory(tiff, struct.unpack(f"{order}L", image[tag][:4])[0], order) if tag in image else {}


def _directory(tiff: bytes, at: int, order: str) -> dict[int, bytes]:
    """Return the raw values of one directory; raises struct.error when it leaves the block."""
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    values = {}
    for number in range(min(count, _MOST_TAGS)):
        place = at + 2 + number * 12
        tag, kind, length = struct.unpack_from(f"{order}HHL", tiff, place)
        size = min(length * _SIZES.get(kind, 1), _LONGEST_VALUE)
        start = place + 8 if size <= 4 else struct.unpack_from(f"{order}L", tiff, place + 8)[0]
        values[tag] = tiff[start : start + max(size, 1)]
    return values


def _decoded(value: bytes) -> list[str]:
    """Return a value as UTF-8 (or GBK) and, as Windows titles and Unicode comments are, as UTF-16 both ways."""
    plain = value[8:] if value[:8] in {b"UNICODE\0", b"ASCII\0\0\0"} else value
    try:
        first = plain.decode("utf-8")
    except UnicodeDecodeError:
        first = plain.decode("gb18030", "replace")
    wide = [plain.decode(code, "replace") for code in ("utf-16-le", "utf-16-be")]
    return [text.replace("\0", "") for text in (first, *wide)]


def _wanted(values: dict[int, bytes], shapes: dict[int, re.Pattern[bytes]]) -> dict[int, bytes]:
    """Return the values that have the shape they must have: no free text slips through under a date's tag."""
    trimmed = {tag: values.get(tag, b"").rstrip(b"\0 ") for tag in shapes}
    return {tag: value + b"\0" for tag, value in trimmed.items() if shapes[tag].fullmatch(value)}


def _block(orientation: int, shot: dict[int, bytes]) -> bytes:
    """Build a big-endian TIFF block: one directory with the orientation, one with the ASCII values of `shot`."""
    entries = [struct.pack(">HHLHH", _ORIENTATION, 3, 1, orientation, 0)] if orientation else []
    if not entries and not shot:
        return b""
    begin = 8 + 2 + 12 * (len(entries) + bool(shot)) + 4
    if shot:
        entries.append(struct.pack(">HHLL", _IFD_EXIF, 4, 1, begin))
    at, body, tail = begin + 2 + 12 * len(shot) + 4, b"", b""
    for tag, value in sorted(shot.items()):
        body += struct.pack(">HHLL", tag, 2, len(value), at + len(tail))
        tail += value + b"\0" * (len(value) % 2)
    second = struct.pack(">H", len(shot)) + body + b"\0\0\0\0" + tail if shot else b""
    return b"MM\0*" + struct.pack(">LH", 8, len(entries)) + b"".join(entries) + b"\0\0\0\0" + second
