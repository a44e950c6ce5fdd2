"""A roll being worked through: which photo is in hand, what became of each, what of it was undone since."""

from __future__ import annotations

from collections.abc import Sequence

from ankang_desktop.actions.intake import Shot, Taken
from ankang_desktop.desktop.screens.intake.strip import ShotsModel, State
from ankang_desktop.desktop.screens.intake.summary import Became

_DONE = {State.taken, State.attached, State.writing}


class Course:
    """The places of a roll; `skips_known` leaves out photos that are there already."""

    def __init__(self, model: ShotsModel) -> None:
        self.model = model
        self.at = -1
        self.taken: dict[int, Taken] = {}
        self.words: dict[int, str] = {}
        self.last: int | None = None
        self.skips_known = True

    @property
    def shots(self) -> Sequence[Shot]:
        """The photos."""
        return self.model.shots

    def begin(self, shots: Sequence[Shot]) -> None:
        """Take another roll."""
        self.model.put(shots)
        self.at, self.taken, self.words, self.last = -1, {}, {}, None

    def shot(self) -> Shot | None:
        """Return the photo in hand."""
        return self.shots[self.at] if 0 <= self.at < len(self.shots) else None

    def is_done(self, at: int) -> bool:
        """Whether a photo was taken (or is being written)."""
        return self.model.states[at] in _DONE

    def next_from(self, at: int, by: int = 1) -> int:
        """Return the next place to look at, at or beyond `at`; past either end where there is none."""
        while 0 <= at < len(self.shots) and self.skips_known and self.model.states[at] is State.known:
            at += by
        return at

    def skip(self) -> None:
        """Note that the photo in hand was looked at and left."""
        if self.model.states[self.at] in {State.waiting, State.failed}:
            self.model.set_state(self.at, State.skipped)

    def took(self, at: int, taken: Taken) -> None:
        """Note what a photo became."""
        self.taken[at] = taken
        self.model.set_state(at, State.taken if taken.is_new else State.attached)

    def pairs(self) -> dict[int, tuple[int, str]]:
        """Return (hazard, SHA-256) of every photo taken, by place."""
        return {at: (each.id, self.shots[at].sha256) for at, each in self.taken.items()}

    def undone(self, still: set[tuple[int, str]]) -> bool:
        """Note which photos are taken no more, because their step was undone, or again; says whether any changed."""
        changed = False
        for at, pair in self.pairs().items():
            wanted = State.skipped if pair not in still else State.taken if self.taken[at].is_new else State.attached
            if self.model.states[at] is not wanted:
                self.model.set_state(at, wanted)
                changed = True
        return changed

    def became(self) -> list[Became]:
        """Return what was taken and still is, in the order of the roll."""
        return [
            Became(self.shots[at], each, self.words.get(at, ""))
            for at, each in sorted(self.taken.items())
            if self.is_done(at)
        ]

    def left(self) -> list[Shot]:
        """Return the photos skipped or failed, and those known that were passed over."""
        states = {State.skipped, State.failed, State.waiting}
        return [shot for shot, state in zip(self.shots, self.model.states, strict=True) if state in states]
