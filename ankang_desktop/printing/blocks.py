"""The blocks any paper may be made of: each reads its entry in form.toml and the answers, and gives part of the tree.

`BUILDERS` in `layout` names them; every builder lists the keys it knows beside its decorator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ankang_desktop.printing.asked import Asked
from ankang_desktop.printing.paper import (
    Block,
    Cell,
    Column,
    Field,
    Fields,
    Grid,
    Note,
    PageBreak,
    Photo,
    Photos,
    Row,
    Signatures,
    Spacer,
    Text,
    Title,
)


@dataclass(frozen=True, slots=True)
class Builder:
    """How one type of block is built, the keys its entry must have and those it may have."""

    build: Callable[[Asked], Iterable[Block]]
    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    def __call__(self, asked: Asked) -> tuple[Block, ...]:
        """Check the entry's keys and build its blocks."""
        asked.check(asked.block, ("type", *self.needed, *self.optional), self.needed)
        return tuple(self.build(asked))


def title(asked: Asked) -> Iterable[Block]:
    """Build the form's title, or the block's own `lines`."""
    lines = asked.block.get("lines", asked.form.title)
    yield Title(tuple(asked.fill(line) for line in lines), asked.block.get("size", 18))


def fields(asked: Asked) -> Iterable[Block]:
    """Build labels and underlined blanks on one line; `empty` is what an unanswered blank shows."""
    items = asked.items("items", ("label", "blank", "width", "empty"), ("label", "blank"))
    yield Fields(
        tuple(
            Field(item["label"], asked.text(item["blank"]) or item.get("empty", ""), item.get("width", 1))
            for item in items
        ),
        asked.block.get("size", 0),
    )


def boxes(asked: Asked) -> Iterable[Block]:
    """Build two columns of label and value; a `tall` value begins at the top of its box."""
    items = asked.items("items", ("label", "blank", "height", "tall"), ("label", "blank"))
    columns = (Column(asked.block["label_width"]), Column(asked.block["value_width"]))
    yield Grid(columns, tuple(_box_row(asked, item) for item in items))


def _box_row(asked: Asked, item: Mapping[str, Any]) -> Row:
    label = Cell(item["label"], align="center", height=item.get("height", 0))
    return label, Cell(asked.text(item["blank"]), top=item.get("tall", False))


def card(asked: Asked) -> Iterable[Block]:
    """Build pairs of label and value, `columns` in a row; a `band` heads what follows, a `span` widens a value."""
    known = ("band", "label", "blank", "span", "height")
    count: int = asked.block["columns"]
    pair = (Column(asked.block["label_width"]), Column(asked.block["value_width"]))
    lines = _lines_of(asked.items("items", known), count)
    rows = tuple(_card_row(asked, line, count) for line in lines)
    yield Grid(pair * count, rows, height=asked.block.get("height", 0))


def _lines_of(items: Sequence[Mapping[str, Any]], count: int) -> list[list[Mapping[str, Any]]]:
    """Put items into lines of `count` pairs; a band stands alone."""
    lines: list[list[Mapping[str, Any]]] = []
    room = 0
    for item in items:
        span = count if "band" in item else item.get("span", 1)
        if span > room:
            lines.append([])
            room = count
        lines[-1].append(item)
        room -= span
    return lines


def _card_row(asked: Asked, line: list[Mapping[str, Any]], count: int) -> Row:
    if "band" in line[0]:
        return (Cell(line[0]["band"], cols=2 * count, bold=True),)
    cells: list[Cell] = []
    left = count
    for item in line:
        asked.check(item, item, ("label", "blank"))
        span = left if item is line[-1] else item.get("span", 1)
        cells.append(Cell(item["label"], align="center", height=item.get("height", 0)))
        cells.append(Cell(asked.text(item["blank"]), cols=2 * span - 1))
        left -= span
    return tuple(cells)


def register(asked: Asked) -> Iterable[Block]:
    """Build a ledger's table: a row for each of the answers' `rows`, at least `least`, the head on every page."""
    columns = asked.items("columns", ("field", "label", "width", "align", "group"), ("field", "label", "width"))
    names = [column["field"] for column in columns]
    rows: list[Row] = [tuple(map(entry.text, names)) for entry in asked.entries("rows")]
    blank: Row = ("",) * len(columns)
    rows += [blank] * (asked.block.get("least", 0) - len(rows))
    head = _heads(columns)
    yield Grid(
        tuple(Column(column["width"], column.get("align", "left")) for column in columns),
        (*head, *rows),
        head=len(head),
        size=asked.block.get("size", 0),
        height=asked.block.get("height", 0),
    )


def _heads(columns: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return one row of labels, or two where neighbouring columns share a `group`."""
    if not any("group" in column for column in columns):
        return [tuple(Cell(column["label"], align="center", bold=True) for column in columns)]
    upper: list[Cell] = []
    lower: list[Cell] = []
    for place, column in enumerate(columns):
        if "group" not in column:
            upper.append(Cell(column["label"], rows=2, align="center", bold=True))
            continue
        lower.append(Cell(column["label"], align="center", bold=True))
        if place and columns[place - 1].get("group") == column["group"]:
            upper[-1] = Cell(column["group"], cols=upper[-1].cols + 1, align="center", bold=True)
        else:
            upper.append(Cell(column["group"], align="center", bold=True))
    return [tuple(upper), tuple(lower)]


def text(asked: Asked) -> Iterable[Block]:
    """Build running text with {blanks}."""
    block = asked.block
    yield Text(
        asked.fill(block["text"]),
        size=block.get("size", 0),
        align=block.get("align", "left"),
        bold=block.get("bold", False),
        indent=block.get("indent", 0),
    )


def note(asked: Asked) -> Iterable[Block]:
    """Build a small remark with {blanks}."""
    yield Note(asked.fill(asked.block["text"]))


def photos(asked: Asked) -> Iterable[Block]:
    """Build photos with captions; a blank without one leaves a labelled frame."""
    shown: list[Photo] = []
    for item in asked.items("items", ("caption", "blank"), ("caption", "blank")):
        paths = asked.photos(item["blank"])
        shown += [Photo(item["caption"], path) for path in paths] or [Photo(item["caption"])]
    yield Photos(tuple(shown), asked.block.get("columns", 2), asked.block.get("height", 60))


def signatures(asked: Asked) -> Iterable[Block]:
    """Build places to sign."""
    yield Signatures(tuple(asked.block["items"]))


def spacer(asked: Asked) -> Iterable[Block]:
    """Build empty height in mm."""
    yield Spacer(asked.block["height"])


def page_break(_asked: Asked) -> Iterable[Block]:
    """Begin what follows on a new page."""
    yield PageBreak()
