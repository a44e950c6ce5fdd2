"""The strip at the top: back, enterprise, year, the way to everything (Ctrl+K), undo and redo, look, help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from ankang_desktop.desktop.look import icon, px
from ankang_desktop.desktop.widgets import button, icon_button, label

_JUMP = ("搜索或跳转：台账、编号、职工、操作　　Ctrl+K", "搜索或跳转　　Ctrl+K", "搜索或跳转")
"""What the way to everything says: as much as has room."""


class Head(QFrame):
    """The strip; the window connects its buttons."""

    def __init__(self, back: Callable[[], object], jump: Callable[[], object], turn: Callable[[int], object]) -> None:
        super().__init__()
        self.setObjectName("head")
        self.setFixedHeight(px(52))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(8))
        self.back = icon_button("arrow-left", "返回上一个画面 (Alt+←)", back)
        self.back.setEnabled(False)
        row.addWidget(self.back)
        self.enterprise = label("", "strong")
        self.enterprise.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.enterprise, 2)
        self.earlier = icon_button("chevron-left", "上一年度 (Ctrl+PageUp)", lambda: turn(-1), size=16)
        self.year = label("", "strong")
        self.year.setMinimumWidth(px(72))
        self.year.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.later = icon_button("chevron-right", "下一年度 (Ctrl+PageDown)", lambda: turn(1), size=16)
        for part in (self.earlier, self.year, self.later):
            row.addWidget(part)
        row.addSpacing(px(12))
        self.jump = button(_JUMP[0], jump, name="search")
        self.jump.setAccessibleName("搜索或跳转 (Ctrl+K)")
        self.jump.setProperty("kind", "jump")
        self.jump.setMinimumWidth(px(270))
        row.addWidget(self.jump, 3)
        row.addSpacing(px(12))
        self.undo = icon_button("arrow-back-up", "撤销 (Ctrl+Z)")
        self.redo = icon_button("arrow-forward-up", "重做 (Ctrl+Y)")
        self.look = icon_button("moon", "深色或浅色")
        self.help = icon_button("help", "帮助 (F1)")
        for part in (self.undo, self.redo, self.look, self.help):
            row.addWidget(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.activate()
        room = self.jump.width() - px(60)  # without the icon and the padding
        words = self.jump.fontMetrics()
        self.jump.setText(next((each for each in _JUMP if words.horizontalAdvance(each) <= room), _JUMP[-1]))

    def show_steps(self, undo: str, redo: str) -> None:
        """Name the steps that undo and redo would take."""
        for each, verb, key, title in ((self.undo, "撤销", "Ctrl+Z", undo), (self.redo, "重做", "Ctrl+Y", redo)):
            each.setEnabled(bool(title))
            each.setToolTip(f"{verb}：{title} ({key})" if title else f"没有可以{verb}的操作")

    def show_theme(self, *, is_dark: bool) -> None:
        """Offer the other theme."""
        self.look.setIcon(icon("sun" if is_dark else "moon"))
        self.look.setToolTip("换成浅色" if is_dark else "换成深色")
