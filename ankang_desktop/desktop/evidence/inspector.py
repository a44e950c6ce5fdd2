"""What is said of the selected files, written in place: caption, the day they show, where their paper lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ankang_desktop.actions.files import File
from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Day, Misread
from ankang_desktop.desktop.evidence.parts import nameless
from ankang_desktop.desktop.form.editors import editor_for
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, clear, label, link, scrolled

_LONGEST = {"caption": 200, "box": 20, "page": 20}
_MOST_LINKS = 6


class Inspector(QFrame):
    """Writes what is said of files; `keep(links, said)` is given only what the person changed, and says if it was kept.

    Of several files only what they have in common is shown; what is written holds for all of them.
    """

    def __init__(self, session: Session, keep: Callable[[list[int], dict[str, Any]], bool]) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.session, self._keep = session, keep
        self.files: list[File] = []
        self._known: dict[str, Any] = {}
        self.name, self.notes = label("", "strong", wrap=True), label("", "warning", wrap=True)
        self.facts, self.problem = label("", "caption", wrap=True), label("", "problem", wrap=True)
        self._also = QWidget()
        self._others = FlowLayout(self._also, px(4))
        self.lines = {key: QLineEdit() for key in _LONGEST}
        self.day = editor_for(Field(Day(), "所示日期"), session)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self)
        self.area, self._most = scrolled(holder), 10_000
        self.area.hide()

    def show_files(self, files: Sequence[File]) -> None:
        """Show files; none hides the inspector. What is typed and not kept yet stays where the files are the same."""
        is_same = bool(files) and [each.link for each in files] == [each.link for each in self.files]
        typed = self._changed() if is_same else {}
        self.files = list(files)
        self.area.setVisible(bool(files))
        if not files:
            return
        self._tell(files)
        self.problem.hide()
        self._known = {key: _common(files, key) for key in (*_LONGEST, "day")}
        for key, line in self.lines.items():
            is_mixed = self._known[key] is None
            line.setPlaceholderText("（各不相同）" if is_mixed else "照片里是什么" if key == "caption" else "")
            line.setText(typed.get(key, self._known[key] or ""))
        if "day" not in typed:
            self.day.set_value(self._known["day"])
        self.day.set_wrong(is_wrong=False)
        self.fit(self._most)

    def fit(self, most: int) -> None:
        """Be as high as is needed, but no higher than `most`: then it is scrolled."""
        self._most = most
        wide = max(1, self.area.viewport().width())
        column = self.layout()
        needed = column.totalHeightForWidth(wide) if column is not None and column.hasHeightForWidth() else 0
        self.area.setFixedHeight(min(max(needed, self.minimumSizeHint().height()) + px(2), most))

    def save(self) -> None:
        """Keep what the person changed; a date that is none is said here."""
        if not self.files:
            return
        misread = self._misread()
        self.problem.setText(misread)
        self.problem.setVisible(bool(misread))
        self.day.set_wrong(is_wrong=bool(misread))
        self.fit(self._most)
        if misread:
            return
        if changed := self._changed():
            before, self._known = self._known, {**self._known, **changed}
            if not self._keep([each.link for each in self.files], changed):
                self._known = before

    def begin(self) -> None:
        """Go to the caption."""
        if self.files:
            self.lines["caption"].setFocus()
            self.lines["caption"].selectAll()

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let it be read only."""
        for line in self.lines.values():
            line.setReadOnly(is_read_only)
        self.day.set_read_only(is_read_only=is_read_only)

    def _misread(self) -> str:
        """Return why what is typed is no date, "" where it is one."""
        try:
            self.day.value()
        except Misread as misread:
            return str(misread)
        return ""

    def _changed(self) -> dict[str, Any]:
        """Return what differs from what is known; a date that is none yet is left out."""
        told: dict[str, Any] = {key: line.text().strip() for key, line in self.lines.items()}
        try:
            told["day"] = self.day.value()
        except Misread:
            told["day"] = self._known.get("day")
        return {
            key: value for key, value in told.items() if value != (self._known[key] or ("" if key != "day" else None))
        }

    def _tell(self, files: Sequence[File]) -> None:
        total = sum(each.size for each in files)
        size = f"{total / 1_048_576:,.1f} MB" if total >= 1_048_576 else f"{max(1, total // 1024):,} KB"
        if len(files) > 1:
            self.name.setText(f"选中 {len(files)} 个文件")
            self.facts.setText(f"共 {size}　写在下面的会记到每一个文件上")
        else:
            taken = f"文件自己的日期 {files[0].taken_on}" if files[0].taken_on else "文件里没有日期"
            self.name.setText(files[0].name)
            self.facts.setText(f"{taken}　{size}")
        odd = [each for each in files if each.warning]
        warnings = [nameless(odd[0])] if len(files) == len(odd) == 1 else [each.warning for each in odd]
        self.notes.setText("\n".join(warnings[:3]))
        self.notes.setVisible(bool(warnings))
        clear(self._others)
        numbers = list(dict.fromkeys(number for each in files for number in each.also))
        if numbers:
            self._others.addWidget(label("也用于", "soft"))
        for number in numbers[:_MOST_LINKS]:
            self._others.addWidget(link(number, partial(self.session.open_record, number)))
        if len(numbers) > _MOST_LINKS:
            refs = [{"number": each, "title": "", "day": None, "place": ""} for each in numbers]
            more = f"等 {len(numbers)} 条"
            self._others.addWidget(link(more, partial(self.session.open_records, "也用这些文件的记录", refs)))
        self._also.setVisible(bool(numbers))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(4))
        for part in (self.name, self.facts, self.notes, self._also):
            column.addWidget(part)
        grid = QGridLayout()
        grid.setContentsMargins(0, px(4), 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(6))
        paper = QHBoxLayout()
        paper.setSpacing(px(8))
        for part in (self.lines["box"], label("页号", "soft"), self.lines["page"]):
            paper.addWidget(part, int(isinstance(part, QLineEdit)))
        for row, words in enumerate(("说明", "日期", "盒号")):
            grid.addWidget(label(words, "soft"), row, 0)
        grid.addWidget(self.lines["caption"], 0, 1)
        grid.addWidget(self.day, 1, 1)
        grid.addLayout(paper, 2, 1)
        column.addLayout(grid)
        column.addWidget(self.problem)
        for key, words in (("caption", "说明"), ("box", "盒号"), ("page", "页号")):
            self.lines[key].setAccessibleName(words)
            self.lines[key].setMaxLength(_LONGEST[key])
            self.lines[key].editingFinished.connect(self.save)
        day_line: Any = self.day.main
        day_line.setPlaceholderText("照片上的日期不对时写在这里")
        day_line.setMaximumWidth(px(400))  # the words before it is filled in ask for more than a date
        day_line.editingFinished.connect(self.save)


def _common(files: Sequence[File], key: str) -> Any:
    """Return what all files say; None where they differ (and of a day also where none is said)."""
    said = {getattr(each, key) for each in files}
    return said.pop() if len(said) == 1 else None
