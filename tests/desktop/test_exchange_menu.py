"""The Excel menu of a ledger: what is listed goes out as it is listed, an empty template, the wizard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.browsing import all_ids
from ankang_desktop.actions.tables import export_found
from ankang_desktop.desktop.exchange.menu import exchange_actions
from ankang_desktop.desktop.paper.targets import open_outside, ways_to
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.store.sieve import Condition, Sieve
from tests.desktop.conftest import quiet


def answer(monkeypatch: pytest.MonkeyPatch, target: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))


def press(session: Session, words: str, ids: Any = ()) -> None:
    next(do for _, text, do in exchange_actions(session, "hazard", lambda: ids) if words in text)()


def column(path: Path) -> list[Any]:
    return [row[0].value for row in load_workbook(path).worksheets[0].iter_rows(min_row=2)]


def test_what_is_listed_goes_out_in_its_order(
    demo: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[tuple[str, str, str]]
) -> None:
    sieve = Sieve(conditions=(Condition("place", "has", "车间"),), sort="place")
    ids = all_ids(demo.app, "hazard", sieve, Quiet())
    answer(monkeypatch, tmp_path / "所列")
    press(demo, "导出", ids)
    quiet(qtbot, demo)
    assert 1 < len(ids) < 49
    numbers = column(tmp_path / "所列.xlsx")
    assert len(numbers) == len(ids)
    assert export_found(demo.app, "hazard", tmp_path / "筛选.xlsx", sieve, Quiet()) == len(ids)
    assert column(tmp_path / "筛选.xlsx") == numbers
    assert said[-1][1] == f"已导出 {len(ids)} 条到 所列.xlsx"
    assert demo.preferences.get("folder") == str(tmp_path)


def test_nothing_listed_is_said_before_a_name_is_asked_for(
    session: Session, monkeypatch: pytest.MonkeyPatch, said: list[tuple[str, str, str]]
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: pytest.fail("asked"))
    press(session, "导出")
    assert said[-1][:2] == ("info", "没有可导出的记录")


def test_template_holds_the_labels(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[tuple[str, str, str]]
) -> None:
    answer(monkeypatch, tmp_path / "模板.xlsx")
    press(session, "模板")
    heads = [cell.value for cell in load_workbook(tmp_path / "模板.xlsx").worksheets[0][1]]
    assert {"编号", "发现日期", "隐患描述"} <= set(heads)
    assert "模板已存为" in said[-1][1]


def test_a_cancelled_dialog_writes_nothing(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "")
    press(session, "模板")
    assert not list(tmp_path.glob("*.xlsx"))


def test_import_opens_the_wizard_of_the_ledger(session: Session) -> None:
    went: list[tuple[str, Any]] = []
    session.wanted.connect(lambda key, given: went.append((key, given)))
    press(session, "导入")
    assert went == [("import", {"ledger": "hazard"})]


def test_a_file_nothing_opens_or_that_is_gone_is_said(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[tuple[str, str, str]]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(asked.append(url.toLocalFile())))
    written = tmp_path / "台账.xlsx"
    written.touch()
    (_, opening), (_, folder) = ways_to(session.door.say, written)
    opening()
    assert said[-1] == ("warning", "这台电脑没有打开“台账.xlsx”的程序", f"请用WPS或Excel打开 {written}")
    folder()
    assert said[-1][2] == f"请在文件管理器里打开 {tmp_path}"
    assert asked == [str(written), str(tmp_path)]
    written.unlink()
    opening()
    assert said[-1][1] == "“台账.xlsx”不在原处了，可能被移动、改名或删除"
    assert len(asked) == 2
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    before = len(said)
    open_outside(session.door.say, tmp_path)
    assert len(said) == before
