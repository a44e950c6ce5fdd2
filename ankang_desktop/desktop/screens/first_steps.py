"""The first three steps of a new workspace: 填单位 → 导入职工名册 → 选活动方案."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop.actions.overview import Steps
from ankang_desktop.actions.programmes import follow_programmes, followed_programmes
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import Badge, button, card, clear, label
from ankang_desktop.desktop.widgets.dialog import Dialog


class FirstSteps(QWidget):
    """A card with three steps, each ticked when it is done; away when all are, or when the person puts it off."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._is_put_off = False
        self._shown: Steps | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._steps = QHBoxLayout()
        self._steps.setSpacing(px(12))
        head = QHBoxLayout()
        head.addWidget(label("三步用起来", "subtitle"))
        head.addWidget(label("每一步都可以以后再改", "soft"))
        head.addStretch(1)
        head.addWidget(button("以后再说", self._put_off, kind="quiet"))
        column.addWidget(card(head, self._steps, kind="wash", spacing=12))
        self.hide()

    def show_steps(self, found: Steps) -> None:
        """Show which steps are done."""
        self.setVisible(not found.are_done and not self._is_put_off)
        if self._shown == found:
            return
        self._shown = found
        clear(self._steps)
        done = (found.has_profile, found.has_roster, found.has_programme)
        first_open = done.index(False) if False in done else -1
        for place, (title, told, action, go) in enumerate(self._told()):
            head = QHBoxLayout()
            head.addWidget(label(f"{place + 1}　{title}", "strong"))
            head.addStretch(1)
            if done[place]:
                head.addWidget(Badge("已完成", "good"))
            words = "再看看" if done[place] else action
            each = button(words, go, kind="primary" if place == first_open else "")
            each.setAccessibleName(f"{title}：{words}")
            text = QVBoxLayout()
            text.addWidget(label(told, "soft", wrap=True))
            text.addStretch(1)
            self._steps.addWidget(card(head, text, each), 1)

    def _told(self) -> tuple[tuple[str, str, str, Callable[[], object]], ...]:
        return (
            ("填单位", "单位名称、行业、上级工会，印在每一张表的表头", "填写单位", self._profile),
            ("导入职工名册", "工号、姓名、班组，从 Excel 导入；签到表和覆盖率都靠它", "导入名册", self._roster),
            ("选活动方案", "选中上级的通知，全年的事项和期限就进了年历", "选择方案", self._programmes),
        )

    def _profile(self) -> None:
        self.session.go("record", ledger="profile")

    def _roster(self) -> None:
        self.session.go("import", ledger="employee")

    def _programmes(self) -> None:
        ProgrammesDialog(self.session, self).open()

    def _put_off(self) -> None:
        self._is_put_off = True
        self.hide()


class ProgrammesDialog(Dialog):
    """Which notices the enterprise follows; their obligations stand on the calendar from today."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setWindowTitle("采用的活动方案")
        self.setMinimumWidth(px(620))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(label("本单位按哪些通知开展活动？", "subtitle"))
        column.addWidget(label("不选也有一套默认年历；选中后，通知里的每一项要求带着原文进入年历。", "soft", wrap=True))
        followed = followed_programmes(session.app)
        self.boxes: dict[str, QCheckBox] = {}
        for code, notice in session.app.library.notices.items():
            box = QCheckBox(f"{notice.short}（{len(notice.obligations)} 项）")
            box.setChecked(code in followed)
            box.setToolTip(f"{notice.title}\n{notice.issuer} {notice.number} {notice.issued}")
            self.boxes[code] = box
            column.addWidget(box)
            column.addWidget(label(f"　　{notice.title}", "caption", wrap=True))
        buttons = QDialogButtonBox()
        accept = buttons.addButton("采用(&S)", QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("kind", "primary")
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def save(self) -> None:
        """Follow what is ticked, as one step."""
        wanted = {code for code, box in self.boxes.items() if box.isChecked()}
        changed = self.session.do(partial(follow_programmes, self.session.app, wanted))
        if changed is not None:
            self.accept()
        if changed:
            self.session.done(f"已采用 {len(wanted)} 个活动方案")
