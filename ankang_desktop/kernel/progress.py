"""How long work reports and is stopped: the work calls, a face answers."""

from __future__ import annotations

from typing import Protocol

from ankang_desktop.kernel.errors import Cancelled


class Progress(Protocol):
    """What long work needs of whoever watches it."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done (`done` of `total`, 0 when unknown); raise Cancelled when the person stopped it."""
        ...


class Quiet:
    """A watcher that shows nothing and never stops the work."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Do nothing."""


class Stoppable(Quiet):
    """A watcher that raises Cancelled at the next step once `cancelled` is set."""

    def __init__(self) -> None:
        self.cancelled = False

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Raise Cancelled once the person has asked for it."""
        if self.cancelled:
            raise Cancelled
