"""Last year's card beside this year's: what was frozen then, else what the records of that year give today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from ankang_desktop.actions.compared import KEPT
from ankang_desktop.actions.scores import thawed_card
from ankang_desktop.actions.scoring_work import card_of_year
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.scoring.card import Card
from ankang_desktop.store.frozen import FrozenEntry, frozen_entries


@dataclass(frozen=True, slots=True)
class Earlier:
    """The card of an earlier year, None where that year was not kept: its few points would be compared for nothing.

    `frozen` is the paper it was taken from, None where it was scored just now.
    """

    year: int
    card: Card | None = None
    frozen: FrozenEntry | None = None

    @property
    def source(self) -> str:
        """Where the figures come from, in words."""
        if self.card is None:
            return f"{self.year}年没有留下记录，从今年起留底，明年这里会自动写出同比"
        if self.frozen is None:
            return f"{self.year}年没有定稿，按现有记录计算"
        return f"{self.year}年定稿“{self.frozen.title}”"

    @property
    def briefly(self) -> str:
        """Where the figures come from, in a few words."""
        if self.card is None:
            return "没有留下记录"
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
            return Earlier(year, card, head)
    return Earlier(year, card_of_year(app, code, year) if _was_kept(app, year) else None)


def _was_kept(app: App, year: int) -> bool:
    inside = Record.day.between(date(year, 1, 1), date(year, 12, 31))
    with app.read() as connection:
        counted = select(func.count()).where(Record.ledger.in_(KEPT), Record.removed_at.is_(None), inside)
        return bool(connection.scalar(counted))
