"""Which columns a ledger shows, in which order and how wide, remembered for each ledger."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu

from ankang_desktop.desktop.ledger.view import RecordsView
from ankang_desktop.desktop.session import Session


class Columns(QObject):
    """The columns of a view; `chosen` tells that they are others now."""

    chosen = Signal()

    def __init__(self, session: Session, view: RecordsView) -> None:
        super().__init__(view)
        self.session, self.view, self.records = session, view, view.records
        self.ledger = view.records.ledger
        kept = session.preferences.get(f"columns.{self.ledger.key}")
        if kept and set(kept) <= set(self.ledger.fields):
            self.records.choose_columns(kept)
        self._widths: dict[str, int] = dict(session.preferences.get(f"widths.{self.ledger.key}", {}))
        self._spread: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._keep_widths)
        head = view.horizontalHeader()
        head.sectionResized.connect(lambda *_: self._timer.start())
        head.sectionMoved.connect(lambda *_: QTimer.singleShot(0, self, self._moved))  # not while Qt still moves it

    def spread(self) -> None:
        """Give the columns their widths."""
        self.view.spread(self._widths)
        self._spread = self.view.widths()

    def menu(self) -> QMenu:
        """Return the menu that ticks the columns shown."""
        menu = QMenu(self.view)
        for _, fields in self.ledger.arranged():
            for each in fields:
                entry = menu.addAction(each.label)
                entry.setCheckable(True)
                entry.setData(each.key)
                entry.toggled.connect(partial(self._toggled, each.key))
        menu.aboutToShow.connect(partial(self._check, menu))
        return menu

    def _check(self, menu: QMenu) -> None:
        for entry in menu.actions():
            entry.blockSignals(True)
            entry.setChecked(entry.data() in self.records.keys)
            entry.blockSignals(False)

    def _toggled(self, key: str, is_shown: bool) -> None:  # noqa: FBT001 - Qt's own shape
        keys = [each for each in self.records.keys if each != key]
        if is_shown:
            order = list(self.ledger.fields)
            before = [place for place, each in enumerate(keys) if order.index(each) < order.index(key)]
            keys.insert(max(before, default=-1) + 1, key)
        self._choose(keys)

    def _moved(self) -> None:
        """Let the order seen be the order of the columns: it is kept, copied and printed so."""
        head = self.view.horizontalHeader()
        logical = [head.logicalIndex(place) for place in range(head.count())]
        if logical == sorted(logical):
            return
        keys = [self.records.keys[at] for at in logical if at < len(self.records.keys)]
        head.blockSignals(True)
        for at in range(head.count()):
            head.moveSection(head.visualIndex(at), at)
        head.blockSignals(False)
        self._choose(keys)

    def _choose(self, keys: list[str]) -> None:
        self.records.choose_columns(keys)
        self.session.preferences.put(f"columns.{self.ledger.key}", keys)
        self.spread()
        self.chosen.emit()

    def _keep_widths(self) -> None:
        """Keep only the widths the person changed, so that the others follow the window."""
        given = {key: wide for key, wide in self.view.widths().items() if wide != self._spread.get(key)}
        if given:
            self._widths = self._widths | given
            self.session.preferences.put(f"widths.{self.ledger.key}", self._widths)
