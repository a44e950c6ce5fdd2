"""The place of work: the photo large at the left with the roll below, phrases and a few fields at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ankang_desktop.actions.intake import Shot, Taken
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.intake.fields import Fields
from ankang_desktop.desktop.screens.intake.phrases import PhraseList
from ankang_desktop.desktop.screens.intake.pictures import PhotoView
from ankang_desktop.desktop.screens.intake.strip import ShotsModel, State, Strip
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, Bar, FlowLayout, button, card, label, link, scrolled
from ankang_desktop.desktop.widgets.splits import remember_split

_KEYS = (
    "在照片上：1–9 常用语　Enter 登记　空格或 → 跳过　← 上一张　M 同一处　A 整改后照片　"
    "D P T 换常用语，再按一次自己写　Z 放大　｜　"
    "写字时：Alt+1–9　Enter 登记　PgDn 跳过　F2 同一处　F3 整改后照片　Esc 回到照片"
)


class Bench(QWidget):
    """The parts and where they stand; what they do is the page's."""

    def __init__(self, session: Session, model: ShotsModel, handle: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self.session, self._model = session, model
        self.photo, self.phrases = PhotoView(handle), PhraseList()
        self.fields = Fields(session, self.phrases)
        self.strip = Strip(session, model)
        self.fields.left.connect(self.photo.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self._head())
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(px(10))
        split.addWidget(self._left())
        split.addWidget(self._side())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        remember_split(split, session.preferences, "intake", (px(650), px(440)))
        column.addWidget(split, 1)

    def begin(self, number: int, known: int) -> None:
        """Show a new roll of so many photos, of which so many are there already."""
        self.counted.setText(f"1/{number}")
        self.skips_known.setText(f"自动跳过已用过的 {known} 张")
        self.skips_known.setVisible(0 < known < number)
        self.photo.setFocus()

    def show_shot(self, at: int, shot: Shot, taken: Taken | None) -> None:
        """Tell where the roll stands and what is known of the photo in hand."""
        number, state = len(self._model.shots), self._model.states[at]
        done = self._model.count(State.taken, State.attached, State.writing)
        self.counted.setText(f"{at + 1}/{number}")
        self.name.setText(f"{shot.path.name}　{shot.taken_on or '照片没有日期，按今天'}")
        self.told.setText(f"已登记 {done}　跳过 {self._model.count(State.skipped)}")
        self.bar.set_share((at + 1) / number)
        words = self._words(shot, state)
        tone = state.value[2]
        self.mark.set_text(words, tone if tone != "faint" else "")
        self.mark.setVisible(bool(words))
        is_taken = taken is not None and state in {State.taken, State.attached}
        self.opened.setText(taken.number if taken else "")
        self.opened.setVisible(is_taken)
        self.fields.setEnabled(state not in {State.taken, State.attached, State.writing})
        self.strip.stand_at(at)

    def hand(self) -> str:
        """Return where the person's hands are: in the words, or on the photo."""
        main = self.fields.boxes["description"].editor.main
        return "words" if main.hasFocus() else "photo"

    def take_hand(self, hand: str) -> None:
        """Put the keys where they were on the photo before."""
        editor = self.fields.boxes["description"].editor
        if hand == "words" and self.fields.isEnabled():
            editor.setFocus()
        else:
            self.photo.setFocus()

    def connect_tools(self, *actions: Callable[[], object]) -> None:
        """Say what the buttons do, in their order: take, skip, same, after."""
        for each, action in zip(self.tools, actions, strict=True):
            each.clicked.connect(partial(_press, action))

    def _words(self, shot: Shot, state: State) -> str:
        if state is State.known:
            return f"已用于 {shot.used_by[0]}" if shot.used_by else f"与 {shot.twin} 是同一张"
        return state.value[0] if state is not State.waiting else ""

    def _head(self) -> QHBoxLayout:
        self.counted, self.name, self.told = label("", "subtitle"), label("", "soft"), label("", "soft")
        self.mark, self.bar = Badge("", "warning"), Bar()
        self.opened = link("", lambda: self.session.open_record(self.opened.text()))
        self.opened.hide()
        self.skips_known = QCheckBox()
        self.skips_known.setChecked(True)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        for part in (self.counted, self.name, self.mark, self.opened):
            row.addWidget(part)
        row.addWidget(self.bar, 1)
        row.addWidget(self.skips_known)
        row.addWidget(self.told)
        return row

    def _left(self) -> QWidget:
        """Put roll and keys below the photo: the phrases need the whole height to say what each digit writes."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.photo, 1)
        column.addWidget(self.strip)
        column.addWidget(label(_KEYS, "caption", wrap=True))
        return made

    def _side(self) -> QWidget:
        """One row of buttons, their keys below the photo: two rows would push the ninth phrase out of sight."""
        self.tools = [
            button("登记", kind="primary", name="check"),
            button("跳过"),
            button("同一处", kind="quiet"),
            button("整改后照片", kind="quiet"),
        ]
        flow = FlowLayout(spacing=px(6))
        for each in self.tools:
            flow.addWidget(each)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(8))
        column.addWidget(self.fields)
        column.addStretch(1)
        made = card(scrolled(inside), flow)
        made.setMinimumWidth(px(352))
        return made


def _press(action: Callable[[], object], _: object = None) -> None:
    action()
