"""A temporary folder that is gone when its window is, even where a thread was still writing into it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path


class Scratch:
    """A folder of its own; `remove()` may come before the last file is written: then `settle()` clears up after it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ankang-"))
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def remove(self) -> None:
        """Remove the folder with all that is in it; also done when the program ends."""
        self._remove()

    def settle(self) -> None:
        """Remove what was written after the folder was removed."""
        if not self._remove.alive:
            shutil.rmtree(self.folder, ignore_errors=True)
