"""The sentences on a sheet of paper: Tab walks through the numbers, Enter or a click opens one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import QSize, QUrl, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser

from ankang_desktop.desktop.look import font, px
from ankang_desktop.desktop.screens.statistics.words import place_of


class SentenceFlow(QTextBrowser):
    """Shows what words.Writer writes; `opened` carries the place of a number."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("统计表：Tab 逐个走到数字，回车打开它的记录")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(px(20))
        self.document().setDefaultFont(font())
        self.anchorClicked.connect(self._clicked)

    def show_page(self, html: str) -> None:
        """Show a page, at the height and on the number where the person was reading."""
        bar, stood = self.verticalScrollBar(), self.textCursor().charFormat().anchorHref()
        at = bar.value()
        self.setHtml(html)
        if stood:
            self.go_to(stood)
        bar.setValue(at)

    def numbers(self) -> list[str]:
        """Return the addresses of all numbers in their order."""
        found = []
        block = self.document().begin()
        while block.isValid():
            for piece in cast("Iterable[Any]", block):
                form = piece.fragment().charFormat()
                if form.isAnchor():
                    found.append(form.anchorHref())
            block = block.next()
        return found

    def go_to(self, href: str) -> None:
        """Select a number and bring it into sight."""
        block = self.document().begin()
        while block.isValid():
            for piece in cast("Iterable[Any]", block):
                fragment = piece.fragment()
                if fragment.charFormat().isAnchor() and fragment.charFormat().anchorHref() == href:
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(fragment.position())
                    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                    self.setTextCursor(cursor)
                    self.ensureCursorVisible()
                    return
            block = block.next()

    def sizeHint(self) -> QSize:
        return QSize(px(640), px(480))

    def _clicked(self, url: QUrl) -> None:
        self.opened.emit(place_of(url.toString(QUrl.ComponentFormattingOption.FullyEncoded)))
