"""Labels for the spines of boxes: strips side by side on a sheet, read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ankang_desktop.printing.asked import Asked
from ankang_desktop.printing.paper import Block, Cell, Column, Grid, PageBreak, Row

_MM = 72 / 25.4
_LEADING = 1.36  # of the type size, a line of upright text with a little air
_SMALLEST = 8.0
_KEYS = ("field", "label", "suffix", "height", "size", "bold", "upright")


def spines(asked: Asked) -> Iterable[Block]:
    """Build a strip for each of the answers' `boxes`, `sides` on a sheet; what is left over of a sheet stays blank.

    An `upright` text runs downwards, one character a line, its type made smaller until it fits the `height` in mm. A
    `label` stands above a text that is there, a `suffix` behind it.
    """
    items = asked.items("rows", _KEYS, ("field", "height", "size"))
    sides: int = asked.block["sides"]
    boxes: Sequence[Asked | None] = asked.entries("boxes")
    for first in range(0, max(1, len(boxes)), sides):
        if first:
            yield PageBreak()
        strips = [*boxes[first : first + sides]]
        strips += [None] * (sides - len(strips))
        yield Grid((Column(1, "center"),) * sides, tuple(_row(item, strips) for item in items))


def _row(item: Mapping[str, Any], strips: Sequence[Asked | None]) -> Row:
    return tuple(_cell(item, strip.text(item["field"]) if strip else "") for strip in strips)


def _cell(item: Mapping[str, Any], text: str) -> Cell:
    size, label = float(item["size"]), item.get("label", "")
    text = text and text + item.get("suffix", "")
    if item.get("upright"):
        size = max(_SMALLEST, min(size, item["height"] * _MM / (max(1, len(text)) * _LEADING + 0.5)))
        text = "\n".join(text)
    if label and text:
        text = f"{label}\n{text}"
    return Cell(text, align="center", bold=item.get("bold", False), height=item["height"], size=size)
