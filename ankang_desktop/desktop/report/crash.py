"""The report of our own bug: copyable, kept in the log folder, with the sentence that matters to the officer."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ankang_desktop import __version__
from ankang_desktop.desktop.look import dress, px
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.files import write_text_safely
from ankang_desktop.kernel.paths import logs


def keep_report(report: str) -> Path | None:
    """Write the report into the log folder; returns where, None where the disk refuses."""
    path = logs() / "crash.txt"
    try:
        write_text_safely(path, f"{_head()}\n{report}")
    except AnkangError:
        return None
    return path


def _head() -> str:
    return f"ankang-desktop {__version__} · Python {platform.python_version()} · {platform.platform()}"


class CrashReport(QDialog):
    """What went wrong in us, to be copied and sent; the records are untouched, for every step is a transaction."""

    def __init__(self, report: str, path: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错了")
        self.setMinimumSize(px(640), px(420))
        self.report = f"{_head()}\n{report}"
        title = QLabel("程序出错了，您的记录完好")
        title.setProperty("role", "title")
        kept = f"报告已存到 {path}。" if path else "报告没能存盘，请复制下面的文字。"
        told = QLabel(
            f"刚才这一步没有完成，之前保存的都在。{kept}把报告发给维护人员，可以更快解决；报告里没有台账里的内容。"
        )
        told.setWordWrap(True)
        text = QPlainTextEdit(self.report)
        text.setReadOnly(True)
        buttons = QDialogButtonBox()
        copy = buttons.addButton("复制报告", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        close = buttons.addButton("继续使用", QDialogButtonBox.ButtonRole.AcceptRole)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.setSpacing(px(12))
        for part in (title, told, text, buttons):
            column.addWidget(part)
        if parent is None:
            dress(self)
