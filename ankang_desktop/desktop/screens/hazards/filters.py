"""What the board is narrowed to: level, team, words, the ladder of who has to mend it, and what is looked for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ankang_desktop.actions.hazards import HAZARD, Asked, Board, Focus
from ankang_desktop.declare.kinds import Misread
from ankang_desktop.desktop.form.editors import editor_for
from ankang_desktop.desktop.form.editors.links import LinkEditor
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.hazards.painted import Pill, Rung
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import FlowLayout, link, segments
from ankang_desktop.ledgers.hazards.words import HazardLevel, RectifyLevel

_PAUSE = 200  # milliseconds after the last key before the board is asked again
_LEVELS = (None, HazardLevel.general, HazardLevel.major)
_TONES = {Focus.overdue: "danger", Focus.unreported: "danger"}


class Filters(QWidget):
    """`changed` carries what is asked for now."""

    changed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.asked = Asked(session.year)
        self._flow = FlowLayout(self, px(8))
        for part in (self._search(), self._levels(), self._teams(), self._ladder(), *self._foci()):
            self._flow.addWidget(part)
        self.everything = link("清除筛选", self.clear_all)
        self.everything.hide()
        self._flow.addWidget(self.everything)

    def add(self, *parts: QWidget) -> None:
        """Put further parts behind the filters."""
        for part in parts:
            self._flow.addWidget(part)

    def put(self, board: Board) -> None:
        """Show the counts of a board."""
        for rung, step in self.rungs.items():
            step.set_number(board.ladder[rung])
        for focus, pill in self.pills.items():
            pill.set_number(board.focus[focus])
        self._flow.invalidate()

    def look_for(self, focus: Focus | None) -> None:
        """Narrow the board to a focus, or to none."""
        self._ask(focus=focus)

    def choose_year(self, year: int) -> None:
        """Look at another year, the other filters as they are; nothing is told."""
        self.asked = replace(self.asked, year=year)

    def clear_all(self) -> None:
        """Let go of every filter."""
        self.search.clear()
        self._timer.stop()
        self.team.set_value(None)
        self._ask(search="", level=None, team=None, rung=None, focus=None)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the year narrows the board."""
        return self.asked != Asked(self.asked.year)

    # --- inside ------------------------------------------------------------------------------------------------

    def _ask(self, **changed: object) -> None:
        asked = replace(self.asked, **changed)  # type: ignore[arg-type]
        is_other = asked != self.asked
        self.asked = asked
        self._check()
        if is_other:
            self.changed.emit(asked)

    def _check(self) -> None:
        """Press the buttons that stand for what is asked."""
        for rung, step in self.rungs.items():
            step.setChecked(rung is self.asked.rung)
        for focus, pill in self.pills.items():
            pill.setChecked(focus is self.asked.focus)
            pill.updateGeometry()
        self.levels.buttons.button(_LEVELS.index(self.asked.level)).setChecked(True)  # type: ignore[attr-defined]
        self.everything.setVisible(self.is_narrowed)
        self._flow.invalidate()

    def _search(self) -> QWidget:
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText("找：内容、姓名、编号、拼音首字母")
        self.search.setAccessibleName("查找隐患")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(px(208))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(lambda: self._ask(search=self.search.text()))
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.search.returnPressed.connect(lambda: self._ask(search=self.search.text()))
        return self.search

    def _levels(self) -> QWidget:
        self.levels = segments(["全部", "一般", "重大"], 0, lambda at: self._ask(level=_LEVELS[at]))
        return self.levels

    def _teams(self) -> QWidget:
        made = editor_for(self.session.app.ledgers[HAZARD].fields["team"], self.session)
        assert isinstance(made, LinkEditor)  # noqa: S101 - a link is edited by a LinkEditor
        self.team = made
        made.line.setPlaceholderText("全部班组")
        made.line.setClearButtonEnabled(True)
        made.setFixedWidth(px(128))
        made.changed.connect(self._team_typed)
        return made

    def _team_typed(self) -> None:
        try:
            self._ask(team=self.team.value())
        except Misread:
            return  # still typing

    def _ladder(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rungs: dict[RectifyLevel, Rung] = {}
        for place, rung in enumerate(RectifyLevel):
            step = Rung("监管" if rung is RectifyLevel.regulator else rung.value, is_first=place == 0)
            step.clicked.connect(partial(self._step_pressed, rung))
            self.rungs[rung] = step
            row.addWidget(step)
        return part

    def _step_pressed(self, rung: RectifyLevel, _: object = None) -> None:
        self._ask(rung=None if rung is self.asked.rung else rung)

    def _foci(self) -> list[QWidget]:
        self.pills: dict[Focus, Pill] = {}
        for focus in Focus:
            pill = Pill(focus.value, _TONES.get(focus, "warning"))
            pill.setToolTip(f"只看“{focus.value}”，再点一次看全部")
            pill.clicked.connect(partial(self._pill_pressed, focus))
            self.pills[focus] = pill
        return list(self.pills.values())

    def _pill_pressed(self, focus: Focus, _: object = None) -> None:
        self._ask(focus=None if focus is self.asked.focus else focus)
