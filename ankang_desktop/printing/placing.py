"""How each kind of block is put on the page; the grid has a module of its own."""

from __future__ import annotations

from functools import singledispatch

from ankang_desktop.kernel.progress import Progress
from ankang_desktop.printing.flow import Flow, Picture, Rule, Setter, Sheet
from ankang_desktop.printing.fonts import Fonts
from ankang_desktop.printing.grid import place_grid
from ankang_desktop.printing.paper import (
    Block,
    Fields,
    Grid,
    Note,
    PageBreak,
    Paper,
    Photo,
    Photos,
    Signatures,
    Spacer,
    Text,
    Title,
)

_STEP = 0.05  # between the scales tried to bring a paper to one sheet
LEADING = 1.5
_GAP = 2.0  # mm after a block
SMALL = 9.0  # points of headers, footers and notes
_INSET = 0.25  # of the type size, before a value on its blank
SIGNED_ON = "　　　　年　　月　　日"


def compose(paper: Paper, fonts: Fonts, progress: Progress) -> list[Sheet]:
    """Return the sheets of a paper; one that asks for a single sheet is shrunk until it has as few as it can."""
    best = _composed(paper, fonts, progress, 1.0)
    scale = 1.0 - _STEP
    while len(best) > 1 and scale >= paper.page.fit - 0.001:
        smaller = _composed(paper, fonts, progress, scale)
        best = min(best, smaller, key=len)
        scale -= _STEP
    return best


def _composed(paper: Paper, fonts: Fonts, progress: Progress, scale: float) -> list[Sheet]:
    flow = Flow(Setter(paper.page, fonts, scale), progress)
    for block in paper.blocks:
        _place(block, flow)
    _frame(paper, flow)
    return flow.sheets


def _frame(paper: Paper, flow: Flow) -> None:
    """Write header, footer and page numbers outside the body of every sheet."""
    page, total = paper.page, len(flow.sheets)
    upper, lower = flow.top - 2.2 * SMALL, flow.bottom + 1.2 * SMALL
    for number, sheet in enumerate(flow.sheets, 1):
        if number > 1:
            sheet.write(_middle(page.header, SMALL, flow), upper, page.header, SMALL)
        sheet.write(flow.left, lower, page.footer, SMALL)
        if page.numbered:
            counted = f"第 {number} 页 共 {total} 页"
            sheet.write(_middle(counted, SMALL, flow), lower, counted, SMALL)


def _middle(text: str, size: float, flow: Flow, *, bold: bool = False) -> float:
    """Return where a line begins that stands in the middle between the margins."""
    return (flow.left + flow.right - flow.setter.voice(bold=bold).width(text) * size) / 2


@singledispatch
def _place(block: Block, flow: Flow) -> None:
    """Put a block at the pen of `flow` and move the pen below it."""
    raise TypeError(f"no way to put {type(block).__name__} on {flow}")


@_place.register
def _(block: Grid, flow: Flow) -> None:
    place_grid(block, flow)


@_place.register
def _(block: Title, flow: Flow) -> None:
    size = flow.setter.points(block.size)
    for line in block.lines:
        flow.reserve(size * LEADING)
        for text, _width in flow.setter.lines(line, flow.width / size, bold=True):
            flow.sheet.write(_middle(text, size, flow, bold=True), flow.y, text, size, bold=True)
            flow.y += size * LEADING
    flow.y += flow.millimetres(_GAP)


@_place.register
def _(block: Fields, flow: Flow) -> None:
    size = flow.setter.points(block.size)
    leading, gap = size * LEADING, size * 0.8
    labels = [flow.setter.voice(bold=False).width(item.label) * size for item in block.items]
    spare = flow.width - sum(labels) - gap * (len(labels) - 1)
    share = spare / sum(item.width for item in block.items)
    values = [flow.setter.lines(item.value, item.width * share / size - _INSET) for item in block.items]
    flow.reserve(leading * max(map(len, values)))
    x, tallest = flow.left, 1
    for item, label, lines in zip(block.items, labels, values, strict=True):
        flow.sheet.write(x, flow.y, item.label, size)
        x += label
        for row, (text, _width) in enumerate(lines):
            top = flow.y + row * leading
            flow.sheet.write(x + _INSET * size, top, text, size)
            flow.sheet.rules.append(Rule(x, top + size * 1.15, x + item.width * share, top + size * 1.15))
        x += item.width * share + gap
        tallest = max(tallest, len(lines))
    flow.y += leading * tallest + flow.millimetres(_GAP / 2)


