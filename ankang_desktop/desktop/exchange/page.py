"""A workbook into a ledger, step by step: choose, say what columns mean, look at every row, write as one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMessageBox, QStackedWidget
from shiboken6 import isValid

from ankang_desktop.desktop.exchange.choosing import ChoosingStep
from ankang_desktop.desktop.exchange.draft import Draft
from ankang_desktop.desktop.exchange.ending import EndingStep
from ankang_desktop.desktop.exchange.foot import Foot
from ankang_desktop.desktop.exchange.mapping import MappingStep
from ankang_desktop.desktop.exchange.preview import PreviewStep
from ankang_desktop.desktop.exchange.running import Runner
from ankang_desktop.desktop.frame.page import Page
from ankang_desktop.desktop.paper.targets import XLSX, ask_target, say_written
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.stepper import Stepper
from ankang_desktop.desktop.work import Turns, next_turn, paint_next
from ankang_desktop.kernel.errors import AnkangError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.store.journal import Changes

if TYPE_CHECKING:
    from ankang_desktop.exchange.cells import Cell
    from ankang_desktop.exchange.incoming import Applied, Plan
    from ankang_desktop.exchange.mending import Place
    from ankang_desktop.exchange.reading import Workbook
    from ankang_desktop.exchange.strangers import Stranger
    from ankang_desktop.exchange.understanding import Glance

CHOOSE, MAP, PREVIEW, END = range(4)
STEPS = ("选文件", "对应列", "预览", "完成")


class ImportPage(Page):
    """The import of one workbook; nothing is written before the last button of the third step."""

    title = "从 Excel 导入"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.draft: Draft | None = None
        self.step = CHOOSE
        self.runner = Runner(session.work, self, self._idle)
        self._written: str = ""  # the title of the step this import is in the undo menu
        self.stepper = Stepper(STEPS)
        self.choosing, self.mapping = ChoosingStep(session), MappingStep()
        self.preview, self.ending = PreviewStep(session), EndingStep(session)
        self.add_head()
        self.column.addWidget(self.stepper)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.choosing)
        self._turns = Turns(self)  # what is seen first is put in first
        for each in (self.mapping, self.preview, self.ending):
            self._turns.add(partial(self.stack.addWidget, each))
        self.column.addWidget(self.stack, 1)
        self.foot = Foot(self._back, self._go_preview, self.write, self.save_rejects)
        self.next, self.writing, self.rejecting = self.foot.next, self.foot.writing, self.foot.rejecting
        self.column.addWidget(self.foot)
        self._connect()
        self._show_step(CHOOSE)

    # --- what the page is asked for --------------------------------------------------------------------------------

    def show_with(self, ledger: str = "", path: str = "", **_: Any) -> None:
        """Import into a ledger, from a file if one is named."""
        self._into(ledger)
        if ledger and path:
            self.read(Path(path))

    def keeps_itself(self) -> bool:
        return self.step not in {MAP, PREVIEW} or self.draft is None or not self.draft.has_handwork

    def may_leave(self) -> bool:
        """Ask before cells written over and columns chosen by hand are lost."""
        if self.keeps_itself():
            return True
        text = "改过的单元格和列的对应还没有导入，离开就丢了。离开吗？"
        answer = QMessageBox.question(self, "从 Excel 导入", text)
        return answer == QMessageBox.StandardButton.Yes

    def is_touched_by(self, changes: Changes) -> bool:
        """Say whether a step may change what rows would become, or what was imported."""
        return self.step in {PREVIEW, END}

    def refresh(self) -> None:
        """Work out anew what would become of the rows; at the end, say whether the import still stands."""
        if self.step == PREVIEW and self.draft is not None and not self.runner.is_writing:
            self.work_out(self.preview.show_draft)
        elif self.step == END:
            self._show_standing()

    # --- the first step: reading -----------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Read a workbook in the limited child, off the GUI thread, and look at its columns."""
        self.choosing.set_busy(f"正在读取“{path.name}”…")
        self.runner.run(partial(_read, path), self._take, f"读取 {path.name}")
        self._show_foot()

    def paste(self, text: str) -> None:
        """Take a block copied from Excel or WPS."""
        from ankang_desktop.exchange.pasted import pasted_workbook

        book = self.session.do(partial(pasted_workbook, text))
        if book is not None:
            self._take(book)

    def _take(self, book: Workbook) -> None:
        self.draft = Draft(self.choosing.ledger_key, book)
        self.look()

    def _into(self, ledger: str) -> None:
        self.choosing.show_ledger(ledger)
        title = self.session.app.ledgers[ledger].title if ledger else ""
        self.title = f"从 Excel 导入：{title}" if title else "从 Excel 导入"
        self.heading.setText(self.title)

    def _idle(self) -> None:
        """Let the person go on: nothing runs any more."""
        self.choosing.set_busy("")
        self.preview.set_busy("")
        self._show_foot()

    # --- the second step: columns ----------------------------------------------------------------------------------

    def look(self) -> None:
        """Look at the columns of the draft, and show them."""
        draft = self.draft
        if draft is None:
            return
        app, book, chosen, sheet = self.session.app, draft.mended, dict(draft.chosen), draft.sheet

        def glance(_: Progress) -> Glance:
            from ankang_desktop.actions.tables import glance_at

            return glance_at(app, draft.ledger, book, chosen, sheet)

        self.runner.run(glance, partial(self._seen, draft))

    def _seen(self, draft: Draft, glance: Glance) -> None:
        draft.glance, draft.plan = glance, None
        self.mapping.show_draft(draft)
        self._show_step(MAP)

    def correct(self, header: str, key: str) -> None:
        """Let a column mean a field (or, with "", nothing)."""
        if self.draft is not None and self.draft.glance is not None:
            headings = self.draft.glance.main.headings
            self.draft.choose(header, key, {each.text: each.column.key for each in headings if each.column})
            self.look()

    def _choose_sheet(self, name: str) -> None:
        if self.draft is not None:
            self.draft.sheet, self.draft.chosen = name, {}
            self.look()

    def _other_ledger(self, title: str) -> None:
        if self.draft is not None:
            self._into(self.session.app.ledgers[title].key)
            self._take(self.draft.book)

    # --- the third step: every row ---------------------------------------------------------------------------------

    def work_out(self, then: Callable[[Draft], None]) -> None:
        """Work out what the draft would do; only the newest question is answered."""
        draft = self.draft
        if draft is None:
            return
        from ankang_desktop.actions.tables import plan_book

        app, book, chosen, sheet = self.session.app, draft.mended, dict(draft.chosen), draft.sheet

        def plan(progress: Progress) -> Plan:
            return plan_book(app, draft.ledger, book, progress, chosen=chosen, sheet=sheet).counted()

        def known(found: Plan) -> None:
            draft.plan = found
            then(draft)
            self._show_foot()

        self.preview.set_busy("正在重新核对…")
        self.runner.run(plan, known, "核对每一行")
        self._show_foot()

    def _go_preview(self) -> None:
        def shown(draft: Draft) -> None:
            self.preview.show_draft(draft)
            next_turn(self, partial(self._show_step, PREVIEW))

        self.work_out(shown)

    def mend(self, place: Place, text: str) -> None:
        """Write over a cell, and work out anew what would become of the rows."""
        self._mend({place: text})

    def _rename(self, stranger: Stranger, name: str) -> None:
        """Write another name wherever a stranger's stands."""
        from ankang_desktop.exchange.mending import cell_text

        if self.draft is not None:
            book = self.draft.mended
            self._mend({place: cell_text(book, place).replace(stranger.name, name) for place in stranger.places})

    def _mend(self, cells: dict[Place, Cell]) -> None:
        if self.draft is not None:
            self.draft.cells |= cells
            self.preview.show_waiting(self.draft)
            self.work_out(self.preview.show_draft)

    # --- the last step: writing ------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write what is right as one undo step, off the GUI thread; stopped, nothing is kept."""
        plan = self.draft.plan if self.draft else None
        if plan is None or self.runner.is_busy:
            return
        from ankang_desktop.actions.tables import write_plan

        only_valid, app = plan.has_wrong, self.session.app
        self._written = plan.title
        self.preview.view.setFocus()  # else the keys went on to 取消, the next that is not grey

        def wrote(applied: Applied) -> None:
            if isValid(self):
                self._wrote(plan, applied)
            else:  # the person is elsewhere by now
                self.session.done(f"已导入 {len(applied.added) + len(applied.changed)} 条到“{plan.ledger.title}”")

        def write(progress: Progress) -> Applied:
            return write_plan(app, plan, progress, only_valid=only_valid)

        try:
            self.runner.run(write, wrote, f"导入{plan.ledger.title}", writes=True)
        except AnkangError as error:
            self.session.door.show(error)
        self._show_foot()

    def _wrote(self, plan: Plan, applied: Applied) -> None:
        self.ending.show_written(plan, applied)
        self._show_step(END)
        self._show_standing()

    def _show_standing(self) -> None:
        from ankang_desktop.actions.records import next_steps

        newest, undone = next_steps(self.session.app)
        self.ending.show_standing(is_newest=newest == self._written, is_undone=undone == self._written)

    def save_rejects(self) -> None:
        """Ask where the wrong rows go, and write them as a workbook with the bad cells red."""
        plan = self.draft.plan if self.draft else None
        if plan is None:
            return
        from ankang_desktop.actions.tables import hand_back

        target = ask_target(self.session, self, "错误的行存为", f"{plan.ledger.title}-待改正.xlsx", XLSX)
        if target is not None:
            number = self.session.do(partial(hand_back, plan, target))
            if number is not None:
                say_written(self.session, f"{number} 行错误存到了 {target.name}，改好红色的格子后可直接再导入", target)

    # --- the frame of the steps ------------------------------------------------------------------------------------

    def _go(self, step: int) -> None:
        if step == PREVIEW:
            self._go_preview()
        elif step == CHOOSE and self.may_leave():
            self.draft = None
            self._show_step(CHOOSE)
        elif step == MAP:
            self._show_step(MAP)

    def _show_step(self, step: int) -> None:
        paint_next(self)
        has_come, self.step = step != self.step, step
        if step != CHOOSE:
            self._turns.finish()
        self.stack.setCurrentIndex(step)
        reach = {CHOOSE, MAP} if step in {MAP, PREVIEW} else {step}
        self.stepper.show_step(step, frozenset(reach))
        self._show_foot()
        if has_come:  # the button pressed last is gone: else the keys would be in the navigation now
            begins_at = (self.choosing.opening, self.next, self.preview.view, self.ending.going)[step]
            (begins_at if begins_at.isEnabled() else self).setFocus()

    def _show_foot(self) -> None:
        self.foot.setVisible(self.step in {MAP, PREVIEW})
        self.foot.show_draft(self.draft, is_last=self.step == PREVIEW, is_free=not self.runner.is_busy)

    def _back(self) -> None:
        self._go(self.step - 1)

    def _connect(self) -> None:
        self.stepper.wanted.connect(self._go)
        self.choosing.chosen.connect(self.read)
        self.choosing.pasted.connect(self.paste)
        self.choosing.ledger_chosen.connect(self._into)
        self.mapping.corrected.connect(self.correct)
        self.mapping.sheet_chosen.connect(self._choose_sheet)
        self.mapping.ledger_wanted.connect(self._other_ledger)
        self.preview.mended.connect(self.mend)
        self.preview.renamed.connect(self._rename)
        self.ending.reject_wanted.connect(self.save_rejects)
        self.ending.again_wanted.connect(self._again)
        self.ending.back_wanted.connect(self._go_preview)

    def _again(self) -> None:
        self.draft = None
        self._show_step(CHOOSE)
        self.choosing.set_busy("")


def _read(path: Path, progress: Progress) -> Workbook:
    """Read a workbook; what reads and understands one is imported here, off the GUI thread."""
    from ankang_desktop.actions import tables
    from ankang_desktop.exchange.reading import read_workbook

    _ = tables
    return read_workbook(path, progress)
