"""A paper on screen before it is paper: seen, printed and saved are the same bytes.

`open_paper` shows an official form, `open_preview` whatever `make(target, progress)` writes as PDF or xlsx by the
target's ending.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ankang_desktop.desktop.frame.messages import MessageBar
from ankang_desktop.desktop.look import px, room
from ankang_desktop.desktop.paper.pages import Size, sizes
from ankang_desktop.desktop.paper.parts import PageTurner, Working, Zoomer
from ankang_desktop.desktop.paper.printer import make_printer, print_pages
from ankang_desktop.desktop.paper.scratch import Scratch
from ankang_desktop.desktop.paper.targets import PDF, XLSX, ask_target, open_outside, ways_to
from ankang_desktop.desktop.paper.view import PageView
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.work import Job
from ankang_desktop.kernel.errors import AnkangError, UserError, WorldError
from ankang_desktop.kernel.files import write_safely
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import safe_file_name

if TYPE_CHECKING:
    from ankang_desktop.actions.papers import Printed, Wanted

Make = Callable[[Path, Progress], "Printed"]
_WORKING, _PAGES, _FAILED = range(3)


def open_preview(
    session: Session, title: str, make: Make, *, name: str = "", parent: QWidget | None = None
) -> PreviewWindow:
    """Open the preview of what `make(target, progress)` writes; `name` is the file name proposed.

    `make` runs in a thread and writes .pdf or .xlsx by the target's ending.
    """
    window = PreviewWindow(session, title, make, name=name, parent=parent or session.door.window)
    window.show()
    return window


def open_paper(
    session: Session, code: str, wanted: Wanted | None = None, *, title: str = "", parent: QWidget | None = None
) -> PreviewWindow:
    """Open the preview of an official paper by its form's code."""
    from ankang_desktop.actions.papers import Wanted, print_paper

    asked = wanted or Wanted()
    heading = title or "".join(session.app.form(code).title)

    def make(target: Path, progress: Progress) -> Printed:
        return print_paper(session.app, code, target, asked, progress)

    name = f"{heading} {asked.number}".strip()
    return open_preview(session, heading, make, name=name, parent=parent)


