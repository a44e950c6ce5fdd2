"""The navigation at the left: the ten screens, and under 台账 every ledger by its group."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from ankang_desktop.desktop.frame.registry import SCREENS
from ankang_desktop.desktop.look import current, font, icon, pixmap, px
from ankang_desktop.desktop.widgets import label

TARGET = Qt.ItemDataRole.UserRole  # (screen key, ledger key or "")
NUMBER = Qt.ItemDataRole.UserRole + 1  # a count at the right, "" for none
_WIDTH = 212


class Navigation(QFrame):
    """The list of places; `chosen` carries (screen key, ledger key), `turned` the groups open after one was turned."""

    chosen = Signal(str, str)
    turned = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(px(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(12), px(8), px(8))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setContentsMargins(px(8), 0, 0, px(4))
        sign = label()
        sign.setPixmap(pixmap("shield-check", px(22), "accent", self.devicePixelRatioF()))
        head.addWidget(sign)
        head.addWidget(label("安康杯工作台", "subtitle"))
        head.addStretch(1)
        column.addLayout(head)
        self.tree, self.foot = _Tree(), _Tree()
        self.foot.setFixedHeight(px(38))  # 设置 stays in sight however many ledgers are open above it
        self._places: dict[tuple[str, str], QTreeWidgetItem] = {}
        self._folders: list[QTreeWidgetItem] = []
        for tree in (self.tree, self.foot):
            tree.entered.connect(self._go)
            column.addWidget(tree)
        for screen in SCREENS:
            if screen.in_navigation:
                tree = self.foot if screen.key == "settings" else self.tree
                self._add(tree.invisibleRootItem(), screen.title, screen.icon, (screen.key, ""))

    def add_ledgers(self, groups: list[tuple[str, list[tuple[str, str]]]], opened: Collection[str] = ()) -> None:
        """Put the ledgers under 台账: [(group, [(key, title)])]; the groups named in `opened` are open."""
        shelf = self._places["ledgers", ""]
        shelf.takeChildren()
        for group, ledgers in groups:
            folder = self._add(shelf, group, "", None)
            self._folders.append(folder)
            for key, title in ledgers:
                self._add(folder, title, "", ("ledger", key))
            folder.setExpanded(group in opened)
        shelf.setExpanded(True)
        for turned in (self.tree.itemExpanded, self.tree.itemCollapsed):
            turned.connect(lambda _: self.turned.emit(self._opened()))

    def show_place(self, screen: str, ledger: str = "") -> None:
        """Mark where the person is; the group of a ledger opens."""
        item = self._places.get((screen, ledger))
        for tree in (self.tree, self.foot):
            tree.blockSignals(True)
            tree.clearSelection()
            if item is not None and item.treeWidget() is tree:
                if (group := item.parent()) is not None:
                    group.setExpanded(True)
                tree.setCurrentItem(item)
            tree.blockSignals(False)

    def set_number(self, screen: str, text: str) -> None:
        """Show a count beside a screen: what is overdue, what is open."""
        if item := self._places.get((screen, "")):
            item.setData(0, NUMBER, text)

    def _opened(self) -> list[str]:
        return [each.text(0) for each in self._folders if each.isExpanded()]

    def _add(self, parent: QTreeWidgetItem, text: str, picture: str, target: tuple[str, str] | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [text])
        item.setToolTip(0, text)
        if picture:
            item.setIcon(0, icon(picture))
        if target is not None:
            item.setData(0, TARGET, target)
            self._places[target] = item
        return item

    def _go(self, item: QTreeWidgetItem) -> None:
        target = item.data(0, TARGET)
        if target is None or item.childCount():
            item.setExpanded(target is not None or not item.isExpanded())
        if target is not None:
            self.chosen.emit(*target)


class _Tree(QTreeWidget):
    """A tree whose items are entered by a click or by Enter."""

    entered = Signal(QTreeWidgetItem)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Entry(self))
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName("导航")
        self.itemClicked.connect(lambda item, _: self.entered.emit(item))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.currentItem():
            self.entered.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class _Entry(QStyledItemDelegate):
    """One entry: an icon and a word, on a white pill where the person is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(_WIDTH) - px(24), px(34 if _depth(index) == 0 else 30))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = current().palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        depth, place = _depth(index), QRectF(option.rect).adjusted(0, 1, -2, -1)
        state = option.state
        is_here = bool(state & QStyle.StateFlag.State_Selected) and index.data(TARGET) is not None
        is_over = bool(state & QStyle.StateFlag.State_MouseOver)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if is_here or is_over or has_focus:
            painter.setPen(QColor(colours.accent) if has_focus and not is_here else Qt.PenStyle.NoPen)
            painter.setBrush(
                QColor(colours.surface if is_here else colours.line) if is_here or is_over else Qt.BrushStyle.NoBrush
            )
            painter.drawRoundedRect(place, 6, 6)
        if is_here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(place.left(), place.top() + px(8), 3, place.height() - px(16)), 1.5, 1.5)
        self._words(painter, place, index, depth, is_here=is_here)
        painter.restore()

    def _ratio(self) -> float:
        """Return the pixels a point; the painter's own device is not asked, its wrapper outlives it."""
        tree = self.parent()
        return tree.devicePixelRatioF() if isinstance(tree, QTreeWidget) else 1.0

    def _words(
        self, painter: QPainter, place: QRectF, index: QModelIndex | QPersistentModelIndex, depth: int, *, is_here: bool
    ) -> None:
        colours = current().palette
        left = place.left() + px(12) + (px(0), px(16), px(28))[min(depth, 2)]
        if depth == 0:
            name = next(each.icon for each in SCREENS if each.key == index.data(TARGET)[0])
            ratio = self._ratio()
            picture = pixmap(name, px(18), "accent" if is_here else "soft", ratio)
            painter.drawPixmap(round(left), round(place.center().y() - px(18) / 2), picture)
            left += px(28)
        has_children = index.model().hasChildren(index)
        is_group = depth == 1
        painter.setFont(font("caption" if is_group else "body", bold=is_here))
        painter.setPen(QColor(colours.text if is_here or depth == 0 else colours.soft))
        room = QRectF(
            left,
            place.top(),
            place.right() - left - px(26 if has_children or index.data(NUMBER) else 6),
            place.height(),
        )
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if is_group:
            tree = self.parent()
            is_open = isinstance(tree, QTreeWidget) and tree.isExpanded(index)
            sign = pixmap("chevron-down" if is_open else "chevron-right", px(14), "faint", self._ratio())
            painter.drawPixmap(round(place.right() - px(22)), round(place.center().y() - px(7)), sign)
        elif number := index.data(NUMBER):
            from ankang_desktop.desktop.widgets.painted import paint_badge

            wide = max(px(22), painter.fontMetrics().horizontalAdvance(number) + px(10))
            paint_badge(
                painter,
                QRectF(place.right() - wide - px(6), place.center().y() - px(9), wide, px(18)),
                number,
                "danger",
            )


def _depth(index: QModelIndex | QPersistentModelIndex) -> int:
    depth, parent = 0, index.parent()
    while parent.isValid():
        depth, parent = depth + 1, parent.parent()
    return depth
