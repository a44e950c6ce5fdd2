"""What a person puts right before an import: pasted blocks, columns, worksheets, cells, names nobody has."""

from __future__ import annotations

import pytest

from ankang_desktop.exchange.guessing import How
from ankang_desktop.exchange.layout import index_of, letter
from ankang_desktop.exchange.mending import cell_text, mend
from ankang_desktop.exchange.pasted import pasted_workbook
from ankang_desktop.exchange.planning import State
from ankang_desktop.exchange.reading import Workbook
from ankang_desktop.exchange.understanding import Glance, glance
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers import LEDGERS
from tests.unit.exchange.office import Office, book

HEAD = ["发现日期", "地点", "隐患描述", "隐患来源", "责任人"]


def look(ledger: str, found: Workbook, sheet: str = "", **chosen: str) -> Glance:
    return glance(found, LEDGERS, LEDGERS[ledger], chosen, sheet=sheet)


def told(seen: Glance) -> dict[str, str]:
    return {each.text: each.column.key if each.column else "" for each in seen.main.headings}


# --- pasted ---------------------------------------------------------------------------------------------------


def test_a_block_copied_from_excel_is_a_table() -> None:
    copied = '地点\t隐患描述\r\n东门\t"栏杆松动\n两处""危险"""\r\n西门\t\r\n\r\n'
    rows = pasted_workbook(copied).sheets[0].rows
    assert rows == [["地点", "隐患描述"], ["东门", '栏杆松动\n两处"危险"'], ["西门", ""]]


def test_a_lone_quote_does_not_swallow_the_rest() -> None:
    rows = pasted_workbook('地点\t描述\n"东门\t松动\n西门\t断裂\n').sheets[0].rows
    assert rows == [["地点", "描述"], ['"东门', "松动"], ["西门", "断裂"]]


@pytest.mark.parametrize("text", ["", "   \n\t\n", "只有一行\t不够"])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="剪贴板里没有表格"):
        pasted_workbook(text)


def test_a_pasted_block_imports(office: Office) -> None:
    lines = ["\t".join(HEAD), "2026/6/1\t东门\t栏杆松动\t随手拍\t张一"]
    planned = office.plan("hazard", pasted_workbook("\n".join(lines)))
    assert planned.counts[State.added] == 1
    assert len(office.apply(planned).added) == 1


# --- columns --------------------------------------------------------------------------------------------------


def test_letters_and_places_are_each_other_s_inverse() -> None:
    assert [index_of(letter(place)) for place in (0, 25, 26, 701, 702)] == [0, 25, 26, 701, 702]


def test_unknown_columns_are_shown_and_what_is_missing_told_not_refused() -> None:
    seen = look("hazard", book(表=[["时候", "在哪", "怎么了"], ["2026-6-1", "东门", "松"]]))
    assert told(seen) == {"时候": "", "在哪": "", "怎么了": ""}
    assert seen.missing == ("发现日期", "隐患来源", "隐患描述")
    seen = look("hazard", book(表=[["时候", "在哪"], ["2026-6-1", "东门"]]), 时候="found_on", 在哪="place")
    assert told(seen) == {"时候": "found_on", "在哪": "place"}
    assert {each.how for each in seen.main.headings} == {How.chosen}
    assert seen.missing == ("隐患来源", "隐患描述")


def test_two_columns_of_one_label_are_shown_though_an_import_refuses_them(office: Office) -> None:
    twice = book(表=[["地点", "地点", "发现日期", "隐患描述"], ["东门", "西门", "2026-6-1", "松"]])
    seen = look("hazard", twice)
    assert told(seen) == {"地点": "place", "地点(2)": "place", "发现日期": "found_on", "隐患描述": "description"}
    assert seen.doubled == ("两列都是“地点”（A列、B列）",)
    assert look("hazard", twice, **{"地点(2)": ""}).doubled == ()
    named = mend(twice, {("表", 1, 4): "隐患来源", ("表", 2, 4): "随手拍"})
    other = office.plan("hazard", named, chosen={"地点": "", "地点(2)": "place"})
    assert [row.values["place"] for row in other.rows] == ["西门"]
    with pytest.raises(UserError, match="两列都是“地点”"):
        office.plan("hazard", twice)


