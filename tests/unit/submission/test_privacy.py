"""The gate sees what names a person, wherever it hides, and leaves equipment numbers, dates and amounts alone."""

from __future__ import annotations

import hashlib
import io
import random
import tracemalloc
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from ankang_desktop.kernel import identifiers
from ankang_desktop.kernel.identifiers import check_mark, find, is_identity, mask
from ankang_desktop.submission.items import Item
from ankang_desktop.submission.privacy import Finding, NameMask, can_scan, scan_item, scan_text

DAY = datetime(2026, 12, 10)


def identity(area: str = "370211", born: str = "19900307", order: str = "447") -> str:
    """Return a made-up number that passes every check."""
    return area + born + order + check_mark(area + born + order)


def card(start: str = "622202", length: int = 19) -> str:
    body = start.ljust(length - 1, "7")
    return next(body + str(last) for last in range(10) if identifiers._is_card(body + str(last)))


ID = identity()
ID_X = next(made for order in range(1000) if (made := identity(order=f"{order:03}")).endswith("X"))
WIDE = {ord(str(digit)): 0xFF10 + digit for digit in range(10)} | {ord("X"): "Ｘ"}


def kinds(text: str) -> list[str]:
    return [hit.kind for hit in find(text)]


@pytest.mark.parametrize(
    "text",
    [ID, f"身份证号：{ID}。", f"{ID[:6]} {ID[6:14]} {ID[14:]}", f"{ID[:6]}-{ID[6:14]}-{ID[14:]}", ID_X, ID_X.lower(),
     ID_X.translate(WIDE), " ".join(ID), f"2026 {ID}", f"13 {ID}", f"，{ID}，", f"SFZ{ID}",
     ID.replace("1990", "1990\u200b"), f"{ID[:6]}　{ID[6:14]}\u00a0{ID[14:]}", "370211900307447",
     "编号：370211900307447，"],
)  # fmt: skip
def test_identity_numbers_are_found_however_written(text: str) -> None:
    assert kinds(text) == ["身份证号"]
    assert kinds(mask(text)) == []
    assert len(mask(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    ["13812345678", "电话:138 1234 5678", "138-1234-5678", "+86 13812345678", "+8613812345678", "(+86)138-1234-5678",
     "008613812345678", "１３８１２３４５６７８", "联系人13812345678转", "1381 234 5678", "a,13812345678,5",
     "1.13812345678", "138－1234－5678", "138\u00a01234\u00a05678"],
)  # fmt: skip
def test_mobile_numbers_are_found_however_written(text: str) -> None:
    assert kinds(text) == ["手机号码"]
    masked = mask(text)
    assert kinds(masked) == []
    assert masked.count("*") == 4


@pytest.mark.parametrize(
    "text", [card(), card("4", 16), card("9558", 19), " ".join(card("622202", 16)[at : at + 4] for at in (0, 4, 8, 12))]
)
def test_bank_cards_are_found(text: str) -> None:
    assert kinds(text) == ["银行卡号"]
    assert kinds(mask(f"卡号{text}")) == []


@pytest.mark.parametrize(
    "text",
    ["20260601123456789", "2026060112345678", "20260601 083000 123456", "设备编号 SB-2026-000123",
     "特种设备 110105199013", "金额13812345678.50元", "0.13812345678", "913702007180123456",
     "913702117240123451", "91370200MA3C1234X5",
     "12812345678", "1381234567", "138123456789", "0532-88881234", "400-800-1234", "2026-12-10 13:38:12",
     "产值1,381,234,567元", ID[:-1] + ("0" if ID[-1] != "0" else "1"), identity(born="19900230"),
     identity(area="990211"), identity(born="18990101"), "9" + ID, ID + "3", "370211901307447", "370211-2026-0012",
     "A370211900307447", "46174.60416666666", "3.1415926535897932"],
)  # fmt: skip
def test_other_numbers_are_left_alone(text: str) -> None:
    assert kinds(text) == []
    assert mask(text) == text


@given(
    area=st.sampled_from(["110101", "370211", "440301", "659001", "810000"]),
    born=st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    order=st.integers(0, 999),
    place=st.integers(0, 17),
    other=st.sampled_from("0123456789"),
)
def test_the_check_mark_catches_every_single_wrong_digit(
    area: str, born: date, order: int, place: int, other: str
) -> None:
    number = identity(area, born.strftime("%Y%m%d"), f"{order:03}")
    assert is_identity(number)
    wrong = number[:place] + other + number[place + 1 :]
    assert wrong == number or not is_identity(wrong)


@given(st.text(alphabet="0123456789 -Xx１３８身份证,.", max_size=60))
def test_masking_leaves_nothing_to_find(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert [hit for hit in find(masked) if hit in find(text)] == []


def test_random_dated_serials_are_rarely_taken_for_anything() -> None:
    chance = random.Random(11643)
    start = date(2015, 1, 1)
    serials = [
        (start + timedelta(chance.randrange(4000))).strftime("%Y%m%d") + str(chance.randrange(10**width)).zfill(width)
        for width in (4, 6, 7, 8, 9, 10, 11) for _ in range(500)
    ]  # fmt: skip
    assert [serial for serial in serials if find(serial)] == []


def test_checksums_and_guids_are_left_alone() -> None:
    hashes = (hashlib.sha256(str(number).encode()).hexdigest() for number in range(3000))
    assert [found for found in hashes if find(f"照片.jpg {found}")] == []
    assert find("{00000138-1234-5678-9abc-13812345678a}") == []


def test_all_in_one_text_in_order_with_masked_excerpts() -> None:
    text = f"张工 {ID}，手机138 1234 5678；卡{card()}。"
    assert kinds(text) == ["身份证号", "手机号码", "银行卡号"]
    found = list(scan_text(text, "备注"))
    for finding in found:
        assert finding.where == "备注"
        assert finding.remedy
        assert "1234" not in finding.excerpt
        assert "19900307" not in finding.excerpt
    assert mask(text).startswith(f"张工 370{'*' * 13}{ID[-2:]}，手机138 **** 5678；卡")


def scan(path: str, data: bytes) -> list[Finding]:
    return list(scan_item(Item(path, data, DAY)))


def places(path: str, data: bytes) -> set[tuple[str, str]]:
    return {(finding.kind, finding.where) for finding in scan(path, data)}


def test_names_and_texts_in_every_encoding() -> None:
    assert places(f"材料/{ID}.pdf", b"") == {("身份证号", f"材料/{ID}.pdf（文件名）")}
    text = f"第一行\n电话１３８１２３４５６７８\n{ID}"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert places("表.csv", text.encode(encoding)) == {("手机号码", "表.csv 第2行"), ("身份证号", "表.csv 第3行")}
    assert can_scan("a/B.XLSX")
    assert not can_scan("a.pdf")


def test_a_number_across_two_pieces_of_an_endless_line_is_found_once() -> None:
    for shift in range(0, 40, 9):
        data = b"x" * ((1 << 20) - shift) + ID.encode() + b"y" * (1 << 20)
        assert [finding.kind for finding in scan("长.json", data)] == ["身份证号"]


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "职工名册"
    sheet.append(["姓名", "证件", "电话", "日期"])
    sheet.append(["张**", ID, 13812345678, datetime(2026, 6, 1, 3, 20, 11)])
    sheet["E9"] = f'="请拨"&"{13912345678}"'
    sheet["B3"] = "2026060112345678"
    sheet["A4"].comment = Comment("他的电话 137-1234-5678", "甲")
    book.create_sheet("电话13612345678")
    sheet.oddHeader.center.text = "联系15012345678"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_read_cell_by_cell() -> None:
    found = places("名册.xlsx", workbook())
    assert {
        ("身份证号", "名册.xlsx 工作表“职工名册” B2"),
        ("手机号码", "名册.xlsx 工作表“职工名册” C2"),
        ("手机号码", "名册.xlsx 工作表“职工名册” E9"),
        ("手机号码", "名册.xlsx 批注 A4"),
        ("手机号码", "名册.xlsx 工作表名称"),
        ("手机号码", "名册.xlsx 工作表“职工名册”"),
    } <= found
    assert not {where for _, where in found if where.endswith(("D2", "B3"))}


def office(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_word_file_is_read_by_paragraph_across_its_runs() -> None:
    runs = "".join(f'<w:r><w:t xml:space="preserve">{piece}</w:t></w:r>' for piece in (ID[:7], ID[7:11], ID[11:]))
    body = (
        f'<w:document xmlns:w="w"><w:p>{runs}</w:p><w:p><w:t>138</w:t></w:p><w:p><w:t>12345678</w:t></w:p></w:document>'
    )
    assert places("总结.docx", office({"word/document.xml": body})) == {("身份证号", "总结.docx 正文")}


def test_shared_text_that_no_cell_uses_is_found_too() -> None:
    shared = f"<sst><si><t>空</t></si><si><r><t>{ID[:5]}</t></r><r><t>{ID[5:]}</t></r></si></sst>"
    assert places("表.xlsx", office({"xl/sharedStrings.xml": shared})) == {("身份证号", "表.xlsx 工作簿")}


@pytest.mark.parametrize(
    "data",
    [b"", b"not a zip", b"\xd0\xcf\x11\xe0 encrypted", office({"xl/workbook.xml": "<a><b></a>"}), workbook()[:2000],
     office({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})],
)  # fmt: skip
def test_a_workbook_that_cannot_be_read_is_said(data: bytes) -> None:
    assert [finding.kind for finding in scan("坏.xlsx", data)] == ["未能检查"]


def test_a_monstrous_cell_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        part.write(b'<worksheet><c r="A1" t="inlineStr"><is><t>')
        for _ in range(60):
            part.write(b"x" * (1 << 20))
        part.write(f"{ID}</t></is></c></worksheet>".encode())
    tracemalloc.start()
    try:
        assert [finding.kind for finding in scan_item(Item("大.xlsx", path, DAY))] == ["身份证号"]
        assert tracemalloc.get_traced_memory()[1] < 40 << 20
    finally:
        tracemalloc.stop()


def test_a_source_that_cannot_go_back_is_scanned_too() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    data = workbook()
    assert {finding.kind for finding in scan_item(Item("名册.xlsx", lambda: Pipe(data), DAY))} == {
        "身份证号",
        "手机号码",
    }


def test_known_names_are_masked_the_longest_first() -> None:
    hide = NameMask(["张建", "张建国", "李", "欧阳小红"])
    assert hide("张建国、张建和欧阳小红验收；李工在场") == "张**、张*和欧***验收；李工在场"
    assert hide("") == ""
