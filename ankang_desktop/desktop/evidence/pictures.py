"""A file as a picture, made in a thread: photos scaled while they are decoded, the first page of a PDF, else nothing.

What cannot be decoded is None and is shown as an icon of its kind; no file, however big or broken, ends the program.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from ankang_desktop.desktop.evidence import pdfs

MOST_PIXELS = 400_000_000
"""Pixels beyond which not even a JPEG is tried: decoding would take the better part of a minute."""

PDF = "application/pdf"
_DRAWINGS = {b"svg", b"svgz"}  # may be small on disk and endless to draw
_KINDS = (
    ("image/", "photo"),
    (PDF, "file-type-pdf"),
    ("spreadsheet", "file-spreadsheet"),
    ("excel", "file-spreadsheet"),
    ("csv", "file-spreadsheet"),
    ("word", "file-type-docx"),
    ("presentation", "file-type-ppt"),
    ("powerpoint", "file-type-ppt"),
    ("zip", "file-zip"),
    ("compressed", "file-zip"),
    ("video/", "video"),
    ("audio/", "file-music"),
    ("text/", "file-text"),
)


def icon_name(media_type: str) -> str:
    """Return the icon of a kind of file."""
    return next((name for part, name in _KINDS if part in media_type), "paperclip")


def picture_of(path: Path, pixels: int, media_type: str = "") -> QImage | None:
    """Return a file as a picture that fits a square of `pixels`, turned as the camera was held; None if it is none.

    `media_type` "" means unknown: the file is asked. Safe in any thread.
    """
    if media_type == PDF or (not media_type and pdfs.is_pdf(path)):
        return pdfs.page_image(path, 0, pixels)
    if media_type and not media_type.startswith("image/"):
        return None
    return _decoded(path, pixels)


def _decoded(path: Path, pixels: int) -> QImage | None:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    kind = bytes(reader.format().data())  # asked first: it is not known any more once the size was asked for
    size = reader.size()
    if kind in _DRAWINGS or size.width() * size.height() > MOST_PIXELS:
        return None
    if size.isValid() and max(size.width(), size.height()) > pixels:
        reader.setScaledSize(_fitting(size, pixels))
    picture = reader.read()
    if picture.isNull():
        return None
    if max(picture.width(), picture.height()) > pixels:  # a format that does not tell its size beforehand
        picture = picture.scaled(_fitting(picture.size(), pixels), mode=Qt.TransformationMode.SmoothTransformation)
    return picture


def _fitting(size: QSize, pixels: int) -> QSize:
    """Return the size inside a square; a panorama of a thousand to one keeps a pixel of height."""
    fitting = size.scaled(pixels, pixels, Qt.AspectRatioMode.KeepAspectRatio)
    return fitting.expandedTo(QSize(1, 1))
