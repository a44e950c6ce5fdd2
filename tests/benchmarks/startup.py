"""From the process's start to the first paint, to the records on the screen: ours ÷ an empty PySide6 window.

    .venv/bin/python -m tests.benchmarks.startup build/large [runs]

Both are whole processes, run in turn; the median of the ratios is printed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication(sys.argv)
class W(QWidget):
    def paintEvent(self, event):
        print("painted", flush=True); import os; os._exit(0)
window = W(); window.resize(1280, 800); window.show(); application.exec()
"""
OURS = """
import os, sys
from PySide6.QtCore import QTimer
from ankang_desktop.desktop import start
from ankang_desktop.kernel.text import parse_date
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.desktop.preferences import Preferences
from pathlib import Path
application = start.make_application()
painted = start.Waiting.paintEvent
def first(self, event):
    painted(self, event); print("painted", flush=True); start.Waiting.paintEvent = painted
start.Waiting.paintEvent = first
starter = start.Starter(Preferences(Path(sys.argv[2]) / "p.json"), Clock(parse_date("2026-11-21", 2026)))
starter.begin(Path(sys.argv[1]))
def look():
    window = starter.window
    if window is not None and window.isVisible():
        print("window", flush=True)
        if not window.session.work.is_busy and window.session.duties.value is not None:
            print("ready", flush=True); os._exit(0)
timer = QTimer(); timer.timeout.connect(look); timer.start(5)
application.exec()
"""


def times(program: str, *arguments: str) -> dict[str, float]:
    """Return the seconds from the start of the process to each word it prints."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = {}
    for line in process.stdout or ():
        found.setdefault(line.strip(), time.perf_counter() - begun)
    process.wait()
    return found


def main(folder: Path, runs: int) -> None:
    """Print the medians and the ratios."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(__file__).resolve().parents[2] / "resources" / "fonts"))
    pairs = [(times(EMPTY), times(OURS, str(folder), tempfile.mkdtemp())) for _ in range(runs + 1)]
    for word in ("painted", "window", "ready"):
        ours = [each[word] for _, each in pairs[1:]]
        ratios = [each[word] / empty["painted"] for empty, each in pairs[1:]]
        sys.stdout.write(
            f"{word:8} {statistics.median(ours):6.3f} s   {statistics.median(ratios):5.2f} x empty window\n"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
