"""What happened to a record, in words: by day, the newest first, undone steps pale; it can be selected and copied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from ankang_desktop.actions.records import history_in_words
from ankang_desktop.desktop.look import current, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.store.journal import Changes

PAGE = 60
"""Steps shown at once; a button shows as many more."""

_EMPTY = "（空）"
_DAYS = "一二三四五六日"


class HistoryView(QWidget):
    """The history of one record, read off the GUI thread when it comes into sight and when the record changes."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.events: list[dict[str, Any]] = []
        self._number, self._is_stale, self._most = "", False, PAGE
        self._latest = Latest(session.work)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(8), 0, 0)
        column.setSpacing(px(6))
        self.text = QTextBrowser()
        self.text.setAccessibleName("这条记录的历史")
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.document().setDocumentMargin(px(8))
        column.addWidget(self.text, 1)
        foot = QHBoxLayout()
        self.counted = label("", "caption")
        self.more = button("看更早的(&E)", self.show_more, kind="quiet", name="chevron-down")
        self.copying = button("复制全部", self.copy, kind="quiet", name="copy")
        for each in (self.counted, self.more, self.copying):
            foot.addWidget(each, int(each is self.counted))
        column.addLayout(foot)
        session.changed.connect(self._touched)

    def show_record(self, number: str) -> None:
        """Show the history of a record, once it is looked at."""
        if number != self._number:
            self._most = PAGE
        self._number, self._is_stale = number, True
        if self.isVisible():
            self._read()

    def show_more(self) -> None:
        """Show older steps too."""
        self._most += PAGE
        self._write()

    def copy(self) -> None:
        """Copy the whole history as text."""
        lines = []
        for event in self.events:
            lines.append(f"{event['at'][:16]}　{event['title']}{'（已撤销）' if event['undone'] else ''}")
            lines += [f"　　{change}" for change in event["changes"]]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.session.door.say(f"已复制 {len(self.events)} 步历史", "可以粘贴到 Word 或微信里", "info")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "events", None):  # the text holds colours
            self._write()

    def _touched(self, _: Changes) -> None:
        """Read again: an undone step touches no record that is still told by number."""
        self._is_stale = bool(self._number)
        if self._is_stale and self.isVisible():
            self._read()

    def _read(self) -> None:
        self._is_stale = False
        app, number = self.session.app, self._number

        def read(_: object) -> list[dict[str, Any]]:
            try:
                return history_in_words(app, number)
            except UserError:  # its first step was undone meanwhile
                return []

        self._latest.run(read, self._show)

    def _show(self, events: list[dict[str, Any]]) -> None:
        self.events = list(reversed(events))
        self._write()

    def _write(self) -> None:
        shown = self.events[: self._most]
        place = self.text.verticalScrollBar().value()
        self.text.setHtml(page_of(shown, self.session.app.clock.today()))
        self.text.verticalScrollBar().setValue(place)
        left = len(self.events) - len(shown)
        self.more.setVisible(left > 0)
        self.copying.setEnabled(bool(self.events))
        self.counted.setText(f"共 {len(self.events)} 步" + (f"，还有 {left} 步更早的" if left > 0 else ""))


def page_of(events: Sequence[dict[str, Any]], today: date) -> str:
    """Return steps, newest first, as the page that is shown; everything from records is escaped."""
    if not events:
        return "<p>还没有历史：登记之后每一步都会记在这里。</p>"
    parts = []
    for day, steps in groupby(events, key=lambda event: str(event["at"])[:10]):
        parts.append(f'<p style="margin-top:{px(10)}px;margin-bottom:{px(2)}px"><b>{_day(day, today)}</b></p>')
        parts += [_step(event) for event in steps]
    return "".join(parts)


def _step(event: dict[str, Any]) -> str:
    colours = current().palette
    ink, soft = (colours.faint, colours.faint) if event["undone"] else (colours.text, colours.soft)
    mark = f' <span style="color:{colours.warning}">已撤销</span>' if event["undone"] else ""
    head = f'<span style="color:{colours.faint}">{event["at"][11:16]}</span>　{escape(event["title"])}{mark}'
    lines = "".join(
        f'<div style="color:{soft};margin-left:{px(16)}px">{_change(each)}</div>' for each in event["changes"]
    )
    return f'<div style="color:{ink};margin-top:{px(6)}px">{head}</div>{lines}'


def _change(sentence: str) -> str:
    """Return one sentence; what was filled in for the first time needs no “（空） →”."""
    name, colon, told = sentence.partition("：")
    before, arrow, after = told.partition(" → ")
    if arrow and before == _EMPTY:
        return f"{escape(name)}{colon}{escape(after)}"
    if arrow and after == _EMPTY:
        return f"{escape(name)}{colon}<s>{escape(before)}</s>"
    return escape(sentence)


def _day(written: str, today: date) -> str:
    day = date.fromisoformat(written)
    near = {0: "今天", 1: "昨天"}.get((today - day).days, f"周{_DAYS[day.weekday()]}")
    return f"{day.year}年{day.month}月{day.day}日　{near}"
