"""Units of work: records kept whole, numbers running, undo total, history in rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ankang_desktop.actions.records import history_in_words
from ankang_desktop.app import App
from ankang_desktop.declare.record import Base
from ankang_desktop.kernel.errors import Refused, UserError
from ankang_desktop.ledgers.hazards.words import HazardLevel, Source, Stage
from ankang_desktop.ledgers.vocabulary import Domain
from ankang_desktop.store.journal import history
from ankang_desktop.store.query import Stored, complete, containing, count, fetch, lacking
from ankang_desktop.store.unit import redo, undo

FOUND = {"found_on": date(2026, 6, 1), "source": Source.snapshot, "description": "砂轮机防护罩松动", "place": "一车间"}
ACTIONS = ("add", "change", "remove", "restore", "lines")
GRADED = {"domain": Domain.safety, "level": HazardLevel.general}


def all_rows(app: App) -> dict[str, list[Any]]:
    """Return every row of every ledger table."""
    own = {"step", "change", "alembic_version"}
    with app.read() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=str)
            for table in Base.metadata.sorted_tables
            if table.name not in own
        }


def add(app: App, key: str, **values: Any) -> int:
    with app.begin("登记") as unit:
        return unit.add(app.ledgers[key], values)


def test_running_numbers(app: App) -> None:
    first, second = add(app, "hazard", **FOUND), add(app, "hazard", **FOUND | {"found_on": date(2025, 1, 2)})
    third = add(app, "hazard", **FOUND)
    with app.read() as connection:
        numbers = [each.number for each in fetch(connection, app.ledgers["hazard"], [first, second, third])]
    assert numbers == ["YH-2026-0001", "YH-2025-0001", "YH-2026-0002"]


def test_refused_records_leave_nothing(app: App) -> None:
    before = all_rows(app)
    drafts: list[tuple[Any, Any]] = [(FOUND, {}), ({"found_on": date(2026, 6, 1)}, {})]
    with pytest.raises(Refused) as caught, app.begin("登记") as unit:
        unit.add_many(app.ledgers["hazard"], drafts)
    assert [each.text for each in caught.value.problems] == ["隐患来源不能为空", "隐患描述不能为空"]
    assert all_rows(app) == before


def test_a_second_with_the_same_code_is_refused(app: App) -> None:
    add(app, "employee", code="001", name="王伟")
    with pytest.raises(Refused, match="已有工号为“001”的记录"):
        add(app, "employee", code="001", name="李娜")
    other = add(app, "employee", code="002", name="李娜")
    with pytest.raises(Refused, match="已有工号为“001”"), app.begin("修改") as unit:
        unit.change(other, {"code": "001"})


def test_one_profile_only(app: App) -> None:
    add(app, "profile", name="华兴机械厂")
    with pytest.raises(UserError, match="只能有一条记录"):
        add(app, "profile", name="另一个厂")


def test_undo_and_redo_put_back_every_row(app: App) -> None:
    states = [all_rows(app)]
    person = add(app, "employee", code="001", name="王伟")
    states.append(all_rows(app))
    hazard = add(app, "hazard", **FOUND)
    states.append(all_rows(app))
    with app.begin("修改") as unit:
        unit.change(hazard, {"responsible": person, "place": "二车间"})
    states.append(all_rows(app))
    with app.begin("删除") as unit:
        unit.remove(hazard)
    states.append(all_rows(app))
    for expected in reversed(states[:-1]):
        undo(app.workspace.database, app.ledgers)
        assert all_rows(app) == expected
    for expected in states[1:]:
        redo(app.workspace.database, app.ledgers)
        assert all_rows(app) == expected


def test_nothing_to_undo_is_a_sentence(app: App) -> None:
    with pytest.raises(UserError, match="没有可以撤销的操作"):
        undo(app.workspace.database, app.ledgers)
    with pytest.raises(UserError, match="没有可以重做的操作"):
        redo(app.workspace.database, app.ledgers)


def test_a_new_step_forgets_what_was_undone(app: App) -> None:
    add(app, "hazard", **FOUND)
    undo(app.workspace.database, app.ledgers)
    add(app, "hazard", **FOUND)
    with pytest.raises(UserError, match="没有可以重做"):
        redo(app.workspace.database, app.ledgers)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "change", "remove", "restore", "lines"]), st.integers(0, 9)), max_size=12
    )
)
def test_undo_is_total(app: App, actions: list[tuple[str, int]]) -> None:
    """Whatever was done is undone to the same rows, and redone to the same rows."""
    training = app.ledgers["training"]
    states = [all_rows(app)]
    person = add(app, "employee", code=f"{len(states[0]['employee']):05d}x", name="王伟")
    states.append(all_rows(app))
    living: list[int] = []
    removed: list[int] = []
    for action, number in actions:
        with app.begin(action) as unit:
            if action == "restore" and removed:
                living.append(removed.pop())
                unit.restore(living[-1])
            elif action == "add" or not living:
                values = {"title": f"培训{number}", "held_on": date(2026, 3, 1 + number)}
                living.append(unit.add(training, values, {"attendance": [{"person": person}]}))
            elif action == "change":
                unit.change(living[number % len(living)], {"place": f"教室{number}"})
            elif action == "lines":
                rows = [{"person": person, "score": number} for _ in range(number % 3)]
                unit.change(living[number % len(living)], {}, {"attendance": rows})
            elif action == "remove":
                removed.append(living.pop(number % len(living)))
                unit.remove(removed[-1])
        if unit.changes and unit.changes.step:
            states.append(all_rows(app))
    for expected in reversed(states[:-1]):
        undo(app.workspace.database, app.ledgers)
        assert all_rows(app) == expected
    for expected in states[1:]:
        redo(app.workspace.database, app.ledgers)
        assert all_rows(app) == expected


def test_the_closed_loop(app: App) -> None:
    """Find, grade, order, extend (the first deadline stays), finish, return, finish, accept by someone else, close."""
    people = [add(app, "employee", code=f"00{number}", name=name) for number, name in enumerate(["王伟", "李娜"], 1)]
    hazard = add(app, "hazard", **FOUND)

    def move(key: str, **taken: Any) -> None:
        with app.begin(key) as unit:
            unit.move(hazard, key, taken)

    with pytest.raises(UserError, match="不能“finish”"):
        move("finish", rectified_on=date(2026, 6, 9))
    move("grade", **GRADED)
    with pytest.raises(Refused) as caught:
        move("order", responsible=people[0])
    assert {each.field for each in caught.value.problems} == {"measures", "funds", "deadline", "contingency"}
    move(
        "order",
        responsible=people[0],
        measures="紧固",
        funds=0,
        deadline=date(2026, 6, 10),
        contingency="停用",
    )
    move("extend", new_deadline=date(2026, 6, 20), reason="等备件", approver="厂长")
    move("finish", rectified_on=date(2026, 6, 18))
    move("return", return_reason="防护罩仍松")
    move("finish", rectified_on=date(2026, 6, 19))
    day = date(2026, 6, 20)
    with pytest.raises(Refused, match="须附整改后照片"):
        move("accept", acceptor=people[1], accepted_on=day, closed_on=day)
    add_after_photo(app, hazard)
    with pytest.raises(Refused, match="验收人不能是整改责任人"):
        move("accept", acceptor=people[0], accepted_on=day, closed_on=day)
    move("accept", acceptor=people[1], accepted_on=day, closed_on=day)
    with app.read() as connection:
        stored = fetch(connection, app.ledgers["hazard"], [hazard])[0]
    assert stored.values["stage"] is Stage.closed
    assert (stored.values["first_deadline"], stored.values["deadline"]) == (date(2026, 6, 10), date(2026, 6, 20))
    assert [row["reason"] for row in stored.rows["extensions"]] == ["等备件"]
    with pytest.raises(UserError, match="不能删除"), app.begin("删除") as unit:
        unit.remove(hazard)


def add_after_photo(app: App, hazard: int) -> None:
    """Attach a file to the slot the close-out needs."""
    from ankang_desktop.store.evidence import Use, attach

    path = app.workspace.folder / "after.jpg"
    path.write_bytes(b"not really a photo")
    with app.begin("佐证") as unit:
        attach(unit, app.workspace.evidence, hazard, path, Use("整改后照片"))


def test_history_says_what_changed(app: App) -> None:
    hazard = add(app, "hazard", **FOUND)
    with app.begin("改地点") as unit:
        unit.change(hazard, {"place": "二车间"})
    with app.read() as connection:
        last = history(connection, hazard)[-1]
    assert last.title == "改地点"
    assert last.differences == (("地点", "一车间", "二车间"),)


def test_what_counts_as_proof(app: App) -> None:
    hazards = app.ledgers["hazard"]
    bare, whole = add(app, "hazard", **FOUND), add(app, "hazard", **FOUND, **GRADED, box="3", page="12")
    with app.read() as connection:
        assert count(connection, hazards, complete(hazards)) == 1
        assert lacking(connection, hazards, [bare, whole]) == {bare: ["隐患类别", "隐患等级", "佐证材料（附件或盒号）"]}


def test_headcount_or_names(app: App) -> None:
    training = {"title": "培训", "held_on": date(2026, 3, 1), "hours": 2, "topics": (), "box": "1"}
    lone = add(app, "training", **training)
    with app.read() as connection:
        assert lacking(connection, app.ledgers["training"], [lone])[lone] == ["培训内容", "参加人员或参加人次"]


def test_the_trash_leaves_lists_and_search(app: App) -> None:
    hazards = app.ledgers["hazard"]
    hazard = add(app, "hazard", **FOUND)
    with app.begin("删除") as unit:
        unit.remove(hazard)
    with app.read() as connection:
        assert count(connection, hazards) == 0
        assert count(connection, hazards, containing("防护罩")) == 0
    with app.begin("恢复") as unit:
        unit.restore(hazard)
    with app.read() as connection:
        assert count(connection, hazards, containing("防护罩")) == 1


def test_what_is_in_the_trash_is_left_alone(app: App) -> None:
    hazard = add(app, "hazard", **FOUND)
    with app.begin("删除") as unit:
        unit.remove(hazard)
    with pytest.raises(UserError, match="在回收站里"), app.begin("修改") as unit:
        unit.change(hazard, {"place": "二车间"})
    with pytest.raises(UserError, match="在回收站里"), app.begin("删除") as unit:
        unit.remove(hazard)


def test_restoring_where_another_took_the_place(app: App) -> None:
    first = add(app, "employee", code="001", name="王伟")
    with app.begin("删除") as unit:
        unit.remove(first)
    add(app, "employee", code="001", name="李娜")
    with pytest.raises(Refused, match="已有工号为“001”"), app.begin("恢复") as unit:
        unit.restore(first)
    other = add(app, "employee", code="002", name="赵云")
    with pytest.raises(UserError, match="不在回收站"), app.begin("恢复") as unit:
        unit.restore(other)


def test_a_code_freed_in_a_unit_can_be_used_in_it(app: App) -> None:
    first = add(app, "employee", code="001", name="王伟")
    with app.begin("换号") as unit:
        unit.change(first, {"code": "009"})
        unit.add(app.ledgers["employee"], {"code": "001", "name": "李娜"})


def test_a_stage_is_not_written_over(app: App) -> None:
    hazard = add(app, "hazard", **FOUND)
    with pytest.raises(Refused, match="请办理流程"), app.begin("修改") as unit:
        unit.change(hazard, {"stage": Stage.closed})


def test_a_move_takes_only_what_it_asks_for(app: App) -> None:
    hazard = add(app, "hazard", **FOUND)
    with pytest.raises(Refused, match="“定级”不填这一项"), app.begin("定级") as unit:
        unit.move(hazard, "grade", {**GRADED, "closed_on": date(2026, 7, 1)})


@pytest.mark.parametrize("value", [10**6, "hazard"])
def test_links_lead_to_what_is_meant(app: App, value: Any) -> None:
    if value == "hazard":
        value = add(app, "hazard", **FOUND)
    with pytest.raises(Refused, match="责任人指向的职工不存在"):
        add(app, "hazard", **FOUND, responsible=value)


def test_nothing_changed_is_no_step(app: App) -> None:
    hazard = add(app, "hazard", **FOUND)
    undo(app.workspace.database, app.ledgers)
    redo(app.workspace.database, app.ledgers)
    with app.begin("没有改动") as unit:
        unit.change(hazard, {"place": FOUND["place"]})
    undo(app.workspace.database, app.ledgers)
    with app.read() as connection:
        assert fetch(connection, app.ledgers["hazard"], [hazard]) == []


def test_a_default_can_be_cleared_and_stays_cleared(app: App) -> None:
    training = add(app, "training", title="培训", held_on=date(2026, 3, 1))
    for values, sessions in (({}, 1), ({"sessions": None}, None), ({"place": "教室"}, None)):
        with app.begin("修改") as unit:
            unit.change(training, values)
        with app.read() as connection:
            assert fetch(connection, app.ledgers["training"], [training])[0].values["sessions"] == sessions


def test_blank_is_empty(app: App) -> None:
    hazards = app.ledgers["hazard"]
    hazard = add(app, "hazard", **FOUND | GRADED | {"place": "", "box": ""})
    with app.read() as connection:
        assert count(connection, hazards, complete(hazards)) == 0
        assert lacking(connection, hazards, [hazard]) == {hazard: ["地点", "佐证材料（附件或盒号）"]}


def test_one_row_changed_is_one_line_of_history(app: App) -> None:
    people = [add(app, "employee", code=f"{number}", name="王伟") for number in range(5)]
    training = app.ledgers["training"]
    with app.begin("登记") as unit:
        rows = [{"person": person, "present": True} for person in people]
        record = unit.add(training, {"title": "培训", "held_on": date(2026, 3, 1)}, {"attendance": rows})
    rows[3] = {"person": people[3], "present": False}
    with app.begin("改到场") as unit:
        unit.change(record, {}, {"attendance": rows})
    with app.read() as connection:
        assert history(connection, record)[-1].differences == (("到场", True, False),)
        assert fetch(connection, training, [record])[0].rows["attendance"][3]["present"] is False


def test_rows_taken_out_and_put_in_are_told_by_who_they_are_about(app: App) -> None:
    people = [add(app, "employee", code=f"{number}", name=f"职工{number}") for number in range(5)]
    rows = [{"person": person} for person in people[:4]]
    with app.begin("登记") as unit:
        record = unit.add(
            app.ledgers["training"],
            {"title": "培训", "held_on": date(2026, 3, 1)},
            {"attendance": [{**rows[0], "present": False}, *rows[1:]]},
        )
    with app.begin("改名单") as unit:
        unit.change(record, {}, {"attendance": [*rows[2:], {"person": people[4]}, {**rows[0], "score": Decimal(90)}]})
    with app.begin("换次序") as unit:
        again = [{**rows[0], "score": Decimal(90)}, *rows[2:], {"person": people[4]}]
        unit.change(record, {}, {"attendance": again})
    with app.read() as connection:
        number = fetch(connection, app.ledgers["training"], [record])[0].number
    made, changed, ordered = (event["changes"] for event in history_in_words(app, number))
    assert made[-1] == "参加人员：加入 职工0(0)、职工1(1)、职工2(2)、职工3(3)（缺席：职工0(0)）"
    assert changed[:2] == ["参加人员：加入 职工4(4)", "参加人员：移除 职工1(1)"]
    assert set(changed[2:]) == {"参加人员·职工0(0) 到场：否 → 是", "参加人员·职工0(0) 成绩：（空） → 90"}
    assert ordered == ["参加人员：调整了顺序"]


def test_what_one_step_wrote_twice_is_put_back_and_done_again(app: App) -> None:
    """Rows that change together are put back together: each to what it was before all, then to what it was after."""
    ledger = app.ledgers["employee"]
    with app.begin("名册") as unit:
        one, two, three = unit.add_many(ledger, [({"name": name, "code": str(ord(name))}, {}) for name in "甲乙丙"])

    def seen() -> list[Stored]:
        with app.read() as connection:
            return fetch(connection, ledger, [one, two, three])

    before = seen()
    with app.begin("改") as unit:
        unit.change(one, {"remark": "一"})
        unit.change(two, {"remark": "一", "box": "B1"})
        unit.change(one, {"remark": "二", "box": "B2"})
        unit.remove(three)
        unit.change(two, {"remark": None, "page": "9"})
        unit.restore(three)
        unit.change(three, {"name": "丁"})
    after = seen()
    assert [each.values["remark"] for each in after] == ["二", None, None]
    app.undo()
    assert seen() == before
    app.redo()
    assert seen() == after
    with app.read() as connection:
        assert [count(connection, ledger, containing(name)) for name in ("丙", "丁")] == [0, 1]
