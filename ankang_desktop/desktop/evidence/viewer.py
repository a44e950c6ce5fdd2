"""One file large: photos and PDF pages decoded off the GUI thread, the neighbours beforehand, before beside after."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ankang_desktop.actions.files import File
from ankang_desktop.desktop.evidence import pdfs
from ankang_desktop.desktop.evidence.canvas import Canvas
from ankang_desktop.desktop.evidence.copies import Copies
from ankang_desktop.desktop.evidence.pictures import PDF, picture_of
from ankang_desktop.desktop.frame.messages import MessageBar
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, icon_button, label, link

__all__ = ["Canvas", "Viewer", "open_viewer"]

SCREEN = 2400
"""The longer side of a decoded picture: as much as most screens show."""

SHARP = 5000
"""The longer side once it is zoomed into: enough to read the small print of a scanned A3."""

_SHARP_FROM = 1.6
_KEPT = 8
_SHARP_KEPT = 2  # before and after


@dataclass(frozen=True)
class _Wish:
    """A page of a file, and how large it is decoded."""

    source: str
    page: int
    pixels: int = SCREEN


def open_viewer(session: Session, files: Sequence[File], index: int, parent: QWidget | None = None) -> Viewer:
    """Open the viewer on one of some files."""
    viewer = Viewer(session, files, index, parent)
    viewer.showMaximized()
    return viewer


class Viewer(QDialog):
    """←/→ other files, ↑/↓ pages of a PDF, + − and wheel zoom, R turns, B before beside after, Esc closes."""

    def __init__(self, session: Session, files: Sequence[File], index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("查看佐证")
        self.resize(px(1100), px(760))
        self.session, self.files, self.at, self.page = session, list(files), index, 0
        self.canvases = (Canvas(), Canvas())
        self.told = (label("", wrap=True), label("", wrap=True))
        self._made: OrderedDict[_Wish, QPixmap | None] = OrderedDict()
        self._asked: set[_Wish] = set()
        self._pages: dict[str, int] = {}
        self.is_paired = False
        self._build()
        self.setFocus()
        self.show_file(index)

    def show_file(self, at: int) -> None:
        """Show a file by its place; past the end the first comes again."""
        self.at, self.page = at % len(self.files), 0
        self.refresh()

    def turn_page(self, by: int) -> None:
        """Turn the pages of a PDF."""
        pages = self._pages.get(self.files[self.at].source, 1)
        self.page = max(0, min(pages - 1, self.page + by))
        self.refresh()

    def pair(self) -> None:
        """Put the photo before the mending beside the one after it, or take them apart."""
        self.is_paired = not self.is_paired
        self.refresh()

    def zoom(self, factor: float) -> None:
        """Enlarge or shrink what is shown."""
        for canvas in self.canvases:
            canvas.zoom(factor)

    def refresh(self) -> None:
        """Show the file in hand, its partner beside it, and ask for what is needed next."""
        file, partner = self.files[self.at], self._partner()
        self.is_paired = self.is_paired and partner is not None
        shown = [file, partner] if self.is_paired and partner is not None else [file]
        if self.is_paired and partner is not None and file.slot == "after":
            shown.reverse()
        for canvas, words, each in zip(self.canvases, self.told, shown, strict=False):
            self._show(canvas, each, self.page if each is file else 0)
            words.setText(_told(each))
        self.canvases[1].setVisible(self.is_paired)
        self.told[1].setVisible(self.is_paired)
        self.warned.setText(file.warning)
        self.warned.setVisible(bool(file.warning))
        pages = self._pages.get(file.source, 1)
        page = f"　第 {self.page + 1}/{pages} 页（↑↓）" if pages > 1 else ""
        self.counted.setText(f"{self.at + 1} / {len(self.files)}{page}")
        self.pairing.setVisible(partner is not None)
        self.pairing.setChecked(self.is_paired)
        self.opening.setText(file.number)
        self.opening.setVisible(bool(file.number))
        for by in (1, -1):
            self._want(self.files[(self.at + by) % len(self.files)], 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Backspace: -1}
        pages = {Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1}
        zooms = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 0.8, Qt.Key.Key_0: 0.01}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.files) - 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.show_file(self.at + steps[key])
        elif key in pages:
            self.turn_page(pages[key])
        elif key in zooms:
            self.zoom(zooms[key])
        elif key in ends:
            self.show_file(ends[key])
        elif key == Qt.Key.Key_R:
            self.canvases[0].rotate()
        elif key == Qt.Key.Key_B:
            self.pair()
        elif key == Qt.Key.Key_O:
            self._open_outside()
        else:
            super().keyPressEvent(event)

    # --- inside ------------------------------------------------------------------------------------------------

    def _show(self, canvas: Canvas, file: File, page: int) -> None:
        self._want(file, page)
        wish, sharp = _Wish(file.source, page), _Wish(file.source, page, SHARP)
        picture = self._made.get(sharp) or self._made.get(wish)
        words = "正在打开…"
        if wish in self._made:
            words = "照片已损坏，或者是认不出的格式" if file.is_photo else "这种文件按 O 用其他程序打开"
        canvas.show_picture(picture, file, page, words)

    def _partner(self) -> File | None:
        """Return the photo of the other slot that belongs to this one: the same place among its slot's photos."""
        file = self.files[self.at]
        other = {"before": "after", "after": "before"}.get(file.slot)
        mine = [each for each in self.files if each.slot == file.slot and each.number == file.number]
        theirs = [each for each in self.files if each.slot == other and each.number == file.number]
        return theirs[min(mine.index(file), len(theirs) - 1)] if theirs else None

    def _sharpen(self, scale: float) -> None:
        """Decode what is shown larger once it is zoomed into."""
        partner = self._partner() if self.is_paired else None
        if scale >= _SHARP_FROM:
            self._want(self.files[self.at], self.page, SHARP)
            if partner is not None:
                self._want(partner, 0, SHARP)

    def _want(self, file: File, page: int, pixels: int = SCREEN) -> None:
        wish = _Wish(file.source, page, pixels)
        if wish in self._made:
            self._made.move_to_end(wish)
            return
        if wish in self._asked:
            return
        self._asked.add(wish)
        path = Path(file.path) if file.path else self.session.app.workspace.evidence.path_of(file.sha256)
        media_type = file.media_type

        def make(_: object) -> tuple[QImage | None, int]:
            if media_type == PDF:
                return pdfs.page_image(path, page, pixels), max(1, pdfs.page_count(path))
            return picture_of(path, pixels, media_type), 1

        self.session.work.run(make, partial(self._arrived, wish), on_error=lambda _: self._arrived(wish, (None, 1)))

    def _arrived(self, wish: _Wish, made: tuple[QImage | None, int]) -> None:
        picture, self._pages[wish.source] = made
        self._asked.discard(wish)
        self._made[wish] = None if picture is None else QPixmap.fromImage(picture)
        sharp = [each for each in self._made if each.pixels == SHARP]
        for each in sharp[:-_SHARP_KEPT]:
            del self._made[each]
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        if wish.source in {self.files[self.at].source, getattr(self._partner(), "source", "")}:
            self.refresh()

    def _open_record(self) -> None:
        number = self.files[self.at].number
        self.close()
        self.session.open_record(number)

    def _open_outside(self) -> None:
        Copies.of(self.session).open_outside(self.files[self.at], self._say)

    def _say(self, text: str, remedy: str, kind: str) -> None:
        """Say something in this window, which covers the main one."""
        if isValid(self):
            self.messages.say(kind, text, remedy, ())
        else:  # closed while the copy was made
            self.session.door.say(text, remedy, kind)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(8))
        column.setSpacing(px(4))
        pictures, words = QHBoxLayout(), QHBoxLayout()
        pictures.setSpacing(px(2))
        words.setContentsMargins(px(16), px(4), px(16), 0)
        for canvas, told in zip(self.canvases, self.told, strict=True):
            canvas.zoomed.connect(self._sharpen)
            pictures.addWidget(canvas, 1)
            words.addWidget(told, 1)
        self.messages = MessageBar()
        column.addWidget(self.messages)
        column.addLayout(pictures, 1)
        column.addLayout(words)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(8))
        self.warned, self.counted = label("", "warning", wrap=True), label("", "soft")
        self.opening = link("", self._open_record)
        self.pairing = button("整改前后并排 (B)", self.pair, kind="quiet", name="columns")
        self.pairing.setCheckable(True)
        row.addWidget(self.opening)
        row.addWidget(self.warned, 1)
        row.addStretch(0)
        tools = (
            self.pairing,
            icon_button("zoom-in", "放大 (+，滚轮)", partial(self.zoom, 1.25)),
            icon_button("zoom-out", "缩小 (−，滚轮)", partial(self.zoom, 0.8)),
            icon_button("rotate-clockwise", "转动 (R)", self.canvases[0].rotate),
            icon_button("external-link", "用其他程序打开 (O)", self._open_outside),
            icon_button("chevron-left", "上一件 (←)", lambda: self.show_file(self.at - 1)),
            self.counted,
            icon_button("chevron-right", "下一件 (→)", lambda: self.show_file(self.at + 1)),
            button("关闭 (Esc)", self.close),
        )
        for each in tools:
            row.addWidget(each)
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus if each is not self.counted else Qt.FocusPolicy.NoFocus)
        return row


def _told(file: File) -> str:
    words = [file.slot_title, file.caption or file.name, str(file.own_day or ""), file.paper]
    return "　".join(each for each in words if each)
