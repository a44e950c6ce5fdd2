"""What stands between the person and a closed window: work that is still writing, and the backup of the day.

The backup can be skipped, and it is never in the way twice.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from ankang_desktop.actions.filing import back_up
from ankang_desktop.actions.keeping import is_backup_due
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.parts import Working
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.kernel.errors import AnkangError

PREFERENCE = "backup_at_closing"


def back_up_first(session: Session, window: QWidget) -> bool:
    """Begin the day's backup where it is wanted and due, and close the window when it is over; say whether it began."""
    if not session.preferences.get(PREFERENCE, False) or window.property("backed_up"):
        return False
    try:
        session.work.refuse_writing()
        if not is_backup_due(session.app):
            return False
    except AnkangError:
        return False
    dialog = ClosingBackup(session, window)
    dialog.over.connect(lambda: _close(window))
    dialog.open()
    return True


def may_stop(session: Session, window: QWidget) -> bool:
    """Ask before work that is changing records is stopped. Done meanwhile, it asks no more: its end is to be seen."""
    job = session.work.writing
    if job is None or job.is_cancelled:
        return True
    box = QMessageBox(QMessageBox.Icon.Question, "还没有完成", job.unfinished, parent=window)
    box.setInformativeText("现在离开，它就停下，什么都不留下。离开吗？")
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.setDefaultButton(QMessageBox.StandardButton.No)
    job.ended.connect(box.reject)
    return box.exec() == QMessageBox.StandardButton.Yes


def _close(window: QWidget) -> None:
    window.setProperty("backed_up", True)
    window.close()


class ClosingBackup(QDialog):
    """What is seen meanwhile; `over` tells that the window may close."""

    over = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle("今天的备份")
        self.setMinimumWidth(px(460))
        self._is_told = False
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.setSpacing(px(12))
        self.told = label("关闭前备份今天的记录和佐证…", "subtitle", wrap=True)
        self.working = Working(has_cancel=False)
        column.addWidget(self.told)
        column.addWidget(self.working)
        row = QHBoxLayout()
        row.addStretch(1)
        self.skip = button("跳过，直接关闭(&K)", self._skip)
        row.addWidget(self.skip)
        column.addLayout(row)
        app = session.app
        self.job = session.work.run(
            lambda progress: back_up(app, None, progress), self._made, writes=True, on_error=self._failed
        )
        self.working.follow(self.job, "正在备份")

    def _made(self, _: object) -> None:
        self._end()

    def _failed(self, error: BaseException) -> None:
        """Say why, and leave it to the person when to close."""
        text = error.text if isinstance(error, AnkangError) else "备份时程序出错"
        self.told.setText(f"没有备份成：{text}")
        self.skip.setText("关闭程序(&K)")

    def _skip(self) -> None:
        if not self.job.is_over:
            self.job.cancel()
        self._end()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._skip()

    def reject(self) -> None:
        """Esc skips."""
        self._skip()

    def _end(self) -> None:
        if not self._is_told:
            self._is_told = True
            self.accept()
            self.over.emit()
            self.deleteLater()
