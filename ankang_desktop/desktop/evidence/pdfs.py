"""Pages of PDF files as pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from ankang_desktop.desktop.work.drawing import PDFIUM, drawn


def is_pdf(path: Path) -> bool:
    """Say whether a file begins as a PDF does."""
    try:
        with path.open("rb") as stream:
            return stream.read(5) == b"%PDF-"
    except OSError:
        return False


def page_count(path: Path) -> int:
    """Return how many pages a PDF has; 0 where it is damaged or locked with a password."""
    import pypdfium2

    try:
        with PDFIUM:
            document = pypdfium2.PdfDocument(path)
            try:
                return len(document)
            finally:
                document.close()
    except (pypdfium2.PdfiumError, OSError):
        return 0


def page_image(path: Path, index: int, pixels: int) -> QImage | None:
    """Return one page that fits a square of `pixels`; None where the file is damaged, locked, or has no such page."""
    import pypdfium2

    try:
        with PDFIUM:
            document = pypdfium2.PdfDocument(path)
            try:
                return _rendered(document, index, pixels)
            finally:
                document.close()
    except (pypdfium2.PdfiumError, OSError, IndexError):
        return None


def _rendered(document: object, index: int, pixels: int) -> QImage:
    page = document[index]  # type: ignore[index]
    try:
        scale = pixels / max(1.0, *page.get_size())
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        picture = drawn(bitmap)
        bitmap.close()
        return picture
    finally:
        page.close()
