"""Two statistics tables beside each other, number by number: a frozen one and now, last year and this year."""

from __future__ import annotations

from dataclasses import dataclass

from ankang_desktop.scoring.references import Ref
from ankang_desktop.scoring.statistics import Counted, Statistics

Place = tuple[str, str]
"""A blank by its key and, on a line printed once for every activity, by that activity's name."""


@dataclass(frozen=True)
class Difference:
    """A number that is another one now: both as printed, the records that came and those that went."""

    place: Place
    label: str
    before: str
    now: str
    came: tuple[Ref, ...]
    went: tuple[Ref, ...]


def by_place(filled: Statistics) -> dict[Place, Counted]:
    """Return every blank of a table by its place."""
    found = {(blank.key, ""): blank for blank in filled.blanks}
    for line in filled.repeated:
        name = next((blank.text for blank in line.blanks if blank.text), "")
        found |= {(blank.key, name): blank for blank in line.blanks}
    return found


def differences(before: Statistics, now: Statistics) -> tuple[Difference, ...]:
    """Return the numbers that differ, in the order of the table; a line that came or went differs from 0."""
    old, new = by_place(before), by_place(now)
    told = (_difference(place, old.get(place), new.get(place)) for place in dict.fromkeys((*old, *new)))
    return tuple(each for each in told if each is not None)


def _difference(place: Place, old: Counted | None, new: Counted | None) -> Difference | None:
    before, now = (each.printed if each else "0" for each in (old, new))
    if before == now:
        return None
    blank = new or old
    was, are = ({ref.id: ref for ref in each.refs} if each else {} for each in (old, new))
    label = f"{place[1]} {blank.label}".strip() if blank else place[0]
    came = tuple(ref for key, ref in are.items() if key not in was)
    return Difference(place, label, before, now, came, tuple(ref for key, ref in was.items() if key not in are))
