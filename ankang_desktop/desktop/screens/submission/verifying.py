"""Checking a package, ours or a stranger's: every file read, every difference named, the hash to compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ankang_desktop.actions import submissions, submitting
from ankang_desktop.actions.keeping import size_text
from ankang_desktop.actions.submissions import Handed
from ankang_desktop.desktop.look import pixmap, px
from ankang_desktop.desktop.paper.targets import keep_folder, last_folder
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, icon_button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.kernel.hashing import sha256_of
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.submission.verification import Verification

_INFO = (
    ("Source-Organization", "报送单位"),
    ("External-Description", "报送事项"),
    ("As-Of", "数据截至"),
    ("Bagging-Date", "制作日期"),
    ("Previous-Package-SHA256", "前次校验值"),
)


@dataclass(frozen=True)
class Checked:
    """What a check found, and the SHA-256 of the file (“” for a folder)."""

    path: Path
    found: Verification
    sha256: str


def check_file(session: Session, path: Path) -> None:
    """Check a package off the GUI thread and show what was found."""

    def check(progress: Progress) -> Checked:
        found = submitting.verify(path, progress)
        return Checked(path, found, sha256_of(path) if path.is_file() else "")

    _run(session, f"正在核对 {path.name}", check)


def check_filed(session: Session, handed: Handed) -> None:
    """Check the kept copy of a package that was handed in."""

    def check(progress: Progress) -> Checked:
        found = submissions.verify_filed(handed, progress)
        return Checked(handed.path or Path(handed.number), found, handed.sha256)

    _run(session, f"正在核对 {handed.number} 的材料包", check)


def _run(session: Session, text: str, check: Callable[[Progress], Checked]) -> None:
    session.work.run(check, partial(_show, session), text=text)


def _show(session: Session, checked: Checked) -> None:
    CheckedDialog(session, checked, session.door.window).open()


def ask_package(session: Session, parent: QWidget) -> None:
    """Ask for a zip or one of its parts, and check it."""
    kinds = "材料包或分卷 (*.zip *.001 *.002 *.003);;所有文件 (*)"
    chosen, _ = QFileDialog.getOpenFileName(parent, "核对哪个材料包", str(last_folder(session)), kinds)
    if chosen:
        keep_folder(session, Path(chosen))
        check_file(session, Path(chosen))


def ask_folder(session: Session, parent: QWidget) -> None:
    """Ask for an unzipped package, and check it."""
    chosen = QFileDialog.getExistingDirectory(parent, "解压后的材料包文件夹", str(last_folder(session)))
    if chosen:
        check_file(session, Path(chosen))


class CheckedDialog(Dialog):
    """The verdict, whose package it is, and every finding."""

    def __init__(self, session: Session, checked: Checked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.checked = session, checked
        self.setWindowTitle("核对材料包")
        self.setMinimumWidth(px(640))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.setSpacing(px(12))
        column.addLayout(self._verdict())
        column.addLayout(self._facts())
        self.listed = RowsModel(
            (
                Column("问题", lambda row: row.kind, 84, lambda _: "danger"),
                Column("文件", lambda row: row.path.removeprefix("data/") or "整个材料包"),
                Column("说明", lambda row: row.sentence),
            ),
            self,
        )
        self.listed.show_rows(checked.found.findings)
        self.view = RowsView(self.listed, "核对发现的问题")
        if checked.found.findings:
            self.resize(px(860), px(520))
            column.addWidget(self.view, 1)
        else:
            self.view.hide()
            self.view.setParent(self)
        tools = QHBoxLayout()
        tools.addWidget(button("复制结果(&C)", self.copy, name="copy"))
        tools.addStretch(1)
        close = button("关闭", self.close, kind="primary")
        tools.addWidget(close)
        column.addLayout(tools)
        self.finished.connect(self.deleteLater)

    def copy(self) -> None:
        """Copy the verdict with every finding as text."""
        lines = [self.told.text(), *(f"{each.kind}：{each.sentence}" for each in self.checked.found.findings)]
        if self.checked.sha256:
            lines.append(f"校验值 {self.checked.sha256}")
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _verdict(self) -> QHBoxLayout:
        found = self.checked.found
        row = QHBoxLayout()
        row.setSpacing(px(12))
        sign = QLabel()
        name, tone = ("circle-check", "good") if found.ok else ("alert-circle", "danger")
        sign.setPixmap(pixmap(name, px(36), tone, self.devicePixelRatioF()))
        row.addWidget(sign)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        text = "完好：每个文件都与清单一致" if found.ok else f"有 {len(found.findings)} 处问题"
        self.told = label(text, "title", wrap=True)
        words.addWidget(self.told)
        words.addWidget(label(f"{self.checked.path.name}　共 {found.files} 个文件，{size_text(found.bytes)}", "soft"))
        row.addLayout(words, 1)
        return row

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        info = self.checked.found.info
        facts = [(name, info[key]) for key, name in _INFO if info.get(key) and info[key] != "none"]
        facts += [("本包校验值", self.checked.sha256)] if self.checked.sha256 else []
        for row, (name, text) in enumerate(facts):
            grid.addWidget(label(name, "soft"), row, 0)
            grid.addWidget(label(text, selectable=True, wrap=True), row, 1)
            if text == self.checked.sha256:
                copy = icon_button("copy", "复制校验值", partial(QGuiApplication.clipboard().setText, text), size=16)
                grid.addWidget(copy, row, 2)
        return grid
