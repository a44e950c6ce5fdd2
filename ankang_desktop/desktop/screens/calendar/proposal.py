"""One proposal as a card: take it or leave it, its words, its time, and the sentence it was read from."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from ankang_desktop.declare.kinds import Misread
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.calendar.timebox import TimeBox
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, label
from ankang_desktop.programme.proposing import OWN, UNTIMED, Proposal
from ankang_desktop.scoring.counters import title_named


class ProposalCard(QFrame):
    """Ticked where the sentence names its own time; `changed` whenever it is ticked or not."""

    changed = Signal()

    def __init__(self, proposal: Proposal, session: Session) -> None:
        super().__init__()
        self.proposal = proposal
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(4))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.accepted = QCheckBox()
        self.accepted.setAccessibleName(f"采用：{proposal.text}")
        self.accepted.setChecked(proposal.is_sure)
        self.accepted.toggled.connect(lambda _: self._ticked())
        row.addWidget(self.accepted)
        self.words = QLineEdit(proposal.text)
        self.words.setAccessibleName("事项")
        self.words.setCursorPosition(0)
        row.addWidget(self.words, 1)
        self.time = TimeBox(proposal.when, session)
        row.addWidget(self.time)
        column.addLayout(row)
        below = QHBoxLayout()
        below.setContentsMargins(px(26), 0, 0, 0)
        below.setSpacing(px(8))
        below.addWidget(self._origin())
        told = self._proof(session)
        if told:
            below.addWidget(label(told, "caption"))
        below.addStretch(1)
        column.addLayout(below)
        self.sentence = QLineEdit(proposal.source_text)  # shown for what the officer adds himself alone
        if proposal.source_text:
            source = label(proposal.source_text, "soft", wrap=True, selectable=True)
            source.setContentsMargins(px(26), 0, 0, 0)
            column.addWidget(source)
        else:
            self.words.setPlaceholderText("要办的事")
            self.sentence.setPlaceholderText("通知里的原句，可以复制过来；不填就用上面的话")
            self.sentence.setAccessibleName("原句")
            column.addWidget(self.sentence)
        if proposal.note:
            note = label(proposal.note, "caption", wrap=True)
            note.setContentsMargins(px(26), 0, 0, 0)
            column.addWidget(note)
        self.setFocusProxy(self.accepted)
        self._ticked()

    def value(self) -> Proposal:
        """Return the proposal as corrected; raises Misread where its days are none, or its words."""
        sentence = self.sentence.text().strip()
        words = self.words.text().strip() or self.proposal.text or sentence
        if not words:
            raise Misread("自己加的一条还没有写要办的事，写上或者不勾")
        return replace(self.proposal, text=words, source_text=sentence or words, when=self.time.code())

    def _origin(self) -> Badge:
        """Say where the time comes from: the sentence, a heading, nowhere, the officer himself."""
        origin = self.proposal.origin
        if origin == OWN:
            return Badge(f"原文“{self.proposal.words}”" if self.proposal.words else "自己加的", "good")
        return Badge("没有写时间，请选一个" if origin == UNTIMED else f"按“{origin[:16]}”", "warning")

    def _proof(self, session: Session) -> str:
        """Say by what records it will be known to be done."""
        titles = [title_named(session.app.ledgers, need.counter) for need in self.proposal.needs if need.counter]
        if titles:
            return f"登记“{titles[0]}”后自动算办好"
        return "按指标自动核对" if self.proposal.needs else "办好后手工办结"

    def _ticked(self) -> None:
        for each in (self.words, self.time, self.sentence):
            each.setEnabled(self.accepted.isChecked())
        self.changed.emit()
