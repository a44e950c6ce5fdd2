"""The evidence of a record: dropped, pasted, chosen, used again; described, moved, removed; waiting for a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from ankang_desktop.actions import filing
from ankang_desktop.actions.files import File, Kept, Looked, Shelf, look_at, places_of, shelf_if_there
from ankang_desktop.actions.filing import Filed
from ankang_desktop.desktop.evidence.adding import Adding
from ankang_desktop.desktop.evidence.copies import Copies
from ankang_desktop.desktop.evidence.inspector import Inspector
from ankang_desktop.desktop.evidence.parts import DateWarning, Entry, Tools, bring_into_sight, menu_of
from ankang_desktop.desktop.evidence.pasting import clipboard, take
from ankang_desktop.desktop.evidence.slots import SlotView, is_welcome
from ankang_desktop.desktop.evidence.waiting import Waiting
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.targets import keep_folder, last_folder
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import clear, label, scrolled
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import AnkangError
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
        self.waiting = Waiting()
        self.is_read_only = False
        self._record = 0
        self._fresh: list[int] = []
        self._latest = Latest(session.work)
        self._adding = Adding(session, self)
        self._adding.filed.connect(self._filed)
        self.setAcceptDrops(True)
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
            self._latest.stop()
            self._show(self.waiting.files)
            return
        app, number = self.session.app, self.number
        self._latest.run(lambda _: shelf_if_there(app, number), self._loaded)

    def pending(self) -> list[tuple[Path, Use]]:
        """Return the files that wait for the record to be saved, each with how it will be used."""
        if self.waiting.files:
            self.inspector.save()
        return self.waiting.uses()

    def clear_pending(self) -> None:
        """Forget the waiting files."""
        if self.waiting.files:
            self.waiting = Waiting()
            self.reload()

    def raw(self) -> list[dict[str, Any]]:
        """Return the waiting files as JSON can hold them."""
        return self.waiting.raw()

    def set_raw(self, raw: Sequence[dict[str, Any]]) -> list[str]:
        """Wait again for the files that raw() returned; returns the names of those that are gone."""
        gone = self.waiting.set_raw(raw) if not self.number else []
        if raw and not self.number:
            self._waited()
        return gone

    def set_read_only(self, is_read_only: bool) -> None:  # noqa: FBT001 - the one thing that is said
        """Let the files be looked at only."""
        self.is_read_only = is_read_only
        self.setAcceptDrops(not is_read_only)
        self.tools.set_read_only(is_read_only=is_read_only)
        self.inspector.set_read_only(is_read_only=is_read_only)
        for slot in self.slots.values():
            slot.set_read_only(is_read_only=is_read_only)

    def files(self) -> list[File]:
        """Return every file shown, in the order of slots."""
        return [file for slot in self.slots.values() for file in slot.model.files]

    def chosen(self) -> list[File]:
        """Return the selected files."""
        return [file for slot in self.slots.values() for file in slot.files_chosen()]

    # --- adding ------------------------------------------------------------------------------------------------

    def add(self, slot: str, paths: Sequence[Path]) -> None:
        """Add files (or folders of them) to a slot, off the GUI thread, as one step; for a new record they wait."""
        app, number, key = self.session.app, self.number, self.ledger_key
        if self.is_read_only or not paths:
            return
        if number:
            self._adding.attach(number, slot, paths)
        else:
            self.session.work.run(
                lambda progress: look_at(app, key, slot, paths, progress),
                self._looked,
                text=f"查看 {len(paths)} 个文件",
            )

    def choose_files(self, slot: str = "") -> None:
        """Ask for files, several at once."""
        wanted = slot or self._slot_in_hand()
        title = f"添加到“{self.slots[wanted].place.title}”（可多选）"
        names, _ = QFileDialog.getOpenFileNames(self, title, str(last_folder(self.session)))
        if names:
            keep_folder(self.session, Path(names[0]))
            self.add(wanted, [Path(name) for name in names])

    def paste(self) -> None:
        """Add what the clipboard holds: copied files, or a picture as a PNG named by its moment."""
        if not self.is_read_only:
            self._take(self._slot_in_hand(), clipboard())

    def reuse(self) -> None:
        """Choose among all evidence of the workspace."""
        from ankang_desktop.desktop.evidence.reuse import ReuseDialog

        slot = self._slot_in_hand()
        dialog = ReuseDialog(self.session, self.slots[slot].place.title, {each.sha256 for each in self.files()}, self)
        dialog.taken.connect(partial(self._reuse, slot))
        dialog.open()

    # --- doing something with the selected files ---------------------------------------------------------------

    def remove(self) -> None:
        """Take the selected files off the record."""
        links = [file.link for file in self.chosen()]
        if not links or self.is_read_only:
            return
        if not self.number:
            self.waiting.remove(links)
            self._waited()
            return
        self._do(partial(filing.detach_many, self.session.app, self.number, links), f"已移除 {len(links)} 个文件")

    def put(self, slot: str, links: Sequence[int], before: int = filing.MOST_FILES) -> None:
        """Put files into a slot, before the file that stands at a place there."""
        title = self.slots[slot].place.title
        self._fresh = list(links)
        if not self.number:
            self.waiting.move(links, slot, title, before)
            self._waited()
            return
        known = {file.link: file.slot for file in self.files()}
        told = f"已移到“{title}”" if any(known.get(each) != slot for each in links) else f"已调整“{title}”的顺序"
        self._do(partial(filing.move_slot, self.session.app, self.number, links, slot, before), told)

    def open_viewer(self, file: File) -> None:
        """Look at a file large, the others to its sides."""
        from ankang_desktop.desktop.evidence.viewer import open_viewer

        files = self.files()
        open_viewer(self.session, files, files.index(file), self)

    def open_outside(self) -> None:
        """Open the selected file with the system's program, as a copy under its right name."""
        for file in self.chosen()[:1]:
            Copies.of(self.session).open_outside(file)

    def save_as(self) -> None:
        """Save the selected files elsewhere."""
        Copies.of(self.session).save_as(self.chosen(), self)

    def menu(self) -> QMenu:
        """Return the menu of the selected files."""
        chosen = self.chosen()
        entries: list[Entry] = [
            ("zoom-in", "查看大图\tEnter", partial(self.open_viewer, chosen[0])),
            ("external-link", "用其他程序打开", self.open_outside),
            ("download", "另存为…", self.save_as),
        ]
        if not self.is_read_only:
            links, slot = [each.link for each in chosen], self.slots[chosen[0].slot]
            others = [each.place for each in self.slots.values() if each is not slot]
            entries += [None, ("pencil", "写说明\tF2", self.inspector.begin)]
            entries += [
                ("arrow-right", f"移到“{place.title}”", partial(self.put, place.key, links)) for place in others
            ]
            if slot.model.files[0] not in chosen:
                entries.append(("chevron-up", "排到最前", partial(self.put, slot.place.key, links, 0)))
            entries += [None, ("trash", "移除\tDelete", self.remove)]
        return menu_of(self, entries)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.inspector.fit(self.height() // 2)

    # --- dropped anywhere on the panel -------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_welcome(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.slots[self._slot_in_hand()].take(event.mimeData())
        event.acceptProposedAction()

    # --- inside ------------------------------------------------------------------------------------------------

    def _take(self, slot: str, carried: QMimeData) -> None:
        try:
            take(self.session, Copies.of(self.session).folder, carried, partial(self.add, slot))
        except AnkangError as error:
            self.session.door.show(error)

    def _filed(self, filed: Filed) -> None:
        if filed.number == self.number:
            self._fresh = [each.link for each in filed.added]
            self.reload()

    def _reuse(self, slot: str, kept: list[Kept]) -> None:
        if self.number:
            self._adding.reattach(self.number, slot, [each.sha256 for each in kept])
            return
        found = [(each, self.session.app.workspace.evidence.path_of(each.sha256)) for each in kept]
        self.waiting.reuse(slot, self.slots[slot].place.title, found)
        self._waited()

    def _looked(self, looked: Looked) -> None:
        known = {each.link for each in self.waiting.files}
        odd = self.waiting.add(looked)
        fresh = [each.link for each in self.waiting.files if each.link not in known]
        if odd:
            self._adding.say(f"{len(fresh)} 个文件等候保存" if fresh else "没有添加文件", odd)
        self._fresh = fresh
        self._waited()

    def _waited(self) -> None:
        self._show(self.waiting.files)
        self.changed.emit()

    def _described(self, links: list[int], said: dict[str, Any]) -> bool:
        if self.number:
            return self._do(partial(filing.redescribe, self.session.app, self.number, links, said), "已保存佐证说明")
        self.waiting.describe(links, said)
        self._waited()
        return True

    def _do(self, action: Callable[[], object], told: str) -> bool:
        def act() -> bool:
            action()
            return True

        if is_done := bool(self.session.do(act)):
            self.session.done(told)
        return is_done

    def _touched(self, changes: Changes) -> None:
        if self.number and ("evidence_link" in changes.tables or self._record in changes.records):
            self.reload()

    def _loaded(self, shelf: Shelf | None) -> None:
        self._record = shelf.record if shelf else 0
        self._show(shelf.files if shelf else ())

    def _show(self, files: Sequence[File]) -> None:
        for key, slot in self.slots.items():
            slot.put([file for file in files if file.slot == key])
        if fresh := [each for each in self._fresh if any(file.link == each for file in files)]:
            for slot in self.slots.values():
                slot.list.clearSelection()
                slot.choose(fresh)
            self._fresh = []
            bring_into_sight(self._area, [slot.list for slot in self.slots.values()])
        self._choose("")
        self._none.setVisible(not files and not self.is_read_only)
        self.warned.show_files(files)

    def _show_odd(self) -> None:
        """Select the files whose date is odd: the inspector takes the right one."""
        self._fresh = [file.link for file in self.files() if file.warning]
        self._show(self.files())

    def _choose(self, key: str) -> None:
        """Keep the selection within the slot that was chosen from last, and tell the inspector."""
        if key and self.slots[key].files_chosen():
            for other, slot in self.slots.items():
                if other != key and slot.files_chosen():
                    slot.list.clearSelection()
        chosen = self.chosen()
        self.inspector.show_files(chosen)
        self.tools.set_chosen(is_any=bool(chosen))

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _slot_in_hand(self) -> str:
        """Return the slot of the selected file, else the one that has the focus, else the first."""
        chosen = self.chosen()
        focused = next((key for key, slot in self.slots.items() if slot.list.hasFocus()), "")
        return focused or (chosen[0].slot if chosen else next(iter(self.slots)))

    # --- laying out --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(8), 0, 0)
        column.setSpacing(px(8))
        self.tools, self.warned = Tools(self), DateWarning(self._show_odd)
        column.addWidget(self.tools)
        column.addWidget(self.warned)
        self._none = label("照片、扫描件、整个文件夹都可以拖进来；从微信复制的图片按 Ctrl+V。", "caption", wrap=True)
        column.addWidget(self._none)
        inside = QWidget()
        self._slots = QVBoxLayout(inside)
        self._slots.setContentsMargins(0, 0, px(6), 0)
        self._slots.setSpacing(px(10))
        self._area = scrolled(inside)
        column.addWidget(self._area, 1)
        self.inspector = Inspector(self.session, self._described)
        column.addWidget(self.inspector.area)
        QShortcut(QKeySequence.StandardKey.Paste, self).activated.connect(self.paste)

    def _make_slots(self, ledger_key: str) -> None:
        clear(self._slots)
        self.slots = {}
        for place in places_of(self.session.app.ledgers[ledger_key]):
            slot = SlotView(self.session, place)
            slot.dropped.connect(self._take)
            slot.moved_here.connect(self.put)
            slot.chosen.connect(self._choose)
            slot.opened.connect(self.open_viewer)
            slot.menu_wanted.connect(self._show_menu)
            slot.remove_wanted.connect(self.remove)
            slot.describe_wanted.connect(self.inspector.begin)
            slot.add_wanted.connect(self.choose_files)
            slot.set_read_only(is_read_only=self.is_read_only)
            self.slots[place.key] = slot
            self._slots.addWidget(slot)
        self._slots.addStretch(1)
