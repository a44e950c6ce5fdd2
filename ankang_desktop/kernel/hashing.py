"""SHA-256 of files: what names a kept attachment also proves a backup and a package."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Event

from ankang_desktop.kernel.errors import Cancelled

_BLOCK = 1 << 20


def sha256_of(path: Path, stop: Event | None = None) -> str:
    """Return the SHA-256 of a file in hex, read in blocks; raises Cancelled once `stop` is set."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if stop is not None and stop.is_set():
                raise Cancelled
            digest.update(block)
    return digest.hexdigest()
