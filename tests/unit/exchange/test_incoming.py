"""The preview and its one step: what is matched, what a blank means, what is refused, and lines."""

from __future__ import annotations

from typing import Any

import pytest

from ankang_desktop.exchange import planning
from ankang_desktop.exchange.planning import State
from ankang_desktop.kernel.errors import Cancelled, Refused, UserError
from ankang_desktop.kernel.progress import Stoppable
from ankang_desktop.ledgers import LEDGERS
from tests.unit.exchange.office import Office, book

HEADER = ["编号", "发现日期", "隐患来源", "地点", "隐患描述", "整改时限"]


def hazards(*rows: list[Any], header: list[str] = HEADER) -> Any:
    return book(**{"隐患排查治理台账": [header, *rows]})


def states(planned: Any) -> list[State]:
    return [row.state for row in planned.rows]


def test_by_number_a_blank_clears_and_by_identity_it_keeps(office: Office) -> None:
    office.take("hazard", hazards(["", "2026-3-1", "随手拍", "一车间", "护罩松动", "2026-4-1"]))
    number = office.records(LEDGERS["hazard"])[-1].number
    by_identity = office.plan("hazard", hazards(["", "2026-3-1", "", "", "护罩松动", "2026-5-1"]))
    assert by_identity.rows[0].changed == ("deadline",)
    by_number = office.plan("hazard", hazards([number, "2026-3-1", "随手拍", "", "护罩松动", "2026-4-1"]))
    assert by_number.rows[0].changed == ("place",)
    office.apply(by_number)
    assert office.records(LEDGERS["hazard"])[-1].values["place"] is None


def test_some_columns_of_numbered_records_are_enough(office: Office) -> None:
    office.take("hazard", hazards(["", "2026-3-1", "随手拍", "一车间", "护罩松动", ""]))
    number = office.records(LEDGERS["hazard"])[-1].number
    planned = office.plan("hazard", hazards([number, "2026-4-2"], header=["编号", "整改时限"]))
    assert (states(planned), planned.rows[0].changed) == ([State.changed], ("deadline",))


def test_what_is_unchanged_is_never_refused(office: Office) -> None:
    person = office.add("employee", code="0077", name="钱七")
    office.add("hazard", **{**office.smallest(LEDGERS["hazard"], 3), "description": "甲", "responsible": person})
    with office.begin("删除") as unit:
        unit.remove(person)
    stored = office.records(LEDGERS["hazard"])[-1]
    header = ["编号", "责任人"]
    assert states(office.plan("hazard", hazards([stored.number, "钱七(0077)"], header=header))) == [State.same]
    assert states(office.plan("hazard", hazards([stored.number, "钱七(0078)"], header=header))) == [State.wrong]


def test_duplicates_in_the_workbook(office: Office) -> None:
    row = ["", "2026-3-1", "随手拍", "一车间", "护罩松动", ""]
    other = [*row[:3], "二车间", *row[4:]]
    planned = office.plan("hazard", hazards(row, row, other))
    assert states(planned) == [State.added, State.wrong, State.added]
    assert planned.faults[0].sentence == "“隐患排查治理台账”第3行 编号(A列)：与第2行重复，请删去一行"
    people = book(名册=[["工号", "姓名"], ["0100", "甲"], ["0100", "乙"]])
    assert states(office.plan("employee", people)) == [State.added, State.wrong]
    office.apply(planned, only_valid=True)
    assert states(office.plan("hazard", hazards(row, other))) == [State.same, State.same]


def test_numbers_that_are_not_here(office: Office) -> None:
    row = ["2026-3-1", "随手拍", "一车间", "护罩松动", ""]
    planned = office.plan("hazard", hazards(["YH-2019-0004", *row]))
    assert states(planned) == [State.added]
    assert "本工作区没有" in planned.rows[0].advice[0].text
    office.apply(planned)
    stored = office.records(LEDGERS["hazard"])[-1]
    with office.begin("删除") as unit:
        unit.remove(stored.id)
    assert "回收站" in office.plan("hazard", hazards([stored.number, *row])).faults[0].text


