"""The message bar under the head, and the strip of running work at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import pixmap, px, restyle
from ankang_desktop.desktop.widgets import button, icon_button, label, link
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
        self._lines: dict[Job, QWidget] = {}
        self.hide()

    def follow(self, job: Job) -> None:
        """Show a job until it ends."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        words, bar = label(job.text), QProgressBar()
        words.setMinimumWidth(px(280))
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        row.addWidget(words)
        row.addWidget(bar, 1)
        cancel = button("取消", kind="quiet", name="x")

        def stop() -> None:
            job.cancel()
            cancel.setEnabled(False)
            words.setText(f"{job.text}：正在停下…")

        cancel.clicked.connect(stop)
        row.addWidget(cancel)

        def told(text: str, done: int, total: int) -> None:
            said = text if text.startswith(job.text) else f"{job.text}：{text}"
            words.setText(said + (f" {done}/{total}" if total else ""))
            bar.setRange(0, total)
            bar.setValue(done)

        job.progress.connect(told)
        job.ended.connect(lambda: self._end(job))
        self._lines[job] = line
        self._column.addWidget(line)
        self.show()

    def _end(self, job: Job) -> None:
        line = self._lines.pop(job)
        self._column.removeWidget(line)
        line.deleteLater()
        self.setVisible(bool(self._lines))
