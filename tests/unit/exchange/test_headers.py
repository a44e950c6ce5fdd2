"""Headers as officers write them: found, understood, and what is personal left out."""

from __future__ import annotations

from typing import Any

import pytest

from ankang_desktop.exchange.guessing import Guesser, How, foreign_unit
from ankang_desktop.exchange.layout import main_layout
from ankang_desktop.exchange.personal import holds_identity, is_personal_header
from ankang_desktop.exchange.planning import State
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers import LEDGERS
from tests.unit.exchange.office import Office, book

IDENTITY = "11010519491231002X"  # the example number of GB 11643


def guesser(ledger: str, **chosen: str) -> Guesser:
    return Guesser(ledger, main_layout(LEDGERS[ledger]), chosen)


@pytest.mark.parametrize(
    ("header", "key", "how"),
    [
        ("发现日期", "found_on", How.label),
        (" 发现\n日期 ", "found_on", How.written_otherwise),
        ("*发现日期（必填）", "found_on", How.written_otherwise),
        ("整改资金(元)", "funds", How.written_otherwise),
        ("整改资金/元", "funds", How.written_otherwise),
        ("隐患内容", "description", How.synonym),
        ("检查日期", "found_on", How.synonym),
        ("整改期限", "deadline", How.synonym),
        ("所在位置", "place", How.synonym),
        ("责任单位", "responsible_department", How.synonym),
        ("序号", "number", How.synonym),
        ("整改时艰", "deadline", How.slip),
        ("整改完成的日期", "rectified_on", How.slip),
    ],
)
def test_a_header_is_recognised(header: str, key: str, how: How) -> None:
    found = guesser("hazard").guess(header)
    assert found is not None
    assert (found.column.key, found.how) == (key, how)


@pytest.mark.parametrize("header", ["问题", "天气", "日期三", "", "（元）"])
def test_other_headers_are_not_guessed(header: str) -> None:
    assert guesser("hazard").guess(header) is None


def test_a_chosen_column_overrides_every_guess() -> None:
    chosen = Guesser("hazard", main_layout(LEDGERS["hazard"]), {"地点": "description", "隐患描述": ""})
    assert chosen.guess("地点") is not None
    assert [found.column.key for header in ("地点", "隐患描述") if (found := chosen.guess(header))] == ["description"]


def test_a_foreign_unit_is_seen() -> None:
    funds = main_layout(LEDGERS["hazard"]).by_key["funds"]
    assert foreign_unit("整改资金（万元）", funds) == "万元"
    assert foreign_unit("整改资金（元）", funds) == ""
    assert foreign_unit("整改资金", funds) == ""


def test_title_rows_and_two_rows_of_header(office: Office) -> None:
    rows: list[list[Any]] = [
        ["2025年隐患排查治理台账", "", "", "", "", ""],
        ["序号", "发现日期", "隐患内容", "隐患来源", "整改情况", ""],
        ["", "", "", "", "整改责任人", "整改期限"],
        [1, "6.1", "护罩松动", "随手拍", "张一", "6月9日"],
        ["合计", 1, "", "", "", ""],
        ["填表人：", "", "", "", "审核人：", ""],
    ]
    planned = office.plan("hazard", book(Sheet1=rows))
    assert planned.faults == []
    assert [row.row for row in planned.rows] == [4]
    values = planned.rows[0].values
    assert (str(values["found_on"]), str(values["deadline"])) == ("2025-06-01", "2025-06-09")
    assert values["responsible"] is not None
    assert any("“隐患内容”(C列)按“隐患描述”导入" in note for note in planned.notes)
    assert sum("合计或表尾" in note for note in planned.notes) == 2


def test_personal_columns_are_dropped_and_said(office: Office) -> None:
    rows = [["工号", "姓名", "身份证号", "联系电话", "备注1"], ["0009", "赵三", IDENTITY, "13800000000", IDENTITY]]
    planned = office.plan("employee", book(花名册=rows))
    assert planned.dropped == ("身份证号", "联系电话", "备注1")
    assert planned.notes[0] == "含个人信息，没有导入的列：身份证号、联系电话、备注1"
    assert dict(planned.rows[0].values) == {"code": "0009", "name": "赵三"}


def test_sheets_left_out_are_told_apart(office: Office) -> None:
    head = ["工号", "姓名", "性别"]
    sheets = {
        "一车间": [head, ["0008", "赵三", "男"]],
        "二车间": [head, ["0009", "钱四", "女"]],
        "说明": [["填表须知"]],
    }
    planned = office.plan("employee", book(**sheets), sheet="一车间")
    assert [row.values["code"] for row in planned.rows] == ["0008"]
    assert planned.notes[:2] == (
        "“二车间”的表头也是“职工名册”的，这次没有导入，请选它再导入一次",
        "工作表“说明”不属于“职工名册”，没有导入",
    )


def test_identity_numbers_by_their_check_mark() -> None:
    assert holds_identity(f"伤者{IDENTITY}，男")
    assert not holds_identity("110105194912310021")
    assert not holds_identity("11010519491331002X")
    assert is_personal_header("家庭住址")
    assert not is_personal_header("地点")


def test_a_column_in_another_unit_is_left_out(office: Office) -> None:
    rows = [["发现日期", "隐患来源", "隐患描述", "整改资金（万元）"], ["2026-3-1", "随手拍", "护罩松动", 3]]
    planned = office.plan("hazard", book(表=rows))
    assert "funds" not in planned.rows[0].values
    assert any("单位是万元" in note for note in planned.notes)


def test_an_explicit_mapping(office: Office) -> None:
    rows = [["哪天", "怎么来的", "什么事", "地点"], ["2026-3-1", "随手拍", "护罩松动", "一车间"]]
    chosen = {"哪天": "found_on", "怎么来的": "source", "什么事": "description", "地点": ""}
    planned = office.plan("hazard", book(表=rows), chosen=chosen)
    assert planned.counts[State.added] == 1
    assert planned.rows[0].values["description"] == "护罩松动"
    assert "place" not in planned.rows[0].values
    with pytest.raises(UserError, match="不存在——是否想用“deadline”"):
        office.plan("hazard", book(表=rows), chosen={"哪天": "dedline"})
