"""The screen before a workspace with a password: the password, or the recovery code that leads to a new one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.desktop.frame.standing import stand
from ankang_desktop.desktop.lock.fields import PasswordField
from ankang_desktop.desktop.look import dress, icon, pixmap, px, restyle
from ankang_desktop.desktop.widgets import button, card, label, link
from ankang_desktop.kernel.errors import AnkangError, Locked

if TYPE_CHECKING:
    from ankang_desktop.desktop.start import Starter

_PASSWORD, _CODE = range(2)


class Unlock(QWidget):
    """A card in the middle of the window; what is wrong is said on it, and it stays."""

    def __init__(self, starter: Starter, folder: Path) -> None:
        super().__init__()
        self.starter, self.folder = starter, folder
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(f"{folder.name}（已锁定）- 安康杯工作台")
        self.setWindowIcon(icon("shield-check", "accent"))
        self.password = PasswordField("密码")
        self.password.returnPressed.connect(self.unlock)
        self.code = QLineEdit()
        self.code.setAccessibleName("恢复码")
        self.code.setPlaceholderText("8 组，每组 4 个字母或数字，横线可以不打")
        self.code.setMinimumHeight(px(36))
        self.code.returnPressed.connect(self.recover)
        self.wrong = label("", "danger", wrap=True)
        self.open = button("解锁(&U)", self.unlock, kind="primary", name="lock-open")
        self.recovering = button("下一步：设新密码(&N)", self.recover, kind="primary")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._page(self.password, self.open, ("忘记密码", partial(self._turn, _CODE))))
        self.pages.addWidget(self._page(self.code, self.recovering, ("返回，输入密码", partial(self._turn, _PASSWORD))))
        self._lay_out()
        stand(self, starter.preferences)
        dress(self)
        self.password.setFocus()

    def unlock(self) -> None:
        """Try the password, off the GUI thread."""
        if self.pages.isEnabled():
            self._busy(is_busy=True, told="正在解锁…")
            self.starter.try_password(self.folder, self.password.text(), self._refused)

    def recover(self) -> None:
        """Try the recovery code, off the GUI thread; then let a new password be chosen."""
        if not self.pages.isEnabled():
            return
        folder, code = self.folder, self.code.text()

        def key(_: object) -> bytes:
            from ankang_desktop.store.vault import KEY, KeyFile

            return KeyFile.read(folder / KEY).by_code(code)

        self._busy(is_busy=True, told="正在核对恢复码…")
        self.starter.work.run(key, self._choose, on_error=self._refused)

    # --- inside ------------------------------------------------------------------------------------------------

    def _choose(self, key: bytes) -> None:
        from ankang_desktop.desktop.lock.choosing import NewPasswordDialog

        self._busy(is_busy=False)
        today = self.starter.clock.today()
        dialog = NewPasswordDialog(self.folder, today, self, title="设一个新密码", done="改用新密码(&S)")
        dialog.chosen.connect(lambda _, password, code: self._renew(key, password, code))
        dialog.open()

    def _renew(self, key: bytes, password: str, code: str) -> None:
        folder = self.folder

        def renew(_: object) -> None:
            from ankang_desktop.store.locking import change_password

            change_password(folder, key, password, code)

        self._busy(is_busy=True, told="正在换密码…")
        self.starter.work.run(
            renew, lambda _: self.starter.try_password(folder, password, self._refused), on_error=self._refused
        )

    def _refused(self, error: BaseException) -> None:
        self._busy(is_busy=False)
        if not isinstance(error, Locked):
            self.starter.show_welcome(error)
            self.starter.forget_unlock()
            return
        self._say(str(error), "danger")
        field = self.code if self.pages.currentIndex() == _CODE else self.password
        field.selectAll()
        field.setFocus()

    def _busy(self, *, is_busy: bool, told: str = "") -> None:
        self.pages.setEnabled(not is_busy)
        self._say(told, "soft")

    def _say(self, words: str, role: str) -> None:
        self.wrong.setText(words)
        restyle(self.wrong, "role", role)

    def _turn(self, page: int) -> None:
        self._say("", "soft")
        self.pages.setCurrentIndex(page)
        (self.code if page == _CODE else self.password).setFocus()

    def _leave(self) -> None:
        self.starter.show_welcome()
        self.starter.forget_unlock()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.starter.forget_unlock()

    def _page(self, field: QLineEdit, main: QWidget, other: tuple[str, partial[None]]) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(label(field.accessibleName(), "soft"))
        column.addWidget(field)
        column.addWidget(main)
        row = QHBoxLayout()
        row.addWidget(link(*other))
        row.addStretch(1)
        row.addWidget(link("换一个工作区", self._leave))
        column.addLayout(row)
        return page

    def _lay_out(self) -> None:
        sign = QLabel()
        sign.setPixmap(pixmap("lock", px(40), "accent", self.devicePixelRatioF()))
        head = label(f"“{self.folder.name}”已锁定", "title", wrap=True)
        where = label(str(self.folder), "caption", wrap=True)
        for each in (sign, head, where):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.wrong.setMinimumHeight(px(40))
        self.wrong.setAlignment(Qt.AlignmentFlag.AlignTop)
        box = card(sign, head, where, self.pages, self.wrong, spacing=12)
        if (inside := box.layout()) is not None:
            inside.setContentsMargins(px(28), px(24), px(28), px(16))
        box.setFixedWidth(px(440))
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


def is_locked(error: BaseException) -> bool:
    """Say whether an error is answered by this screen."""
    return isinstance(error, AnkangError) and isinstance(error, Locked)
