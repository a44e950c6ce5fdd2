"""The page: the table on its paper, what belongs to it at its side, freezing, printing."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from ankang_desktop.actions.statistics import (
    Sheet,
    name_for,
    sheet,
    statistics_forms,
    thawed_sheet,
    versions,
)
from ankang_desktop.declare.forms import Form
from ankang_desktop.desktop.form.editors.choices import CalmComboBox
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.screens.statistics.flow import SentenceFlow
from ankang_desktop.desktop.screens.statistics.freezing import FreezeDialog
from ankang_desktop.desktop.screens.statistics.period import PeriodChooser
from ankang_desktop.desktop.screens.statistics.side import Side
from ankang_desktop.desktop.screens.statistics.words import Writer, address
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import EmptyState, FlowLayout, button, card, label, scrolled
from ankang_desktop.desktop.work import Latest, paint_next
from ankang_desktop.scoring.differences import Place, by_place

_SIDE = 336


class StatisticsPage(Page):
    """A statistics table now, or as it was frozen."""

    title = "统计表"
    hint = "点数字看它的记录，Tab 逐个走"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.forms = statistics_forms(session.app)
        self.sheet: Sheet | None = None
        self.frozen = 0
        self._year = 0
        self._filling = Latest(session.work)
        self.add_head(
            button("连同明细预览", lambda: self.print_sheet(with_details=True), name="list-check"),
            button("预览打印(&P)", self.print_sheet, kind="primary", name="printer"),
        )
        self._build_tools()
        self._build_banner()
        self.flow, self.side = SentenceFlow(), Side(session)
        self.flow.opened.connect(self.open_number)
        self.side.freeze_wanted.connect(self.freeze)
        self.side.version_wanted.connect(self.show_version)
        self.side.print_wanted.connect(self.print_version)
        self.side.place_wanted.connect(lambda place: self.flow.go_to(address(place)))
        beside = scrolled(self.side)
        beside.setFixedWidth(px(_SIDE))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.stack = QStackedWidget()
        self.stack.addWidget(EmptyState("refresh", "正在统计…"))
        self.stack.addWidget(self.flow)
        row.addWidget(self.stack, 1)
        row.addWidget(beside)
        self.column.addLayout(row, 1)

    # --- what is shown -----------------------------------------------------------------------------------------

    def form(self) -> Form:
        """Return the table chosen."""
        return self.forms[max(0, self.choice.currentIndex())]

    def show_with(self, code: str = "", frozen: int = 0, **_: Any) -> None:
        """Show a table by its form's code, or a frozen one by its number."""
        codes = [form.code for form in self.forms]
        if code in codes:
            self.choice.setCurrentIndex(codes.index(code))
        if frozen:
            self.show_version(frozen)

    def refresh(self) -> None:
        """Fill the table anew, or compare the frozen one with now."""
        if self.session.year != self._year:
            self.frozen = 0 if self._year else self.frozen
            self._year = self.session.year
            self.period.offer_year(self.form(), self._year)
        app, code, span = self.session.app, self.form().code, self.period.span
        if self.frozen not in {each.id for each in versions(app, code)}:
            self.frozen = 0  # the freezing was undone
        frozen = self.frozen
        if frozen:
            self._filling.run(lambda progress: thawed_sheet(app, frozen, progress), self._filled)
        else:
            self._filling.run(lambda progress: sheet(app, code, span, progress), self._filled)

    def show_version(self, key: int) -> None:
        """Show a frozen table, with what differs now."""
        self.frozen = key
        self.refresh()

    def show_now(self) -> None:
        """Show the numbers as they are now."""
        self.frozen = 0
        self.refresh()

    def _filled(self, found: Sheet) -> None:
        paint_next(self)
        self.sheet = found
        self.stack.setCurrentIndex(1)
        self.begin_at(self.flow)
        self._write()
        self.side.show_sheet(found)
        is_frozen = found.frozen is not None
        self.banner.setVisible(is_frozen)
        for each in (self.period, self.last_year):
            each.setEnabled(not is_frozen)
        if found.frozen is not None:
            number = len(found.differences)
            told = f"与现在相差 {number} 处（红字是现在的数字）" if number else "与现在的数字相同"
            self._told.setText(f"定稿：{found.frozen.title}，{told}")

    def _write(self) -> None:
        """Write the sheet; where last year has no numbers at all, say so instead of writing 0 everywhere."""
        if self.sheet is None:
            return
        last = self.sheet.last
        if self.last_year.isChecked() and last is not None and not any(last.details()):
            self.last_year.setChecked(False)
            told = f"{last.start} 至 {last.end} 没有记录，无法同比"
            self.session.door.say(told, "把去年的台账导入之后再比", "info")
        self.flow.show_page(Writer(self.form(), self.sheet, self.last_year.isChecked()).page())

    # --- doing -------------------------------------------------------------------------------------------------

    def open_number(self, place: Place) -> None:
        """Open the records behind a number."""
        if self.sheet is None:
            return
        blank = by_place(self.sheet.filled)[place]
        twice = {ref.id for ref in blank.doubled}
        refs = [
            {
                "number": ref.number,
                "title": ref.title,
                "day": ref.day,
                "place": ref.place,
                "note": "双计" if ref.id in twice else "",
            }
            for ref in blank.refs
        ]
        told = blank.text or str(blank.quantity)
        self.session.open_records(f"{blank.key} {blank.label}：{told}", refs)

    def freeze(self) -> None:
        """Freeze the numbers shown, under a name."""
        if self.sheet is None or self.sheet.frozen is not None:
            return
        filled = self.sheet.filled
        named = name_for(filled, self.sheet.versions)
        FreezeDialog(self.session, filled, named, self).open()

    def print_sheet(self, *, with_details: bool = False) -> None:
        """Preview what is shown, to print or save it."""
        if self.frozen:
            self.print_version(self.frozen, with_details=with_details)
            return
        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        start, end = self.period.span
        open_paper(self.session, self.form().code, Wanted(start=start, end=end, with_index=with_details))

    def print_version(self, key: int, *, with_details: bool = False) -> None:
        """Preview a frozen table."""
        from ankang_desktop.actions.papers import Wanted
        from ankang_desktop.desktop.paper.preview import open_paper

        open_paper(self.session, self.form().code, Wanted(frozen=key, with_index=with_details))

    # --- inside ------------------------------------------------------------------------------------------------

    def _build_tools(self) -> None:
        tools = FlowLayout(spacing=px(12))
        self.choice = CalmComboBox()
        self.choice.setAccessibleName("统计表")
        self.choice.addItems(["".join(form.title) for form in self.forms])
        self.choice.activated.connect(self._other_form)
        self.choice.setVisible(len(self.forms) > 1)
        self.period = PeriodChooser(self.session)
        self.period.chosen.connect(self.refresh)
        self.last_year = button("同比去年", kind="quiet", name="trending-up")
        self.last_year.setCheckable(True)
        self.last_year.clicked.connect(self._write)
        for each in (self.choice, self.period, self.last_year):
            tools.addWidget(each)
        self.column.addLayout(tools)

    def _build_banner(self) -> None:
        self._told = label("", "strong", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self._told, 1)
        row.addWidget(button("回到现在的数字", self.show_now))
        self.banner = card(row, kind="wash")
        self.banner.hide()
        self.column.addWidget(self.banner)

    def _other_form(self, _: int) -> None:
        self.frozen = 0
        self.period.offer(self.form(), self.session.year)
        self.refresh()
