"""Last year's card beside this year's: what was frozen then, else what the records of that year give today."""

from __future__ import annotations

from dataclasses import dataclass

from ankang_desktop.actions.scores import thawed_card
from ankang_desktop.actions.scoring_work import card_of_year
from ankang_desktop.app import App
from ankang_desktop.scoring.card import Card
from ankang_desktop.store.frozen import FrozenEntry, frozen_entries


@dataclass(frozen=True, slots=True)
class Earlier:
    """A card of an earlier year; `frozen` is the paper it was taken from, None where it was scored just now."""

    card: Card
    frozen: FrozenEntry | None

    @property
    def source(self) -> str:
        """Where the figures come from, in words."""
        if self.frozen is None:
            return f"{self.card.start.year}年没有定稿，按现有记录计算"
        return f"{self.card.start.year}年定稿“{self.frozen.title}”"

    @property
    def briefly(self) -> str:
        """Where the figures come from, in a few words."""
        return "没有定稿，按记录计算" if self.frozen is None else f"{self.frozen.frozen_at:%Y-%m-%d} 定稿"


def frozen_papers(app: App, code: str) -> list[FrozenEntry]:
    """Return the frozen papers of a card, newest first; quick, for nothing in them is read."""
    with app.read() as connection:
        return frozen_entries(connection, code)


def earlier_card(app: App, code: str, year: int) -> Earlier:
    """Return the card of a year: the newest that was frozen of it, else scored from that year's records.

    Reading a frozen one takes a fraction of scoring; both belong in the background.
    """
    for head in frozen_papers(app, code):
        if head.as_of.year == year and (card := thawed_card(app, head.id)).start.year == year:
            return Earlier(card, head)
    return Earlier(card_of_year(app, code, year), None)
