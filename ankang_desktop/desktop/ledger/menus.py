"""The menu on a row: all that the keys and buttons of a table do, where the person clicked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from ankang_desktop.desktop.look import icon

if TYPE_CHECKING:
    from ankang_desktop.desktop.ledger.page import LedgerSheet

Entry = tuple[str, str, Callable[[], object]]


def fill(menu: QMenu, entries: Iterable[Entry]) -> None:
    """Put (icon, text, what to do) into a menu in place of what was there."""
    menu.clear()
    for name, text, action in entries:
        menu.addAction(icon(name), text).triggered.connect(lambda _=False, do=action: do())


def row_menu(sheet: LedgerSheet, number: int) -> QMenu:
    """Return the menu for the `number` records selected."""
    menu = QMenu(sheet)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    many = f"所选 {number} 条" if number > 1 else ""
    entries: list[Entry] = []
    if number == 1:
        opened = partial(sheet.open_row, sheet.view.chosen_rows(1)[0])
        entries += [("folder-open", "打开\tEnter", opened), ("copy", "复制为新记录\tCtrl+D", sheet.copy_record)]
    entries += [
        ("pencil", f"批量修改{many}…", sheet.batch),
        ("clipboard-text", f"复制{many or '这一行'}到 Excel\tCtrl+C", sheet.copy_rows),
    ]
    fill(menu, entries)
    sheet.fill_print_menu(menu.addMenu(icon("printer"), "打印"))
    menu.addSeparator()
    menu.addAction(icon("trash"), f"删除{many}\tDelete").triggered.connect(lambda _=False: sheet.remove())
    return menu
