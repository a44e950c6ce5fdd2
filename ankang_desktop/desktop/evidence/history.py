"""What happened to a record, in words, the newest first; undone steps are pale."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ankang_desktop.actions.records import history_in_words
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, clear, label, rule, scrolled
from ankang_desktop.desktop.work import Latest

MOST = 100  # steps shown; a record changed more often than that is rare, and its whole history can be copied


class HistoryView(QWidget):
    """The history of one record, read off the GUI thread when it comes into sight."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._number = ""
        self._is_stale = False
        self.events: list[dict[str, Any]] = []
        self._latest = Latest(session.work)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(8), 0, 0)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(6), 0)
        self._column.setSpacing(px(4))
        column.addWidget(scrolled(inside), 1)
        column.addWidget(button("复制全部历史", self.copy, kind="quiet", name="copy"))

    def show_record(self, number: str) -> None:
        """Show the history of a record, once it is looked at."""
        self._number, self._is_stale = number, True
        if self.isVisible():
            self._read()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def copy(self) -> None:
        """Copy the whole history as text."""
        lines = []
        for event in self.events:
            lines.append(f"{event['at'][:16]}　{event['title']}{'（已撤销）' if event['undone'] else ''}")
            lines += [f"　　{change}" for change in event["changes"]]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.session.door.say("历史已复制", "", "info")

    def _read(self) -> None:
        self._is_stale = False
        app, number = self.session.app, self._number
        self._latest.run(lambda _: history_in_words(app, number), self._show)

    def _show(self, events: list[dict[str, Any]]) -> None:
        self.events = list(reversed(events))
        clear(self._column)
        day = ""
        for event in self.events[:MOST]:
            if event["at"][:10] != day:
                day = event["at"][:10]
                self._column.addWidget(label(day, "strong"))
            undone = event["undone"]
            title = f"{event['at'][11:16]}　{event['title']}{'（已撤销）' if undone else ''}"
            self._column.addWidget(label(title, "caption" if undone else "body", wrap=True))
            for change in event["changes"][:30]:
                self._column.addWidget(
                    label(f"　　{change}", "caption" if undone else "soft", wrap=True, selectable=True)
                )
            self._column.addWidget(rule())
        self._column.addStretch(1)
