"""Whether a file is a photo, and the day it was taken: from its EXIF, else from its name as phones write it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

_EXIF_POINTER, _TAKEN, _CHANGED = 0x8769, 0x9003, 0x0132
_BEIJING = timezone(timedelta(hours=8))
_WRITTEN = re.compile(
    r"(?<!\d)(20\d{2})[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])(?=\D|$|\d{4}(?:\d{2})?(?:\D|$))"
)
_MILLISECONDS = re.compile(r"(?<!\d)(1[3-9]\d{11})(?!\d)")


def taken_on(path: Path, name: str) -> date | None:
    """Return the day of EXIF DateTimeOriginal, else the day in the file's name; None where neither says."""
    return _from_exif(path) or _from_name(name)


def is_picture(path: Path) -> bool:
    """Return whether the bytes begin as a picture that Pillow knows; a big one is a picture too."""
    from PIL import Image

    try:
        with Image.open(path):
            return True
    except Image.DecompressionBombError:
        return True
    except (OSError, ValueError, SyntaxError):
        return False


def _from_exif(path: Path) -> date | None:
    from PIL import Image
    from PIL.JpegImagePlugin import JpegImageFile

    try:  # a JPEG is opened past Image.open and its limit on pixels: none are decoded, and cameras have 200 million
        with JpegImageFile(path) if _is_jpeg(path) else Image.open(path) as picture:
            exif = picture.getexif()
            written = exif.get_ifd(_EXIF_POINTER).get(_TAKEN) or exif.get(_CHANGED)
        return datetime.strptime(str(written)[:10], "%Y:%m:%d").date() if written else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None  # no picture, or one whose header says nothing


def _is_jpeg(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(3) == b"\xff\xd8\xff"


def _from_name(name: str) -> date | None:
    if found := _WRITTEN.search(name):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    if found := _MILLISECONDS.search(name):  # mmexport1780243200000.jpg
        return datetime.fromtimestamp(int(found[1]) / 1000, UTC).astimezone(_BEIJING).date()
    return None
