"""What is not on the calendar: duties switched off, and those the default calendar leaves off; each can come back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.agenda import Dropped, dropped_duties, switch_on
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button, clear, label, rule, scrolled
from ankang_desktop.desktop.widgets.dialog import Dialog


class DroppedDialog(Dialog):
    """The duties off the calendar, one below the other."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle("停用的事项")
        self.resize(px(620), px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label("不在年历上的事项", "subtitle"))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(8), 0)
        column.addWidget(scrolled(inside), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("关闭", self.reject))
        column.addLayout(row)
        self.show_dropped()

    def show_dropped(self) -> None:
        """Show what is off the calendar now."""
        clear(self._column)
        found = dropped_duties(self.session.app)
        if not found:
            self._column.addWidget(EmptyState("calendar", "没有停用的事项", "在事项的“更多”里可以停用用不着的"))
        for each in found:
            self._add(each)
        self._column.addStretch(1)

    def _add(self, each: Dropped) -> None:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(label(f"{each.code}　{each.title}", wrap=True))
        told = "　".join(part for part in (each.origin, each.reason) if part)
        words.addWidget(label(told, "caption", wrap=True))
        row.addLayout(words, 1)
        on = button("启用", partial(self._switch_on, each))
        on.setAccessibleName(f"启用 {each.title}")
        row.addWidget(on)
        self._column.addLayout(row)
        self._column.addWidget(rule())

    def _switch_on(self, each: Dropped) -> None:
        def take() -> bool:
            switch_on(self.session.app, each)
            return True

        if self.session.do(take):
            self.session.done(f"已启用：{each.title}")
            self.show_dropped()
