"""Which duties are shown: the states with how many there are of each, one of them chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from ankang_desktop.actions.overview import LATE, is_due, is_late
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.calendar.words import is_long, is_soon
from ankang_desktop.desktop.widgets import FlowLayout, button
from ankang_desktop.programme.duties import Duty, State

SOON_ONES, EVERY, LONG_ONES = "今后14天", "全部", "全年事项"
WEEK_ONES, LATE_ONES = "本周到期", "逾期或缺佐证"
NEAR_ONES = {SOON_ONES, WEEK_ONES}
"""Filters of the list alone: the band goes on showing the whole year."""

_ORDER = (
    SOON_ONES,
    WEEK_ONES,
    LATE_ONES,
    State.OVERDUE.value,
    State.UNPROVEN.value,
    State.NEAR.value,
    State.OPEN.value,
    State.NOT_YET.value,
    State.DONE.value,
    State.NOT_APPLICABLE.value,
    State.ANYTIME.value,
    LONG_ONES,
    EVERY,
)
_ON_DEMAND = {WEEK_ONES, LATE_ONES}
_ALWAYS = {SOON_ONES, State.OVERDUE.value, EVERY}


def states_of(duties: Sequence[Duty], today: date, since: date) -> dict[str, int]:
    """Return how many duties each filter lets through."""
    return {name: sum(passes(each, name, today, since) for each in duties) for name in _ORDER}


def passes(duty: Duty, name: str, today: date, since: date) -> bool:
    """Say whether a filter lets a duty through; `since` is the day from which the year is kept here."""
    if name == SOON_ONES:
        return is_soon(duty, today)
    if name == WEEK_ONES:
        return is_due(duty)
    if name == LATE_ONES:
        return is_late(duty, since)
    if name == duty.state.value and duty.state in LATE:
        return is_late(duty, since)  # what was due before the program was begun with is nobody's fault
    return is_long(duty) if name == LONG_ONES else name in {EVERY, duty.state.value}


class StateBar(QWidget):
    """One button for each filter with something in it; `chosen` is the one that is down."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self.chosen = SOON_ONES
        self._changed = changed
        row = FlowLayout(spacing=px(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for at, name in enumerate(_ORDER):
            each = button(name, kind="quiet")
            each.setCheckable(True)
            self._group.addButton(each, at)
            self.buttons[name] = each
            row.addWidget(each)
        self.buttons[SOON_ONES].setChecked(True)
        self._group.idClicked.connect(lambda at: self._press(_ORDER[at]))

    def choose(self, name: str) -> None:
        """Put a filter down; the page sifts by itself."""
        self.chosen = name if name in self.buttons else EVERY
        self.buttons[self.chosen].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many there are behind each; a filter with nothing in it steps back."""
        for name, each in self.buttons.items():
            number = counts.get(name, 0)
            each.setText(f"{name} {number}")
            each.setAccessibleName(f"{name}，{number} 项")
            is_wanted = bool(number) and name not in _ON_DEMAND
            each.setVisible(is_wanted or name in _ALWAYS or name == self.chosen)

    def _press(self, name: str) -> None:
        self.chosen = name
        self._changed()