def test_a_unique_ledger_keeps_its_identities(office: Office) -> None:
    numbers = [stored.number for stored in office.records(LEDGERS["employee"])]
    taken = book(名册=[["编号", "工号", "姓名"], [numbers[1], "0001", "李二"]])
    assert office.plan("employee", taken).faults[0].text == "职工名册中已有工号为“0001”的记录"


def test_a_single_ledger_is_changed_never_doubled(office: Office) -> None:
    profile = LEDGERS["profile"]
    office.add("profile", **office.smallest(profile, 1))
    rows = [["单位名称", "简称"], ["华兴机械厂", "华兴"]]
    planned = office.plan("profile", book(企业档案=rows))
    assert states(planned) == [State.changed]
    assert states(office.plan("profile", book(企业档案=[*rows, ["第二厂", ""]]))) == [State.changed, State.wrong]


def test_lines_are_put_to_their_records(office: Office) -> None:
    main = [["编号", "培训名称", "培训日期", "邀请班组"], ["新1", "夏季培训", "2026-6-1", "一班、机修/电工班"]]
    people = [["编号", "姓名", "成绩"], ["新1", "张一", 95.5], ["新１", 2, ""]]
    planned = office.plan("training", book(安全教育培训档案=main, 参加人员=people))
    assert planned.faults == []
    office.apply(planned)
    stored = office.records(LEDGERS["training"])[-1]
    assert [row["present"] for row in stored.rows["attendance"]] == [True, True]
    assert len(stored.rows["teams"]) == 2
    fewer = [["编号", "姓名"], [stored.number, "张一"]]
    again = office.plan("training", book(安全教育培训档案=[main[0], [stored.number, *main[1][1:]]], 参加人员=fewer))
    assert again.rows[0].changed == ("attendance",)
    assert str(again.rows[0].rows["attendance"][0]["score"]) == "95.5"
    office.apply(again)
    alone = book(安全教育培训档案=[main[0], ["", "另一期", "2026-7-1", ""]], 参加人员=[*fewer, [stored.number, "李二"]])
    planned = office.plan("training", alone)
    assert [(row.sheet, row.state) for row in planned.rows] == [
        ("安全教育培训档案", State.added),
        ("参加人员", State.changed),
    ]
    assert [row.is_lone for row in planned.rows] == [False, True]
    office.apply(planned)
    assert len(office.records(LEDGERS["training"])) == 2


def test_faults_of_lines_are_found_in_their_sheet(office: Office) -> None:
    main = [["编号", "培训名称", "培训日期"], ["新1", "夏季培训", "2026-6-1"]]
    people = [["编号", "姓名"], ["新1", "张无"], ["新1", ""], ["新2", "张一"], ["", "张一"]]
    people[2].append("x")
    planned = office.plan("training", book(安全教育培训档案=main, 参加人员=people))
    assert [fault.sentence for fault in planned.faults] == [
        "“参加人员”第2行 姓名(B列)：没有叫“张无”的职工，请先登记或改正写法",
        "“参加人员”第3行(B列)：姓名不能为空",
        "“参加人员”第4行：编号“新2”在“安全教育培训档案”表中没有对应的行，请填所属记录的编号或临时编号",
        "“参加人员”第5行：编号为空，在“安全教育培训档案”表中没有对应的行，请填所属记录的编号或临时编号",
    ]


