"""Pictures, the one thing of Qt's that threads make.

PySide makes its types when they are first looked at, and two threads at it end the program: so all the types that a
picture needs are made here, while this module is imported, in the GUI thread. PDFium is not made for several threads:
every call of the house, from opening a file to closing it, is behind one lock.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

from PySide6.QtCore import QLoggingCategory, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

PDFIUM = Lock()
MOST_MEGABYTES = 256
"""Memory one decoding may take: 64 million pixels; a JPEG is decoded at a fraction of its sides and may be larger."""


def drawn(bitmap: Any, shape: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    """Return a page that PDFium has drawn as a picture of its own: the bitmap may be closed."""
    held = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape)
    return held.copy()  # the bytes of `held` are Python's and go with this call


def _make_types() -> None:
    reader = QImageReader(__file__)  # no picture, which is told without a word
    reader.setScaledSize(QSize(1, 1))
    reader.format().data()
    reader.read().isNull()
    one = QImage(bytes(4), 1, 1, 4, QImage.Format.Format_RGB32)
    one.copy().scaled(QSize(1, 1), mode=Qt.TransformationMode.SmoothTransformation)


QImageReader.setAllocationLimit(MOST_MEGABYTES)
QLoggingCategory.setFilterRules("qt.gui.imageio*=false")  # what is broken we show ourselves
_make_types()
