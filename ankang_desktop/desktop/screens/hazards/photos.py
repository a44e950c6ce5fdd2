"""Before beside after: a photo of each slot; dropped on, pasted into, dragged over to the other side, enlarged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy

from ankang_desktop.actions.files import File
from ankang_desktop.desktop.evidence.model import LINKS
from ankang_desktop.desktop.evidence.slots import paths_of
from ankang_desktop.desktop.evidence.thumbnails import Thumbnails
from ankang_desktop.desktop.look import current, font, icon, pixmap, px
from ankang_desktop.desktop.screens.hazards.painted import Pressed
from ankang_desktop.desktop.session import Session

_SIZE = 260  # points of the picture asked for; it is shown smaller


class PhotoSide(Pressed):
    """One side of the pair. Pressed it enlarges its photo, or asks for one where there is none."""

    dropped = Signal(str, object)  # slot, paths
    moved_here = Signal(str, object)  # slot, links
    enlarge_wanted = Signal(object)  # the file
    choose_wanted = Signal(str)
    paste_wanted = Signal(str)
    remove_wanted = Signal(object)  # links

    def __init__(self, session: Session, slot: str, title: str, files: Sequence[File]) -> None:
        super().__init__()
        self._session, self.slot, self.title = session, slot, title
        self.files = [each for each in files if each.is_photo]
        self._picture: QPixmap | None = None
        self._is_over = False
        self._pressed_at: QPointF | None = None
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        number = len(self.files)
        self.setAccessibleName(f"{title}照片 {number} 张" if number else f"{title}照片，还没有")
        self.setToolTip(
            "点击放大；拖到另一侧可以换位置；Ctrl+V 粘贴，右键更多"
            if number
            else f"把{title}照片拖到这里，点击选择，或按 Ctrl+V 粘贴"
        )
        self.clicked.connect(self._act)
        if self.files:
            first = self.files[0]
            Thumbnails.of(session).ask(first.source, _SIZE, self.take_picture, first.media_type)

    def take_picture(self, picture: QPixmap) -> None:
        """Show the picture that was asked for."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(150), px(128))

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, self.painter()
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_marked = self.hasFocus() or self._is_over
        pen = QPen(QColor(colours.accent if is_marked else colours.strong_line), 2 if is_marked else 1)
        if not self.files:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(colours.accent_wash if self._is_over else colours.raised))
        painter.drawRoundedRect(place, 8, 8)
        if self._picture is not None:
            outline = QPainterPath()
            outline.addRoundedRect(place.adjusted(2, 2, -2, -2), 6, 6)
            painter.setClipPath(outline)
            painter.drawPixmap(self._fitted(place), self._picture, QRectF(self._picture.rect()))
            painter.setClipping(False)
        painter.setFont(font("caption"))
        words = f"{self.title} {len(self.files)} 张" if len(self.files) > 1 else self.title
        if self.files:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.surface))
            wide = painter.fontMetrics().horizontalAdvance(words) + px(14)
            tag = QRectF(place.left() + px(6), place.top() + px(6), wide, painter.fontMetrics().height() + px(4))
            painter.drawRoundedRect(tag, 4, 4)
            painter.setPen(QColor(colours.text))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
            return
        sign = px(26)
        painter.drawPixmap(
            QPointF(place.center().x() - sign / 2, place.center().y() - sign),
            pixmap("photo-plus", sign, "faint", self.devicePixelRatioF()),
        )
        painter.setPen(QColor(colours.soft))
        below = QRectF(place.left(), place.center().y() + px(4), place.width(), painter.fontMetrics().height() + px(4))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{self.title}照片")

    def _fitted(self, place: QRectF) -> QRectF:
        """Return where the whole picture lies inside the frame."""
        size = QSize(self._picture.size() if self._picture is not None else QSize(1, 1)).toSizeF()
        size.scale(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        made = QRectF(QPointF(0, 0), size)
        made.moveCenter(place.center())
        return made

    def _act(self) -> None:
        if self.files:
            self.enlarge_wanted.emit(self.files[0])
        else:
            self.choose_wanted.emit(self.slot)

    # --- keys, menu, dragging ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit(self.slot)
        elif event.key() == Qt.Key.Key_Delete and self.files:
            self.remove_wanted.emit([self.files[0].link])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words, act in self.entries():
            menu.addAction(icon(name), words).triggered.connect(lambda _=False, do=act: do())
        menu.popup(event.globalPos())

    def entries(self) -> list[tuple[str, str, Callable[[], object]]]:
        """Return what can be done here: (icon, words, what to do)."""
        found: list[tuple[str, str, Callable[[], object]]] = [
            ("photo-plus", f"添加{self.title}照片…", partial(self.choose_wanted.emit, self.slot)),
            ("clipboard", "粘贴 (Ctrl+V)", partial(self.paste_wanted.emit, self.slot)),
        ]
        if self.files:
            other, name = ("after", "整改后") if self.slot == "before" else ("before", "整改前")
            links = [self.files[0].link]
            found.append(("arrow-right", f"移到“{name}”", partial(self.moved_here.emit, other, links)))
            found.append(("trash", "移除这张照片 (Delete)", partial(self.remove_wanted.emit, links)))
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_far = (
            self._pressed_at is not None
            and (event.position() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        )
        if is_far and self.files and event.buttons() & Qt.MouseButton.LeftButton:
            self._pressed_at = None
            self.setDown(False)
            carried = QMimeData()
            carried.setData(LINKS, str(self.files[0].link).encode())
            drag = QDrag(self)
            drag.setMimeData(carried)
            if self._picture is not None:
                drag.setPixmap(self._picture.scaledToWidth(px(80), Qt.TransformationMode.SmoothTransformation))
            drag.exec(Qt.DropAction.MoveAction)
            return
        super().mouseMoveEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is not self and (event.mimeData().hasFormat(LINKS) or paths_of(event.mimeData())):
            event.acceptProposedAction()
            self._is_over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._is_over = False
        self.update()
        carried = event.mimeData()
        if carried.hasFormat(LINKS):
            links = [int(each) for each in bytes(carried.data(LINKS).data()).decode().split(",") if each]
            self.moved_here.emit(self.slot, links)
        elif paths := paths_of(carried):
            self.dropped.emit(self.slot, paths)
        event.acceptProposedAction()
