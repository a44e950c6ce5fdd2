"""What the wizard knows so far, and what every step of it owes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ankang_desktop.actions.submissions import Proposal
from ankang_desktop.actions.submitting import Order, Submitted
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.ledgers.upper import SubmissionKind, SubmissionSubject
from ankang_desktop.scoring.card import Card
from ankang_desktop.submission.preflight import Concern


@dataclass
class Draft:
    """A hand-in being made: what was chosen, the card it rests on, what was found, what came of it."""

    subject: SubmissionSubject = SubmissionSubject.year_end
    start: date = date(2000, 1, 1)
    end: date = date(2000, 12, 31)
    form: str = ""
    kind: SubmissionKind = SubmissionKind.first
    target: Path = field(default_factory=Path)
    limit: int = 0
    proposal: Proposal | None = None
    card: Card | None = None
    concerns: tuple[Concern, ...] | None = None
    is_masked: bool = False
    done: Submitted | None = None

    def order(self) -> Order:
        """Return what is to be handed in."""
        return Order(
            self.target, self.subject, self.kind, self.start, self.end, self.form, bool(self.concerns), self.limit
        )

    def forget(self) -> None:
        """Forget what was worked out: the records or the choice changed."""
        self.card, self.concerns, self.is_masked = None, None, False


class Step(QWidget):
    """One step. `changed` tells that it may be gone on or not, `finished` that it went on by itself.

    Heirs build into `column`, fill in enter(), and say `is_ready`, `hint` and `next_text`.
    """

    changed = Signal()
    finished = Signal()
    title = ""
    next_text = "下一步(&N)"

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__()
        self.session, self.draft = session, draft
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(12))

    @property
    def is_ready(self) -> bool:
        """Say whether the next step may be taken."""
        return True

    @property
    def hint(self) -> str:
        """Return what stands beside the buttons."""
        return ""

    def enter(self) -> None:
        """Come into sight, or look again because records changed."""

    def leave(self) -> None:
        """Go out of sight: what is still being worked out is of no use, the choice may change."""

    def go_on(self) -> bool:
        """Do what the step's main button does; False where the wizard is not to go on yet."""
        return True
