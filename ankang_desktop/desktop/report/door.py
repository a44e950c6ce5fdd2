"""The one door of errors: message bar, dialog with 重试, crash report, or nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ankang_desktop.desktop.look import dress
from ankang_desktop.kernel.errors import AnkangError, Cancelled, WorldError
from ankang_desktop.kernel.report import report_of

Action = tuple[str, Callable[[], object]]


class Door(QObject):
    """Shows errors and messages; the window connects `said` to its message bar.

    `said` carries (kind, text, remedy, actions): kind is “info”, “good”, “warning” or “danger”, actions are
    (label, what to do) pairs shown as links. `unsaid` carries how the message begins that holds no longer.
    """

    said = Signal(str, str, str, object)
    unsaid = Signal(str)

    def __init__(self, window: QWidget | None = None) -> None:
        super().__init__(window)
        self.window = window

    def say(self, text: str, remedy: str = "", kind: str = "good", *actions: Action) -> None:
        """Say something in the message bar."""
        self.said.emit(kind, text, remedy, actions)

    def unsay(self, text: str) -> None:
        """Take a message that begins so out of the message bar: it holds no longer."""
        self.unsaid.emit(text)

    def show(self, error: BaseException, again: Callable[[], object] | None = None) -> None:
        """Show an error through the door of its kind; `again` is what 重试 does."""
        if isinstance(error, Cancelled | KeyboardInterrupt):
            return
        if isinstance(error, WorldError):
            self._world(error, again)
        elif isinstance(error, AnkangError):
            self.said.emit("danger", error.text, error.remedy, ())
        else:
            self.crash(error)

    def crash(self, error: BaseException) -> None:
        """Show the crash report of our own bug and keep it in the log folder."""
        from ankang_desktop.desktop.report.crash import CrashReport, keep_report

        report = report_of(error)
        sys.stderr.write(report)
        CrashReport(report, keep_report(report), self.window).open()

    def guard(self) -> None:
        """Send exceptions that leave a slot through this door."""
        sys.excepthook = self._unhandled

    def _unhandled(self, _: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        self.show(error)

    def _world(self, error: WorldError, again: Callable[[], object] | None) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, "安康杯", error.text, parent=self.window)
        box.setInformativeText(error.remedy)
        close = box.addButton("关闭", QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(close)
        if again:
            retry = box.addButton("重试", QMessageBox.ButtonRole.AcceptRole)
            retry.clicked.connect(again)
            box.setDefaultButton(retry)
        if self.window is None:
            dress(box)
        box.open()
