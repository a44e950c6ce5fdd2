"""Cards as they were frozen: listed, looked at, printed again; and the freezing of today's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ankang_desktop.actions import scoring_work
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.scorecard.printing import print_entries
from ankang_desktop.desktop.screens.scorecard.words import period_text
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, FlowLayout, button, label, menu_button
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.scoring.card import Card, Which
from ankang_desktop.store.frozen import FrozenEntry


class FrozenView(QWidget):
    """The frozen cards, newest first; `opened` asks to look at one, `printed` to print it, `freezing` to make one."""

    opened = Signal(int)
    printed = Signal(int, object, bool)  # which, with which score, with the index of evidence
    freezing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = RowsModel(
            (
                Column("名称", lambda each: each.title),
                Column("定稿时间", lambda each: f"{each.frozen_at:%Y-%m-%d %H:%M}", 140),
                Column("数据截至", lambda each: str(each.as_of), 96),
            ),
            self,
        )
        self.view = RowsView(self.rows, "评分表定稿")
        self.view.opened.connect(lambda each: self.opened.emit(each.id))
        self._look = button("查看(&O)", lambda: self._each(self.opened), name="eye")
        self._print = menu_button("打印定稿(&D)", print_entries(self._print_chosen), name="printer")
        empty = EmptyState(
            "snowflake",
            "还没有定稿",
            "定稿把评分表按今天的样子留下来，以后改记录也不会变；明年能与它对照",
            button("现在定稿", self.freezing.emit),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        tools = FlowLayout(spacing=px(8))
        for each in (self._look, self._print):
            tools.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), 0, px(12), px(12))
        column.setSpacing(px(8))
        column.addLayout(tools)
        column.addWidget(label("定稿不能修改；双击或回车查看，Esc 回到现在的评分表", "soft", wrap=True))
        column.addWidget(self._stack, 1)

    def show_entries(self, entries: Sequence[FrozenEntry]) -> None:
        """Show the frozen cards."""
        if tuple(entries) != self.rows.every:
            self.rows.show_rows(entries)
        self._stack.setCurrentIndex(0 if entries else 1)
        for each in (self._look, self._print):
            each.setEnabled(bool(entries))
        if entries and not self.view.currentIndex().isValid():
            self.view.selectRow(0)

    def _print_chosen(self, which: Which, *, with_index: bool) -> None:
        for entry in self.view.chosen()[:1]:
            self.printed.emit(entry.id, which, with_index)

    def _each(self, signal: object) -> None:
        for entry in self.view.chosen()[:1]:
            signal.emit(entry.id)  # type: ignore[attr-defined]


class FrozenBanner(QFrame):
    """Says that a frozen card is looked at, with the way back."""

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("card", "wash")
        self.told = label("", "strong", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.addWidget(self.told, 1)
        row.addWidget(button("回到现在的评分表", leave, kind="chip", name="arrow-back-up"))
        self.hide()

    def show_title(self, title: str) -> None:
        """Say which frozen card it is."""
        self.told.setText(f"正在看定稿“{title}”，只读" if title else "正在看定稿，只读")


class FreezeDialog(Dialog):
    """Asks under which title today's card is frozen, warned of what it lacks; `wanted` carries it."""

    wanted = Signal(str)

    def __init__(self, title: str, told: str, warnings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("评分表定稿")
        self.setMinimumWidth(px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label("把评分表按现在的样子定下来", "subtitle"))
        column.addWidget(label(told, "soft", wrap=True))
        for each in warnings:
            column.addWidget(label(each, "warning", wrap=True))
        self.name = QLineEdit(title)
        self.name.setAccessibleName("定稿名称")
        self.name.setMaxLength(80)
        self.name.selectAll()
        self.problem = label("", "problem")
        self.problem.hide()
        column.addWidget(label("名称"))
        column.addWidget(self.name)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.addStretch(1)
        keep = button("定稿(&F)", self._take, kind="primary", name="snowflake")
        row.addWidget(keep)
        row.addWidget(button("取消", self.reject))
        column.addLayout(row)

    def _take(self) -> None:
        if not self.name.text().strip():
            self.problem.setText("请写一个名称，如“2026年度自评分定稿”")
            self.problem.show()
            self.name.setFocus()
            return
        self.accept()
        self.wanted.emit(self.name.text().strip())


class Freezer(QObject):
    """Freezes the year's card in the background once its title is given; `frozen` tells that it was."""

    frozen = Signal()

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page

    def ask(self, shown: Card) -> None:
        """Ask for the title, proposing one."""
        told = f"{period_text(shown)}。{shown.totals(Which.self).note}；{shown.totals().note}"
        title = scoring_work.freeze_title(shown, self._session.app.clock.today())
        dialog = FreezeDialog(title, told, scoring_work.half_said(shown), self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(lambda given: self.freeze(shown, given))
        dialog.open()

    def freeze(self, shown: Card, title: str) -> None:
        """Score the card's year afresh and freeze it under a title."""
        app, code, year = self._session.app, shown.form, shown.start.year

        def work(_: object) -> int:
            return scoring_work.freeze_year(app, code, year, title)

        try:
            self._session.work.run(work, lambda _: self._done(title), text="正在定稿评分表", writes=True)
        except AnkangError as error:
            self._session.door.show(error)

    def _done(self, title: str) -> None:
        self._session.done(f"已定稿“{title}”")
        self.frozen.emit()
