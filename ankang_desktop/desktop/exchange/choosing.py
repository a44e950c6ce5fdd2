"""The first step: where to, and a file chosen, dropped, or a block pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ankang_desktop.desktop.exchange.menu import save_template
from ankang_desktop.desktop.look import current, pixmap, px
from ankang_desktop.desktop.paper.targets import ask_source
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label, link

_KINDS = "认得 .xlsx、.xls、.csv，WPS 的 .et 请先另存为 .xlsx。原文件不会被改动，什么也不会发到网上。"


class DropZone(QFrame):
    """A place to drop a file on."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._is_over = False
        self.setAcceptDrops(True)
        self.setMinimumHeight(px(250))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._mark(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(is_over=False)
        path = _file_of(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _mark(self, *, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        colours = current().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(colours.accent if self._is_over else colours.strong_line), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(colours.accent_wash if self._is_over else colours.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)


def _file_of(data: QMimeData) -> Path | None:
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else None


class ChoosingStep(QWidget):
    """Choose a ledger and a workbook; `chosen` carries a path, `pasted` the text of a block, `ledger_chosen` a key."""

    chosen = Signal(object)
    pasted = Signal(str)
    ledger_chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.ledger = QComboBox()
        self.ledger.setMaxVisibleItems(20)
        self.ledger.setMinimumWidth(px(260))
        for each in session.app.ledgers:
            self.ledger.addItem(each.title, each.key)
        self.ledger.setCurrentIndex(-1)
        self.ledger.setPlaceholderText("请选择台账")
        self.ledger.activated.connect(lambda _: self.ledger_chosen.emit(self.ledger_key))
        into = label("导入到(&L)")
        into.setBuddy(self.ledger)
        into.setTextFormat(Qt.TextFormat.PlainText)
        self.opening = button("选择文件(&O)…", self._ask, kind="primary", name="folder-open")
        self.pasting = button("粘贴表格(&V)", self._paste, name="clipboard-text")
        self.template = link("下载这本台账的空白模板", self._template)
        self.told = label("", "soft")
        self.zone = DropZone()
        self.zone.dropped.connect(self.chosen.emit)
        self._lay_out(into)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.activated.connect(self._paste)

    @property
    def ledger_key(self) -> str:
        """The key of the ledger chosen, "" before one is."""
        return str(self.ledger.currentData() or "")

    def show_ledger(self, key: str) -> None:
        """Show a ledger as the one imported into."""
        self.ledger.setCurrentIndex(self.ledger.findData(key))
        self.set_busy("")

    def set_busy(self, text: str) -> None:
        """Say what is being read, or "" that one may choose."""
        may = bool(self.ledger_key) and not text
        for part in (self.opening, self.pasting, self.zone, self.template):
            part.setEnabled(may)
        self.ledger.setEnabled(not text)
        self.told.setText(text or ("" if self.ledger_key else "先选要导入的台账"))

    def _lay_out(self, into: QLabel) -> None:
        sign = QLabel()
        sign.setPixmap(pixmap("file-spreadsheet", px(44), "accent", self.devicePixelRatioF()))
        inside = QVBoxLayout(self.zone)
        inside.setSpacing(px(10))
        inside.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        buttons.addWidget(self.opening)
        buttons.addWidget(self.pasting)
        buttons.addStretch(1)
        lines = (sign, label("把 Excel 文件拖到这里，或者", "subtitle"))
        for part in lines:
            inside.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addLayout(buttons)
        for part in (
            label("也可以在 Excel、WPS 里选中一块（连表头）复制，回到这里按 Ctrl+V", "soft"),
            label(_KINDS, "caption"),
            self.told,
        ):
            inside.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(into)
        row.addWidget(self.ledger)
        row.addSpacing(px(12))
        row.addWidget(label("手头没有现成的表？", "soft"))
        row.addWidget(self.template)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(row)
        column.addWidget(self.zone, 1)

    def _ask(self) -> None:
        path = ask_source(self.session, self, "选择要导入的表格")
        if path is not None:
            self.chosen.emit(path)

    def _paste(self) -> None:
        if not self.pasting.isEnabled():
            return
        data = QGuiApplication.clipboard().mimeData()
        path = _file_of(data)
        if path is not None:
            self.chosen.emit(path)
        else:
            self.pasted.emit(data.text())

    def _template(self) -> None:
        save_template(self.session, self.ledger_key)
