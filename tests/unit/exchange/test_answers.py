"""What the command line answers about workbooks: every change told before anything is erased, targets that are xlsx."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ankang_desktop.cli import main

COUNT = 22


class Desk:
    """A workspace with some employees, exported, and every sex erased in the workbook."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.book = folder / "名册.xlsx"
        self.says("init", "--name", "华兴机械厂")

    def says(self, *words: str, status: int = 0) -> str:
        assert main(["--workspace", str(self.folder / "w"), "--today", "2026-11-21", *words]) == status
        out, err = self.capsys.readouterr()
        return str(out + err)

    def json(self, *words: str, status: int = 0) -> Any:
        assert main(["--workspace", str(self.folder / "w"), "--today", "2026-11-21", "--json", *words]) == status
        return json.loads(self.capsys.readouterr().out)

    def fill(self) -> None:
        made = openpyxl.Workbook()
        sheet = made.active
        assert sheet is not None
        for row in [("工号", "姓名", "性别"), *((f"{n:04}", f"甲{n}", "女") for n in range(COUNT))]:
            sheet.append(row)
        made.save(self.book)
        self.says("import", "employee", str(self.book))
        self.says("export", "employee", str(self.book))
        book = openpyxl.load_workbook(self.book)
        column = next(cell.column for cell in book["职工名册"][1] if cell.value == "性别")
        for row in range(2, COUNT + 2):
            book["职工名册"].cell(row, column).value = None
        book.save(self.book)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_what_would_be_erased_is_said(desk: Desk) -> None:
    desk.fill()
    told = desk.json("import", "employee", str(desk.book), "--dry-run")
    assert (told["changed"], told["cleared"], len(told["changes"]), told["written"]) == (COUNT, COUNT, COUNT, 0)
    first = told["changes"][0]
    assert (first["row"], first["sheet"]) == (2, "职工名册")
    assert first["number"].endswith("-0001")
    assert first["fields"] == [{"field": "sex", "label": "性别", "before": "女", "after": ""}]
    text = desk.says("import", "employee", str(desk.book), "--dry-run")
    assert f"其中将清空{COUNT}项" in text
    assert text.count("性别：女 → （空）") == 20
    assert "另有2行" in text
    assert "性别：女 → （空）" in desk.says("import", "employee", str(desk.book))
    assert desk.json("import", "employee", str(desk.book))["changes"] == []


def test_an_empty_ledger_comes_back_as_nothing(desk: Desk) -> None:
    desk.says("export", "hazard", str(desk.folder / "空.xlsx"))
    told = desk.json("import", "hazard", str(desk.folder / "空.xlsx"))
    assert [told[state] for state in ("added", "changed", "same", "wrong", "written")] == [0] * 5


@pytest.mark.parametrize(
    "words", [["template", "hazard"], ["export", "hazard"], ["import", "hazard", "x", "--rejects"]]
)
def test_targets_end_in_xlsx(desk: Desk, words: list[str]) -> None:
    assert "文件名请以 .xlsx 结尾" in desk.says(*words, str(desk.folder / "表.csv"), status=2)
    assert not (desk.folder / "表.csv").exists()