def test_a_personal_column_is_dropped_and_said() -> None:
    seen = look("employee", book(职工名册=[["工号", "姓名", "手机号"], ["1", "甲", "无"]]))
    assert seen.main.dropped == ("手机号",)


def test_the_workbook_of_another_ledger_is_named() -> None:
    assert look("hazard", book(表=[["工号", "姓名", "性别", "入职日期"], ["1", "甲", "男", ""]])).other == "职工名册"
    assert look("employee", book(表=[["工号", "姓名", "性别"], ["1", "甲", "男"]])).other == ""


def test_the_worksheet_can_be_chosen(office: Office) -> None:
    row = ["2026-6-1", "东门", "松", "随手拍", ""]
    found = book(**{"2025": [HEAD, row], "2026": [HEAD, row, [*row[:1], "西门", *row[2:]]]})
    assert look("hazard", found).sheets == ("2025", "2026")
    assert look("hazard", found).main.sheet.name == "2025"
    assert [each.sheet.name for each in look("hazard", found).mains] == ["2025", "2026"]
    assert look("hazard", found, "2026").main.sheet.name == "2026"
    assert look("hazard", found, "2026").alike == ("2025", "2026")
    planned = office.plan("hazard", found, sheet="2026")
    assert planned.counts[State.added] == 2
    assert any("“2025”" in note for note in planned.notes)


# --- cells ----------------------------------------------------------------------------------------------------


def test_a_cell_written_over_mends_the_row_and_leaves_the_workbook_alone(office: Office) -> None:
    found = book(表=[HEAD, ["2026-2-30", "东门", "松", "随手拍"], ["2026-6-1", "西门", "裂", "随手拍"]])
    wrong = office.plan("hazard", found).faults
    assert [(each.row, each.column) for each in wrong] == [(2, "A")]
    mended = mend(found, {("表", 2, 0): "2026-2-28", ("表", 3, 4): "张一"})
    planned = office.plan("hazard", mended)
    assert planned.counts[State.added] == 2
    assert cell_text(found, ("表", 2, 0)) == "2026-2-30"
    assert (cell_text(mended, ("表", 2, 0)), cell_text(mended, ("表", 3, 4))) == ("2026-2-28", "张一")
    assert mended.sheets[0].rows[0] is found.sheets[0].rows[0]
    assert mend(found, {}) is found


# --- names ----------------------------------------------------------------------------------------------------


def test_names_nobody_has_are_told_once_with_what_they_may_be(office: Office) -> None:
    rows = [["2026-6-1", f"{place}号门", "松", "随手拍", name] for place, name in enumerate(["张乙", "张一", "张乙"])]
    planned = office.plan("hazard", book(表=[HEAD, *rows]))
    assert [(each.ledger, each.name, each.near) for each in planned.strangers] == [("employee", "张乙", ("张一",))]
    assert planned.strangers[0].places == (("表", 2, 4), ("表", 4, 4))
    office.add("employee", code="0009", name="欧阳建国")
    planned = office.plan("hazard", book(表=[HEAD, [*rows[0][:4], "欧阳健国"]]))
    assert planned.strangers[0].near == ("欧阳建国",)


def test_names_inside_a_cell_of_several_are_told_apart(office: Office) -> None:
    rows = [["培训名称", "培训日期", "学时", "培训对象", "邀请班组"], ["课", "2026-6-1", 2, "全员", "一班、九班"]]
    planned = office.plan("training", book(表=rows))
    assert [(each.ledger, each.name, each.near) for each in planned.strangers] == [("team", "九班", ("一班",))]
