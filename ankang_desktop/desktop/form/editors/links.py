"""Other records, found by typing a name, a code, a number or pinyin initials."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget

from ankang_desktop.actions import choosing
from ankang_desktop.actions.choosing import Candidate
from ankang_desktop.actions.drafting import number_of
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import LISTING, Link, Misread, split_words
from ankang_desktop.desktop.form.editors.base import Editor
from ankang_desktop.desktop.look import icon, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, clear
from ankang_desktop.desktop.widgets.search import yield_undo


class LinkEditor(Editor):
    """One record of a ledger; while nothing is chosen, what is typed is no value and says so.

    `several` tells that a list of names is pasted, where whoever made it `takes_several`.
    """

    several = Signal()
    takes_several = False

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        kind = field.kind
        self.ledger = kind.ledger if isinstance(kind, Link) else ""
        self.noun = kind.noun if isinstance(kind, Link) else ""
        self._key: int | None = None
        self._found: list[Candidate] = []
        self.line = _LinkLine(self)
        self.line.setPlaceholderText(f"{self.noun}名称、编号或拼音首字母")
        self._offers: _Offers | None = None  # made when something is offered first: most links are only looked at
        self.line.textEdited.connect(self._typed)
        self._open = self.line.addAction(icon("arrow-up-right"), QLineEdit.ActionPosition.TrailingPosition)
        self._open.setToolTip("打开这条记录")
        self._open.triggered.connect(self._show_record)
        self._open.setVisible(False)
        self.take_main(self.line)
        self.row.addWidget(self.line, 1)

    def value(self) -> int | None:
        text = self.line.text().strip()
        if text and self._key is None:
            if choosing.suggest(self.session.app, self.ledger, text):
                raise Misread(f"“{text}”还没有选定是哪个{self.noun}，请从列表中选一个（按 ↓）")
            raise Misread(f"没有叫“{text}”的{self.noun}，请从列表中选，或先登记")
        return self._key

    def set_value(self, value: Any) -> None:
        self._key = value
        self.line.setText(choosing.called(self.session.app, self.ledger, [value])[value] if value else "")
        self.line.setCursorPosition(0)
        self._open.setVisible(value is not None)

    def raw(self) -> Any:
        return {"key": self._key, "text": self.line.text()}

    def set_raw(self, raw: Any) -> None:
        self._key = raw["key"]
        self.line.setText(raw["text"])
        self._open.setVisible(self._key is not None)

    def set_read_only(self, *, is_read_only: bool) -> None:
        self.line.setReadOnly(is_read_only)

    def offer(self, text: str) -> None:
        """Show what a text may mean under the line."""
        self._found = choosing.suggest(self.session.app, self.ledger, text)
        self._offers = self._offers or _Offers(self, self._take)
        self._offers.show_words([f"{each.name}　　{each.detail}" if each.detail else each.name for each in self._found])

    def settle_text(self) -> None:
        """Take the one record a typed text can only mean, when the person goes on without choosing.

        A name must be whole for that, letters and digits need not: nobody types “wst” to mean something else.
        """
        text = self.line.text().strip()
        if text and self._key is None:
            [found] = choosing.named(self.session.app, self.ledger, [text])
            if not found and text.isascii():
                found = [each.id for each in choosing.suggest(self.session.app, self.ledger, text)]
            if len(found) == 1:
                self.set_value(found[0])
            self.changed.emit()  # also where nothing is named: now it is wrong

    def is_offering(self) -> bool:
        return self._offers is not None and self._offers.list.isVisible()

    def _typed(self, text: str) -> None:
        self._key = None
        self._open.setVisible(False)
        if text.strip():
            self.offer(text)
        elif self._offers is not None:
            self._offers.list.hide()
        self.changed.emit()

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self.set_value(self._found[row].id)
            self.changed.emit()

    def _show_record(self) -> None:
        if self._key is not None:
            self.session.open_record(number_of(self.session.app, self.ledger, self._key))


class _Offers(QCompleter):
    """The list under the line of a link; `take` is given the row of the one chosen."""

    def __init__(self, editor: LinkEditor, take: Callable[[int], object]) -> None:
        self._words = QStringListModel()
        super().__init__(self._words, editor)
        self._editor, self.list = editor, QListView()
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(12)
        self.setWidget(editor.line)
        self.setPopup(self.list)
        self.list.setParent(editor, Qt.WindowType.Popup)  # setPopup makes it parentless; it is to look like its window
        chosen: Any = self.activated  # overloaded; the stubs do not say so
        chosen[QModelIndex].connect(lambda index: take(index.row()))

    def show_words(self, words: list[str]) -> None:
        """Offer these, the first in hand; nothing hides the list."""
        self._words.setStringList(words)
        self.list.setMinimumWidth(max(self._editor.line.width(), px(260)))
        if words:
            self.complete()
            self.list.setCurrentIndex(self.completionModel().index(0, 0))
        else:
            self.list.hide()


class _LinkLine(QLineEdit):
    """The line of a link: Down offers everything, leaving it settles what was typed."""

    def __init__(self, editor: LinkEditor) -> None:
        super().__init__()
        yield_undo(self)
        self._editor = editor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_F4} and not self.isReadOnly() and not self._editor.is_offering():
            self._editor.offer("" if self._editor.raw()["key"] else self.text())
            return
        if event.matches(QKeySequence.StandardKey.Paste) and self._editor.takes_several and _is_list(_copied()):
            self._editor.several.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._editor.settle_text()


class LinksEditor(Editor):
    """Several records of a ledger (邀请班组): chips, and a line to add one more; the value is a list of ids."""

    def __init__(self, field: Field, session: Session) -> None:
        super().__init__(field, session)
        self._keys: list[int] = []
        self.adder = LinkEditor(field, session)
        self.adder.changed.connect(self._added)
        self.adder.takes_several = True
        self.adder.several.connect(self._paste)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, px(6))
        column.addWidget(self._chips)
        column.addWidget(self.adder)
        self.row.addWidget(inside, 1)
        self.take_main(self.adder.line)
        self._chips.hide()

    def value(self) -> list[int]:
        self.adder.value()  # what is typed and not chosen is said
        return list(self._keys)

    def set_value(self, value: Any) -> None:
        self._keys = list(dict.fromkeys(value or ()))
        clear(self._flow)
        names = choosing.called(self.session.app, self.adder.ledger, self._keys)
        for key in self._keys:
            chip = button(f"{names[key]}  ×", partial(self._drop, key), kind="chip")
            chip.setAccessibleName(f"去掉{names[key]}")
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._keys))
        self.updateGeometry()

    def raw(self) -> list[int]:
        return list(self._keys)

    def set_raw(self, raw: Any) -> None:
        self.set_value(raw)

    def is_offering(self) -> bool:
        return self.adder.is_offering()

    def set_read_only(self, *, is_read_only: bool) -> None:
        self.adder.setVisible(not is_read_only)
        self._chips.setEnabled(not is_read_only)

    def _added(self) -> None:
        key = self.adder.raw()["key"]
        if key is not None:
            self.adder.set_value(None)
            self.set_value([*self._keys, key])
        self.changed.emit()

    def _paste(self) -> None:
        """Add whoever a pasted list names; the others stand in the line, to be put right there."""
        words = split_words(_copied(), [], LISTING + "\t")
        found = choosing.named(self.session.app, self.adder.ledger, words)
        unread = [word for word, keys in zip(words, found, strict=True) if len(keys) != 1]
        self.set_value([*self._keys, *(keys[0] for keys in found if len(keys) == 1)])
        self.adder.line.setText("、".join(filter(None, (self.adder.line.text().strip(), *unread))))
        self.changed.emit()

    def _drop(self, key: int) -> None:
        self.set_value([each for each in self._keys if each != key])
        self.changed.emit()


def _copied() -> str:
    return QGuiApplication.clipboard().text()


def _is_list(text: str) -> bool:
    return any(mark in text.strip() for mark in (*LISTING, "\t"))
