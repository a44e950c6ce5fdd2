"""The workspace checked from end to end; every fault in words, to be read and copied."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ankang_desktop.actions.filing import check_workspace
from ankang_desktop.desktop.look import pixmap, px
from ankang_desktop.desktop.paper.parts import Working
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, label
from ankang_desktop.desktop.work import Job

_TOLD = "检查全部记录、佐证文件、表样和活动方案；大的工作区要几分钟，可以边用边查。"


class CheckCard(QWidget):
    """A button, what is going on, and the outcome."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._job: Job | None = None
        self.start = button("检查数据(&K)", self.check, name="checklist")
        self.sign, self.told = label(), label(_TOLD, "soft", wrap=True)
        self.sign.hide()
        self.copy = button("复制问题", self._copy, kind="quiet", name="copy")
        self.copy.hide()
        self.faults = QPlainTextEdit()
        self.faults.setReadOnly(True)
        self.faults.setAccessibleName("检查发现的问题")
        self.faults.setFixedHeight(px(132))
        self.faults.hide()
        self.working = Working()
        self.working.hide()
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.start)
        row.addWidget(self.sign)
        row.addWidget(self.told, 1)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card(row, self.working, self.faults, title="检查"))

    def check(self) -> None:
        """Check everything, off the GUI thread."""
        if self._job is not None:
            return
        app = self.session.app
        job = self.session.work.run(lambda _: check_workspace(app), self._checked)
        self._job = job
        self.start.setEnabled(False)
        self.working.follow(job, "正在检查")
        job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        self.start.setEnabled(True)

    def _checked(self, found: dict[str, Any]) -> None:
        faults, notes = found["faults"], found["notes"]
        is_ok = found["ok"]
        self.sign.setPixmap(
            pixmap(
                "circle-check" if is_ok else "alert-circle",
                px(20),
                "good" if is_ok else "danger",
                self.devicePixelRatioF(),
            )
        )
        self.sign.show()
        moment = f"{self.session.app.clock.now():%H:%M}"
        noted = f"；{'；'.join(notes)}" if notes else ""
        if is_ok:
            self.told.setText(f"{moment} 检查过：数据和佐证都完好，共 {found['ledgers']} 本台账{noted}")
        else:
            self.told.setText(f"{moment} 发现 {len(faults)} 个问题，可从备份恢复，或补上缺少的文件{noted}")
        self.faults.setPlainText("\n".join(faults))
        self.faults.setVisible(not is_ok)
        self.copy.setVisible(not is_ok)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.faults.toPlainText())
        self.session.door.say("已复制检查发现的问题", "", "info")
