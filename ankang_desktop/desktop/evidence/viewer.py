"""One file large: photos and PDF pages decoded off the GUI thread, the neighbours beforehand, before beside after."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.files import File
from ankang_desktop.desktop.evidence import pdfs
from ankang_desktop.desktop.evidence.pictures import PDF, picture_of
from ankang_desktop.desktop.look import current, pixmap, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, icon_button, label

_PIXELS = 2400  # the longer side of a decoded picture: more than most screens show
_KEPT = 6


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
        self._made: OrderedDict[tuple[str, int], QPixmap | None] = OrderedDict()
        self._asked: set[tuple[str, int]] = set()
        self._pages: dict[str, int] = {}
        self.is_paired = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(8))
        row = QHBoxLayout()
        row.setSpacing(2)
        for canvas in self.canvases:
            row.addWidget(canvas, 1)
        column.addLayout(row, 1)
        column.addLayout(self._foot())
        self.canvases[1].hide()
        self.show_file(index)

    def show_file(self, at: int) -> None:
        """Show a file by its place; past the end the first comes again."""
        self.at, self.page = at % len(self.files), 0
        self._refresh()

    def turn_page(self, by: int) -> None:
        """Turn the pages of a PDF."""
        pages = self._pages.get(self.files[self.at].source, 1)
        self.page = max(0, min(pages - 1, self.page + by))
        self._refresh()

    def pair(self) -> None:
        """Put the photo before the mending beside the one after it, or take them apart."""
        self.is_paired = not self.is_paired and self._partner() is not None
        self.canvases[1].setVisible(self.is_paired)
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Backspace: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.show_file(self.at + steps[key])
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Down, Qt.Key.Key_PageDown}:
            self.turn_page(1 if key in {Qt.Key.Key_Down, Qt.Key.Key_PageDown} else -1)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}:
            for canvas in self.canvases:
                canvas.zoom(0.8 if key == Qt.Key.Key_Minus else 1.25)
        elif key == Qt.Key.Key_R:
            self.canvases[0].rotate()
        elif key == Qt.Key.Key_B:
            self.pair()
        else:
            super().keyPressEvent(event)

    # --- inside ------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        file, partner = self.files[self.at], self._partner()
        self.told.setText(_told(file))
        self.warned.setText(file.warning)
        pages = self._pages.get(file.source, 1)
        page = f"　第 {self.page + 1}/{pages} 页" if pages > 1 else ""
        self.counted.setText(f"{self.at + 1} / {len(self.files)}{page}")
        self.pairing.setEnabled(partner is not None)
        self._want(file, self.page)
        self.canvases[0].show_picture(self._made.get((file.source, self.page)), file)
        if self.is_paired and partner is not None:
            self._want(partner, 0)
            self.canvases[1].show_picture(self._made.get((partner.source, 0)), partner)
        for by in (1, -1):
            self._want(self.files[(self.at + by) % len(self.files)], 0)

    def _partner(self) -> File | None:
        """Return the photo of the other slot that belongs to this one: the same place among its slot's photos."""
        file = self.files[self.at]
        other = {"before": "after", "after": "before"}.get(file.slot)
        mine = [each for each in self.files if each.slot == file.slot and each.number == file.number]
        theirs = [each for each in self.files if each.slot == other and each.number == file.number]
        return theirs[min(mine.index(file), len(theirs) - 1)] if theirs else None

    def _want(self, file: File, page: int) -> None:
        key = (file.source, page)
        if key in self._made or key in self._asked:
            return
        self._asked.add(key)
        path = Path(file.path) if file.path else self.session.app.workspace.evidence.path_of(file.sha256)
        is_pdf = file.media_type == PDF

        def make(_: object) -> tuple[QImage | None, int]:
            if is_pdf:
                return pdfs.page_image(path, page, _PIXELS), pdfs.page_count(path)
            return picture_of(path, _PIXELS, file.media_type), 1

        self.session.work.run(make, partial(self._arrived, key), on_error=lambda _: self._arrived(key, (None, 1)))

    def _arrived(self, key: tuple[str, int], made: tuple[QImage | None, int]) -> None:
        picture, self._pages[key[0]] = made
        self._asked.discard(key)
        self._made[key] = None if picture is None else QPixmap.fromImage(picture)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        if key[0] in {self.files[self.at].source, getattr(self._partner(), "source", "")}:
            self._refresh()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(4), px(16), 0)
        row.setSpacing(px(8))
        self.told, self.warned, self.counted = label("", wrap=True), label("", "warning"), label("", "soft")
        self.pairing = button("整改前后并排 (B)", self.pair, kind="quiet")
        row.addWidget(self.told, 1)
        row.addWidget(self.warned)
        row.addWidget(self.pairing)
        row.addWidget(icon_button("rotate-clockwise", "转动 (R)", self.canvases[0].rotate))
        row.addWidget(icon_button("chevron-left", "上一件 (←)", lambda: self.show_file(self.at - 1)))
        row.addWidget(self.counted)
        row.addWidget(icon_button("chevron-right", "下一件 (→)", lambda: self.show_file(self.at + 1)))
        row.addWidget(button("关闭 (Esc)", self.close))
        return row


def _told(file: File) -> str:
    words = [file.number, file.slot_title, file.caption or file.name, str(file.own_day or ""), file.paper]
    return "　".join(each for each in words if each)


class Canvas(QWidget):
    """A picture that fits, until it is zoomed; then it is dragged about."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self._sign = "photo"
        self._scale, self._turn, self._shift, self._held = 1.0, 0, QPointF(), QPointF()

    def show_picture(self, picture: QPixmap | None, file: File) -> None:
        """Show a picture; None is a file that is no picture, or one still being decoded."""
        if picture is not self._picture:
            self._scale, self._turn, self._shift = 1.0, 0, QPointF()
        self._picture = picture
        self.setAccessibleName(file.caption or file.name)
        self.update()

    def zoom(self, factor: float) -> None:
        """Enlarge or shrink."""
        self._scale = max(1.0, min(12.0, self._scale * factor))
        if self._scale == 1.0:
            self._shift = QPointF()
        self.update()

    def rotate(self) -> None:
        """Turn a quarter to the right; the file stays as it is."""
        self._turn = (self._turn + 90) % 360
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(1.2 if event.angleDelta().y() > 0 else 1 / 1.2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._scale > 1.0:
            self._shift += event.position() - self._held
            self._held = event.position()
            self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#101416"))
        if self._picture is None:
            sign = pixmap(self._sign, px(48), "faint", self.devicePixelRatioF())
            painter.drawPixmap(self.rect().center().x() - px(24), self.rect().center().y() - px(24), sign)
            painter.setPen(QColor(current().palette.faint))
            painter.drawText(
                self.rect().adjusted(0, px(70), 0, 0), Qt.AlignmentFlag.AlignCenter, "正在打开，或不是图片"
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_lying = self._turn in {90, 270}
        wide, high = (
            (self._picture.height(), self._picture.width())
            if is_lying
            else (self._picture.width(), self._picture.height())
        )
        fit = min(self.width() / wide, self.height() / high, 1.5) * self._scale
        painter.translate(QPointF(self.width() / 2, self.height() / 2) + self._shift)
        painter.rotate(self._turn)
        size = QPointF(self._picture.width() * fit, self._picture.height() * fit)
        painter.drawPixmap(
            QRectF(-size.x() / 2, -size.y() / 2, size.x(), size.y()), self._picture, QRectF(self._picture.rect())
        )
