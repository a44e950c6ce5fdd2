"""The box stood on, opened: its official wording, its scores, its units one below the other."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.editors import Draft
from ankang_desktop.desktop.screens.scorecard.unit import Beside, UnitCard
from ankang_desktop.desktop.screens.scorecard.words import at_most, most_text, score_text, used_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, clear, label, link, scrolled
from ankang_desktop.desktop.work import Turns, next_turn
from ankang_desktop.scoring.card import RowResult, SectionResult, Which

_USUAL = 2  # units of the first row, and more than most have
Drafts = tuple[Draft | None, Draft | None]


class RowDetail(QWidget):
    """The detail of a row. Unsaved words of rows gone out of sight are kept in `drafts` and come back with them."""

    self_given = Signal(str, object, str)
    assessed_given = Signal(str, object, str)

    def __init__(self, session: Session, look: Callable[[], object]) -> None:
        super().__init__()
        self.session, self._look = session, look
        self.cards: list[UnitCard] = []  # those in sight; the others of `_made` wait for a row with more units
        self._made: list[UnitCard] = []
        self.drafts: dict[str, Drafts] = {}
        self.row: RowResult | None = None
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(4), 0, px(12), px(12))
        column.setSpacing(px(12))
        self.place, self.text = label("", "soft", wrap=True), label("", "subtitle", wrap=True, selectable=True)
        column.addWidget(self.place)
        column.addWidget(self.text)
        self.scores = FlowLayout(spacing=px(14))
        column.addLayout(self.scores)
        self.units = QVBoxLayout()
        self.units.setSpacing(px(12))
        column.addLayout(self.units)
        column.addStretch(1)
        self.inside = inside
        self.area: QScrollArea = scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        turns = Turns(self)  # while the first card is worked out, what will show it is made
        for number in range(1, _USUAL + 1):
            turns.add(partial(self._make, number))

    def show_row(
        self, section: SectionResult, row: RowResult, before: Decimal | None, beside: dict[str, Beside]
    ) -> None:
        """Show a row; the same row again is changed in place."""
        codes = [unit.code for unit in row.units]
        stood_in = self._stood_in()
        if codes != [each.code for each in self.cards]:
            self._keep_drafts()
            self._arrange(len(codes))
        self.row = row
        self.place.setText(
            f"第 {row.number} 行　{'*' if section.bonus else ''}{section.name}（{most_text(section.points)}分）"
        )
        self.text.setText(row.text)
        self._show_scores(row, before)
        for made, unit in zip(self.cards, row.units, strict=True):
            made.show_unit(unit, beside.get(unit.code, Beside()))
            if (kept := self.drafts.pop(unit.code, None)) is not None:
                made.take_drafts(kept)
        if stood_in is not None:  # last year's words may come above it
            next_turn(self, partial(self._look_at, stood_in))

    def card_of(self, code: str) -> UnitCard | None:
        """Return the card of a unit in sight."""
        return next((each for each in self.cards if each.code == code), None)

    def go_to(self, code: str) -> None:
        """Scroll to a unit and stand in its 自评分."""
        if (found := self.card_of(code)) is not None:
            self._settle()
            self.area.verticalScrollBar().setValue(0 if found is self.cards[0] else found.y())
            found.mine.field.setFocus()
            # once laid out: in large letters the field may be below the words of a long row
            next_turn(self, partial(self._look_at, found))

    def _stood_in(self) -> UnitCard | None:
        """Return the card whose 自评分 has the keys and is in sight."""
        room = self.area.viewport().rect()
        for each in self.cards:
            field = each.mine.field
            if field.hasFocus() and room.contains(field.mapTo(self.area.viewport(), field.rect().center())):
                return each
        return None

    def _look_at(self, found: UnitCard) -> None:
        if isValid(found):
            self.area.ensureWidgetVisible(found.mine)

    def commit(self) -> None:
        """Keep what is written and can be kept."""
        for editor in (editor for each in self.cards if isValid(each) for editor in (each.mine, each.theirs)):
            if isValid(editor.field):  # the page may be hidden while the window is taken apart
                editor.commit_if_ready()

    def unsaved(self) -> list[str]:
        """Return the units with something written that is not kept."""
        shown = [each.code for each in self.cards if any(each.drafts())]
        return [*shown, *(code for code in self.drafts if code not in shown)]

    def forget(self) -> None:
        """Drop what is written and not kept: it belongs to a card that is looked at no more."""
        self.drafts.clear()
        for editor in (editor for each in self._made for editor in (each.mine, each.theirs)):
            editor.drop()

    def _settle(self) -> None:
        """Let cards made just now take their places, so that it is known where they stand."""
        inside = self.inside
        if (layout := inside.layout()) is not None:
            layout.activate()
            high = max(self.area.viewport().height(), layout.totalHeightForWidth(inside.width()))
            inside.resize(inside.width(), high)

    # --- inside ------------------------------------------------------------------------------------------------

    def _keep_drafts(self) -> None:
        for each in self.cards:
            if any(found := each.drafts()):
                self.drafts[each.code] = found

    def _arrange(self, number: int) -> None:
        """Bring as many cards into sight as the row has units; cards are used again from row to row."""
        self._make(number)
        self.cards = self._made[:number]
        for at, made in enumerate(self._made):
            made.setVisible(at < number)
        self.area.verticalScrollBar().setValue(0)

    def _make(self, number: int) -> None:
        """Have so many cards, the new ones out of sight."""
        while len(self._made) < number:
            made = UnitCard(self.session)
            made.self_given.connect(self.self_given.emit)
            made.assessed_given.connect(self.assessed_given.emit)
            made.hide()
            self._made.append(made)
            self.units.addWidget(made)

    def _show_scores(self, row: RowResult, before: Decimal | None) -> None:
        clear(self.scores)
        texts = [
            *(f"{which.value} {score_text(row.sum(which))}" for which in (Which.suggested, Which.self, Which.assessed)),
            f"满分 {most_text(row.points)}",
        ]
        for text in texts:
            self.scores.addWidget(label(text, "strong" if text is texts[0] else "soft"))
        if before is not None:
            self.scores.addWidget(link(f"去年 {score_text(before)}", self._look))
        refs = used_of(row.units)
        every = partial(self.session.open_records, *at_most(f"第{row.number}行的佐证", refs))
        self.scores.addWidget(link(f"本行佐证 {len(refs)} 份", every))
