"""How long our code holds the GUI thread on the large workspace: every screen opened, worked in, and watched.

    .venv/bin/python -m tests.benchmarks.stalls build/large

A timer beats every 5 ms; a gap is the time a person's key or click would have waited. Printed beside the floor: the
same beats of an idle window in the same run. The goal of the design is no gap over 50 ms.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_FONTDIR", str(Path(__file__).resolve().parents[2] / "resources" / "fonts"))

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from ankang_desktop.app import App
from ankang_desktop.desktop import look
from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.frame.window import Window
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.desktop.report import Door
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.start import make_application
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.store.workspace import open_workspace
from tests.benchmarks.large import TODAY

BEAT = 5  # milliseconds
GOAL = 50.0


class Heart:
    """Beats in the GUI thread and remembers the longest gap."""

    def __init__(self) -> None:
        self.worst, self._last = 0.0, time.perf_counter()
        self.timer = QTimer()
        self.timer.setInterval(BEAT)
        self.timer.timeout.connect(self._beat)
        self.timer.start()

    def watch(self, application: QApplication, act: Callable[[], object], is_busy: Callable[[], bool]) -> float:
        """Return the longest gap, in ms, from before `act` until nothing is busy."""
        self.worst, self._last = 0.0, time.perf_counter()
        act()
        end = time.perf_counter() + 0.3
        while time.perf_counter() < end or is_busy():
            application.processEvents()
            time.sleep(0.0005)
        self._beat()
        return self.worst

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, (now - self._last) * 1000)
        self._last = now


def main(folder: Path) -> int:
    """Print the longest gap of every act; returns 1 where one is over the goal."""
    application = make_application()
    look.apply("light", 100)
    session = Session(
        App(open_workspace(folder), Clock(TODAY)), Preferences(Path(tempfile.mkdtemp()) / "p.json"), Door()
    )
    window = Window(session)
    window.resize(1366, 768)
    window.show()
    heart = Heart()

    def busy() -> bool:
        return session.work.is_busy

    told: list[tuple[str, float]] = []

    def watch(name: str, act: Callable[[], object]) -> None:
        gap = heart.watch(application, act, busy)
        told.append((name, gap))
        sys.stdout.write(f"{gap:8.1f} ms  {'!!' if gap > GOAL else '  '} {name}\n")
        sys.stdout.flush()

    watch("floor: an idle window", lambda: None)
    for screen in SCREENS:
        if screen.key not in {"record", "import", "intake", "ledger"}:
            watch(f"first opening: {screen.title}", lambda key=screen.key: window.go(key))  # type: ignore[misc]
            watch(f"  back to it: {screen.title}", lambda key=screen.key: (window.go("help"), window.go(key)))  # type: ignore[misc]
    _work_in_tables(window, watch)
    session.close()
    window.close()
    QCoreApplication.processEvents()
    return int(any(gap > GOAL for _, gap in told))


def _work_in_tables(window: Window, watch: Callable[[str, Callable[[], object]], None]) -> None:
    watch("ledger of 20,000 hazards", lambda: window.go("ledger", {"ledger": "hazard"}))
    sheet = window.page.stack.currentWidget()  # type: ignore[union-attr]
    watch("  every year", sheet._every_year.click)
    watch("  to the end", sheet.view.scrollToBottom)
    watch("  to the middle", lambda: sheet.view.scrollTo(sheet.records.index(10_000, 0)))
    for column in range(1, 7):
        watch(f"  sort by column {column}", lambda at=column: sheet.sort_by(at))  # type: ignore[misc]
    watch("  search 行车", lambda: sheet.search.setText("行车"))
    watch("  search 行", lambda: sheet.search.setText("行"))
    watch("  search nothing", lambda: sheet.search.setText(""))
    watch("open a hazard", lambda: sheet.open_row(5))
    watch("open a training of 500", lambda: window.go("record", {"number": "PX-2026-0003"}))
    watch("new hazard", lambda: window.go("record", {"ledger": "hazard"}))
    watch("new training", lambda: window.go("record", {"ledger": "training"}))
    watch("5,000 employees", lambda: window.go("ledger", {"ledger": "employee"}))
    watch("Ctrl+K", window.jump)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
