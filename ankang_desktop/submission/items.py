"""What goes into a package: a path inside it, where the bytes come from, and the day they were made."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ankang_desktop.kernel.files import world

CHUNK = 1 << 20
"""Bytes read at a time, everywhere in this room."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a package: `path` inside data/ (segments joined by “/”), its source, its own date (local time)."""

    path: str
    source: Path | bytes | Callable[[], BinaryIO]
    modified: datetime

    def size(self) -> int | None:
        """Return the bytes to expect, None where only reading will tell; raises WorldError for a missing file."""
        if isinstance(self.source, bytes):
            return len(self.source)
        if isinstance(self.source, Path):
            with world("读取", self.source):
                return self.source.stat().st_size
        return None

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Give the bytes as a stream; raises WorldError when a file cannot be opened."""
        with world("读取", self.source if isinstance(self.source, Path) else Path(self.path)):
            stream = self._open()
        with stream:
            yield stream

    def _open(self) -> BinaryIO:
        if isinstance(self.source, Path):
            return self.source.open("rb")
        return io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source()

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes, CHUNK at a time; raises WorldError when the source cannot be read."""
        with self.opened() as stream:
            while chunk := self._read(stream):
                yield chunk

    def _read(self, stream: BinaryIO) -> bytes:
        with world("读取", self.source if isinstance(self.source, Path) else Path(self.path)):
            return stream.read(CHUNK)
