"""Photos for paper: turned upright as the camera meant it, no larger than print needs, without place data."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from ankang_desktop.kernel.errors import UserError

_DOTS_PER_POINT = 200 / 72  # 200 dpi: sharp on an office printer


class Print(NamedTuple):
    """A JPEG ready to embed, the size in points it takes, proportions kept, and its pixels across and down."""

    jpeg: bytes
    width: float
    height: float
    pixels: tuple[int, int]


def prepare(path: Path, width: float, height: float) -> Print:
    """Return the photo fitted into `width` × `height` points; raises UserError where it is no readable picture."""
    from PIL import Image, ImageOps

    most = (max(1, round(width * _DOTS_PER_POINT)), max(1, round(height * _DOTS_PER_POINT)))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as photo:
                photo.draft("RGB", (2 * max(most), 2 * max(most)))
                upright = ImageOps.exif_transpose(photo).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UserError(f"照片“{path.name}”无法读取：{error}", "请换一张能打开的 JPEG 或 PNG 照片") from error
    upright.thumbnail(most)
    scale = min(width / upright.width, height / upright.height)
    stream = BytesIO()
    upright.save(stream, "JPEG", quality=85, dpi=(96, 96))
    return Print(stream.getvalue(), upright.width * scale, upright.height * scale, upright.size)
