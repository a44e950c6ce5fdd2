"""One scrolling page of cards, their names at the left."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from ankang_desktop.actions.enterprise import Glance, glance
from ankang_desktop.actions.programmes import followed_programmes
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.look.theme import SCALES
from ankang_desktop.desktop.paper.targets import open_outside
from ankang_desktop.desktop.screens.first_steps import ProgrammesDialog
from ankang_desktop.desktop.screens.settings.about import AboutCard
from ankang_desktop.desktop.screens.settings.backups import BackupsCard
from ankang_desktop.desktop.screens.settings.checking import CheckCard
from ankang_desktop.desktop.screens.settings.keeping import KeepingCard
from ankang_desktop.desktop.screens.settings.password import PasswordCard
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, button, card, clear, label, link, scrolled, segments
from ankang_desktop.desktop.work import Latest, Turns
from ankang_desktop.kernel.text import join
from ankang_desktop.programme.reminders import DAYS_BEFORE
from ankang_desktop.store.journal import Changes

_AT_ONCE = 3  # sections seen first
_THEMES = ("light", "dark", "system")
_THEME_WORDS = ("浅色", "深色", "跟随系统")
_WATCHED = frozenset(
    {"profile", "yearly_figures", "workshop", "team", "post", "employee", "programme_choice", "record"}
)


class SettingsPage(Page):
    """设置; `show_with(action="backup")` begins a backup."""

    title = "设置"
    hint = "这些只管本机的这个程序和这个工作区"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.add_head()
        self._latest = Latest(session.work)
        self._wished = ""  # the section to be at the top once all have their height
        self.facts, self.parts = QGridLayout(), FlowLayout(spacing=px(12))
        self.figures = FlowLayout(spacing=px(12))
        self.programmes = label("", wrap=True)
        self.backups, self.checking = BackupsCard(session), CheckCard(session)
        self.keeping, self.password = KeepingCard(session), PasswordCard(session)
        self.sections: dict[str, QWidget] = {
            "单位": self._enterprise(),
            "外观": self._look(),
            "工作区": self._workspace(),
            "备份与恢复": self.backups,
            "密码": self.password,
            "检查": self.checking,
            "个人信息": self.keeping,
            "活动方案": self._year(),
            "提醒": self._reminding(),
            "关于": AboutCard(session),
        }
        inside = QWidget()
        column = self._sections = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        column.addStretch(1)
        self._turns = Turns(self)
        for at, part in enumerate(self.sections.values()):
            self._turns.add(partial(column.insertWidget, at, part))
        for _ in range(_AT_ONCE):
            self._turns.take_one()
        self.area = scrolled(inside)
        self.names = QListWidget()
        self.names.setProperty("plain", "true")
        self.names.setAccessibleName("设置的各个部分")
        self.names.addItems(list(self.sections))
        self.names.setFixedWidth(px(132))
        self.names.setCurrentRow(0)
        self.names.currentTextChanged.connect(self.show_section)
        self.names.itemClicked.connect(lambda item: self.show_section(item.text()))
        self.area.verticalScrollBar().valueChanged.connect(self._scrolled)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(self.names)
        row.addWidget(self.area, 1)
        self.column.addLayout(row, 1)
        self.begins_at = self.names

    # --- the page ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the enterprise, the programmes and the backups as they are now."""
        app = self.session.app
        self._latest.run(lambda _: (glance(app), followed_programmes(app)), self._show)
        self.backups.refresh()
        self.password.refresh()
        self.keeping.refresh()

    def is_touched_by(self, changes: Changes) -> bool:
        """Say whether a step touched the enterprise or the programmes."""
        return bool(_WATCHED & changes.tables)

    def show_with(self, action: str = "", section: str = "", **_: Any) -> None:
        """Begin a backup (action “backup”) or a check (“check”), or scroll to a section by its name."""
        if action == "check":
            self.names.setCurrentRow(list(self.sections).index("检查"))
            self.checking.check()
        elif action == "backup":
            self.names.setCurrentRow(list(self.sections).index("备份与恢复"))
            self.backups.back_up()
        elif section in self.sections:
            self._wished = section
            self.names.setCurrentRow(list(self.sections).index(section))

    def show_section(self, name: str) -> None:
        """Scroll so that a section begins at the top."""
        if name in self.sections:
            self._turns.finish()
            self._sections.activate()  # what came last has its height now
            bar = self.area.verticalScrollBar()
            bar.setValue(min(bar.maximum(), self.sections[name].y()))

    def _scrolled(self, at: int) -> None:
        """Mark the section in sight, without scrolling again."""
        chosen = self.sections.get(self.names.currentItem().text())
        height = self.area.viewport().height()
        if chosen is not None and at <= chosen.y() + chosen.height() / 2 < at + height:
            return
        seen = [row for row, part in enumerate(self.sections.values()) if part.y() + part.height() > at + px(24)]
        self.names.blockSignals(True)
        self.names.setCurrentRow(seen[0] if seen else len(self.sections) - 1)
        self.names.blockSignals(False)

    def _show(self, found: tuple[Glance, frozenset[str]]) -> None:
        seen, followed = found
        clear(self.facts)
        for place, (name, text) in enumerate(seen.facts):
            row, column = place // 2, place % 2 * 2
            self.facts.addWidget(label(name, "soft"), row, column)
            role = "caption" if text == "未填" else "body"
            self.facts.addWidget(label(text, role, wrap=True, selectable=True), row, column + 1)
        clear(self.parts)
        for key, title, number in seen.parts:
            self.parts.addWidget(link(f"{title} {number}", partial(self.session.go, "ledger", ledger=key)))
        clear(self.figures)
        for words in seen.figures:
            self.figures.addWidget(link(words, partial(self.session.open_record, seen.figures_number)))
        if not seen.figures:
            new = partial(self.session.go, "record", ledger="yearly_figures")
            self.figures.addWidget(link("还没有年度数据，登记一年的", new))
        self.figures.addWidget(link("历年", partial(self.session.go, "ledger", ledger="yearly_figures")))
        self.edit.setText("修改单位信息(&E)" if seen.number else "填写单位信息(&E)")
        names = [notice.short for code, notice in self.session.app.library.notices.items() if code in followed]
        self.programmes.setText(join(names, 6) or "没有选通知，只按默认年历提醒")
        wished, self._wished = self._wished, ""
        QTimer.singleShot(0, self, partial(self.show_section, wished))

    # --- the cards ---------------------------------------------------------------------------------------------

    def _enterprise(self) -> QWidget:
        self.facts.setHorizontalSpacing(px(12))
        self.facts.setVerticalSpacing(px(6))
        self.facts.setColumnStretch(1, 1)
        self.facts.setColumnStretch(3, 1)
        row = QHBoxLayout()
        self.edit = button("修改单位信息(&E)", self._edit, name="pencil")
        row.addWidget(self.edit)
        row.addStretch(1)
        return card(self.facts, self.parts, self.figures, row, title="单位", spacing=10)

    def _look(self) -> QWidget:
        theme, size = self._chosen_look()
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        self.themes = segments(_THEME_WORDS, theme, self._choose_theme)
        sizes = [f"{percent}%" for percent in SCALES]
        self.sizes = segments(sizes, size, self._choose_size)
        for row, (words, part) in enumerate((("颜色", self.themes), ("字号", self.sizes))):
            grid.addWidget(label(words, "soft"), row, 0)
            grid.addWidget(part, row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        return card(grid, label("看不清就把字号调大，窗口马上按新字号重排", "caption"), title="外观")

    def _workspace(self) -> QWidget:
        folder = self.session.app.workspace.folder
        row = FlowLayout(spacing=px(8))
        row.addWidget(button("打开文件夹", partial(open_outside, self.session.door.say, folder), name="folder-open"))
        row.addWidget(button("换一个或新建工作区…", self._switch, name="folder"))
        told = "记录、佐证、备份和报送过的材料包都在这一个文件夹里，没有任何内容发到网上。"
        where = label(str(folder), "strong", selectable=True, wrap=True)
        return card(where, row, label(told, "caption", wrap=True), title="工作区")

    def _year(self) -> QWidget:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(button("选择活动方案", self._programmes, name="file-text"))
        row.addWidget(link("已作的年历调整", partial(self.session.go, "ledger", ledger="duty_note")))
        row.addWidget(link("历次选择", partial(self.session.go, "ledger", ledger="programme_choice")))
        row.addStretch(1)
        return card(self.programmes, row, title="活动方案")

    def _reminding(self) -> QWidget:
        self.reminders = QCheckBox("打开程序时和每天换日时，在屏幕角落提醒到期的事项")
        self.reminders.setChecked(bool(self.session.preferences.get("reminders", True)))
        self.reminders.toggled.connect(partial(self.session.preferences.put, "reminders"))
        days = "、".join(str(each) for each in DAYS_BEFORE)
        told = f"一般提前 {days} 天各提醒一次，到期日是周末的提前到周五；通知另有要求的按通知。"
        return card(self.reminders, label(told, "caption", wrap=True), title="提醒")

    # --- doing -------------------------------------------------------------------------------------------------

    def _edit(self) -> None:
        self.session.go("record", ledger="profile")

    def _chosen_look(self) -> tuple[int, int]:
        """Return which theme and which size of type are chosen."""
        theme, percent = self.session.preferences.theme, self.session.preferences.percent
        return _THEMES.index(theme) if theme in _THEMES else 0, SCALES.index(percent) if percent in SCALES else 0

    def _choose_theme(self, at: int) -> None:
        self._change_look("theme", _THEMES[at])

    def _choose_size(self, at: int) -> None:
        self._change_look("percent", SCALES[at])

    def _change_look(self, preference: str, value: object) -> None:
        window: Any = self.window()
        if window.change_look(preference, value):
            self.session.preferences.put("place", ["settings", {"section": "外观"}])  # the new window begins there
        else:
            for choice, at in zip((self.themes, self.sizes), self._chosen_look(), strict=True):
                choice.buttons.button(at).setChecked(True)  # type: ignore[attr-defined]

    def _switch(self) -> None:
        window: Any = self.window()
        window.switch_wanted.emit()

    def _programmes(self) -> None:
        ProgrammesDialog(self.session, self).open()
