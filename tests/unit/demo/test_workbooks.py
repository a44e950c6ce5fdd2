"""The demo's workbooks: made afresh they are the same, every cell can be read, every name is known, the figures fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Link, Misread, Reading
from ankang_desktop.exchange.layout import main_layout
from ankang_desktop.kernel import identifiers
from ankang_desktop.ledgers import LEDGERS
from tests.unit.demo.conftest import DEMO, OLD, Enterprise, cells


def test_generating_again_gives_the_same_cells(afresh: Path) -> None:
    files = sorted(path.relative_to(DEMO) for path in DEMO.rglob("*.xlsx"))
    assert files == sorted(path.relative_to(afresh) for path in afresh.rglob("*.xlsx"))
    assert [str(file) for file in files if cells(DEMO / file) != cells(afresh / file)] == []
    assert (DEMO / "demo.toml").read_text("utf-8") == (afresh / "demo.toml").read_text("utf-8")


def test_the_manifest_names_every_workbook_once(enterprise: Enterprise) -> None:
    named = [entry["file"] for entry in enterprise.manifest["workbook"]]
    assert sorted(named) == sorted(path.name for path in DEMO.glob("*.xlsx"))
    assert [entry["file"] for entry in enterprise.manifest["workbook"] if entry.get("only_valid")] == [OLD]


def test_worksheets_and_headers_are_those_of_the_ledger(enterprise: Enterprise) -> None:
    for book in enterprise.books:
        known = {lines.title: lines for lines in book.ledger.lines if not lines.inline}
        main, *others = book.sheets
        assert main == book.ledger.title
        assert set(others) <= set(known)
        assert set(book.sheets[main][0]) <= {column.label for column in main_layout(book.ledger).columns}
        for name in others:
            assert set(book.sheets[name][0]) <= {"编号", *(each.label for each in known[name].fields.values())}


def test_every_cell_reads_as_its_kind(enterprise: Enterprise) -> None:
    wrong = []
    for book in enterprise.books:
        columns = {column.label: column for column in main_layout(book.ledger).columns}
        for row in book.rows:
            for label, cell in row.items():
                column = columns[label]
                if label != "编号":
                    given = str(cell).split("、") if column.lines else [cell]
                    wrong += [f"{book.file} {label} {found}" for found in _misread(enterprise, column.field, given)]
        for lines in book.ledger.lines:
            fields = {each.label: each for each in lines.fields.values()}
            for row in book.lines.get(lines.title, []):
                for label, cell in row.items():
                    if label != "编号" or "编号" in fields:
                        wrong += [
                            f"{book.file} {label} {found}" for found in _misread(enterprise, fields[label], [cell])
                        ]
    assert wrong == []


def _misread(enterprise: Enterprise, each: Field, given: list[Any]) -> list[str]:
    reading, found = Reading(2026, enterprise), []
    for cell in given:
        try:
            value = each.kind.read(cell, reading)
        except Misread as misread:
            found.append(str(misread))
        else:
            if not isinstance(each.kind, Link) and (sentence := each.kind.check(value)):
                found.append(sentence)
    return found


def test_lines_belong_to_a_record(enterprise: Enterprise) -> None:
    for book in enterprise.books:
        marks = {row.get("编号") for row in book.rows}
        assert [row for rows in book.lines.values() for row in rows if row["编号"] not in marks] == []


def test_required_values_are_there(enterprise: Enterprise) -> None:
    for book in enterprise.books:
        needed = [column.label for column in main_layout(book.ledger).columns if column.is_required]
        if "（补" not in book.file:
            assert [(book.file, label) for row in book.rows for label in needed if label not in row] == []


def test_the_enterprise_has_its_size(enterprise: Enterprise) -> None:
    staff = [row for row in enterprise.rows("employee") if "离职日期" not in row]
    posts = {row["岗位名称"]: row for row in enterprise.rows("post")}
    assert len(staff) == 240
    assert sum(row["性别"] == "女" for row in staff) == 60
    assert [len(enterprise.rows(key)) for key in ("workshop", "team", "post")] == [4, 12, 30]
    assert sum(posts[row["岗位"]]["接触职业病危害"] == "是" for row in staff) == 40
    assert sum(posts[row["岗位"]]["高温或露天作业"] == "是" for row in staff) == 90
    assert sum("检查员证号" in row for row in enterprise.rows("network_member")) == 16


def test_the_year_is_imperfect_as_meant(enterprise: Enterprise) -> None:
    serving = [row for row in enterprise.rows("employee") if "离职日期" not in row]
    known = {row["姓名"] for row in serving} | {f"{row['姓名']}({row['工号']})" for row in serving}
    trained = {row["姓名"] for row in enterprise.lines("training", "参加人员") if row.get("到场") != "否"} & known
    exams = enterprise.rows("health_exam")
    machines = enterprise.rows("equipment")
    results = [row["履行情况"] for row in enterprise.lines("fulfilment", "条款履行情况")]
    covered = {row["领用人"] for row in enterprise.lines("heat_care", "领用明细") if "领用人" in row}
    assert len(trained) == 228
    assert [len(exams), sum("实检日期" in row for row in exams), sum("书面告知日期" in row for row in exams)] == [
        43,
        41,
        39,
    ]
    assert [len(machines), sum(row["设备状态"] == "完好" for row in machines)] == [50, 49]
    assert [results.count(word) for word in ("已履行", "部分履行", "未履行", "未到期")] == [16, 2, 1, 1]
    assert len(covered) == 85
    majors = [row for row in enterprise.rows("hazard") if row.get("隐患等级") == "重大"]
    assert ["报职代会日期" in row for row in majors] == [True, False]


def test_nothing_personal_is_in_any_cell() -> None:
    found = []
    for path in DEMO.rglob("*.xlsx"):
        for sheet in cells(path).values():
            found += [hit for row in sheet for cell in row if isinstance(cell, str) for hit in identifiers.find(cell)]
    assert found == []


@pytest.mark.parametrize(("row", "column", "text"), [(18, "检查日期", "2026-2-30"), (19, "检查人", "钱不多")])
def test_the_old_ledger_has_its_two_bad_rows(enterprise: Enterprise, row: int, column: str, text: str) -> None:
    (sheet,) = cells(DEMO / OLD).values()
    header = sheet[3]
    assert "整改时现" in header
    assert len(sheet) == 21
    assert sheet[20][0] == "合计"
    assert sheet[row][header.index(column)] == text
    assert enterprise.find("employee", text) == []


def test_the_old_ledger_else_names_people_of_the_roster(enterprise: Enterprise) -> None:
    (sheet,) = cells(DEMO / OLD).values()
    places = [sheet[3].index(header) for header in ("检查人", "整改责任人", "复查人")]
    named = {row[place] for row in sheet[4:18] for place in places} - {""}
    assert [name for name in named if len(enterprise.find("employee", name)) != 1] == []


def test_every_ledger_an_officer_fills_by_hand_is_there(enterprise: Enterprise) -> None:
    absent = {ledger.key for ledger in LEDGERS} - {book.ledger.key for book in enterprise.books}
    assert absent == {"absence_note", "keeping_period", "unit_score"}


def test_programmes_and_duties_exist(enterprise: Enterprise) -> None:
    programmes = Path(DEMO.parent, "programmes")
    texts = {path.stem: path.read_text("utf-8") for path in programmes.glob("*.toml")}
    assert {row["活动方案"] for row in enterprise.rows("programme_choice")} <= set(texts)
    everything = "".join(texts.values())
    assert all(f'"{row["事项代号"]}"' in everything for row in enterprise.rows("duty_note"))


def test_updates_only_complete_what_was_imported_before(enterprise: Enterprise) -> None:
    for book in enterprise.books:
        if "（补" in book.file:
            label = book.ledger.labels["name"]
            assert {row[label] for row in book.rows} == {row[label] for row in enterprise.rows(book.ledger.key)}
