"""Stages of a record, the moves between them, and what each stage needs to be true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.kernel.errors import Problem

Attribute = Any  # a mapped attribute: `Hazard.deadline`; SQLAlchemy types it as Mapped or InstrumentedAttribute


@dataclass(frozen=True)
class Move:
    """A step a person can take: from one of `sources` to `target` (None keeps the stage), asking for `takes`.

    `takes` are fields of the record, or, where `line` names a list of rows, of one new row. Those that the target
    stage requires or that `needs_all` names must be filled, those of a row all. `does` writes on the entry what
    the step itself causes; it is given the values taken. `tells` are fields of the record the person must know to take
    the step: they are shown beside what is asked.
    """

    key: str
    title: str
    sources: tuple[Options, ...]
    target: Options | None
    takes: tuple[Attribute, ...] = ()
    does: Callable[[Any, Mapping[str, Any]], None] | None = None
    needs_all: tuple[Attribute, ...] = ()
    line: str = ""
    tells: tuple[Attribute, ...] = ()


@dataclass(frozen=True)
class Workflow:
    """A closed loop: `stage` is the field, `requires` what a record must hold in a stage, `removable` where it may go.

    What a stage requires holds however the record came there: by a move, by the form or by an import.
    """

    stage: Attribute
    first: Options
    moves: tuple[Move, ...]
    requires: Mapping[Options, tuple[Attribute, ...]] = field(default_factory=dict)
    removable: tuple[Options, ...] = ()

    def problems(self, entry: Entry, labels: Mapping[str, str]) -> list[Problem]:
        """Return what the entry's stage needs and lacks, one sentence a field."""
        stage: Options = getattr(entry, self.stage.key)
        return [
            Problem(needed.key, f"“{stage.value}”的记录须填{labels[needed.key]}")
            for needed in self.requires.get(stage, ())
            if getattr(entry, needed.key) is None
        ]

    def move(self, key: str) -> Move | None:
        """Return the move of a key."""
        return next((move for move in self.moves if move.key == key), None)

    def moves_from(self, stage: Options) -> list[Move]:
        """Return the moves a record in `stage` can make."""
        return [move for move in self.moves if stage in move.sources]
