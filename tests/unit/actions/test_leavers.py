"""People's data: the paper of everything that names one, and a leaver made anonymous with every count as before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from ankang_desktop.actions import leavers, papers, person_records, records, scores
from ankang_desktop.actions.demo import run_demo
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.store.journal import history
from ankang_desktop.store.query import containing, count, fetch, ids_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "示例"
    run_demo(folder, Quiet())
    return folder / "工作区"


@pytest.fixture
def demo(made: Path, tmp_path: Path, clock: Clock) -> Iterator[App]:
    shutil.copytree(made, tmp_path / "工作区")
    with App.opened(tmp_path / "工作区", clock) as app:
        yield app


def busiest(app: App) -> tuple[str, str, int]:
    """Return number, name and id of the person most records name, open hazards aside."""
    with app.read() as connection:
        ledger = app.ledgers["employee"]
        people = fetch(connection, ledger, ids_of(connection, ledger)[:60])
        ranked = [
            (len(person_records.records_naming(app, connection, each)), each.number, str(each.values["name"]), each.id)
            for each in people
            if not leavers.refusal(app, each.number).startswith("他还是")
        ]
    return max(ranked)[1:]


def figures(app: App) -> tuple[object, ...]:
    card = scores.score_card(app, "national_card_2020", None, None)
    table = scores.fill_statistics(app, "jiaozuo_2023", None, None)
    units = [(unit.code, str(unit.suggested), unit.used_count, unit.reason) for unit in card.units()]
    return units, [(blank.key, str(blank.quantity)) for blank in table.blanks]


def test_the_paper_lists_every_record_and_names_the_article(demo: App, tmp_path: Path) -> None:
    number, name, _ = busiest(demo)
    paper = person_records.person_paper(demo, number)
    target = tmp_path / "全部记录.pdf"
    papers.write_paper(paper, target, Quiet())
    text = "".join(page.extract_text() for page in PdfReader(target).pages).replace("\n", "")
    assert name in text
    assert "第四十五条" in text
    with demo.read() as connection:
        stored = fetch(connection, demo.ledgers["employee"], [busiest(demo)[2]])[0]
        listed = person_records.records_naming(demo, connection, stored)
    assert len(listed) > 3
    assert all(each.number in text for each in listed)
    papers.write_paper(paper, tmp_path / "全部记录.xlsx", Quiet())


def test_a_confidential_finder_stands_on_his_own_paper_only(app: App) -> None:
    for code, name in (("1", "发现甲"), ("2", "责任乙")):
        records.add_record(app, "employee", {"工号": code, "姓名": name})
    records.add_record(
        app,
        "hazard",
        {
            "发现日期": "2026-06-01",
            "隐患来源": "随手拍",
            "隐患描述": "护罩松动",
            "发现人": "发现甲",
            "责任人": "责任乙",
            "为发现人保密": "是",
        },
    )
    own, other = (str(person_records.person_paper(app, f"ZG-2026-000{at}")) for at in (1, 2))
    assert "发现人" in own
    assert "YH-2026-0001" in own
    assert "YH-2026-0001" in other
    assert "发现" not in other.replace("发现不准确", "")


def test_an_anonymous_leaver_changes_no_figure_and_is_found_nowhere(demo: App) -> None:
    number, name, key = busiest(demo)
    records.change_record(demo, number, {"离职日期": "2026-11-01", "备注": f"{name}辞职"})
    before = figures(demo)
    left = leavers.anonymise(demo, [number], Quiet())
    assert figures(demo) == before
    with demo.read() as connection:
        person = fetch(connection, demo.ledgers["employee"], [key])[0]
        assert person.values["name"] == f"离职职工-{key:04d}"
        assert person.values["remark"] is None
        found = [count(connection, ledger, containing(name)) for ledger in demo.ledgers]
        assert sum(found) <= len(left)
        assert all(not event.differences for event in history(connection, key))
    if not left:
        data = b"".join(path.read_bytes() for path in demo.workspace.folder.glob("ankang.db*"))
        assert name.encode() not in data
    with pytest.raises(UserError, match="不能撤销"):
        demo.undo()
    assert "已经匿名化过" in leavers.refusal(demo, number)


def test_more_leavers_than_one_statement_can_name(app: App) -> None:
    many = 1_100  # an expression of a statement may be a thousand deep
    people = [
        {"code": f"L{at:04}", "name": f"离厂{chr(0x4E00 + at)}{chr(0x5E00 + at)}", "left_on": date(2020, 6, 30)}
        for at in range(many)
    ]
    with app.begin("导入") as unit:
        unit.add_many(app.ledgers["employee"], [(each, {}) for each in people])
    for words in (f"{people[0]['name']}讲评", "离厂的人讲评", f"由{people[-1]['name']}讲评"):
        records.add_record(app, "drill", {"演练日期": "2026-05-06", "演练名称": words, "演练类型": "桌面推演"})
    numbers = [f"ZG-{app.clock.today().year}-{at:04}" for at in range(1, many + 1)]
    left = leavers.anonymise(app, numbers, Quiet())
    assert sorted(each.number for each in left) == ["YL-2026-0001", "YL-2026-0003"]
    with app.read() as connection:
        named = fetch(connection, app.ledgers["employee"], ids_of(connection, app.ledgers["employee"]))
    assert all(each.values["name"].startswith("离职职工-") for each in named)


def test_a_name_in_latin_letters_is_found_however_it_is_written(app: App) -> None:
    records.add_record(app, "employee", {"工号": "1", "姓名": "Anna Li", "离职日期": "2020-06-30"})
    drill = {"演练日期": "2026-05-06", "演练名称": "anna LI 的演练", "演练类型": "桌面推演"}
    number = records.add_record(app, "drill", drill).number
    assert [each.number for each in leavers.anonymise(app, ["ZG-2026-0001"], Quiet())] == [number]


def test_who_serves_or_has_an_open_hazard_keeps_the_name(app: App) -> None:
    records.add_record(app, "employee", {"工号": "1", "姓名": "在岗甲"})
    assert "还没有离职" in leavers.refusal(app, "ZG-2026-0001")
    records.change_record(app, "ZG-2026-0001", {"离职日期": "2026-10-01"})
    records.add_record(
        app, "hazard", {"发现日期": "2026-06-01", "隐患来源": "随手拍", "隐患描述": "护罩松动", "责任人": "在岗甲"}
    )
    assert "YH-2026-0001" in leavers.refusal(app, "ZG-2026-0001")
    with pytest.raises(UserError, match="不能匿名化"):
        leavers.anonymise(app, ["ZG-2026-0001"], Quiet())
