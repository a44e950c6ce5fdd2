"""The wrong rows handed back: the officer's own cells, the wrong ones red, the last column saying what is wrong.

Mended, the workbook imports as it is: the year of its dates stands in the first line, the last column is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from ankang_desktop.exchange.cells import Cell, text_of
from ankang_desktop.exchange.drafts import Fault, mark_of
from ankang_desktop.exchange.guessing import How
from ankang_desktop.exchange.headers import Heading, Table
from ankang_desktop.exchange.incoming import Plan
from ankang_desktop.exchange.layout import MARK, PROBLEMS, letter
from ankang_desktop.exchange.planning import Planned, State
from ankang_desktop.exchange.verifying import Written, verify
from ankang_desktop.exchange.workbooks import Styles, fit_row, new_workbook, put_raw, set_page
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.files import write_safely

_HEAD = 2  # the line that says where it comes from, and the header
_SHORT, _WIDE = 14, 60


def hand_back(plan: Plan, target: Path) -> int:
    """Write the wrong rows of a plan, with their lines, to a workbook; return how many records there are."""
    wrong = [row for row in plan.rows if row.state is State.wrong]
    if not wrong:
        raise UserError("没有需要退回的行", "所有行都可以导入")
    marks = {row.mark for row in wrong if row.mark}
    faults: dict[tuple[str, int], list[Fault]] = {}
    for fault in plan.faults:
        faults.setdefault((fault.sheet, fault.row), []).append(fault)
    written: list[Written] = []

    def write(path: Path) -> None:
        with new_workbook(path) as book:
            styles = Styles(book)
            for table in (*(_mains_with(wrong, plan)), *plan.understood.lines.values()):
                listed = {row.row for row in wrong if row.sheet == table.sheet.name}
                rows = sorted(listed | _of_marks(table, marks) if table.layout.lines else listed)
                found = {row: faults.get((table.sheet.name, row), []) for row in rows}
                written.append(_put_table(book, styles, plan, table, found))

    write_safely(target, write, lambda path: verify(path, written))
    return len(wrong)


def _mains_with(wrong: Sequence[Planned], plan: Plan) -> list[Table]:
    """Return the main sheets some wrong row stands on, at least the first: lines are nothing without one."""
    names = {row.sheet for row in wrong}
    return [table for table in plan.understood.mains if table.sheet.name in names] or [plan.understood.main]


def _of_marks(table: Table, marks: set[str]) -> set[int]:
    place = next(index for index, column in table.columns.items() if column.key == MARK)
    rows = table.sheet.rows[table.head + 1 :]
    return {
        number
        for number, row in enumerate(rows, table.head + 2)
        if place < len(row) and mark_of(text_of(row[place])) in marks
    }


def _put_table(
    book: Workbook, styles: Styles, plan: Plan, table: Table, faults: Mapping[int, Sequence[Fault]]
) -> Written:
    title = table.layout.title if len(plan.understood.mains) == 1 else table.sheet.name
    sheet = book.add_worksheet(title)
    last = max(heading.index for heading in table.headings) + 1
    set_page(sheet, title, _HEAD, [*[_SHORT] * last, _WIDE])
    sheet.repeat_rows(0, _HEAD - 1)
    headings = [heading for heading in table.headings if heading.text not in {PROBLEMS, *table.dropped}]
    sheet.set_column(0, last - 1, _SHORT)
    sheet.set_column(last, last, _WIDE)
    year = plan.understood.years[table.sheet.name]
    sheet.write_string(0, 0, f"{year}年 “{plan.book.name}”中没有导入的行，改正后可以直接再导入")
    for heading in headings:
        sheet.write_string(1, heading.index, _head(heading), styles.header)
    sheet.write_string(1, last, PROBLEMS, styles.required)
    for place, (number, found) in enumerate(faults.items(), _HEAD):
        red = {fault.column for fault in found}
        cells: Sequence[Cell] = table.sheet.rows[number - 1]
        fit_row(sheet, place, [*((cell, _SHORT) for cell in cells), (_said(found), _WIDE)])
        for heading in headings:
            cell = cells[heading.index] if heading.index < len(cells) else ""
            put_raw(sheet, place, heading.index, cell, styles, is_wrong=letter(heading.index) in red)
        sheet.write_string(place, last, _said(found), styles.wrong_text)
    return Written(title, len(faults) + _HEAD, PROBLEMS if not faults else "")


def _head(heading: Heading) -> str:
    """Return what stands above a column: what a person said it means is written, so that it need not be said again."""
    return heading.column.label if heading.column and heading.how is How.chosen else heading.text


def _said(faults: Sequence[Fault]) -> str:
    if not faults:
        return "本行无误，是同一编号的其他行有错误"
    return "；".join(fault.text if fault.label in fault.text else f"{fault.label}：{fault.text}" for fault in faults)
