"""The card of personal data: what is beyond its period, who left and still has a name, the three texts to print."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.drafting import single_number
from ankang_desktop.actions.expiring import Due, due_today
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.settings.periods import PeriodsDialog
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, FlowLayout, button, card, label, link
from ankang_desktop.desktop.work import Latest
from ankang_desktop.programme.keeping import LEAVERS
from ankang_desktop.store.sieve import Condition

TEXTS = (
    ("privacy_notice", "告知书"),
    ("privacy_consent", "单独同意书"),
    ("privacy_assessment", "影响评估（简表）"),
)
_TOLD = (
    "期限是建议，请按本单位的规定核定。清理先移入回收站，可以撤销；在回收站“彻底删除”以后才真正没有了，不能撤销。"
    "定稿和报送过的材料用到的、没有办完的、本竞赛周期的，不会列入清理。"
)


class KeepingCard(QWidget):
    """The card “个人信息与保存期限”."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._latest = Latest(session.work)
        self.found: list[Due] = []
        self.state, self.told = Badge(""), label("正在核对保存期限…", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.state)
        row.addWidget(self.told, 1)
        self.state.hide()
        tools = FlowLayout(spacing=px(8))
        tools.addWidget(button("到期清单与保存期限…", self.open_periods, kind="primary", name="calendar-event"))
        tools.addWidget(link("已离职、还留着姓名的职工", self._leavers))
        tools.addWidget(link("回收站", partial(session.go, "trash")))
        papers = FlowLayout(spacing=px(8))
        papers.addWidget(label("打印", "soft"))
        for code, words in TEXTS:
            papers.addWidget(button(words, partial(self.print_text, code), name="printer"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        caption = label(_TOLD, "caption", wrap=True)
        column.addWidget(card(row, tools, papers, caption, title="个人信息与保存期限", spacing=10))

    def refresh(self) -> None:
        """Look again for what is beyond its period, off the GUI thread."""
        app = self.session.app
        self._latest.run(lambda progress: due_today(app, progress), self._show)

    def open_periods(self) -> None:
        """Open the list of kinds with what is over."""
        dialog = PeriodsDialog(self.session, self)
        dialog.finished.connect(lambda _: self.refresh())
        dialog.open()

    def print_text(self, code: str) -> None:
        """Open one of the three texts, the enterprise's name and persons filled in."""
        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        open_paper(self.session, code, Wanted(single_number(self.session.app, "profile")))

    def _leavers(self) -> None:
        conditions = [Condition("left_on", "filled"), Condition("anonymised_on", "blank")]
        self.session.go("ledger", ledger=LEAVERS, conditions=conditions)

    def _show(self, found: list[Due]) -> None:
        self.found = found
        over = [each for each in found if each.ids]
        number, held = sum(len(each.ids) for each in over), sum(len(each.held) for each in found)
        self.state.set_text("有到期" if number else "没有到期", "warning" if number else "good")
        self.state.show()
        self.state.updateGeometry()
        day = self.session.app.clock.today()
        words = f"截至 {day}，{len(over)} 类 {number} 条超过保存期限" if number else f"截至 {day}，没有要清理的记录"
        self.told.setText(words + (f"；另有 {held} 条到期但暂不清理" if held else ""))
