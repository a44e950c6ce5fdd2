"""What a roll became: the new hazards, the photos hung on others, what was skipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.intake import Shot, Taken
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, clear, label, link
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView


@dataclass(frozen=True)
class Became:
    """One photo that was taken: what it became, the words written with it."""

    shot: Shot
    taken: Taken
    words: str

    @property
    def kind(self) -> str:
        """What it became, in words."""
        if self.taken.is_new:
            return "新登记"
        return "整改后照片" if self.taken.slot == "after" else "同一处隐患"


_COLUMNS = (
    Column("编号", lambda each: each.taken.number, 140),
    Column("这张照片", lambda each: each.kind, 110, tone=lambda each: "good" if each.taken.is_new else "info"),
    Column("描述", lambda each: each.words),
    Column("文件", lambda each: each.shot.path.name, 240),
)


class Summary(QWidget):
    """The end of a roll. `again_wanted` asks for a look at what was skipped, `other_wanted` for another folder."""

    again_wanted = Signal()
    other_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self.told = label("", "subtitle", wrap=True)
        column.addWidget(self.told)
        self._counts = FlowLayout(spacing=px(16))
        column.addLayout(self._counts)
        column.addWidget(
            label(
                "每张照片是单独一步：按 Ctrl+Z 从最近一张起逐张撤销。草稿在看板的“已登记”一栏等着定级。",
                "soft",
                wrap=True,
            )
        )
        self.model = RowsModel(_COLUMNS, self)
        self.view = RowsView(self.model, "本次登记")
        self.view.opened.connect(lambda each: session.open_record(each.taken.number))
        column.addWidget(self.view, 1)
        tools = QHBoxLayout()
        tools.addStretch(1)
        self.again = button("再看跳过的", self.again_wanted.emit)
        tools.addWidget(self.again)
        tools.addWidget(button("再选一个文件夹", self.other_wanted.emit, name="folder-open"))
        self.board = button("去看板定级(&B)", lambda: session.go("hazards"), kind="primary")
        tools.addWidget(self.board)
        column.addLayout(tools)

    def show_end(self, became: Sequence[Became], skipped: int, failed: int) -> None:
        """Tell what a roll became."""
        self.model.show_rows(list(became))
        new = [each for each in became if each.taken.is_new]
        same = [each for each in became if not each.taken.is_new and each.taken.slot == "before"]
        after = [each for each in became if each.taken.slot == "after"]
        self.told.setText(f"这批照片看完了：新登记 {len(new)} 条隐患" if new else "这批照片看完了")
        clear(self._counts)
        for words, listed in (("新登记", new), ("附到同一处隐患", same), ("整改后照片", after)):
            if listed:
                self._counts.addWidget(link(f"{words} {len(listed)}", partial(self._open, words, listed)))
        if skipped:
            self._counts.addWidget(link(f"跳过 {skipped}", self.again_wanted.emit))
        if failed:
            self._counts.addWidget(label(f"没有登记成 {failed}", "danger"))
        self.again.setVisible(skipped + failed > 0)
        self._counts.invalidate()

    def _open(self, title: str, listed: Sequence[Became]) -> None:
        refs = {
            each.taken.number: {
                "number": each.taken.number,
                "title": each.words,
                "day": each.shot.taken_on,
                "place": "",
            }
            for each in listed
        }
        self.session.open_records(title, list(refs.values()))
