"""设置: the enterprise at a glance, backups kept and rehearsed, faults in words, what closing does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import filing, keeping, records
from ankang_desktop.actions.enterprise import glance
from ankang_desktop.app import App
from ankang_desktop.desktop.frame.closing import PREFERENCE, ClosingBackup
from ankang_desktop.desktop.preferences import Preferences
from ankang_desktop.desktop.screens.settings.about import LicencesDialog
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.progress import Quiet
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]
LEFT = Qt.MouseButton.LeftButton


def own(session: Session) -> Path:
    return session.app.workspace.folder / "backups"


def test_the_enterprise_at_a_glance_follows_the_records(session: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(session, "settings")
    assert page.edit.text() == "填写单位信息(&E)"
    records.add_record(session.app, "profile", {"单位名称": "新厂", "上级工会": "市总"})
    records.add_record(session.app, "yearly_figures", {"统计日期": "2026-10-31", "职工数": "40"})
    quiet(qtbot, session)
    assert page.edit.text() == "修改单位信息(&E)"
    seen = glance(session.app)
    assert dict(seen.facts)["上级工会"] == "市总"
    assert dict(seen.facts)["简称"] == "未填"
    assert seen.figures == ("年度数据 2026-10-31", "职工数 40")


def test_numbers_of_the_structure_open_their_ledgers(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "settings")
    heard: list[tuple[str, dict[str, Any]]] = []
    demo.wanted.disconnect(window.go)
    demo.wanted.connect(lambda key, given: heard.append((key, given)))
    for at in range(page.parts.count()):
        qtbot.mouseClick(page.parts.itemAt(at).widget(), LEFT)
    assert [given["ledger"] for _, given in heard] == ["workshop", "team", "post", "employee"]


def test_sections_are_reached_by_keyboard(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "settings")
    page.names.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.names, Qt.Key.Key_Down)
    assert page.names.currentItem().text() == "备份与恢复"
    bar = page.area.verticalScrollBar()
    assert 0 < bar.value() <= page.backups.y()
    bar.setValue(0)
    assert page.names.currentItem().text() == "单位"


def test_a_backup_elsewhere_is_remembered_rehearsed_and_restored(
    demo: Session,
    show: Show,
    qtbot: QtBot,
    said: list[tuple[str, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, page = show(demo, "settings", action="backup")
    quiet(qtbot, demo)
    assert page.backups.age._text == "今天"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "U盘"))
    page.backups.back_up_elsewhere()
    quiet(qtbot, demo)
    assert {each.folder.parent for each in page.backups.model.rows} == {own(demo), tmp_path / "U盘"}
    elsewhere = next(at for at, each in enumerate(page.backups.model.rows) if each.folder.parent != own(demo))
    page.backups.table.selectRow(elsewhere)
    page.backups.rehearse()
    quiet(qtbot, demo)
    assert "全部佐证都能完整恢复" in page.backups.rehearsed.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "恢复"), ""))
    page.backups.restore()
    quiet(qtbot, demo)
    assert said[-1][1].startswith("已恢复到新文件夹")
    with App.opened(tmp_path / "恢复", demo.app.clock) as restored:
        assert filing.check_workspace(restored)["ok"]
    shutil.rmtree(tmp_path / "U盘")
    page.backups.refresh()
    quiet(qtbot, demo)
    assert [each.folder.parent for each in page.backups.model.rows] == [own(demo)]


def test_a_rehearsal_tells_what_is_damaged(
    demo: Session, show: Show, qtbot: QtBot, qtmodeltester: ModelTester, said: list[tuple[str, str, str]]
) -> None:
    _, page = show(demo, "settings", action="backup")
    quiet(qtbot, demo)
    qtmodeltester.check(page.backups.model)
    [kept] = keeping.backups(own(demo))
    next(path for path in (kept.folder / "evidence").rglob("*") if path.is_file()).write_bytes(b"?")
    page.backups.rehearse()
    quiet(qtbot, demo)
    assert said[-1][0] == "warning"
    assert "内容被改动" in page.backups.rehearsed.text()
    assert page.backups.trial._tone == "danger"


def test_without_a_backup_the_person_is_told(
    session: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = show(session, "settings")
    assert page.backups.age._text == "没有备份"
    page.backups.rehearse()
    assert said[-1][1] == "还没有备份"


def test_faults_are_listed_and_copied(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "settings")
    page.checking.check()
    quiet(qtbot, demo)
    assert "都完好" in page.checking.told.text()
    assert not page.checking.faults.isVisible()
    next(path for path in (demo.app.workspace.folder / "evidence").rglob("*") if path.is_file()).unlink()
    page.checking.check()
    quiet(qtbot, demo)
    assert "不见了" in page.checking.faults.toPlainText()
    page.checking._copy()
    assert "不见了" in QGuiApplication.clipboard().text()


def test_the_day_is_backed_up_once_before_closing(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "settings")
    page.backups.daily.click()
    assert demo.preferences.get(PREFERENCE)
    assert not window.close()
    assert window.isVisible()
    quiet(qtbot, demo)
    assert len(keeping.backups(own(demo))) == 1
    assert not window.isVisible()
    assert not keeping.is_backup_due(demo.app)
    window.show()
    assert window.close()


def test_nothing_is_backed_up_unless_wanted(demo: Session, show: Show) -> None:
    window, _ = show(demo, "settings")
    assert window.close()
    assert keeping.backups(own(demo)) == []


def test_the_closing_backup_can_be_skipped(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, _ = show(demo, "settings")
    demo.preferences.put(PREFERENCE, True)
    assert not window.close()
    window.findChild(ClosingBackup).reject()
    quiet(qtbot, demo)
    assert keeping.backups(own(demo)) == []
    assert not window.isVisible()


def test_an_empty_workspace_needs_no_backup(session: Session) -> None:
    assert not keeping.is_backup_due(session.app)
    records.add_record(session.app, "workshop", {"车间名称": "一车间"})
    assert keeping.is_backup_due(session.app)
    filing.back_up(session.app, None, Quiet())
    assert not keeping.is_backup_due(session.app)


def test_licences_are_shown(session: Session, show: Show) -> None:
    window, page = show(session, "settings")
    page.sections["关于"].show_licences()
    dialog = window.findChild(LicencesDialog)
    texts = [dialog.tabs.widget(at).toPlainText() for at in range(dialog.tabs.count())]
    assert "LGPL" in texts[0]
    assert "SIL OPEN FONT LICENSE" in texts[1].upper()
    assert "MIT" in texts[2]
    dialog.close()


def test_sizes_are_read_as_people_say_them() -> None:
    assert [keeping.size_text(size) for size in (12, 2048, 3 << 20, 5 << 30)] == [
        "12 字节",
        "2.0 KB",
        "3.0 MB",
        "5.0 GB",
    ]


def test_what_is_put_is_kept_whatever_happens_to_the_value_later(tmp_path: Path) -> None:
    kept = Preferences(tmp_path / "desktop.json")
    widths = {"number": 100}
    kept.put("widths", widths)
    widths["number"] = 200
    kept.put("widths", widths)
    kept.settle()
    assert Preferences(tmp_path / "desktop.json").get("widths") == {"number": 200}
    with pytest.raises(TypeError):
        kept.put("broken", {object()})
    kept.put("theme", "dark")
    kept.settle()
    assert Preferences(tmp_path / "desktop.json").theme == "dark"