def test_wrong_rows_stop_the_import_unless_left_out(office: Office) -> None:
    good, bad = ["", "2026-3-1", "随手拍", "甲", "护罩松动", ""], ["", "2026-13-1", "随手拍", "甲", "漏电", ""]
    planned = office.plan("hazard", hazards(good, bad))
    before = office.records(LEDGERS["hazard"])
    with pytest.raises(UserError, match="有1行有错误"):
        office.apply(planned)
    assert office.records(LEDGERS["hazard"]) == before
    done = office.apply(planned, only_valid=True)
    assert (len(done.added), len(done.changed)) == (1, 0)
    office.undo()
    assert office.records(LEDGERS["hazard"]) == before


def test_a_workspace_changed_meanwhile_refuses(office: Office) -> None:
    planned = office.plan("employee", book(名册=[["工号", "姓名"], ["0300", "孙八"]]))
    office.add("employee", code="0300", name="周九")
    with pytest.raises(Refused):
        office.apply(planned)


def test_a_stopped_import_keeps_nothing(office: Office) -> None:
    planned = office.plan("hazard", hazards(["", "2026-3-1", "随手拍", "甲", "护罩松动", ""]))
    watch, before = Stoppable(), office.records(LEDGERS["hazard"])
    watch.cancelled = True
    with pytest.raises(Cancelled):
        office.apply(planned, progress=watch)
    with pytest.raises(Cancelled):
        office.plan("hazard", hazards(["", "2026-3-1", "随手拍", "甲", "护罩松动", ""]), progress=watch)
    assert office.records(LEDGERS["hazard"]) == before


def test_what_would_change_is_told_in_shown_words(office: Office) -> None:
    office.take("hazard", hazards(["", "2026-3-1", "随手拍", "一车间", "护罩松动", "2026-4-1"]))
    number = office.records(LEDGERS["hazard"])[-1].number
    planned = office.plan("hazard", hazards([number, "2026-3-1", "班组互查", "", "护罩松动", ""]))
    (row,) = planned.updates
    assert (row.row, row.number, row.cleared) == (2, number, 2)
    assert [change.sentence for change in row.changes] == [
        "隐患来源：随手拍 → 班组互查",
        "地点：一车间 → （空）",
        "整改时限：2026-04-01 → （空）",
    ]
    assert planned.summary == "新增0条、更新1条、相同0条、错误0条，其中将清空2项"
    assert planned.title == "导入隐患排查治理台账（新增0条、更新1条、相同0条、错误0条）"


def test_lines_that_would_go_are_told(office: Office) -> None:
    main = [["编号", "培训名称", "培训日期", "邀请班组"], ["新1", "夏季培训", "2026-6-1", "一班、机修/电工班"]]
    people = [["编号", "姓名", "成绩"], ["新1", "张一", 95.5], ["新1", "李二", 60]]
    office.take("training", book(安全教育培训档案=main, 参加人员=people))
    number = office.records(LEDGERS["training"])[-1].number
    fewer = book(
        安全教育培训档案=[main[0], [number, *main[1][1:3], "一班"]], 参加人员=[people[0], [number, "张一", 95.5]]
    )
    (row,) = office.plan("training", fewer).updates
    assert row.cleared == 2
    told = {change.label: (change.before, change.after) for change in row.changes}
    assert told["邀请班组"] == ("一班、机修/电工班", "一班")
    assert told["参加人员"] == ("2行（李二(0002)、60、是）", "1行")


def test_only_the_first_updates_are_told_and_all_are_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "MOST_LISTED", 2)
    office.take("hazard", hazards(*(["", "2026-3-1", "随手拍", "一车间", f"护罩{n}", ""] for n in range(3))))
    numbers = [stored.number for stored in office.records(LEDGERS["hazard"])[-3:]]
    blank = office.plan("hazard", hazards(*([number, ""] for number in numbers), header=["编号", "地点"]))
    assert (len(blank.updates), blank.counts[State.changed], blank.cleared) == (2, 3, 3)


def test_a_header_without_rows_changes_nothing(office: Office) -> None:
    planned = office.plan("hazard", hazards())
    assert set(planned.counts.values()) == {0}
    assert "没有数据" in planned.notes[-1]
