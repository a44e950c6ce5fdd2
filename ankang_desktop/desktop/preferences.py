"""What the desktop remembers between two starts: last workspace, window, columns, theme; never a record.

One JSON file in the person's configuration folder. Losing it loses nothing but comfort, so a damaged one is begun anew.
It is written in a thread of its own: a disk that is slow to say that it has kept a column's width holds up no click.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import platformdirs

from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.files import write_text_safely

MOST_WORKSPACES = 8


class Preferences:
    """A mapping of names to plain JSON values that writes itself when a value changes."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(platformdirs.user_config_dir("ankang-desktop", appauthor=False)) / "desktop.json"
        self._values = self._read()
        self._lock = Lock()
        self._writer: Thread | None = None
        self._due = ""  # the text to be written next

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, `default` where none is kept."""
        return self._values.get(name, default)

    def put(self, name: str, value: Any) -> None:
        """Keep a value; a folder that cannot be written to is no reason to disturb the person."""
        if self._values.get(name) == value:
            return
        text = json.dumps({**self._values, name: value}, ensure_ascii=False, indent=1)
        self._values = json.loads(text)  # of its own: whoever put it may go on changing it
        with self._lock:
            self._due = text
            if self._writer is None:
                self._writer = Thread(target=self._write)
                self._writer.start()

    def settle(self) -> None:
        """Wait until everything put is on the disk; Python itself waits so when the program ends."""
        if (writer := self._writer) is not None:
            writer.join()

    @property
    def theme(self) -> str:
        """Return “system”, “light” or “dark”."""
        return str(self.get("theme", "light"))

    @property
    def percent(self) -> int:
        """Return the scale of type in per cent."""
        return int(self.get("percent", 100))

    @property
    def workspaces(self) -> list[Path]:
        """Return the workspaces opened before, the last one first, those gone from the disk left out."""
        found = [Path(each) for each in self.get("workspaces", [])]
        return [each for each in found if (each / "ankang.db").exists()]

    def opened(self, folder: Path) -> None:
        """Remember a workspace as the last one opened."""
        names = [str(folder), *(str(each) for each in self.workspaces if each != folder)]
        self.put("workspaces", names[:MOST_WORKSPACES])

    def _write(self) -> None:
        """Write until nothing new was put meanwhile: a column drawn wider is a hundred values and few files."""
        while True:
            with self._lock:
                text, self._due = self._due, ""
                if not text:
                    self._writer = None
                    return
            with suppress(AnkangError, OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                write_text_safely(self.path, text)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
