"""The page: rows or boxes at the left, their material at the right, putting it away, the papers of the boxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.actions.archive import Standing, archive_of, put_away, reread
from ankang_desktop.actions.boxes import Box
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.archive.filing import FilingDialog
from ankang_desktop.desktop.screens.archive.lines import OPEN, Entry, Line, Looked, look
from ankang_desktop.desktop.screens.archive.model import FILES, ROWS, LinesModel
from ankang_desktop.desktop.screens.archive.shelf import EntriesModel, EntriesView
from ankang_desktop.desktop.screens.archive.view import LinesView
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, button, label, menu_button, segments
from ankang_desktop.desktop.widgets.splits import remember_split
from ankang_desktop.desktop.work import Latest
from ankang_desktop.scoring.card import Card

_PAUSE = 150  # milliseconds after the last key before the search is made
_STATES: tuple[set[str], ...] = (set(), {each.value for each in OPEN}, {Standing.missing.value})
"""What the filters let through: everything, what waits for a box, what is missing."""


class ArchivePage(Page):
    """Evidence by row and by box."""

    title = "档案盒"
    hint = "F2 改盒号，Tab 到页号"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.looked: Looked | None = None
        self._places = {False: "", True: ""}  # where the person stood: by row, by box
        self._reading = Latest(session.work)
        session.card.ready.connect(self._scored)
        self.papers = menu_button(
            "打印(&P)",
            [
                ("clipboard-list", "这一盒的卷内目录", self.print_index),
                ("clipboard-list", "全部盒的卷内目录", lambda: self.print_index(is_all=True)),
                ("archive", "这一盒的盒脊", self.print_spine),
                ("archive", "全部盒的盒脊", lambda: self.print_spine(is_all=True)),
                None,
                ("clipboard-list", "空白卷内目录", lambda: self._print("box_index", "")),
                ("archive", "空白盒脊", lambda: self._print("box_spine", "")),
            ],
            name="printer",
        )
        self.file_button = button("归盒编页(&N)", self.file_chosen, kind="primary", name="archive")
        self.add_head(self.papers, self.file_button)
        self._build_tools()
        self._build_body()

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_with(self, row: int = 0, box: str = "", **_: Any) -> None:
        """Show a row of the card, or a box."""
        if row or box:
            self._places[bool(box)] = box or str(row)
            self.views.buttons.button(int(bool(box))).setChecked(True)  # type: ignore[attr-defined]
            self._show()

    def refresh(self) -> None:
        """Ask for the card, whose records the archive lists; another year's lines are not left standing."""
        if self.looked is not None and self.looked.archive.year != self.session.year:
            focus = QApplication.focusWidget()
            self.looked = None
            self.stack.setCurrentIndex(0)
            if focus is not None and self.stack.isAncestorOf(focus):
                self.begins_at = None
                self.setFocus()  # the keys wait for the new lines
        self.session.card.ask()

    @property
    def is_by_box(self) -> bool:
        """Whether boxes are listed, not rows."""
        return bool(self.views.buttons.checkedId() == 1)  # type: ignore[attr-defined]

    def box(self) -> Box | None:
        """Return the box stood on, where boxes are listed."""
        entry = self.entries_view.current()
        return (
            next((box for box in self._boxes() if entry and box.number == entry.key), None) if self.is_by_box else None
        )

    def _boxes(self) -> tuple[Box, ...]:
        return self.looked.boxes if self.looked else ()

    def _scored(self, card: Card) -> None:
        if self.isVisible():
            app = self.session.app
            self._reading.run(lambda _: look(app, archive_of(app, card)), self._read)
        else:
            self._is_stale = True

    def _read(self, looked: Looked) -> None:
        self.looked = looked
        self._show()

    def _show(self, _: int = 0) -> None:
        if self.looked is None or self.lines_view.is_editing:
            return  # what is typed is not shown over: `rested` asks again
        entries = self.looked.box_entries if self.is_by_box else self.looked.shelves
        self.entries.show_entries(entries)
        self.entries_view.stand_on(self._places[self.is_by_box])
        is_searching = bool(self.search.text().strip())
        hidden = {FILES} if self.is_by_box else set() if is_searching else {ROWS}
        self.lines_view.hide_columns(hidden)
        self.filters.setVisible(not self.is_by_box)
        self.stack.setCurrentIndex(1 if entries else 2)
        if entries:
            self.begin_at(self.entries_view)
        self._show_lines()

    def _show_lines(self) -> None:
        found = self._found()
        current = self.lines_view.currentIndex()
        kept, column = self.lines.line_at(current), current.column()
        self.lines.show_lines(found)
        if kept is not None and not self.lines_view.currentIndex().isValid():
            place = self.lines.index_of(kept.record, kept.link)
            if place.isValid():
                flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
                self.lines_view.selectionModel().setCurrentIndex(place.siblingAtColumn(column), flags)
        self.body.setCurrentIndex(0 if found else 1)
        self._told.setText(self._heading(found))
        entry = self.entries_view.current()
        is_row = entry is not None and not self.is_by_box and not self.search.text().strip()
        self._whole.setText(entry.title if entry and is_row else "")
        self._whole.setVisible(is_row)
        self._count()

    def _found(self) -> list[Line]:
        """Return the lines of the row or box stood on, or of all where something is searched for."""
        looked, words = self.looked, self.search.text().lower().split()
        if looked is None:
            return []
        entry = self.entries_view.current()
        key = entry.key if entry else ""
        if self.is_by_box:
            every = (line for lines in looked.contents.values() for line in lines)
            return _holding(every, words) if words else list(looked.contents.get(key, ()))
        lines = _holding(looked.lines.values(), words) if words else looked.of_row(key)
        states = _STATES[self.filters.buttons.checkedId()]  # type: ignore[attr-defined]
        return [line for line in lines if not states or line.state in states]

    def _heading(self, found: list[Line]) -> str:
        if self.search.text().strip():
            return f"在全部材料里找到 {len(found)} 份"
        entry: Entry | None = self.entries_view.current()
        if entry is None:
            return ""
        if self.is_by_box:
            return f"{entry.key} 号盒：{entry.count}" + (f"，{entry.bad} 处要核对" if entry.bad else "，页码连续")
        return entry.detail

    # --- doing -------------------------------------------------------------------------------------------------

    def open_line(self, line: Line) -> None:
        """Open the record of a line."""
        self.session.open_record(line.number)

    def edit(self, line: Line, key: str, text: str) -> None:
        """Write box or page of a line, and show it before the card is scored again."""
        place = line.place(**{key: text})
        if self.session.do(lambda: put_away(self.session.app, [place])) is None:
            return
        self.session.done(
            f"{line.number} {'盒号' if key == 'box' else '页号'}已改为“{text}”" if text else f"{line.number} 已清空"
        )
        if self.looked is not None:
            app, archive = self.session.app, self.looked.archive
            self._reading.run(lambda _: look(app, reread(app, archive, [line.record])), self._read)

    def file_chosen(self) -> None:
        """Put the lines chosen into a box and number them."""
        lines = self.lines_view.chosen()
        if not lines:
            self.session.door.say("还没有选材料", "在表里点一份，按住 Ctrl 或 Shift 可以多选", "info")
            return
        FilingDialog(self.session, lines, partial(self._next_page, lines), self).open()

    def print_index(self, *, is_all: bool = False) -> None:
        """Preview the contents list of the box stood on, or of all of them."""
        self._print_boxes("box_index", is_all=is_all)

    def print_spine(self, *, is_all: bool = False) -> None:
        """Preview the spine of the box stood on, or of all of them."""
        self._print_boxes("box_spine", is_all=is_all)

    # --- inside ------------------------------------------------------------------------------------------------

    def _print_boxes(self, code: str, *, is_all: bool) -> None:
        box = self.box()
        if self.looked is None:
            self.session.door.say("材料还在整理", "稍等片刻再打印", "info")
        elif is_all and self._boxes():
            self._print(code, "、".join(each.number for each in self._boxes()))
        elif box is not None:
            self._print(code, box.number)
        elif self._boxes():
            self.session.door.say("还没有选盒", "切换到“按盒”，在左边点一个盒", "info")
        else:
            self.session.door.say("还没有材料归盒", "先给材料填盒号，再打印目录和盒脊", "info")

    def _print(self, code: str, numbers: str) -> None:
        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        year = self.session.year
        open_paper(self.session, code, Wanted(number=numbers, start=date(year, 1, 1), end=date(year, 12, 31)))

    def _next_page(self, lines: Sequence[Line], number: str) -> int:
        """Return the page after those of a box that are not to be numbered anew."""
        anew = {(line.record, line.link) for line in lines}
        box = next((each for each in self._boxes() if each.number == number), None)
        return 1 + (box.last_page_without(anew) if box else 0)

    def _stand(self, key: str) -> None:
        self._places[self.is_by_box] = key
        self._show_lines()

    def _count(self) -> None:
        number = len(self.lines_view.selectionModel().selectedRows(0))
        self.file_button.setText(f"归盒编页 {number} 份(&N)" if number else "归盒编页(&N)")

    def _build_tools(self) -> None:
        self.views = segments(["按评分表行", "按盒"], 0, self._show)
        self.filters = segments(["全部", "未归盒", "缺材料"], 0, lambda _: self._show_lines())
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText("在全部材料里找：编号、名称、文件名、盒号")
        self.search.setAccessibleName("搜索材料")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(px(360))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._show)
        self.search.textChanged.connect(lambda _: self._soon.start())
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.views)
        row.addWidget(self.search, 1)
        row.addStretch(1)
        row.addWidget(self.filters)
        self.column.addLayout(row)

    def _build_body(self) -> None:
        self.entries, self.lines = EntriesModel(self), LinesModel(self)
        self.entries_view, self.lines_view = EntriesView(self.entries), LinesView(self.lines)
        self.entries_view.setAccessibleName("评分表各行或各盒")
        self.entries_view.chosen.connect(self._stand)
        self.lines.edited.connect(self.edit)
        self.lines_view.opened.connect(self.open_line)
        self.lines_view.rested.connect(self._show)
        self.lines_view.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self._told, self._whole = label("", "strong", wrap=True), label("", "soft", wrap=True)
        self.body = QStackedWidget()
        self.body.addWidget(self.lines_view)
        self.body.addWidget(EmptyState("archive", "这里没有材料", "换一行看看，或清除搜索和筛选"))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(px(8), 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._told)
        column.addWidget(self._whole)
        column.addWidget(self.body, 1)
        split = QSplitter()
        split.addWidget(self.entries_view)
        split.addWidget(right)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 8)
        remember_split(split, self.session.preferences, "archive", (px(300), px(800)))
        self.stack = QStackedWidget()
        self.stack.addWidget(EmptyState("refresh", "正在整理材料…"))
        self.stack.addWidget(split)
        self.stack.addWidget(
            EmptyState("archive", "今年还没有归盒的材料", "在“按评分表行”里给材料填盒号，这里就按盒列出")
        )
        self.column.addWidget(self.stack, 1)


def _holding(lines: Iterable[Line], words: Sequence[str]) -> list[Line]:
    """Return the lines that hold every word."""
    return [line for line in lines if all(word in line.searched for word in words)]
