"""PDFs: embedded subsets, text that can be copied, characters no font has, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ankang_desktop.kernel.errors import Cancelled, UserError, WorldError
from ankang_desktop.kernel.progress import Quiet, Stoppable
from ankang_desktop.printing.fonts import Fonts, shipped_fonts
from ankang_desktop.printing.paper import (
    Field,
    Fields,
    Note,
    PageBreak,
    Paper,
    Photo,
    Photos,
    Signatures,
    Spacer,
    Text,
    Title,
)
from ankang_desktop.printing.pdf import write_pdf

from .conftest import Printer

Make = Callable[..., Paper]


def test_fonts_are_embedded_subsets(printed: Printer, paper: Make) -> None:
    made = printed(paper(Title(("总得分",)), Text("安全生产")))
    used = [font.get_object() for font in made.reader.pages[0]["/Resources"]["/Font"].values()]
    assert len(used) == 2
    assert all("+NotoSerifSC" in font["/BaseFont"] for font in used)
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in used)
    assert made.path.stat().st_size < 60_000


def test_no_page_names_a_font_that_is_not_embedded(printed: Printer, paper: Make) -> None:
    made = printed(paper(Title(("题",)), Text("安全 safety 䶮"), PageBreak(), Spacer(5), numbered=False))
    fonts = [font for page in made.reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"].get_object() for font in fonts)
    assert b"Helvetica" not in made.path.read_bytes()


def test_rare_characters_are_printed_and_can_be_copied(printed: Printer, paper: Make) -> None:
    made = printed(paper(Text("发现人：䶮、𬭊、甲")))
    assert "䶮、𬭊、甲" in made.text
    assert made.result.warning == ""


def test_a_character_no_font_has_is_named_with_its_page(printed: Printer, paper: Make) -> None:
    made = printed(paper(Text("𠮷某"), PageBreak(), Text("𠮷、😀某")))
    assert made.result.missing_glyphs == (("𠮷", 1), ("😀", 2))
    assert made.result.warning == "字体缺少这些字：𠮷（第1页）、😀（第2页），已用〓代替"
    assert "〓某" in made.pages[0]


def test_joiners_and_selectors_leave_no_mark(printed: Printer, paper: Make) -> None:
    made = printed(paper(Text("安\u200b全\ufe0f生\u200d产")))
    assert made.result.missing_glyphs == ()
    assert "安全生产" in made.text.replace("\u200b", "").replace("\u200d", "")


def test_the_second_family_stands_in(tmp_path: Path) -> None:
    fonts = shipped_fonts()
    serif, sans = fonts.voice("serif", bold=False), fonts.voice("sans", bold=False)
    only = {*map(chr, sans.faces[0].face.charToGlyph)} - {*map(chr, serif.faces[0].face.charToGlyph)}
    mark = min(mark for mark in only if mark.isprintable())
    runs, missing = serif.runs(f"安{mark}全")
    assert missing == []
    assert [run.font for run in runs] == ["NotoSerifSC-Regular", "NotoSansSC-Regular", "NotoSerifSC-Regular"]


def test_every_page_is_numbered_and_later_ones_headed(printed: Printer, paper: Make) -> None:
    made = printed(paper(Text("甲"), PageBreak(), Text("乙"), header="隐患台账", footer="某厂工会"))
    assert ["".join(page.split()) for page in made.pages] == ["甲某厂工会第1页共2页", "乙隐患台账某厂工会第2页共2页"]


def test_title_and_author_are_in_the_properties(printed: Printer, paper: Make) -> None:
    made = printed(paper(Text("甲")))
    assert made.reader.metadata is not None
    assert (made.reader.metadata.title, made.reader.metadata.author) == ("试印", "某厂工会")


def test_the_same_paper_gives_the_same_bytes(printed: Printer, paper: Make, photo: Callable[..., Path]) -> None:
    tree = paper(Title(("题",)), Text("安全"), Photos((Photo("整改前", photo(40, 30)),)))
    assert printed(tree).path.read_bytes() == printed(tree).path.read_bytes()


def test_fields_wrap_long_values_and_keep_labels(printed: Printer, paper: Make) -> None:
    value = "某某市某某区某某街道某某工业园区示范机械制造有限责任公司第三分公司冲压车间工会小组"
    made = printed(paper(Fields((Field("单位：", value), Field("电话：", "")))))
    assert value in made.text.replace("电话：", "")


def test_photos_keep_their_proportions(printed: Printer, paper: Make, photo: Callable[..., Path]) -> None:
    made = printed(paper(Photos((Photo("整改前", photo(1600, 400)), Photo("整改后")))))
    (image,) = made.reader.pages[0].images
    assert image.image is not None
    assert image.image.width == pytest.approx(4 * image.image.height, rel=0.02)
    assert "整改后照片粘贴处" in made.text


def test_a_broken_photo_is_named(printed: Printer, paper: Make, tmp_path: Path) -> None:
    broken = tmp_path / "坏.jpg"
    broken.write_bytes(b"no picture")
    with pytest.raises(UserError, match=r"坏\.jpg"):
        printed(paper(Photos((Photo("整改前", broken),))))


def test_small_blocks_are_printed(printed: Printer, paper: Make) -> None:
    made = printed(paper(Text("段落", indent=2), Spacer(5), Note("注：说明"), Signatures(("验收人", "责任人"))))
    assert all(word in made.text for word in ("段落", "注：说明", "验收人（签名）：", "责任人（签名）：", "年月日"))


def test_one_sheet_is_kept_by_shrinking_down_to_the_floor(printed: Printer, paper: Make) -> None:
    tree = paper(Text("\n".join(["一行"] * 50)), fit=0.75)
    assert printed(tree).result.pages == 1
    assert printed(replace(tree, page=replace(tree.page, fit=1.0))).result.pages == 2
    assert printed(paper(Text("\n".join(["一行"] * 90)), fit=0.75)).result.pages == 2


def test_stopping_leaves_no_file(paper: Make, tmp_path: Path) -> None:
    watcher = Stoppable()
    watcher.cancelled = True
    with pytest.raises(Cancelled):
        write_pdf(paper(Text("甲")), tmp_path / "a.pdf", shipped_fonts(), watcher)
    assert list(tmp_path.iterdir()) == []


def test_missing_font_files_are_a_world_error(paper: Make, tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="字体文件"):
        write_pdf(paper(Text("甲")), tmp_path / "a.pdf", Fonts(tmp_path / "none"), Quiet())
