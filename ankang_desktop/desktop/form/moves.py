"""The steps a record can take: buttons that say what is still needed, and a form of exactly what a step asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from ankang_desktop.actions import drafting
from ankang_desktop.actions.drafting import MoveOffer, Opened
from ankang_desktop.desktop.form.boxes import FieldBox
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, FlowLayout, button, clear, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.kernel.errors import AnkangError, Problem, Refused


class MovesBar(QWidget):
    """Stage, and a button for every step; a step that lacks something says so and cannot be pressed."""

    def __init__(self, session: Session, is_ready: Callable[[], bool]) -> None:
        super().__init__()
        self.session, self._is_ready = session, is_ready
        self._row = FlowLayout(self, px(8))

    def show_record(self, opened: Opened) -> None:
        """Offer the steps of a record."""
        clear(self._row)
        ledger = self.session.app.ledgers[opened.ledger]
        self.setVisible(ledger.workflow is not None and not opened.stored.removed)
        if ledger.workflow is None:
            return
        self._row.addWidget(label("流程", "soft"))
        self._row.addWidget(Badge(opened.stored.values[ledger.workflow.stage.key].value, "accent"))
        for offer in opened.moves:
            words = offer.title if not offer.needs else f"{offer.title}（{'、'.join(offer.needs)}）"
            each = button(words, partial(self.take, opened, offer))
            each.setEnabled(not offer.needs)
            each.setToolTip("、".join(offer.needs))
            self._row.addWidget(each)

    def take(self, opened: Opened, offer: MoveOffer) -> None:
        """Ask for what a step takes, then take it; what is typed in the form is saved first."""
        if self._is_ready():
            MoveDialog(self.session, opened, offer, self).open()


class MoveDialog(Dialog):
    """One step of one record, or of several."""

    def __init__(self, session: Session, opened: Opened, offer: MoveOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.opened, self.offer = session, opened, offer
        self.setWindowTitle(offer.title)
        self.setMinimumWidth(px(480))
        ledger = session.app.ledgers[opened.ledger]
        needed = drafting.needed_for(ledger, offer.key, opened.stored.values)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        self.head = label(f"{opened.stored.number} {offer.title}", "subtitle")
        column.addWidget(self.head)
        told = drafting.told_for(session.app, opened, offer.key)
        self.told = label("　".join(f"{title} {text}" for title, text in told), "soft", wrap=True)
        self.told.setVisible(bool(told))
        column.addWidget(self.told)
        self.boxes: dict[str, FieldBox] = {}
        for field in offer.takes:
            box = FieldBox(replace(field, required=field.key in needed), session)
            known = opened.stored.values.get(field.key)
            if known is None and field.kind.name == "day" and field.key in needed and "deadline" not in field.key:
                known = session.app.clock.today()
            box.editor.set_value(known)
            box.changed.connect(partial(box.show_problem, ""))
            self.boxes[field.key] = box
            column.addWidget(box)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        self.buttons = QDialogButtonBox()
        self.accepting = self.buttons.addButton(f"{offer.title}(&S)", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accepting.setProperty("kind", "primary")
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)

    def save(self) -> None:
        """Take the step; what refuses it is said beside its field."""
        misread = {key: text for key, box in self.boxes.items() if (text := box.misread())}
        if misread:
            self._show([Problem(key, text) for key, text in misread.items()])
            return
        values = {key: value for key, box in self.boxes.items() if (value := box.editor.value()) is not None}
        try:
            self.session.work.refuse_writing()
            done = drafting.move(self.session.app, self.opened.stored.id, self.offer.key, values)
        except Refused as refused:
            self._show(list(refused.problems))
            return
        except AnkangError as error:
            self.session.door.show(error)
            return
        self.accept()
        self.session.done(f"{done.number} 已{self.offer.title}")

    def _show(self, problems: list[Problem]) -> None:
        for key, box in self.boxes.items():
            box.show_problem("；".join(each.text for each in problems if each.field == key))
        others = [each.text for each in problems if each.field not in self.boxes]
        self.problem.setText("；".join(others))
        self.problem.setVisible(bool(others))
        first = next((box for box in self.boxes.values() if box.editor.main.property("wrong")), None)
        if first is not None:
            first.editor.setFocus()
