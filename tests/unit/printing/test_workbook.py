"""Workbooks: cells where they stand on paper, text that stays text, pages set up for A4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ankang_desktop.declare.forms import Form
from ankang_desktop.kernel.errors import WorldError
from ankang_desktop.printing.layout import blanks, lay_out
from ankang_desktop.printing.paper import Cell, Column, Grid, Note, Paper, Photo, Photos, Signatures, Text, Title
from ankang_desktop.printing.workbook import write_workbook

Make = Callable[..., Paper]


def test_formulas_stay_text(paper: Make, tmp_path: Path) -> None:
    texts = ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "http://a.cn", "001", "{=A1}")
    write_workbook(paper(Grid(tuple(Column(1) for _ in texts), (texts,))), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [(cell.value, cell.data_type) for cell in sheet[1]] == [(text, "s") for text in texts]
    assert all(cell.hyperlink is None for cell in sheet[1])


def test_spans_merge_and_the_head_repeats(paper: Make, tmp_path: Path) -> None:
    grid = Grid(
        (Column(1), Column(2), Column(1)),
        (("项目", "内容", "得分"), (Cell("组织领导", rows=2), "甲", "1"), ("乙", "2"), (Cell("总得分", cols=2), "3")),
        head=1,
    )
    write_workbook(paper(Title(("评分表",)), grid, Note("注"), landscape=True), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:C1", "A3:A4", "A5:B5", "A6:C6"}
    assert sheet.print_title_rows == "$2:$2"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet["A3"].font.name == "宋体"
    assert sheet["A3"].border.left.style == "thin"


def test_grids_of_different_columns_share_the_sheet(paper: Make, tmp_path: Path) -> None:
    halves, thirds = Grid((Column(1),) * 2, (("甲", "乙"),)), Grid((Column(1),) * 3, (("丙", "丁", "戊"),))
    write_workbook(paper(halves, thirds), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:B1", "C1:D1", "B2:C2"}
    assert [sheet[place].value for place in ("A1", "C1", "A2", "B2", "D2")] == ["甲", "乙", "丙", "丁", "戊"]


def test_rows_are_as_high_as_their_text_even_beyond_excels_limit(paper: Make, tmp_path: Path) -> None:
    write_workbook(paper(Grid((Column(1),), (("短",), ("\n".join(["长"] * 100),)))), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert all(height <= 409 for height in heights)
    assert sum(heights[1:]) > 1300
    assert {str(area) for area in sheet.merged_cells.ranges} == {f"A2:A{sheet.max_row}"}


def test_photos_are_embedded(paper: Make, tmp_path: Path, photo: Callable[..., Path]) -> None:
    blocks = (Photos((Photo("整改前", photo(400, 300)), Photo("整改后"))), Signatures(("验收人", "责任人")))
    write_workbook(paper(*blocks), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert len(sheet._images) == 1
    assert (sheet["B1"].value, sheet["A2"].value, sheet["A3"].value) == (
        "（整改后照片粘贴处）",
        "整改前",
        "验收人（签名）：",
    )


def test_text_no_cell_can_hold_is_refused(paper: Make, tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="32767"):
        write_workbook(paper(Text("长" * 40000)), tmp_path / "a.xlsx")


@pytest.mark.parametrize("code", ["national_card_2020", "jiaozuo_2023", "qingdao_visit_2020", "hazard_sheet"])
def test_empty_official_papers_hold_their_labels(forms: Mapping[str, Form], code: str, tmp_path: Path) -> None:
    paper = lay_out(forms[code], dict.fromkeys(blanks(forms[code]), ""))
    write_workbook(paper, tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    values = {cell.value for row in sheet.iter_rows() for cell in row if cell.value}
    grid = next(block for block in paper.blocks if isinstance(block, Grid))
    texts = {cell if isinstance(cell, str) else cell.text for row in grid.rows for cell in row}
    assert texts - {""} <= values


@pytest.mark.parametrize(("lines", "fit", "high"), [(45, 0.75, 1), (45, 1.0, 0), (55, 0.75, 1), (200, 0.75, 0)])
def test_one_sheet_only_where_it_stays_readable(paper: Make, tmp_path: Path, lines: int, fit: float, high: int) -> None:
    write_workbook(paper(*(Text(f"第{n}行") for n in range(lines)), fit=fit), tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert int(sheet.page_setup.fitToHeight if sheet.page_setup.fitToHeight is not None else 1) == high
