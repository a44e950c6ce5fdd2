"""Backups: made, listed, rehearsed, brought back; all of it off the GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.filing import back_up
from ankang_desktop.actions.keeping import KeptBackup, Rehearsal, backups, rehearse
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, label
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.errors import AnkangError

_COLUMNS = (
    Column("备份时间", lambda each: f"{each.made_at:%Y-%m-%d %H:%M:%S}", 190),
    Column("大小", lambda each: each.size_text, 110, is_right=True),
    Column("文件夹", lambda each: str(each.folder)),
)


class BackupsCard(QWidget):
    """The card of backups."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._latest = Latest(session.work)
        self.model = RowsModel(_COLUMNS, self)
        self.table = RowsView(self.model, "备份")
        self.table.opened.connect(self._open)
        self.last, self.rehearsed = label("", wrap=True), label("", "soft", wrap=True)
        tools = QHBoxLayout()
        tools.setSpacing(px(8))
        for words, action, name in (
            ("立即备份(&B)", self.back_up, "database"),
            ("备份到U盘…", self.back_up_elsewhere, "usb"),
            ("演练恢复", self.rehearse, "checklist"),
            ("恢复到新文件夹…", self.restore, "restore"),
        ):
            tools.addWidget(button(words, action, name=name))
        tools.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        told = "每份备份都含全部记录和佐证，写完逐个核对；旧的自动精简（近7天、4周、12个月各留一份）。"
        column.addWidget(
            card(self.last, self.rehearsed, tools, self.table, label(told, "caption", wrap=True), title="备份与恢复")
        )

    def refresh(self) -> None:
        """Read the list again."""
        folder = self._folder()
        self._latest.run(lambda _: backups(folder), self._show)
        told = self.session.preferences.get(self._memory())
        self.rehearsed.setText(f"上次演练：{told}" if told else "还没有演练过恢复；演练不动现在的数据")

    def back_up(self) -> None:
        """Back up into the workspace's own folder."""
        self._back_up(None)

    def back_up_elsewhere(self) -> None:
        """Back up into a folder of the person's, a USB stick."""
        name = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹（如U盘）")
        if name:
            self._back_up(Path(name))

    def rehearse(self) -> None:
        """Restore the chosen backup, else the newest, on trial."""
        chosen = self._chosen()
        if chosen is None:
            self.session.door.say("还没有备份", "先点“立即备份”，再演练恢复", "warning")
            return
        app = self.session.app
        self.session.work.run(lambda progress: rehearse(app, chosen.folder, progress), self._told, text="演练恢复")

    def restore(self) -> None:
        """Restore the chosen backup into a new folder."""
        chosen = self._chosen()
        if chosen is None:
            self.session.door.say("还没有备份", "先点“立即备份”", "warning")
            return
        name, _ = QFileDialog.getSaveFileName(
            self, "恢复到哪个新文件夹", str(chosen.folder.parent.parent.parent / "恢复的工作区")
        )
        if name:
            self._restore(chosen, Path(name))

    def _restore(self, chosen: KeptBackup, target: Path) -> None:
        def run(progress: Any) -> Path:
            from ankang_desktop.store.backup import restore

            restore(chosen.folder, target, progress)
            return target

        window: Any = self.window()
        self.session.work.run(
            run,
            lambda path: self.session.door.say(
                "已恢复到新文件夹，现在的工作区没有动", str(path), "good", ("换到那个工作区", window.switch_wanted.emit)
            ),
            text="恢复备份",
        )

    def _back_up(self, folder: Path | None) -> None:
        app = self.session.app
        try:
            self.session.work.run(
                lambda progress: back_up(app, folder, progress)[0], self._made, text="正在备份", writes=True
            )
        except AnkangError as error:
            self.session.door.show(error)

    def _made(self, made: Any) -> None:
        odd = "；".join(made.warnings[:3])
        self.session.door.say(
            f"备份好了，已逐个核对{f'；请留意：{odd}' if odd else ''}",
            str(made.folder),
            "warning" if odd else "good",
            ("打开文件夹", partial(_show_folder, made.folder)),
        )
        self.refresh()

    def _told(self, found: Rehearsal) -> None:
        moment = f"{self.session.app.clock.now():%Y-%m-%d %H:%M}"
        self.session.preferences.put(self._memory(), f"{moment}　{found.sentence}")
        self.session.door.say(found.sentence, "", "warning" if found.faults else "good")
        self.refresh()

    def _show(self, found: list[KeptBackup]) -> None:
        self.model.show_rows(found)
        self.table.fit_height(6)
        self.table.setVisible(bool(found))
        newest = f"{found[0].made_at:%Y-%m-%d %H:%M}" if found else ""
        self.last.setText(f"最近一次备份：{newest}" if found else "还没有备份。建议现在备份一次，再存一份到U盘。")

    def _chosen(self) -> KeptBackup | None:
        chosen = self.table.chosen()
        every = self.model.every
        found: KeptBackup | None = chosen[0] if chosen else every[0] if every else None
        return found

    def _open(self, kept: KeptBackup) -> None:
        _show_folder(kept.folder)

    def _folder(self) -> Path:
        return self.session.app.workspace.folder / "backups"

    def _memory(self) -> str:
        return f"rehearsed.{self.session.app.workspace.folder}"


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
