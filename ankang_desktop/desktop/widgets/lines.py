"""Short lists of what is to be done: painted lines that are pressed, each with a mark at its right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import current, font, pixmap, px
from ankang_desktop.desktop.widgets.basic import clear, label, link
from ankang_desktop.desktop.widgets.painted import paint_badge

_LEAST, _HIGH = 5, 30


@dataclass(frozen=True)
class Entry:
    """One line: its words, the mark at its right in a tone, what more there is to tell, what pressing it does."""

    text: str
    mark: str
    action: Callable[[], object]
    told: str = ""
    tone: str = ""


class Pressable(QAbstractButton):
    """A painted button: Tab reaches it, Enter and Space press it; `is_over` while the mouse is."""

    def __init__(self, name: str, action: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.is_over = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if action is not None:
            self.clicked.connect(lambda _=False: action())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.is_over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.is_over = False
        self.update()
        super().leaveEvent(event)

    def ground(self) -> QPainter:
        """Paint what lies under the words: a wash while the mouse is over it, a ring while the keys are here."""
        colours, painter = current().palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colours.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised) if self.is_over or self.isDown() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, px(6), px(6))
        return painter


class EntryLine(Pressable):
    """One entry: words that give way where the line is narrow, the mark whole."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"{entry.text}，{entry.mark}", entry.action)
        self.entry = entry
        self.setToolTip("\n".join(each for each in (entry.text, entry.told) if each))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(160), px(_HIGH))

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, self.ground()
        inside = QRectF(self.rect()).adjusted(px(8), 0, -px(4), 0)
        painter.setFont(font("caption"))
        metrics = QFontMetricsF(painter.font())
        wide, high = metrics.horizontalAdvance(self.entry.mark) + px(14), metrics.height() + px(4)
        badge = QRectF(inside.right() - wide, inside.center().y() - high / 2, wide, high)
        if self.entry.mark:
            paint_badge(painter, badge, self.entry.mark, self.entry.tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(colours, self.entry.tone) if self.entry.tone else colours.strong_line))
        painter.drawEllipse(QPointF(inside.left() + px(3), inside.center().y()), px(3), px(3))
        painter.setFont(font("body"))
        painter.setPen(QColor(colours.accent_strong if self.is_over else colours.text))
        room = QRectF(inside.left() + px(14), inside.top(), badge.left() - inside.left() - px(22), inside.height())
        words = QFontMetricsF(painter.font()).elidedText(self.entry.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class Figure(Pressable):
    """A number, large, over what it counts; `tone` is a palette name or "" for the colour of text."""

    def __init__(self, under: str, action: Callable[[], object]) -> None:
        super().__init__(under, action)
        self.number, self._under, self._tone = "–", under, ""

    def show_number(self, number: str, tone: str = "", told: str = "") -> None:
        """Show a number; `told` says how it is counted."""
        self.number, self._tone = number, tone
        self.setAccessibleName(f"{self._under} {number}")
        self.setToolTip(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        figure, under = QFontMetricsF(font("title")), QFontMetricsF(font("caption"))
        wide = max(figure.horizontalAdvance(self.number), under.horizontalAdvance(self._under))
        return QSize(round(wide) + px(18), round(figure.height() + under.height()) + px(8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, self.ground()
        inside = QRectF(self.rect()).adjusted(px(8), px(3), -px(8), -px(3))
        left = Qt.AlignmentFlag.AlignLeft
        painter.setFont(font("title"))
        painter.setPen(QColor(getattr(colours, self._tone) if self._tone else colours.text))
        painter.drawText(inside, left | Qt.AlignmentFlag.AlignTop, self.number)
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.accent_strong if self.is_over else colours.soft))
        painter.drawText(inside, left | Qt.AlignmentFlag.AlignBottom, self._under)


def widgets_in(layout: QLayout) -> list[QWidget]:
    """Return the widgets of a layout in their order."""
    items = (layout.itemAt(at) for at in range(layout.count()))
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]


class _Ghosts(QWidget):
    """What stands in a list until its lines are known: bars where words will be."""

    def sizeHint(self) -> QSize:
        return QSize(px(160), px(_HIGH) * _LEAST)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().palette.raised))
        for at in range(_LEAST):
            wide = self.width() * (0.85 - 0.12 * (at * 2 % 5))
            painter.drawRoundedRect(QRectF(px(8), at * px(_HIGH) + px(9), wide - px(16), px(12)), px(6), px(6))


class EntryList(QFrame):
    """A card with as many of its lines as fit; the count at its head opens them all."""

    def __init__(self, title: str, picture: str) -> None:
        super().__init__()
        self.title, self._picture = title, picture
        self.entries: Sequence[Entry] = ()
        self._more: Sequence[Entry] = ()
        self._none, self._between = "", ""
        self._go: Callable[[], object] | None = None
        self._is_known = False
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(10), px(8), px(8))
        column.setSpacing(px(2))
        head = QHBoxLayout()
        head.setContentsMargins(px(8), 0, px(4), px(2))
        head.addWidget(label(title, "subtitle"))
        head.addStretch(1)
        self.whole = link("正在核对…")
        self.whole.setEnabled(False)
        self.whole.clicked.connect(self._open_all)
        head.addWidget(self.whole)
        column.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.addWidget(_Ghosts())
        column.addLayout(self._lines)
        column.addStretch(1)
        self.setMinimumHeight(px(_HIGH) * _LEAST + px(58))

    def _open_all(self) -> None:
        if self._go is not None:
            self._go()

    def put(self, entries: Sequence[Entry], go: Callable[[], object], none: str) -> None:
        """Show entries; `go` shows all of them, `none` is said where there are none."""
        self.entries, self._go, self._none, self._is_known = entries, go, none, True
        self._more = ()
        self.whole.setText(f"{len(entries)} 项")
        self.whole.setAccessibleName(f"{self.title}：全部 {len(entries)} 项")
        self.whole.setEnabled(True)
        self._fill()

    def put_next(self, between: str, more: Sequence[Entry]) -> None:
        """Show what comes after the entries, below a caption, where there is room."""
        self._between, self._more = between, more
        self._fill()

    def lines(self) -> list[EntryLine]:
        """Return the lines shown."""
        return [each for each in widgets_in(self._lines) if isinstance(each, EntryLine)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_known:
            self._fill()

    def _fill(self) -> None:
        room = max(_LEAST, (self.height() - px(58)) // px(_HIGH))
        shown = list(self.entries[:room])
        left = room - max(1, len(shown)) - 1
        more = list(self._more[: max(0, left)])
        wanted = [*shown, *more]
        if [each.entry for each in self.lines()] == wanted and wanted:
            return
        clear(self._lines)
        if not self.entries:
            self._lines.addLayout(self._nothing())
        for each in shown:
            self._lines.addWidget(EntryLine(each))
        if more:
            caption = label(self._between, "caption")
            caption.setContentsMargins(px(8), px(8), 0, px(2))
            self._lines.addWidget(caption)
        for each in more:
            self._lines.addWidget(EntryLine(each))

    def _nothing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(8), px(4), px(8), px(4))
        row.setSpacing(px(8))
        sign = label()
        sign.setPixmap(pixmap(self._picture, px(20), "good", self.devicePixelRatioF()))
        row.addWidget(sign)
        row.addWidget(label(self._none, "soft", wrap=True), 1)
        return row
