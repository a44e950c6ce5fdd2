"""The pages of a PDF as pictures, for the screen and for the printer.

Every look into a file opens and closes it: opening costs next to nothing, and no handle is left for the garbage
collector to close in another thread.
"""

from __future__ import annotations

from PySide6.QtGui import QImage

from ankang_desktop.desktop.work.drawing import PDFIUM, drawn
from ankang_desktop.kernel.errors import WorldError

Size = tuple[float, float]


def sizes(data: bytes) -> list[Size]:
    """Return width and height of every page in points; raises WorldError where the file is no PDF."""
    with PDFIUM:
        import pypdfium2

        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise WorldError("这份 PDF 读不出来", "请关闭预览后重新打开") from error
        try:
            return [document.get_page_size(index) for index in range(len(document))]
        finally:
            document.close()


def render(data: bytes, index: int, width: int, *, is_grey: bool = False) -> QImage:
    """Return one page as a picture `width` pixels wide."""
    with PDFIUM:
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        page = document[index]
        try:
            bitmap = page.render(
                scale=width / page.get_width(), grayscale=is_grey, prefer_bgrx=not is_grey, may_draw_forms=False
            )
            picture = drawn(bitmap, QImage.Format.Format_Grayscale8 if is_grey else QImage.Format.Format_RGB32)
            bitmap.close()
            return picture
        finally:
            page.close()
            document.close()
