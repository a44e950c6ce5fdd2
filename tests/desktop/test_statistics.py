"""统计表: the sentences as printed, every number opens its records by mouse and by keyboard, frozen ones differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.records import change_record
from ankang_desktop.actions.statistics import freeze_statistics
from ankang_desktop.desktop.paper.preview import PreviewWindow
from ankang_desktop.desktop.screens.statistics.freezing import FreezeDialog
from ankang_desktop.desktop.screens.statistics.words import address, place_of
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.clock import Clock
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]


@pytest.fixture
def went(demo: Session) -> list[tuple[str, dict[str, Any]]]:
    """Where the page wanted to go."""
    heard: list[tuple[str, dict[str, Any]]] = []
    demo.wanted.connect(lambda key, given: heard.append((key, given)))
    return heard


def shown(demo: Session, show: Show, **arguments: Any) -> tuple[Any, Any]:
    """Show the page, its wishes to go elsewhere heard but not followed."""
    window, page = show(demo, "statistics", **arguments)
    demo.wanted.disconnect(window.go)
    return window, page


def press(parent: Any, text: str) -> None:
    """Press the visible button whose text or tool tip begins so."""
    found = [
        each
        for each in parent.findChildren(QPushButton)
        if each.isVisible() and (each.text().startswith(text) or each.toolTip().startswith(text))
    ]
    assert found, f"no button {text}"
    found[0].click()


def test_an_address_stands_for_a_place() -> None:
    for place in (("J1.1", ""), ("J7.1", "安全家书 #1 & “家”")):
        assert place_of(address(place)) == place


def test_sentences_are_those_of_the_paper(demo: Session, show: Show) -> None:
    _, page = shown(demo, show)
    text = page.flow.toPlainText()
    assert "组织开展宣讲（2）场，参与（105）人次；" in text
    assert "在主流媒体公布“一案双罚”典型案例（0）个" in text
    assert "活动名称（安全家书），组织（1）场/次，参与（88）人次。" in text
    assert len(page.flow.numbers()) == 39
    assert "华兴机械厂" in text


def test_a_click_on_a_number_opens_its_records(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    _, page = shown(demo, show)
    page.flow.go_to(address(("J1.2", "")))
    cursor = page.flow.textCursor()
    cursor.setPosition(cursor.selectionStart() + 1)
    page.flow.setTextCursor(cursor)
    place = page.flow.cursorRect(cursor).center() + QPoint(2, 0)
    cursor.clearSelection()
    page.flow.setTextCursor(cursor)
    qtbot.mouseClick(page.flow.viewport(), Qt.MouseButton.LeftButton, pos=place)
    key, given = went[-1]
    assert key == "records"
    assert given["title"].endswith("：105人次")
    assert len(given["refs"]) == 2


def test_tab_walks_through_the_numbers_and_enter_opens(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    window, page = shown(demo, show)
    window.activateWindow()
    page.flow.setFocus()
    page.flow.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(3):
        qtbot.keyClick(page.flow, Qt.Key.Key_Tab)
    assert page.flow.textCursor().selectedText() == "2", "J1.3, the third number"
    qtbot.keyClick(page.flow, Qt.Key.Key_Return)
    assert went[-1][1]["title"].startswith("J1.3 ")


def test_a_number_counted_twice_is_marked(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = shown(demo, show)
    number = page.sheet.filled.blank("J1.1").refs[0].number
    change_record(demo.app, number, {"also_counted": "J1.4"})
    quiet(qtbot, demo)
    assert "双计" in page.flow.toPlainText()
    change_record(demo.app, number, {"also_counted": ""})
    quiet(qtbot, demo)
    assert "双计" not in page.flow.toPlainText()


def test_another_period_counts_anew(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = shown(demo, show)
    page.period.choice.setCurrentIndex(1)
    page.period.choice.activated.emit(1)
    quiet(qtbot, demo)
    assert page.sheet.filled.end == date(2026, 12, 31)
    page.period.choice.activated.emit(page.period.choice.count() - 1)
    assert page.period.days.isVisible()
    page.period.start.line.setText("5.1")
    page.period.start.line.editingFinished.emit()
    page.period.end.line.setText("4.1")
    page.period.end.line.editingFinished.emit()
    quiet(qtbot, demo)
    assert page.sheet.filled.start == date(2026, 5, 1)
    assert page.sheet.filled.end == date(2026, 12, 31), "a period that ends before it begins is not asked for"
    assert page.period.end.main.property("wrong")
    assert page.period.problem.text() == "期间至 2026-04-01 早于期间自 2026-05-01，请改其中一个日期"
    page.period.end.line.setText("端午")
    page.period.end.line.editingFinished.emit()
    assert page.period.problem.isVisible()
    assert "端午" in page.period.problem.text()
    page.period.end.line.clear()
    page.period.end.line.editingFinished.emit()
    assert page.period.problem.text() == "“期间至”还空着，请填日期，如 6.1"
    page.period.choice.activated.emit(1)
    assert not page.period.problem.isVisible()


def test_march_stays_march_in_another_year(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = shown(demo, show)
    march = page.period.choice.findText("3月")
    page.period.choice.setCurrentIndex(march)
    page.period.choice.activated.emit(march)
    demo.choose_year(2025)
    qtbot.waitUntil(lambda: page.sheet.filled.start.year == 2025)
    assert page.period.choice.currentText() == "3月"
    assert page.sheet.filled.start == date(2025, 3, 1)


def test_the_number_stood_on_is_kept_when_the_page_is_written_anew(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = shown(demo, show)
    page.flow.setFocus()
    for _ in range(4):
        qtbot.keyClick(page.flow, Qt.Key.Key_Tab)
    stood = page.flow.textCursor().charFormat().anchorHref()
    assert stood == page.flow.numbers()[3]
    page.refresh()
    quiet(qtbot, demo)
    assert page.flow.textCursor().charFormat().anchorHref() == stood
    qtbot.keyClick(page.flow, Qt.Key.Key_Tab)
    assert page.flow.textCursor().charFormat().anchorHref() == page.flow.numbers()[4]


def test_a_frozen_one_whose_freezing_is_undone_is_looked_at_no_more(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = shown(demo, show)
    page.show_version(freeze_statistics(demo.app, page.sheet.filled, "试一稿"))
    quiet(qtbot, demo)
    assert page.banner.isVisible()
    demo.undo()
    qtbot.wait(100)
    quiet(qtbot, demo)
    assert page.sheet.frozen is None
    assert not page.banner.isVisible()
    assert not any("没有编号" in text for _, text, _ in said)


def test_a_frozen_one_asked_for_is_shown_at_once(demo: Session, show: Show, qtbot: QtBot) -> None:
    from ankang_desktop.store.frozen import frozen_entries

    with demo.app.read() as connection:
        [entry] = frozen_entries(connection, "jiaozuo_2023")
    _, page = shown(demo, show, frozen=entry.id)
    quiet(qtbot, demo)
    assert page.sheet.frozen is not None
    assert page.sheet.frozen.id == entry.id


def test_last_year_stands_beside_where_there_is_one(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = shown(demo, show)
    qtbot.mouseClick(page.last_year, Qt.MouseButton.LeftButton)
    assert "没有记录，无法同比" in said[-1][1]
    assert "去年" not in page.flow.toPlainText()
    monkeypatch.setattr(demo.app, "clock", Clock(date(2027, 6, 30)))
    demo.choose_year(2027)
    quiet(qtbot, demo)
    assert page.sheet.filled.start == date(2027, 6, 1)
    qtbot.mouseClick(page.last_year, Qt.MouseButton.LeftButton)
    assert "去年105" in page.flow.toPlainText()


def test_what_the_summary_tells_more_opens_those_records(
    demo: Session, show: Show, went: list[tuple[str, dict[str, Any]]]
) -> None:
    _, page = shown(demo, show)
    assert any(each.text() == "班组安全活动" for each in page.side.findChildren(QLabel))
    press(page.side, "264场")
    notes = {ref["note"] for ref in went[-1][1]["refs"]}
    assert notes == {"没有列入本表"}
    assert len(went[-1][1]["refs"]) == 16
    press(page.side, "280场")
    assert len(went[-1][1]["refs"]) == 28  # a month of 班前会 is one record
    press(page.side, "86人次 ✓")
    assert went[-1][1]["title"] == "安全教育培训参加：本表 86人次"


def test_frozen_stays_and_what_differs_is_red(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]], went: list[tuple[str, dict[str, Any]]]
) -> None:
    window, page = shown(demo, show)
    press(page.side, "把现在的数字定稿")
    dialog = window.findChild(FreezeDialog)
    dialog.name.setText(" ")
    dialog.save()
    assert "没有名称" in dialog.problem.text()
    dialog.name.setText("6月上报稿")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert said[-1][1] == "已定稿第 3 号：6月上报稿"
    number = page.sheet.filled.blank("J1.1").refs[0].number
    change_record(demo.app, number, {"场次": "5"})
    quiet(qtbot, demo)
    press(page.side, "6月上报稿")
    quiet(qtbot, demo)
    assert page.banner.isVisible()
    assert "（2 现6）场" in page.flow.toPlainText()
    press(page.side, "2 → 6")
    assert said[-1][1].startswith("组织开展宣讲：记录没有增减")
    press(page.banner, "回到现在的数字")
    quiet(qtbot, demo)
    assert not page.banner.isVisible()
    assert "组织开展宣讲（6）场" in page.flow.toPlainText()


def test_preview_opens_with_the_period_and_the_version(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = shown(demo, show)
    demo.door.window = window
    for printed in (page.print_sheet, lambda: page.print_version(2, with_details=True)):
        printed()
        preview = window.findChild(PreviewWindow)
        quiet(qtbot, demo)
        assert preview.printed is not None
        preview.close()
        preview.deleteLater()
        qtbot.wait(10)


def test_an_unproven_record_opens_from_the_side(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    _, page = shown(demo, show)
    page.period.choose((date(2026, 1, 1), date(2026, 12, 31)))
    quiet(qtbot, demo)
    assert page.sheet.filled.unproven
    first = page.sheet.filled.unproven[0].ref.number
    press(page.side, first)
    assert went[-1] == ("record", {"number": first})
