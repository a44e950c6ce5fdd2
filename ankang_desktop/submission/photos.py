"""Copies of photos as they may leave: no position, no owner, no hidden texts; the moment and the orientation stay.

The picture data of JPEG, PNG and WebP are copied bit by bit; only a wish for a smaller picture re-compresses.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image, JpegImagePlugin, PngImagePlugin

from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.kernel.files import world, write_safely
from ankang_desktop.submission.containers import Broken, Data, format_of, mapped, parts_of, rebuilt
from ankang_desktop.submission.exif import read_exif
from ankang_desktop.submission.items import CHUNK
from ankang_desktop.submission.privacy import Finding, scan_photo

MOST_DECODED = 100_000_000
"""Pixels ever held in memory; a baseline JPEG is decoded at a half to an eighth of its sides, so 200 MP fit easily."""

MOST_PIXELS = 1_000_000_000
"""Pixels of a JPEG beyond which it is copied and not made smaller."""

_QUALITY = 85
_MODES = frozenset({"L", "LA", "RGB", "RGBA"})
_NOT_CLEANABLE = "本软件去不掉这种照片的拍摄位置：请在手机或看图软件里另存为 JPEG，再替换原来的照片"
_UNDECODABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error)


def clean_copy(source: Path, target: Path, longest: int | None = None) -> tuple[Finding, ...]:
    """Write a copy of a photo that tells no place and no owner; returns () when it was written.

    `longest` (pixels) asks for a smaller, re-compressed JPEG or PNG where the photo is larger. A file that cannot be
    taken apart (broken, HEIC, TIFF) is copied as it is when nothing private can be found in it; else nothing is
    written and the findings say why. Raises WorldError when a disk refuses.
    """
    with _opened(source) as data:
        try:
            essence = _essence(data)
        except Broken:
            if findings := tuple(scan_photo(data, source.name)):
                return tuple(replace(finding, remedy=_NOT_CLEANABLE) for finding in findings)
            _write(target, _pieces(data), None)
        else:
            _write(target, rebuilt(data, essence), longest)
    return ()


@contextmanager
def _opened(source: Path) -> Iterator[Data]:
    with world("读取", source):
        stream = source.open("rb")
    with stream, mapped(stream) as data:
        yield data


def _essence(data: Data) -> bytes:
    """Return the new Exif block: moment and orientation of the first readable old one; raises Broken."""
    blocks = [data[part.inner : part.inner_end] for part in parts_of(data) if part.role == "exif"]
    exif = next(filter(None, map(read_exif, blocks)), None)
    return exif.essence() if exif else b""


def _pieces(data: Data) -> Iterator[bytes]:
    return (data[at : at + CHUNK] for at in range(0, len(data), CHUNK))


def _write(target: Path, pieces: Iterator[bytes], longest: int | None) -> None:
    """Write the cleaned bytes, made smaller when asked; refuse the result if a position can still be found."""

    def write(temporary: Path) -> None:
        with temporary.open("wb") as stream:
            stream.writelines(pieces)
        if longest and (smaller := _smaller(temporary, longest)):
            temporary.write_bytes(smaller)

    def verify(temporary: Path) -> None:
        with _opened(temporary) as data:
            if any(finding.kind == "照片定位" for finding in scan_photo(data, target.name)):
                raise WorldError(f"“{target.name}”的副本里还有拍摄位置，没有保存", "请换一张照片，或另存为 JPEG 后重试")

    write_safely(target, write, verify)


def _smaller(path: Path, longest: int) -> bytes | None:
    """Return a picture of at most `longest` pixels a side; None where it is small already or better left alone."""
    try:
        # By class: Image.open refuses a 200 MP phone photo before anyone can ask for a smaller decoding.
        with path.open("rb") as stream, _image(stream.read(12), path) as image:
            if max(image.size) <= longest or not _is_bearable(image, longest):
                return None
            image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
            return _saved(image)
    except _UNDECODABLE:
        return None


def _image(head: bytes, path: Path) -> Image.Image:
    kinds = {"JPEG": JpegImagePlugin.JpegImageFile, "PNG": PngImagePlugin.PngImageFile}
    kind = kinds.get(format_of(head))
    if kind is None:
        raise ValueError("only JPEG and PNG are made smaller")
    return kind(path)


def _is_bearable(image: Image.Image, longest: int) -> bool:
    """Say whether decoding stays within MOST_DECODED; asks a baseline JPEG to decode itself smaller."""
    if getattr(image, "is_animated", False) or image.mode not in _MODES:
        return False
    if isinstance(image, JpegImagePlugin.JpegImageFile) and "progressive" not in image.info:
        if image.width * image.height > MOST_PIXELS:
            return False
        image.draft(None, (longest * 2, longest * 2))
    return image.width * image.height <= MOST_DECODED


def _saved(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    kept = {key: image.info[key] for key in ("icc_profile", "exif") if image.info.get(key)}
    image.save(buffer, image.format, quality=_QUALITY, **kept)
    return buffer.getvalue()
