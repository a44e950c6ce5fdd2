"""The program on a screen, as the officer meets it: a window with a title, a form for hanzi, a folder."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import dev
from tests.xwindow.screen import PATIENCE, Screen

WORDS = {
    "dc": "机加车间东侧通道",
    "pd": "配电箱前堆放毛坯，挡住操作通道",
}
"""What is typed in hanzi, by the letters that give it after F12."""


class Desk:
    """`program` runs in its window from `with` on; leaving it kills what the test has not closed."""

    def __init__(self, screen: Screen, workspace: Path, home: Path, today: date) -> None:
        self.screen, self.workspace = screen, workspace
        table = home / "compose"
        keys = {"".join(f" <{letter}>" for letter in letters): words for letters, words in WORDS.items()}
        table.write_text("".join(f'<F12>{letters} : "{words}"\n' for letters, words in keys.items()), "utf-8")
        command = [sys.executable, "-m", "ankang_desktop", "window", "--workspace", workspace, "--today", f"{today}"]
        settings = {"XCOMPOSEFILE": str(table), "QT_IM_MODULE": "compose", "LC_ALL": "C.UTF-8"}
        self._errors = (home / "stderr.txt").open("w+", encoding="utf-8")
        self.program = subprocess.Popen(
            command,
            cwd=dev.ROOT,
            env={**screen.environment(), **settings},
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
        )

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait(PATIENCE)
        self._errors.close()

    # --- the window --------------------------------------------------------------------------------------------

    def reach(self, title: str, instead_of: str = "") -> str:
        """Wait until a window whose title begins so is in sight, give it the keyboard, and return its id.

        A window made anew comes `instead_of` another, which must be gone.
        """

        def found() -> str:
            if self.program.poll() is not None:
                raise AssertionError(f"the program ended with {self.program.returncode}: {self.complaints()}")
            windows = self.screen.windows()
            if instead_of in windows:
                return ""
            return next((window for window, name in windows.items() if name.startswith(title)), "")

        window: str = self.screen.wait(f"the window “{title}”", found)
        self.screen.focus(window)
        return window

    def write_hanzi(self, letters: str) -> None:
        """Type what WORDS names by its letters."""
        self.screen.press("F12", *letters)

    def close(self, window: str) -> int:
        """Ask the window to close and return the program's exit code."""
        self.screen.ask_to_close(window)
        return self.program.wait(PATIENCE)

    def complaints(self) -> str:
        """Return what the program wrote to stderr: Qt's warnings, a traceback."""
        self._errors.seek(0, os.SEEK_SET)
        return self._errors.read()

    # --- the folder --------------------------------------------------------------------------------------------

    def hazard(self, number: str) -> dict[str, Any]:
        """Return a hazard as it lies in the workspace now, read past the program; empty where it was undone."""
        statement = "SELECT * FROM hazard JOIN record USING (id) WHERE number = ? AND removed_at IS NULL"
        with closing(sqlite3.connect(f"file:{self.workspace / 'ankang.db'}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            row = connection.execute(statement, [number]).fetchone()
        return dict(row) if row else {}
