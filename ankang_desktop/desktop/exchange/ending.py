"""The last step: what was written, the ways to it, the bad rows handed back, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import pixmap, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, clear, label, link

if TYPE_CHECKING:
    from ankang_desktop.exchange.incoming import Applied, Plan

_MOST_LISTED = 2_000  # records listed in a window of their own; more are looked at in the ledger


class EndingStep(QWidget):
    """What an import did; `reject_wanted` asks for the red workbook, `again_wanted` for the first step."""

    reject_wanted = Signal()
    again_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.plan: Plan | None = None
        self.applied: Applied | None = None
        self._sign = QLabel()
        self.told = label("", "title", wrap=True)
        self.under = label("", "soft", wrap=True)
        self._links = QVBoxLayout()
        self._links.setSpacing(px(4))
        self.undoing = button("撤销本次导入(&U)", self._undo, kind="danger", name="arrow-back-up")
        self.again = button("再导入一份(&N)", self.again_wanted.emit, name="file-import")
        self.back = button("回到预览(&B)", self.back_wanted.emit, name="arrow-left")
        self.going = button("打开台账(&L)", self._go, kind="primary", name="clipboard-list")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for part in (self.going, self.again, self.back, self.undoing):
            row.addWidget(part)
        row.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.told, 1)
        box = card(head, self.under, self._links, row, spacing=12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.addWidget(box)
        column.addStretch(1)

    def show_written(self, plan: Plan, applied: Applied) -> None:
        """Show what was written."""
        self.plan, self.applied = plan, applied
        self.show_standing(is_newest=True)

    def show_standing(self, *, is_newest: bool, is_undone: bool = False) -> None:
        """Show whether the import stands, and whether it is the newest step and can be undone from here."""
        if self.plan is None or self.applied is None:
            return
        total = len(self.applied.added) + len(self.applied.changed)
        self._sign.setPixmap(
            pixmap(
                "arrow-back-up" if is_undone else "circle-check",
                px(32),
                "soft" if is_undone else "good",
                self.devicePixelRatioF(),
            )
        )
        title = self.plan.ledger.title
        self.told.setText("已撤销本次导入" if is_undone else f"已导入 {total} 条到“{title}”")
        later = "" if is_newest else "后来又有别的修改；要撤销这次导入，先把后面的逐步撤销（Ctrl+Z）。"
        self.under.setText(
            "台账恢复到导入之前的样子；改好后可以回到预览再导入一次。"
            if is_undone
            else f"这次导入是一步，可以整个撤销。{later}"
        )
        self.undoing.setVisible(not is_undone)
        self.undoing.setEnabled(is_newest)
        self.back.setVisible(is_undone)
        self._fill_links(self.plan, self.applied, is_undone=is_undone)

    def _fill_links(self, plan: Plan, applied: Applied, *, is_undone: bool) -> None:
        from ankang_desktop.exchange.planning import State

        clear(self._links)
        if not is_undone:
            for words, ids in (("新增", applied.added), ("更新", applied.changed)):
                if ids:
                    self._links.addWidget(
                        link(f"{words} {len(ids)} 条，查看", partial(self._list, f"本次{words}的记录", ids))
                    )
        if same := plan.counts[State.same]:
            self._links.addWidget(label(f"相同 {same} 条，没有动", "soft"))
        if wrong := plan.counts[State.wrong]:
            words = f"错误 {wrong} 行没有导入，存为红色工作簿，改好后可直接再导入"
            self._links.addWidget(link(words, self.reject_wanted.emit))

    def _list(self, title: str, ids: tuple[int, ...]) -> None:
        from ankang_desktop.actions.tables import records_of

        if self.plan is None:
            return
        app, key = self.session.app, self.plan.ledger.key
        if len(ids) > _MOST_LISTED:
            self._go()
            return
        self.session.work.run(
            lambda _: records_of(app, key, ids), partial(self.session.open_records, title), text=title
        )

    def _go(self) -> None:
        if self.plan is not None:
            self.session.go("ledger", ledger=self.plan.ledger.key)

    def _undo(self) -> None:
        self.session.undo()
