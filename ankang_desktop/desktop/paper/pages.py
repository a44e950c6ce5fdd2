"""The pages of a PDF as pictures, for the screen and for the printer.

pdfium is not safe for threads, so every look into a file holds one lock from opening to closing it; opening costs next
to nothing, and no handle is left for the garbage collector to close in another thread.
"""

from __future__ import annotations

from threading import Lock

from PySide6.QtGui import QImage

from ankang_desktop.kernel.errors import WorldError

Size = tuple[float, float]
_ONE_AT_A_TIME = Lock()


def sizes(data: bytes) -> list[Size]:
    """Return width and height of every page in points; raises WorldError where the file is no PDF."""
    with _ONE_AT_A_TIME:
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
    with _ONE_AT_A_TIME:
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        page = document[index]
        try:
            bitmap = page.render(
                scale=width / page.get_width(), grayscale=is_grey, prefer_bgrx=not is_grey, may_draw_forms=False
            )
            shape = QImage.Format.Format_Grayscale8 if is_grey else QImage.Format.Format_RGB32
            picture = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape).copy()
            bitmap.close()
            return picture
        finally:
            page.close()
            document.close()
