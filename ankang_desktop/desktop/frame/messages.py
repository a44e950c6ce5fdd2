"""The message bar under the head, and the strip of running work at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import pixmap, px, restyle
from ankang_desktop.desktop.widgets import button, icon_button, label, link, tell_steadily
from ankang_desktop.desktop.work import Job

_STAYS = {"good": 7000, "info": 10000}  # milliseconds; warnings and errors stay until closed
_SIGNS = {"good": "circle-check", "info": "info-circle", "warning": "alert-triangle", "danger": "alert-circle"}


class MessageBar(QFrame):
    """One message at a time: what happened, what to do, links; Esc or × closes it."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(20), px(6), px(12), px(6))
        self._row.setSpacing(px(10))
        self._sign = QLabel()
        self.told = label("", "strong", wrap=True, selectable=True)
        self.told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._links = QHBoxLayout()
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.told, 1)
        self._row.addLayout(self._links)
        self._row.addWidget(icon_button("x", "关闭这条消息", self.close_message, size=16), 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, kind: str, text: str, remedy: str, actions: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Show a message instead of the one before."""
        self._timer.stop()
        restyle(self, "bar", kind)
        self._sign.setPixmap(pixmap(_SIGNS[kind], px(18), kind, self.devicePixelRatioF()))
        self.told.setText(f"{text}——{remedy}" if remedy else text)
        while (item := self._links.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for words, action in actions:
            self._links.addWidget(link(words, partial(self._follow, action)))
        self.show()
        if kind in _STAYS:
            self._timer.start(_STAYS[kind])

    def close_message(self) -> None:
        """Close the message."""
        self._timer.stop()
        self.hide()

    def unsay(self, text: str) -> None:
        """Close the message if it begins so."""
        if self.told.text().startswith(text):
            self.close_message()

    def _follow(self, action: Callable[[], object]) -> None:
        self.close_message()
        action()


class WorkStrip(QFrame):
    """The running jobs, one line each: what they do, how far, cancel."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(20), px(4), px(12), px(4))
        self._lines: dict[Job, WorkLine] = {}
        self.hide()

    def follow(self, job: Job) -> None:
        """Show a job until it ends."""
        line = WorkLine(job)
        self._lines[job] = line
        self._column.addWidget(line)
        job.ended.connect(self._ended)
        self.show()

    def _ended(self) -> None:
        """Take out what is over. A method, not a closure: a job may outlive the window, and then tells nobody."""
        for job in [each for each in self._lines if each.is_over]:
            line = self._lines.pop(job)
            self._column.removeWidget(line)
            line.deleteLater()
        self.setVisible(bool(self._lines))


class WorkLine(QWidget):
    """One running job."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        self.words, self.bar = label(job.text), QProgressBar()
        self.words.setMinimumWidth(px(280))
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.stop = button("取消", self._stop, kind="quiet", name="x")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        job.progress.connect(self._stepped)
        if job.is_cancelled:
            self._show_stopping()

    def _stepped(self, text: str, done: int, total: int) -> None:
        if self.job.is_cancelled:
            return  # it is stopping: a step told before does not say otherwise
        said = text if text.startswith(self.job.text) else f"{self.job.text}：{text}"
        tell_steadily(self.words, said + (f" {done}/{total}" if total else ""))
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _stop(self) -> None:
        self.job.cancel()
        self._show_stopping()

    def _show_stopping(self) -> None:
        self.stop.setEnabled(False)
        tell_steadily(self.words, f"{self.job.text}：正在停下…")
