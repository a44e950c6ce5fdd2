"""How long one kind of records is kept: as suggested, so many years, for ever, or without an end."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.actions.expiring import Due
from ankang_desktop.actions.keeping_periods import set_period
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.ledgers.choices import KeepingRule


class PeriodDialog(Dialog):
    """One choice of four; what is chosen is kept as a record, so that it is undone like any other."""

    def __init__(self, session: Session, due: Due, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.due = session, due
        self.setWindowTitle(f"{due.title}保存多久")
        self.setMinimumWidth(px(420))
        suggested = due.suggested or "没有建议，一直保存"
        self.choices: dict[KeepingRule | None, QRadioButton] = {
            None: QRadioButton(f"按建议（{suggested}）"),
            KeepingRule.years: QRadioButton("保存"),
            KeepingRule.forever: QRadioButton("永久保存"),
            KeepingRule.open_ended: QRadioButton("不设期限，一直保存"),
        }
        self.years = QSpinBox()
        self.years.setRange(1, 99)
        self.years.setSuffix(" 年")
        self.years.setValue(due.period.years or 3)
        self.years.setAccessibleName("保存年限")
        self.years.valueChanged.connect(lambda _: self.choices[KeepingRule.years].setChecked(True))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("依据或说明，如 本单位档案管理办法第几条")
        self.reason.setAccessibleName("依据或说明")
        self.reason.setMaxLength(200)
        self.choices[self._now()].setChecked(True)
        self._lay_out()
        self.finished.connect(self.deleteLater)

    def keep(self) -> None:
        """Keep the choice."""
        rule = next(rule for rule, each in self.choices.items() if each.isChecked())
        kept: list[bool] = []
        write = partial(set_period, self.session.app, self.due.key, rule, self.years.value(), self.reason.text())
        self.session.do(lambda: kept.append(write() is None))
        if kept:
            self.session.done(f"已定下{self.due.title}的保存期限")
            self.accept()

    def _now(self) -> KeepingRule | None:
        period = self.due.period
        if not period.number or period.text == self.due.suggested:
            return None
        if period.years:
            return KeepingRule.years
        return KeepingRule.forever if period.forever else KeepingRule.open_ended

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        if self.due.note:
            column.addWidget(label(self.due.note, "soft", wrap=True))
        for rule, each in self.choices.items():
            row = QHBoxLayout()
            row.addWidget(each)
            if rule is KeepingRule.years:
                row.addWidget(self.years)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self.reason)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("取消", self.reject))
        foot.addWidget(button("确定", self.keep, kind="primary"))
        column.addLayout(foot)
