"""One paper as a tree of plain values, from top to bottom; the writers (pdf, workbook) render the same tree.

Lengths are millimetres, type sizes points, widths of columns and fields relative to each other. The tree knows
neither forms nor ledgers: `layout` builds it, a writer reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right"]
Family: TypeAlias = Literal["serif", "sans"]

A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet: A4, upright or `landscape`; `margins` are top, right, bottom, left in mm.

    `header` stands small at the top of every page after the first (the first carries the title), `footer` at the
    bottom left, “第 x 页 共 y 页” at the bottom where `numbered`. `size` is the size of running text in points.
    `fit` below 1 asks for a single sheet: the paper is shrunk down to that scale before a further sheet is begun.
    """

    landscape: bool = False
    margins: tuple[float, float, float, float] = (20, 18, 18, 20)
    header: str = ""
    footer: str = ""
    numbered: bool = True
    family: Family = "serif"
    size: float = 10.5
    fit: float = 1.0

    @property
    def width(self) -> float:
        """Return the width of the sheet in mm."""
        return A4[1] if self.landscape else A4[0]

    @property
    def height(self) -> float:
        """Return the height of the sheet in mm."""
        return A4[0] if self.landscape else A4[1]

    @property
    def body(self) -> float:
        """Return the width between the margins in mm."""
        return self.width - self.margins[1] - self.margins[3]


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the paper, centred and bold, one or more lines of `size` points."""

    lines: tuple[str, ...]
    size: float = 18


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value on an underlined blank; `width` is the blank's share of the line."""

    label: str
    value: str
    width: float = 1


@dataclass(frozen=True, slots=True)
class Fields:
    """Several fields side by side on one line, in type of `size` (0: the page's)."""

    items: tuple[Field, ...]
    size: float = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid over `cols` columns and `rows` rows, at least `height` mm high (0: as its text needs).

    `size` 0 takes the grid's. Text stands in the middle of the height, at the `top` where asked.
    """

    text: str = ""
    cols: int = 1
    rows: int = 1
    align: Align = "left"
    bold: bool = False
    top: bool = False
    height: float = 0
    size: float = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid: relative width, and the alignment of its plain texts."""

    width: float
    align: Align = "left"


Row: TypeAlias = tuple["Cell | str", ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table over the whole width; the first `head` rows return at the top of every page.

    A plain str in a row is a cell of one column and one row, aligned as its column. Cells fill a row from left
    to right, past places taken by a cell spanning down from above. `height` is the least height in mm of the rows
    below the head.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head: int = 0
    size: float = 0
    height: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; `indent` counts characters before each paragraph's first line."""

    text: str
    size: float = 0
    align: Align = "left"
    bold: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A small remark under a table."""

    text: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and its caption; without a path an empty labelled frame to stick one into."""

    caption: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Photos:
    """Framed pictures in `columns` side by side, each frame `height` mm high, captions below."""

    items: tuple[Photo, ...]
    columns: int = 2
    height: float = 60


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign side by side, each with its date."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty height in mm."""

    height: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block: TypeAlias = Title | Fields | Grid | Text | Note | Photos | Signatures | Spacer | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper: its name and author (for the file's properties), its page and its blocks."""

    title: str
    page: Page
    blocks: tuple[Block, ...]
    author: str = ""
