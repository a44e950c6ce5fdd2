"""班组网格: a hole becomes a record, a tile opens its records, totals stand still, a month is entered at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.grid import MEASURES
from ankang_desktop.actions.records import add_record
from ankang_desktop.desktop import look
from ankang_desktop.desktop.look import font, px
from ankang_desktop.desktop.screens.grid.bulk import BulkDialog
from ankang_desktop.desktop.screens.grid.model import CELL, NAME, TOTAL, Kind, State
from ankang_desktop.desktop.screens.grid.paint import shared
from ankang_desktop.desktop.session import Session
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]


@pytest.fixture
def went(demo: Session) -> list[tuple[str, dict[str, Any]]]:
    """Where the page wanted to go."""
    heard: list[tuple[str, dict[str, Any]]] = []
    demo.wanted.connect(lambda key, given: heard.append((key, given)))
    return heard


def shown(demo: Session, show: Show) -> Any:
    """Show the page, its wishes to go elsewhere heard but not followed."""
    window, page = show(demo, "grid")
    demo.wanted.disconnect(window.go)
    return page


def stand(page: Any, name: str, column: int) -> Any:
    """Stand on a cell by the name of its line."""
    row = next(at for at, line in enumerate(page.board.model.lines) if line.name == name)
    index = page.board.model.index(row, column)
    page.board.view.setCurrentIndex(index)
    page.board.view.setFocus()
    return index


def test_the_models_are_sound(demo: Session, show: Show, qtmodeltester: ModelTester) -> None:
    page = shown(demo, show)
    qtmodeltester.check(page.board.model)
    qtmodeltester.check(page.board.sums)


def test_enter_on_a_hole_begins_its_record(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    page = shown(demo, show)
    cell = stand(page, "清理班", 2).data(CELL)
    assert cell.state is State.hole
    qtbot.keyClick(page.board.view, Qt.Key.Key_Return)
    key, given = went[-1]
    assert (key, given["ledger"]) == ("record", "team_activity")
    assert given["values"]["team"] == cell.line.teams[0].id
    assert given["values"]["held_on"].isoformat() == "2026-02-28"


def test_a_click_on_an_empty_month_begins_its_record(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    page = shown(demo, show)
    for name, column in (("车工班", 1), ("清理班", 2)):
        index = page.board.model.index(stand(page, name, column).row(), column)
        place = page.board.view.visualRect(index).center()
        qtbot.mouseClick(page.board.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    [(key, given)] = went  # the filled month was only stood on
    assert (key, given["ledger"]) == ("record", "team_activity")
    went.clear()
    qtbot.keyClick(page.board.view, Qt.Key.Key_Up)
    assert went == []


def test_every_number_of_the_five_measures_is_drawn(demo: Session, show: Show) -> None:
    page = shown(demo, show)
    page.kinds.buttons.button(0).click()
    model = page.board.sums
    year = model.index(0, TOTAL)
    assert max(year.data(CELL).numbers) > 99
    for index in (year, model.index(0, 6)):
        room = page.board.foot.columnWidth(index.column()) - 16
        numbers = index.data(CELL).numbers
        used, widths = shared(font("caption"), numbers, room)
        metrics = QFontMetrics(used)
        assert sum(widths) <= room + 1
        for number, wide in zip(numbers, widths, strict=True):
            assert not number or metrics.horizontalAdvance(str(number)) <= wide + 1


def test_tab_comes_to_what_is_offered_for_the_cell(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    page = shown(demo, show)
    cell = stand(page, "铣磨班", 3).data(CELL)
    assert cell.number
    quiet(qtbot, demo)  # what is offered is laid out
    reached = []
    for _ in range(3):  # past the totals, the number, to one more record of a month that has some
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached[0] is page.board.foot
    assert page.board.foot.currentIndex().column() == 3
    assert reached[1].text() == f"班组安全活动 {cell.number}场"
    assert reached[2].text() == "登记班组安全活动"
    qtbot.keyClick(reached[2], Qt.Key.Key_Space)
    assert went[-1][1]["values"]["team"] == cell.line.teams[0].id
    page.board.foot.setFocus()
    qtbot.keyClick(page.board.foot, Qt.Key.Key_Right)
    assert page._told.text() == "全部班组 4月"


def test_large_letters_leave_every_column_in_sight(demo: Session, show: Show, qtbot: QtBot) -> None:
    look.apply("light", 150)
    page = shown(demo, show)
    for measure in (1, 0):
        page.kinds.buttons.button(measure).click()
        quiet(qtbot, demo)
        view = page.board.view
        assert view.columnViewportPosition(TOTAL) + view.columnWidth(TOTAL) <= view.viewport().width() + 1
    numbers = page.board.model.cell(1, 1).numbers
    used, _ = shared(font("caption"), numbers, view.columnWidth(1) - px(16))
    assert used.pointSizeF() > 0.7 * font("caption").pointSizeF(), f"{numbers} can still be read"


def test_double_click_on_a_tile_opens_its_records(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    page = shown(demo, show)
    index = stand(page, "车工班", 1)
    place = page.board.view.visualRect(index).center()
    qtbot.mouseClick(page.board.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(page.board.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    quiet(qtbot, demo)
    key, given = went[-1]
    assert key == "records"
    assert given["title"] == "车工班 1月 班组安全活动"
    assert [ref["number"][:2] for ref in given["refs"]] == ["BH", "BH"]


def test_a_training_is_begun_with_the_team_invited(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    page = shown(demo, show)
    qtbot.mouseClick(page.kinds.buttons.button(2), Qt.MouseButton.LeftButton)
    cell = stand(page, "车工班", 2).data(CELL)
    qtbot.keyClick(page.board.view, Qt.Key.Key_Return)
    _, given = went[-1]
    assert given["ledger"] == "training"
    assert given["rows"] == {"teams": [{"team": cell.line.teams[0].id}]}


def test_head_and_totals_open_the_month_and_the_name_its_year(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    page = shown(demo, show)
    head = page.board.head
    place = QPoint(head.sectionViewportPosition(3) + 10, 10)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    quiet(qtbot, demo)
    of_head = went[-1][1]["refs"]
    assert went[-1][1]["title"] == "全部班组 3月 班组安全活动"
    page.board.foot.setCurrentIndex(page.board.sums.index(0, 3))
    page.board.foot.setFocus()
    qtbot.keyClick(page.board.foot, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert went[-1][1]["refs"] == of_head
    stand(page, "铸造车间", NAME)
    qtbot.keyClick(page.board.view, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert went[-1][1]["title"] == "铸造车间 全年 班组安全活动"


def test_the_totals_are_those_of_the_ledgers(demo: Session, show: Show) -> None:
    page = shown(demo, show)
    assert page.board.sums.cell(0, TOTAL).number == sum(page.board.sums.cell(0, month).number for month in range(1, 13))
    page.kinds.buttons.button(4).click()
    assert page.board.sums.cell(0, TOTAL).number == 48, "49 hazards, one of them voided"
    page.workshops.setCurrentText("铸造车间")
    assert {line.kind for line in page.board.model.lines} == {Kind.workshop, Kind.team}
    assert page.board.sums.cell(0, TOTAL).number < 48


def test_all_five_are_told_and_open_from_the_foot(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    from PySide6.QtWidgets import QPushButton

    page = shown(demo, show)
    page.kinds.buttons.button(0).click()
    words = stand(page, "车工班", 6).data(Qt.ItemDataRole.ToolTipRole)
    assert all(each.title in words for each in MEASURES)
    quiet(qtbot, demo)
    links = {each.text(): each for each in page.foot.findChildren(QPushButton) if each.isVisible()}
    assert "隐患 1条" in links
    qtbot.mouseClick(links["应急演练 1场"], Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert went[-1][1]["number"].startswith("YL-")


def test_reminder_goes_to_the_clipboard(demo: Session, show: Show, said: list[tuple[str, str, str]]) -> None:
    page = shown(demo, show)
    stand(page, "清理班", 3)
    page._fill_reminders()
    of_team, of_month, *_ = [each for each in page.remind.menu().actions() if not each.isSeparator()]
    of_team.trigger()
    assert QGuiApplication.clipboard().text().startswith("@清理班：2026年2、3月没有班组安全活动记录")
    of_month.trigger()
    assert "@清理班" in QGuiApplication.clipboard().text()
    assert "3月" in QGuiApplication.clipboard().text()
    assert said[-1][0] == "good"


def test_fewer_than_the_calendar_wants_is_short_and_opens_its_records(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    page = shown(demo, show)
    team = next(each for each in page.grid.teams if each.name == "清理班")
    have = page.board.model.coverage(2)
    add_record(demo.app, "team_activity", {"活动日期": "2026-02-05", "班组": "清理班", "活动类型": "安全日活动"})
    demo.done("")
    quiet(qtbot, demo)
    cell = stand(page, "清理班", 2).data(CELL)
    assert cell.state is State.short
    assert page.board.model.coverage(2) == have
    assert page.grid.lacking(MEASURES[0], team, 2) == 1
    assert page.board.model.words(cell).endswith("班组安全活动1场，每月至少2场，还缺1场")
    qtbot.keyClick(page.board.view, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert went[-1][0] == "record"
    assert went[-1][1]["number"].startswith("BH-"), "the one that is there, not a new one"


def test_nobody_is_urged_for_a_month_to_come(demo: Session, show: Show) -> None:
    page = shown(demo, show)
    stand(page, "清理班", 12)
    page._fill_reminders()
    assert [text for each in page.remind.menu().actions() if "月：" in (text := each.text())] == ["11月：还缺的班组"]


def test_a_month_is_entered_for_all_teams_and_undone_at_once(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    window, page = show(demo, "grid")
    stand(page, "车工班", 11)
    qtbot.mouseClick(page.bulk, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    dialog = window.findChild(BulkDialog)
    assert dialog.table.rowCount() == 12
    dialog.each.setText("15")
    dialog.fill_sessions()
    dialog.fill_times()
    dialog.table.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
    assert "11 个班组" in dialog.save_button.text()
    dialog.table.item(1, 4).setText("两场")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert "场次请填正整数" in dialog.problem.text()
    dialog.table.item(1, 4).setText("15")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert said[-1][1].startswith("已登记 11 个班组的班前会")
    assert page.board.sums.cell(0, 11).number == 11 * 15
    demo.undo()
    quiet(qtbot, demo)
    assert page.board.sums.cell(0, 11).number == 0


def test_enter_in_the_topic_enters_the_teams_and_another_kind_keeps_what_was_written(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    window, page = show(demo, "grid")
    stand(page, "车工班", 11)
    page.enter_many()
    quiet(qtbot, demo)
    dialog = window.findChild(BulkDialog)
    assert dialog.topic.text() == "11月班前会"
    dialog.kind.setCurrentIndex(1)
    assert dialog.topic.text() == f"11月{dialog.chosen_kind().value}"
    dialog.topic.setText("冬季防火")
    dialog.day.set_value(date(2026, 11, 5))
    dialog.kind.setCurrentIndex(0)
    quiet(qtbot, demo)
    assert (dialog.topic.text(), dialog.day.raw()) == ("冬季防火", "2026-11-05")
    dialog.table.item(0, 4).setText("7")
    dialog.topic.setFocus()
    qtbot.keyClick(dialog.topic, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert said[-1][1].startswith("已登记 12 个班组的班前会")
    row = next(at for at, line in enumerate(page.board.model.lines) if line.kind is Kind.team)
    assert page.board.model.cell(row, 11).number == 7, "not overwritten by the button that fills sessions"


def test_without_teams_the_way_to_them_is_shown(session: Session, show: Show) -> None:
    _, page = show(session, "grid")
    assert page._stack.currentIndex() == 2
    assert not page.bulk.isEnabled()
