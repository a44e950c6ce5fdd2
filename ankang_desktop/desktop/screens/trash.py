"""The trash: what was removed, newest first; any of it comes back, several as one step."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget

from ankang_desktop.actions import drafting, purging, records
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.screens.leaving import is_confirmed
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button, label
from ankang_desktop.desktop.widgets.cells import chosen_number
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.desktop.widgets.search import SearchLine
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.journal import Changes


class TrashPage(Page):
    """The records in the trash, searched, opened to be read, restored."""

    title = "回收站"
    hint = "删除的记录留在这里，恢复后编号和附件都和原来一样；“彻底删除”以后才真正没有了"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._open = button("打开查看(&O)", self.open_current, name="eye")
        self._restore = button("恢复所选(&R)", self.restore, kind="primary", name="restore")
        self._purge = button("彻底删除(&X)…", self.purge, name="x")
        self.add_head(self._purge, self._open, self._restore)
        self.listed = RowsModel(
            (
                Column("编号", lambda row: row["number"], 132),
                Column("台账", lambda row: row["ledger"], 176),
                Column("内容", lambda row: "" if row["title"] == row["ledger"] else row["title"]),
                Column("日期", lambda row: row["day"] or "", 112),
                Column("删除时间", lambda row: row["removed_at"][:16], 152),
            ),
            self,
        )
        self.listed.search_in(lambda row: row["searched"])
        self.view = RowsView(self.listed, "回收站里的记录")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.opened.connect(lambda row: self.session.open_record(row["number"]))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self._latest = Latest(session.work)
        self._build_search()
        self.begins_at = self.view
        self._empty = EmptyState("trash", "回收站是空的", "删除的记录会放到这里，随时可以恢复")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        self._number, self._chosen = label("", "soft"), label("", "soft")
        foot.addWidget(self._number)
        foot.addStretch(1)
        foot.addWidget(self._chosen)
        self.column.addLayout(foot)
        self._show_chosen()

    # --- what is shown -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        app = self.session.app
        self._latest.run(lambda progress: _lying(app, progress), self._show)

    def is_touched_by(self, changes: Changes) -> bool:
        return "record" in changes.tables

    def _show(self, rows: list[dict[str, Any]]) -> None:
        self.listed.show_rows(rows)
        self._show_found()

    def _show_found(self) -> None:
        every, found = len(self.listed.every), len(self.listed.rows)
        if not found and self.view.hasFocus():
            self.search.take()  # the list is about to hide: the next word to look for is what is left to type
        self._stack.setCurrentIndex(0 if found else 1)
        self._empty.told.setText("没有找到这样的记录" if every else "回收站是空的")
        self._empty.remedy.setText(
            "换一个词试试，编号、台账、内容、拼音首字母都能找" if every else "删除的记录会放到这里，随时可以恢复"
        )
        self._number.setText("" if not every else f"共 {every} 条" if found == every else f"找到 {found} / {every} 条")
        if found and not self.view.selectionModel().hasSelection():
            self.view.selectRow(max(0, self.view.currentIndex().row()))  # a line may be current without being selected
        self._show_chosen()

    def _show_chosen(self) -> None:
        number = chosen_number(self.view)
        self._open.setEnabled(number == 1)
        self._restore.setEnabled(number > 0)
        self._purge.setEnabled(number > 0)
        self._chosen.setText(f"已选 {number} 条" if number > 1 else "")

    # --- doing -------------------------------------------------------------------------------------------------

    def open_current(self) -> None:
        """Open the selected record to be read."""
        for row in self.view.chosen()[:1]:
            self.session.open_record(row["number"])

    def restore(self) -> None:
        """Take the selected records out of the trash as one step."""
        numbers = [row["number"] for row in self.view.chosen()]
        if not numbers:
            return
        take = partial(drafting.restore_many, self.session.app, numbers)
        text = f"恢复 {len(numbers)} 条记录"
        self.session.do(lambda: self.session.write(len(numbers), take, partial(self._restored, numbers), text))
        self.view.setFocus()  # the buttons turn grey; the keys must not go to whatever stands beside them

    def purge(self) -> None:
        """Delete the selected records for good, once the person has read what that means."""
        numbers, app = [row["number"] for row in self.view.chosen()], self.session.app
        self.session.work.run(lambda _: purging.outlook(app, numbers), self._ask_purge, text="正在核对")

    def _ask_purge(self, seen: purging.Outlook) -> None:
        app = self.session.app
        if not seen.going and not seen.staying:
            self.session.door.say("这些记录已不在回收站", "", "info")
        elif not seen.going:
            number, why = seen.staying[0]
            self.session.door.say(f"{number} 不能彻底删除：{why}", "请先处理用到它的记录", "warning")
        elif is_confirmed(self, "彻底删除", _warning(seen), f"彻底删除 {len(seen.going)} 条"):
            self.session.do(
                lambda: self.session.work.run(
                    lambda progress: purging.purge_records(app, seen.going, progress),
                    lambda number: self.session.door.say(f"已彻底删除 {number} 条记录", "", "good"),
                    text="正在彻底删除",
                    writes=True,
                )
            )

    def _restored(self, numbers: list[str], _: int) -> None:
        self.session.done(f"已恢复 {numbers[0]}" if len(numbers) == 1 else f"已恢复 {len(numbers)} 条记录")

    # --- laying out --------------------------------------------------------------------------------------------

    def _build_search(self) -> None:
        row = QHBoxLayout()
        self.search = SearchLine("查找：编号、台账、内容、拼音首字母 (Ctrl+F)", 360, "在回收站里查找")
        self.search.textChanged.connect(self._search)
        self.search.left.connect(self.view.setFocus)
        row.addWidget(self.search)
        row.addStretch(1)
        self.column.addLayout(row)
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.search.take)

    def _search(self, text: str) -> None:
        self.listed.search(text)
        self._show_found()


def _warning(seen: purging.Outlook) -> str:
    """Return what purging does and what it cannot reach."""
    parts = [
        f"彻底删除 {len(seen.going)} 条记录？连同附件和修改历史一起删除，不能恢复；这一步和它以前的操作都不能再撤销。"
    ]
    if seen.within:
        parts.append(f"其中 {seen.within} 条还没有超过保存期限。")
    if seen.staying:
        parts.append(f"另有 {len(seen.staying)} 条不能删除，会留下：{seen.staying[0][0]} {seen.staying[0][1]}。")
    if seen.copies.text:
        parts.append(f"这些地方还留有内容，要一并清除请自己删去：{seen.copies.text}，以及存到U盘的备份。")
    return "\n\n".join(parts)


def _lying(app: Any, progress: Progress) -> list[dict[str, Any]]:
    """Return what lies in the trash with the text it is searched by."""
    from ankang_desktop.kernel.text import initials

    rows = records.trash(app)
    for done, row in enumerate(rows):
        progress.step("正在读取", done, len(rows))
        words = (row["number"], row["ledger"], row["title"])
        row["searched"] = " ".join((*words, initials(row["ledger"]), initials(row["title"])))
    return rows
