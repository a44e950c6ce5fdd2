"""A workbook of twelve months with one header is one import: every sheet read, every fault at its own sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from openpyxl import Workbook as NewWorkbook
from openpyxl import load_workbook

from ankang_desktop.exchange.cells import dated
from ankang_desktop.exchange.planning import State
from ankang_desktop.exchange.reading import read_workbook
from ankang_desktop.exchange.rejects import hand_back
from ankang_desktop.exchange.understanding import glance
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers import LEDGERS
from tests.unit.exchange.office import Office, book

HEAD = ["发现日期", "地点", "隐患描述", "隐患来源", "整改时限"]


def months(**rows: list[list[Any]]) -> Any:
    return book(**{name: [["隐患台账"], HEAD, *found] for name, found in rows.items()})


def found(day: Any, place: str, deadline: Any = "") -> list[Any]:
    return [day, place, "护罩松动", "随手拍", deadline]


def test_all_sheets_of_one_header_go_in_as_one_step(office: Office) -> None:
    before = office.steps()
    written = months(
        **{f"{month}月": [found(f"2026-{month}-3", f"{month}号门")] for month in range(1, 12)}, **{"12月": []}
    )
    planned = office.plan("hazard", written)
    assert planned.counts[State.added] == 11
    assert not [note for note in planned.notes if "没有导入" in note]
    office.apply(planned)
    assert office.steps() == before + 1
    assert len(office.records(LEDGERS["hazard"])) == 11
    office.undo()
    assert office.records(LEDGERS["hazard"]) == []


def test_a_sheet_of_another_header_stays_out_and_is_named(office: Office) -> None:
    other = [["地点", "发现日期", "隐患描述", "隐患来源", "整改时限"], ["南门", "2026-3-1", "松", "随手拍", ""]]
    written = book(**{"1月": [HEAD, found("2026-1-1", "东门")], "2月": [HEAD], "3月": other, "须知": [["先看这里"]]})
    planned = office.plan("hazard", written)
    assert [row.values["place"] for row in planned.rows] == ["东门"]
    assert planned.notes[:2] == (
        "“3月”的表头也是“隐患排查治理台账”的，这次没有导入，请选它再导入一次",
        "工作表“须知”不属于“隐患排查治理台账”，没有导入",
    )


def test_one_sheet_can_be_asked_for_and_must_be_there(office: Office) -> None:
    written = months(**{f"{month}月": [found(f"2026-{month}-3", f"{month}号门")] for month in (1, 2)})
    assert [row.sheet for row in office.plan("hazard", written, sheet="2月").rows] == ["2月"]
    with pytest.raises(UserError, match=r"没有名为“3月”的工作表.*“1月”、“2月”"):
        office.plan("hazard", written, sheet="3月")


def test_a_fault_names_its_own_sheet_and_its_header_may_stand_elsewhere(office: Office) -> None:
    written = book(
        **{"1月": [HEAD, found("2026-1-1", "东门")], "2月": [["隐患台账"], HEAD, found("2026-2-30", "西门")]}
    )
    planned = office.plan("hazard", written)
    assert [fault.sentence.partition("：")[0] for fault in planned.faults] == ["“2月”第3行 发现日期(A列)"]


def test_the_same_row_in_two_sheets_is_told_with_the_other_sheet(office: Office) -> None:
    row, later = found("2026-1-1", "东门"), found("2026-1-1", "东门", "2026-2-1")
    planned = office.plan("hazard", months(**{"1月": [row], "2月": [row], "3月": [later]}))
    assert [each.state for each in planned.rows] == [State.added, State.wrong, State.added]
    assert planned.faults[0].text == "与“1月”第3行重复，请删去一行"
    assert planned.advice[0].text.endswith("与“1月”第3行相同，会另记一条；若是同一件事，请删去一行")


def test_each_sheet_has_its_own_year(office: Office) -> None:
    planned = office.plan("hazard", months(**{"2024年": [found("6.1", "东门")], "2025年": [found("6.1", "西门")]}))
    assert [row.values["found_on"] for row in planned.rows] == [date(2024, 6, 1), date(2025, 6, 1)]


def test_the_red_workbook_has_the_sheets_of_its_wrong_rows_and_imports_as_a_whole(
    office: Office, tmp_path: Path
) -> None:
    wrong = {f"{month}月": [found("2026-2-30", f"{month}号门")] for month in (2, 4)}
    planned = office.plan("hazard", months(**{"1月": [found("2026-1-3", "东门")], **wrong}))
    assert hand_back(planned, tmp_path / "错.xlsx") == 2
    back = load_workbook(tmp_path / "错.xlsx")
    assert back.sheetnames == ["2月", "4月"]
    for sheet in back:
        sheet["A3"] = "2026-2-28"
    back.save(tmp_path / "改.xlsx")
    again = office.plan("hazard", read_workbook(tmp_path / "改.xlsx"))
    assert [(row.sheet, row.state) for row in again.rows] == [("2月", State.added), ("4月", State.added)]


# --- what Excel keeps otherwise -----------------------------------------------------------------------------------


def test_formulas_without_a_result_are_told_with_the_remedy(office: Office, tmp_path: Path) -> None:
    made = NewWorkbook()
    made.active.append(["只有字"])
    sheet = made.create_sheet("台账")
    sheet.append(HEAD)
    sheet.append(["2026-3-1", '=A1&"门"', "松", "随手拍", "=A2+30"])
    made.save(tmp_path / "公式.xlsx")
    read = read_workbook(tmp_path / "公式.xlsx")
    note = "有 2 个单元格是没有存下结果的公式（“台账”B2 等），读出来是空的；请在 Excel 或 WPS 里打开后另存一次，再导入"
    assert read.notes == (note,)
    assert glance(read, LEDGERS, LEDGERS["hazard"], {}).notes == (note,)
    assert office.plan("hazard", read).notes[0] == note


def test_formulas_with_a_result_are_not_told(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "写.xlsx")) as made:
        sheet = made.add_worksheet("台账")
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(1, 0, '=""', None, "")
    with ZipFile(tmp_path / "写.xlsx") as source, ZipFile(tmp_path / "好.xlsx", "w") as out:
        for name in source.namelist():  # Excel and WPS say of a blank result that it is text, xlsxwriter does not
            out.writestr(name, source.read(name).replace(b'<c r="A2">', b'<c r="A2" t="str">'))
    assert len(read_workbook(tmp_path / "写.xlsx").notes) == 1
    assert read_workbook(tmp_path / "好.xlsx").notes == ()


@pytest.mark.parametrize(
    ("ledger", "key", "cell", "text"),
    [
        ("hazard", "found_on", 45800.0, "2025-05-23"),
        ("hazard", "found_on", 45800.75, "2025-05-23"),
        ("hazard", "place", 45800.0, 45800.0),
        ("hazard", "found_on", "6.1", "6.1"),
    ],
)
def test_a_bare_day_number_is_shown_as_the_date_it_becomes(
    office: Office, ledger: str, key: str, cell: Any, text: Any
) -> None:
    assert dated(cell, LEDGERS[ledger].fields[key].kind) == text
    if key == "found_on":
        planned = office.plan("hazard", months(**{"2025年": [found(cell, "东门")]}))
        assert planned.rows[0].values["found_on"] in {date(2025, 5, 23), date(2025, 6, 1)}
