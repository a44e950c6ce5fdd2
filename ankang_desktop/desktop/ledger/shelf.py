"""The shelf: every ledger by its group, with how many records this year and in all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ankang_desktop.actions.browsing import sizes
from ankang_desktop.declare.ledger import Group, Ledger
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import pixmap, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, label, scrolled
from ankang_desktop.desktop.work import Latest, Turns
from ankang_desktop.kernel.text import initials

ICONS = {
    Group.enterprise: "building-factory-2",
    Group.organisation: "users",
    Group.education: "school",
    Group.team: "user-shield",
    Group.hazard: "alert-triangle",
    Group.health: "helmet",
    Group.care: "gift",
    Group.contract: "file-certificate",
    Group.accident: "urgent",
    Group.upper: "building-community",
}
_COLUMNS = 3
_AT_ONCE = 2  # groups seen first


class ShelfPage(Page):
    """All ledgers at a glance; typing finds one."""

    title = "台账"
    hint = "点开看记录；按 Ctrl+K 输入首字母更快"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._sizes = Latest(session.work)
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText("找台账：名称或拼音首字母")
        self.search.setAccessibleName("找台账")
        self.search.setFixedWidth(px(240))
        self.search.textChanged.connect(self._find)
        trash = button("回收站", partial(session.go, "trash"), name="trash")
        self.add_head(self.search, trash)
        inside = QWidget()
        column = self._groups_column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(16))
        self.tiles: dict[str, Tile] = {}
        self._groups: list[tuple[QWidget, list[Tile]]] = []
        column.addStretch(1)
        self.column.addWidget(scrolled(inside), 1)
        self._turns = Turns(self)
        for group in Group:
            if ledgers := [each for each in session.app.ledgers if each.group is group]:
                self._turns.add(partial(self._add_group, group, ledgers))
        for _ in range(_AT_ONCE):
            self._turns.take_one()

    def refresh(self) -> None:
        self._turns.add(self._ask)

    def _ask(self) -> None:
        app, year = self.session.app, self.session.year
        self._sizes.run(lambda _: sizes(app, year), self._show)

    def _show(self, found: dict[str, tuple[int, int]]) -> None:
        for key, tile in self.tiles.items():
            this_year, ever = found.get(key, (0, 0))
            tile.show_numbers(this_year, ever, self.session.year)

    def _add_group(self, group: Group, ledgers: list[Ledger]) -> None:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        head = QHBoxLayout()
        sign = QLabel()
        sign.setPixmap(pixmap(ICONS[group], px(18), "accent", self.devicePixelRatioF()))
        head.addWidget(sign)
        head.addWidget(label(group.value, "strong"))
        head.addStretch(1)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(px(10))
        tiles = []
        for place, ledger in enumerate(ledgers):
            tile = Tile(ledger)
            tile.clicked.connect(partial(self.session.go, "ledger", ledger=ledger.key))
            self.tiles[ledger.key] = tile
            tiles.append(tile)
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        for place in range(len(ledgers), _COLUMNS):
            grid.addWidget(QWidget(), 0, place)  # a column without anything would have no room before it either
        for place in range(_COLUMNS):
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        self._groups.append((part, tiles))
        self._groups_column.insertWidget(self._groups_column.count() - 1, part)

    def _find(self, words: str) -> None:
        self._turns.finish()
        for part, tiles in self._groups:
            for tile in tiles:
                tile.setVisible(tile.fits(words))
            part.setVisible(any(not tile.isHidden() for tile in tiles))


class Tile(QPushButton):
    """One ledger: its name, how many records."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.ledger = ledger
        self.setProperty("kind", "tile")
        self.setAccessibleName(ledger.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(px(56))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(8), px(14), px(8))
        self._numbers = label("", "caption")
        for part, stretch in ((label(ledger.title), 1), (self._numbers, 0)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part, stretch)

    def show_numbers(self, this_year: int, ever: int, year: int) -> None:
        """Show how many records there are this year and in all."""
        if self.ledger.day is None or this_year == ever:
            self._numbers.setText(f"{ever} 条" if ever else "尚无记录")
        else:
            self._numbers.setText(f"{year}年 {this_year} 条　共 {ever}")

    def fits(self, words: str) -> bool:
        """Say whether the ledger is meant by these words."""
        title = self.ledger.title
        return words.lower() in title or words.lower() in initials(title)
