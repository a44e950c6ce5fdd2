"""The archive: what stands behind a row, what is missing, boxes with their gaps, and what their papers say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from ankang_desktop.actions.archive import (
    OTHERS,
    Archive,
    Place,
    Shelf,
    Standing,
    archive_of,
    numbered,
    pages_of,
    put_away,
    reread,
)
from ankang_desktop.actions.boxes import boxes_of, rows_in_words, title_of
from ankang_desktop.actions.filing import attach_files
from ankang_desktop.actions.papers import Wanted, print_paper
from ankang_desktop.actions.records import add_record, undo
from ankang_desktop.actions.scores import year_card
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import Refused, UserError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.store.evidence import Use


def archive(app: App) -> Archive:
    return archive_of(app, year_card(app, 2026))


def shelf(found: Archive, row: int) -> Shelf:
    return next(each for each in found.shelves if each.row == row)


def document(app: App, title: str, kind: str = "年度竞赛计划", **more: str) -> tuple[int, str]:
    texts = {"类别": kind, "文件名称": title, "印发日期": "2026-02-01", **more}
    done = add_record(app, "document", texts)
    return done.id, done.number


@pytest.fixture
def kept(app: App) -> App:
    """A plan in box 1, a scheme with a file only, a commendation with neither, and an accident register in box 9."""
    add_record(app, "profile", {"单位名称": "示范机械厂"})
    document(app, "竞赛计划", 盒号="1", 页号="1-3", 文号="示工〔2026〕1号", 印发部门="厂工会")
    _, number = document(app, "实施方案", "竞赛实施方案")
    scan = app.workspace.folder / "方案.txt"
    scan.write_text("扫描件", "utf-8")
    attach_files(app, number, [scan], Use())
    document(app, "表彰决定", "表彰决定")
    document(app, "其他文件", "其他", 盒号="9", 页号="4")
    return app


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("12", (12, 12)),
        ("12-14", (12, 14)),
        ("第3至5页", (3, 5)),
        ("7—9", (7, 9)),
        ("10-7", None),
        ("附页", None),
        ("", None),
    ],
)
def test_pages_as_officers_write_them(text: str, pages: tuple[int, int] | None) -> None:
    assert pages_of(text) == pages


def test_numbering_goes_on_and_keeps_how_many_pages_a_piece_has() -> None:
    assert numbered(["", "4-6", "9"], 11) == ["11", "12-14", "15"]
    assert numbered(["", "4-6"], 1, each=2) == ["1-2", "3-4"]


def test_a_row_tells_what_is_there_and_what_is_missing(kept: App) -> None:
    found = archive(kept)
    by_title = {item.title: item for item in found.of(shelf(found, 2))}
    assert by_title["竞赛计划"].standing is Standing.boxed
    assert by_title["实施方案"].standing is Standing.file
    assert [leaf.name for leaf in by_title["实施方案"].files] == ["方案.txt"]
    assert by_title["表彰决定"].standing is Standing.missing
    assert "盒号" in by_title["表彰决定"].told
    assert [item.title for item in found.of(shelf(found, OTHERS))] == ["其他文件"]
    assert found.count(shelf(found, 2), Standing.missing) == 1


def test_a_ledger_that_needs_no_proof_misses_nothing(app: App) -> None:
    add_record(app, "employee", {"工号": "001", "姓名": "职工一"})
    add_record(app, "safety_staff", {"姓名": "职工一", "专兼职": "专职", "任命日期": "2026-01-05"})
    found = archive(app)
    standings = {item.standing for item in found.of(shelf(found, 9))}
    assert standings == {Standing.ledger}


def test_putting_away_is_one_step_for_records_and_files(kept: App) -> None:
    found = archive(kept)
    items = {item.title: item for item in found.items.values()}
    scheme, praise = items["实施方案"], items["表彰决定"]
    places = [
        Place(praise.key.id, box=" 3 ", page="1"),
        Place(scheme.key.id, scheme.files[0].link, box="3", page="2-5"),
    ]
    assert put_away(kept, places) == 2
    later = reread(kept, found, [scheme.key.id, praise.key.id])
    assert (later.items[praise.key.id].box, later.items[praise.key.id].page) == ("3", "1")
    assert (later.items[scheme.key.id].files[0].box, later.items[scheme.key.id].box) == ("3", "")
    assert later.items[scheme.key.id].standing is Standing.boxed
    assert undo(kept).title == "2份材料放入3号盒"
    assert reread(kept, later, [praise.key.id]).items[praise.key.id].box == ""
    with pytest.raises(Refused, match="盒号"):
        put_away(kept, [Place(praise.key.id, box="很长" * 20)])
    with pytest.raises(Refused, match="页号"):
        put_away(kept, [Place(scheme.key.id, scheme.files[0].link, page="9" * 21)])
    with pytest.raises(UserError, match="还没有选材料"):
        put_away(kept, [])


def test_an_empty_page_is_cleared_and_the_box_is_left(kept: App) -> None:
    plan = next(item for item in archive(kept).items.values() if item.title == "竞赛计划")
    put_away(kept, [Place(plan.key.id, page="")])
    later = archive(kept).items[plan.key.id]
    assert (later.box, later.page) == ("1", "")


def test_boxes_stand_in_order_and_tell_gaps_and_pages_had_twice(app: App) -> None:
    for title, box, page in (
        ("甲", "2", "1-3"),
        ("乙", "2", "3-4"),
        ("丙", "2", "7"),
        ("丁", "2", ""),
        ("戊", "2", "附页"),
        ("己", "10", "1"),
        ("庚", "B1", "2"),
    ):
        document(app, title, "其他", 盒号=box, 页号=page)
    boxes = boxes_of(archive(app))
    assert [box.number for box in boxes] == ["2", "10", "B1"]
    first = boxes[0]
    assert [each.title for each in first.contents] == ["甲", "乙", "丙", "丁", "戊"]
    assert [each.trouble for each in first.contents] == [
        "",
        "页码与 WJ-2026-0001 重复",
        "前面缺第 5—6 页",
        "没有页号",
        "页号“附页”认不出",
    ]
    assert (first.troubles, first.last_page) == (4, 7)
    assert boxes[2].troubles == 0, "a box may begin where another ended"


def test_a_page_inside_a_longer_piece_is_had_twice(app: App) -> None:
    for title, page in (("甲", "1-10"), ("乙", "2"), ("丙", "5"), ("丁", "11")):
        document(app, title, "其他", 盒号="1", 页号=page)
    troubles = [each.trouble for each in boxes_of(archive(app))[0].contents]
    assert troubles == ["", "页码与 WJ-2026-0001 重复", "页码与 WJ-2026-0001 重复", ""]


def test_rows_and_titles_are_written_as_on_a_label(kept: App) -> None:
    assert rows_in_words((1, 2, 3, 8, 0)) == "第1—3、8行"
    assert rows_in_words(()) == ""
    found = archive(kept)
    titles = {box.number: title_of(kept, found, box) for box in boxes_of(found)}
    assert titles == {"1": "组织领导", "9": "文件与制度登记"}


def text_of(path: Path) -> tuple[str, int]:
    pages = PdfReader(path).pages
    return "".join("".join(page.extract_text() for page in pages).split()), len(pages)


def test_the_contents_list_says_what_lies_in_the_box(kept: App, tmp_path: Path) -> None:
    target = tmp_path / "目录.pdf"
    print_paper(kept, "box_index", target, Wanted(number="1", start=date(2026, 1, 1)), Quiet())
    text, pages = text_of(target)
    assert pages == 1
    for words in (
        "卷内目录",
        "示范机械厂",
        "示工〔2026〕1号",
        "厂工会",
        "竞赛计划",
        "2026-02-01",
        "1-3",
        "第2行",
        "1件",
    ):
        assert words in text
    print_paper(kept, "box_index", target, Wanted(number="1、9"), Quiet())
    text, pages = text_of(target)
    assert (pages, "其他文件" in text) == (2, True)
    with pytest.raises(UserError, match="没有7号盒"):
        print_paper(kept, "box_index", target, Wanted(number="7"), Quiet())


def test_a_spine_is_read_from_the_shelf(kept: App, tmp_path: Path) -> None:
    target = tmp_path / "盒脊.pdf"
    print_paper(kept, "box_spine", target, Wanted(number="1"), Quiet())
    text, pages = text_of(target)
    assert pages == 1
    for words in ("2026", "组织领导", "评分表第2行", "1件", "1号盒"):
        assert words in text
    for mark in "示范机械厂":
        assert mark in text
    for number in range(2, 7):
        document(kept, f"文件{number}", "其他", 盒号=str(number), 页号="1")
    print_paper(kept, "box_spine", target, Wanted(number="1、2、3、4、5"), Quiet())
    text, pages = text_of(target)
    assert (pages, text.count("号盒")) == (2, 5)


def test_blank_papers_are_blank(app: App, tmp_path: Path) -> None:
    target = tmp_path / "空白.pdf"
    for code in ("box_index", "box_spine"):
        print_paper(app, code, target, Wanted(), Quiet())
        assert text_of(target)[1] == 1
