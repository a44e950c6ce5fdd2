"""The help that is shipped: one text after another, chosen at the left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser

from ankang_desktop import __version__
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel import paths

TOPICS = (
    "开始使用",
    "今日与班组网格",
    "年历",
    "台账与佐证",
    "Excel与打印",
    "隐患闭环与随手拍",
    "评分与报送",
    "设置与备份",
    "命令行",
    "没有验证过的",
)
"""The texts in the order in which a new officer needs them."""


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
        self.topics.addItems(TOPICS)
        self.text = HelpText(self.folder)
        self.text.anchorClicked.connect(self._follow)
        self.topics.currentTextChanged.connect(self.text.read)
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

    def _follow(self, url: QUrl) -> None:
        self.show_with(url.fileName().removesuffix(".md"))


class HelpText(QTextBrowser):
    """One text; its pictures are as wide as there is room, never wider than they were taken."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._topic = folder, ""
        self.setOpenLinks(False)
        self.document().setDocumentMargin(px(16))
        self.setAccessibleName("帮助正文")

    def read(self, topic: str) -> None:
        """Show a text from its beginning."""
        self._topic = topic
        self.setMarkdown((self._folder / f"{topic}.md").read_text("utf-8"))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        ratio = self.devicePixelRatioF()
        room = round((self.viewport().width() - px(40)) * ratio)
        taken = QImage(str(self._folder / QUrl(name).path()))
        size = QSize(min(room, taken.width()), taken.height())
        shown = taken.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        return shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._topic and event.size().width() != event.oldSize().width():
            at = self.verticalScrollBar().value()
            self.read(self._topic)  # the pictures are asked for again
            self.verticalScrollBar().setValue(at)
