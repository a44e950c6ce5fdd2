"""What is said of the selected file, written in place: caption, the day it shows, where its paper lies."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout

from ankang_desktop.actions.files import File
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Day, Misread
from ankang_desktop.desktop.form.editors import editor_for
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label


class Inspector(QFrame):
    """Writes what is said of one file; `said` carries only what the person changed."""

    said = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.file: File | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(4))
        self.name = label("", "strong", wrap=True)
        self.notes = label("", "warning", wrap=True)
        self.facts = label("", "caption", wrap=True)
        for part in (self.name, self.notes, self.facts):
            column.addWidget(part)
        self.caption, self.box, self.page = QLineEdit(), QLineEdit(), QLineEdit()
        self.day = editor_for(Field(Day(), "所示日期"), session)
        self.caption.setPlaceholderText("说明：照片里是什么")
        self.problem = label("", "problem", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(6))
        grid.addWidget(self.caption, 0, 0, 1, 4)
        for place, (words, editor) in enumerate((("日期", self.day), ("盒号", self.box), ("页号", self.page))):
            row, at = (1, 0) if place == 0 else (2, (place - 1) * 2)
            grid.addWidget(label(words, "soft"), row, at)
            grid.addWidget(editor, row, at + 1, 1, 3 if place == 0 else 1)
        column.addLayout(grid)
        column.addWidget(self.problem)
        for line, words in ((self.caption, "说明"), (self.box, "盒号"), (self.page, "页号")):
            line.setAccessibleName(words)
            line.editingFinished.connect(self.save)
        day_line: Any = self.day.main
        day_line.editingFinished.connect(self.save)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_file(self, file: File | None) -> None:
        """Show a file; None hides the inspector."""
        self.file = file
        self.setVisible(file is not None)
        self.problem.hide()
        if file is None:
            return
        self.name.setText(file.name)
        notes = [file.warning, f"也用于 {'、'.join(file.also)}" if file.also else ""]
        self.notes.setText("\n".join(each for each in notes if each))
        self.notes.setVisible(bool(self.notes.text()))
        taken = f"拍摄（文件）日期 {file.taken_on}" if file.taken_on else "文件里没有日期"
        self.facts.setText(f"{taken}　{max(1, file.size // 1024):,} KB")
        self.caption.setText(file.caption)
        self.box.setText(file.box)
        self.page.setText(file.page)
        self.day.set_value(file.day)

    def save(self) -> None:
        """Tell what the person changed; a date that is none is said here."""
        if self.file is None:
            return
        try:
            day = self.day.value()
        except Misread as misread:
            self.problem.setText(str(misread))
            self.problem.show()
            return
        self.problem.hide()
        told = {"caption": self.caption.text(), "box": self.box.text(), "page": self.page.text(), "day": day}
        known = {"caption": self.file.caption, "box": self.file.box, "page": self.file.page, "day": self.file.day}
        changed = {key: value for key, value in told.items() if value != known[key]}
        if changed:
            self.said.emit(changed)

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let it be read only."""
        for line in (self.caption, self.box, self.page):
            line.setReadOnly(is_read_only)
        self.day.set_read_only(is_read_only=is_read_only)
