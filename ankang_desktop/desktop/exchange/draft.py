"""An import on its way: what was read, what the person put right by hand, what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ankang_desktop.exchange.cells import Cell
    from ankang_desktop.exchange.incoming import Plan
    from ankang_desktop.exchange.mending import Place
    from ankang_desktop.exchange.reading import Workbook
    from ankang_desktop.exchange.understanding import Glance


@dataclass
class Draft:
    """One workbook on its way into one ledger; the workbook itself stays as it was read.

    `chosen` maps headers to fields by hand (“” leaves a column out), `sheet` is the worksheet chosen (“”: all of the
    same header), `cells` are the cells written over.
    """

    ledger: str
    book: Workbook
    chosen: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    cells: dict[Place, Cell] = field(default_factory=dict)
    glance: Glance | None = None
    plan: Plan | None = None

    @property
    def mended(self) -> Workbook:
        """The workbook with the cells written over."""
        from ankang_desktop.exchange.mending import mend

        return mend(self.book, self.cells)

    @property
    def has_handwork(self) -> bool:
        """Whether something would be lost with it."""
        return bool(self.cells or self.chosen)

    def choose(self, header: str, key: str, headings: Mapping[str, str]) -> None:
        """Let a column mean a field; the column that meant it before, of `headings` (header -> field), is left out."""
        for other, meant in headings.items():
            if other != header and key and meant == key:
                self.chosen[other] = ""
        self.chosen[header] = key
