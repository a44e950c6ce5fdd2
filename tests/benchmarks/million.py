"""A ledger of a million records: how long until a sorted, filtered or scrolled table shows its first rows, and all.

    .venv/bin/python -m tests.benchmarks.million build/million

The large workspace is made where there is none and its hazards are copied until they are a million. Everything is done
in the window's own table; the floor is one repaint of it, in the same run. “first” is from the click until the first
rows are painted, “all” until the last row can be scrolled to, “gap” the longest the event loop was held meanwhile. The
goal is a first within three repaints (quality.md, P2).
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_FONTDIR", str(Path(__file__).resolve().parents[2] / "resources" / "fonts"))

from PySide6.QtCore import QCoreApplication
from sqlalchemy import Connection, func, insert, select

from ankang_desktop.app import App
from ankang_desktop.desktop.ledger.page import LedgerSheet
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.ledgers.hazards.words import HazardLevel, Stage
from ankang_desktop.store.rows import table_named
from ankang_desktop.store.sieve import Condition
from tests.benchmarks.large import TODAY, make
from tests.benchmarks.stalls import Round

KEY, NUMBER = "hazard", 1_000_000


def multiply(app: App, connection: Connection, number: int) -> None:
    """Copy the hazards until there are `number`: their lines on the spine and their own, not the search index."""
    own, spine = app.ledgers[KEY].table, table_named("record")
    known = connection.scalar(select(func.count()).select_from(own)) or 0
    last = connection.scalar(select(func.max(spine.c.id))) or 0
    mine = select(own.c.id).where(own.c.id <= last)
    for times in range(1, number // known):
        serial = spine.c.serial + known * times
        changed = {"id": spine.c.id + last * times, "serial": serial}
        changed["number"] = func.substr(spine.c.number, 1, 8).concat(serial)
        for table, found in ((spine, changed), (own, {"id": own.c.id + last * times})):
            copies = select(*(found.get(each.key, each) for each in table.columns)).where(table.c.id.in_(mine))
            connection.execute(insert(table).from_select(list(table.columns), copies))


class Table:
    """The ledger's sheet in a real window, and a clock beside it."""

    def __init__(self, folder: Path) -> None:
        self.round = Round(folder)
        self.round.watch("", lambda: None)
        self.round.go("ledger", ledger=KEY)
        self.sheet = self.round.page.stack.currentWidget()
        self.sheet.records.arrived.connect(self._arrived)
        self.sheet.records.modelReset.connect(self._changed)
        self.first = self.all = 0.0
        self._began = 0.0

    def timed(self, name: str, act: Callable[[], object]) -> tuple[str, float, float, float]:
        """Do an act as a click would; return its name, ms to the first rows, ms to all, ms of the longest hold."""
        self.first = self.all = 0.0

        def begin() -> None:
            self._began = time.perf_counter()
            act()

        held, _ = self.round.heart.watch(begin)
        return name, self.first or self.all, self.all, held

    def repaint(self) -> float:
        """Return the ms of one repaint of the rows in sight."""
        began = time.perf_counter()
        self.sheet.view.viewport().repaint()
        return self._since(began)

    def _changed(self) -> None:
        if not self.first:
            self.sheet.view.viewport().repaint()
            self.first = self._since(self._began)

    def _arrived(self) -> None:
        self.all = self._since(self._began)

    @staticmethod
    def _since(began: float) -> float:
        return (time.perf_counter() - began) * 1000


def acts(sheet: LedgerSheet) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is done to the table, in the order a person may."""
    yield "every year", sheet._every_year.click
    for place, key in enumerate(sheet.records.keys):
        for _ in range(2):
            yield f"sort by {sheet.ledger.fields[key].label}", partial(sheet.sort_by, place)
    yield "what lacks something first", partial(sheet.sort_by, len(sheet.records.keys))
    sort = sheet.records.keys.index("deadline")
    yield "sort by deadline", partial(sheet.sort_by, sort)
    for title, found in (
        ("filter: major", Condition("level", "any", (HazardLevel.major,))),
        ("filter: a word in the place", Condition("place", "has", "车")),
        ("filter: open", Condition("stage", "any", (Stage.rectifying,))),
    ):
        yield title, partial(sheet.filters.set_conditions, [found])
    yield "no filter", sheet.filters.clear_all
    yield "this year", sheet._every_year.click


def main(folder: Path) -> None:
    """Print what was measured, beside the repaint of the same run."""
    if not folder.exists():
        make(folder)
        with App.opened(folder, Clock(TODAY)) as app, app.workspace.database.write() as connection:
            multiply(app, connection, NUMBER)
    table = Table(folder)
    told = [table.timed(name, act) for name, act in acts(table.sheet)]
    floor = statistics.median(table.repaint() for _ in range(9))
    sys.stdout.write(f"one repaint {floor:.1f} ms; {len(table.sheet.records.ids):,} records of this year at the end\n")
    sys.stdout.write(f"{'first ms':>9}{'÷ floor':>9}{'all ms':>9}{'gap ms':>9}\n")
    for name, first, every, held in told:
        sys.stdout.write(f"{first:9.1f}{first / floor:9.1f}{every:9.0f}{held:9.1f}  {name}\n")
    table.round.session.close()
    table.round.window.close()
    QCoreApplication.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
