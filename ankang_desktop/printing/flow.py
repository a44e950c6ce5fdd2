"""The pen going down the page: where every line of text, rule and picture of a paper stands, sheet by sheet.

Everything here is in points, measured from the top left corner of the sheet; nothing is drawn yet, so the number
of pages is known before the first is painted, and a paper that asks for a single sheet can be tried smaller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from ankang_desktop.kernel.progress import Progress
from ankang_desktop.printing.paper import Family, Page
from ankang_desktop.printing.wrapping import wrap

MM = 72 / 25.4
ASCENT = 0.88  # of the type size: where the baseline lies in the em square of the Noto CJK faces


class Line(NamedTuple):
    """A line of text; `y` is its baseline."""

    x: float
    y: float
    size: float
    bold: bool
    text: str


class Rule(NamedTuple):
    """A thin straight line from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float


class Picture(NamedTuple):
    """A picture to be fitted, proportions kept, into a box with its top left corner at (x, y)."""

    path: Path
    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class Sheet:
    """What stands on one page."""

    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def write(self, x: float, top: float, text: str, size: float, *, bold: bool = False) -> None:
        """Put one line of text with its em square's upper edge at `top`."""
        if text:
            self.lines.append(Line(x, top + ASCENT * size, size, bold, text))


class SetLine(NamedTuple):
    """A wrapped line with its width at size 1."""

    text: str
    width: float


class Measure(Protocol):
    """How wide characters are, at size 1."""

    @property
    def widths(self) -> Mapping[str, float]:
        """Return the width of each character."""
        ...

    def width(self, text: str) -> float:
        """Return the width of a text."""
        ...


class Measures(Protocol):
    """Whatever knows a measure for each family and weight: the fonts themselves, or a rule of thumb."""

    def voice(self, family: Family, *, bold: bool) -> Measure:
        """Return the measure of a family in regular or bold."""
        ...


class Setter:
    """Sets type at one scale: wraps text, remembers what it has wrapped."""

    def __init__(self, page: Page, measures: Measures, scale: float) -> None:
        self.page, self.scale = page, scale
        self._measures = measures
        self._known: dict[tuple[str, bool, float], tuple[SetLine, ...]] = {}

    def voice(self, *, bold: bool) -> Measure:
        """Return the page's family, regular or bold."""
        return self._measures.voice(self.page.family, bold=bold)

    def points(self, size: float) -> float:
        """Return a type size at this scale; 0 stands for the page's own."""
        return (size or self.page.size) * self.scale

    def lines(self, text: str, room: float, *, bold: bool = False) -> tuple[SetLine, ...]:
        """Wrap text into `room`, both in units of the type size."""
        key = (text, bold, room)
        found = self._known.get(key)
        if found is None:
            voice = self.voice(bold=bold)
            found = tuple(SetLine(line, voice.width(line)) for line in wrap(text, room, voice.widths))
            self._known[key] = found
        return found


class Flow:
    """The sheets written so far and the place of the pen on the last one."""

    def __init__(self, setter: Setter, progress: Progress) -> None:
        page = setter.page
        top, right, bottom, left = (margin * MM for margin in page.margins)
        self.setter, self.top, self.left = setter, top, left
        self.right, self.bottom = page.width * MM - right, page.height * MM - bottom
        self.sheets = [Sheet()]
        self.y = top
        self._progress = progress

    @property
    def sheet(self) -> Sheet:
        """Return the sheet under the pen."""
        return self.sheets[-1]

    @property
    def room(self) -> float:
        """Return the height left on this sheet."""
        return self.bottom - self.y

    @property
    def width(self) -> float:
        """Return the width between the margins."""
        return self.right - self.left

    @property
    def is_fresh(self) -> bool:
        """Say whether nothing stands on this sheet yet."""
        return self.y == self.top

    def millimetres(self, length: float) -> float:
        """Return a length in mm as points at the present scale."""
        return length * MM * self.setter.scale

    def turn(self) -> None:
        """Begin a new sheet."""
        self.sheets.append(Sheet())
        self.y = self.top
        self._progress.step("正在排版", len(self.sheets))

    def tell(self, text: str, done: int, total: int) -> None:
        """Say how far long work on one block is; raises Cancelled once the person stopped it."""
        self._progress.step(text, done, total)

    def reserve(self, height: float) -> None:
        """Begin a new sheet unless `height` is left on this one."""
        if height > self.room and not self.is_fresh:
            self.turn()
