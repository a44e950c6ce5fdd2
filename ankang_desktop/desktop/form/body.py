"""The sections of a form as cards, with the fields of a ledger and the rows inside a record.

What is seen first is made first: one card a turn of the event loop, the first once the page is in sight. Whoever asks
for all fields (to save, to judge) has the rest made at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Misread
from ankang_desktop.declare.ledger import Ledger, Lines
from ankang_desktop.desktop.form.boxes import FieldBox
from ankang_desktop.desktop.form.editors import LinksEditor
from ankang_desktop.desktop.form.lines import LinesEditor
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import card
from ankang_desktop.desktop.work import Turns
from ankang_desktop.kernel.errors import Problem

_COLUMN = 250  # the width one column of fields wants


class Body(QScrollArea):
    """Every editor of a form. `changed` tells that the person typed."""

    changed = Signal()

    def __init__(self, session: Session, ledger: Ledger, turns: Turns) -> None:
        super().__init__()
        self.session, self.ledger = session, ledger
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("transparent", "true")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(12))
        self._column.addStretch(1)
        self.setWidget(inside)
        self._boxes: dict[str, FieldBox] = {}
        self._grids: dict[str, LinesEditor] = {}
        self._inline: dict[str, FieldBox] = {}
        self._cards: dict[str, QFrame] = {}
        self._layouts: list[tuple[QGridLayout, list[FieldBox]]] = []
        self._columns = 2
        self._shown: tuple[dict[str, Any], dict[str, list[dict[str, Any]]]] = {}, {}
        self._is_read_only = False
        self._begins: Qt.FocusReason | None = None
        self._turns = turns
        cards = [(title, partial(self._add_card, title, fields)) for title, fields in ledger.arranged()]
        grids = [(lines.title, partial(self._add_lines, lines)) for lines in ledger.lines]
        whole = [*cards[:-1], *grids, cards[-1]]  # who took part matters more than where the paper lies
        self.titles = [title for title, _ in whole]
        for _, make in whole:
            turns.add(make)

    @property
    def boxes(self) -> dict[str, FieldBox]:
        """The fields by their keys, all of them."""
        self._turns.finish()
        return self._boxes

    @property
    def grids(self) -> dict[str, LinesEditor]:
        """The rows inside a record by the keys of their lines."""
        self._turns.finish()
        return self._grids

    @property
    def inline(self) -> dict[str, FieldBox]:
        """The rows of one column, which are shown as a field, by the keys of their lines."""
        self._turns.finish()
        return self._inline

    @property
    def cards(self) -> dict[str, QFrame]:
        """The cards by their titles, those that are made already."""
        return self._cards

    # --- values ------------------------------------------------------------------------------------------------

    def show_values(self, values: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
        """Show a record's values and rows; nothing is touched then."""
        self._shown = values, rows
        for box in (*self._boxes.values(), *self._inline.values()):
            self._fill(box)
        for key, grid in self._grids.items():
            grid.set_value(rows.get(key, []))

    def values(self) -> dict[str, Any]:
        """Return what is filled in; raises Misread where something is no value (see `misread`)."""
        return {key: box.editor.value() for key, box in self.boxes.items() if not box.field.computed}

    def readable(self) -> dict[str, Any]:
        """Return what can be read of what is filled in."""
        found = {}
        for key, box in self.boxes.items():
            try:
                found[key] = box.editor.value()
            except Misread:
                continue
        return found

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows inside the record; raises Misread where a name is typed and not chosen."""
        found = {key: grid.value() for key, grid in self.grids.items()}
        for key, box in self.inline.items():
            only = self.ledger.line(key).only.key
            found[key] = [{only: each} for each in box.editor.value()]
        return found

    def misread(self) -> list[Problem]:
        """Return what is typed and is no value, each with its sentence."""
        boxes = {**self.boxes, **self.inline}
        return [Problem(key, text) for key, box in boxes.items() if (text := box.misread())]

    def offering(self) -> set[str]:
        """Return the fields whose list of what a typed text may mean is in sight."""
        return {key for key, box in {**self.boxes, **self.inline}.items() if box.editor.is_offering()}

    def raw(self) -> dict[str, Any]:
        """Return everything typed, as JSON can hold it."""
        boxes = {**self.boxes, **self.inline}
        return {
            "fields": {key: box.editor.raw() for key, box in boxes.items() if not box.field.computed},
            "lines": {key: grid.raw() for key, grid in self.grids.items()},
        }

    def set_raw(self, raw: dict[str, Any]) -> None:
        """Type again what raw() returned; what does not fit any more is left as it is."""
        boxes = {**self.boxes, **self.inline}
        for key, typed in raw.get("fields", {}).items():
            if key in boxes:
                boxes[key].editor.set_raw(typed)
        for key, typed in raw.get("lines", {}).items():
            if key in self.grids:
                self.grids[key].set_raw(typed)

    # --- problems ----------------------------------------------------------------------------------------------

    def show_problems(self, problems: list[Problem], advice: list[Problem], *, every: bool) -> list[str]:
        """Show problems beside their fields, with `every` also where nobody typed; returns those with no field."""
        boxes = {**self.boxes, **self.inline}
        for key, box in boxes.items():
            wrong = [each.text for each in problems if each.field == key]
            odd = [each.text for each in advice if each.field == key]
            if wrong and (every or box.is_touched):
                box.show_problem("；".join(wrong))
            else:
                box.show_problem("；".join(odd), is_advice=True)
        return [each.text for each in problems if each.field not in boxes]

    def go_to_first_problem(self) -> None:
        """Bring the first wrong field into sight and the cursor into it."""
        for box in (*self.boxes.values(), *self.inline.values()):
            if box.editor.main.property("wrong"):
                self.ensureWidgetVisible(box, 0, px(60))
                box.editor.setFocus()
                return

    def begin(self, reason: Qt.FocusReason) -> None:
        """Let the first field take the keys, as soon as there is one."""
        if self._boxes:
            next(iter(self._boxes.values())).editor.setFocus(reason)
        else:
            self._begins = reason

    def go_to(self, title: str) -> None:
        """Bring a section to the top."""
        self._turns.finish()
        self._column.activate()  # what came last has its place now
        self.verticalScrollBar().setValue(self._cards[title].y())

    def section_at_top(self) -> str:
        """Return the title of the section that stands at the top."""
        top = self.verticalScrollBar().value()
        below = [title for title, part in self._cards.items() if part.y() + part.height() > top + px(20)]
        return below[0] if below else ""

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let the record be looked at only."""
        self._is_read_only = is_read_only
        for box in (*self._boxes.values(), *self._inline.values()):
            self._lock(box)
        for grid in self._grids.values():
            grid.set_read_only(is_read_only=is_read_only)

    # --- laying out --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(1, min(4, self.viewport().width() // px(_COLUMN))))

    def _add_card(self, title: str, fields: Sequence[Field]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(12))
        boxes = [self._box(each) for each in fields if not self._is_stage(each)]
        self._layouts.append((grid, boxes))
        self._arrange_one(grid, boxes)
        self._put(title, card(grid, title=title, spacing=10))

    def _add_lines(self, lines: Lines) -> None:
        made: FieldBox | LinesEditor
        if lines.inline:
            only = replace(lines.only, required=False)  # in a row, not of the record: the list may be empty
            made = self._inline[lines.key] = FieldBox(only, self.session, LinksEditor(only, self.session))
            self._take(made)
        else:
            made = self._grids[lines.key] = LinesEditor(self.session, lines)
            made.set_value(self._shown[1].get(lines.key, []))
            made.set_read_only(is_read_only=self._is_read_only)
            made.changed.connect(self.changed)
        self._put(lines.title, card(made, title=lines.title))

    def _put(self, title: str, made: QFrame) -> None:
        self._cards[title] = made
        self._column.insertWidget(self._column.count() - 1, made)
        if self._begins is not None:
            QTimer.singleShot(0, self, partial(self.begin, self._begins))  # it is not in sight before
            self._begins = None

    def _box(self, field: Field) -> FieldBox:
        box = self._boxes[field.key] = FieldBox(field, self.session)
        return self._take(box)

    def _take(self, box: FieldBox) -> FieldBox:
        """Let a field just made show what the record says."""
        self._fill(box)
        self._lock(box)
        box.changed.connect(self.changed)
        return box

    def _fill(self, box: FieldBox) -> None:
        values, rows = self._shown
        lines = next((key for key, each in self._inline.items() if each is box), None)
        if lines is None:
            box.editor.set_value(values.get(box.field.key))
        else:
            box.editor.set_value([row[box.field.key] for row in rows.get(lines, [])])
        box.is_touched = False
        box.show_problem("")

    def _lock(self, box: FieldBox) -> None:
        box.editor.set_read_only(is_read_only=self._is_read_only or box.field.computed)

    def _is_stage(self, field: Field) -> bool:
        """Leave the stage out: a record goes on through its steps only."""
        return self.ledger.workflow is not None and field.key == self.ledger.workflow.stage.key

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, boxes in self._layouts:
            for box in boxes:
                grid.removeWidget(box)
            self._arrange_one(grid, boxes)

    def _arrange_one(self, grid: QGridLayout, boxes: list[FieldBox]) -> None:
        for place in range(8):
            grid.setColumnStretch(place, 1 if place < self._columns else 0)
        for box, row, at, span in _places(boxes, self._columns):
            grid.addWidget(box, row, at, 1, span)


def _places(boxes: list[FieldBox], columns: int) -> Iterator[tuple[FieldBox, int, int, int]]:
    """Yield (box, row, column, span): wide fields take a line of their own, narrow ones stand side by side."""
    row = at = 0
    for box in boxes:
        if box.is_wide:
            row, at = row + (at > 0), 0
            yield box, row, 0, columns
            row += 1
            continue
        yield box, row, at, 1
        at += 1
        if at == columns:
            row, at = row + 1, 0
