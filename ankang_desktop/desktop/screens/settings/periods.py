"""Every kind of records with its period: what is over is opened, put into the trash, or kept a year longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions import expiring, leavers
from ankang_desktop.actions.expiring import Due
from ankang_desktop.actions.keeping_periods import spare
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.leaving import anonymise_people, is_confirmed
from ankang_desktop.desktop.screens.settings.period import PeriodDialog
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, label, segments
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.desktop.widgets.rows import Column, RowsModel, RowsView
from ankang_desktop.desktop.work import Latest
from ankang_desktop.store.sieve import ONLY, Condition

_OVER, _EVERY = range(2)


class PeriodsDialog(Dialog):
    """The list; every act works on the selected kind."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self._latest = Latest(session.work)
        self._chosen_key = ""
        self.setWindowTitle("到期清单与保存期限")
        self.resize(px(900), px(560))
        self.model = RowsModel(
            (
                Column("记录", lambda due: due.title),
                Column("保存期限", _period_words, 168),
                Column("到期", lambda due: f"{len(due.ids)} 条" if due.ids else "", 80, is_right=True),
                Column("最早至最晚", lambda due: f"{due.first} 至 {due.last}" if due.first else "", 204),
                Column("暂不清理", lambda due: f"{len(due.held)} 条" if due.held else "", 84, is_right=True),
            ),
            self,
        )
        self.found: list[Due] = []
        self.table = RowsView(self.model, "保存期限")
        self.table.opened.connect(lambda _: self.edit())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.scope = segments(("到期的", "全部"), _OVER, lambda _: self._sift())
        self.told = label("正在核对保存期限…", "soft", wrap=True)
        self._lay_out()
        self.finished.connect(self.deleteLater)
        session.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Look again, off the GUI thread."""
        app = self.session.app
        self._latest.run(lambda progress: expiring.due_today(app, progress), self._show)

    # --- doing -------------------------------------------------------------------------------------------------

    def open_records(self) -> None:
        """Show the records that are over in their ledger."""
        if (due := self.chosen()) is not None:
            self.accept()
            self.session.go("ledger", ledger=due.ledger, conditions=[Condition(ONLY, "any", due.ids)])

    def open_held(self) -> None:
        """List the records that are over and stay, each with its reason."""
        if (due := self.chosen()) is not None:
            self.accept()
            app, title = self.session.app, f"{due.title}：到期但暂不清理"
            listed = partial(self.session.open_records, title)
            self.session.work.run(lambda _: expiring.why_held(app, due), listed, text=title)

    def clean(self) -> None:
        """Put what is over into the trash; who left is made anonymous instead."""
        due = self.chosen()
        if due is None or not due.ids:
            return
        if due.is_of_leavers:
            self._anonymise()
            return
        told = (
            f"把 {len(due.ids)} 条{due.title}移入回收站？\n\n可以撤销，也可以在回收站逐条恢复。"
            "以前年度的台账和统计里不再有它们；定稿和报送过的材料不变。"
        )
        if is_confirmed(self, "移入回收站", told, "移入回收站"):
            app, key = self.session.app, due.key
            self._work(
                lambda progress: expiring.clean_up(app, key, progress),
                lambda number: self.session.done(f"已把 {number} 条{due.title}移入回收站"),
                f"正在清理{due.title}",
            )

    def spare(self) -> None:
        """Keep what is over for another year."""
        due = self.chosen()
        if due is not None:
            today = self.session.app.clock.today()
            until = date(today.year + 1, today.month, min(today.day, 28))
            self._do(partial(spare, self.session.app, due.key, until), f"{due.title}暂留到 {until}")

    def edit(self) -> None:
        """Set how long a kind is kept."""
        if (due := self.chosen()) is not None:
            dialog = PeriodDialog(self.session, due, self)
            dialog.open()

    def _anonymise(self) -> None:
        """Look who can be made anonymous now, off the GUI thread, and ask."""
        app = self.session.app
        self.session.work.run(lambda _: leavers.over_today(app), self._ask_anonymise)

    def _ask_anonymise(self, found: tuple[list[str], dict[str, str]]) -> None:
        numbers, staying = found
        if not numbers:
            self.session.door.say(
                "到期的离职职工现在都不能匿名化", "；".join(dict.fromkeys(staying.values())), "warning"
            )
            return
        anonymise_people(self.session, numbers, self)

    def _changed(self, _: object) -> None:
        self.refresh()

    # --- inside ------------------------------------------------------------------------------------------------

    def chosen(self) -> Due | None:
        """Return the kind selected."""
        return next(iter(self.table.chosen()), None)

    def _do(self, action: Callable[[], Any], said: str) -> None:
        steps: list[bool] = []
        self.session.do(lambda: steps.append(action() is None))
        if steps:
            self.session.done(said)

    def _work(self, function: Callable[[Any], Any], then: Callable[[Any], None], text: str) -> None:
        self.session.do(lambda: self.session.work.run(function, then, text=text, writes=True))

    def _show(self, found: list[Due]) -> None:
        self.found = found
        self._sift()

    def _sift(self) -> None:
        is_whole = self.scope.buttons.checkedId() == _EVERY  # type: ignore[attr-defined]
        key = self._chosen_key
        shown = [each for each in self.found if is_whole or each.ids or each.held]
        self.model.show_rows(shown)
        if shown:
            place = next((at for at, each in enumerate(shown) if each.key == key), 0)
            self.table.selectRow(place)
            self.table.scrollTo(self.model.index(place, 0), RowsView.ScrollHint.PositionAtCenter)
        self._show_chosen()

    def _show_chosen(self) -> None:
        due = self.chosen()
        self._chosen_key = due.key if due else self._chosen_key
        has_ids, has_held = bool(due and due.ids), bool(due and due.held)
        for each in (self.opening, self.cleaning, self.sparing):
            each.setEnabled(has_ids)
        self.holding.setEnabled(has_held)
        self.editing.setEnabled(due is not None)
        self.cleaning.setText("匿名化(&D)…" if due and due.is_of_leavers else "移入回收站(&D)…")
        if due is None:
            self.told.setText("没有超过保存期限的记录。要看每类记录保存多久，点“全部”。")
            return
        parts = [due.note, f"建议：{due.suggested}" if due.suggested else "没有建议年限"]
        if due.period.spared_until:
            parts.append(f"暂留至 {due.period.spared_until}")
        if due.held:
            reasons = list(dict.fromkeys(due.held.values()))
            parts.append(f"暂不清理的原因：{'；'.join(reasons[:3])}")
        self.told.setText("。".join(filter(None, parts)) + "。")

    def _lay_out(self) -> None:
        head, tools = QHBoxLayout(), FlowLayout(spacing=px(8))
        head.addWidget(label("建议来自通行做法，没有逐条核对到条文，请按本单位的规定核定", "soft", wrap=True), 1)
        head.addWidget(self.scope)
        self.opening = button("打开到期的记录(&O)", self.open_records, name="eye")
        self.cleaning = button("移入回收站(&D)…", self.clean, name="trash")
        self.sparing = button("保留一年(&K)", self.spare, name="bookmark")
        self.holding = button("为什么不清理(&W)", self.open_held, name="info-circle")
        self.editing = button("修改期限(&E)…", self.edit, name="pencil")
        for each in (self.opening, self.cleaning, self.sparing, self.holding, self.editing):
            tools.addWidget(each)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("关闭", self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        column.addLayout(tools)
        column.addLayout(foot)


def _period_words(due: Due) -> str:
    own = "（本单位定）" if due.period.number and due.period.text != due.suggested else ""
    return f"{due.period.text}{own}"
