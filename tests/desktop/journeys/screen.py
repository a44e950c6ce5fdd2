"""What a person can see and reach: the window in front, its words, and the widget that carries a name.

Nothing here knows the program: a widget is found by the words on it, by its accessible name, or by the label beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

_MOST = 400  # rows of a list that are read


def front() -> QWidget:
    """Return the window that takes what the person does: a menu, a dialog, else the active window."""
    found = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    if found is None or not found.isVisible():  # offscreen nothing is activated when a window or menu closes
        [found, *_] = [each for each in reversed(QApplication.topLevelWidgets()) if each.isVisible()]
        found.activateWindow()
    return found


def parts(root: QWidget | None = None) -> list[QWidget]:
    """Return every visible widget of the window in front, or within one of its parts."""
    top = root or front()
    inside = [each for each in top.findChildren(QWidget) if each.isVisible() and each.window() is top.window()]
    return [top, *inside]


def plain(text: str) -> str:
    """Return words without their mnemonic: “保存(&S)…” is “保存”."""
    return re.sub(r"\(&.\)|…$", "", text.partition("\t")[0]).replace("&", "").strip()


def names(widget: QWidget) -> Iterator[str]:
    """Yield what a widget is called: its accessible name, the words on it."""
    yield widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        yield plain(widget.text())


def words_of(widget: QWidget) -> Iterator[str]:
    """Yield the words a widget shows."""
    yield from names(widget)
    if isinstance(widget, QLabel | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield widget.currentText()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield from (plain(each.text()) for each in widget.actions())
    elif isinstance(widget, QHeaderView):
        heads = range(widget.count())
        yield from (str(widget.model().headerData(at, widget.orientation()) or "") for at in heads)
    elif isinstance(widget, QAbstractItemView):
        seen = widget.viewport().rect()
        yield from (str(index.data()) for index in cells(widget) if seen.intersects(widget.visualRect(index)))


def words() -> str:
    """Return everything that can be read in the window in front, a line each."""
    return "\n".join(text for each in parts() for text in words_of(each) if text)


def told() -> str:
    """Return the words in front in one line, those of the navigation left out, for the report of a failure."""
    inside = [each for each in parts() if each.accessibleName() != "导航"]
    return " | ".join(text.replace("\n", "⏎") for each in inside for text in words_of(each) if text)


def cells(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """Yield the cells of a list or table with words in them, from the top."""
    model = view.model()
    columns = range(model.columnCount()) if isinstance(view, QTableView) else range(1)

    def below(parent: QModelIndex) -> Iterator[QModelIndex]:
        for row in range(min(model.rowCount(parent), _MOST)):
            for column in columns:
                index = model.index(row, column, parent)
                if index.data() not in {None, ""} and not _is_hidden(view, index):
                    yield index
                if isinstance(view, QTreeView) and view.isExpanded(index):
                    yield from below(index)

    return below(QModelIndex())


def _is_hidden(view: QAbstractItemView, index: QModelIndex) -> bool:
    return isinstance(view, QTableView) and (view.isRowHidden(index.row()) or view.isColumnHidden(index.column()))


def best(found: list[tuple[Any, str]], wanted: str) -> Any:
    """Return the one thing called so: exactly, else beginning so, else with the words in it; None where none is."""
    for fits in (wanted.__eq__, lambda name: name.startswith(wanted), lambda name: wanted in name):
        hits = [thing for thing, name in found if fits(name)]
        if hits:
            distinct = [hits[at] for at in range(len(hits)) if hits[at] not in hits[:at]]
            assert len(distinct) == 1, f"“{wanted}” is on {len(distinct)} things: {distinct}"
            return distinct[0]
    return None


def button(name: str, root: QWidget | None = None) -> QAbstractButton | None:
    """Return the visible button called so."""
    found = [(each, text) for each in parts(root) if isinstance(each, QAbstractButton) for text in names(each) if text]
    return best(found, name)


def editor(name: str, root: QWidget | None = None) -> QWidget | None:
    """Return the visible field called so, or labelled so."""
    kinds = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)
    every = parts(root)
    found = [(each, each.accessibleName()) for each in every if isinstance(each, kinds) and each.accessibleName()]
    labelled = [
        (each.buddy(), plain(each.text()))
        for each in every
        if isinstance(each, QLabel) and isinstance(each.buddy(), kinds)
    ]
    hinted = [
        (each, each.placeholderText()) for each in every if isinstance(each, QLineEdit) and each.placeholderText()
    ]
    for group in (found, labelled, hinted):
        if (hit := best(group, name)) is not None:
            return hit
    return None


def cell(words: str, root: QWidget | None = None) -> tuple[QAbstractItemView, QModelIndex] | None:
    """Return the list and the cell with these words."""
    views = [each for each in parts(root) if isinstance(each, QAbstractItemView) and not isinstance(each, QHeaderView)]
    found = [((view, index), str(index.data())) for view in views for index in cells(view)]
    return best(found, words)


def tab(name: str) -> tuple[QTabBar, int] | None:
    """Return the tab called so."""
    bars = [each for each in parts() if isinstance(each, QTabBar)]
    return best([((bar, at), bar.tabText(at)) for bar in bars for at in range(bar.count())], name)


def entry(menu: QMenu, name: str) -> QAction:
    """Return an entry of a menu."""
    found = best([(each, plain(each.text())) for each in menu.actions() if each.text()], name)
    assert found is not None, f"no entry “{name}” among {[each.text() for each in menu.actions()]}"
    assert found.isEnabled(), f"“{name}” is grey"
    return found


def spot(widget: QWidget) -> QPoint:
    """Return where on a widget a person clicks, brought into sight; the widget must be what lies there."""
    point = (
        QPoint(widget.height() // 2, widget.height() // 2)
        if isinstance(widget, QCheckBox | QRadioButton)
        else widget.rect().center()
    )
    if not _is_on_top(widget, point):
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()
        QApplication.processEvents()
    assert _is_on_top(widget, point), f"{widget} is covered or out of sight"
    return point


def _is_on_top(widget: QWidget, point: QPoint) -> bool:
    window = widget.window()
    if widget is window:
        return True
    hit = window.childAt(widget.mapTo(window, point))
    return hit is not None and (hit is widget or widget.isAncestorOf(hit))


LEFT = Qt.MouseButton.LeftButton
