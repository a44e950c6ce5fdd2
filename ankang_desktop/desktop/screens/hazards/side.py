"""One hazard beside the board: five items ticked off, deadlines, photos side by side, both reports, its next steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ankang_desktop.actions import filing
from ankang_desktop.actions.files import File
from ankang_desktop.actions.hazard_steps import Seen, see_hazard, write_letter
from ankang_desktop.desktop.evidence.slots import paths_of
from ankang_desktop.desktop.evidence.thumbnails import Thumbnails
from ankang_desktop.desktop.form.moves import MovesBar
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.hazards.board import due_words
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, FlowLayout, button, clear, label, link, menu_button, rule, scrolled
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.ledgers.hazards.loop import FIVE_FIXED_ITEMS
from ankang_desktop.ledgers.upper import LetterKind
from ankang_desktop.store.evidence import Use

_FIVE = ("责任", "措施", "资金", "时限", "预案")
_LETTERS = (LetterKind.notice, LetterKind.suggestion, LetterKind.listing_request)
_SIZE = 150


class HazardSide(QWidget):
    """The panel at the right; empty until a card is chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.number = ""
        self.seen: Seen | None = None
        self._latest = Latest(session.work)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(px(4), 0, px(6), 0)
        self._column.setSpacing(px(8))
        column.addWidget(scrolled(inside))
        self._empty()

    def show_hazard(self, number: str) -> None:
        """Show a hazard by its number."""
        self.number = number
        self.reload()

    def reload(self) -> None:
        """Read the hazard again; one that is gone leaves the panel empty."""
        if self.number:
            app, number = self.session.app, self.number
            self._latest.run(lambda _: _seen(app, number), self._show)

    def _empty(self) -> None:
        clear(self._column)
        self._column.addWidget(label("点一张卡片，看“五落实”、照片和下一步", "soft", wrap=True))
        self._column.addStretch(1)

    def _show(self, seen: Seen | None) -> None:
        self.seen = seen
        if seen is None:
            self._empty()
            return
        clear(self._column)
        add, texts = self._column.addWidget, seen.texts
        head = QHBoxLayout()
        head.addWidget(link(seen.card.number, partial(self.session.open_record, seen.card.number)))
        if seen.card.is_major:
            head.addWidget(Badge("重大隐患", "danger"))
        head.addStretch(1)
        self._column.addLayout(head)
        add(label(seen.card.description, "strong", wrap=True, selectable=True))
        where = "　".join(part for part in (seen.card.place, seen.card.team, texts.get("source", "")) if part)
        add(label(where, "soft", wrap=True))
        moves = MovesBar(self.session, lambda: True)
        moves.show_record(seen.opened)
        add(moves)
        self._photos(seen)
        self._five(seen)
        self._deadlines(seen)
        self._reports(seen)
        self._letters(seen)
        self._column.addStretch(1)

    def _photos(self, seen: Seen) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for slot, title in (("before", "整改前"), ("after", "整改后")):
            row.addWidget(PhotoSide(self, slot, title, seen.photos.get(slot, ())), 1)
        self._column.addLayout(row)

    def _five(self, seen: Seen) -> None:
        row = FlowLayout(spacing=px(6))
        row.addWidget(label("五落实", "soft"))
        for key, word in zip(FIVE_FIXED_ITEMS, _FIVE, strict=True):
            is_filled = seen.opened.stored.values.get(key) is not None
            mark = Badge(f"{word} {'✓' if is_filled else '缺'}", "good" if is_filled else "warning")
            mark.setToolTip(seen.texts.get(key, "") or "还没有填")
            row.addWidget(mark)
        self._column.addLayout(row)

    def _deadlines(self, seen: Seen) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        values = seen.opened.stored.values
        rows = [
            ("责任人", seen.card.responsible),
            ("首次时限", str(values.get("first_deadline") or "")),
            ("现时限", f"{seen.card.deadline or ''}　{due_words(seen.card)}"),
            ("验收人", seen.texts.get("acceptor", "")),
            ("奖励", seen.texts.get("reward_amount", "")),
        ]
        shown = [(words, text) for words, text in rows if text.strip()]
        for at, (words, text) in enumerate(shown):
            grid.addWidget(label(words, "soft"), at, 0)
            grid.addWidget(label(text, wrap=True), at, 1)
        grid.setColumnStretch(1, 1)
        self._column.addLayout(grid)
        for row in seen.opened.stored.rows.get("extensions", []):
            told = f"延期：{row['old_deadline']} → {row['new_deadline']}　{row['reason']}（{row['approver']}批准）"
            self._column.addWidget(label(told, "caption", wrap=True))

    def _reports(self, seen: Seen) -> None:
        if not seen.card.is_major:
            return
        values = seen.opened.stored.values
        self._column.addWidget(rule())
        row = FlowLayout(spacing=px(6))
        row.addWidget(label("双报告", "soft"))
        pairs = (
            ("报监管部门", "regulator_reported_on", "regulator_receipt"),
            ("报职代会", "congress_reported_on", "congress_document"),
        )
        for words, day, paper in pairs:
            is_done = values.get(day) is not None
            tail = f" {values[day]}" if is_done else " 未报"
            badge = Badge(
                f"{words}{tail}", "good" if is_done and values.get(paper) else "warning" if is_done else "danger"
            )
            badge.setToolTip(str(values.get(paper) or "还没有回执（文件）"))
            row.addWidget(badge)
        self._column.addLayout(row)
        if values.get("listing_requested_on"):
            told = f"挂牌督办：{values.get('listing_body') or ''} {values.get('listing_number') or ''}"
            ended = f"，{values['delisted_on']} 摘牌" if values.get("delisted_on") else "，尚未摘牌"
            self._column.addWidget(label(f"{told}{ended}", wrap=True))
        self._column.addWidget(
            button("填写双报告与挂牌", partial(self.session.open_record, seen.card.number), kind="quiet")
        )

    def _letters(self, seen: Seen) -> None:
        self._column.addWidget(rule())
        entries = [("file-text", kind.value, partial(self._write, kind)) for kind in _LETTERS]
        row = FlowLayout(spacing=px(6))
        row.addWidget(menu_button("出文书", entries, name="file-text"))
        row.addWidget(button("销号单", partial(self._print, seen.card.number), name="printer"))
        self._column.addLayout(row)
        for ref in seen.letters:
            self._column.addWidget(
                link(f"{ref.number} {ref.title[:14]} {ref.day or ''}", partial(self.session.open_record, ref.number))
            )

    def _write(self, kind: LetterKind) -> None:
        number = self.session.do(partial(write_letter, self.session.app, self.number, kind))
        if number:
            self.session.open_record(number)
            self.session.done(f"已拟好{kind.value} {number}，请核对后打印")

    def _print(self, number: str) -> None:
        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        open_paper(self.session, "hazard_sheet", Wanted(number=number), title="事故隐患整改销号单")

    def attach(self, slot: str, paths: Sequence[Path]) -> None:
        """Attach photos to one side."""
        app, number = self.session.app, self.number
        given = [(path, Use(slot)) for path in paths]
        try:
            self.session.work.run(
                lambda progress: filing.attach_many(app, number, given, progress),
                lambda filed: self.session.done(f"已添加 {len(filed.added)} 张照片"),
                text="添加照片",
                writes=True,
            )
        except AnkangError as error:
            self.session.door.show(error)

    def enlarge(self, file: File) -> None:
        """Look at the photos large, before beside after."""
        from ankang_desktop.desktop.evidence.viewer import open_viewer

        if self.seen is not None:
            files = [each for photos in self.seen.photos.values() for each in photos]
            open_viewer(self.session, files, files.index(file), self)