@_place.register
def _(block: Text, flow: Flow) -> None:
    _paragraphs(block, flow.setter.points(block.size), flow)


@_place.register
def _(block: Note, flow: Flow) -> None:
    flow.y += flow.millimetres(_GAP / 2)
    _paragraphs(Text(block.text), flow.setter.points(SMALL), flow)


def _paragraphs(block: Text, size: float, flow: Flow) -> None:
    indented = "\n".join("　" * block.indent + paragraph for paragraph in block.text.split("\n"))
    for text, width in flow.setter.lines(indented, flow.width / size, bold=block.bold):
        flow.reserve(size * LEADING)
        spare = flow.width - width * size
        x = flow.left + (0.0 if block.align == "left" else spare if block.align == "right" else spare / 2)
        flow.sheet.write(x, flow.y, text, size, bold=block.bold)
        flow.y += size * LEADING
    flow.y += flow.millimetres(_GAP / 2)


@_place.register
def _(block: Photos, flow: Flow) -> None:
    size, height = flow.setter.points(0), flow.millimetres(block.height)
    width = flow.width / block.columns
    for start in range(0, len(block.items), block.columns):
        flow.reserve(height + size * LEADING)
        for place, photo in enumerate(block.items[start : start + block.columns]):
            _photo(photo, flow.left + place * width, width, height, flow)
        flow.y += height + size * LEADING + flow.millimetres(_GAP / 2)


def _photo(photo: Photo, x: float, width: float, height: float, flow: Flow) -> None:
    """Draw one frame with its picture, or with the words where to stick one; the caption stands below."""
    size, edge, sheet, y = flow.setter.points(0), flow.millimetres(1), flow.sheet, flow.y
    sheet.rules += [Rule(x, y, x + width, y), Rule(x, y + height, x + width, y + height)]
    sheet.rules += [Rule(x, y, x, y + height), Rule(x + width, y, x + width, y + height)]
    measure = flow.setter.voice(bold=False).width
    if photo.path:
        sheet.pictures.append(Picture(photo.path, x + edge, y + edge, width - 2 * edge, height - 2 * edge))
    else:
        hint = f"（{photo.caption}照片粘贴处）"
        sheet.write(x + (width - measure(hint) * size) / 2, y + (height - size) / 2, hint, size)
    caption = x + (width - measure(photo.caption) * size) / 2
    sheet.write(caption, y + height + size * (LEADING - 1) / 2, photo.caption, size)


@_place.register
def _(block: Signatures, flow: Flow) -> None:
    size = flow.setter.points(0)
    height = size * 2 * LEADING + flow.millimetres(5)
    flow.reserve(height)
    slot = flow.width / len(block.labels)
    top = flow.y + flow.millimetres(3)
    for place, label in enumerate(block.labels):
        x, named = flow.left + place * slot, f"{label}（签名）："
        flow.sheet.write(x, top, named, size)
        begin = x + flow.setter.voice(bold=False).width(named) * size
        flow.sheet.rules.append(Rule(begin, top + size * 1.15, x + slot - size, top + size * 1.15))
        flow.sheet.write(x, top + size * LEADING + flow.millimetres(1), SIGNED_ON, size)
    flow.y += height


@_place.register
def _(block: Spacer, flow: Flow) -> None:
    flow.y += flow.millimetres(block.height)


@_place.register
def _(_block: PageBreak, flow: Flow) -> None:
    flow.turn()
