"""Tables on pages: heads return, spans go on, tall rows are split, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.printing.fonts import shipped_fonts
from ankang_desktop.printing.paper import Cell, Column, Grid, Page, Paper, Text
from ankang_desktop.printing.placing import compose

from .conftest import Printer

Make = Callable[..., Paper]
TWO = (Column(1), Column(3))


def test_the_head_returns_on_every_page_and_rows_stay_in_order(printed: Printer, paper: Make) -> None:
    rows = [(f"第{number:03}行", "隐患描述" * 12) for number in range(120)]
    made = printed(paper(Grid(TWO, (("编号", "描述栏"), *rows), head=1)))
    assert made.result.pages > 3
    assert all(page.count("描述栏") == 1 for page in made.pages)
    found = [made.text.index(f"第{number:03}行") for number in range(120)]
    assert found == sorted(found)


def test_a_head_never_stands_alone_at_the_foot(printed: Printer, paper: Make) -> None:
    grid = Grid(TWO, (("表头", "描述"), ("甲", Cell("乙", height=60))), head=1)
    made = printed(paper(Text("\n".join(["行"] * 40)), grid))
    assert made.result.pages == 2
    assert "表头" not in made.pages[0]
    assert "表头" in made.pages[1]
    assert "甲" in made.pages[1]


def test_a_row_taller_than_a_page_is_split_between_lines(printed: Printer, paper: Make) -> None:
    lines = [f"第{number:03}句。" for number in range(160)]
    made = printed(paper(Grid(TWO, (("表头", "描述"), ("长行", "\n".join(lines)), ("末行", "完")), head=1)))
    assert made.result.pages == 4
    assert all(made.text.count(line) == 1 for line in lines)
    assert "末行" in made.pages[-1]


def test_a_cell_over_rows_is_shown_again_on_the_next_page(printed: Printer, paper: Make) -> None:
    rows = [(Cell("组织领导", rows=60), "第0条"), *[(f"第{number}条",) for number in range(1, 60)]]
    made = printed(paper(Grid(TWO, (("项目", "内容"), *rows, ("事故控制", "末条")), head=1)))
    assert made.result.pages == 2
    assert all("组织领导" in page for page in made.pages)


def test_a_long_spanning_text_heightens_its_rows(printed: Printer, paper: Make) -> None:
    words = "".join(f"字{number:03}" for number in range(100))
    made = printed(paper(Grid(TWO, ((Cell(words, rows=2), "甲"), ("乙",), ("丙", "丁")))))
    assert words in made.text


def test_spans_leave_no_rule_inside_a_merged_cell() -> None:
    grid = Grid((Column(1), Column(1)), ((Cell("横", cols=2),), (Cell("竖", rows=2), "甲"), ("乙",)))
    (sheet,) = compose(Paper("", Page(numbered=False), (grid,)), shipped_fonts(), Quiet())
    across = sorted({rule.y0 for rule in sheet.rules if rule.y0 == rule.y1})
    down = sorted({rule.x0 for rule in sheet.rules if rule.x0 == rule.x1})
    middle = next(rule for rule in sheet.rules if rule.x0 == rule.x1 == down[1])
    inner = next(rule for rule in sheet.rules if rule.y0 == rule.y1 == across[2])
    assert middle.y0 == across[1]
    assert inner.x0 == down[1]


def test_a_row_with_too_few_cells_is_our_mistake(printed: Printer, paper: Make) -> None:
    with pytest.raises(ValueError, match="leaves column 1"):
        printed(paper(Grid(TWO, (("甲",),))))
