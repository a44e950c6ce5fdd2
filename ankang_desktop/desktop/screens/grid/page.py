"""The page: which measure, which workshop, the board, and what can be done with the cell one stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ankang_desktop.actions.grid import (
    MEASURES,
    Grid,
    Measure,
    TeamLine,
    day_for,
    records_of,
    reminder_for_month,
    reminder_for_team,
    team_grid,
)
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.grid.board import GridBoard
from ankang_desktop.desktop.screens.grid.bulk import BulkDialog
from ankang_desktop.desktop.screens.grid.legend import Legend
from ankang_desktop.desktop.screens.grid.model import NAME, TOTAL, Cell, Kind, State
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import (
    EmptyState,
    FlowLayout,
    button,
    card,
    clear,
    label,
    link,
    menu_button,
    segments,
)
from ankang_desktop.desktop.work import Latest, paint_next
from ankang_desktop.store.journal import Changes

_EVERY = "全部车间"
_TABLES = {"team", "workshop", "employee", "record", *(each.ledger for each in MEASURES)}


class GridPage(Page):
    """Twelve months by team."""

    title = "班组网格"
    hint = "空缺的月份点一下就能补登"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.grid: Grid | None = None
        self.cell: Cell | None = None
        self._counting, self._opening = Latest(session.work), Latest(session.work)
        self.bulk = button("班前会批量登记(&B)", self.enter_many, kind="primary", name="list-check")
        self.remind = menu_button("催办文字", [], name="message-2")
        self.remind.menu().aboutToShow.connect(self._fill_reminders)
        self.add_head(self.remind, self.bulk)
        self._build_tools()
        self.board = GridBoard()
        self.board.chosen.connect(self._stand)
        self.board.opened.connect(self.open_cell)
        self._empty = EmptyState(
            "users",
            "这一年还没有班组",
            "登记或导入班组之后，这里按班组和月份列出全年的活动",
            button("登记班组", lambda: session.go("ledger", ledger="team")),
            button("从 Excel 导入班组", lambda: session.go("import", ledger="team"), kind="quiet"),
        )
        self._stack = QStackedWidget()
        for each in (QWidget(), self.board, self._empty):
            self._stack.addWidget(each)
        self.column.addWidget(self._stack, 1)
        self._build_foot()

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_with(self, measure: str = "", workshop: str = "", **_: Any) -> None:
        """Show a measure by the key of its ledger, and one workshop by its name."""
        keys = [each.ledger for each in MEASURES]
        if measure in keys:
            self.kinds.buttons.button(keys.index(measure) + 1).setChecked(True)  # type: ignore[attr-defined]
        if workshop:
            self.workshops.setCurrentText(workshop)
        self._show()

    def refresh(self) -> None:
        """Count the year anew."""
        app, year = self.session.app, self.session.year
        self._counting.run(lambda progress: team_grid(app, year, progress), self._counted)

    def is_touched_by(self, changes: Changes) -> bool:
        """Say whether a step touched teams or what they did."""
        return bool(_TABLES & changes.tables)

    def measure(self) -> Measure | None:
        """Return the measure chosen, None for all five."""
        at = self.kinds.buttons.checkedId()  # type: ignore[attr-defined]
        return MEASURES[at - 1] if at > 0 else None

    def measures(self) -> tuple[Measure, ...]:
        """Return the measures shown."""
        one = self.measure()
        return MEASURES if one is None else (one,)

    def workshop(self) -> str:
        """Return the workshop chosen, "" for all."""
        return self.workshops.currentText() if self.workshops.currentIndex() > 0 else ""

    def _counted(self, grid: Grid) -> None:
        self.grid = grid
        chosen = self.workshops.currentText()
        self.workshops.blockSignals(True)
        self.workshops.clear()
        self.workshops.addItems([_EVERY, *grid.workshops])
        self.workshops.setCurrentText(chosen if chosen in grid.workshops else _EVERY)
        self.workshops.blockSignals(False)
        self._show()

    def _show(self, _: int = 0) -> None:
        if self.grid is None:
            return
        paint_next(self)
        has_teams = bool(self.grid.teams)
        self._stack.setCurrentIndex(1 if has_teams else 2)
        if has_teams:
            self.begin_at(self.board.view)
        for each in (self.bulk, self.remind):
            each.setEnabled(has_teams)
        self.foot.setVisible(has_teams)
        chosen = self.measure()
        self.legend.show_measure(chosen, self.grid.owed(chosen) if chosen else 0)
        if has_teams:
            self.board.show_grid(self.grid, self.workshop(), self.measures())

    def _stand(self, cell: Cell) -> None:
        """Tell of the cell the person stands on, and offer what can be done with it."""
        self.cell = cell
        clear(self._offers)
        self._told.setText(self.board.model.place(cell))
        if cell.state is State.absent:
            self._offers.addWidget(label("当时班组还没有启用，或已经撤销", "soft"))
            return
        months = cell.months
        for each in self.measures():
            number = self.grid.counted(each).number(cell.line.ids, months) if self.grid else 0
            told = link(f"{each.title} {number}{each.unit}", partial(self.open_records, cell, each))
            told.setEnabled(number > 0)
            self._offers.addWidget(told)
        if cell.line.kind is Kind.team and NAME < cell.column < TOTAL:
            first = self.measures()[0]
            self._offers.addWidget(
                button(f"登记{first.title}", partial(self.add, cell, first), kind="chip", name="plus")
            )

    # --- doing -------------------------------------------------------------------------------------------------

    def open_cell(self, cell: Cell) -> None:
        """Open the records of a cell, or begin the one that is missing."""
        if cell.is_lacking:
            self.add(cell, self.measures()[0])
        elif cell.state is State.absent:
            self.session.door.say(self.board.model.words(cell), "在“班组”台账里核对启用和撤销日期", "info")
        else:
            self.open_records(cell, None)

    def open_records(self, cell: Cell, measure: Measure | None) -> None:
        """Show the records behind a cell, of one measure or of those shown."""
        if self.grid is None:
            return
        asked = self.measures() if measure is None else (measure,)
        wanted = [(each, self.grid.counted(each).records(cell.line.ids, cell.months)) for each in asked]
        named = asked[0].title if len(asked) == 1 else "活动记录"
        title, app = f"{self.board.model.place(cell)} {named}", self.session.app
        self._opening.run(lambda _: records_of(app, wanted), lambda refs: self.session.open_records(title, refs))

    def add(self, cell: Cell, measure: Measure) -> None:
        """Begin a new record of a measure for the team and month of a cell."""
        if self.grid is None:
            return
        ledger = self.session.app.ledgers[measure.ledger]
        day, team = day_for(self.grid, cell.column), cell.line.teams[0].id
        values: dict[str, Any] = {} if ledger.day is None else {ledger.day.key: day}
        rows: dict[str, list[dict[str, Any]]] = {}
        if "team" in ledger.own_fields:
            values["team"] = team
        else:
            rows = {lines.key: [{"team": team}] for lines in ledger.lines if "team" in lines.fields}
        self.session.go("record", ledger=measure.ledger, values=values, rows=rows)

    def enter_many(self) -> None:
        """Enter one month for many teams."""
        if self.grid is not None:
            cell = self.cell
            is_month = cell is not None and NAME < cell.column < TOTAL
            month = cell.column if cell is not None and is_month else self.grid.now or self.grid.until or 1
            BulkDialog(self.session, self.grid, min(month, self.grid.now or 12), self.workshop(), self.window()).open()

    # --- 催办 --------------------------------------------------------------------------------------------------

    def _fill_reminders(self) -> None:
        menu = self.remind.menu()
        menu.clear()
        grid, cell = self.grid, self.cell
        if grid is None:
            return
        lines = self.board.model.lines
        teams = [team for line in lines if line.kind is Kind.team for team in line.teams]
        if cell is not None and cell.line.kind is Kind.team:
            self._offer_reminder(f"{cell.line.name}：全年所缺", partial(self._team_words, cell.line.teams[:1]))
        here = cell.column if cell is not None and NAME < cell.column < TOTAL else 0
        begun = grid.now or grid.until
        if month := here if 0 < here <= begun else begun:  # nobody is urged for a month to come
            self._offer_reminder(
                f"{month}月：还缺的班组", lambda: reminder_for_month(grid, month, self.measure(), teams)
            )
        menu.addSeparator()
        self._offer_reminder("全部班组：全年所缺", partial(self._team_words, teams))

    def _offer_reminder(self, text: str, words: Callable[[], str]) -> None:
        self.remind.menu().addAction(text).triggered.connect(lambda _=False: self._copy(words()))

    def _team_words(self, teams: Sequence[TeamLine]) -> str:
        if self.grid is None:
            return ""
        found = [reminder_for_team(self.grid, team, self.measure()) for team in teams]
        return "\n".join(text for text in found if text)

    def _copy(self, text: str) -> None:
        if not text:
            self.session.door.say("没有缺的，不用催办", "", "good")
            return
        QGuiApplication.clipboard().setText(text)
        first, _, more = text.partition("\n")
        self.session.door.say(f"已复制催办文字：{first}{' …' if more else ''}", "到微信群里粘贴即可", "good")

    # --- inside ------------------------------------------------------------------------------------------------

    def _build_tools(self) -> None:
        tools = FlowLayout(spacing=px(12))
        self.kinds = segments(["全部", *(each.title for each in MEASURES)], 1, self._show)
        self.workshops = CalmComboBox()
        self.workshops.setAccessibleName("车间")
        self.workshops.addItem(_EVERY)
        self.workshops.setMinimumWidth(px(140))
        self.workshops.currentIndexChanged.connect(self._show)
        self.legend = Legend()
        for each in (self.kinds, self.workshops, self.legend):
            tools.addWidget(each)
        self.column.addLayout(tools)

    def _build_foot(self) -> None:
        self._told = label("", "strong")
        self._told.setMinimumWidth(px(120))
        self._offers = FlowLayout(spacing=px(12))
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(self._told)
        row.addLayout(self._offers, 1)
        self.foot = card(row)
        self.column.addWidget(self.foot)
