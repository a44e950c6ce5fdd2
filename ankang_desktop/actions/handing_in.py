"""A finished package on its way out: kept, cut where a mailbox asks for it, filed, frozen; all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.kernel.files import free_name, scratch, world, write_safely
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.upper import SubmissionKind, SubmissionSubject
from ankang_desktop.scoring.card import Card
from ankang_desktop.scoring.statistics import Statistics
from ankang_desktop.store.frozen import freeze
from ankang_desktop.store.unit import Unit
from ankang_desktop.submission.facts import Facts
from ankang_desktop.submission.parts import split


@dataclass(frozen=True)
class Order:
    """What is to be handed in; `limit` is how many bytes the mailbox takes in one file, 0 for any."""

    target: Path
    subject: SubmissionSubject = SubmissionSubject.year_end
    kind: SubmissionKind | None = None
    start: date | None = None
    end: date | None = None
    card: str = ""
    masked: bool = False
    limit: int = 0


def _keep(bag: Path, target: Path, digest: str, then: Callable[[], None] = lambda: None) -> None:
    """Copy the finished package to where it is wanted, read it back by its hash and, before its rename, do `then`."""

    def verify_copy(copy: Path) -> None:
        if sha256_of(copy) != digest:
            raise WorldError(f"复制到“{target}”后校验不一致", "请检查磁盘后重试")
        then()

    with world("保存材料包", target):
        write_safely(target, lambda copy: _copied(bag, copy), verify_copy)


def _copied(bag: Path, copy: Path) -> None:
    shutil.copyfile(bag, copy)


@dataclass(frozen=True)
class HandIn:
    """A finished package on its way out; `is_cut` where the mailbox takes no file as large."""

    order: Order
    facts: Facts
    bag: Path
    digest: str
    note: str
    is_cut: bool

    @cached_property
    def _folder(self) -> Path:
        """Return the folder of the parts, beside the package and called after it."""
        return free_name(self.order.target.parent, f"{self.order.target.stem}-分卷")

    @cached_property
    def parts(self) -> tuple[Path, ...]:
        """Return the parts as they lie beside the package once it is filed; none where it is small enough."""
        return tuple(sorted(self._folder.glob("*.zip.???"))) if self.is_cut else ()

    def file(self, app: App, card: Card, tables: list[tuple[Form, Statistics]], progress: Progress) -> str:
        """File the submission, freeze its papers and put the package in place; returns the record's number.

        The record is committed when the package lies beside its target, whole, and only a rename is left to do.
        """
        kept = free_name(app.workspace.submissions, self.bag.name)
        filed: list[str] = []
        try:
            _keep(self.bag, kept, self.digest)
            self._cut(progress)
            record = partial(self._record, app, card, tables, kept)
            _keep(self.bag, self.order.target, self.digest, lambda: filed.append(record()))
        except BaseException:
            if filed:
                app.undo(even_sealed=True)
            kept.unlink(missing_ok=True)
            if self.is_cut:
                shutil.rmtree(self._folder, ignore_errors=True)
            raise
        return filed[0]

    def _cut(self, progress: Progress) -> None:
        """Lay the parts down, all of them or none, where the mailbox takes no file as large as the package."""
        if self.is_cut:
            self.order.target.parent.mkdir(parents=True, exist_ok=True)
            with world("保存分卷", self._folder), scratch(self.order.target.parent) as room:
                split(self.bag, room, self.order.target.name, self.order.limit, progress)
                room.chmod(0o755)
                room.rename(self._folder)

    def _record(self, app: App, card: Card, tables: list[tuple[Form, Statistics]], kept: Path) -> str:
        with app.begin(f"报送{self.facts.subject}（{self.facts.kind}）") as unit:
            unit.sealed = True  # what has left the house is not undone; a correction follows it
            record = unit.add(app.ledgers["submission"], self._values(app.clock.today(), kept))
            self._freeze(unit, record, card, tables)
            _, stored = unit.stored(record)
        return stored.number

    def _values(self, today: date, kept: Path) -> dict[str, Any]:
        return {
            "subject": self.order.subject,
            "kind": SubmissionKind.of(self.facts.kind),
            "submitted_on": today,
            "as_of": self.facts.as_of,
            "period_from": self.facts.start,
            "period_until": self.facts.end,
            "addressee": self.facts.addressee or None,
            "package": kept.name,
            "package_hash": self.digest,
            "previous_hash": self.facts.previous_hash or None,
            "remark": self.note or None,
        }

    def _freeze(self, unit: Unit, record: int, card: Card, tables: list[tuple[Form, Statistics]]) -> None:
        title = f"{self.facts.subject}（{self.facts.kind}）"
        freeze(unit, card.form, f"{title}考核评分表", self.facts.as_of, card.plain(), record)
        for form, filled in tables:
            freeze(unit, form.code, f"{title}统计表", self.facts.as_of, filled.plain(), record)
