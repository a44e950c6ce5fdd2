"""Today and now come from here, so that a test, a demo or `--today` can choose the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """The day the program believes in: the computer's, or a chosen one."""

    chosen: date | None = None

    def today(self) -> date:
        """Return the chosen day, else the computer's."""
        return self.chosen or date.today()

    def now(self) -> datetime:
        """Return this moment, on the chosen day where one is chosen; whole seconds, local time."""
        return datetime.combine(self.today(), datetime.now().time().replace(microsecond=0))
