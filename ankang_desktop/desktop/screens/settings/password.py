"""密码: set, changed, removed; locked at once or when nobody is here; backups made before it had one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from ankang_desktop.actions import keeping
from ankang_desktop.desktop.lock.choosing import NewPasswordDialog
from ankang_desktop.desktop.lock.exchange import Exchange
from ankang_desktop.desktop.lock.fields import PasswordField
from ankang_desktop.desktop.lock.idle import MINUTES, PREFERENCE
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, card, label, segments
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.work import Latest
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store import locking
from ankang_desktop.store.vault import KEY, KeyFile

_PLAIN = "没有设密码：能打开这台电脑的人，都能打开这个工作区。"
_SET = "已设密码：记录、没保存的内容和以后的备份都加密存放，打开时要输入密码。"
_EVIDENCE = (
    "照片和附件按原样存放，没有加密；报送的材料包是要交出去的，也不加密。"
    "职业病诊断一类的内容，本程序本来就不登记。U 盘等别处的旧备份请自己处理。"
)


class PasswordCard(QWidget):
    """What is set now, and every act that changes it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._backups = Latest(session.work)
        self.state = label("", wrap=True)
        self.set = button("设密码(&P)…", self.ask_new, kind="primary", name="lock")
        self.locking = button("立即锁定 (Ctrl+L)", self._lock, name="lock")
        self.change = button("修改密码…", self.ask_change)
        self.remove = button("取消密码…", self.ask_remove)
        acts = FlowLayout(spacing=px(8))
        for each in (self.set, self.locking, self.change, self.remove):
            acts.addWidget(each)
        words = ["不自动锁定", *(f"{minutes} 分钟" for minutes in MINUTES if minutes)]
        kept = session.preferences.get(PREFERENCE, 0)
        self.minutes = segments(words, MINUTES.index(kept) if kept in MINUTES else 0, self._choose_minutes)
        self._idle = QWidget()
        grid = QGridLayout(self._idle)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(label("没有人用时", "soft"), 0, 0)
        grid.addWidget(self.minutes, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        self.plain = label("", "warning", wrap=True)
        self.clearing = button("删除这些备份…", self.remove_plain, kind="danger", name="trash")
        self._older = QWidget()
        row = QHBoxLayout(self._older)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.plain, 1)
        row.addWidget(self.clearing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            card(
                self.state,
                acts,
                self._idle,
                self._older,
                label(_EVIDENCE, "caption", wrap=True),
                title="密码",
                spacing=10,
            )
        )
        self._show()

    @property
    def is_set(self) -> bool:
        """Whether the workspace has a password."""
        return self.session.app.workspace.key is not None

    def refresh(self) -> None:
        """Look which backups lie there without a password."""
        self._show()
        app = self.session.app
        self._backups.run(lambda _: keeping.plain_backups(app), self._show_plain)

    def ask_new(self) -> None:
        """Let a password be chosen, and encrypt the workspace under it."""

        def chosen(_: str, password: str, code: str) -> None:
            def work(folder: Path, progress: Progress) -> None:
                locking.set_password(folder, password, code, progress)

            self._exchange(Exchange("正在加密工作区…", work, None, password, "已设密码，记录已经加密"))

        self._ask("设密码", "设密码并加密(&S)", chosen)

    def ask_change(self) -> None:
        """Let another password be chosen; the records need not be written anew."""
        folder = self.session.app.workspace.folder

        def chosen(_: str, password: str, code: str) -> None:
            key = self.session.app.workspace.key
            if key is not None:
                self.session.work.run(
                    lambda _: locking.change_password(folder, key, password, code),
                    lambda _: self.session.door.say(
                        "已换密码，旧密码打不开现在的工作区了",
                        "以前的备份仍用旧密码；怕旧密码外传，请取消密码再重新设",
                        "good",
                    ),
                    text="正在换密码",
                )

        self._ask("修改密码", "改用新密码(&S)", chosen, verify=_verify(folder))

    def ask_remove(self) -> None:
        """Ask for the password, and make the workspace plain again."""

        def chosen(password: str) -> None:
            def work(folder: Path, progress: Progress) -> None:
                locking.remove_password(folder, password, progress)

            self._exchange(Exchange("正在解除加密…", work, password, None, "已取消密码，记录不再加密"))

        dialog = RemoveDialog(self.session, self.window())
        dialog.chosen = chosen
        dialog.open()

    def remove_plain(self) -> None:
        """Remove the backups without a password, once the person has said so."""
        text = "设密码以前的备份删除后找不回来；请先确认已经有一份设密码以后的备份。现在删除吗？"
        if QMessageBox.question(self, "删除没有加密的备份", text) == QMessageBox.StandardButton.Yes:
            app = self.session.app

            def removed(number: int) -> None:
                self.session.door.say(f"已删除 {number} 份没有加密的备份", "", "good")
                self.refresh()

            self.session.work.run(lambda _: keeping.remove_plain_backups(app), removed, text="正在删除旧备份")

    # --- inside ------------------------------------------------------------------------------------------------

    def _ask(
        self,
        title: str,
        done: str,
        chosen: Callable[[str, str, str], None],
        verify: Callable[[str], object] | None = None,
    ) -> None:
        app = self.session.app
        dialog = NewPasswordDialog(
            app.workspace.folder, app.clock.today(), self.window(), title=title, done=done, verify=verify
        )
        dialog.chosen.connect(chosen)
        dialog.open()

    def _exchange(self, wanted: Exchange) -> None:
        window: Any = self.window()
        window.exchange_wanted.emit(wanted)

    def _lock(self) -> None:
        window: Any = self.window()
        window.lock_wanted.emit()

    def _choose_minutes(self, at: int) -> None:
        self.session.preferences.put(PREFERENCE, MINUTES[at])

    def _show(self) -> None:
        self.state.setText(_SET if self.is_set else _PLAIN)
        self.set.setVisible(not self.is_set)
        for each in (self.locking, self.change, self.remove, self._idle):
            each.setVisible(self.is_set)
        self._older.hide()

    def _show_plain(self, found: list[Path]) -> None:
        self.plain.setText(f"备份文件夹里有 {len(found)} 份设密码以前的备份没有加密")
        self._older.setVisible(bool(found))


class RemoveDialog(Dialog):
    """Asks for the password before the workspace is made plain; `chosen` is called with it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.chosen: Callable[[str], object] = lambda _: None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("取消密码")
        self.setMinimumWidth(px(440))
        self.field, self.wrong = PasswordField("现在的密码"), label("", "danger", wrap=True)
        self.field.returnPressed.connect(self.go_on)
        self.going = button("取消密码，不再加密(&R)", self.go_on, kind="danger")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("不取消", self.reject))
        row.addWidget(self.going)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.setSpacing(px(10))
        told = "取消以后，记录和以后的备份都不再加密。"
        for part in (label(told, "soft", wrap=True), self.field, self.wrong):
            column.addWidget(part)
        column.addLayout(row)
        self.field.setFocus()

    def go_on(self) -> None:
        """Try the password, off the GUI thread."""
        password, verify = self.field.text(), _verify(self.session.app.workspace.folder)
        self.going.setEnabled(False)
        self.session.work.run(lambda _: verify(password), partial(self._right, password), on_error=self._refused)

    def _right(self, password: str, _: object) -> None:
        self.accept()
        self.chosen(password)

    def _refused(self, error: BaseException) -> None:
        self.going.setEnabled(True)
        self.wrong.setText(str(error))
        self.field.selectAll()
        self.field.setFocus()


def _verify(folder: Path) -> Callable[[str], object]:
    return lambda password: KeyFile.read(folder / KEY).by_password(password)
