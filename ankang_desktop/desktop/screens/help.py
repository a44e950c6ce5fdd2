"""The help that is shipped: one text after another, chosen at the left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser

from ankang_desktop import __version__
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel import paths


class HelpPage(Page):
    """resources/help, shown; `show_with(topic=…)` opens one of its texts by name."""

    title = "帮助"
    hint = f"版本 {__version__}　F6 到导航，Tab 逐项走，Ctrl+K 去任何地方"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.add_head()
        self.folder = paths.resources() / "help"
        self.topics = QListWidget()
        self.topics.setFixedWidth(px(200))
        self.topics.setAccessibleName("帮助目录")
        texts = sorted(self.folder.glob("*.md"), key=lambda path: (path.stem != "开始使用", path.stem))
        self.topics.addItems([path.stem for path in texts])
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(False)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.text.setSearchPaths([str(self.folder)])
        self.text.document().setDocumentMargin(px(16))
        self.topics.currentTextChanged.connect(self._read)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.topics)
        row.addWidget(self.text, 1)
        self.column.addLayout(row, 1)
        self.topics.setCurrentRow(0)

    def show_with(self, topic: str = "", **_: Any) -> None:
        for row in range(self.topics.count()):
            if self.topics.item(row).text() == topic:
                self.topics.setCurrentRow(row)

    def _read(self, topic: str) -> None:
        path = self.folder / f"{topic}.md"
        if path.exists():
            self.text.setMarkdown(path.read_text("utf-8"))

    def _follow(self, url: QUrl) -> None:
        self.show_with(url.fileName().removesuffix(".md"))