class PhotoSide(QLabel):
    """One side of the pair: the first photo of a slot; drop a photo on it, paste into it, click to enlarge."""

    def __init__(self, side: HazardSide, slot: str, title: str, photos: Sequence[File]) -> None:
        super().__init__()
        self._side, self._slot, self._photos = side, slot, photos
        self.setProperty("card", "true")
        self.setStyleSheet("border: 1px dashed palette(mid); border-radius: 6px;")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(px(126))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        more = f"（{len(photos)}张）" if len(photos) > 1 else ""
        self.setAccessibleName(f"{title}照片{more or ('' if photos else '，还没有')}")
        self.setToolTip(f"{title}{more}：点击放大；拖照片进来或按 Ctrl+V 添加")
        if photos:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            Thumbnails.of(side.session).ask(photos[0].source, _SIZE, self._arrived, photos[0].media_type)
        else:
            self.setText(f"{title}照片\n拖到这里")

    def _arrived(self, picture: QPixmap) -> None:
        self.setPixmap(picture)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._photos:
            self._side.enlarge(self._photos[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._photos:
            self._side.enlarge(self._photos[0])
        elif event.key() == Qt.Key.Key_V and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            paths = paths_of(QGuiApplication.clipboard().mimeData())
            if paths:
                self._side.attach(self._slot, paths)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := paths_of(event.mimeData()):
            self._side.attach(self._slot, paths)
            event.acceptProposedAction()


def _seen(app: Any, number: str) -> Seen | None:
    try:
        return see_hazard(app, number)
    except AnkangError:
        return None
