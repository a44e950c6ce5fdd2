"""From form.toml and answers to paper: the official wording, and faults named with file, block and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ankang_desktop.declare.forms import Form
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.printing.layout import blanks, lay_out
from ankang_desktop.printing.paper import Cell, Grid

from .conftest import HAZARD, Printer

Forms = Mapping[str, Form]
SCORES = {f"row.{number}": f"{number}.5" for number in range(1, 25)}
CARD = {"enterprise.name": "示范机械厂", "assessed_on": "2026年12月1日", "total": "96.5", **SCORES}


def squeezed(text: str) -> str:
    return "".join(text.split())


def sheet(*blocks: dict[str, Any], **page: Any) -> Form:
    return Form("try", "sheet", ("试表",), "", "", "", page, blocks, {}, Path("forms/try/form.toml"))


def test_the_card_prints_every_row_and_score_on_one_sheet(forms: Forms, printed: Printer) -> None:
    form = forms["national_card_2020"]
    made = printed(lay_out(form, CARD))
    assert made.result.pages == 1
    for section in form.data["section"]:
        for row in section["row"]:
            assert squeezed(row["text"]) in made.text
    assert all(score in made.text for score in [*SCORES.values(), "96.5"])
    assert all(words in made.text for words in ("*组织宣传", "（10分）", "总得分", "注：*为额外加分项"))
    assert "佐证材料索引" not in made.text


def test_the_card_is_complete(forms: Forms) -> None:
    sections = forms["national_card_2020"].data["section"]
    rows = [row for section in sections for row in section["row"]]
    units = [unit for row in rows for unit in row["unit"]]
    assert [row["number"] for row in rows] == list(range(1, 25))
    assert (len(sections), len(units)) == (7, 32)
    assert sum(section["points"] for section in sections if not section["bonus"]) == 100
    for section in sections:
        assert section["points"] == sum(row["points"] for row in section["row"])
        for row in section["row"]:
            assert row["points"] == sum(unit["points"] for unit in row["unit"])


def test_the_card_shows_an_index_of_evidence_where_answered(forms: Forms, printed: Printer) -> None:
    made = printed(lay_out(forms["national_card_2020"], {**CARD, "evidence.18": "SD-2026-003 盒3 页12"}))
    assert "佐证材料索引" in made.text
    assert "SD-2026-003盒3页12" in made.text


def test_statistics_put_numbers_into_the_brackets(forms: Forms, printed: Printer) -> None:
    form = forms["jiaozuo_2023"]
    answers: dict[str, object] = dict.fromkeys(blanks(form), "0")
    answers |= {"J1.1": "2", "J1.2": "105", "J7": [{"J7.1": "安全家书", "J7.2": "3", "J7.3": "88"}] * 2}
    made = printed(lay_out(form, answers))
    assert "组织开展宣讲（2）场，参与（105）人次；" in made.text
    assert made.text.count("活动名称（安全家书），组织（3）场/次，参与（88）人次。") == 2
    assert "活动名称（无），组织（0）场/次" in printed(lay_out(form, {**answers, "J7": []})).text


def test_the_table_asks_for_39_numbers(forms: Forms) -> None:
    assert len([name for name in blanks(forms["jiaozuo_2023"]) if name.startswith("J")]) == 39


def test_the_visit_record_has_exactly_its_four_rows(forms: Forms, printed: Printer) -> None:
    paper = lay_out(forms["qingdao_visit_2020"], dict.fromkeys(blanks(forms["qingdao_visit_2020"]), "某"))
    (grid,) = [block for block in paper.blocks if isinstance(block, Grid)]
    assert len(grid.rows) == 4
    made = printed(paper)
    assert made.result.pages == 1
    assert "所到区市（市直单位）某所进企业名称某" in made.text


def test_the_register_repeats_both_head_rows(forms: Forms, printed: Printer) -> None:
    rows = [{**HAZARD, "number": f"YH-2026-{number:04}"} for number in range(80)]
    answers = {"enterprise.name": "示范机械厂", "period": "2026年", "printed_on": "2026年12月1日", "rows": rows}
    made = printed(lay_out(forms["hazard_register"], answers))
    assert made.result.pages > 2
    assert all("五落实" in page and "隐患描述" in page for page in made.pages)
    assert all(row["number"] in made.text for row in rows)
    box = made.reader.pages[0].mediabox
    assert box.width > box.height


@pytest.mark.parametrize(("length", "pages"), [(20, 1), (500, 1), (1200, 2)])
def test_one_hazard_takes_one_sheet_unless_its_texts_are_beyond_measure(
    forms: Forms, printed: Printer, photo: Callable[..., Path], length: int, pages: int
) -> None:
    pictures = {"photo_before": photo(1200, 900), "photo_after": photo(900, 1200)}
    long = {"description": "隐" * length, "measures": "改" * length, "contingency": "防" * min(length, 300)}
    made = printed(lay_out(forms["hazard_sheet"], {**HAZARD, **pictures, **long}))
    assert made.result.pages == pages
    assert made.text.count("隐") >= length
    assert made.text.count("改") >= length


def test_signing_in_groups_teams_and_leaves_lines_free(forms: Forms, printed: Printer) -> None:
    people = [{"team": f"{number % 3}班", "name": f"职工{number:02}"} for number in range(44)]
    form = forms["sign_in"]
    answers = {**dict.fromkeys(blanks(form), ""), "rows": people}
    paper = lay_out(form, answers)
    grids = [block for block in paper.blocks if isinstance(block, Grid)]
    teams = [
        cell for grid in grids for row in grid.rows for cell in row if isinstance(cell, Cell) and "班" in cell.text
    ]
    assert sum(cell.rows for cell in teams if cell.text != "班组") == 44
    made = printed(paper)
    assert made.result.pages == 2
    assert all(person["name"] in made.text for person in people)
    assert made.pages[1].count("签名") >= 2


def test_an_empty_paper_can_be_printed_from_every_form(forms: Forms, printed: Printer) -> None:
    for form in forms.values():
        made = printed(lay_out(form, dict.fromkeys(blanks(form), "")))
        assert made.result.warning == ""
        has_own_lines = any(block.get("type") == "title" and "lines" in block for block in form.blocks)
        if not has_own_lines:  # a letter is called as its record says, and a blank one by hand
            assert all(squeezed(line) in made.text for line in form.title)


def test_an_unknown_block_is_answered_with_the_nearest(forms: Forms) -> None:
    with pytest.raises(UserError) as caught:
        lay_out(sheet({"type": "signature"}), {})
    assert "forms/try/form.toml 第1块 signature" in caught.value.text
    assert "是否想用“signatures”？" in caught.value.remedy


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (sheet({"type": "text", "txt": "甲"}), "没有“txt”这一项——是否想用“text”？"),
        (sheet({"type": "text"}), "缺少“text”"),
        (sheet({"type": "text", "text": "共{J1.2}场"}), "空格“J1.2”没有对应的内容——是否想用“J1.1”？"),
        (sheet({"type": "fields", "items": [{"label": "单位", "blnk": "a"}]}), "没有“blnk”这一项——是否想用“blank”？"),
        (sheet({"type": "page_break"}, margin=[1, 2, 3, 4]), "[page]：没有“margin”这一项——是否想用“margins”？"),
        (sheet({"type": "register", "columns": []}), "“rows”应当是一组记录"),
        (sheet({"type": "scorecard"}), "缺少“heads”"),
    ],
)
def test_faults_name_the_key_and_the_cure(form: Form, words: str) -> None:
    with pytest.raises(UserError) as caught:
        lay_out(form, {"J1.1": "2", "rows": "不是记录"})
    assert words in str(caught.value)
    assert "form.toml" in caught.value.text


def test_a_scorecard_without_sections_is_a_fault(forms: Forms) -> None:
    form = replace(forms["national_card_2020"], data={})
    with pytest.raises(UserError, match="section"):
        lay_out(form, CARD)
