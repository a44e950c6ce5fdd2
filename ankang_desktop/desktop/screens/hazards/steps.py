"""The next steps of a hazard as buttons that say what is still needed, and the small forms that take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from ankang_desktop.actions import drafting
from ankang_desktop.actions.drafting import MoveOffer, Opened
from ankang_desktop.actions.hazard_steps import Moved, move_many
from ankang_desktop.actions.hazards import HAZARD
from ankang_desktop.desktop.form.moves import MoveDialog
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, label, link
from ankang_desktop.kernel.errors import AnkangError, Problem, Refused

_SIGNS = {"grade": "tag", "order": "send", "finish": "check", "accept": "shield-check", "extend": "calendar-plus"}
_QUIET = {"void", "return"}


class StepsBar(QWidget):
    """A button for every step; under it, as links, what it still needs."""

    wanted = Signal(object)  # the offer
    fields_wanted = Signal(object)  # keys of the fields to fill
    photo_wanted = Signal(str)  # the slot

    def __init__(self, offers: Sequence[MoveOffer], titles: Mapping[str, str]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        row = FlowLayout(spacing=px(6))
        column.addLayout(row)
        self.buttons: dict[str, QWidget] = {}
        for offer in offers:
            kind, sign = "quiet" if offer.key in _QUIET else "", _SIGNS.get(offer.key, "")
            made = button(offer.title, partial(self.wanted.emit, offer), kind=kind, name=sign)
            made.setEnabled(not offer.needs)
            made.setProperty("step", True)
            made.setToolTip(f"还差：{'、'.join(offer.needs)}" if offer.needs else "")
            self.buttons[offer.key] = made
            row.addWidget(made)
        for offer in offers:
            if offer.needs:
                column.addLayout(self._needs(offer, titles))

    def _needs(self, offer: MoveOffer, titles: Mapping[str, str]) -> FlowLayout:
        """Return the line “验收销号 还差： 附整改后照片”, each need a link that mends it."""
        line = FlowLayout(spacing=px(6))
        line.addWidget(label(f"{offer.title}还差：", "caption"))
        if offer.blank:
            words = "填" + "、".join(field.label for field in offer.blank)
            line.addWidget(link(words, partial(self.fields_wanted.emit, tuple(each.key for each in offer.blank))))
        for slot in offer.bare:
            line.addWidget(link(f"附{titles[slot]}", partial(self.photo_wanted.emit, slot)))
        return line


class ManyDialog(MoveDialog):
    """One step of several hazards: what is filled in goes to each of them; who is refused is named."""

    def __init__(
        self, session: Session, opened: Opened, offer: MoveOffer, ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(session, opened, offer, parent)
        self.ids = list(ids)
        layout = self.layout()
        self.head.setText(f"{offer.title} {len(self.ids)} 条隐患")
        self.told.hide()  # of one of them only
        if isinstance(layout, QVBoxLayout):
            told = f"同样的内容写进 {len(self.ids)} 条隐患，空着的栏目各条保持原样；一次撤销就全部退回。"
            layout.insertWidget(1, label(told, "soft", wrap=True))
        for key, box in self.boxes.items():
            is_day = box.field.kind.name == "day" and "deadline" not in key
            box.editor.set_value(session.app.clock.today() if is_day else None)

    def save(self) -> None:
        """Take the step on all; what refuses every one is said beside its field."""
        misread = {key: text for key, box in self.boxes.items() if (text := box.misread())}
        if misread:
            self._show([Problem(key, text) for key, text in misread.items()])
            return
        values = {key: value for key, box in self.boxes.items() if (value := box.editor.value()) is not None}
        move = partial(move_many, self.session.app, self.ids, self.offer.key, values)
        told = partial(_tell_moved, self.session, self.offer.title)
        try:
            self.session.write(len(self.ids), move, told, f"{self.offer.title} {len(self.ids)} 条隐患", self._come_back)
        except AnkangError as error:
            self._refuse(error)
        else:
            self.accept()

    def _come_back(self, error: BaseException) -> None:
        """Say what refused every one of many where it is still filled in."""
        if isinstance(error, Refused):
            self.open()
        self._refuse(error)

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, Refused):
            self._show(list(error.problems))
        else:
            self.session.door.show(error)


def _tell_moved(session: Session, title: str, moved: Moved) -> None:
    """Say how many took a step and who did not; the dialog may be gone by then."""
    told = f"{len(moved.done)} 条已{title}"
    if not moved.refused:
        session.done(told)
        return
    refusals = "；".join(f"{number} {why}" for number, why in moved.refused[:3])
    more = f"等 {len(moved.refused)} 条" if len(moved.refused) > 3 else ""
    session.door.say(f"{told}，没有办的：{refusals}{more}", "", "warning", ("撤销", session.undo))


class FieldsDialog(MoveDialog):
    """A few fields of one hazard, kept as one step: the five items, a report, the listing, the reward."""

    def __init__(
        self, session: Session, opened: Opened, title: str, keys: Sequence[str], parent: QWidget | None = None
    ) -> None:
        fields = session.app.ledgers[HAZARD].fields
        super().__init__(session, opened, MoveOffer("", title, tuple(fields[key] for key in keys), ()), parent)
        self.accepting.setText("保存(&S)")
        whole = self.buttons.addButton("打开整条记录", QDialogButtonBox.ButtonRole.HelpRole)
        whole.setProperty("kind", "quiet")
        whole.clicked.connect(self._open_record)

    def save(self) -> None:
        """Keep what was changed; what refuses it is said beside its field."""
        if misread := [Problem(key, text) for key, box in self.boxes.items() if (text := box.misread())]:
            self._show(misread)
            return
        known = self.opened.stored.values
        values = {key: box.editor.value() for key, box in self.boxes.items()}
        changed = {key: value for key, value in values.items() if value != known[key]}
        try:
            self.session.work.refuse_writing()
            if changed:
                drafting.keep(self.session.app, HAZARD, self.opened.stored.id, changed, {})
        except Refused as refused:
            self._show(list(refused.problems))
            return
        except AnkangError as error:
            self.session.door.show(error)
            return
        self.accept()
        if changed:
            self.session.done(f"已保存 {self.opened.stored.number}")

    def _open_record(self, _: object = None) -> None:
        self.reject()
        self.session.open_record(self.opened.stored.number)
