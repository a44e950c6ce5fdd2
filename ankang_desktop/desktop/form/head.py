"""The line above a form: which record it is, how it stands, and every act on the whole of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from ankang_desktop.desktop.look import icon
from ankang_desktop.desktop.widgets import Badge, button, icon_button, label

if TYPE_CHECKING:
    from ankang_desktop.desktop.form.page import RecordPage


class FormHead:
    """The parts in a page's head; the acts are the page's own."""

    def __init__(self, page: RecordPage, *, is_among: bool) -> None:
        self._page = page
        self.state, self.lacks = Badge(""), label("", "warning")
        self.saving = button("保存(&S)", page.save, kind="primary", name="device-floppy")
        self.saving.setToolTip("保存 (Ctrl+S)")
        self.saving_and_adding = button("保存并再登一条(&A)", page.save_and_add)
        self.restoring = button("恢复这条记录", page.restore, kind="primary", name="restore")
        self.earlier = icon_button("chevron-up", "上一条 (Alt+↑)", partial(page.step_over, -1))
        self.later = icon_button("chevron-down", "下一条 (Alt+↓)", partial(page.step_over, 1))
        for each, key, by in ((self.earlier, "Alt+Up", -1), (self.later, "Alt+Down", 1)):
            each.setVisible(is_among)
            QShortcut(QKeySequence(key), page, activated=partial(page.step_over, by))  # type: ignore[call-overload]
        more = icon_button("dots", "更多：打印、复制、删除")
        menu = QMenu(more)
        menu.aboutToShow.connect(partial(self._fill_menu, menu))
        more.setMenu(menu)
        more.setPopupMode(more.ToolButtonPopupMode.InstantPopup)
        tools: list[QWidget] = [
            self.earlier, self.later, more, self.restoring, self.saving_and_adding, self.saving,
        ]  # fmt: skip
        row = page.add_head(*tools)
        self._of = label(page.ledger.title, "soft")  # where the record's own name does not say it
        row.insertWidget(1, self._of)
        row.insertWidget(2, self.state)
        row.insertWidget(3, self.lacks)

    def name(self, title: str) -> None:
        """Write which record it is."""
        self._page.heading.setText(title)
        self._of.setVisible(self._page.opened is not None)

    def show_state(self, *, is_unsaved: bool) -> None:
        """Show whether something is unsaved, what the record lacks, and the acts that make sense now."""
        opened = self._page.opened
        removed = opened is not None and opened.stored.removed
        words, tone = ("在回收站", "danger") if removed else ("未保存", "warning") if is_unsaved else ("", "")
        self.state.set_text(words, tone)
        self.state.setVisible(bool(words))
        lacks = "、".join(opened.lacks) if opened and not removed else ""
        self.lacks.setText(f"计分还缺：{lacks}" if lacks else "")
        self.saving.setVisible(not removed)
        self.saving_and_adding.setVisible(not removed and opened is None and not self._page.ledger.single)
        self.restoring.setVisible(removed)
        self.saving.setEnabled(is_unsaved or opened is None)

    def _fill_menu(self, menu: QMenu) -> None:
        from ankang_desktop.desktop.paper.choice import paper_actions

        menu.clear()
        page = self._page
        if page.opened is not None and not page.opened.stored.removed:
            number = page.opened.stored.number
            for name, text, action in paper_actions(page.session, page.ledger.key, number=number):
                menu.addAction(icon(name), text).triggered.connect(lambda _=False, do=action: do())
            menu.addSeparator()
            menu.addAction(icon("copy"), "复制为新记录").triggered.connect(lambda _=False: page.copy())
            if page.ledger.key == "employee":
                menu.addAction(icon("user-shield"), "离职匿名化…").triggered.connect(lambda _=False: page.anonymise())
            menu.addAction(icon("trash"), "删除（放进回收站）").triggered.connect(lambda _=False: page.remove())
        whole = menu.addAction(icon("clipboard-list"), f"看全部{page.ledger.title}")
        whole.triggered.connect(lambda _=False: page.session.go("ledger", ledger=page.ledger.key))
