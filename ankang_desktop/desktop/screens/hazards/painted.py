"""What the page paints itself: a figure with its bar, a step of the ladder, a pill that filters, an item ticked off.

All of them are buttons, so that Tab, Space and screen readers know them; Enter presses them too.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ankang_desktop.desktop.look import current, font, pixmap, px


class Pressed(QAbstractButton):
    """A painted button: hovered, focused, pressed by Enter as well."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.is_hovered = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.is_hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.is_hovered = False
        self.update()
        super().leaveEvent(event)

    def painter(self) -> QPainter:
        """Return a painter that draws smooth edges."""
        made = QPainter(self)
        made.setRenderHint(QPainter.RenderHint.Antialiasing)
        return made

    def frame(self, painter: QPainter, fill: str, line: str, round_by: float = 8) -> None:
        """Draw the ground of the button, a stronger line around it while it has the focus."""
        colours = current().palette
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else line), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), round_by, round_by)


class FigureTile(Pressed):
    """An indicator: its name, the figure large, and for a share a thin bar."""

    def __init__(self, title: str, how: str) -> None:
        super().__init__(title)
        self._title, self._text, self._share, self._tone = title, "…", 0.0, "accent"
        self.has_bar = True
        self.setToolTip(how)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, text: str, share: float | None, tone: str) -> None:
        """Show the figure; `share` None draws no bar, `tone` is a palette name."""
        self._text, self._tone, self.has_bar = text, tone, share is not None
        self._share = share or 0.0
        self.setAccessibleName(f"{self._title} {text}")
        self.update()

    def text(self) -> str:
        """Return the words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        high = QFontMetrics(font("caption")).height() + QFontMetrics(font("title")).height() + px(16)
        return QSize(px(132), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(96), self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, self.painter()
        self.frame(painter, colours.raised if self.is_hovered else colours.surface, colours.line)
        inside = QRectF(self.rect()).adjusted(px(12), px(5), -px(12), -px(7))
        painter.setFont(font("caption"))
        painter.setPen(QColor(colours.soft))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._title)
        painter.setFont(font("title"))
        painter.setPen(QColor(getattr(colours, self._tone) if self._tone != "accent" else colours.text))
        room = inside.adjusted(0, 0, 0, -px(6))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._text)
        if self.has_bar:
            painter.setPen(Qt.PenStyle.NoPen)
            for share, colour in ((1.0, colours.line), (self._share, getattr(colours, self._tone))):
                if share > 0:
                    painter.setBrush(QColor(colour))
                    bar = QRectF(inside.left(), inside.bottom() - px(3), inside.width() * min(1.0, share), px(4))
                    painter.drawRoundedRect(bar, px(2), px(2))


class Rung(Pressed):
    """One step of the ladder 岗位 → 班组 → 车间 → 企业 → 监管部门, an arrow into the next one."""

    def __init__(self, words: str, *, is_first: bool) -> None:
        super().__init__(words)
        self._words, self._number, self._is_first = words, 0, is_first
        self.setCheckable(True)
        self.setToolTip(f"只看整改层级为“{words}”的未销号隐患；再点一次看全部")

    def set_number(self, number: int) -> None:
        """Show how many open hazards stand here."""
        self._number = number
        self.setAccessibleName(f"整改层级 {self._words} {number} 条")
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the words shown."""
        return f"{self._words} {self._number}"

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font("body", bold=True))
        return QSize(metrics.horizontalAdvance(self.text()) + px(34), metrics.height() + px(12))

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, self.painter()
        wide, high, tip = self.width() - 1.0, self.height() - 1.0, px(9)
        back = 0 if self._is_first else tip
        corners = [(1, 1), (wide - tip, 1), (wide, high / 2), (wide - tip, high), (1, high), (1 + back, high / 2)]
        fill = colours.accent_wash if self.isChecked() else colours.raised if self.is_hovered else colours.surface
        is_marked = self.hasFocus() or self.isChecked()
        line = colours.accent if is_marked else colours.strong_line
        painter.setPen(QPen(QColor(line), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(fill))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.setFont(font("body", bold=self.isChecked()))
        painter.setPen(
            QColor(colours.accent_strong if self.isChecked() else colours.text if self._number else colours.faint)
        )
        painter.drawText(QRectF(back, 0, wide - back - tip / 2, high), Qt.AlignmentFlag.AlignCenter, self.text())


class Pill(Pressed):
    """A filter with its count: 逾期未销号 6; pressed again it lets go."""

    def __init__(self, words: str, tone: str) -> None:
        super().__init__(words)
        self._words, self._tone, self._number = words, tone, 0
        self.setCheckable(True)

    def set_number(self, number: int) -> None:
        """Show how many there are."""
        self._number = number
        self.setAccessibleName(f"{self._words} {number} 条")
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the words shown."""
        return f"{self._words} {self._number}"

    def sizeHint(self) -> QSize:
        metrics, bold = QFontMetrics(font()), QFontMetrics(font("strong"))
        wide = metrics.horizontalAdvance(self._words) + bold.horizontalAdvance(str(self._number)) + px(32)
        return QSize(wide + (px(16) if self.isChecked() else 0), metrics.height() + px(10))

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, self.painter()
        tone = self._tone if self._number else "faint"
        wash = getattr(colours, f"{self._tone}_wash")
        fill = wash if self.isChecked() else colours.raised if self.is_hovered else colours.surface
        line = getattr(colours, self._tone) if self.isChecked() else colours.line
        self.frame(painter, fill, line, self.height() / 2 - 1)
        inside = QRectF(self.rect()).adjusted(px(13), 0, -px(13), 0)
        painter.setFont(font())
        painter.setPen(QColor(colours.text if self._number else colours.faint))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._words)
        after = inside.adjusted(QFontMetrics(font()).horizontalAdvance(self._words) + px(6), 0, 0, 0)
        painter.setFont(font("strong"))
        painter.setPen(QColor(getattr(colours, tone)))
        painter.drawText(after, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(self._number))
        if self.isChecked():
            cross = pixmap("x", px(14), "soft", self.devicePixelRatioF())
            painter.drawPixmap(QPointF(inside.right() - px(12), (self.height() - px(14)) / 2), cross)


class ItemRow(Pressed):
    """One thing to be settled, ticked or not: its name, what is filled in; pressed it is filled in."""

    def __init__(self, name: str, value: str, *, is_done: bool, warning: str = "") -> None:
        super().__init__(f"{name}：{value or '未填'}{'，' if warning else ''}{warning}")
        self.name, self.value, self.is_done, self.warning = name, value, is_done, warning
        self.setToolTip(f"{name}：{value or '还没有填'}{'　' if warning else ''}{warning}（点一下填写或修改）")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(180), QFontMetrics(font()).height() + px(8))

    def paintEvent(self, _: QPaintEvent) -> None:
        colours, painter = current().palette, self.painter()
        if self.is_hovered or self.hasFocus():
            self.frame(painter, colours.raised, colours.raised, 6)
        name = "circle-check" if self.is_done else "circle-dashed"
        tone = "warning" if self.warning else "good" if self.is_done else "faint"
        sign, middle = px(18), (self.height() - px(18)) / 2
        painter.drawPixmap(QPointF(px(4), middle), pixmap(name, sign, tone, self.devicePixelRatioF()))
        metrics = QFontMetrics(font())
        left, wide = px(28), max(metrics.horizontalAdvance(self.name), metrics.horizontalAdvance("国国国国"))
        whole = QRectF(self.rect())
        painter.setFont(font())
        painter.setPen(QColor(colours.soft))
        across = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, wide, whole.height()), across, self.name)
        start = left + wide + px(8)
        room = QRectF(start, 0, whole.width() - start - px(24), whole.height())
        told = "　".join(filter(None, (self.value or ("" if self.warning else "未填"), self.warning)))
        colour = colours.warning if self.warning else colours.text if self.value else colours.faint
        painter.setPen(QColor(colour))
        elided = metrics.elidedText(told.replace("\n", " "), Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, across, elided)
        if self.is_hovered or self.hasFocus():
            pencil = pixmap("pencil", px(14), "soft", self.devicePixelRatioF())
            painter.drawPixmap(QPointF(whole.width() - px(20), (self.height() - px(14)) / 2), pencil)
