"""The page of a ledger, derived from its declaration; one page serves them all, each with its own memory."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QMessageBox, QStackedWidget

from ankang_desktop.actions import browsing, drafting
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.ledger.batch import BatchDialog
from ankang_desktop.desktop.ledger.filters import FilterBar
from ankang_desktop.desktop.ledger.model import RecordsModel
from ankang_desktop.desktop.ledger.view import RecordsView
from ankang_desktop.desktop.look import icon, px
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, FlowLayout, button, clear, icon_button, label, link
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
        self._sort, self._is_descending = "", True
        self._kept: int | None = None
        self._totals_of = Latest(session.work)
        self._build_head()
        self._build_search()
        self._empty = EmptyState("clipboard-list", "没有符合条件的记录", "清除筛选，或换一个年度看看")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack, 1)
        self._build_foot()
        self._remember_columns()
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
        self._kept = self.records.ids[current.row()] if current.isValid() else self._kept
        asked = self.sieve()
        self.records.look_at(asked)
        app, key = self.session.app, self.ledger.key
        self._totals_of.run(lambda _: browsing.totals(app, key, asked), self._show_totals)

    def _arrived(self, number: int) -> None:
        self._stack.setCurrentIndex(0 if number else 1)
        if not number:
            is_plain = not self.filters.conditions and not self.search.text()
            self._empty.told.setText(f"还没有{self.ledger.title}的记录" if is_plain else "没有符合条件的记录")
            self._empty.remedy.setText(
                "按“新登记”写第一条，或从 Excel 导入" if is_plain else "清除筛选，或换一个年度看看"
            )
        place = -1 if self._kept is None else self.records.place_of(self._kept)
        if place >= 0 and self.view.currentIndex().row() != place:
            self.view.selectRow(place)
            self.view.scrollTo(self.records.index(place, 0))
        self._show_chosen()

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

    def copy_record(self) -> None:
        """Begin a new record as a copy of the current one."""
        found = self.records.row_at(self.view.currentIndex().row()) if self.view.currentIndex().isValid() else None
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
        if self.session.do(partial(drafting.remove_many, self.session.app, self.ledger.key, ids)):
            self.session.done(f"已把 {len(ids)} 条记录放进回收站")

    def batch(self) -> None:
        """Write one value into all selected records."""
        ids = self.view.chosen_ids()
        if ids:
            BatchDialog(self.session, self.ledger, ids, self).open()

    def copy_rows(self) -> None:
        """Copy the selected rows as Excel takes them."""
        rows = self.view.chosen_rows()[:5000]
        heads = [self.ledger.fields[key].label for key in self.records.keys]
        lines = ["\t".join(heads)]
        lines += ["\t".join(found.texts) for row in rows if (found := self.records.row_at(row))]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.session.door.say(f"已复制 {len(rows)} 行，可以粘贴到 Excel", "", "info")

    def sort_by(self, column: int) -> None:
        """Sort by a column; again turns the order, a third time goes back to the ledger's own order."""
        key = self.records.sort_key(column)
        if key == PROOF:
            self.filters.put(Condition(PROOF, "any", False))
            return
        if key != self._sort:
            self._sort, self._is_descending = key, False
        elif not self._is_descending:
            self._is_descending = True
        else:
            self._sort, self._is_descending = "", True
        head = self.view.horizontalHeader()
        head.setSortIndicatorShown(bool(self._sort))
        order = Qt.SortOrder.DescendingOrder if self._is_descending else Qt.SortOrder.AscendingOrder
        head.setSortIndicator(column, order)
        self._look()

    # --- laying out --------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self._print_button = button("打印", name="printer")
        self._excel_button = button("Excel", name="file-spreadsheet")
        for each, fill in ((self._print_button, self._fill_print_menu), (self._excel_button, self._fill_excel_menu)):
            menu = QMenu(each)
            menu.aboutToShow.connect(partial(fill, menu))
            each.setMenu(menu)
            each.setStyleSheet(f"padding-right: {px(26)}px;")
        add = button("新登记(&N)", self.add, kind="primary", name="plus")
        add.setToolTip("新登记一条 (Ctrl+N)")
        self.add_head(self._excel_button, self._print_button, add)

    def _build_search(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText("查找：内容、姓名、拼音首字母、编号 (Ctrl+F)")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(px(280))
        self.filters = FilterBar(self.session, self.ledger)
        self._every_year = button("全部年度", kind="quiet")
        self._every_year.setCheckable(True)
        self._every_year.setVisible(self.ledger.day is not None)
        self._columns = icon_button("columns", "选择显示哪些列")
        self._columns.setPopupMode(self._columns.ToolButtonPopupMode.InstantPopup)
        self._columns.setMenu(self._columns_menu())
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.filters, 1)
        row.addWidget(self._every_year, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._columns, 0, Qt.AlignmentFlag.AlignTop)
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
        self.filters.changed.connect(self._look)
        self._every_year.toggled.connect(lambda _: self._look())
        self.records.arrived.connect(self._arrived)
        self.view.opened.connect(self.open_row)
        self.view.delete_wanted.connect(self.remove)
        self.view.copy_wanted.connect(self.copy_rows)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.records.modelReset.connect(self._show_chosen)
        head = self.view.horizontalHeader()
        head.sectionClicked.connect(self.sort_by)
        head.sectionResized.connect(lambda *_: self._widths_timer.start())
        for key, action in (("Ctrl+N", self.add), ("Ctrl+F", self.search.setFocus), ("Ctrl+D", self.copy_record)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
        self._show_chosen()

    # --- columns -----------------------------------------------------------------------------------------------

    def _remember_columns(self) -> None:
        kept = self.session.preferences.get(f"columns.{self.ledger.key}")
        if kept and set(kept) <= set(self.ledger.fields):
            self.records.choose_columns(kept)
        self._widths: dict[str, int] = dict(self.session.preferences.get(f"widths.{self.ledger.key}", {}))
        self._is_spread = False
        self._widths_timer = QTimer(self)
        self._widths_timer.setSingleShot(True)
        self._widths_timer.setInterval(500)
        self._widths_timer.timeout.connect(self._keep_widths)

    def _keep_widths(self) -> None:
        """Keep only the widths the person changed, so that the others follow the window."""
        given = {key: wide for key, wide in self.view.widths().items() if wide != self._spread.get(key)}
        if given:
            self._widths |= given
            self.session.preferences.put(f"widths.{self.ledger.key}", self._widths)

    def _respread(self) -> None:
        self.view.spread(self._widths)
        self._spread = self.view.widths()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._respread)

    def _columns_menu(self) -> QMenu:
        menu = QMenu(self)
        for _, fields in self.ledger.arranged():
            for each in fields:
                entry = menu.addAction(each.label)
                entry.setCheckable(True)
                entry.setData(each.key)
                entry.toggled.connect(partial(self._column_toggled, each.key))
        menu.aboutToShow.connect(partial(self._check_columns, menu))
        return menu

    def _check_columns(self, menu: QMenu) -> None:
        for entry in menu.actions():
            entry.blockSignals(True)
            entry.setChecked(entry.data() in self.records.keys)
            entry.blockSignals(False)

    def _column_toggled(self, key: str, is_shown: bool) -> None:  # noqa: FBT001 - Qt's own shape
        order = list(self.ledger.fields)
        chosen = [*self.records.keys, key] if is_shown else [each for each in self.records.keys if each != key]
        keys = ["number", *(each for each in order if each in chosen and each != "number")]
        self.records.choose_columns(keys)
        self.session.preferences.put(f"columns.{self.ledger.key}", keys)
        self._respread()

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
        """Show only the records of a total."""
        if option == "unproven":
            self.filters.put(Condition(PROOF, "any", False))
        elif self.ledger.workflow is not None:
            self.filters.put(Condition(self.ledger.workflow.stage.key, "any", (option,)))

    def _show_chosen(self) -> None:
        number = len(self.view.chosen_rows())
        self._chosen.setText(f"已选 {number} 条" if number > 1 else "")
        for each in self._with_chosen:
            each.setEnabled(number > 0)

    def _fill_print_menu(self, menu: QMenu) -> None:
        from ankang_desktop.desktop.paper.choice import paper_actions

        found = self.records.row_at(self.view.currentIndex().row()) if self.view.currentIndex().isValid() else None
        number = found.number if found else ""
        _fill(
            menu,
            paper_actions(self.session, self.ledger.key, number=number, ids=self.records.ids, keys=self.records.keys),
        )

    def _fill_excel_menu(self, menu: QMenu) -> None:
        from ankang_desktop.desktop.exchange.menu import exchange_actions

        _fill(menu, exchange_actions(self.session, self.ledger.key, lambda: self.records.ids))


def _fill(menu: QMenu, entries: Any) -> None:
    menu.clear()
    for name, text, action in entries:
        menu.addAction(icon(name), text).triggered.connect(lambda _=False, do=action: do())
