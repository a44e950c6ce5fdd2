"""Tab goes as the eye goes: in the order the parts are laid out, not in the order they were made.

Qt's own chain is that of making: what a page builds later (the lower half of a form, the lines of a list filled anew)
would come last, far from where it is seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QScrollArea, QSplitter, QTabWidget, QWidget


def step(root: QWidget, *, is_forward: bool) -> bool:
    """Give the keys to what comes after (before) the widget that has them, and bring it into sight; say if it did."""
    order = list(reading_order(root))
    focus = QApplication.focusWidget()
    at = order.index(focus) if focus in order else -1
    after, before = order[at + 1 :], order[: max(at, 0)]
    ahead = [*after, *before] if is_forward else [*before[::-1], *after[::-1]]
    found = next((each for each in ahead if is_stop(each)), None)
    if found is None:
        return False
    found.setFocus(Qt.FocusReason.TabFocusReason if is_forward else Qt.FocusReason.BacktabFocusReason)
    above = found.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(found)
        above = above.parentWidget()
    return True


def is_stop(widget: QWidget) -> bool:
    """Say whether Tab stops at a widget."""
    takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return takes_tab and widget.isEnabled() and widget.focusProxy() is None


def reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Yield a widget and all it shows, in reading order."""
    yield widget
    for part in dict.fromkeys(_parts(widget)):
        if part.isVisible() and not part.isWindow():
            yield from reading_order(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """Yield the children: those laid out first, each once more at the end with what is not laid out at all."""
    if isinstance(widget, QSplitter):
        yield from (part for at in range(widget.count()) if (part := widget.widget(at)) is not None)
    elif isinstance(widget, QTabWidget):
        yield widget.tabBar()
    elif (layout := widget.layout()) is not None:
        yield from _laid_out(layout)
    yield from (each for each in widget.children() if isinstance(each, QWidget))


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[assignment, index]
    for at in places:
        item = layout.itemAt(at)
        if item is not None and (inner := item.widget()) is not None:
            yield inner
        elif item is not None and (below := item.layout()) is not None:
            yield from _laid_out(below)
