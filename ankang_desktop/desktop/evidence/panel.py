"""The evidence of a record: dropped, pasted, chosen, used again; described, moved, removed; waiting for a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions import filing
from ankang_desktop.actions.files import File, Looked, look_at, places_of, shelf_of
from ankang_desktop.actions.filing import Filed
from ankang_desktop.desktop.evidence.inspector import Inspector
from ankang_desktop.desktop.evidence.pasting import pasted
from ankang_desktop.desktop.evidence.slots import SlotView
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.scratch import Scratch
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, clear, icon_button, label, scrolled
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.text import safe_file_name
from ankang_desktop.store.evidence import Use
from ankang_desktop.store.journal import Changes


class EvidencePanel(QWidget):
    """The files of one record by slot. `changed` tells that the waiting files of a new record are others now."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.ledger_key = self.number = ""
        self.slots: dict[str, SlotView] = {}
        self._waiting: list[File] = []
        self._uses: dict[int, Use] = {}
        self._is_read_only = False
        self._latest = Latest(session.work)
        self._scratch = Scratch()
        self._build()
        session.changed.connect(self._touched)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_record(self, ledger_key: str, number: str) -> None:
        """Show a record's files; without a number those that wait for a new record of the ledger."""
        if ledger_key != self.ledger_key:
            self._make_slots(ledger_key)
        self.ledger_key, self.number = ledger_key, number
        self.reload()

    def reload(self) -> None:
        """Read the files again."""
        if not self.number:
            self._show(self._waiting)
            return
        app, number = self.session.app, self.number
        self._latest.run(lambda _: shelf_of(app, number).files, self._show)

    def pending(self) -> list[tuple[Path, Use]]:
        """Return the files that wait for the record to be saved, each with how it will be used."""
        return [
            (Path(each.path), Use(each.slot, each.caption or None, each.day, each.box or None, each.page or None))
            for each in self._waiting
        ]

    def clear_pending(self) -> None:
        """Forget the waiting files."""
        if self._waiting:
            self._waiting = []
            self.reload()

    def set_read_only(self, is_read_only: bool) -> None:  # noqa: FBT001 - the one thing that is said
        """Let the files be looked at only."""
        self._is_read_only = is_read_only
        self._tools.setVisible(not is_read_only)
        self.inspector.set_read_only(is_read_only=is_read_only)
        for slot in self.slots.values():
            slot.set_read_only(is_read_only=is_read_only)

    def files(self) -> list[File]:
        """Return every file shown, in the order of slots."""
        return [file for slot in self.slots.values() for file in slot.model.files]

    def chosen(self) -> list[File]:
        """Return the selected files."""
        return [file for slot in self.slots.values() for file in slot.files_chosen()]

    # --- doing -------------------------------------------------------------------------------------------------

    def add(self, slot: str, paths: Sequence[Path]) -> None:
        """Add files to a slot, off the GUI thread, as one step; for a new record they wait."""
        app, number = self.session.app, self.number
        if not number:
            self._look(slot, paths)
            return
        given = [(path, Use(slot)) for path in paths]
        self._file(lambda progress: filing.attach_many(app, number, given, progress), f"添加 {len(paths)} 个文件")

    def choose_files(self, slot: str = "") -> None:
        """Ask for files, several at once."""
        from ankang_desktop.desktop.paper.targets import keep_folder, last_folder

        names, _ = QFileDialog.getOpenFileNames(self, "添加佐证（可多选）", str(last_folder(self.session)))
        if names:
            keep_folder(self.session, Path(names[0]))
            self.add(slot or self._first_slot(), [Path(name) for name in names])

    def paste(self) -> None:
        """Add what the clipboard holds: copied files, or a picture as a PNG named by its moment."""
        try:
            self.add(self._slot_in_hand(), pasted(self.session, self._scratch.folder))
        except AnkangError as error:
            self.session.door.show(error, again=self.paste)

    def reuse(self) -> None:
        """Choose among all evidence of the workspace."""
        from ankang_desktop.desktop.evidence.reuse import ReuseDialog

        if not self.number:
            self.session.door.say("请先保存这条记录", "保存后就能使用已有的佐证", "info")
            return
        dialog = ReuseDialog(self.session, self)
        dialog.taken.connect(self._reattach)
        dialog.open()

    def remove(self) -> None:
        """Take the selected files off the record."""
        links = [file.link for file in self.chosen()]
        if not links or self._is_read_only:
            return
        if not self.number:
            self._waiting = [each for each in self._waiting if each.link not in links]
            self._waited()
            return
        self._do(partial(filing.detach_many, self.session.app, self.number, links), f"已移除 {len(links)} 个文件")

    def open_viewer(self, file: File) -> None:
        """Look at a file large, the others to its sides."""
        from ankang_desktop.desktop.evidence.viewer import open_viewer

        files = self.files()
        open_viewer(self.session, files, files.index(file), self)

    def open_outside(self) -> None:
        """Open the selected file with the system's program, as a copy under its right name."""
        for file in self.chosen()[:1]:
            target = self._scratch.folder / safe_file_name(file.name)
            if self._copy(file, target):
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    def save_as(self) -> None:
        """Save the selected file under a name of the person's."""
        from ankang_desktop.desktop.paper.targets import keep_folder, last_folder, say_written

        for file in self.chosen()[:1]:
            proposed = last_folder(self.session) / safe_file_name(file.name)
            name, _ = QFileDialog.getSaveFileName(self, "另存佐证", str(proposed))
            if name and self._copy(file, Path(name)):
                keep_folder(self.session, Path(name))
                say_written(self.session, "已另存", Path(name))

    # --- inside ------------------------------------------------------------------------------------------------

    def _file(self, work: Callable[[Any], Filed], text: str) -> None:
        try:
            self.session.work.run(work, self._filed, text=text, writes=True)
        except Exception as error:  # noqa: BLE001 - another job is writing: said by the door
            self.session.door.show(error)

    def _filed(self, filed: Filed) -> None:
        odd = [*filed.refused, *filed.warnings, *filed.shared]
        told = f"已添加 {len(filed.added)} 个文件" if filed.added else "没有添加文件"
        undo = (("撤销", self.session.undo),) if filed.added else ()
        self.session.door.say(
            f"{told}{'：' if odd else ''}{'；'.join(odd[:4])}", "", "warning" if odd else "good", *undo
        )

    def _reattach(self, digests: list[str]) -> None:
        app, number, slot = self.session.app, self.number, self._slot_in_hand()
        self._file(lambda progress: filing.reattach(app, number, digests, slot, progress), "使用已有佐证")

    def _look(self, slot: str, paths: Sequence[Path]) -> None:
        app, key = self.session.app, self.ledger_key
        self.session.work.run(
            lambda progress: look_at(app, key, slot, paths, progress), self._looked, text=f"查看 {len(paths)} 个文件"
        )

    def _looked(self, looked: Looked) -> None:
        known = {each.sha256 for each in self._waiting}
        fresh = [each for each in looked.files if each.sha256 not in known]
        first = min((each.link for each in self._waiting), default=0)
        self._waiting += [replace(each, link=first - place) for place, each in enumerate(fresh, 1)]
        twice = [f"“{each.name}”已经在等候" for each in looked.files if each.sha256 in known]
        shared = [filing.used_elsewhere(each.name, each.also) for each in fresh if each.also]
        if odd := [*looked.refused, *twice, *shared]:
            self.session.door.say("；".join(odd[:4]), "", "warning")
        self._waited()

    def _waited(self) -> None:
        self._show(self._waiting)
        self.changed.emit()

    def _moved(self, slot: str, links: list[int]) -> None:
        if not self.number:
            self._waiting = [replace(each, slot=slot) if each.link in links else each for each in self._waiting]
            self._waited()
            return
        title = self.slots[slot].place.title
        self._do(partial(filing.move_slot, self.session.app, self.number, links, slot), f"已移到“{title}”")

    def _described(self, said: dict[str, Any]) -> None:
        file = self.inspector.file
        if file is None:
            return
        if not self.number:
            changed = replace(file, **said)
            self._waiting = [changed if each.link == file.link else each for each in self._waiting]
            self._waited()
            return
        self._do(partial(filing.redescribe, self.session.app, self.number, [file.link], said), "已保存佐证说明")

    def _do(self, action: Callable[[], object], told: str) -> None:
        def act() -> bool:
            action()
            return True

        if self.session.do(act):
            self.session.done(told)

    def _touched(self, changes: Changes) -> None:
        if self.number and {"evidence_link", "record"} & changes.tables:
            self.reload()

    def _show(self, files: Sequence[File]) -> None:
        for key, slot in self.slots.items():
            slot.put([file for file in files if file.slot == key])
        self._choose("")
        self._none.setVisible(not files and not self._is_read_only)

    def _choose(self, key: str) -> None:
        for other, slot in self.slots.items():
            if key and other != key and slot.files_chosen() and self.slots[key].files_chosen():
                slot.list.clearSelection()
        chosen = self.chosen()
        self.inspector.show_file(chosen[0] if len(chosen) == 1 else None)
        for each in self._with_chosen:
            each.setEnabled(bool(chosen))

    def _first_slot(self) -> str:
        return next(iter(self.slots))

    def _slot_in_hand(self) -> str:
        """Return the slot of the selected file, else the one that has the focus, else the first."""
        chosen = self.chosen()
        focused = next((key for key, slot in self.slots.items() if slot.list.hasFocus()), "")
        return chosen[0].slot if chosen else focused or self._first_slot()

    def _copy(self, file: File, target: Path) -> bool:
        if file.path:
            self.session.door.say("这个文件还没有存进来", f"它在 {file.path}", "info")
            return False

        def act() -> bool:
            filing.save_copy(self.session.app, file.sha256, target)
            return True

        return bool(self.session.do(act))

    # --- laying out --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(8), 0, 0)
        column.setSpacing(px(8))
        self._tools = QWidget()
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(button("添加(&F)", self.choose_files, name="photo-plus"))
        row.addWidget(button("粘贴", self.paste, kind="quiet", name="clipboard"))
        row.addWidget(button("用已有的", self.reuse, kind="quiet", name="link"))
        row.addStretch(1)
        self._with_chosen = [
            icon_button("external-link", "用其他程序打开", self.open_outside),
            icon_button("download", "另存为", self.save_as),
            icon_button("trash", "移除所选 (Delete)", self.remove),
        ]
        for each in self._with_chosen:
            row.addWidget(each)
        column.addWidget(self._tools)
        self._none = label(
            "把照片、扫描件拖到这里；从微信复制的图片按 Ctrl+V。日期取自照片或文件名。", "caption", wrap=True
        )
        column.addWidget(self._none)
        inside = QWidget()
        self._slots = QVBoxLayout(inside)
        self._slots.setContentsMargins(0, 0, px(6), 0)
        self._slots.setSpacing(px(12))
        column.addWidget(scrolled(inside), 1)
        self.inspector = Inspector(self.session)
        self.inspector.said.connect(self._described)
        column.addWidget(self.inspector)
        paste = QShortcut(QKeySequence.StandardKey.Paste, self)
        paste.activated.connect(self.paste)

    def _make_slots(self, ledger_key: str) -> None:
        clear(self._slots)
        self.slots = {}
        for place in places_of(self.session.app.ledgers[ledger_key]):
            slot = SlotView(self.session, place)
            slot.dropped.connect(self.add)
            slot.moved_here.connect(self._moved)
            slot.chosen.connect(self._choose)
            slot.opened.connect(self.open_viewer)
            slot.remove_wanted.connect(self.remove)
            slot.add_wanted.connect(self.choose_files)
            self.slots[place.key] = slot
            self._slots.addWidget(slot)
        self._slots.addStretch(1)
