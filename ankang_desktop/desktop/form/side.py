"""Beside a form: the record's files and what was done to it, made the turn after the form is seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget

from ankang_desktop.actions.drafting import Opened
from ankang_desktop.desktop.evidence.history import HistoryView
from ankang_desktop.desktop.evidence.panel import EvidencePanel
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.work import Turns
from ankang_desktop.store.evidence import Use


class Side(QTabWidget):
    """佐证 and 历史; `changed` tells that a file was added, taken away or written about."""

    changed = Signal()

    def __init__(self, session: Session, turns: Turns) -> None:
        super().__init__()
        self._session, self._turns = session, turns
        self._made: tuple[EvidencePanel, HistoryView] | None = None
        self._shown: tuple[str, Opened | None] = "", None
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.tabBar().setAccessibleName("佐证与历史")
        self.setMinimumWidth(px(300))
        turns.add(self._make)

    @property
    def evidence(self) -> EvidencePanel:
        """The files of the record."""
        return self._both()[0]

    @property
    def history(self) -> HistoryView:
        """What was done to the record."""
        return self._both()[1]

    def show_record(self, ledger: str, opened: Opened | None) -> None:
        """Show a stored record's files and history, or the place for files of a new one of a ledger."""
        self._shown = ledger, opened
        if self._made is None:
            return
        evidence, history = self._made
        evidence.show_record(ledger, opened.stored.number if opened else "")
        self.setTabVisible(1, opened is not None)
        if opened is not None:
            evidence.set_read_only(opened.stored.removed)
            history.show_record(opened.stored.number)

    def waiting(self) -> list[tuple[Path, Use]]:
        """Return the files that wait to be kept with the record."""
        return self._made[0].pending() if self._made else []

    def raw(self) -> list[Any]:
        """Return those files as JSON can hold them."""
        return self._made[0].raw() if self._made else []

    def forget_waiting(self) -> None:
        """Let those files go: they are kept now, or given up."""
        if self._made is not None:
            self._made[0].clear_pending()

    def _both(self) -> tuple[EvidencePanel, HistoryView]:
        if self._made is None:
            self._turns.finish()
        return cast("tuple[EvidencePanel, HistoryView]", self._made)

    def _make(self) -> None:
        evidence, history = self._made = EvidencePanel(self._session), HistoryView(self._session)
        evidence.changed.connect(self.changed)
        self.addTab(evidence, "佐证")
        self.addTab(history, "历史")
        self.show_record(*self._shown)
