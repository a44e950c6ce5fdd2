"""How the lines of the card are painted: text at the left, the columns of scores at the right, their heads above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ankang_desktop.desktop.look import current, font, px
from ankang_desktop.desktop.screens.scorecard.words import NONE, most_text, score_text
from ankang_desktop.scoring.card import Which

if TYPE_CHECKING:
    from ankang_desktop.desktop.screens.scorecard.rows import Line

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("建议分", "自评分", "考核分", "去年", "满分")
_WIDE = (52, 52, 52, 46, 40)
_NUMBER = 34
_NARROW = 410
_SPARED = ("考核分", "去年")  # what a narrow list leaves to the detail beside it
_CLOSING = "，。；：、）》”？！％"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def columns(place: QRectF) -> dict[str, QRectF]:
    """Return where the columns of scores stand in a line; a narrow one has fewer."""
    found, right = {}, place.right() - px(10)
    is_narrow = place.width() < px(_NARROW)
    for name, wide in reversed(list(zip(COLUMNS, _WIDE, strict=True))):
        if not (is_narrow and name in _SPARED):
            found[name] = QRectF(right - px(wide), place.top(), px(wide), place.height())
            right -= px(wide)
    return found


def in_lines(text: str, metrics: QFontMetricsF, width: float, most: int = 2) -> list[str]:
    """Return a text in at most `most` lines of a width; the last is cut; no line begins with a closing mark."""
    found: list[str] = []
    rest = text
    while rest and len(found) < most - 1:
        size = len(rest)
        while size > 1 and metrics.horizontalAdvance(rest[:size]) > width:
            size -= 1
        if 1 < size < len(rest) and rest[size] in _CLOSING:
            size -= 1
        found.append(rest[:size])
        rest = rest[size:]
    if rest:
        found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return found


class Heads(QWidget):
    """The heads of the columns, in line with them; `right` is what a scroll bar takes."""

    def __init__(self) -> None:
        super().__init__()
        self.right = 0
        self.setFixedHeight(px(30))
        self.setAccessibleName("、".join(COLUMNS))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = current().palette
        painter.setPen(QColor(colours.faint))
        painter.setFont(font("caption"))
        place = QRectF(0, 0, self.width() - self.right, self.height())
        painter.drawText(place.adjusted(px(14), 0, 0, 0), _LEFT, "考核内容")
        for head, where in columns(place).items():
            painter.drawText(where, _RIGHT, head)
        painter.setPen(QColor(colours.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class RowPainter(QStyledItemDelegate):
    """Paints a section's heading or a box."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = self._line(index)
        lines = QFontMetricsF(font("body")).lineSpacing()
        return QSize(px(200), round(lines * 2 + px(20)) if line.row else round(lines + px(14)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, place = self._line(index), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.row is None:
            self._section(painter, place, line)
        else:
            self._ground(painter, place, option)
            self._text(painter, place, line)
            self._scores(painter, place, line)
        painter.restore()

    def _line(self, index: Index) -> Line:
        from ankang_desktop.desktop.screens.scorecard.rows import LINE

        found: Line = index.data(LINE)
        return found

    def _section(self, painter: QPainter, place: QRectF, line: Line) -> None:
        colours = current().palette
        painter.fillRect(place, QColor(colours.raised))
        where = columns(place)
        painter.setFont(font("strong"))
        painter.setPen(QColor(colours.text))
        name = f"{'*' if line.section.bonus else ''}{line.section.name}"
        room = where["建议分"].left() - place.left() - px(18)
        words = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place.adjusted(px(14), 0, 0, 0), _LEFT, words)
        has = {which: any(unit.score(which) is not None for unit in line.section.units()) for which in Which}
        painter.setPen(QColor(colours.soft))
        for which in (Which.suggested, Which.self, Which.assessed):
            if has[which] and which.value in where:
                painter.drawText(where[which.value], _RIGHT, score_text(line.section.sum(which)))
        painter.drawText(where["满分"], _RIGHT, most_text(line.section.points))

    def _ground(self, painter: QPainter, place: QRectF, option: QStyleOptionViewItem) -> None:
        colours = current().palette
        inner = place.adjusted(px(4), px(1), -px(4), -px(1))
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_wash if is_chosen else colours.raised))
            painter.drawRoundedRect(inner, 6, 6)
        if is_chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colours.accent))
            painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _text(self, painter: QPainter, place: QRectF, line: Line) -> None:
        row = line.row
        if row is None:
            return
        colours = current().palette
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.faint))
        painter.drawText(
            QRectF(place.left() + px(4), place.top() + px(8), px(_NUMBER - 10), px(18)), _RIGHT, str(row.number)
        )
        painter.setFont(font("body"))
        painter.setPen(QColor(colours.text))
        metrics = QFontMetricsF(painter.font())
        left, room = place.left() + px(_NUMBER + 2), columns(place)["建议分"].left() - place.left() - px(_NUMBER + 6)
        for at, words in enumerate(in_lines(row.text, metrics, room)):
            high = metrics.lineSpacing()
            painter.drawText(QRectF(left, place.top() + px(6) + at * high, room + px(8), high), _LEFT, words)
        self._bar(painter, QRectF(left, place.bottom() - px(9), room - px(8), px(3)), line)

    def _bar(self, painter: QPainter, where: QRectF, line: Line) -> None:
        row = line.row
        if row is None:
            return
        colours = current().palette
        painter.setPen(Qt.PenStyle.NoPen)
        suggested = float(row.sum() or 0)
        shares = (
            (1.0, colours.line),
            (float(line.potential / row.points), colours.warning_wash if not colours.is_dark else colours.warning),
            (suggested / float(row.points), colours.accent),
        )
        for share, colour in shares:
            if share > 0:
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(
                    QRectF(where.left(), where.top(), where.width() * min(1.0, share), where.height()), 1.5, 1.5
                )

    def _scores(self, painter: QPainter, place: QRectF, line: Line) -> None:
        row = line.row
        if row is None:
            return
        colours = current().palette
        where = columns(place)
        texts = {
            "建议分": (score_text(row.sum()), colours.text, True),
            "自评分": (score_text(row.sum(Which.self)), colours.text, False),
            "考核分": (score_text(row.sum(Which.assessed)), colours.text, False),
            "去年": (score_text(line.before), colours.faint, False),
            "满分": (most_text(row.points), colours.soft, False),
        }
        high = QFontMetricsF(font("body")).lineSpacing()
        for name, box in where.items():
            text, colour, is_bold = texts[name]
            painter.setFont(font("body", bold=is_bold))
            painter.setPen(QColor(colours.faint if text == NONE else colour))
            painter.drawText(QRectF(box.left(), place.top() + px(6), box.width(), high), _RIGHT, text)
        painter.setFont(font("caption"))
        first, second = where["建议分"], where["自评分"]
        below = QRectF(first.left() - px(10), place.top() + px(6) + high, first.width() + px(10), high)
        if line.pending:
            painter.setPen(QColor(colours.warning))
            painter.drawText(below, _RIGHT, f"待确认{most_text(line.pending)}")
        elif line.potential > (row.sum() or 0):
            painter.setPen(QColor(colours.accent_strong))
            painter.drawText(below, _RIGHT, f"可+{score_text(line.potential - (row.sum() or 0))}")
        if line.has_some_self:
            painter.setPen(QColor(colours.faint))
            painter.drawText(QRectF(second.left(), below.top(), second.width(), high), _RIGHT, "未填完")
