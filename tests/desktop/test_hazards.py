"""隐患闭环 through a real window: lanes, filters, the panel, steps for one and for several, photos, letters, urging."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import drafting
from ankang_desktop.actions.hazards import Asked, Focus, board
from ankang_desktop.desktop import session as desktop_session
from ankang_desktop.desktop.form.moves import MoveDialog
from ankang_desktop.desktop.look import font
from ankang_desktop.desktop.screens.hazards.cards import CardsModel, in_lines
from ankang_desktop.desktop.screens.hazards.figures import OVERDUE
from ankang_desktop.desktop.screens.hazards.painted import ItemRow
from ankang_desktop.desktop.screens.hazards.steps import FieldsDialog, ManyDialog
from ankang_desktop.desktop.screens.hazards.urge import UrgeDialog
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.refs import RecordsDialog
from ankang_desktop.ledgers.hazards.words import HazardLevel, RectifyLevel, Stage
from ankang_desktop.ledgers.upper import LetterKind
from tests.desktop.conftest import quiet, write

Show = Callable[..., tuple[Any, Any]]
LEFT = Qt.MouseButton.LeftButton


def lane(page: Any, stage: Stage) -> Any:
    return next(each for each in page.columns if each.stage is stage)


def values(session: Session, number: str) -> dict[str, Any]:
    return drafting.open_record(session.app, number).stored.values


def choose(page: Any, qtbot: QtBot, session: Session, number: str) -> None:
    """Select the card of a hazard."""
    found = next(each for each in page.columns if each.model.row_of(number) >= 0)
    found.list.setFocus()
    found.list.setCurrentIndex(found.model.index(found.model.row_of(number)))
    quiet(qtbot, session)


def titles(page: Any) -> list[str]:
    """Return the words of the panel."""
    return [each.text() for each in page.side.findChildren(QLabel) if each.isVisible()]


def picture(path: Path, colour: int = 3) -> Path:
    Image.new("RGB", (40, 30), (colour, 90, 20)).save(path)
    return path


def drop(widget: Any, path: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, carried, LEFT, none)
    widget.dropEvent(event)


def test_the_model_of_a_lane_keeps_qts_rules(demo: Session, show: Show, qtmodeltester: ModelTester) -> None:
    _, page = show(demo, "hazards")
    model: CardsModel = lane(page, Stage.closed).model
    assert model.rowCount() == model.count == 37
    qtmodeltester.check(model)


def test_counts_open_their_records_and_the_late_stand_first(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "hazards")
    rectifying = lane(page, Stage.rectifying)
    assert [each.is_overdue for each in rectifying.model.cards[:6]] == [True] * 5 + [False]
    qtbot.mouseClick(rectifying.late, LEFT)
    quiet(qtbot, demo)
    assert window.findChild(RecordsDialog).model.rowCount() == 5
    window.findChild(RecordsDialog).close()
    qtbot.mouseClick(page.voided, LEFT)
    quiet(qtbot, demo)
    assert window.page.opened.stored.number == "YH-2026-0011"


def test_every_figure_opens_the_records_it_is_made_of(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "hazards")
    expected = {OVERDUE: 6, "rectified": 48, "on_time": 43, "five_fixed": 48, "dual_report": 2, "teams": 12}
    assert set(page.figures.tiles) == set(expected)
    for key, number in expected.items():
        tile = page.figures.tiles[key]
        qtbot.keyClick(tile, Qt.Key.Key_Return)
        quiet(qtbot, demo)
        dialog = window.findChild(RecordsDialog)
        assert dialog.model.rowCount() == number
        dialog.close()
        dialog.deleteLater()
        quiet(qtbot, demo)
    assert page.figures.tiles["rectified"].text() == "77.1%"
    assert "÷" in page.figures.tiles["rectified"].toolTip()


def test_filters_narrow_together_and_let_go(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "hazards")
    filters = page.filters
    qtbot.keyClick(filters.pills[Focus.overdue], Qt.Key.Key_Space)
    quiet(qtbot, demo)
    assert lane(page, Stage.rectifying).model.count == 5
    assert lane(page, Stage.closed).model.count == 0
    qtbot.mouseClick(filters.rungs[RectifyLevel.workshop], LEFT)
    quiet(qtbot, demo)
    assert filters.asked == Asked(2026, rung=RectifyLevel.workshop, focus=Focus.overdue)
    assert sum(each.model.count for each in page.columns) == 2
    qtbot.mouseClick(filters.everything, LEFT)
    quiet(qtbot, demo)
    assert filters.asked == Asked(2026)
    filters.levels.buttons.button(2).click()
    quiet(qtbot, demo)
    assert filters.asked.level is HazardLevel.major
    assert sum(each.model.count for each in page.columns) == 2
    filters.levels.buttons.button(0).click()
    write(filters.search, "行车")
    quiet(qtbot, demo)
    qtbot.waitUntil(lambda: filters.asked.search == "行车")
    quiet(qtbot, demo)
    assert [each.number for each in lane(page, Stage.graded).model.cards] == ["YH-2026-0034"]
    filters.clear_all()
    filters.team.set_value(16)
    filters.team.changed.emit()
    quiet(qtbot, demo)
    assert filters.asked.team == 16
    assert {card.team for each in page.columns for card in each.model.cards} == {"装配班"}


def test_arrows_walk_the_lanes_and_enter_opens(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "hazards")
    lanes = page.columns
    lanes[0].list.setFocus()
    lanes[0].list.setCurrentIndex(lanes[0].model.index(0))
    qtbot.keyClick(lanes[0].list, Qt.Key.Key_Right)
    qtbot.keyClick(lanes[1].list, Qt.Key.Key_Right)
    qtbot.keyClick(lanes[2].list, Qt.Key.Key_Down)
    quiet(qtbot, demo)
    assert page.side.number == lanes[2].model.cards[1].number
    assert not lanes[0].chosen_cards()
    assert page.panel.isVisible()
    qtbot.keyClick(lanes[2].list, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    lanes[3].list.setCurrentIndex(lanes[3].model.index(0))
    qtbot.keyClick(lanes[3].list, Qt.Key.Key_Return)
    assert window.page.opened.stored.number == "YH-2026-0028"


def test_a_step_is_taken_in_a_small_form_and_the_card_goes_on(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "hazards")
    choose(page, qtbot, demo, "YH-2026-0029")
    page.side.steps.buttons["extend"].click()
    dialog = page.side.findChild(MoveDialog)
    assert list(dialog.boxes) == ["new_deadline", "reason", "approver"]
    assert dialog.told.text() == "整改时限 2026-10-04"
    dialog.boxes["new_deadline"].editor.set_value(date(2026, 9, 1))
    write(dialog.boxes["reason"].editor.main, "等备件")
    write(dialog.boxes["approver"].editor.main, "分管厂长")
    dialog.save()
    assert "晚于" in dialog.problem.text()  # earlier than the old one
    dialog.boxes["new_deadline"].editor.set_value(date(2026, 12, 20))
    dialog.save()
    quiet(qtbot, demo)
    kept = values(demo, "YH-2026-0029")
    assert kept["deadline"] == date(2026, 12, 20)
    assert kept["first_deadline"] == date(2026, 10, 4)
    card = next(each for each in lane(page, Stage.rectifying).model.cards if each.number == "YH-2026-0029")
    assert (card.extensions, card.is_overdue) == (1, False)
    assert page.side.number == "YH-2026-0029"


def test_who_was_responsible_does_not_accept(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = show(demo, "hazards")
    choose(page, qtbot, demo, "YH-2026-0028")
    assert not page.side.steps.buttons["accept"].isEnabled()
    drop(page.side.photos["after"], picture(tmp_path / "整改后_20261120.png"))
    quiet(qtbot, demo)
    assert page.side.steps.buttons["accept"].isEnabled()
    page.side.steps.buttons["accept"].click()
    dialog = page.side.findChild(MoveDialog)
    responsible = values(demo, "YH-2026-0028")["responsible"]
    dialog.boxes["acceptor"].editor.set_value(responsible)
    dialog.save()
    assert "不能是整改责任人" in dialog.boxes["acceptor"].below.text()
    dialog.boxes["acceptor"].editor.set_value(responsible + 1)
    dialog.save()
    quiet(qtbot, demo)
    assert values(demo, "YH-2026-0028")["stage"] is Stage.closed
    assert lane(page, Stage.closed).model.row_of("YH-2026-0028") >= 0
    demo.undo()
    quiet(qtbot, demo)
    assert lane(page, Stage.awaiting).model.row_of("YH-2026-0028") == 0


def test_what_a_step_needs_is_filled_in_from_there(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "hazards")
    choose(page, qtbot, demo, "YH-2026-0034")
    rows = {each.name: each for each in page.side.findChildren(ItemRow)}
    qtbot.keyClick(rows["措施"], Qt.Key.Key_Return)
    dialog = page.side.findChild(FieldsDialog)
    write(dialog.boxes["measures"].editor.main, "调整限位")
    dialog.save()
    quiet(qtbot, demo)
    assert values(demo, "YH-2026-0034")["measures"] == "调整限位"


def test_one_step_for_several_is_one_undo(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = show(demo, "hazards")
    rectifying = lane(page, Stage.rectifying)
    rectifying.list.setFocus()
    rectifying.list.setCurrentIndex(rectifying.model.index(0))
    for _ in range(2):
        qtbot.keyClick(rectifying.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    quiet(qtbot, demo)
    assert len(page.side.many) == 3
    page.side.many_buttons["finish"].click()
    dialog = page.side.findChild(ManyDialog)
    assert "3 条隐患" in dialog.head.text()
    dialog.save()
    quiet(qtbot, demo)
    assert lane(page, Stage.awaiting).model.count == 4
    assert said[-1][1] == "3 条已整改完成"
    assert titles(page)[0] == "已选 3 条“待验收”"  # they go on together: the next step is offered
    assert "accept" in page.side.many_buttons
    assert [len(each.chosen_cards()) for each in page.columns] == [0, 0, 0, 3, 0]
    demo.undo()
    quiet(qtbot, demo)
    assert lane(page, Stage.awaiting).model.count == 1
    assert titles(page)[0] == "已选 3 条“整改中”"


def test_many_take_a_step_behind_and_come_back_where_all_are_refused(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop_session, "AT_ONCE", 1)
    _, page = show(demo, "hazards")
    rectifying = lane(page, Stage.rectifying)
    rectifying.list.setFocus()
    rectifying.list.selectAll()
    quiet(qtbot, demo)
    number = len(page.side.many)
    page.side.many_buttons["finish"].click()
    dialog = page.side.findChild(ManyDialog)
    dialog.boxes["rectified_on"].editor.set_raw("2020-1-1")
    dialog.save()
    assert demo.work.writing is not None
    assert not dialog.isVisible()
    quiet(qtbot, demo)
    assert dialog.isVisible()
    assert dialog.boxes["rectified_on"].below.text()
    dialog.boxes["rectified_on"].editor.set_raw("2026-11-20")
    dialog.save()
    quiet(qtbot, demo)
    assert not dialog.isVisible()
    assert said[-1][1] == f"{number} 条已整改完成"
    demo.undo()
    quiet(qtbot, demo)
    assert rectifying.model.count == number


def test_several_that_leave_the_board_close_the_panel(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "hazards")
    rectifying = lane(page, Stage.rectifying)
    rectifying.list.setFocus()
    rectifying.list.selectAll()
    quiet(qtbot, demo)
    page.side.many_buttons["void"].click()
    dialog = page.side.findChild(ManyDialog)
    write(dialog.boxes["void_reason"].editor.main, "重复登记")
    dialog.save()
    quiet(qtbot, demo)
    assert (rectifying.model.count, page.panel.isVisible(), page.side.many) == (0, False, [])


def test_several_a_filter_leaves_out_leave_the_keys_where_one_types(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "hazards")
    rectifying = lane(page, Stage.rectifying)
    rectifying.list.setFocus()
    rectifying.list.selectAll()
    quiet(qtbot, demo)
    page.filters.search.setFocus()
    write(page.filters.search, "行车")
    page.filters.search.returnPressed.emit()
    quiet(qtbot, demo)
    assert (page.panel.isVisible(), page.side.many) == (False, [])
    assert window.focusWidget() is page.filters.search


def test_the_keys_stay_in_the_panel_after_a_step(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "hazards")
    choose(page, qtbot, demo, "YH-2026-0034")
    row = next(each for each in page.side.findChildren(ItemRow) if each.name == "措施")
    row.setFocus()
    page.side.area.verticalScrollBar().setValue(60)
    qtbot.keyClick(row, Qt.Key.Key_Return)
    dialog = page.side.findChild(FieldsDialog)
    write(dialog.boxes["measures"].editor.main, "调整限位")
    dialog.save()
    quiet(qtbot, demo)
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), ItemRow) and window.focusWidget() is not row)
    assert (window.focusWidget().name, window.focusWidget().value) == ("措施", "调整限位")
    assert page.side.area.verticalScrollBar().value() == 60


def test_photos_are_dropped_pasted_and_moved_over(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = show(demo, "hazards")
    choose(page, qtbot, demo, "YH-2026-0031")
    drop(page.side.photos["after"], picture(tmp_path / "IMG_20261030_1.png", 8))
    quiet(qtbot, demo)
    assert len(page.side.photos["after"].files) == 1
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    before = len(page.side.photos["before"].files)
    qtbot.keyClick(page.side.photos["before"], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, demo)
    assert len(page.side.photos["before"].files) == before + 1
    move = next(act for _, words, act in page.side.photos["after"].entries() if words.startswith("移到"))
    move()
    quiet(qtbot, demo)
    assert not page.side.photos["after"].files
    assert len(page.side.photos["before"].files) == before + 2


def test_a_major_one_ticks_its_two_reports(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "hazards", number="YH-2026-0032")
    quiet(qtbot, demo)
    rows = {each.name: each for each in page.side.findChildren(ItemRow)}
    assert rows["报监管部门"].is_done
    assert not rows["报职代会"].is_done
    qtbot.mouseClick(rows["报职代会"], LEFT)
    dialog = page.side.findChild(FieldsDialog)
    dialog.boxes["congress_reported_on"].editor.set_value(date(2026, 11, 20))
    dialog.save()
    quiet(qtbot, demo)
    rows = {each.name: each for each in page.side.findChildren(ItemRow)}
    assert rows["报职代会"].is_done
    assert rows["报职代会"].warning == "缺文件"
    assert page.figures.tiles["dual_report"].text() == "100.0%"


def test_a_hazard_climbs_the_ladder_from_the_panel(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "hazards")
    choose(page, qtbot, demo, "YH-2026-0029")
    before = {rung: step.text() for rung, step in page.filters.rungs.items()}
    row = next(each for each in page.side.findChildren(ItemRow) if each.name == "由谁整改")
    assert row.value == values(demo, "YH-2026-0029")["rectify_level"].value == "车间"
    qtbot.keyClick(row, Qt.Key.Key_Return)
    dialog = page.side.findChild(FieldsDialog)
    dialog.boxes["rectify_level"].editor.set_value(RectifyLevel.enterprise)
    dialog.save()
    quiet(qtbot, demo)
    after = {rung: step.text() for rung, step in page.filters.rungs.items()}
    assert (before[RectifyLevel.workshop], after[RectifyLevel.workshop]) == ("车间 4", "车间 3")
    assert (before[RectifyLevel.enterprise], after[RectifyLevel.enterprise]) == ("企业 1", "企业 2")


def test_a_letter_is_written_from_the_hazard_and_opened(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "hazards", number="YH-2026-0030")
    quiet(qtbot, demo)
    page.side.write(LetterKind.notice)
    quiet(qtbot, demo)
    letter = window.page.opened.stored
    assert letter.ledger == "opinion_letter"
    assert "隔热护板变形" in letter.values["content"]
    window.go("hazards")
    quiet(qtbot, demo)
    assert page.side.number == "YH-2026-0030"
    assert [ref.number for ref in page.side.seen.letters] == [letter.number]


def test_urging_copies_one_after_another(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "hazards")
    page.urge()
    quiet(qtbot, demo)
    dialog = page.findChild(UrgeDialog)
    first = dialog.people[0]
    qtbot.keyClick(dialog.list, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    if dialog.list.currentRow() == 0:
        dialog.copy()
    assert QGuiApplication.clipboard().text() == first.text
    assert dialog.list.currentRow() == 1
    dialog.copy_all()
    assert QGuiApplication.clipboard().text().count("【隐患整改催办】") == len(dialog.people)
    dialog.close()


def test_a_column_grows_as_it_is_scrolled(demo: Session, show: Show, qtbot: QtBot, monkeypatch: Any) -> None:
    from ankang_desktop.actions import hazards

    monkeypatch.setattr(hazards, "PAGE", 10)
    _, page = show(demo, "hazards")
    closed = lane(page, Stage.closed)
    assert closed.model.count == 37
    for _ in range(6):
        closed.list.scrollToBottom()
        quiet(qtbot, demo)
    assert closed.model.rowCount() == 37
    assert len({each.number for each in closed.model.cards}) == 37


def test_an_empty_year_says_how_to_begin(session: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(session, "hazards")
    assert page._stack.currentIndex() == 1
    window.go("record", {"ledger": "hazard"})
    assert board(session.app, Asked(2026)).voided == 0


def test_words_are_broken_into_two_lines_and_elided(qtbot: QtBot) -> None:
    text = "通道堆放托盘" * 12
    lines = in_lines(text, font(), 120, 2)
    assert len(lines) == 2
    assert text.startswith(lines[0])
    assert lines[1].endswith("…")
    assert in_lines("短", font(), 120, 2) == ["短"]
