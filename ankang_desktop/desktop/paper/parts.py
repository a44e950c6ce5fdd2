"""The small parts of a preview: turning pages, zooming, and the line that says what is being worked on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.view import WHOLE, WIDTH, PageView
from ankang_desktop.desktop.widgets import button, icon_button, label, segments, tell_steadily
from ankang_desktop.desktop.work import Job

_FITS = (WIDTH, WHOLE, "")


class PageTurner(QWidget):
    """Which page is in sight, and the ways to others."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self.page = QLineEdit("1")
        self.page.setAccessibleName("第几页")
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setFixedWidth(px(56))
        self.page.setValidator(QIntValidator(1, 9999, self.page))
        self.page.editingFinished.connect(self._wanted)
        self.of = label("共 1 页", "soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        row.addWidget(icon_button("chevron-left", "上一页（PgUp）", lambda: view.go_to(view.page - 1)))
        row.addWidget(self.page)
        row.addWidget(icon_button("chevron-right", "下一页（PgDn）", lambda: view.go_to(view.page + 1)))
        row.addSpacing(px(4))
        row.addWidget(self.of)
        view.page_changed.connect(self._turned)

    def set_count(self, count: int) -> None:
        """Say how many pages there are."""
        self.of.setText(f"共 {count} 页")
        self._turned(0)

    def _wanted(self) -> None:
        index = int(self.page.text() or "1") - 1
        if index != self._view.page:
            self._view.go_to(index)
        self._turned(self._view.page)

    def _turned(self, index: int) -> None:
        self.page.setText(str(index + 1))


class Zoomer(QWidget):
    """How large pages are shown."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self.fits = segments(("适合宽度", "整页", "100%"), 0, self._fit)
        self.told = label("100%", "soft")
        self.told.setFixedWidth(px(48))
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        row.addWidget(self.fits)
        row.addSpacing(px(8))
        row.addWidget(icon_button("zoom-out", "缩小（-）", lambda: view.step_zoom(-1)))
        row.addWidget(self.told)
        row.addWidget(icon_button("zoom-in", "放大（+）", lambda: view.step_zoom(1)))
        view.zoom_changed.connect(self._zoomed)

    def _fit(self, at: int) -> None:
        if _FITS[at]:
            self._view.set_fit(_FITS[at])
        else:
            self._view.set_zoom(1.0)

    def _zoomed(self, zoom: float) -> None:
        self.told.setText(f"{zoom:.0%}")
        group = self.fits.buttons  # type: ignore[attr-defined]
        at = _FITS.index(self._view.fit) if self._view.fit or abs(zoom - 1) < 0.005 else -1
        group.setExclusive(False)
        for each in group.buttons():
            each.setChecked(group.id(each) == at)
        group.setExclusive(True)


class Working(QWidget):
    """What a job does and how far it is; hidden or replaced when the job is over."""

    def __init__(self, *, has_cancel: bool = True, cancel: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._cancel = cancel
        self._job: Job | None = None
        self._name = ""
        self.told = label("", "soft")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(px(420))
        self.stop = button("取消", self._stop, kind="quiet", name="x")
        self.stop.setVisible(has_cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(8), px(16), px(8))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addStretch(1)
        row.addWidget(self.told)
        row.addWidget(self.bar, 2)
        row.addWidget(self.stop)
        row.addStretch(1)
        column.addLayout(row)

    def follow(self, job: Job, name: str) -> None:
        """Show a job until it ends."""
        self._job, self._name = job, name
        tell_steadily(self.told, name)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        job.progress.connect(self._stepped)
        job.ended.connect(self._ended)
        self.show()

    def _stepped(self, text: str, done: int, total: int) -> None:
        if isValid(self):
            tell_steadily(self.told, " ".join(filter(None, (text or self._name, f"{done}/{total}" if total else ""))))
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel()
        elif self._job is not None and isValid(self._job):
            self._job.cancel()
            self.stop.setEnabled(False)
            self.told.setText(f"{self._name}：正在停下…")

    def _ended(self) -> None:
        if isValid(self):
            self._job = None
            self.hide()
