"""A PDF onto a printer: each page a picture of the same bytes, at its true size, in a thread of its own."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from ankang_desktop.desktop.paper.pages import Size, render, sizes
from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.kernel.progress import Progress

_SHARP = 400  # dots per inch beyond which an office printer shows no more


def make_printer(data: bytes, name: str) -> QPrinter:
    """Return the system's printer, set to the paper of the first page; `name` is the job's name in its queue."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setCreator("ankang-desktop")
    printer.setFullPage(True)
    pages = sizes(data)
    printer.setFromTo(1, len(pages))
    _turn(printer, pages[0])
    return printer


def print_pages(data: bytes, printer: QPrinter, progress: Progress) -> int:
    """Print the pages asked for; returns how many sheets; WorldError where the printer refuses."""
    pages = sizes(data)
    wanted = _wanted(printer, len(pages))
    printer.setFullPage(True)
    _turn(printer, pages[wanted[0]])
    painter = QPainter()
    if not painter.begin(printer):
        raise WorldError("打印机没有接受这份文件", "请检查打印机是否开机、有纸，或换一台打印机后重试")
    try:
        for done, index in enumerate(wanted):
            progress.step("正在送往打印机", done, len(wanted))
            _turn(printer, pages[index])
            if done and not printer.newPage():
                raise WorldError(f"打印机在第 {index + 1} 页停下了", "请检查打印机后，从这一页起重新打印")
            _paint(painter, data, index, pages[index])
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(wanted)


def _wanted(printer: QPrinter, count: int) -> list[int]:
    """Return the pages in the order they are printed, as often as the printer cannot do by itself."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = list(range(max(1, first) - 1, min(count, last))) or [0]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _ in range(copies)]


def _turn(printer: QPrinter, page: Size) -> None:
    """Lay the paper as the page lies: A4, upright or landscape."""
    is_wide = page[0] > page[1]
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def _paint(painter: QPainter, data: bytes, index: int, page: Size) -> None:
    printer = painter.device()
    dots = painter.device().logicalDpiX()
    is_grey = isinstance(printer, QPrinter) and printer.colorMode() == QPrinter.ColorMode.GrayScale
    picture = render(data, index, round(page[0] / 72 * min(dots, _SHARP)), is_grey=is_grey)
    painter.drawImage(QRectF(0, 0, page[0] / 72 * dots, page[1] / 72 * dots), picture)
