"""What is written: readable by Excel, whole on disk, nobody named in copies that leave, wrong rows handed back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ankang_desktop.exchange.outgoing import export, template
from ankang_desktop.exchange.planning import State
from ankang_desktop.exchange.reading import read_workbook
from ankang_desktop.exchange.rejects import hand_back
from ankang_desktop.exchange.verifying import Written, verify
from ankang_desktop.kernel.errors import Cancelled, UserError, WorldError
from ankang_desktop.kernel.progress import Stoppable
from ankang_desktop.ledgers import LEDGERS
from tests.unit.exchange.office import Office, book

HAZARD = LEDGERS["hazard"]


def test_page_and_help_of_a_template(tmp_path: Path) -> None:
    template(HAZARD, tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = workbook[HAZARD.title]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B3", "$1:$1")
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert any("随手拍" in rule.formula1 for rule in lists)
    assert "必填" in str(sheet["B2"].value)


def test_what_takes_several_words_of_a_list_shows_it_and_is_not_checked(tmp_path: Path) -> None:
    template(HAZARD, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")[HAZARD.title]
    letters = {str(cell.value): cell.column_letter for cell in sheet[1]}
    rules = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
    campaigns, source = rules[letters["所属活动"]], rules[letters["隐患来源"]]
    assert (campaigns.type, campaigns.showErrorMessage) == ("list", False)
    assert (source.type, source.showErrorMessage, source.errorStyle) == ("list", True, "warning")


def test_a_row_is_as_high_as_its_text(office: Office, tmp_path: Path) -> None:
    template(HAZARD, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")[HAZARD.title]
    assert sheet.row_dimensions[2].height >= 15 * 9  # “可多项，用顿号隔开：安全生产月、…” in 20 characters
    for words in ("短", "很长的班组名称" * 5):
        office.add("team", name=words)
    team = LEDGERS["team"]
    with office.names() as names:
        export(team, office.records(team), names, tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")[team.title]
    rows = {str(row[1].value)[:3]: sheet.row_dimensions[row[0].row].height or 15 for row in sheet.iter_rows(min_row=2)}
    assert rows["很长的"] >= rows["短"] + 15 * 2


def test_a_wide_ledger_is_printed_so_that_it_can_be_read(tmp_path: Path) -> None:
    pages = {}
    for ledger in (HAZARD, LEDGERS["post"]):
        template(ledger, tmp_path / "a.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")[ledger.title]
        pages[ledger.key] = sheet.page_setup.fitToWidth or 1
        assert sheet.print_title_cols == "$A:$A"
    assert pages == {"hazard": 5, "post": 1}


def test_long_lists_lie_on_a_hidden_sheet(tmp_path: Path) -> None:
    ledger = LEDGERS["activity"]
    template(ledger, tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert workbook["选项"].sheet_state == "hidden"
    rules = workbook[ledger.title].data_validations.dataValidation
    assert any(rule.formula1.startswith("选项!$A$1:$A$") for rule in rules if rule.type == "list")


def test_values_stand_as_what_they_are(office: Office, tmp_path: Path) -> None:
    office.add("hazard", **{**office.whole(HAZARD, 4)[0]})
    with office.names() as names:
        export(HAZARD, office.records(HAZARD), names, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")[HAZARD.title]
    found = {str(head.value): cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (found["发现日期"].is_date, found["发现日期"].number_format) == (True, "yyyy-mm-dd")
    assert isinstance(found["整改资金"].value, int | float)
    assert found["首次时限"].font.color.rgb == "FF7F7F7F"
    assert sheet.auto_filter.ref.startswith("A1:")


def test_more_names_than_a_cell_holds(office: Office, tmp_path: Path) -> None:
    ledger = LEDGERS["commitment"]
    with office.begin("名册") as unit:
        people = [({"code": f"P{n:05}", "name": "甲乙丙丁戊己庚辛"}, {}) for n in range(2200)]
        ids = unit.add_many(LEDGERS["employee"], people)
        unit.add(ledger, office.smallest(ledger, 1), {"signatories": [{"person": key} for key in ids]})
    with office.names() as names:
        export(ledger, office.records(ledger), names, tmp_path / "a.xlsx")
    again = office.plan(ledger.key, read_workbook(tmp_path / "a.xlsx"))
    assert {row.state for row in again.rows} == {State.same}
    assert "签订人" in openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True).sheetnames


def test_copies_that_leave(office: Office, tmp_path: Path) -> None:
    person = office.add("employee", code="0500", name="欧阳建国")
    shared = office.smallest(HAZARD, 5) | {"reporter": person, "responsible": person}
    office.add("hazard", **shared | {"description": "甲", "confidential": True})
    office.add("hazard", **shared | {"description": "乙", "confidential": False})
    with office.names() as names:
        export(HAZARD, office.records(HAZARD), names, tmp_path / "a.xlsx", masked=True)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")[HAZARD.title]
    header = [cell.value for cell in sheet[1]]
    column = {
        label: [row[header.index(label)].value for row in sheet.iter_rows(min_row=2)] for label in ("发现人", "责任人")
    }
    assert column == {"发现人": ["匿名", "欧***"], "责任人": ["欧***", "欧***"]}


def test_an_export_that_is_stopped_leaves_the_old_file(office: Office, tmp_path: Path) -> None:
    office.add("hazard", **office.smallest(HAZARD, 6))
    (tmp_path / "a.xlsx").write_text("旧")
    watch = Stoppable()
    watch.cancelled = True
    with office.names() as names, pytest.raises(Cancelled):
        export(HAZARD, office.records(HAZARD), names, tmp_path / "a.xlsx", progress=watch)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    assert (tmp_path / "a.xlsx").read_text() == "旧"


def test_reading_back_notices_what_is_missing(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    office.add("hazard", **office.smallest(HAZARD, 7))
    with office.names() as names:
        export(HAZARD, office.records(HAZARD), names, path)
    number = office.records(HAZARD)[-1].number
    verify(path, [Written(HAZARD.title, 2, number)])
    for wrong in (
        Written(HAZARD.title, 3, number),
        Written(HAZARD.title, 2, "YH-1999-0001"),
        Written("别的", 2, number),
    ):
        with pytest.raises(WorldError, match="不一致"):
            verify(path, [wrong])
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(WorldError, match="不一致"):
        verify(path, [Written(HAZARD.title, 2, number)])


def test_wrong_rows_are_handed_back_and_come_again(office: Office, tmp_path: Path) -> None:
    header: list[Any] = ["序号", "培训名称", "培训日期", "学时", "身份证"]
    main = [["2025年培训"], header, [1, "甲", "6.1", 8, "x"], [2, "乙", "2.30", 4, "x"], [3, "丙", "6.3", 2, "x"]]
    people = [["编号", "姓名"], ["1", "张一"], ["2", "李二"], ["3", "没有此人"], ["3", "张一"]]
    planned = office.plan("training", book(安全教育培训档案=main, 参加人员=people))
    assert [row.state for row in planned.rows] == [State.added, State.wrong, State.wrong]
    assert hand_back(planned, tmp_path / "退回.xlsx") == 2
    workbook = openpyxl.load_workbook(tmp_path / "退回.xlsx")
    sheet, inside = workbook[LEDGERS["training"].title], workbook["参加人员"]
    assert [cell.value for cell in sheet[2]] == ["序号", "培训名称", "培训日期", "学时", None, "问题"]
    assert "不是有效日期" in str(sheet["F3"].value)
    assert (sheet["C3"].fill.fgColor.rgb, sheet["B3"].fill.fgColor.rgb) == ("FFFFC7CE", "00000000")
    assert [row[0].value for row in inside.iter_rows(min_row=3)] == ["2", "3", "3"]
    sheet["C3"], inside["B4"] = "6.2", "李二"
    workbook.save(tmp_path / "改好.xlsx")
    again = office.plan("training", read_workbook(tmp_path / "改好.xlsx"))
    assert again.faults == []
    assert [str(row.values["held_on"]) for row in again.rows] == ["2025-06-02", "2025-06-03"]
    assert [len(row.rows["attendance"]) for row in again.rows] == [1, 2]


def test_what_a_column_was_said_to_mean_need_not_be_said_again(office: Office, tmp_path: Path) -> None:
    rows = [["起个名", "培训日期"], ["甲", "2.30"]]
    planned = office.plan("training", book(培训=rows), chosen={"起个名": "title"})
    hand_back(planned, tmp_path / "退回.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "退回.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["培训名称", "培训日期", "问题"]


def test_nothing_to_hand_back(office: Office, tmp_path: Path) -> None:
    planned = office.plan("employee", book(名册=[["工号", "姓名"], ["0400", "吴十"]]))
    with pytest.raises(UserError, match="没有需要退回的行"):
        hand_back(planned, tmp_path / "a.xlsx")
