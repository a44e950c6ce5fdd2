"""What is being made: the books in import order, the photos with the records they prove, and the people named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from ankang_desktop.ledgers import LEDGERS
from huaxing.book import Book
from huaxing.people import Staff

EPOCH = datetime(1970, 1, 1, 8)  # Beijing


@dataclass(frozen=True)
class Shot:
    """One photo: what is drawn, what stands under it, when and how it was taken."""

    file: str
    scene: str
    caption: str
    taken_at: datetime
    has_exif: bool
    has_place: bool


@dataclass(frozen=True)
class Use:
    """One row of the photo list: a photo on a record."""

    number: str
    file: str
    slot: str
    caption: str
    taken_on: date | None
    box: str | None = None
    page: str | None = None


@dataclass
class Demo:
    """The enterprise in the making."""

    staff: Staff
    serials: Counter[tuple[str, int]] = field(default_factory=Counter)
    books: list[Book] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)

    def book(self, key: str, name: str = "", *, is_update: bool = False) -> Book:
        """Begin the next workbook, of a ledger."""
        ledger = LEDGERS[key]
        self.books.append(Book(ledger, self.serials, name or ledger.title, is_update))
        return self.books[-1]

    def number(self, key: str, name: str, value: object) -> str:
        """Return the running number of the record already written whose field holds a value."""
        return str(self.row(key, name, value)["number"])

    def row(self, key: str, name: str, value: object) -> dict[str, Any]:
        """Return the record already written whose field holds a value."""
        rows = (row for book in self.books if book.ledger.key == key for row in book.rows)
        return next(row for row in rows if row.get(name) == value)

    def photo(
        self,
        scene: str,
        caption: str,
        taken_at: datetime,
        *numbers: str,
        slot: str = "佐证材料",
        style: str = "phone",
        has_place: bool = False,
    ) -> None:
        """Take a photo and put it on records; `style` says through which hands the file went (phone, wechat, …)."""
        shot = Shot(file_name(style, taken_at), scene, caption, taken_at, style in {"phone", "camera"}, has_place)
        if shot.file in {each.file for each in self.shots}:
            raise ValueError(f"two photos are called {shot.file}")
        self.shots.append(shot)
        told = taken_at.date() if style not in {"phone", "export"} else None  # the program reads it from those itself
        self.uses += [Use(number, shot.file, slot, caption, told) for number in numbers]

    def share(self, number: str, slot: str = "佐证材料") -> None:
        """Put the newest photo on a further record."""
        newest = self.uses[-1]
        self.uses.append(Use(number, newest.file, slot, newest.caption, newest.taken_on))


def file_name(style: str, taken_at: datetime) -> str:
    """Return a file name as phones, chat programs and scanners write it."""
    if style == "export":
        return f"mmexport{(taken_at - EPOCH) // timedelta(milliseconds=1)}.jpg"
    shapes = {
        "phone": "IMG_%Y%m%d_%H%M%S.jpg",
        "camera": "DSC0%m%d%H.jpg",
        "wechat": "微信图片_%Y%m%d%H%M%S.jpg",
        "scan": "扫描件_%Y%m%d_%H%M.png",
    }
    return taken_at.strftime(shapes[style])


def at(month: int, day: int, hour: int = 9, minute: int = 15, second: int = 0, year: int = 2026) -> datetime:
    """Return a moment, of 2026 unless said otherwise."""
    return datetime(year, month, day, hour, minute, second)
