"""SHA-256 beside the reading and writing: hashlib frees the interpreter, so a second thread costs almost no time."""

from __future__ import annotations

import hashlib
from queue import Queue
from threading import Thread
from types import TracebackType


class HashThread:
    """A thread that hashes one file after another; `digests` (hex by key) is complete once the block is left."""

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self._queue: Queue[bytes | str | None] = Queue(maxsize=8)
        self._thread = Thread(target=self._run, name="sha256", daemon=True)

    def __enter__(self) -> HashThread:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._queue.put(None)
        self._thread.join()

    def feed(self, chunk: bytes) -> None:
        """Hand over the next bytes of the file at hand; waits while eight chunks lie unhashed."""
        self._queue.put(chunk)

    def finish(self, key: str) -> None:
        """End the file at hand; its digest will stand under `key`."""
        self._queue.put(key)

    def _run(self) -> None:
        digest = hashlib.sha256()
        while (item := self._queue.get()) is not None:
            if isinstance(item, bytes):
                digest.update(item)
            else:
                self.digests[item] = digest.hexdigest()
                digest = hashlib.sha256()
