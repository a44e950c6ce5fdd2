"""Labels, buttons, cards: small makers, so that every screen says them alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ankang_desktop.desktop.look import icon, px

_STEADY = 560  # the most room for words that change while they are read


def label(text: str = "", role: str = "body", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Return a text in one of the roles: caption, soft, strong, subtitle, title, display, danger, warning, good."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def tell_steadily(told: QLabel, text: str) -> None:
    """Write words that change many times a second: their place only grows, so nothing around them is laid out anew.

    What is longer than there is room for is cut in its midst, for at the end stands how far it is.
    """
    told.ensurePolished()
    metrics, most = told.fontMetrics(), px(_STEADY)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, most - px(8))
    wide = metrics.horizontalAdvance(shown) + px(8)
    is_fixed = told.minimumWidth() == told.maximumWidth()
    if not is_fixed or wide > told.width():
        told.setFixedSize(max(wide, told.minimumWidth()), metrics.height() + px(4))
    told.setText(shown)
    told.setToolTip(text if shown != text else "")


def button(text: str, action: Callable[[], object] | None = None, *, kind: str = "", name: str = "") -> QPushButton:
    """Return a button; `kind` is primary, danger, quiet, chip, tile or "", `name` an icon. “(&N)” sets a mnemonic."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    if name:
        colour = {"primary": "on_accent", "danger": "danger", "chip": "accent_strong"}.get(kind, "")
        made.setIcon(icon(name, colour))
        made.setIconSize(QSize(px(20), px(16)))
    if action:
        made.clicked.connect(lambda _=False: action())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def link(text: str, action: Callable[[], object] | None = None) -> QPushButton:
    """Return words that can be clicked and reached by Tab: a number that opens its records, a place to go."""
    made = button(text, action, kind="link")
    made.setAccessibleName(text)
    return made


def icon_button(name: str, text: str, action: Callable[[], object] | None = None, *, size: int = 18) -> QToolButton:
    """Return a small button with an icon alone; `text` is its tool tip and accessible name."""
    made = QToolButton()
    made.setIcon(icon(name))
    made.setIconSize(QSize(px(size), px(size)))
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if action:
        made.clicked.connect(lambda _=False: action())
    return made


def menu_button(
    text: str, entries: Sequence[tuple[str, str, Callable[[], object]] | None], *, name: str = ""
) -> QPushButton:
    """Return a button that opens a menu of (icon, text, action); None is a rule between entries."""
    made = button(text, name=name)
    menu = QMenu(made)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        picture, words, action = entry
        added = menu.addAction(icon(picture), words) if picture else menu.addAction(words)
        added.triggered.connect(lambda _=False, do=action: do())
    hang(made, menu)
    return made


def hang(made: QPushButton, menu: QMenu) -> None:
    """Let a button open a menu, its words clear of the arrow."""
    made.setMenu(menu)
    made.setProperty("opens", "menu")


def segments(texts: Sequence[str], chosen: int, action: Callable[[int], object]) -> QWidget:
    """Return a row of buttons of which one is down; `action` is given the index of the one chosen.

    The returned widget has `buttons`, a QButtonGroup whose ids are the indexes.
    """
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    group = QButtonGroup(made)
    for at, text in enumerate(texts):
        each = button(text, kind="segment")
        each.setCheckable(True)
        each.setProperty("place", "first" if at == 0 else "last" if at == len(texts) - 1 else "middle")
        each.setChecked(at == chosen)
        group.addButton(each, at)
        row.addWidget(each)
    group.idClicked.connect(action)
    made.buttons = group  # type: ignore[attr-defined]
    return made


def card(*parts: QWidget | QLayout, title: str = "", kind: str = "true", spacing: int = 8) -> QFrame:
    """Return a card with parts one below the other; the layout is `card.layout()`, a QVBoxLayout."""
    made = QFrame()
    made.setProperty("card", kind)
    column = QVBoxLayout(made)
    column.setContentsMargins(px(16), px(12), px(16), px(12))
    column.setSpacing(px(spacing))
    if title:
        column.addWidget(label(title, "subtitle"))
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    return made


def rule() -> QFrame:
    """Return a thin line."""
    made = QFrame()
    made.setProperty("rule", "true")
    made.setFixedHeight(1)
    return made


class _Scrolled(QScrollArea):
    """A scroll area that grown smaller still shows what has the keys, where it did before."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        keys, inside = QApplication.focusWidget(), self.widget()
        if keys is None or inside is None or not inside.isAncestorOf(keys):
            super().resizeEvent(event)
            return
        top = keys.mapTo(self.viewport(), QPoint()).y()
        super().resizeEvent(event)
        if 0 <= top <= event.oldSize().height() - keys.height():
            self.ensureWidgetVisible(keys)


def scrolled(inside: QWidget) -> QScrollArea:
    """Return a scroll area around a widget that grows with it.

    Tab does not stop at it, it has nothing to do: it scrolls with what has the keys, and by the paging keys of that.
    """
    made = _Scrolled()
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside.setAutoFillBackground(False)
    inside.setProperty("transparent", "true")
    made.setWidget(inside)
    made.viewport().setAutoFillBackground(False)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)
            inner.deleteLater()
