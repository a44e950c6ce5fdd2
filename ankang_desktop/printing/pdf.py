"""The PDF writer: what is previewed, printed and submitted are the same bytes.

The same paper with the same fonts gives the same file. The page count is read back before the file takes its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.kernel.files import write_safely
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.printing.flow import MM, Picture, Sheet
from ankang_desktop.printing.fonts import SUBSTITUTE, Fonts
from ankang_desktop.printing.paper import Page, Paper
from ankang_desktop.printing.pictures import prepare
from ankang_desktop.printing.placing import compose

_RULE = 0.5  # points
_PAGE_TREE = re.compile(rb"/Count (\d+)[^>]*?/Type /Pages")


@dataclass(frozen=True, slots=True)
class PdfResult:
    """What was written: number of pages; every character no font has, with the first page it stands on."""

    pages: int
    missing_glyphs: tuple[tuple[str, int], ...] = ()

    @property
    def warning(self) -> str:
        """Return a sentence about characters that could not be printed, "" where there are none."""
        if not self.missing_glyphs:
            return ""
        named = "、".join(f"{mark}（第{page}页）" for mark, page in self.missing_glyphs)
        return f"字体缺少这些字：{named}，已用{SUBSTITUTE}代替"


def write_pdf(paper: Paper, target: Path, fonts: Fonts, progress: Progress) -> PdfResult:
    """Write a paper as PDF with embedded subsets of its fonts; WorldError when disk or fonts refuse."""
    sheets = compose(paper, fonts, progress)
    missing: dict[str, int] = {}

    def write(temporary: Path) -> None:
        missing.update(_paint(paper, sheets, temporary, fonts, progress))

    write_safely(target, write, lambda path: _verify(path, len(sheets)))
    return PdfResult(len(sheets), tuple(missing.items()))


def _paint(paper: Paper, sheets: list[Sheet], target: Path, fonts: Fonts, progress: Progress) -> dict[str, int]:
    page = paper.page
    first = fonts.voice(page.family, bold=False).faces[0].fontName  # else every page names Helvetica, not embedded
    size = (page.width * MM, page.height * MM)
    canvas = Canvas(str(target), size, pageCompression=1, invariant=1, initialFontName=first)  # type: ignore[arg-type]
    canvas.setTitle(paper.title)
    canvas.setAuthor(paper.author)
    canvas.setCreator("ankang-desktop")
    missing: dict[str, int] = {}
    for number, sheet in enumerate(sheets, 1):
        progress.step("正在写入 PDF", number, len(sheets))
        canvas.setLineWidth(_RULE)
        canvas.lines([(x0, page.height * MM - y0, x1, page.height * MM - y1) for x0, y0, x1, y1 in sheet.rules])
        for picture in sheet.pictures:
            _paint_picture(canvas, picture, page)
        for mark in _paint_text(canvas, sheet, page, fonts):
            missing.setdefault(mark, number)
        canvas.showPage()
    canvas.save()
    return missing


def _paint_text(canvas: Canvas, sheet: Sheet, page: Page, fonts: Fonts) -> list[str]:
    """Write a sheet's lines; return the characters that were replaced."""
    missing: list[str] = []
    text = canvas.beginText()
    height = page.height * MM
    for x, y, size, bold, line in sheet.lines:
        runs, lacking = fonts.voice(page.family, bold=bold).runs(line)
        missing += lacking
        text.setTextOrigin(x, height - y)
        for font, piece in runs:
            text.setFont(font, size)
            text.textOut(piece)
    canvas.drawText(text)
    return missing


def _paint_picture(canvas: Canvas, picture: Picture, page: Page) -> None:
    """Paint a photo in the middle of its box."""
    ready = prepare(picture.path, picture.width, picture.height)
    x = picture.x + (picture.width - ready.width) / 2
    y = page.height * MM - picture.y - (picture.height + ready.height) / 2
    canvas.drawImage(ImageReader(BytesIO(ready.jpeg)), x, y, ready.width, ready.height)


def _verify(path: Path, pages: int) -> None:
    """Read the file back: a PDF to its last byte, with as many pages as were laid out."""
    data = path.read_bytes()
    found = _PAGE_TREE.search(data)
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF") or not found or int(found[1]) != pages:
        raise WorldError(f"写入的 PDF 读回后不完整（应有 {pages} 页）", "请检查磁盘后重试")


rl_config.useA85 = 0  # binary streams: a fifth smaller than reportlab's text encoding
