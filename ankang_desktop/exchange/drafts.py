"""The rows of a workbook as drafts of records: values read, lines put to their records, faults with their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ankang_desktop.declare.draft import row_problems
from ankang_desktop.declare.kinds import Names, Reading
from ankang_desktop.declare.ledger import Ledger, Lines
from ankang_desktop.exchange.cells import Cell, text_of
from ankang_desktop.exchange.columns import ColumnReader
from ankang_desktop.exchange.headers import Table
from ankang_desktop.exchange.layout import INSTRUCTIONS, MARK, NUMBER
from ankang_desktop.exchange.understanding import Understood
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.kernel.text import half_width

_TOTAL = re.compile(r"(本[页月])?[合小总累共]\s*计[:：]?$")
_FOOT = re.compile(r"(填表|制表|填报|审核|审批|复核|单位负责人|经办人|主管|联系人|注|备注|说明)[^:：]{0,6}[:：]")
_FEW = 4  # filled cells of a foot line
_EVERY = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong (or odd) with one cell of a worksheet: `row` as Excel counts, `column` its letter (“” if none)."""

    sheet: str
    row: int
    column: str
    field: str
    label: str
    text: str

    @property
    def sentence(self) -> str:
        """One sentence that finds the cell: “隐患排查治理台账”第5行 整改时限(F列)：“2026-2-30”不是有效日期…."""
        place = f"({self.column}列)" if self.column else ""
        label = "" if self.label in self.text else f" {self.label}"
        return f"“{self.sheet}”第{self.row}行{label}{place}：{self.text}"


@dataclass(slots=True)
class LineRow:
    """One row of a sheet of lines: `values` of the filled cells, `given` the keys of all its columns."""

    row: int
    values: dict[str, Any]


@dataclass(slots=True)
class Draft:
    """One record as the workbook has it; `values` holds None for blank cells, `misread` the cells that are no values.

    `sheet` is the worksheet its row stands on; it is a sheet of lines where `is_lone`: its rows name a record that no
    main sheet holds.
    """

    sheet: str
    row: int
    mark: str
    values: dict[str, Any]
    inline: dict[str, list[dict[str, Any]] | None]
    misread: dict[str, tuple[str, Cell]] = field(default_factory=dict)
    lines: dict[str, list[LineRow]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_lone: bool = False

    def seen_from(self, other: Draft) -> str:
        """Say where the row is, for the sentence of another: 第3行, “2月”第3行."""
        return f"第{self.row}行" if self.sheet == other.sheet else f"“{self.sheet}”第{self.row}行"


class Drafter:
    """Makes the drafts of a workbook; `notes` collects what was skipped."""

    def __init__(self, ledger: Ledger, understood: Understood, names: Names, progress: Progress) -> None:
        self.ledger = ledger
        self.understood = understood
        self.notes: list[str] = []
        self._names = names
        self._progress = progress

    def drafts(self) -> list[Draft]:
        """Return one draft for every row of the main sheets, and for every record named only by its lines."""
        found = [draft for table in self.understood.mains for draft in self._main(table)]
        by_mark: dict[str, Draft] = {}
        for draft in found:
            if draft.mark and by_mark.setdefault(draft.mark, draft) is not draft and self.understood.lines:
                text = f"编号“{draft.mark}”与{by_mark[draft.mark].seen_from(draft)}重复，请改成不同的编号"
                draft.faults.append(self._fault(self.understood.tables[draft.sheet], draft.row, NUMBER, text))
        for key, table in self.understood.lines.items():
            self._put_lines(table, self.ledger.line(key), by_mark, found)
        return found

    def _readers(self, table: Table) -> list[tuple[int, str, ColumnReader]]:
        reading = Reading(self.understood.years[table.sheet.name], self._names)
        return [(index, column.key, ColumnReader(column, reading)) for index, column in table.columns.items()]

    def _main(self, table: Table) -> Iterator[Draft]:
        readers = self._readers(table)
        inline = {column.key for column in table.columns.values() if column.lines}
        for number, row in self._data(table):
            draft = Draft(table.sheet.name, number, "", {}, {})
            for index, key, reader in readers:
                cell = row[index] if index < len(row) else ""
                value, sentence = reader.read(cell)
                if sentence:
                    draft.misread[key] = (sentence, cell)
                elif key in inline:
                    draft.inline[key] = value
                else:
                    draft.values[key] = value
            draft.mark = mark_of(draft.values.pop(NUMBER, None))
            yield draft

    def _put_lines(self, table: Table, lines: Lines, by_mark: dict[str, Draft], found: list[Draft]) -> None:
        readers = self._readers(table)
        for number, row in self._data(table):
            line, faults = LineRow(number, {}), []
            for index, key, reader in readers:
                value, sentence = reader.read(row[index] if index < len(row) else "")
                line.values[key] = value
                if sentence:
                    faults.append(self._fault(table, number, key, sentence))
            mark = mark_of(line.values.pop(MARK, None))
            draft = by_mark.get(mark) if mark else None
            if draft is None:
                draft = Draft(table.sheet.name, number, mark, {}, {}, is_lone=True)
                found.append(draft)
                if mark:
                    by_mark[mark] = draft
            misread = {fault.field for fault in faults}
            problems = [each for each in row_problems(lines, line.values) if each.field not in misread]
            draft.faults += faults + [self._fault(table, number, each.field, each.text) for each in problems]
            draft.lines.setdefault(lines.key, []).append(line)

    def _fault(self, table: Table, row: int, key: str, text: str) -> Fault:
        return Fault(table.sheet.name, row, table.places.get(key, ""), key, table.layout.by_key[key].label, text)

    def _data(self, table: Table) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Yield (row number, cells) of what is data: not blank, no instructions, no repeated header, no total."""
        rows, title = table.sheet.rows, f"正在核对“{table.sheet.name}”"
        header = rows[table.head]
        for index in range(table.head + 1, len(rows)):
            if index % _EVERY == 0:
                self._progress.step(title, index, len(rows))
            row = rows[index]
            filled = [cell for cell in row if cell != ""]
            first = text_of(filled[0]) if filled else ""
            if not filled or first == INSTRUCTIONS or row == header or all(text_of(cell) == "" for cell in filled):
                continue
            if _TOTAL.match(first) or (len(filled) <= _FEW and _FOOT.match(first)):
                self.notes.append(f"“{table.sheet.name}”第{index + 1}行“{first[:12]}”是合计或表尾，没有导入")
                continue
            yield index + 1, row


def mark_of(number: str | None) -> str:
    """Return a number or temporary mark as it is compared: half-width, capitals."""
    return half_width(number).upper() if number else ""
