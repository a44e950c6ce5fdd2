"""Where no workspace is open: make one, open one, look at the demo enterprise, or bring back a backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ankang_desktop.desktop.frame.messages import MessageBar, WorkStrip
from ankang_desktop.desktop.look import dress, icon, pixmap, px, room
from ankang_desktop.desktop.report import Door
from ankang_desktop.desktop.widgets import label, link
from ankang_desktop.desktop.work import Work
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.paths import default_workspace
from ankang_desktop.kernel.progress import Progress

if TYPE_CHECKING:
    from ankang_desktop.desktop.start import Starter

_DEMO = "安康杯示例企业"


class Welcome(QWidget):
    """The first screen of all; also the one where a workspace could not be opened, with the reason."""

    def __init__(self, starter: Starter, error: BaseException | None = None) -> None:
        super().__init__()
        self.starter = starter
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("安康杯工作台")
        self.setWindowIcon(icon("shield-check", "accent"))
        self.resize(QSize(px(960), px(640)).boundedTo(room().size()))
        self.door = Door(self)
        self.work = Work(self, self.door.show)
        self.messages, self.strip = MessageBar(), WorkStrip()
        self.door.said.connect(self.messages.say)
        self.work.began.connect(self.strip.follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.messages)
        column.addStretch(1)
        column.addLayout(self._head())
        column.addSpacing(px(24))
        column.addLayout(self._ways())
        column.addSpacing(px(16))
        column.addLayout(self._known())
        column.addStretch(2)
        column.addWidget(self.strip)
        dress(self)
        if isinstance(error, AnkangError):
            self.messages.say("danger", error.text, error.remedy, ())
        elif error is not None:
            self.door.show(error)

    def make(self) -> None:
        """Make a workspace in a folder the person names."""
        proposed = default_workspace()
        name, _ = QFileDialog.getSaveFileName(
            self, "新工作区放在哪个文件夹（会新建它）", str(proposed), options=QFileDialog.Option.ShowDirsOnly
        )
        if name:
            self._open(Path(name), is_new=True)

    def open_folder(self) -> None:
        """Open a workspace that exists."""
        name = QFileDialog.getExistingDirectory(
            self, "打开工作区文件夹（里面有 ankang.db）", str(default_workspace().parent)
        )
        if name:
            self._open(Path(name))

    def show_demo(self) -> None:
        """Make the demo enterprise's workspace where it is not there yet, and open it."""
        folder = default_workspace().parent / _DEMO
        if (folder / "工作区" / "ankang.db").exists():
            self._open(folder / "工作区")
            return

        def run(progress: Progress) -> Path:
            from ankang_desktop.actions.demo import run_demo

            run_demo(folder, progress)
            return folder / "工作区"

        self._busy(is_busy=True)
        self.work.run(run, self._open, text="正在准备示例企业", on_error=self._not_made)

    def restore(self) -> None:
        """Bring back a backup into a new folder and open it."""
        name = QFileDialog.getExistingDirectory(
            self, "选择一个备份文件夹（在 backups 里，名称是日期时间）", str(default_workspace())
        )
        if not name:
            return
        target, _ = QFileDialog.getSaveFileName(
            self,
            "恢复到哪个新文件夹",
            str(default_workspace().parent / "恢复的工作区"),
            options=QFileDialog.Option.ShowDirsOnly,
        )
        if target:
            self._restore(Path(name), Path(target))

    def _restore(self, source: Path, target: Path) -> None:
        def run(progress: Progress) -> Path:
            from ankang_desktop.store.backup import restore

            restore(source, target, progress)
            return target

        self._busy(is_busy=True)
        self.work.run(run, self._open, text="正在恢复备份", on_error=self._not_made)

    def _open(self, folder: Path, *, is_new: bool = False) -> None:
        self.starter.open(folder, is_new=is_new)
        self._end()

    def _not_made(self, error: BaseException) -> None:
        self._busy(is_busy=False)
        self.door.show(error)

    def _busy(self, *, is_busy: bool) -> None:
        for tile in self.tiles:
            tile.setEnabled(not is_busy)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.work.close()
        super().closeEvent(event)

    def _end(self) -> None:
        """Go away; not before the slot that led here has ended, for it may be one of ours."""
        self.close()
        QTimer.singleShot(0, self.starter, self.starter.forget_welcome)

    # --- laying out --------------------------------------------------------------------------------------------

    def _head(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(px(6))
        sign = QLabel()
        sign.setPixmap(pixmap("shield-check", px(48), "accent", self.devicePixelRatioF()))
        told = "一个人、一台不联网的电脑，把“安康杯”竞赛和“查保促”活动的一年管起来。所有数据只存在本机的一个文件夹里。"
        for part in (sign, label("安康杯工作台", "title"), label(told, "soft")):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        return column

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(48), 0, px(48), 0)
        row.setSpacing(px(16))
        ways = (
            ("plus", "新建工作区(&N)", "从填写单位开始，三步用起来", self.make),
            ("folder-open", "打开已有工作区(&O)", "上一任移交的、U盘里的文件夹", self.open_folder),
            ("building-factory-2", "先看看示例企业(&D)", "虚构的“华兴机械厂”，一年的台账都在", self.show_demo),
            ("restore", "从备份恢复(&R)", "数据损坏或换电脑时用，恢复到新文件夹", self.restore),
        )
        self.tiles = []
        for name, title, told, action in ways:
            tile = Way(name, title, told)
            tile.clicked.connect(action)
            self.tiles.append(tile)
            row.addWidget(tile, 1)
        return row

    def _known(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(px(48), 0, px(48), 0)
        known = self.starter.preferences.workspaces
        if known:
            column.addWidget(label("最近打开过", "caption"))
        for folder in known:
            column.addWidget(link(str(folder), partial(self._open, folder)))
        return column


class Way(QPushButton):
    """A large button: an icon, what it does, and for whom."""

    def __init__(self, name: str, title: str, told: str) -> None:
        super().__init__()
        self.setProperty("kind", "tile")
        self.setAccessibleName(title.partition("(")[0])
        # As high as its words need: a button's own height, one line, would cut them.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        sign = QLabel()
        sign.setPixmap(pixmap(name, px(26), "accent", self.devicePixelRatioF()))
        head = QLabel(title)
        head.setProperty("role", "strong")
        head.setBuddy(self)  # its letter is underlined, and presses the button
        below = label(told, "soft", wrap=True)
        for part in (sign, head, below):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        column.addStretch(1)
