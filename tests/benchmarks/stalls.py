"""How long our code holds the GUI thread on the large workspace: every screen opened, worked in, and watched.

    .venv/bin/python -m tests.benchmarks.stalls build/large [runs]

A timer beats every 5 ms in the window's own event loop; a gap between two beats is the time a person's key or click
would have waited. Every run is a whole process on a copy of the workspace, so that every first opening is a first one;
of several runs the best one of each act counts, for another program's load is none of ours. Beside the wall time stands
the processor time the GUI thread itself used in its worst gap: where wall is far above, it waited for another thread's
Python. Everything is put in relation to the floor, an idle window in the same run. The goal is no gap over 50 ms.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_FONTDIR", str(Path(__file__).resolve().parents[2] / "resources" / "fonts"))

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from xlsxwriter import Workbook

from ankang_desktop.app import App
from ankang_desktop.desktop import look
from ankang_desktop.desktop.form.editors.links import LinkEditor
from ankang_desktop.desktop.frame.jump import JumpDialog
from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.frame.window import Window
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.desktop.report import Door
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.start import make_application
from ankang_desktop.desktop.work.collector import Collector
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.store.workspace import open_workspace
from tests.benchmarks.large import TODAY

BEAT = 5  # milliseconds
GOAL = 50.0
FLOOR = "floor: an idle window"
_CALM = 0.3  # seconds without work before an act is over
_BOOK = 20_000  # rows of the workbook imported


class Heart:
    """Beats in the GUI thread and remembers the longest gap, and how much of the processor the thread had in it."""

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        self._is_busy = is_busy
        self._loop = QEventLoop()
        self._timer = QTimer()
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)
        self._reset()

    def watch(self, act: Callable[[], object]) -> tuple[float, float]:
        """Return the longest gap and the most processor time in a gap, in ms, until nothing is busy any more."""
        self._reset()
        self._timer.start()
        QTimer.singleShot(BEAT, act)
        self._loop.exec()
        self._timer.stop()
        return self.wall, self.cpu

    def _reset(self) -> None:
        self.wall = self.cpu = 0.0
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self._calm_since = self._last

    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.wall = max(self.wall, (now - self._last) * 1000)
        self.cpu = max(self.cpu, (cpu - self._last_cpu) * 1000)
        self._last, self._last_cpu = now, cpu
        if self._is_busy():
            self._calm_since = now
        elif now - self._calm_since > _CALM:
            self._loop.quit()


class Round:
    """One run through everything; `told` holds (act, wall, cpu)."""

    def __init__(self, folder: Path) -> None:
        make_application()
        Collector.is_left = staticmethod(lambda: False)  # the platform without a screen never says the window is active
        look.apply("light", 100)
        kept = Preferences(Path(tempfile.mkdtemp()) / "p.json")
        self.session = Session(App(open_workspace(folder), Clock(TODAY)), kept, Door())
        self.window = Window(self.session)
        self.window.resize(1366, 768)
        self.window.show()
        self.heart = Heart(lambda: self.session.work.is_busy or not self.window.ahead.is_done)
        self.told: list[tuple[str, float, float]] = []

    def run(self) -> list[tuple[str, float, float]]:
        """Do everything and return what was measured."""
        self.watch("the window; other screens imported", lambda: None)
        self.watch(FLOOR, lambda: None)
        self._open_screens()
        self._work_in_table()
        self._work_in_form()
        self._find_anything()
        self._import()
        self._other_year()
        self.session.close()
        self.window.close()
        QCoreApplication.processEvents()
        return self.told

    def watch(self, name: str, act: Callable[[], object]) -> None:
        """Measure one act."""
        self.told.append((name, *self.heart.watch(act)))

    def go(self, key: str, **given: Any) -> None:
        """Go to a screen, as a click would."""
        self.window.activateWindow()
        self.window.go(key, given)

    @property
    def page(self) -> Any:
        """The page in sight."""
        return self.window.page

    def _open_screens(self) -> None:
        keys = [each for each in SCREENS if each.in_navigation or each.key in {"trash", "intake", "help"}]
        for each in keys:
            self.watch(f"first opening: {each.title}", lambda key=each.key: self.go(key))  # type: ignore[misc]
        for each in keys:
            self.watch(f"back to it: {each.title}", lambda key=each.key: self.go(key))  # type: ignore[misc]

    def _work_in_table(self) -> None:
        self.watch("ledger of 20,000 hazards", lambda: self.go("ledger", ledger="hazard"))
        sheet = self.page.stack.currentWidget()
        self.watch("  every year", sheet._every_year.click)
        self.watch("  scroll to the end", sheet.view.scrollToBottom)
        self.watch("  jump to the middle", lambda: sheet.view.scrollTo(sheet.records.index(10_000, 0)))
        for place, key in enumerate(sheet.records.keys):
            field = sheet.ledger.fields[key]
            self.watch(
                f"  sort by {field.label} ({field.kind.name})",
                lambda at=place: sheet.sort_by(at),  # type: ignore[misc]
            )
        self.watch("  keep what is not proven", lambda: sheet.sort_by(len(sheet.records.keys)))
        self.watch("  every record again", sheet.filters.clear_all)
        for words in ("行", "行车", "行车限", ""):
            self.watch(f"  search “{words}”", lambda text=words: sheet.search.setText(text))  # type: ignore[misc]
        self.watch("  select all", sheet.view.selectAll)
        self.watch("  select none", sheet.view.clearSelection)
        for key in ("employee", "team_activity", "training"):
            title = self.session.app.ledgers[key].title
            self.watch(f"ledger: {title}", lambda at=key: self.go("ledger", ledger=at))  # type: ignore[misc]

    def _work_in_form(self) -> None:
        self.go("ledger", ledger="hazard")
        self.watch("open a hazard", lambda: self.page.stack.currentWidget().open_row(5))
        self.watch("  the next hazard", lambda: self.page.step_over(1))
        self.watch("  type into it", lambda: self._type("复查合格"))
        self.watch("  save it", self.page.save)
        self.watch("  undo", self.session.undo)
        self.watch("new hazard", lambda: self.go("record", ledger="hazard"))
        self.watch("  find a person of 5,000", self._offer)
        self.page.unsaved.clean()
        self.watch("open a training of 500", lambda: self.go("record", number="PX-2026-0003"))
        lines = next(iter(self.page.body.grids.values()))
        self.watch("  its attendances to the end", lines.view.scrollToBottom)
        self.watch("  find among them", lambda: lines._find("赵"))
        self.watch("new training", lambda: self.go("record", ledger="training"))
        lines = next(iter(self.page.body.grids.values()))
        self.watch("  500 people into it", lambda: lines.add_teams(list(range(33, 65))))
        self.page.unsaved.clean()

    def _type(self, words: str) -> None:
        self.page.body.boxes["measures"].editor.set_value(words)
        self.page.unsaved.typed()

    def _offer(self) -> None:
        editor = next(each for each in self.page.findChildren(LinkEditor) if each.field.kind.ledger == "employee")
        editor.offer("赵")

    def _find_anything(self) -> None:
        self.watch("Ctrl+K", self.window.jump)
        dialog = self.window.findChild(JumpDialog)
        for words in ("p", "px", "pxd", "行", "行车", "YH-2026-0"):
            self.watch(f"  type {words}", lambda text=words: dialog.line.setText(text))  # type: ignore[misc]
        dialog.close()

    def _import(self) -> None:
        book = Path(tempfile.mkdtemp()) / "隐患.xlsx"
        _write_book(book)
        self.watch(f"import: a workbook of {_BOOK:,} rows", lambda: self.go("import", ledger="hazard", path=str(book)))
        self.watch("  what would become of every row", self.page._go_preview)
        self.watch("  to the last of them", self.page.preview.view.scrollToBottom)
        self.page.draft = None

    def _other_year(self) -> None:
        for key, title in (("scorecard", "score sheet"), ("statistics", "statistics"), ("today", "today")):
            self.go(key)
            self.watch(f"{title}: another year", lambda: self.session.choose_year(self.session.year - 1))
            self.watch(f"{title}: this year again", lambda: self.session.choose_year(self.session.year + 1))


def _write_book(path: Path) -> None:
    """Write a workbook of hazards as an officer keeps them."""
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("隐患")
        for place, head in enumerate(("发现日期", "隐患来源", "班组", "地点", "隐患描述", "隐患等级", "整改时限")):
            sheet.write(0, place, head)
        for row in range(1, _BOOK + 1):
            day = f"2026-{row % 10 + 1:02d}-{row % 28 + 1:02d}"
            for place, text in enumerate(
                (day, "日常巡查", f"{row % 300 + 1}班", "酸洗槽", f"围堰开裂（{row}）", "一般隐患", "2026-12-01")
            ):
                sheet.write(row, place, text)


def main(folder: Path, runs: int) -> int:
    """Print the table of the best gap of every act; returns 1 where one is over the goal."""
    rounds = [_in_a_process(folder) for _ in range(runs)]
    floor = next(min(each) for each in _walls(rounds, FLOOR))
    sys.stdout.write(
        f"{runs} runs, best of them; load {os.getloadavg()[0]:.2f}\n"
        f"{'wall ms':>9}{'median':>9}{'cpu ms':>9}{'÷ floor':>9}\n"
    )
    is_over = False
    for place, (name, *_) in enumerate(rounds[0]):
        walls = [each[place][1] for each in rounds]
        best, cpu = min(walls), min(each[place][2] for each in rounds)
        is_over = is_over or best > GOAL
        sign = "!!" if best > GOAL else "  "
        sys.stdout.write(f"{best:9.1f}{statistics.median(walls):9.1f}{cpu:9.1f}{best / floor:9.1f} {sign} {name}\n")
    return int(is_over)


def _walls(rounds: list[list[Any]], name: str) -> list[list[float]]:
    return [[told[1] for each in rounds for told in each if told[0] == name]]


def _in_a_process(folder: Path) -> list[Any]:
    copy = Path(tempfile.mkdtemp()) / "large"
    shutil.copytree(folder, copy)
    if hasattr(os, "sync"):
        os.sync()  # else the first commit would wait until the copy is on the disk
    try:
        words = [sys.executable, "-m", "tests.benchmarks.stalls", str(copy), "0"]
        compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        told = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, env=compiled).stdout
    finally:
        shutil.rmtree(copy.parent)
    found: list[Any] = json.loads(told.splitlines()[-1])
    return found


if __name__ == "__main__":
    place, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    if number:
        sys.exit(main(place, number))
    sys.stdout.write(json.dumps(Round(place).run(), ensure_ascii=False) + "\n")
