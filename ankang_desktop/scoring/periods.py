"""The span a paper speaks of, the day its data end, and the months and quarters completed in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

Span = tuple[date, date]


@dataclass(frozen=True)
class Period:
    """`start`..`end`, both included, as known on `as_of` (数据截至); later records are not looked at."""

    start: date
    end: date
    as_of: date

    @property
    def cut(self) -> date:
        """The last day looked at."""
        return min(self.end, self.as_of)

    def months(self) -> tuple[Span, ...]:
        """Return first and last day of every completed calendar month inside the period."""
        return tuple(self._completed(1))

    def quarters(self) -> tuple[Span, ...]:
        """Return first and last day of every completed calendar quarter inside the period."""
        return tuple(self._completed(3))

    def _completed(self, months: int) -> Iterator[Span]:
        place = self.start.year * 12 + (self.start.month - 1) // months * months
        while (span := _span(place, months))[0] <= self.cut:
            if span[0] >= self.start and span[1] <= self.cut:
                yield span
            place += months


def _span(place: int, months: int) -> Span:
    after = place + months
    first, following = (date(each // 12, each % 12 + 1, 1) for each in (place, after))
    return first, following - timedelta(days=1)
