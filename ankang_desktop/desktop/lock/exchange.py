"""Work on a workspace that has to be closed meanwhile: the starter closes it, does it, and opens it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ankang_desktop.kernel.progress import Progress


@dataclass(frozen=True)
class Exchange:
    """`work(folder, progress)` under the words `text`; `before` and `after` are the passwords, None where none is set.

    `said` is told once the workspace is open again.
    """

    text: str
    work: Callable[[Path, Progress], object]
    before: str | None
    after: str | None
    said: str
