"""Which photos are looked through: a folder, or a few files, asked for from the person."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ankang_desktop.desktop.paper.targets import keep_folder, last_folder
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button


class Begin(QWidget):
    """What stands before a roll is chosen; `chosen` carries the paths."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.addWidget(
            EmptyState(
                "camera",
                "把手机照片的文件夹拖到这里",
                "日期取自照片或文件名；已经用过的照片会认出来。照片先从微信“另存为”，不要用缩略图。",
                button("选择照片文件夹", self.ask_folder, kind="primary", name="folder-open"),
                button("只选几张照片", self.ask_files, kind="quiet"),
            )
        )

    def ask_folder(self) -> None:
        """Ask for the folder of photos."""
        name = QFileDialog.getExistingDirectory(self, "选择照片所在的文件夹", str(last_folder(self.session)))
        if name:
            keep_folder(self.session, Path(name) / "照片")
            self.chosen.emit([Path(name)])

    def ask_files(self) -> None:
        """Ask for single photos."""
        names, _ = QFileDialog.getOpenFileNames(
            self, "选择照片（可多选）", str(last_folder(self.session)), "照片 (*.jpg *.jpeg *.png *.bmp *.webp)"
        )
        if names:
            self.chosen.emit([Path(name) for name in names])
