"""One photo after another: Enter makes a draft, the digits write what is written most, the next picture is there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.actions import intake
from ankang_desktop.actions.intake import Phrases, Roll, Shot, Taken
from ankang_desktop.desktop.evidence.pictures import picture_of
from ankang_desktop.desktop.evidence.slots import paths_of
from ankang_desktop.desktop.form.boxes import FieldBox
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, EmptyState, button, card, clear, label, link, scrolled
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import AnkangError, Problem, Refused
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.store.journal import Changes

_FIELDS = ("found_on", "place", "description", "team", "reporter", "anonymous", "level")
_PIXELS = 1400
_AHEAD = 3
_KEYS = "Enter 登记　PgDn 跳过　PgUp 上一张　F2 与上一张是同一处隐患　F3 是某条隐患的整改后照片　Alt+1…9 常用描述"


class IntakePage(Page):
    """Made anew for every folder; `show_with(folder=…)` begins at once."""

    title = "随手拍"
    hint = "手机照片变成隐患草稿，每张几秒"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAcceptDrops(True)
        self.roll: Roll = Roll((), ())
        self.at = -1
        self.taken: dict[int, Taken] = {}
        self._last: Taken | None = None
        self._pictures: dict[int, QPixmap | None] = {}
        self._asked: set[int] = set()
        self._phrases: Phrases | None = None
        self._looking, self._asking = Latest(session.work), Latest(session.work)
        self.add_head(button("选照片文件夹(&O)", self.choose_folder, kind="primary", name="folder-open"))
        self.stack = QStackedWidget()
        begin = EmptyState(
            "camera", "把手机照片的文件夹拖到这里", "日期取自照片或文件名；已经用过的照片会标出来，可以跳过"
        )
        self.stack.addWidget(begin)
        self.stack.addWidget(self._work())
        self.stack.addWidget(self._summary())
        self.column.addWidget(self.stack, 1)
        for key, action in (
            ("PgDown", self.skip),
            ("PgUp", self.back),
            ("F2", self.same_as_before),
            ("F3", self.after_photo),
            ("Ctrl+Return", self.take),
        ):
            self._shortcut(key, action)
        for digit in range(1, 10):
            self._shortcut(f"Alt+{digit}", partial(self.phrase, digit))

    def is_touched_by(self, changes: Changes) -> bool:
        return False

    def show_with(self, folder: str = "", **_: Any) -> None:
        if folder:
            self.look([Path(folder)])

    def may_leave(self) -> bool:
        """Leave freely: what was taken is saved, what was not is still in its folder."""
        return True

    # --- doing -------------------------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Ask for the folder of photos."""
        name = QFileDialog.getExistingDirectory(self, "选择照片所在的文件夹")
        if name:
            self.look([Path(name)])

    def look(self, paths: Sequence[Path]) -> None:
        """Look through folders and files, off the GUI thread."""
        app = self.session.app
        self.session.work.run(
            lambda progress: (intake.look_through(app, paths, progress), intake.phrases(app)),
            self._found,
            text="查看照片",
        )

    def take(self) -> None:
        """Make the draft of this photo and go on."""
        shot = self._shot()
        if shot is None or self.at in self.taken:
            self.skip()
            return
        if misread := [Problem(key, text) for key, box in self.boxes.items() if (text := box.misread())]:
            self._refuse(misread)
            return
        values = {key: box.editor.value() for key, box in self.boxes.items()}
        try:
            self.session.work.refuse_writing()
            taken = intake.draft_hazard(self.session.app, shot, values)
        except Refused as refused:
            self._refuse(list(refused.problems))
            return
        except AnkangError as error:
            self.session.door.show(error)
            return
        self._keep(taken)

    def same_as_before(self) -> None:
        """Attach this photo to the hazard of the photo before."""
        shot, last = self._shot(), self._last
        if shot is None or last is None:
            self.session.door.say("前面还没有登记过隐患", "先登记一张，再用 F2", "warning")
            return
        self._hang(last.number, "before", shot)

    def after_photo(self) -> None:
        """Attach this photo as the 整改后照片 of a hazard chosen from those that want one."""
        from PySide6.QtWidgets import QInputDialog

        shot = self._shot()
        found = intake.waiting_for_photo(self.session.app, "", 40)
        if shot is None or not found:
            self.session.door.say("没有等着整改后照片的隐患", "", "info")
            return
        words = [f"{each.name}　{each.detail}" for each in found]
        chosen, is_chosen = QInputDialog.getItem(
            self, "整改后照片", "这张是哪条隐患整改后的照片？", words, 0, editable=True
        )
        if is_chosen and chosen in words:
            self._hang(found[words.index(chosen)].name, "after", shot)

    def skip(self) -> None:
        """Go on without taking this photo; past the last one the summary stands."""
        self._go(self.at + 1)

    def back(self) -> None:
        """Go back to the photo before."""
        self._go(max(0, self.at - 1))

    def phrase(self, digit: int) -> None:
        """Write one of the phrases written most."""
        known = self._phrases.descriptions if self._phrases else ()
        if digit <= len(known):
            self.boxes["description"].editor.set_value(known[digit - 1])
            self.boxes["description"].show_problem("")

    # --- inside ------------------------------------------------------------------------------------------------

    def _found(self, found: tuple[Roll, Phrases]) -> None:
        self.roll, self._phrases = found
        self.taken, self._pictures, self._asked, self._last = {}, {}, set(), None
        if self.roll.left_out:
            self.session.door.say(f"有 {len(self.roll.left_out)} 个文件不是照片，没有列入", "", "info")
        if not self.roll.shots:
            self.session.door.say("这里没有照片", "请选择放手机照片的文件夹（jpg、png）", "warning")
            return
        self.strip.clear()
        self.strip.addItems([shot.path.name for shot in self.roll.shots])
        clear(self._phrase_row)
        for digit, words in enumerate(self._phrases.descriptions, 1):
            each = button(f"{digit} {words}", partial(self.phrase, digit), kind="chip")
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._phrase_row.addWidget(each)
        self.bar.setRange(0, len(self.roll.shots))
        self._go(0)

    def _go(self, at: int) -> None:
        if at >= len(self.roll.shots):
            self._end()
            return
        self.at = at
        self.stack.setCurrentIndex(1)
        shot = self.roll.shots[at]
        self.counted.setText(f"{at + 1} / {len(self.roll.shots)}　{shot.path.name}")
        self.bar.setValue(len(self.taken))
        self.strip.setCurrentRow(at)
        known = self.taken.get(at)
        words = f"已登记 {known.number}" if known else self._known_words(shot)
        self.mark.set_text(words, "good" if known else "warning")
        self.mark.setVisible(bool(words))
        if not known:
            self._begin(shot)
        self._show_picture()
        for ahead in range(at, min(at + _AHEAD, len(self.roll.shots))):
            self._want(ahead)
        self.boxes["description"].editor.setFocus()

    def _known_words(self, shot: Shot) -> str:
        if shot.used_by:
            return f"已用于 {shot.used_by[0]}，按 PgDn 跳过"
        return f"与 {shot.twin} 是同一张，按 PgDn 跳过" if shot.twin else ""

    def _begin(self, shot: Shot) -> None:
        """Prefill: the photo's day; place, team and finder stay as on the photo before; the words are new."""
        self.boxes["found_on"].editor.set_value(shot.taken_on or self.session.app.clock.today())
        self.boxes["description"].editor.set_value(None)
        for box in self.boxes.values():
            box.show_problem("")

    def _hang(self, number: str, slot: str, shot: Shot) -> None:
        taken = self.session.do(partial(intake.hang_on, self.session.app, number, shot, slot, Quiet()))
        if taken is not None:
            self._keep(taken)

    def _keep(self, taken: Taken) -> None:
        self.taken[self.at] = taken
        self._last = taken
        item = self.strip.item(self.at)
        item.setText(f"✓ {taken.number}　{self.roll.shots[self.at].path.name}")
        if taken.warnings:
            self.session.door.say(f"{taken.number}：{taken.warnings[0]}", "", "warning")
        self._go(self.at + 1)

    def _refuse(self, problems: list[Problem]) -> None:
        for key, box in self.boxes.items():
            box.show_problem("；".join(each.text for each in problems if each.field == key))
        wrong = next((box for key, box in self.boxes.items() if any(each.field == key for each in problems)), None)
        if wrong is not None:
            wrong.editor.setFocus()

    def _shot(self) -> Shot | None:
        return self.roll.shots[self.at] if 0 <= self.at < len(self.roll.shots) else None

    def _want(self, at: int) -> None:
        if at in self._pictures or at in self._asked:
            return
        self._asked.add(at)
        path, shots = self.roll.shots[at].path, self.roll
        self.session.work.run(lambda _: picture_of(path, _PIXELS), partial(self._arrived, shots, at))

    def _arrived(self, roll: Roll, at: int, picture: QImage | None) -> None:
        if roll is not self.roll:
            return
        self._pictures[at] = None if picture is None else QPixmap.fromImage(picture)
        for far in [each for each in self._pictures if abs(each - self.at) > _AHEAD * 2]:
            del self._pictures[far]
            self._asked.discard(far)
        if at == self.at:
            self._show_picture()

    def _show_picture(self) -> None:
        picture = self._pictures.get(self.at)
        if picture is None:
            self.picture.setText("正在打开…" if self.at not in self._pictures else "这不是有效的照片")
            return
        room = self.picture.size() * self.devicePixelRatioF()
        fitted = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        fitted.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(fitted)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self.at >= 0:
            self._show_picture()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.stack.currentIndex() == 1:
            self.take()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.look(paths_of(event.mimeData()))

    def _end(self) -> None:
        clear(self._list)
        numbers = list(dict.fromkeys(each.number for each in self.taken.values()))
        skipped = len(self.roll.shots) - len(self.taken)
        told = f"登记和补充了 {len(numbers)} 条隐患，跳过 {skipped} 张照片"
        self._list.addWidget(label(told, "subtitle"))
        self._list.addWidget(label("每一条都可以单独撤销（Ctrl+Z），草稿在“已登记”一栏等着定级", "soft"))
        for number in numbers[:60]:
            self._list.addWidget(link(number, partial(self.session.open_record, number)))
        self._list.addWidget(button("看全部已登记的隐患", partial(self.session.go, "hazards"), kind="primary"))
        self._list.addStretch(1)
        self.stack.setCurrentIndex(2)

    # --- laying out --------------------------------------------------------------------------------------------

    def _work(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        self.counted, self.bar, self.mark = label("", "strong"), QProgressBar(), Badge("", "warning")
        self.bar.setTextVisible(False)
        head.addWidget(self.counted)
        head.addWidget(self.mark)
        head.addWidget(self.bar, 1)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.strip = QListWidget()
        self.strip.setFixedWidth(px(170))
        self.strip.setAccessibleName("照片")
        self.strip.itemActivated.connect(lambda item: self._go(self.strip.row(item)))
        self.strip.itemClicked.connect(lambda item: self._go(self.strip.row(item)))
        row.addWidget(self.strip)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumSize(px(300), px(240))
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        row.addWidget(self.picture, 3)
        row.addWidget(scrolled(self._fields()), 2)
        column.addLayout(row, 1)
        column.addWidget(label(_KEYS, "caption", wrap=True))
        return part

    def _fields(self) -> QWidget:
        fields = self.session.app.ledgers["hazard"].fields
        self.boxes = {key: FieldBox(fields[key], self.session) for key in _FIELDS}
        grid = QGridLayout()
        grid.setVerticalSpacing(px(8))
        for row, box in enumerate(self.boxes.values()):
            grid.addWidget(box, row, 0)
        self._phrase_row = QVBoxLayout()
        self._phrase_row.setSpacing(px(4))
        take = button("登记，下一张 (Enter)", self.take, kind="primary")
        skip = button("跳过 (PgDn)", self.skip)
        tools = QHBoxLayout()
        tools.addWidget(take)
        tools.addWidget(skip)
        tools.addStretch(1)
        return card(grid, tools, label("常用描述", "caption"), self._phrase_row)

    def _summary(self) -> QWidget:
        part = QWidget()
        self._list = QVBoxLayout(part)
        return scrolled(part)

    def _shortcut(self, key: str, action: Any) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)
