"""One scoring unit: what is suggested and why, what the person and the inspector give, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ankang_desktop.actions.signing import SignedPaper, Wanting
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.editors import Draft, HandScore
from ankang_desktop.desktop.screens.scorecard.proofs import (
    failing_part,
    heading,
    noted,
    signed_part,
    terms_grid,
    used_part,
)
from ankang_desktop.desktop.screens.scorecard.words import most_text, score_text, state_badge
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, Bar, clear, label, rule
from ankang_desktop.scoring.card import ZERO, UnitResult


@dataclass(frozen=True)
class Beside:
    """What is shown beside a unit and is no part of the card: who assessed, what was signed, what may be signed."""

    assessor: str = ""
    papers: Sequence[SignedPaper] = ()
    wanting: Wanting | None = None
    is_read_only: bool = False


class UnitCard(QFrame):
    """The card of one unit; shown again in place, so that typing and scrolling are not disturbed.

    `self_given` and `assessed_given` carry (code, score or None, words).
    """

    self_given = Signal(str, object, str)
    assessed_given = Signal(str, object, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.unit: UnitResult | None = None
        self._facts: tuple[object, ...] = ()
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(14))
        column.setSpacing(px(8))
        column.addLayout(self._head())
        column.addLayout(self._suggestion())
        self.mine = HandScore("自评分", "理由", "与建议分不同时必填")
        self.mine.is_reasoned = True
        self.mine.given.connect(lambda score, words: self.self_given.emit(self.code, score, words))
        self.theirs = HandScore("考核分", "考核组", "如 市总第三考核组")
        self.theirs.given.connect(lambda score, words: self.assessed_given.emit(self.code, score, words))
        column.addWidget(self.mine)
        column.addWidget(self.theirs)
        column.addWidget(rule())
        self.facts = QVBoxLayout()
        self.facts.setSpacing(px(8))
        column.addLayout(self.facts)

    @property
    def code(self) -> str:
        """Return the code of the unit shown."""
        return self.unit.code if self.unit else ""

    def show_unit(self, unit: UnitResult, beside: Beside) -> None:
        """Show a unit as it stands now; of another unit than before nothing that was typed stays."""
        is_another = unit.code != self.code
        self.unit = unit
        if is_another:
            self.mine.settle(unit.self_score, unit.self_reason)
            self.theirs.settle(unit.assessed, beside.assessor)
        self.badge.set_text(unit.name)
        self.text.setText(f"{unit.text}（{most_text(unit.points)}分）")
        word, tone = state_badge(unit)
        self.state.set_text(word, tone)
        self.state.setVisible(bool(word))
        self._show_suggestion(unit)
        self.mine.show_score(unit.self_score, unit.self_reason, unit.points, unit.suggested)
        self.theirs.show_score(unit.assessed, beside.assessor, unit.points, unit.suggested)
        for each in (self.mine, self.theirs):
            each.set_read_only(is_read_only=beside.is_read_only)
        bare = replace(unit, self_score=None, self_reason="", assessed=None, last_self=None, last_assessed=None)
        facts = (bare, tuple(beside.papers), beside.is_read_only)
        if facts != self._facts:
            self._facts = facts
            self._show_facts(unit, beside)
        self.setAccessibleName(f"{unit.name} {unit.text}")

    def drafts(self) -> tuple[Draft | None, Draft | None]:
        """Return what is written and not kept."""
        return self.mine.draft(), self.theirs.draft()

    def take_drafts(self, drafts: tuple[Draft | None, Draft | None]) -> None:
        """Write it again."""
        for editor, draft in zip((self.mine, self.theirs), drafts, strict=True):
            if draft is not None:
                editor.take_draft(draft)

    # --- inside ------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        self.text, self.state = label("", "strong", wrap=True), Badge("")
        self.badge = Badge("")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _suggestion(self) -> QHBoxLayout:
        self.suggested, self.potential, self.last = label("", "title"), label("", "soft"), label("", "caption")
        self.bar = Bar()
        self.bar.setFixedWidth(px(96))
        caption = label("建议分", "soft")
        caption.setFixedWidth(px(52))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for each in (caption, self.suggested, self.bar, self.potential):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.last)
        return row

    def _show_suggestion(self, unit: UnitResult) -> None:
        self.suggested.setText(score_text(unit.suggested))
        self.bar.set_share(float((unit.suggested or ZERO) / unit.points))
        more = (unit.potential or ZERO) - (unit.suggested or ZERO)
        potential = f"补齐后可到 {score_text(unit.potential)}" if more > 0 else ""
        self.potential.setText(f"/ {most_text(unit.points)}　{potential}")
        self.last.setText(_last(unit.last_self, unit.last_assessed))

    def _show_facts(self, unit: UnitResult, beside: Beside) -> None:
        clear(self.facts)
        for warning in unit.warnings:
            self.facts.addWidget(noted("alert-triangle", warning, "danger", "danger"))
        if unit.terms:
            self.facts.addWidget(heading("建议分怎么来的"))
            self.facts.addWidget(terms_grid(unit.terms))
            self.facts.addWidget(label(unit.reason.rpartition("；")[2], "soft", wrap=True))
        else:
            self.facts.addWidget(label(unit.reason, wrap=True, selectable=True))
        if unit.missing:
            self.facts.addWidget(heading("还差什么"))
            for text in unit.missing:
                self.facts.addWidget(noted("circle-dashed", text, "body", "warning"))
        if beside.papers or beside.wanting:
            wanting = None if beside.is_read_only else beside.wanting
            self.facts.addWidget(signed_part(self.session, beside.papers, wanting))
        self.facts.addWidget(used_part(self.session, unit))
        if unit.failing:
            self.facts.addWidget(failing_part(self.session, unit))
        if unit.evidence:
            self.facts.addWidget(label(f"检查时要看：{unit.evidence}", "caption", wrap=True))


def _last(mine: Decimal | None, theirs: Decimal | None) -> str:
    parts = [f"自评 {score_text(mine)}"] * (mine is not None) + [f"考核 {score_text(theirs)}"] * (theirs is not None)
    return f"上次 {'，'.join(parts)}" if parts else ""