class PreviewWindow(Dialog):
    """The window of one paper; `loaded` tells that its pages are known."""

    loaded = Signal()
    enter_acts = False  # a page number typed is no order to print

    def __init__(
        self, session: Session, title: str, make: Make, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session, self.make = session, make
        self.name = safe_file_name(name or title)
        self.data = b""
        self.printed: Printed | None = None
        self._scratch = Scratch()
        self._jobs: list[Job] = []
        self.setWindowTitle(f"{title} - 预览")
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlags(Qt.WindowType.Window)
        self.setModal(False)
        self.destroyed.connect(self._scratch.remove)
        self._lay_out(title)
        self._shortcuts()
        self._fit_screen()
        self.load()

    # --- making ----------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Make the PDF and show it."""
        self.stack.setCurrentIndex(_WORKING)
        self._enable(is_ready=False)
        job = self._run(self._made_pdf, self._loaded, self._not_made)
        self.working.follow(job, "正在生成预览")

    def _made_pdf(self, progress: Progress) -> tuple[Printed, bytes, list[Size]]:
        printed = self._made(".pdf", progress)
        data = printed.path.read_bytes()
        return printed, data, sizes(data)

    def _made(self, suffix: str, progress: Progress) -> Printed:
        try:
            return self.make(self._scratch.folder / f"{self.name}{suffix}", progress)
        finally:
            self._scratch.settle()

    def _loaded(self, made: tuple[Printed, bytes, list[Size]]) -> None:
        self.printed, self.data, pages = made
        self.warning.setText(self.printed.warning)
        self.warning.setVisible(bool(self.printed.warning))
        self.stack.setCurrentIndex(_PAGES)
        self._enable(is_ready=True)
        self.view.show_pages(self.data, pages)
        self.turner.set_count(len(pages))
        self.view.setFocus()
        self.loaded.emit()

    def _not_made(self, error: BaseException) -> None:
        if not isinstance(error, AnkangError):
            self.session.door.show(error)
        self.failed.told.setText(str(getattr(error, "text", "这份文件没能生成")))
        self.failed.remedy.setText(str(getattr(error, "remedy", "")))
        self.failed.remedy.setVisible(bool(self.failed.remedy.text()))
        self.stack.setCurrentIndex(_FAILED)

    # --- taking out ------------------------------------------------------------------------------------------------

    def save_pdf(self) -> None:
        """Save the very bytes that are shown."""
        target = ask_target(self.session, self, "存为 PDF", f"{self.name}.pdf", PDF)
        if target is not None:
            self._try(partial(self._saved_pdf, target))

    def _saved_pdf(self, target: Path) -> None:
        copy_safely(self.data, target)
        self.say(f"已存为 {target.name}", str(target.parent), "good", *ways_to(self.say, target))

    def save_workbook(self) -> None:
        """Save the paper as a workbook."""
        target = ask_target(self.session, self, "存为 Excel", f"{self.name}.xlsx", XLSX)
        if target is None:
            return

        def made(progress: Progress) -> None:
            copy_safely(self._made(".xlsx", progress).path.read_bytes(), target)

        def saved(_: object) -> None:
            self.say(f"已存为 {target.name}", str(target.parent), "good", *ways_to(self.say, target))

        self.line.follow(self._run(made, saved, partial(self._failed_to, self.save_workbook)), "正在生成工作簿")

    def ask_printer(self) -> None:
        """Print through the system's dialog."""
        printer = make_printer(self.data, self.name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.view.count)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted  # the systems' own print dialogs know nothing else
        dialog.deleteLater()
        if is_wanted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer, off the GUI thread."""
        job = self._run(
            partial(print_pages, self.data, printer),
            self._was_printed,
            partial(self._failed_to, self.ask_printer),
        )
        self.line.follow(job, "正在打印")

    def _was_printed(self, pages: int) -> None:
        self.say(f"已送往打印机，共 {pages} 页", "", "good")

    def open_elsewhere(self) -> None:
        """Open the PDF with the system's program for it."""
        if self.printed is not None:
            open_outside(self.say, self.printed.path)

    # --- inside ----------------------------------------------------------------------------------------------------

    def say(self, text: str, remedy: str, kind: str, *actions: Any) -> None:
        """Say something at the top of this window."""
        self.messages.say(kind, text, remedy, actions)

    def _run(
        self,
        function: Callable[[Progress], Any],
        then: Callable[[Any], None],
        on_error: Callable[[BaseException], None],
    ) -> Job:
        def safe_then(result: Any) -> None:
            if isValid(self):
                then(result)

        def safe_error(error: BaseException) -> None:
            if isValid(self):
                on_error(error)

        job = self.session.work.run(function, safe_then, on_error=safe_error)
        self._jobs.append(job)
        return job

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except WorldError as error:
            self.session.door.show(error, again=partial(self._try, action))
        except UserError as error:
            self.say(error.text, error.remedy, "danger")

    def _failed_to(self, again: Callable[[], None], error: BaseException) -> None:
        if isinstance(error, UserError):
            self.say(error.text, error.remedy, "danger")
        else:
            self.session.door.show(error, again=again)

    def _enable(self, *, is_ready: bool) -> None:
        for part in (self.printing, self.saving, self.booking, self.opening, self.turner, self.zoomer):
            part.setEnabled(is_ready)

    def _lay_out(self, title: str) -> None:
        self.messages, self.line = MessageBar(), Working()
        self.line.hide()
        self.view = PageView(self.session.work)
        self.turner, self.zoomer = PageTurner(self.view), Zoomer(self.view)
        self.printing = button("打印(&P)…", self.ask_printer, kind="primary", name="printer")
        self.saving = button("存为 PDF(&S)", self.save_pdf, name="file-type-pdf")
        self.booking = button("存为 Excel(&X)", self.save_workbook, name="file-spreadsheet")
        self.opening = button("用其他程序打开(&O)", self.open_elsewhere, name="external-link")
        self.warning = label("", "warning", wrap=True)
        self.warning.hide()
        self.working = Working(has_cancel=True, cancel=self.close)
        self.failed = EmptyState("alert-circle", "", "", button("重试(&R)", self.load, kind="primary"))
        self.stack = QStackedWidget()
        inside: tuple[QWidget, ...] = (self.working, self.view, self.failed)
        for each in inside:
            self.stack.addWidget(each)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.setSpacing(px(8))
        upper.addWidget(label(title, "subtitle"), 1)
        for part in (self.opening, self.booking, self.saving, self.printing):
            upper.addWidget(part)
        lower.addWidget(self.turner)
        lower.addStretch(1)
        lower.addWidget(self.zoomer)
        tools = QVBoxLayout()
        tools.setContentsMargins(px(16), px(12), px(16), px(8))
        tools.setSpacing(px(8))
        for row in (upper, lower):
            tools.addLayout(row)
        tools.addWidget(self.warning)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addLayout(tools)
        column.addWidget(self.stack, 1)
        column.addWidget(self.line)

    def _shortcuts(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+P": self.printing.click,
            "Ctrl+S": self.saving.click,
            "Ctrl++": partial(self.view.step_zoom, 1),
            "Ctrl+=": partial(self.view.step_zoom, 1),
            "Ctrl+-": partial(self.view.step_zoom, -1),
        }
        for key, action in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(action)

    def _fit_screen(self) -> None:
        whole = room()
        self.resize(min(px(980), whole.width() - px(40)), min(px(900), whole.height() - px(60)))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._let_go()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Close by Esc: stop what runs and remove the folder."""
        self._let_go()
        super().done(result)

    def _let_go(self) -> None:
        self.view.stop()
        for job in self._jobs:
            if isValid(job):
                job.cancel()
        self._scratch.remove()


def copy_safely(data: bytes, target: Path) -> None:
    """Write bytes under a name, read back before it is taken."""

    def verify(path: Path) -> None:
        if path.read_bytes() != data:
            raise WorldError(f"写入“{target}”后读回的内容不一致", "请检查磁盘后重试")

    write_safely(target, partial(_put, data), verify)


def _put(data: bytes, path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(data)
