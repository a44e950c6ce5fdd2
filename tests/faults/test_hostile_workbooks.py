"""Whatever file is chosen, it ends in a sentence with its remedy, within the limits, and nothing is written."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ankang_desktop.exchange.planning import State
from ankang_desktop.exchange.reading import read_workbook
from ankang_desktop.kernel.errors import AnkangError, Cancelled, UserError
from ankang_desktop.kernel.progress import Stoppable
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.store.journal import steps
from tests.unit.exchange.office import Office, book

HEADER = ["发现日期", "隐患来源", "地点", "隐患描述", "责任人", "整改时限"]
GOOD = ["2026-3-1", "随手拍", "一车间", "护罩松动", "", ""]
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office") / "工作区")
    made.add("employee", code="0001", name="张一")
    made.add("employee", code="0002", name="王五")
    made.add("employee", code="0003", name="王五")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def nothing_written(office: Office) -> Iterator[None]:
    def journal() -> int:
        with office.read() as connection:
            return len(steps(connection))

    before = journal()
    yield
    assert journal() == before


# --- files that are no workbook, or a hostile one -------------------------------------------------------------


def workbook_with(path: Path, sheet: str, head: str = "") -> None:
    """Write a sound workbook whose worksheet is this XML."""
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet().write_string(0, 0, "发现日期")
    sound = path.read_bytes()
    path.with_suffix(".sound").write_bytes(sound)
    with zipfile.ZipFile(path.with_suffix(".sound")) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            out.writestr(name, '<?xml version="1.0"?>' + head + sheet if is_sheet else source.read(name))


def cell(place: str, row: str) -> str:
    return SHEET.format(f'<row r="{row}"><c r="{place}"><v>1</v></c></row>')


def two_cells(first: str, last: str) -> str:
    return f'<row r="1"><c r="{first}"><v>1</v></c></row><row r="1048576"><c r="{last}"><v>1</v></c></row>'


def encrypted(path: Path) -> None:
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("EncryptionInfo", "EncryptedPackage"))
    path.write_bytes(OLE + bytes(504) + names + bytes(2048))


def bare_ole(path: Path) -> None:
    path.write_bytes(OLE + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2048))


def truncated(path: Path) -> None:
    workbook_with(path, cell("A1", "1"))
    path.write_bytes(path.read_bytes()[:-700])


def damaged(path: Path) -> None:
    workbook_with(path, cell("A1", "1"))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    data[start : start + 40] = b"\xaa" * 40
    path.write_bytes(bytes(data))


def lying_bomb(path: Path) -> None:
    """Write a workbook whose directory says that a part is 4 GB."""
    workbook_with(path, cell("A1", "1"))
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 0xFFFFFFF0)
    path.write_bytes(bytes(data))


def zipped(name: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "x")

    return write


def data(content: bytes) -> Callable[[Path], None]:
    return lambda path: void(path.write_bytes(content))


def void(_: object) -> None:
    """Return nothing."""


FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty": (data(b""), "空文件"),
    "pdf": (data(b"%PDF-1.7 ..."), "PDF"),
    "picture": (data(b"\x89PNG\r\n\x1a\n" + bytes(64)), "图片"),
    "binary": (data(bytes(range(256)) * 40), "不是Excel工作簿"),
    "web page": (data("<html><table><tr><td>发现日期</td></tr></table></html>".encode()), "网页"),
    "word": (zipped("word/document.xml"), "Word"),
    "archive": (zipped("台账.xlsx"), "压缩包"),
    "old word": (bare_ole, "Word"),
    "encrypted": (encrypted, "坏.xlsx”已加密"),
    "truncated": (truncated, "损坏"),
    "damaged": (damaged, "损坏"),
    "bomb by its directory": (lying_bomb, "过大"),
    "last cell of Excel": (lambda path: workbook_with(path, cell("XFD1048576", "1048576")), "行"),
    "first and last cell of Excel": (
        lambda path: workbook_with(path, SHEET.format(two_cells("A1", "XFD1048576"))),
        "损坏或内容异常",
    ),
    "row two thousand million": (lambda path: workbook_with(path, cell("A2000000000", "2000000000")), ""),
    "far column": (lambda path: workbook_with(path, cell("ZZ1", "1")), "列"),
    "many rows": (lambda path: void(path.write_text("发现日期\n" + "1\n" * 200_001)), "行"),
    "rows that inflate": (
        lambda path: workbook_with(path, SHEET.format('<row><c t="str"><v>甲</v></c></row>' * 400_000)),
        "行",
    ),
    "one giant cell": (
        lambda path: workbook_with(path, SHEET.format(f'<row><c t="str"><v>{"x" * 100_000_000}</v></c></row>')),
        "",
    ),
}


@pytest.mark.parametrize("what", FILES)
def test_a_bad_file_ends_in_a_sentence(what: str, tmp_path: Path) -> None:
    make, word = FILES[what]
    make(tmp_path / "坏.xlsx")
    with pytest.raises(UserError) as caught:
        read_workbook(tmp_path / "坏.xlsx")
    assert word in caught.value.text
    assert caught.value.remedy


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    head = f"<!DOCTYPE x [<!ENTITY l0 'x'>{BOMB}]>"
    workbook_with(tmp_path / "a.xlsx", cell("A1", "1").replace("<v>1</v>", "<v>&l11;</v>"), head)
    assert len(str(read_workbook(tmp_path / "a.xlsx").sheets)) < 200


def test_nothing_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到"):
        read_workbook(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="文件夹"):
        read_workbook(tmp_path)


def test_time_is_limited_and_can_be_stopped(tmp_path: Path) -> None:
    workbook_with(tmp_path / "a.xlsx", cell("A1", "1"))
    with pytest.raises(UserError, match="没读完"):
        read_workbook(tmp_path / "a.xlsx", seconds=-1)
    watch = Stoppable()
    watch.cancelled = True
    with pytest.raises(Cancelled):
        read_workbook(tmp_path / "a.xlsx", watch)


def biff(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def old_workbook(path: Path, rows: list[list[str]]) -> None:
    """Write a minimal .xls (BIFF8 in a compound file), whatever the name of the file."""
    begin = lambda kind: biff(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 0x0600))  # noqa: E731
    name = "台账".encode("utf-16-le")
    bound = lambda at: biff(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name) // 2, 1) + name)  # noqa: E731
    start = len(begin(5) + bound(0) + biff(0x0A, b""))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    labels = [
        biff(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    body = (
        begin(5)
        + bound(start)
        + biff(0x0A, b"")
        + begin(0x10)
        + biff(0x0200, size)
        + b"".join(labels)
        + biff(0x0A, b"")
    )
    body = body.ljust(-(-max(len(body), 4096) // 512) * 512, b"\0")
    sectors = len(body) // 512

    def entry(label: str, kind: int, child: int, first: int, length: int) -> bytes:
        text = label.encode("utf-16-le")
        links = struct.pack("<HBBIII", len(text) + 2 if label else 0, kind, 1, FREE, FREE, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, length)

    head = OLE + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    chain = [FAT, END, *range(3, sectors + 2), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    folder = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(body)) + 2 * entry("", 0, FREE, 0, 0)
    path.write_bytes(head + table + folder + body)


def test_an_old_workbook_renamed_is_read(office: Office, tmp_path: Path) -> None:
    old_workbook(tmp_path / "旧表.xlsx", [HEADER[:4], GOOD[:4]])
    planned = office.plan("hazard", read_workbook(tmp_path / "旧表.xlsx"))
    assert planned.counts[State.added] == 1
    assert planned.rows[0].values["found_on"] == date(2026, 3, 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_text_tables_are_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes('发现日期,隐患描述\r\n2026-3-1,"护罩,松动"\r\n'.encode(encoding))
    assert read_workbook(path).sheets[0].rows == [["发现日期", "隐患描述"], ["2026-3-1", "护罩,松动"]]


def test_a_hundred_thousand_rows(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "大表.csv"
    lines = (f"2026-3-{1 + row % 28},随手拍,{row}号位,护罩松动{row}" for row in range(100_000))
    path.write_text("\n".join([",".join(HEADER[:4]), *lines]), "utf-8")
    planned = office.plan("hazard", read_workbook(path))
    assert planned.counts[State.added] == 100_000


# --- workbooks that are sound and wrong ------------------------------------------------------------------------


def hazards(*rows: list[Any], header: list[str] = HEADER) -> Any:
    return book(**{"隐患排查治理台账": [header, *rows]})


WRONG: dict[str, tuple[Any, str]] = {
    "missing header": (hazards(GOOD[1:], header=HEADER[1:]), "“发现日期”"),
    "renamed header": (hazards(GOOD, header=["发现年月日", *HEADER[1:]]), "“发现年月日”若就是“发现日期”"),
    "duplicate header": (hazards([*GOOD, GOOD[0]], header=[*HEADER, "发现 日期"]), "两列都是“发现日期”（A列、G列）"),
    "no header": (book(Sheet1=[["一", "二"], ["三", "四"]]), "没有找到"),
    "nothing at all": (book(Sheet1=[[]]), "没有数据"),
    "another ledger": (
        book(Sheet1=[["演练名称", "演练日期", "演练类型", "演练形式", "演练地点"], ["甲", "3.1", "综合演练", "", ""]]),
        "这是“应急演练台账”的表",
    ),
    "another ledger by name": (book(应急演练台账=[["演练名称", "演练日期"], ["甲", "3.1"]]), "这是“应急演练台账”的表"),
    "lines without their number": (
        book(隐患排查治理台账=[HEADER, GOOD], 延期记录=[["原时限", "新时限", "延期原因", "批准人"], ["", "", "", ""]]),
        "“延期记录”的表头缺少“编号”",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_workbook_is_refused(office: Office, what: str) -> None:
    wrong, words = WRONG[what]
    with pytest.raises(UserError) as caught:
        office.plan("hazard", wrong)
    assert words in str(caught.value)
    assert caught.value.remedy


CELLS: dict[str, tuple[dict[int, Any], str]] = {
    "impossible date": ({5: "2026-2-30"}, "第2行 整改时限(F列)：“2026-2-30”不是有效日期，请写成 2026-6-1 这样"),
    "unknown employee": ({4: "赵六"}, "第2行 责任人(E列)：没有叫“赵六”的职工，请先登记或改正写法"),
    "ambiguous name": ({4: "王五"}, "第2行 责任人(E列)：有2个职工叫“王五”，请写成 王五(0002)"),
    "unknown choice": ({1: "路过"}, "第2行 隐患来源(B列)：没有“路过”这一项，请从下列中选："),
    "too long": ({2: "长" * 101}, "第2行(C列)：地点最多100字，现有101字，请缩短"),
    "a rule": ({5: "2026-2-1"}, "第2行(F列)：整改时限早于发现日期 2026-03-01，请核对"),
    "required": ({3: ""}, "第2行(D列)：隐患描述不能为空"),
    "identity number in a text": ({3: "张某11010519491231002X受伤"}, "第2行 隐患描述(D列)：含有身份证号"),
}


@pytest.mark.parametrize("what", CELLS)
def test_a_wrong_cell_is_named(office: Office, what: str) -> None:
    changes, sentence = CELLS[what]
    planned = office.plan("hazard", hazards([changes.get(place, cell) for place, cell in enumerate(GOOD)]))
    assert planned.counts[State.wrong] == 1
    (fault,) = planned.faults
    assert fault.sentence.removeprefix("“隐患排查治理台账”").startswith(sentence)
    assert fault.sentence.startswith("“隐患排查治理台账”第2行")
    with pytest.raises(AnkangError, match="没有导入任何数据"):
        office.apply(planned)


def test_every_ledger_knows_its_own_export_by_name(office: Office) -> None:
    """A workbook named after another ledger is never taken for this one."""
    drill = book(**{LEDGERS["drill"].title: [["演练名称", "演练日期", "演练类型"], ["甲", "3.1", ""]]})
    for key in ("training", "activity", "inspection", "employee", "heat_care"):
        with pytest.raises(UserError, match="应急演练台账"):
            office.plan(key, drill)
