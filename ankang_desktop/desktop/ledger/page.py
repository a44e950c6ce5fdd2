"""The page of a ledger, derived from its declaration; one page serves them all, each with its own memory."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMessageBox, QStackedWidget

from ankang_desktop.actions import browsing, drafting
from ankang_desktop.actions.browsing import Row
from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.ledger.batch import BatchDialog
from ankang_desktop.desktop.ledger.columns import Columns
from ankang_desktop.desktop.ledger.copying import copy_rows
from ankang_desktop.desktop.ledger.filters import FilterBar
from ankang_desktop.desktop.ledger.menus import fill, row_menu
from ankang_desktop.desktop.ledger.model import RecordsModel
from ankang_desktop.desktop.ledger.view import RecordsView
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, FlowLayout, button, clear, hang, icon_button, label, link
from ankang_desktop.desktop.widgets.search import SearchLine
from ankang_desktop.desktop.work import Latest
from ankang_desktop.store.journal import Changes
from ankang_desktop.store.sieve import ONLY, PROOF, Condition, Sieve

_PAUSE = 150  # milliseconds after the last key before the search is made


class LedgerPage(Page):
    """Holds one sheet per ledger opened, so that each keeps its filters, order, place and selection."""

    title = "台账"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.sheets: dict[str, LedgerSheet] = {}
        self.stack = QStackedWidget()
        self.column.addWidget(self.stack)

    def show_with(
        self, ledger: str = "", conditions: list[Condition] | None = None, search: str = "", **_: Any
    ) -> None:
        """Show a ledger; `conditions` replace its filters."""
        if ledger not in self.sheets:
            self.sheets[ledger] = LedgerSheet(self.session, self.session.app.ledgers[ledger])
            self.stack.addWidget(self.sheets[ledger])
        sheet = self.sheets[ledger]
        self.title, self.ledger_key, self.begins_at = sheet.title, ledger, sheet.view
        self.stack.setCurrentWidget(sheet)
        if conditions is not None or search:
            sheet.search.setText(search)
            sheet.filters.set_conditions(list(conditions or []))


class LedgerSheet(Page):
    """The table of one ledger with its tools."""

    def __init__(self, session: Session, ledger: Ledger) -> None:
        super().__init__(session)
        self.ledger, self.title = ledger, ledger.title
        self.records = RecordsModel(session, ledger)
        self.view = RecordsView(self.records)
        self.columns = Columns(session, self.view)
        self._sort, self._is_descending = "", True
        self._kept: int | None = None
        self._row = 0
        self._is_spread = False
        self._totals_of = Latest(session.work)
        self._build_head()
        self._build_search()
        self._wider = button("清除筛选", self.show_all)
        self._empty = EmptyState("clipboard-list", "没有符合条件的记录", "放宽条件再看", self._wider)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack, 1)
        self._build_foot()
        self._connect()

    # --- what is shown -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._look()

    def is_touched_by(self, changes: Changes) -> bool:
        return bool({self.ledger.key, "record", "evidence_link"} & changes.tables)

    def sieve(self) -> Sieve:
        """Return what is asked for now."""
        conditions = tuple(self.filters.conditions)
        is_of_every_year = self._every_year.isChecked() or any(each.key == ONLY for each in conditions)
        year = self.session.year if self.ledger.day is not None and not is_of_every_year else 0
        return Sieve(self.search.text(), year, conditions, self._sort, self._is_descending)

    def _look(self) -> None:
        current = self.view.currentIndex()
        if current.isValid():
            self._kept, self._row = self.records.ids[current.row()], current.row()
        asked = self.sieve()
        self.records.look_at(asked)
        app, key = self.session.app, self.ledger.key
        self._totals_of.run(lambda _: browsing.totals(app, key, asked), self._show_totals)

    def _arrived(self, number: int) -> None:
        has_focus = self.view.hasFocus()
        if has_focus and not number:
            self.search.take()  # the table is about to hide
        self._stack.setCurrentIndex(0 if number else 1)
        if not number:
            self._show_empty()
        elif not self._is_spread:
            self._is_spread = True
            self.columns.spread()
        place = -1 if self._kept is None else self.records.place_of(self._kept)
        if place < 0 and has_focus and number and not self.view.chosen_number():
            place = max(0, min(self._row, number - 1))  # what stood there is gone: the next one moved up
        if place >= 0 and self.view.currentIndex().row() != place and not self.view.chosen_number():
            self.view.selectRow(place)  # a row chosen while the others came stays chosen
            self.view.scrollTo(self.records.index(place, 0))
        self._show_chosen()

    def _show_empty(self) -> None:
        is_plain = not self.filters.conditions and not self.search.text()
        year = f" {self.session.year} 年" if self.sieve().year else ""
        self._empty.told.setText(f"{self.ledger.title}{year}还没有记录" if is_plain else "没有符合条件的记录")
        remedy = "按“新登记”写第一条，或从 Excel 导入" if is_plain else "放宽条件再看"
        self._empty.remedy.setText(f"{remedy}；别的年度，按“全部年度”看" if year else remedy)
        self._wider.setVisible(not is_plain)

    def show_all(self) -> None:
        """Take search and conditions away."""
        self.search.clear()
        self.filters.clear_all()

    # --- doing -------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Write a new record."""
        self.session.go("record", ledger=self.ledger.key)

    def open_row(self, row: int) -> None:
        """Open a record; the form can go on to the neighbours."""
        found = self.records.row_at(row)
        if found is not None:
            self._kept = found.id
            self.session.go("record", number=found.number, among=(self.ledger.key, self.records.ids, row))

    def _meant(self) -> Row | None:
        """Return the one record an act on one is for: the first selected, else the one stood on."""
        chosen, current = self.view.chosen_rows(1), self.view.currentIndex()
        if chosen:
            return self.records.row_at(chosen[0])
        return self.records.row_at(current.row()) if current.isValid() else None

    def copy_record(self) -> None:
        """Begin a new record as a copy of the current one."""
        found = self._meant()
        if found is not None:
            self.session.go("record", ledger=self.ledger.key, copy_of=found.number)

    def remove(self) -> None:
        """Put the selected records into the trash."""
        ids = self.view.chosen_ids()
        if not ids:
            return
        if len(ids) > 1:
            answer = QMessageBox.question(self, "删除", f"把所选 {len(ids)} 条记录放进回收站？随时可以恢复。")
            if answer != QMessageBox.StandardButton.Yes:
                return
        session, remove = self.session, partial(drafting.remove_many, self.session.app, self.ledger.key, ids)

        def told(number: int) -> None:
            session.done(f"已把 {number} 条记录放进回收站")

        session.do(lambda: session.write(len(ids), remove, told, f"删除 {len(ids)} 条记录"))
        self.view.setFocus()  # the buttons turn grey; the keys must not go to whatever stands beside them

    def batch(self) -> None:
        """Write one value into all selected records."""
        ids = self.view.chosen_ids()
        if ids:
            BatchDialog(self.session, self.ledger, ids, self).open()

    def copy_rows(self) -> None:
        """Copy the selected rows as Excel takes them."""
        copy_rows(self.session, self.ledger, self.records.keys, self.view.chosen_ids())

    def sort_by(self, column: int) -> None:
        """Sort by a column; again turns the order, a third time goes back to the ledger's own order."""
        key = self.records.sort_key(column)
        if key != self._sort:
            self._sort, self._is_descending = key, False
        elif not self._is_descending:
            self._is_descending = True
        else:
            self._sort, self._is_descending = "", True
        self._show_sort()
        self._look()

    def _show_sort(self) -> None:
        head = self.view.horizontalHeader()
        every = [self.records.sort_key(column) for column in range(self.records.columnCount())]
        head.setSortIndicatorShown(self._sort in every)
        if self._sort in every:
            order = Qt.SortOrder.DescendingOrder if self._is_descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(every.index(self._sort), order)

    # --- laying out --------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self._print_button = button("打印", name="printer")
        self._excel_button = button("Excel", name="file-spreadsheet")
        menus = ((self._print_button, self.fill_print_menu), (self._excel_button, self._fill_excel_menu))
        for each, filled in menus:
            menu = QMenu(each)
            menu.aboutToShow.connect(partial(filled, menu))
            hang(each, menu)
        add = button("新登记(&N)", self.add, kind="primary", name="plus")
        add.setToolTip("新登记一条 (Ctrl+N)")
        self.add_head(self._excel_button, self._print_button, add)

    def _build_search(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.search = SearchLine("查找：内容、姓名、拼音首字母、编号 (Ctrl+F)", 340, f"在{self.ledger.title}里查找")
        self.filters = FilterBar(self.session, self.ledger)
        self._every_year = button("全部年度", kind="quiet")
        self._every_year.setCheckable(True)
        self._every_year.setVisible(self.ledger.day is not None)
        columns = icon_button("columns", "选择显示哪些列")
        columns.setPopupMode(columns.ToolButtonPopupMode.InstantPopup)
        columns.setMenu(self.columns.menu())
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.filters, 1)
        row.addWidget(self._every_year, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(columns, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def _build_foot(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._totals = FlowLayout(spacing=px(16))
        row.addLayout(self._totals, 1)
        self._chosen = label("", "soft")
        row.addWidget(self._chosen)
        self._with_chosen = [
            button("批量修改", self.batch, kind="quiet", name="pencil"),
            button("复制为新记录", self.copy_record, kind="quiet", name="copy"),
            button("删除", self.remove, kind="quiet", name="trash"),
        ]
        for each in self._with_chosen:
            row.addWidget(each)
        self.column.addLayout(row)

    def _connect(self) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look)
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.search.left.connect(self._to_table)
        self.filters.changed.connect(self._look)
        self._every_year.toggled.connect(lambda _: self._look())
        self.records.arrived.connect(self._arrived)
        self.view.opened.connect(self.open_row)
        self.view.delete_wanted.connect(self.remove)
        self.view.copy_wanted.connect(self.copy_rows)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.records.modelReset.connect(self._show_chosen)
        self.view.horizontalHeader().sectionClicked.connect(self.sort_by)
        self.view.customContextMenuRequested.connect(self._ask_what)
        self.columns.chosen.connect(self._show_sort)
        for key, action in (("Ctrl+N", self.add), ("Ctrl+F", self.search.take), ("Ctrl+D", self.copy_record)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self._show_chosen()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.columns.spread)

    def _to_table(self) -> None:
        """Go on from the search to what it found."""
        self.view.setFocus()
        if self.records.ids and not self.view.chosen_number():
            self.view.selectRow(0)

    # --- foot and menus ----------------------------------------------------------------------------------------

    def _show_totals(self, found: list[browsing.Total]) -> None:
        clear(self._totals)
        for each in found:
            words = f"{each.name} {each.text}"
            if each.option is None:
                self._totals.addWidget(label(words, "soft"))
            else:
                self._totals.addWidget(link(words, partial(self._narrow, each.option)))
        self._totals.invalidate()

    def _narrow(self, option: Any) -> None:
        """Show only the records of a total; those of a counter are listed apart, for no chip could say which."""
        app, key, asked = self.session.app, self.ledger.key, self.sieve()
        if isinstance(option, Counter):
            listed = partial(self.session.open_records, option.title)
            self.session.work.run(lambda _: browsing.behind(app, key, asked, option), listed, text=option.title)
        elif option == "unproven":
            self.filters.put(Condition(PROOF, "any", False))
        elif self.ledger.workflow is not None:
            self.filters.put(Condition(self.ledger.workflow.stage.key, "any", (option,)))

    def _show_chosen(self) -> None:
        number = self.view.chosen_number()
        self._chosen.setText(f"已选 {number} 条" if number > 1 else "")
        for each in self._with_chosen:
            each.setEnabled(number > 0)

    def _ask_what(self, at: QPoint) -> None:
        """Offer what can be done with the selected records."""
        if number := self.view.chosen_number():
            row_menu(self, number).popup(self.view.viewport().mapToGlobal(at))

    def fill_print_menu(self, menu: QMenu) -> None:
        """Offer the papers of the current record and of what is listed."""
        from ankang_desktop.desktop.paper.choice import Listed, paper_actions

        found = self._meant()
        number = found.number if found else ""
        is_whole = self.records.is_whole
        listed = Listed(self.records.ids, self.records.keys, self._told()) if is_whole else None
        fill(menu, paper_actions(self.session, self.ledger.key, number=number, listed=listed))
        if not is_whole:
            menu.addAction("所列的记录还没有读完，请稍后再试").setEnabled(False)

    def _told(self) -> str:
        """Say in words which records are listed; "" where all are."""
        asked = self.sieve()
        year = f"{asked.year}年" if asked.year else ""
        search = f"查找“{asked.search.strip()}”" if asked.search.strip() else ""
        return "；".join(filter(None, (year, self.filters.sentence(), search)))

    def _fill_excel_menu(self, menu: QMenu) -> None:
        from ankang_desktop.desktop.exchange.menu import exchange_actions

        fill(menu, exchange_actions(self.session, self.ledger.key, self.records.all_ids))
