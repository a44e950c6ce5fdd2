"""A new password and its recovery code; nothing is done before the code is printed, saved or copied by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.desktop.lock.fields import NewPassword, PasswordField
from ankang_desktop.desktop.look import dress, font, px
from ankang_desktop.desktop.paper.printer import make_printer, print_pages
from ankang_desktop.desktop.paper.scratch import Scratch
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.work import Work
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.vault import new_code

_CODE_TOLD = "忘记密码时，只有这个恢复码能打开工作区。请打印或抄下来，锁进柜子，不要和电脑放在一起。它只显示这一次。"
_FORGOTTEN = "忘了密码又没有恢复码，谁也打不开这个工作区，包括编写程序的人。"


class NewPasswordDialog(Dialog):
    """Two pages: the password (the present one is asked for where there is `verify`), then the recovery code.

    `chosen` carries (present password, new password, recovery code); `verify(present)` is run off the GUI thread and
    raises where it is wrong.
    """

    chosen = Signal(str, str, str)

    def __init__(
        self,
        folder: Path,
        today: date,
        parent: QWidget,
        *,
        title: str,
        done: str,
        verify: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder, self.today, self.verify = folder, today, verify
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(px(520))
        self.work = Work(self, self._failed)
        self.code = new_code()
        self._scratch = Scratch()
        self.destroyed.connect(self._scratch.remove)
        self.present = PasswordField("现在的密码")
        self.present.setVisible(verify is not None)
        self.new = NewPassword()
        self.wrong, self.told = label("", "danger", wrap=True), label("", "good", wrap=True)
        for each in (self.wrong, self.told):
            each.hide()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._first())
        self.pages.addWidget(self._second(done))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.addWidget(self.pages)
        (self.present if verify else self.new.first).setFocus()
        if not parent.isVisible():
            dress(self)

    def go_on(self) -> None:
        """Show the recovery code, once the passwords are right."""
        self.wrong.hide()
        if not self.new.password():
            return
        if self.verify is None:
            self._show_code(None)
            return
        verify, present = self.verify, self.present.text()
        self.next.setEnabled(False)
        self.work.run(lambda _: verify(present), self._show_code, on_error=self._failed)

    def print_code(self) -> None:
        """Print the sheet through the system's dialog."""
        self._make(self._scratch.folder / "code.pdf", self._ask_printer)

    def save_code(self) -> None:
        """Save the sheet as PDF where the person says."""
        proposed = Path.home() / f"恢复码-{self.folder.name}.pdf"
        name, _ = QFileDialog.getSaveFileName(self, "恢复码存到哪里（最好是 U 盘）", str(proposed), "PDF 文件 (*.pdf)")
        if name:
            path = Path(name)
            self._make(path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf"), self._saved)

    def finish(self) -> None:
        """Hand over what was chosen."""
        self.chosen.emit(self.present.text(), self.new.first.text(), self.code)
        self.accept()

    # --- inside ------------------------------------------------------------------------------------------------

    def done(self, result: int) -> None:
        """Close, and leave nothing of the code behind."""
        self.work.close()
        self._scratch.remove()
        super().done(result)

    def _show_code(self, _: object) -> None:
        self.next.setEnabled(True)
        self.pages.setCurrentIndex(1)
        self.noted.setFocus()

    def _failed(self, error: BaseException) -> None:
        self.next.setEnabled(True)
        self.told.hide()
        self.wrong.setText(str(error) if isinstance(error, AnkangError) else "程序出错，没有做成，请重试")
        self.wrong.show()
        (self.error_below if self.pages.currentIndex() else self.error_above).addWidget(self.wrong)
        self.present.selectAll()
        self.present.setFocus()

    def _make(self, target: Path, then: Callable[[Path], None]) -> None:
        def made(progress: Progress) -> Path:
            from ankang_desktop.actions.code_sheet import write_code_sheet

            return write_code_sheet(target, self.folder, self.code, self.today, progress)

        self.work.run(made, then)

    def _ask_printer(self, path: Path) -> None:
        data = path.read_bytes()
        printer = make_printer(data, "恢复码")
        dialog = QPrintDialog(printer, self)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if is_wanted:
            self.work.run(partial(print_pages, data, printer), lambda _: self._tell("已送往打印机"))

    def _saved(self, path: Path) -> None:
        self._tell(f"已存为 {path}")

    def _tell(self, words: str) -> None:
        self.wrong.hide()
        self.told.setText(words)
        self.told.show()

    def _first(self) -> QWidget:
        self.next = button("下一步：恢复码(&N)", self.go_on, kind="primary")
        self.error_above = QVBoxLayout()
        self.error_above.addWidget(self.wrong)
        self.present.returnPressed.connect(self.new.first.setFocus)
        self.new.entered.connect(self.go_on)
        told = label("打开这个工作区要先输入密码；记录、备份和没保存的内容都加密存放。", "soft", wrap=True)
        forgotten = label(_FORGOTTEN, "caption", wrap=True)
        return self._page(told, self.present, self.new, self.error_above, forgotten, last=self.next)

    def _second(self, done: str) -> QWidget:
        groups = self.code.split("-")
        half = len(groups) // 2
        shown = label("\n".join("   ".join(each) for each in (groups[:half], groups[half:])), selectable=True)
        big = font("title")
        big.setFamily("monospace")
        shown.setFont(big)
        shown.setAccessibleName("恢复码")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setMargin(px(12))
        tools = QHBoxLayout()
        tools.setSpacing(px(8))
        tools.addStretch(1)
        tools.addWidget(button("打印(&P)", self.print_code, name="printer"))
        tools.addWidget(button("另存为 PDF(&A)", self.save_code, name="download"))
        tools.addStretch(1)
        self.noted = QCheckBox("我已抄下或打印")
        last = button(done, self.finish, kind="primary")
        last.setEnabled(False)
        self.noted.toggled.connect(last.setEnabled)
        self.error_below = QVBoxLayout()
        head = label("恢复码", "subtitle")
        return self._page(
            head, label(_CODE_TOLD, wrap=True), shown, tools, self.told, self.error_below, self.noted, last=last
        )

    def _page(self, *parts: Any, last: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for part in parts:
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        row.addWidget(button("取消", self.reject))
        row.addWidget(last)
        column.addLayout(row)
        return page
