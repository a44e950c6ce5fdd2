"""Ctrl+K: to any screen, ledger, action, record or employee, by a few letters (Chinese or pinyin initials)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from ankang_desktop.actions import choosing
from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.look import icon, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import label
from ankang_desktop.kernel.text import initials

if TYPE_CHECKING:
    from ankang_desktop.desktop.frame.window import Window

_PAUSE = 120  # milliseconds after the last key before records are looked up
_MOST = 40


@dataclass(frozen=True)
class Entry:
    """Somewhere to go or something to do."""

    text: str
    detail: str
    icon: str
    action: Callable[[], object]

    def rank(self, words: str) -> int:
        """Return how well the words fit: 0 best, -1 not at all."""
        letters, text, wanted = initials(self.text), _joined(self.text), _joined(words)
        if text.startswith(wanted) or letters.startswith(wanted):
            return 0
        if wanted in text or wanted in self.detail.lower():
            return 1
        return 2 if wanted in letters else -1


def _joined(words: str) -> str:
    """Return words as they are compared: nobody types the space between “新登记” and the ledger."""
    return "".join(words.lower().split())


class JumpDialog(QDialog):
    """A line to type in and what it may mean; Enter goes, arrows choose, Esc leaves."""

    def __init__(self, session: Session, window: Window) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.session, self._window = session, window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("搜索或跳转")
        self.setProperty("popup", "true")
        self.line = QLineEdit()
        self.line.setPlaceholderText("输入名称、拼音首字母、编号或姓名；如 pxda、YH-2026、行车")
        self.line.setMinimumHeight(px(36))
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setIconSize(QSize(px(18), px(18)))
        self.list.setProperty("plain", "true")
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = label("没有找到；换一个词，或只打拼音首字母", "soft")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(8))
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(label("↑↓ 选择　Enter 打开　Esc 关闭", "caption"))
        self._entries = entries(session, window)
        texts = [each.text for each in self._entries]
        session.work.run(lambda _: [initials(text) for text in texts])  # known by the time the first letter is typed
        self._shown: list[Entry] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look_up)
        self.line.textChanged.connect(self._typed)
        self.resize(px(620), px(460))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + px(64))
        self._show(self._entries[:14])
        self.line.setFocus()

    def _typed(self, text: str) -> None:
        words = text.strip()
        ranked = [(rank, place, each) for place, each in enumerate(self._entries) if (rank := each.rank(words)) >= 0]
        self._show([each for _, _, each in sorted(ranked, key=lambda found: found[:2])][:_MOST])
        self.list.show()
        self.nothing.hide()
        self._timer.start()

    def _look_up(self) -> None:
        words = self.line.text().strip()
        if not words:
            return
        people = choosing.suggest(self.session.app, "employee", words, 6)
        found = [Entry(each.name, f"职工　{each.detail}", "user", partial(self._person, each.id)) for each in people]
        found += [
            Entry(f"全部记录：{each.name}", "打印写到他的全部记录", "printer", partial(self._person_records, each.id))
            for each in people[:2]
        ]
        for ref in choosing.anything(self.session.app, words):
            if ref.ledger != "employee":
                told = f"{self.session.app.ledgers[ref.ledger].title}　{ref.day or ''}"
                go = partial(self.session.open_record, ref.number)
                found.append(Entry(f"{ref.number}  {ref.title}", told, "file-text", go))
        known = {each.text for each in self._shown}
        self._show([*self._shown, *(each for each in found if each.text not in known)])
        self.list.setVisible(bool(self._shown))
        self.nothing.setVisible(not self._shown)

    def _person(self, key: int) -> None:
        from ankang_desktop.actions.drafting import number_of

        self.session.open_record(number_of(self.session.app, "employee", key))

    def _person_records(self, key: int) -> None:
        from ankang_desktop.actions.drafting import number_of
        from ankang_desktop.desktop.paper.choice import open_person_records

        open_person_records(self.session, number_of(self.session.app, "employee", key))

    def _show(self, found: list[Entry]) -> None:
        chosen = self.list.currentRow() if found[: len(self._shown)] == self._shown else 0
        self._shown = found
        self.list.clear()
        for each in found:
            item = QListWidgetItem(icon(each.icon), f"{each.text}　　{each.detail}" if each.detail else each.text)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, min(chosen, len(found) - 1)))

    def _go(self, _: QListWidgetItem | None = None) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            self.close()
            self._shown[row].action()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, row, last = event.key(), self.list.currentRow(), self.list.count() - 1
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if key in steps:
                self.list.setCurrentRow(max(0, min(last, row + steps[Qt.Key(key)])))
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._go()
                return True
        return super().eventFilter(watched, event)


def entries(session: Session, window: Window) -> list[Entry]:
    """Return every screen, ledger and action."""
    go, ledgers = session.go, list(session.app.ledgers)
    found = [Entry(each.title, "画面", each.icon, partial(go, each.key)) for each in SCREENS if each.in_navigation]
    found += [Entry(each.title, "台账", "clipboard-list", partial(go, "ledger", ledger=each.key)) for each in ledgers]
    for each in ledgers:
        found += [
            Entry(f"新登记 {each.title}", "操作", "plus", partial(go, "record", ledger=each.key)),
            Entry(f"导入 {each.title}", "操作", "file-import", partial(go, "import", ledger=each.key)),
        ]
    others: tuple[tuple[str, str, Callable[[], object]], ...] = (
        ("撤销", "arrow-back-up", session.undo),
        ("重做", "arrow-forward-up", session.redo),
        ("随手拍：照片变成隐患草稿", "camera", lambda: session.go("intake")),
        ("迎检模式", "maximize", lambda: session.go("scorecard", inspect=True)),
        ("回收站", "trash", lambda: session.go("trash")),
        ("添加通知", "file-text", lambda: session.go("calendar", action="notice")),
        ("检查数据", "shield-check", lambda: session.go("settings", action="check")),
        ("立即备份", "database", lambda: session.go("settings", action="backup")),
        ("换一个工作区", "folder-open", window.switch_wanted.emit),
        ("立即锁定", "lock", window.lock_wanted.emit),
        ("深色或浅色", "moon", window.head.look.click),
        ("帮助", "help", lambda: session.go("help")),
    )
    return found + [Entry(text, "操作", name, action) for text, name, action in others]
