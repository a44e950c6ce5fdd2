"""How long work reports and is stopped: the work calls, a face answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from ankang_desktop.kernel.errors import Cancelled

T = TypeVar("T")


class Progress(Protocol):
    """What long work needs of whoever watches it."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done (`done` of `total`, 0 when unknown); raise Cancelled when the person stopped it."""
        ...


class Quiet:
    """A watcher that shows nothing and never stops the work."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Do nothing."""


def counted(items: Sequence[T], text: str, progress: Progress | None) -> Iterator[T]:
    """Give items one by one, a step told before each; raises Cancelled when the person stopped it."""
    watch = progress or Quiet()
    for done, item in enumerate(items):
        watch.step(text, done, len(items))
        yield item


class Stoppable(Quiet):
    """A watcher that raises Cancelled at the next step once `cancelled` is set."""

    def __init__(self) -> None:
        self.cancelled = False

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Raise Cancelled once the person has asked for it."""
        if self.cancelled:
            raise Cancelled
