"""The sections of a form as cards, with the fields of a ledger and the rows inside a record."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
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
from ankang_desktop.kernel.errors import Problem

_COLUMN = 250  # the width one column of fields wants


class Body(QScrollArea):
    """Every editor of a form. `changed` tells that the person typed."""

    changed = Signal()

    def __init__(self, session: Session, ledger: Ledger) -> None:
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
        self.boxes: dict[str, FieldBox] = {}
        self.grids: dict[str, LinesEditor] = {}
        self.inline: dict[str, FieldBox] = {}
        self.cards: dict[str, QFrame] = {}
        self._layouts: list[tuple[QGridLayout, list[FieldBox]]] = []
        self._columns = 0
        self._waiting: deque[QWidget] = deque()  # cards not put in yet, from the top
        self._soon = QTimer(self)
        self._soon.timeout.connect(self._put_next)
        computed: list[FieldBox] = []
        for title, fields in ledger.arranged():
            boxes = [self._box(each) for each in fields if not self._is_stage(each)]
            computed += [box for box in boxes if box.field.computed]
            self._add_card(title, boxes)
        for lines in ledger.lines:
            self._add_lines(lines)
        self._column.addStretch(1)
        for box in computed:
            box.editor.set_read_only(is_read_only=True)
        self.setWidget(inside)
        self._arrange(2)
        self._put_next()
        self._soon.start(0)

    # --- values ------------------------------------------------------------------------------------------------

    def show_values(self, values: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
        """Show a record's values and rows; nothing is touched then."""
        for key, box in self.boxes.items():
            box.editor.set_value(values.get(key))
            box.is_touched = False
            box.show_problem("")
        for key, grid in self.grids.items():
            grid.set_value(rows.get(key, []))
        for key, box in self.inline.items():
            only = self.ledger.line(key).only.key
            box.editor.set_value([row[only] for row in rows.get(key, [])])

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
        self._put_all()
        for box in (*self.boxes.values(), *self.inline.values()):
            if box.editor.main.property("wrong"):
                self.ensureWidgetVisible(box, 0, px(60))
                box.editor.setFocus()
                return

    def go_to(self, title: str) -> None:
        """Bring a section to the top."""
        self._put_all()
        self.verticalScrollBar().setValue(self.cards[title].y())

    def section_at_top(self) -> str:
        """Return the title of the section that stands at the top."""
        top = self.verticalScrollBar().value()
        put = [(title, part) for title, part in self.cards.items() if part.parent() is not None]
        below = [title for title, part in put if part.y() + part.height() > top + px(20)]
        return below[0] if below else ""

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let the record be looked at only."""
        for box in (*self.boxes.values(), *self.inline.values()):
            box.editor.set_read_only(is_read_only=is_read_only or box.field.computed)
        for grid in self.grids.values():
            grid.set_read_only(is_read_only=is_read_only)

    # --- laying out --------------------------------------------------------------------------------------------

    def _put(self, title: str, made: QFrame) -> None:
        self.cards[title] = made
        self._waiting.append(made)

    def _put_next(self) -> None:
        """Put the next card in, one a turn of the event loop: what is below the fold need not be waited for."""
        if self._waiting:
            self._column.insertWidget(self._column.count() - 1, self._waiting.popleft())
        else:
            self._soon.stop()

    def _put_all(self) -> None:
        while self._waiting:
            self._put_next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(1, min(4, self.viewport().width() // px(_COLUMN))))

    def _add_card(self, title: str, boxes: list[FieldBox]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(12))
        self._layouts.append((grid, boxes))
        self._put(title, card(grid, title=title, spacing=10))

    def _add_lines(self, lines: Lines) -> None:
        if lines.inline:
            box = FieldBox(lines.only, self.session, LinksEditor(lines.only, self.session))
            box.changed.connect(self.changed)
            self.inline[lines.key] = box
            self._put(lines.title, card(box, title=lines.title))
        else:
            grid = LinesEditor(self.session, lines)
            grid.changed.connect(self.changed)
            self.grids[lines.key] = grid
            self._put(lines.title, card(grid, title=lines.title))

    def _box(self, field: Field) -> FieldBox:
        box = FieldBox(field, self.session)
        box.changed.connect(self.changed)
        self.boxes[field.key] = box
        return box

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
            for place in range(8):
                grid.setColumnStretch(place, 1 if place < columns else 0)
            for box, row, at, span in _places(boxes, columns):
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
