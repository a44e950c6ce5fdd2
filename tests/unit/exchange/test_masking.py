"""Free texts about people in copies that leave: names masked, offices and posts readable."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ankang_desktop.exchange.masking import mask_people
from ankang_desktop.exchange.outgoing import export
from ankang_desktop.kernel.text import is_office
from ankang_desktop.ledgers import LEDGERS
from tests.unit.exchange.office import Office


@pytest.mark.parametrize(
    "text",
    [
        "安全科",
        "厂长",
        "分管副厂长",
        "设备部",
        "市应急局",
        "总经理",
        "董事长",
        "工会主席",
        "安全员",
        "金工班",
        "外聘专家",
    ],
)
def test_offices_and_posts_stay(text: str) -> None:
    assert is_office(text)
    assert mask_people(text, lambda _: False) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("王建国", "王**"),
        ("欧阳建国", "欧***"),
        ("王科", "王*"),
        ("李世科", "李**"),
        ("王　五", "王*"),
        ("买买提·艾力", "买*****"),
        ("John", "J***"),
        ("安全科王建国", "安全科王**"),
        ("王建国副科长", "王**副科长"),
        ("安全科 王建国", "安全科 王**"),
        ("张三（主席）、李四（科长）", "张*（主席）、李*（科长）"),
        ("张三和李四", "张*和李*"),
        ("示范机械厂安全科", "示范机械厂安全科"),
        ("由车间组织钱多多讲课", "由车间组织钱**讲课"),
    ],
)
def test_people_are_masked(text: str, masked: str) -> None:
    assert mask_people(text, {"钱多多"}.__contains__) == masked


def test_a_copy_that_leaves_says_which_office_lectured(office: Office, tmp_path: Path) -> None:
    ledger = LEDGERS["training"]
    for number, lecturer in enumerate(("安全科", "王建国")):
        office.add("training", **office.smallest(ledger, number) | {"title": f"第{number}期", "lecturer": lecturer})
    path = tmp_path / "a.xlsx"
    with office.names() as names:
        export(ledger, office.records(ledger), names, path, masked=True)
    header, *rows = openpyxl.load_workbook(path)[ledger.title].iter_rows(values_only=True)
    assert [row[header.index("授课人")] for row in rows][-2:] == ["安全科", "王**"]
