"""Backups: made, listed, rehearsed, brought back; all of it off the GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.filing import back_up
from ankang_desktop.actions.keeping import KeptBackup, Rehearsal, backups_in, days_since, rehearse, restore_backup
from ankang_desktop.desktop.frame.closing import PREFERENCE
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.targets import open_outside
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, FlowLayout, button, card, label
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.desktop.work import Latest
from ankang_desktop.store.backup import Backup

_PLACES = "backup_places"
_MOST_PLACES = 4
_OLD, _OLD_REHEARSAL = 7, 90  # days after which the person is told
_TOLD = "每份备份都含全部记录和佐证，写完逐个读回核对；工作区里的旧备份自动精简（近 7 天、4 周、12 个月各留一份）。"


class BackupsCard(QWidget):
    """The card of backups."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._latest = Latest(session.work)
        own = self._own()
        self.model = RowsModel(
            (
                Column("备份时间", lambda each: f"{each.made_at:%Y-%m-%d %H:%M}", 156),
                Column("大小", lambda each: each.size_text, 96, is_right=True),
                Column("在哪里", lambda each: "工作区" if each.folder.parent == own else str(each.folder.parent)),
            ),
            self,
        )
        self.table = RowsView(self.model, "备份")
        self.table.opened.connect(lambda each: open_outside(session.door.say, each.folder))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.last, self.rehearsed = label("", wrap=True), label("", wrap=True)
        self.age, self.trial = Badge(""), Badge("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card(*self._parts(), title="备份与恢复", spacing=10))
        self._enable()

    def refresh(self) -> None:
        """Read the list again."""
        folders = [self._own(), *self._places()]
        self._latest.run(lambda progress: backups_in(folders, progress), self._show)
        self._show_rehearsal()

    def back_up(self) -> None:
        """Back up into the workspace's own folder."""
        self._back_up(None)

    def back_up_elsewhere(self) -> None:
        """Back up into a folder of the person's, a USB stick."""
        places = self._places()
        begin = str(places[0]) if places else ""
        if name := QFileDialog.getExistingDirectory(self, "备份到哪个文件夹（如U盘）", begin):
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
        """Restore the chosen backup into a new folder; the workspace that is open stays as it is."""
        chosen = self._chosen()
        if chosen is None:
            self.session.door.say("还没有备份", "先点“立即备份”", "warning")
            return
        proposed = self.session.app.workspace.folder.parent / f"恢复的工作区-{chosen.made_at:%Y%m%d}"
        name, _ = QFileDialog.getSaveFileName(self, "恢复到哪个新文件夹（会新建它）", str(proposed))
        if name:
            self.restore_to(chosen, Path(name))

    def restore_to(self, chosen: KeptBackup, target: Path) -> None:
        """Restore a backup into a folder."""
        self.session.work.run(
            lambda progress: restore_backup(chosen.folder, target, progress), self._restored, text="恢复备份"
        )

    # --- inside ------------------------------------------------------------------------------------------------

    def _restored(self, folder: Path) -> None:
        window: Any = self.window()
        self.session.door.say(
            "已恢复到新文件夹，现在的工作区没有动",
            f"要用它，请在换工作区时选 {folder}",
            "good",
            ("打开文件夹", partial(open_outside, self.session.door.say, folder)),
            ("换工作区", window.switch_wanted.emit),
        )

    def _back_up(self, folder: Path | None) -> None:
        app = self.session.app

        def begin() -> object:
            return self.session.work.run(
                lambda progress: back_up(app, folder, progress)[0],
                partial(self._made, folder),
                text="正在备份",
                writes=True,
            )

        self.session.do(begin)

    def _made(self, folder: Path | None, made: Backup) -> None:
        if folder is not None:
            places = [str(folder), *(str(each) for each in self._places() if each != folder)]
            self.session.preferences.put(_PLACES, places[:_MOST_PLACES])
        odd = "；".join(made.warnings[:3])
        self.session.door.say(
            f"备份好了，已逐个核对{f'；请留意：{odd}' if odd else ''}",
            str(made.folder),
            "warning" if odd else "good",
            ("打开文件夹", partial(open_outside, self.session.door.say, made.folder)),
        )
        self.refresh()

    def _told(self, found: Rehearsal) -> None:
        now = self.session.app.clock.now()
        kept = {"at": now.isoformat(), "backup": found.folder.name, "text": found.sentence, "ok": not found.faults}
        self.session.preferences.put(self._memory(), kept)
        self.session.door.say(found.sentence, "", "warning" if found.faults else "good")
        self.refresh()

    def _show(self, found: list[KeptBackup]) -> None:
        self.model.show_rows(found)
        self.table.fit_height(6)
        self.table.setVisible(bool(found))
        if found:
            days = days_since(found[0].made_at, self.session.app.clock.today())
            self.last.setText(f"最近一次备份：{found[0].made_at:%Y-%m-%d %H:%M}，共 {len(found)} 份")
            self.age.set_text("今天" if not days else f"{days} 天前", "good" if days < _OLD else "warning")
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.last.setText("还没有备份。请现在备份一次，再存一份到U盘")
            self.age.set_text("没有备份", "danger")
        self.age.updateGeometry()
        self._enable()

    def _show_rehearsal(self) -> None:
        from datetime import datetime

        kept = self.session.preferences.get(self._memory())
        if not isinstance(kept, dict):
            self.rehearsed.setText("还没有演练过恢复。演练把备份恢复到临时文件夹、逐件检查，不动现在的数据")
            self.trial.set_text("没有演练", "warning")
        else:
            at = datetime.fromisoformat(kept["at"])
            days = days_since(at, self.session.app.clock.today())
            self.rehearsed.setText(f"上次演练：{at:%Y-%m-%d %H:%M}，{kept['text']}")
            tone = "danger" if not kept["ok"] else "good" if days < _OLD_REHEARSAL else "warning"
            self.trial.set_text("今天" if not days else f"{days} 天前", tone)
        self.trial.updateGeometry()

    def _enable(self) -> None:
        for each in self._of_chosen:
            each.setEnabled(bool(self.model.every))

    def _chosen(self) -> KeptBackup | None:
        chosen, every = self.table.chosen(), self.model.every
        found: KeptBackup | None = chosen[0] if chosen else every[0] if every else None
        return found

    def _own(self) -> Path:
        return self.session.app.workspace.folder / "backups"

    def _places(self) -> list[Path]:
        return [Path(each) for each in self.session.preferences.get(_PLACES, [])]

    def _memory(self) -> str:
        return f"rehearsal.{self.session.app.workspace.folder}"

    def _parts(self) -> list[Any]:
        heads = []
        for words, badge in ((self.last, self.age), (self.rehearsed, self.trial)):
            row = QHBoxLayout()
            row.setSpacing(px(8))
            row.addWidget(badge)
            row.addWidget(words, 1)
            heads.append(row)
        tools = FlowLayout(spacing=px(8))
        tools.addWidget(button("立即备份(&B)", self.back_up, kind="primary", name="database"))
        tools.addWidget(button("备份到U盘…", self.back_up_elsewhere, name="usb"))
        self._of_chosen = [
            button("演练恢复", self.rehearse, name="checklist"),
            button("恢复到新文件夹…", self.restore, name="restore"),
        ]
        for each in self._of_chosen:
            tools.addWidget(each)
        self.daily = QCheckBox("每天第一次关闭程序时自动备份到工作区")
        self.daily.setChecked(bool(self.session.preferences.get(PREFERENCE, False)))
        self.daily.toggled.connect(partial(self.session.preferences.put, PREFERENCE))
        return [*heads, tools, self.table, self.daily, label(_TOLD, "caption", wrap=True)]
