"""One photo after another: Enter makes a draft, digits write what is written most, the next picture is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from ankang_desktop.actions import intake
from ankang_desktop.actions.files import File
from ankang_desktop.actions.hazards import HAZARD
from ankang_desktop.actions.intake import Phrases, Roll, Shot, Taken
from ankang_desktop.desktop.evidence.slots import paths_of
from ankang_desktop.desktop.form.boxes import FieldBox
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.screens.intake.begin import Begin
from ankang_desktop.desktop.screens.intake.bench import Bench
from ankang_desktop.desktop.screens.intake.pictures import Preloader
from ankang_desktop.desktop.screens.intake.roll import Course
from ankang_desktop.desktop.screens.intake.strip import ShotsModel, State
from ankang_desktop.desktop.screens.intake.summary import Summary
from ankang_desktop.desktop.screens.intake.writer import Write, Writer
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button
from ankang_desktop.desktop.work import Latest, Turns
from ankang_desktop.kernel.errors import Refused
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.journal import Changes

_BEGIN, _BENCH, _END = range(3)
_K = Qt.Key
_NO_PHOTOS = "这里没有照片"


class IntakePage(Page):
    """Made anew for every visit; `show_with(folder=…)` begins at once."""

    title = "随手拍"
    hint = "手机照片变成隐患草稿，一张一两个键"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAcceptDrops(True)
        self.roll = Roll((), ())
        self.course = Course(ShotsModel(self))
        self.preloader, self.writer = Preloader(session, self), Writer(session, self)
        self._drafts: dict[int, dict[str, Any]] = {}
        self._checking = Latest(session.work)
        self.begin = Begin(session)
        self.begin.chosen.connect(self.look)
        self.choose = button("选择照片文件夹(&O)", self.begin.ask_folder, name="folder-open")
        self.add_head(button("隐患看板", partial(session.go, "hazards"), kind="quiet", name="arrow-left"), self.choose)
        self.bench = Bench(session, self.course.model, self.command)
        self.summary = Summary(session)
        self.stack = QStackedWidget()
        self._turns = Turns(self)
        for part in (self.begin, self.bench, self.summary):
            self._turns.add(partial(self.stack.addWidget, part))
        self._turns.take_one()
        self.column.addWidget(self.stack, 1)
        self._connect()
        self.begins_at = self.choose

    # --- what is asked of a page -------------------------------------------------------------------------------

    def show_with(self, folder: str = "", **_: Any) -> None:
        """Begin with a folder."""
        if folder:
            self.look([Path(folder)])

    def is_touched_by(self, changes: Changes) -> bool:
        return bool({HAZARD, "evidence_link", "record"} & changes.tables)

    def refresh(self) -> None:
        """Look whether what was taken still stands: a step may have been undone."""
        pairs, app = list(self.course.pairs().values()), self.session.app
        if pairs:
            self._checking.run(lambda _: intake.still_there(app, pairs), self._checked)

    def may_leave(self) -> bool:
        """Leave freely: what was taken is kept, what was not is still in its folder and is known again by its hash."""
        return self._is_written("再离开")

    def _is_written(self, before_what: str) -> bool:
        """Say whether all that was taken is written: what is told of a photo goes by its place in this roll."""
        if self.writer.is_busy:
            self.session.door.say(f"还有照片正在登记，请稍等一下{before_what}", "", "info")
        return not self.writer.is_busy

    @property
    def at(self) -> int:
        """The place of the photo in hand."""
        return self.course.at

    @property
    def taken(self) -> dict[int, Taken]:
        """What the photos became, by place."""
        return self.course.taken

    @property
    def boxes(self) -> dict[str, FieldBox]:
        """The fields of the draft."""
        return self.bench.fields.boxes

    # --- choosing ----------------------------------------------------------------------------------------------

    def look(self, paths: Sequence[Path]) -> None:
        """Look through folders and files, off the GUI thread."""
        app = self.session.app

        def looked(progress: Progress) -> tuple[Roll, Phrases]:
            return intake.look_through(app, paths, progress), intake.phrases(app)

        self.session.work.run(looked, self._found, text="查看照片")
        window: Any = self.window()
        if len(paths) == 1 and hasattr(window, "rename_place"):
            window.rename_place(self, {"folder": str(paths[0])})  # coming back goes on with the same folder

    def _found(self, found: tuple[Roll, Phrases]) -> None:
        roll, known = found
        if roll.left_out:
            self.session.door.say("；".join(roll.left_out[:3]), "", "info")
        if not roll.shots:
            self.session.door.say(_NO_PHOTOS, "请选择放手机照片的文件夹（jpg、png）", "warning")
            return
        self.session.door.unsay(_NO_PHOTOS)
        self.roll = roll
        self.bench.phrases.put(known)
        self._open_roll(self.roll.shots)

    def _open_roll(self, shots: Sequence[Shot]) -> None:
        if not self._is_written("再换照片"):
            return
        self._drafts = {}
        self.course.begin(shots)
        self.preloader.begin([shot.path for shot in shots])
        known = self.course.model.count(State.known)
        self.bench.begin(len(shots), known)
        self.course.skips_known = self.bench.skips_known.isChecked() and 0 < known < len(shots)
        self._turns.finish()
        self.stack.setCurrentIndex(_BENCH)
        self._go(self.course.next_from(0))

    # --- commands ----------------------------------------------------------------------------------------------

    def command(self, event: QKeyEvent) -> bool:
        """Answer a key pressed on the photo; says whether it is one of ours."""
        key = event.key()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if _K.Key_1 <= key <= _K.Key_9:
            self.phrase(key - _K.Key_0)
            return True
        act = self._commands().get(_K(key))
        if act is not None:
            act()
        return act is not None

    def _commands(self) -> dict[Qt.Key, Callable[[], object]]:
        fields, phrases = self.bench.fields, self.bench.phrases
        return {
            _K.Key_Return: self.take,
            _K.Key_Enter: self.take,
            _K.Key_Space: self.skip,
            _K.Key_Right: self.skip,
            _K.Key_Left: self.back,
            _K.Key_M: self.same_as_before,
            _K.Key_A: self.after_photo,
            _K.Key_D: lambda: self._offer("description", phrases.kind == "description"),
            _K.Key_P: lambda: self._offer("place", phrases.kind == "place"),
            _K.Key_T: lambda: self._offer("team", phrases.kind == "team"),
            _K.Key_R: fields.boxes["reporter"].editor.setFocus,
            _K.Key_L: fields.boxes["level"].editor.setFocus,
            _K.Key_Z: self.enlarge,
        }

    def _offer(self, kind: str, is_offered: bool) -> None:  # noqa: FBT001 - said twice means typed by hand
        if is_offered:
            self.boxes[kind].editor.setFocus()
        else:
            self.bench.phrases.offer(kind)

    def phrase(self, digit: int) -> None:
        """Write one of the phrases offered."""
        self.bench.phrases.pick(digit)

    def take(self) -> None:
        """Make the draft of this photo and go on."""
        shot, at = self.course.shot(), self.course.at
        if shot is None or self.course.is_done(at):
            self.skip()
            return
        values = self.bench.fields.values()
        if values is None:
            return
        self._drafts[at] = values
        self.course.words[at] = values["description"]
        app = self.session.app
        self._write(at, lambda _: intake.draft_hazard(app, shot, values))

    def same_as_before(self) -> None:
        """Attach this photo to the hazard of the photo taken last."""
        last = self.course.last
        if last is None or not self.course.is_done(last):
            self.session.door.say("前面还没有登记过隐患", "先登记一张，再用“同一处”", "warning")
            return
        self.course.words[self.at] = self.course.words.get(last, "")
        self._hang(lambda: self.taken[last].number, "before")

    def after_photo(self) -> None:
        """Attach this photo as the 整改后照片 of a hazard chosen by typing."""
        from ankang_desktop.desktop.screens.intake.choose import AfterDialog

        if self.course.shot() is not None:
            dialog = AfterDialog(self.session, self)
            dialog.chosen.connect(lambda number: self._hang(lambda: number, "after"))
            dialog.open()

    def skip(self) -> None:
        """Go on without taking this photo; past the last one the summary stands."""
        if self.course.shot() is not None:
            self.course.skip()
            self._go(self.course.next_from(self.at + 1))

    def back(self) -> None:
        """Go back to the photo before."""
        before = self.course.next_from(self.at - 1, -1)
        if before >= 0:
            self._go(before)

    def enlarge(self) -> None:
        """Look at the photo large."""
        from ankang_desktop.desktop.evidence.viewer import open_viewer

        shot = self.course.shot()
        if shot is not None:
            path = str(shot.path)
            file = File(-1, "", "before", "整改前照片", shot.sha256, shot.path.name, "image/jpeg", 0, path=path)
            open_viewer(self.session, [file], 0, self)

    def look_again(self) -> None:
        """Look once more at what was skipped."""
        if left := self.course.left():
            self._open_roll(left)

    # --- writing -----------------------------------------------------------------------------------------------

    def _hang(self, number: Callable[[], str], slot: str) -> None:
        shot, at, app = self.course.shot(), self.at, self.session.app
        if shot is None or self.course.is_done(at):
            return
        self._write(at, lambda progress: intake.hang_on(app, number(), shot, slot, progress))

    def _write(self, at: int, write: Write) -> None:
        self.course.model.set_state(at, State.writing)
        self.course.last = at
        self.writer.add(at, write)
        self._go(self.course.next_from(at + 1))

    def _wrote(self, at: int, taken: Taken) -> None:
        self.course.took(at, taken)
        if taken.warnings:
            self.session.door.say(f"{taken.number}：{taken.warnings[0]}", "", "warning")
        self._told()

    def _not_written(self, at: int, error: BaseException) -> None:
        self.course.model.set_state(at, State.failed)
        if isinstance(error, Refused) and at in self._drafts:
            self._go(at)
            self.bench.fields.show_problems(list(error.problems))
        else:
            self.session.door.show(error)
        self._told()

    def _checked(self, still: set[tuple[int, str]]) -> None:
        if not self.writer.is_busy and self.course.undone(still):
            self._told()

    # --- showing -----------------------------------------------------------------------------------------------

    def _go(self, at: int) -> None:
        if at >= len(self.course.shots):
            self._end()
            return
        hand = self.bench.hand()
        self.course.at = at
        shot = self.course.shots[at]
        if at in self._drafts:
            self.bench.fields.put(self._drafts[at])
        elif not self.course.is_done(at):
            self.bench.fields.begin(shot.taken_on)
        self.preloader.stand_at(at)
        self._show_picture(at)
        self._told()
        self.bench.take_hand(hand)

    def _told(self) -> None:
        """Show what became of the photo in hand, and how far the roll is."""
        if self.stack.currentIndex() == _END:
            if not self.writer.is_busy:
                self._end()
        elif (shot := self.course.shot()) is not None:
            self.bench.show_shot(self.at, shot, self.taken.get(self.at))

    def _show_picture(self, at: int) -> None:
        if at == self.at and self.stack.currentIndex() == _BENCH:
            made = self.preloader.made
            self.bench.photo.show_picture(made.get(at), "这不是有效的照片，按空格跳过" if at in made else "正在打开…")

    def _end(self) -> None:
        self.stack.setCurrentIndex(_END)
        model = self.course.model
        self.summary.show_end(self.course.became(), model.count(State.skipped), model.count(State.failed))
        if waiting := model.count(State.writing):
            self.summary.told.setText(f"还有 {waiting} 张正在登记…")
        if not self.summary.view.hasFocus():
            self.summary.board.setFocus()

    # --- laying out --------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        bench = self.bench
        self.preloader.arrived.connect(self._show_picture)
        self.writer.taken.connect(self._wrote)
        self.writer.failed.connect(self._not_written)
        bench.phrases.picked.connect(bench.fields.set_value)
        bench.fields.enter.connect(self.take)
        bench.strip.wanted.connect(self._go)
        bench.photo.enlarge_wanted.connect(self.enlarge)
        bench.skips_known.toggled.connect(self._skips)
        bench.connect_tools(self.take, self.skip, self.same_as_before, self.after_photo)
        self.summary.again_wanted.connect(self.look_again)
        self.summary.other_wanted.connect(self.begin.ask_folder)
        keys: dict[str, Callable[[], object]] = {
            "PgDown": self.skip,
            "PgUp": self.back,
            "F2": self.same_as_before,
            "F3": self.after_photo,
            "Esc": bench.photo.setFocus,
        }
        keys |= {f"Alt+{digit}": partial(self.phrase, digit) for digit in range(1, 10)}
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _skips(self, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's own shape
        self.course.skips_known = is_wanted

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.look(paths_of(event.mimeData()))
        event.acceptProposedAction()
