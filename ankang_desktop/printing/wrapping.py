"""Breaking Chinese text into lines, as printers do.

Closing marks never begin a line, opening marks never end one, words and numbers stay whole, a number keeps its unit.

Widths are given per character for a type size of 1; the caller divides the room by its size.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

_NEVER_FIRST = frozenset("。，、；：？！）》〉」』】〕〗｝”’…—～·％‰℃.,;:?!)]}%")
_NEVER_LAST = frozenset("（《〈「『【〔〖｛“‘￥＃№([{$#")
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,_-/@:+%&=~°'")
_UNITS = frozenset("分年月日时元人个次场篇条项号级页")  # kept with the number before them
_SLACK = 1e-6


def wrap(text: str, room: float, widths: Mapping[str, float]) -> tuple[str, ...]:
    """Return the lines of `text` in `room` (in units of the type size); a line feed always begins a new line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, room, widths))
    return tuple(lines)


def _wrap_paragraph(text: str, room: float, widths: Mapping[str, float]) -> list[str]:
    ends = list(accumulate(map(widths.__getitem__, text)))
    if not ends or ends[-1] <= room + _SLACK:
        return [text.rstrip()]
    lines: list[str] = []
    start, done = 0, 0.0
    while ends[-1] - done > room + _SLACK:
        overflow = max(bisect_right(ends, done + room + _SLACK, start), start + 1)
        stop = _last_break(text, start, overflow)
        lines.append(text[start:stop].rstrip())
        while stop < len(text) and text[stop] == " ":
            stop += 1
        start, done = stop, ends[stop - 1]
    if start < len(text):
        lines.append(text[start:].rstrip())
    return lines


def _last_break(text: str, start: int, overflow: int) -> int:
    """Return the last allowed break in (start, overflow]; a word wider than the line is cut, best after a dash."""
    for place in range(min(overflow, len(text) - 1), start, -1):
        if _may_break(text[place - 1], text[place]):
            return place
    for place in range(overflow, start + 1, -1):
        if text[place - 1] in "-/_":
            return place
    return overflow


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before in _WORD and after in _WORD:
        return False
    return not (before.isdigit() and after in _UNITS)
