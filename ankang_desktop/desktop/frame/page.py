"""What every screen is: a widget with a title that refreshes itself when a step touched what it shows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.store.journal import Changes

_SETTLE = 60  # milliseconds: several steps in a row are one refresh


class Page(QWidget):
    """A screen. A heir sets `title`, builds in __init__, fills in refresh(), and may look at arguments in show_with().

    refresh() runs when the page comes into sight after something changed, and soon after a change while it is in sight;
    it must be quick: what takes longer belongs into session.work or a Derived.
    """

    title = ""
    hint = ""
    ledger_key = ""  # of a page that shows one ledger: the place marked at the left

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.begins_at: QWidget | None = None  # what takes the keys when the page comes into sight
        self._is_stale = True
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._refresh_if_seen)
        session.changed.connect(self._touched)
        session.year_changed.connect(self._year_changed)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(24), px(16), px(24), px(16))
        self.column.setSpacing(px(12))

    # --- for heirs ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the records as they are now."""

    def show_with(self, **arguments: Any) -> None:
        """Look at what the page was asked for with (a filter, a record); called before it comes into sight."""

    def is_touched_by(self, changes: Changes) -> bool:
        """Say whether a step concerns what the page shows."""
        return True

    def may_leave(self) -> bool:
        """Say whether the page may be left; one with unsaved work asks first."""
        return True

    def holds_typing(self, _: QWidget | None) -> bool:
        """Say whether what is typed where the keys are is not saved yet: undoing is then about it alone."""
        return False

    def keeps_itself(self) -> bool:
        """Say whether nothing is lost when the workspace is closed now, with nobody here to be asked."""
        return True

    def begin_at(self, widget: QWidget) -> None:
        """Let what came into sight only now take the keys, unless the person has gone on to something else."""
        has_waited, self.begins_at = self.begins_at is None and self.hasFocus(), widget
        if has_waited:
            widget.setFocus()

    def add_head(self, *tools: QWidget) -> QHBoxLayout:
        """Put the page's title at the top, tools at its right; returns the row."""
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.heading = QLabel(self.title)
        self.heading.setProperty("role", "title")
        row.addWidget(self.heading)
        if self.hint:
            hint = QLabel(self.hint)
            hint.setProperty("role", "soft")
            row.addSpacing(px(4))
            row.addWidget(hint)
        row.addStretch(1)
        for tool in tools:
            row.addWidget(tool)
        self.column.addLayout(row)
        return row

    # --- inside ------------------------------------------------------------------------------------------------

    def stale(self) -> None:
        """Refresh soon: now if in sight, else when the page comes into sight."""
        self._is_stale = True
        if self.isVisible():
            self._settle.start()

    def fresh(self) -> None:
        """Note that what is shown is as it is now: it need not be read again when the page comes into sight."""
        self._is_stale = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        self._settle.stop()
        super().hideEvent(event)

    def _touched(self, changes: Changes) -> None:
        if self.is_touched_by(changes):
            self.stale()

    def _year_changed(self, _: int) -> None:
        self.stale()

    def _refresh_if_seen(self) -> None:
        if self._is_stale and self.isVisible():
            self._is_stale = False
            self.refresh()
