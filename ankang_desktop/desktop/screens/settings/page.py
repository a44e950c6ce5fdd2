"""One scrolling page of cards."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ankang_desktop import __version__
from ankang_desktop.actions.browsing import first_ids, rows
from ankang_desktop.actions.drafting import single_number
from ankang_desktop.actions.filing import check_workspace
from ankang_desktop.actions.programmes import followed_programmes
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.look.theme import SCALES
from ankang_desktop.desktop.screens.first_steps import ProgrammesDialog
from ankang_desktop.desktop.screens.settings.backups import BackupsCard
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, label, link, scrolled, segments
from ankang_desktop.kernel import paths
from ankang_desktop.kernel.text import join
from ankang_desktop.store.sieve import Sieve

_THEMES = ("light", "dark", "system")
_THEME_WORDS = ("浅色", "深色", "跟随系统")
_LICENCES = "程序 Apache-2.0；字体 Noto Sans/Serif SC（OFL）；图标 Tabler（MIT）；界面 Qt/PySide6（LGPL）"


class SettingsPage(Page):
    """设置; `show_with(action="backup")` begins a backup."""

    title = "设置"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.add_head()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        self.enterprise, self.programmes = label("", wrap=True), label("", wrap=True)
        self.backups = BackupsCard(session)
        for part in (self._enterprise(), self._look(), self._workspace(), self.backups, self._year(), self._about()):
            column.addWidget(part)
        column.addStretch(1)
        self.column.addWidget(scrolled(inside), 1)

    def show_with(self, action: str = "", **_: Any) -> None:
        if action == "backup":
            self.backups.back_up()

    def refresh(self) -> None:
        app = self.session.app
        number = single_number(app, "profile")
        self.enterprise.setText(self._profile_words() if number else "还没有填写单位名称等基本情况")
        followed = followed_programmes(app)
        names = [notice.short for code, notice in app.library.notices.items() if code in followed]
        self.programmes.setText(join(names, 6) or "没有选通知，按默认年历提醒")
        self.backups.refresh()

    def _profile_words(self) -> str:
        app = self.session.app
        ledger = app.ledgers["profile"]
        keys = [key for key in ("name", "short_name", "industry", "upper_union") if key in ledger.fields]
        [found] = rows(app, "profile", first_ids(app, "profile", Sieve()), keys)
        told = zip((ledger.fields[key].label for key in keys), found.texts, strict=True)
        return "　".join(f"{name}：{text}" for name, text in told if text)

    # --- the cards ---------------------------------------------------------------------------------------------

    def _enterprise(self) -> QFrame:
        row = QHBoxLayout()
        row.addWidget(button("修改单位信息", partial(self.session.go, "record", ledger="profile"), name="pencil"))
        row.addWidget(button("年度数据", partial(self.session.go, "ledger", ledger="yearly_figures"), kind="quiet"))
        row.addWidget(button("车间", partial(self.session.go, "ledger", ledger="workshop"), kind="quiet"))
        row.addWidget(button("班组", partial(self.session.go, "ledger", ledger="team"), kind="quiet"))
        row.addWidget(button("职工名册", partial(self.session.go, "ledger", ledger="employee"), kind="quiet"))
        row.addStretch(1)
        return card(self.enterprise, row, title="单位")

    def _look(self) -> QFrame:
        preferences = self.session.preferences
        theme = preferences.theme if preferences.theme in _THEMES else "light"
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(label("颜色"))
        self.themes = segments(_THEME_WORDS, _THEMES.index(theme), self._choose_theme)
        row.addWidget(self.themes)
        row.addSpacing(px(16))
        row.addWidget(label("字号"))
        sizes = [f"{percent}%" for percent in SCALES]
        at = SCALES.index(preferences.percent) if preferences.percent in SCALES else 0
        self.sizes = segments(sizes, at, self._choose_size)
        row.addWidget(self.sizes)
        row.addStretch(1)
        return card(row, label("100% 时正文 10.5 磅；看不清就调大，窗口会马上重排", "caption"), title="外观")

    def _workspace(self) -> QFrame:
        folder = self.session.app.workspace.folder
        row = QHBoxLayout()
        open_folder = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(folder)))
        row.addWidget(button("打开文件夹", open_folder, name="folder-open"))
        row.addWidget(button("换一个或新建工作区…", self._switch, name="folder"))
        row.addWidget(button("检查数据", self._check, name="checklist"))
        row.addStretch(1)
        told = "记录、佐证、备份都在这一个文件夹里，没有任何内容发到网上。文件夹没有加密，请用电脑的登录密码保护它。"
        where = label(str(folder), selectable=True, wrap=True)
        return card(where, row, label(told, "caption", wrap=True), title="工作区")

    def _year(self) -> QFrame:
        row = QHBoxLayout()
        row.addWidget(button("选择活动方案", self._programmes, name="file-text"))
        row.addWidget(button("已作的年历调整", partial(self.session.go, "ledger", ledger="duty_note"), kind="quiet"))
        row.addStretch(1)
        self.reminders = QCheckBox("打开程序时和每天在屏幕角落提醒到期的事项")
        self.reminders.setChecked(bool(self.session.preferences.get("reminders", True)))
        self.reminders.toggled.connect(partial(self.session.preferences.put, "reminders"))
        return card(self.programmes, row, self.reminders, title="活动方案与提醒")

    def _about(self) -> QFrame:
        row = QHBoxLayout()
        row.addWidget(link("日志文件夹", partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(paths.logs())))))
        row.addWidget(link("帮助", partial(self.session.go, "help")))
        row.addStretch(1)
        return card(label(f"安康杯工作台 {__version__}"), label(_LICENCES, "caption", wrap=True), row, title="关于")

    # --- doing -------------------------------------------------------------------------------------------------

    def _choose_theme(self, at: int) -> None:
        self.session.preferences.put("theme", _THEMES[at])
        self._rebuild()

    def _choose_size(self, at: int) -> None:
        self.session.preferences.put("percent", SCALES[at])
        self._rebuild()

    def _rebuild(self) -> None:
        window: Any = self.window()
        window.rebuild_wanted.emit()

    def _switch(self) -> None:
        window: Any = self.window()
        window.switch_wanted.emit()

    def _programmes(self) -> None:
        ProgrammesDialog(self.session, self).open()

    def _check(self) -> None:
        app = self.session.app
        self.session.work.run(lambda _: check_workspace(app), self._checked, text="检查数据")

    def _checked(self, found: dict[str, Any]) -> None:
        if found["ok"]:
            notes = "；".join(found["notes"])
            self.session.door.say(f"数据和佐证都完好{f'；{notes}' if notes else ''}", "", "good")
        else:
            faults = found["faults"]
            told = f"发现 {len(faults)} 个问题：{'；'.join(faults[:3])}"
            self.session.door.say(told, "可从备份里恢复，或补上缺少的文件", "warning")
