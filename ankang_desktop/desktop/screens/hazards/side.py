"""One hazard beside the board: its next steps, deadlines, five items, photos, reports, letters; or several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions import filing
from ankang_desktop.actions.drafting import MoveOffer
from ankang_desktop.actions.files import File
from ankang_desktop.actions.filing import Filed
from ankang_desktop.actions.hazard_steps import LETTERS, Seen, offers_for, see_hazard, write_letter
from ankang_desktop.actions.hazards import HAZARD, Card
from ankang_desktop.app import App
from ankang_desktop.desktop.evidence.pasting import pasted
from ankang_desktop.desktop.form.moves import MoveDialog
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.scratch import Scratch
from ankang_desktop.desktop.screens.hazards.band import DeadlineBand
from ankang_desktop.desktop.screens.hazards.cards import due_words, tone_of
from ankang_desktop.desktop.screens.hazards.holding import give_keys, held_keys
from ankang_desktop.desktop.screens.hazards.items import FIVE, LADDER, LISTING, REPORTS, REWARD, Item, item_row
from ankang_desktop.desktop.screens.hazards.photos import PhotoSide
from ankang_desktop.desktop.screens.hazards.steps import FieldsDialog, ManyDialog, StepsBar
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import (
    Badge,
    FlowLayout,
    button,
    clear,
    icon_button,
    label,
    link,
    menu_button,
    rule,
    scrolled,
)
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.ledgers.upper import LetterKind
from ankang_desktop.store.evidence import Use

_MOST_LISTED = 30
Offers = dict[str, tuple[MoveOffer, tuple[str, ...]]]


class HazardSide(QWidget):
    """The panel at the right. `closed` tells that the person wants it away."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.number = ""
        self.seen: Seen | None = None
        self.many: list[Card] = []
        self.steps: StepsBar | None = None
        self.photos: dict[str, PhotoSide] = {}
        self._latest, self._scratch = Latest(session.work), Scratch()
        self.destroyed.connect(self._scratch.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(px(2), 0, px(10), 0)
        self._column.setSpacing(px(6))
        self.area = scrolled(inside)
        column.addWidget(self.area)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_hazard(self, number: str) -> None:
        """Show a hazard by its number."""
        if number != self.number or self.many:
            self.area.verticalScrollBar().setValue(0)
        self.number, self.many = number, []
        self.reload()

    def show_many(self, cards: Sequence[Card]) -> None:
        """Offer the steps of several hazards."""
        self.many = list(cards)
        self.reload()

    def reload(self) -> None:
        """Read again what is shown; a hazard that is gone closes the panel."""
        app = self.session.app
        if self.many:
            numbers = [each.number for each in self.many]
            self._latest.run(lambda _: offers_for(app, numbers), self._show_many)
        elif self.number:
            self._latest.run(lambda _: _seen(app, self.number), self._show)

    def _show(self, seen: Seen | None) -> None:
        self.seen = seen
        if seen is None:
            self.number = ""
            self.closed.emit()
            return
        keys, scrolled = held_keys(self), self.area.verticalScrollBar().value()
        clear(self._column)
        self._head(seen)
        self._steps(seen)
        self._deadlines(seen)
        self._items("五落实", seen, FIVE)
        self._items("整改层级", seen, LADDER)
        self._photos(seen)
        if seen.card.is_major:
            self._items("双报告", seen, REPORTS)
        if seen.card.is_major or seen.opened.stored.values["listing_requested_on"]:
            self._items("挂牌督办", seen, LISTING)
        self._items("奖励", seen, REWARD)
        self._letters(seen)
        self._column.addStretch(1)
        self._go_on(keys, scrolled)

    def _go_on(self, keys: str | None, scrolled: int = 0) -> None:
        """Let the person stand where he stood, once what was built anew is in sight."""

        def stand() -> None:
            self.area.verticalScrollBar().setValue(scrolled)
            give_keys(self, keys)

        QTimer.singleShot(0, self, stand)

    def _head(self, seen: Seen) -> None:
        card, texts = seen.card, seen.texts
        row = QHBoxLayout()
        row.setSpacing(px(6))
        number = link(card.number, partial(self.session.open_record, card.number))
        number.setToolTip("打开整条记录")
        row.addWidget(number)
        row.addWidget(Badge(card.stage.value, "accent"))
        if card.is_major:
            row.addWidget(Badge("重大", "danger"))
        row.addStretch(1)
        row.addWidget(icon_button("x", "收起这一栏 (Esc)", self.closed.emit))
        self._column.addLayout(row)
        self._column.addWidget(label(card.description, "subtitle", wrap=True, selectable=True))
        finder = texts["reporter"] or ("匿名" if seen.opened.stored.values["anonymous"] else "")
        parts = (texts["workshop"], card.place, card.team, f"{card.found_on} {texts['source']}", finder)
        self._column.addWidget(label(" · ".join(dict.fromkeys(filter(None, parts))), "soft", wrap=True))

    def _steps(self, seen: Seen) -> None:
        titles = {slot.key: slot.title for slot in self.session.app.ledgers[HAZARD].evidence}
        self.steps = StepsBar(seen.opened.moves, titles)
        self.steps.wanted.connect(partial(self._take, seen))
        self.steps.fields_wanted.connect(partial(self._fill, seen, "补齐所需"))
        self.steps.photo_wanted.connect(self.choose)
        if seen.opened.moves:
            self._column.addWidget(self.steps)

    def _deadlines(self, seen: Seen) -> None:
        tone = tone_of(seen.card)
        self._section("时限", label(due_words(seen.card), tone or "soft"))
        if seen.card.deadline is not None:
            self._column.addWidget(DeadlineBand(seen.card, self.session.app.clock.today()))
        for row in seen.opened.stored.rows["extensions"]:
            told = f"{row['old_deadline']} 延至 {row['new_deadline']}：{row['reason']}（{row['approver']} 批准）"
            self._column.addWidget(label(told, "caption", wrap=True))

    def _photos(self, seen: Seen) -> None:
        self._section("整改前后", link("全部佐证", partial(self.session.open_record, seen.card.number)))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for slot, title in (("before", "整改前"), ("after", "整改后")):
            made = PhotoSide(self.session, slot, title, seen.photos[slot])
            made.dropped.connect(self.attach)
            made.moved_here.connect(self._move)
            made.enlarge_wanted.connect(self._enlarge)
            made.choose_wanted.connect(self.choose)
            made.paste_wanted.connect(self.paste)
            made.remove_wanted.connect(self._remove)
            self.photos[slot] = made
            row.addWidget(made, 1)
        self._column.addLayout(row)

    def _items(self, title: str, seen: Seen, items: Sequence[Item]) -> None:
        done = sum(seen.opened.stored.values[each.done] is not None for each in items)
        counted = label(f"{done}/{len(items)}", "good" if done == len(items) else "soft")
        self._section(title, counted if len(items) > 1 else None)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for each in items:
            rows.addWidget(item_row(each, seen, partial(self._fill, seen)))
        self._column.addLayout(rows)

    def _letters(self, seen: Seen) -> None:
        self._column.addWidget(rule())
        row = FlowLayout(spacing=px(6))
        entries = [("file-text", kind.value, partial(self.write, kind)) for kind in LETTERS]
        self.letters = menu_button("出具文书", entries, name="file-text")
        row.addWidget(self.letters)
        row.addWidget(button("销号单", partial(self.print_sheet, seen.card.number), name="printer"))
        self._column.addLayout(row)
        for ref in seen.letters:
            told = f"{ref.number} {ref.title[:16]} {ref.day or ''}"
            self._column.addWidget(link(told, partial(self.session.open_record, ref.number)))

    def _show_many(self, offers: Offers) -> None:
        keys = held_keys(self)
        clear(self._column)
        row = QHBoxLayout()
        row.addWidget(label(f"已选 {len(self.many)} 条“{self.many[0].stage.value}”", "subtitle"), 1)
        row.addWidget(icon_button("x", "收起这一栏 (Esc)", self.closed.emit))
        self._column.addLayout(row)
        self._column.addWidget(label("同一步一起办，一次撤销全部退回。", "soft", wrap=True))
        flow = FlowLayout(spacing=px(6))
        self.many_buttons: dict[str, QWidget] = {}
        for key, (offer, able) in offers.items():
            made = button(f"{offer.title}（{len(able)}）", partial(self._take_many, offer))
            made.setEnabled(bool(able))
            self.many_buttons[key] = made
            flow.addWidget(made)
        self._column.addLayout(flow)
        for offer, able in offers.values():
            short = len(self.many) - len(able)
            if short:
                told = f"{offer.title}：{short} 条还差{'、'.join(offer.needs) or '材料'}，办的时候会跳过并说明"
                self._column.addWidget(label(told, "caption", wrap=True))
        self._column.addWidget(rule())
        for each in self.many[:_MOST_LISTED]:
            self._column.addWidget(
                link(f"{each.number} {each.description[:18]}", partial(self.session.open_record, each.number))
            )
        if (more := len(self.many) - _MOST_LISTED) > 0:
            self._column.addWidget(label(f"另有 {more} 条", "caption"))
        self._column.addStretch(1)
        self._go_on(keys)

    def _section(self, title: str, beside: QWidget | None = None) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, px(4), 0, 0)
        row.addWidget(label(title, "strong"))
        row.addStretch(1)
        if beside is not None:
            row.addWidget(beside)
        self._column.addLayout(row)

    # --- doing -------------------------------------------------------------------------------------------------

    def _take(self, seen: Seen, offer: MoveOffer) -> None:
        _open(MoveDialog(self.session, seen.opened, offer, self))

    def _take_many(self, offer: MoveOffer) -> None:
        from ankang_desktop.actions.drafting import open_record

        first = self.session.do(partial(open_record, self.session.app, self.many[0].number))
        if first is not None:
            ManyDialog(self.session, first, offer, [each.id for each in self.many], self).open()  # it may come back

    def _fill(self, seen: Seen, title: str, keys: Sequence[str]) -> None:
        _open(FieldsDialog(self.session, seen.opened, title, keys, self))

    def write(self, kind: LetterKind) -> None:
        """Write a letter about the hazard and open it."""
        number = self.session.do(partial(write_letter, self.session.app, self.number, kind))
        if number:
            self.session.open_record(number)
            self.session.done(f"已拟好{kind.value} {number}，请核对后打印")

    def print_sheet(self, number: str) -> None:
        """Open the preview of the one-page sheet of a hazard."""
        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        open_paper(self.session, "hazard_sheet", Wanted(number=number))

    def attach(self, slot: str, paths: Sequence[Path]) -> None:
        """Attach photos to one side, off the GUI thread, as one step."""
        app, number = self.session.app, self.number
        given = [(path, Use(slot)) for path in paths]
        try:
            self.session.work.run(
                lambda progress: filing.attach_many(app, number, given, progress),
                self._attached,
                text="添加照片",
                writes=True,
            )
        except AnkangError as error:
            self.session.door.show(error)

    def _attached(self, filed: Filed) -> None:
        odd = [*filed.refused, *filed.warnings, *filed.shared]
        told = f"{filed.number} 已添加 {len(filed.added)} 张照片" if filed.added else "没有添加照片"
        undo = (("撤销", self.session.undo),) if filed.added else ()
        tail = f"：{'；'.join(odd[:3])}" if odd else ""
        self.session.door.say(f"{told}{tail}", "", "warning" if odd else "good", *undo)

    def choose(self, slot: str) -> None:
        """Ask for photos of one side."""
        from ankang_desktop.desktop.paper.targets import keep_folder, last_folder

        title = "整改后照片" if slot == "after" else "整改前照片"
        names, _ = QFileDialog.getOpenFileNames(
            self, title, str(last_folder(self.session)), "照片 (*.jpg *.jpeg *.png *.bmp *.webp);;所有文件 (*)"
        )
        if names:
            keep_folder(self.session, Path(names[0]))
            self.attach(slot, [Path(name) for name in names])

    def paste(self, slot: str) -> None:
        """Attach what the clipboard holds to one side."""
        try:
            self.attach(slot, pasted(self.session, self._scratch.folder))
        except AnkangError as error:
            self.session.door.show(error, again=partial(self.paste, slot))

    def _move(self, slot: str, links: Sequence[int]) -> None:
        title = "整改后照片" if slot == "after" else "整改前照片"
        self._do(partial(filing.move_slot, self.session.app, self.number, links, slot), f"已移到“{title}”")

    def _remove(self, links: Sequence[int]) -> None:
        self._do(partial(filing.detach_many, self.session.app, self.number, links), f"已移除 {len(links)} 张照片")

    def _do(self, action: Callable[[], object], told: str) -> None:
        def act() -> bool:
            action()
            return True

        if self.session.do(act):
            self.session.done(told)

    def _enlarge(self, file: File) -> None:
        from ankang_desktop.desktop.evidence.viewer import open_viewer

        if self.seen is not None:
            files = [each for slot in ("before", "after") for each in self.seen.photos[slot]]
            open_viewer(self.session, files, files.index(file), self)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _seen(app: App, number: str) -> Seen | None:
    try:
        return see_hazard(app, number)
    except AnkangError:  # undone or thrown away meanwhile
        return None
