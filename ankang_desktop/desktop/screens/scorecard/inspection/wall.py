"""The wall of evidence of one row: large thumbnails with number, title, day and the place of the paper."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ankang_desktop.actions.inspecting import CASE, Proof
from ankang_desktop.desktop.evidence.thumbnails import Thumbnails
from ankang_desktop.desktop.look import current, font, pixmap, px
from ankang_desktop.desktop.screens.scorecard.paint import in_lines
from ankang_desktop.desktop.session import Session

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
PROOF = Qt.ItemDataRole.UserRole + 1
_MOST_BESIDE = 3
THUMB = 340  # points of the square asked for: one size, so that one cache serves every window


class Proofs(QAbstractListModel):
    """The evidence of a row; `are_names_shown` decides which words it tells."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.proofs: tuple[Proof, ...] = ()
        self.are_names_shown = False

    def show_proofs(self, proofs: tuple[Proof, ...]) -> None:
        """Show the evidence of another row."""
        self.beginResetModel()
        self.proofs = proofs
        self.endResetModel()

    def show_names(self, *, are_shown: bool) -> None:
        """Tell people's names, or mask them."""
        self.are_names_shown = are_shown
        if self.proofs:
            self.dataChanged.emit(self.index(0), self.index(len(self.proofs) - 1))

    def title(self, proof: Proof) -> str:
        """Return the title as it may be shown now."""
        return proof.title if self.are_names_shown else proof.masked_title

    def caption(self, proof: Proof) -> str:
        """Return the caption as it may be shown now."""
        return proof.caption if self.are_names_shown else proof.masked_caption

    def words(self, proof: Proof) -> str:
        """Return title and caption as they may be shown now, what both say said once."""
        title, caption = self.title(proof), self.caption(proof)
        return caption if title in caption else f"{title}　{caption}".strip("　")

    def hidden(self, proof: Proof) -> str:
        """Return why the picture is not shown now, "" where it is."""
        return "" if self.are_names_shown and proof.hidden != CASE else proof.hidden

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.proofs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        proof = self.proofs[index.row()]
        if role == PROOF:
            return proof
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            words = (proof.number, self.words(proof), str(proof.day or ""), proof.place)
            return "　".join(each for each in words if each)
        return None


class Wall(QListView):
    """The thumbnails side by side; the window's keys move in it, so it takes none itself."""

    def __init__(self, session: Session, model: Proofs) -> None:
        super().__init__()
        self.shown = model
        self.thumbnails = Thumbnails.of(session)
        self.setModel(model)
        self.setItemDelegate(_Picture(self))
        self.setAccessibleName("本行佐证")
        self.setProperty("plain", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def stand(self, at: int) -> None:
        """Stand on a piece of evidence."""
        if 0 <= at < len(self.shown.proofs):
            self.setCurrentIndex(self.shown.index(at))
            self.scrollTo(self.currentIndex())

    def cell(self) -> QSize:
        """Return the size of one piece: as many side by side as are still large."""
        wide = max(px(200), self.viewport().width() - 2)
        number = max(1, wide // px(270))
        while number < _MOST_BESIDE and self._high(wide // number) > self.viewport().height():
            number += 1  # where letters are large one alone would be higher than the window
        side = wide // number
        return QSize(side, self._high(side))

    @staticmethod
    def _high(side: int) -> int:
        lines = QFontMetricsF(_font("subtitle")).lineSpacing() + 3 * QFontMetricsF(_font("body")).lineSpacing()
        return round((side - px(16)) * 0.66 + lines + px(36))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setGridSize(self.cell())

    def came(self, _: QPixmap) -> None:
        """Paint again: a picture has come."""
        self.viewport().update()


def _font(role: str, *, bold: bool = False) -> QFont:
    """Return a font large enough to be read from two metres."""
    made = font(role, bold=bold)
    made.setPointSizeF(made.pointSizeF() * 1.25)
    return made


class _Picture(QStyledItemDelegate):
    """Paints one piece of evidence."""

    def __init__(self, wall: Wall) -> None:
        super().__init__(wall)
        self.wall = wall

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.wall.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        proof: Proof = index.data(PROOF)
        colours = current().palette
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected) or index == self.wall.currentIndex()
        place = QRectF(option.rect).adjusted(px(4), px(4), -px(4), -px(4))
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QColor(colours.accent if is_chosen else colours.line))
        painter.setBrush(QColor(colours.accent_wash if is_chosen else colours.surface))
        painter.drawRoundedRect(place, 8, 8)
        picture = QRectF(
            place.left() + px(6), place.top() + px(6), place.width() - px(12), (option.rect.width() - px(16)) * 0.66
        )
        self._picture(painter, picture, proof)
        self._words(painter, QRectF(place.left() + px(10), picture.bottom() + px(4), place.width() - px(20), 0), proof)
        painter.restore()

    def _picture(self, painter: QPainter, where: QRectF, proof: Proof) -> None:
        colours = current().palette
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(where, 5, 5)
        hidden = self.wall.shown.hidden(proof)
        if hidden or not proof.sha256:
            paper = f"纸质件在{proof.place}" if proof.place else "纸质件没有登记盒号页号"
            told = "台账记录，打印台账可查" if proof.is_record else paper
            name = "lock" if hidden else "clipboard-list" if proof.is_record else "archive"
            self._sign(painter, where, name, hidden or told)
            return
        made = self.wall.thumbnails.known(proof.sha256, THUMB, proof.media_type)
        if made is None:
            self.wall.thumbnails.ask(proof.sha256, THUMB, self.wall.came, proof.media_type)
            made = self.wall.thumbnails.placeholder(proof.media_type, THUMB)
        size = made.deviceIndependentSize()
        fit = min(where.width() / size.width(), where.height() / size.height())
        fit = fit if size.width() > px(80) else 1.0
        wide, high = size.width() * fit, size.height() * fit
        middle = where.center()
        painter.drawPixmap(QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high), made, QRectF(made.rect()))

    def _sign(self, painter: QPainter, where: QRectF, name: str, told: str) -> None:
        side = px(36)
        sign = pixmap(name, side, "faint", self.wall.devicePixelRatioF())
        painter.drawPixmap(round(where.center().x() - side / 2), round(where.center().y() - side), sign)
        painter.setPen(QColor(current().palette.soft))
        painter.setFont(_font("body"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(where.adjusted(px(12), where.height() / 2 + px(8), -px(12), 0), flags, told)

    def _words(self, painter: QPainter, where: QRectF, proof: Proof) -> None:
        colours = current().palette
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        top = where.top()
        painter.setFont(_font("subtitle", bold=True))
        high = QFontMetricsF(painter.font()).lineSpacing()
        line = QRectF(where.left(), top, where.width(), high)
        painter.setPen(QColor(colours.text))
        painter.drawText(line, left, proof.number)
        painter.setPen(QColor(colours.accent_strong))
        painter.drawText(line, right, proof.place)
        painter.setFont(_font("body"))
        metrics = QFontMetricsF(painter.font())
        words = self.wall.shown.words(proof)
        painter.setPen(QColor(colours.text))
        top += high
        for text in in_lines(words, metrics, where.width()):
            painter.drawText(QRectF(where.left(), top, where.width() + px(6), metrics.lineSpacing()), left, text)
            top += metrics.lineSpacing()
        painter.setPen(QColor(colours.soft))
        painter.drawText(QRectF(where.left(), top, where.width(), metrics.lineSpacing()), left, str(proof.day or ""))
