"""The form of a record: typed dates, problems beside fields, drafts, attendance, steps, leaving with unsaved work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import choosing, drafting, records, rosters
from ankang_desktop.desktop import look
from ankang_desktop.desktop.evidence.waiting import Waiting
from ankang_desktop.desktop.form.body import Body
from ankang_desktop.desktop.form.drafts import all_drafts, kept_draft
from ankang_desktop.desktop.form.moves import MoveDialog
from ankang_desktop.desktop.frame.navigation import TARGET
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.work import Turns
from ankang_desktop.ledgers.hazards.words import Stage
from tests.desktop.conftest import quiet, write
from tests.desktop.test_evidence import drop, urls

Show = Callable[..., tuple[Any, Any]]


def test_a_hazard_is_typed_and_saved_by_keyboard(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="hazard")
    boxes = page.body.boxes
    day = boxes["found_on"].editor.main
    day.selectAll()
    qtbot.keyClicks(day, "11.3")
    boxes["source"].editor.main.setFocus()
    qtbot.keyClicks(boxes["source"].editor.main, "s")  # 随手拍 by its initial
    while boxes["source"].editor.raw() != "snapshot":
        qtbot.keyClicks(boxes["source"].editor.main, "s")
    write(boxes["description"].editor.main, "消防通道堆物")
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, demo)
    assert page.opened is not None
    assert page.opened.stored.values["found_on"] == date(2026, 11, 3)
    assert page.title.startswith("YH-2026-")
    assert not page.unsaved.is_dirty


def test_problems_stand_beside_their_fields(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="hazard")
    assert not page.save()
    assert page.body.boxes["description"].below.text() == "隐患描述不能为空"
    page.body.boxes["deadline"].editor.set_raw("2026-13-45")
    page.body.boxes["deadline"].editor._typed()
    page.unsaved.judge()
    assert "不是有效日期" in page.body.boxes["deadline"].below.text()
    assert page.body.boxes["deadline"].editor.main.property("wrong")


def test_an_end_before_its_start_is_said_before_the_rest_is_filled(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="training")
    for key, text in (("held_on", "2026-6-2"), ("until", "2026-6-1")):
        page.body.boxes[key].editor.main.selectAll()
        qtbot.keyClicks(page.body.boxes[key].editor.main, text)
    page.unsaved.judge()
    assert "早于培训日期" in page.body.boxes["until"].below.text()
    assert page.body.boxes["title"].below.text() == ""
    qtbot.keyClicks(page.body.boxes["until"].editor.main, "2")
    page.unsaved.judge()
    assert page.body.boxes["until"].below.text() == ""


def test_a_person_is_found_by_initials(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="hazard")
    editor = page.body.boxes["responsible"].editor
    [found, *_] = choosing.suggest(demo.app, "employee", "0029")
    qtbot.keyClicks(editor.line, "0029")
    assert editor.is_offering()
    editor._take(0)
    assert editor.value() == found.id
    write(editor.line, "没有这个人")
    assert "请从列表中选" in page.body.boxes["responsible"].misread()


def test_what_is_typed_outlives_a_crash(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="hazard")
    write(page.body.boxes["description"].editor.main, "写到一半")
    page.unsaved.keep()
    assert all_drafts(demo.app) == [("hazard", "")]
    page.unsaved.is_dirty = False  # the program is gone without a word
    _, again = show(demo, "record", ledger="hazard")
    assert again.body.boxes["description"].editor.raw() == "写到一半"
    again.unsaved.drop()
    assert kept_draft(demo.app, "hazard", "") is None


def test_files_that_wait_outlive_a_crash_too(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = show(demo, "record", ledger="drill")
    files = [tmp_path / name for name in ("演练20261120.txt", "没了.txt")]
    for each in files:
        each.write_text(each.name, "utf-8")
    page.evidence.add("proof", files)
    quiet(qtbot, demo)
    assert len(page.evidence.pending()) == 2
    qtbot.waitUntil(lambda: bool(all_drafts(demo.app)), timeout=5000)  # nothing was typed, and yet it is kept
    page.evidence.waiting = Waiting()  # the program is gone without a word
    files[1].unlink()
    window, again = show(demo, "record", ledger="drill")
    assert [file.name for file in again.evidence.files()] == [files[0].name]
    assert again.evidence.files()[0].taken_on == date(2026, 11, 20)
    assert files[1].name in window.messages.told.text()


def test_days_as_people_say_them_and_numbers_as_they_are_kept(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="drill")
    boxes = page.body.boxes
    for typed, read in {"昨天": "2026-11-20", "上周五": "2026-11-13", "15日": "2026-11-15"}.items():
        boxes["held_on"].editor.set_raw(typed)
        boxes["held_on"].editor.line.editingFinished.emit()
        assert boxes["held_on"].editor.raw() == read
    boxes["began_at"].editor.set_raw("今天 8:30")
    assert boxes["began_at"].editor.value() == datetime(2026, 11, 21, 8, 30)
    boxes["began_at"].editor.set_raw("25:00")
    assert "2026-6-1 14:30" in boxes["began_at"].misread()
    boxes["observers"].editor.set_raw("1e2人")
    boxes["observers"].editor.line.editingFinished.emit()
    assert boxes["observers"].editor.raw() == "100"


def test_a_month_is_typed_and_stepped_as_a_month(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="heat_allowance")
    editor = page.body.boxes["month"].editor
    editor.line.selectAll()
    write(editor.line, "8月")
    editor.line.editingFinished.emit()
    assert (editor.raw(), editor.value()) == ("2026年8月", date(2026, 8, 1))
    qtbot.keyClick(editor.line, Qt.Key.Key_Up)
    assert editor.raw() == "2026年9月"
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    assert editor.raw() == "2026年7月"
    assert not editor.weekday.isVisible()


def test_a_refusal_is_taken_back_once_nothing_is_wrong(demo: Session, show: Show) -> None:
    window, page = show(demo, "record", ledger="workshop")
    assert not page.save()
    assert window.messages.isVisible()
    write(page.body.boxes["name"].editor.main, "木工车间")
    page.unsaved.judge()
    assert not window.messages.isVisible()


def test_papers_units_and_duties_are_chosen_by_what_they_are_called(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="absence_note")
    editor = page.body.boxes["unit"].editor
    line = editor.box.lineEdit()
    line.setFocus()
    write(line, "第20行③")
    qtbot.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Return)
    assert editor.box.currentText().startswith("第20行③")
    code = editor.value()
    assert code.isascii()
    editor.set_value(code)
    assert editor.box.currentText().startswith("第20行③")
    editor.box.setEditText("没有这一行")
    assert "请从列表中选" in page.body.boxes["unit"].misread()
    _, page = show(demo, "record", number="FA-2026-0001")
    assert "安康杯" in page.body.boxes["programme"].editor.box.currentText()


def test_leaving_with_unsaved_work_asks(
    demo: Session, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page = show(demo, "record", number="YH-2026-0007")
    write(page.body.boxes["place"].editor.main, "改")
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        box.setResult(0)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: None)
    window.navigation.show_place("hazards")  # the click that is refused marks it
    window.go("hazards")
    assert asked
    assert window.page is page
    assert window.navigation.tree.currentItem().data(0, TARGET) == ("ledger", "hazard")
    monkeypatch.setattr(
        QMessageBox, "clickedButton", lambda box: next(each for each in box.buttons() if "不保存" in each.text())
    )
    window.go("help")
    assert window.page.title == "帮助"


def test_everyone_is_present_and_the_absent_are_ticked(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="training")
    grid = page.body.grids["attendance"]
    [team, *_] = choosing.suggest(demo.app, "team", "")
    people = rosters.in_service(demo.app, [team.id])
    grid.add_teams([team.id])
    assert [row["person"] for row in grid.value()] == people
    column = [each.key for each in grid.model.fields].index("present")
    index = grid.model.index(0, column)
    grid.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert grid.value()[0]["present"] is False
    assert f"到场 {len(people) - 1} 人" in grid.told.text()
    name = choosing.called(demo.app, "employee", [people[-1]])[people[-1]]
    grid.set_value([])
    QGuiApplication.clipboard().setText(f"{name}\n查无此人")
    grid.paste()
    assert [row["person"] for row in grid.value()] == [people[-1]]


def test_rows_not_saved_yet_are_undone_before_any_step(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="training")
    grid = page.body.grids["attendance"]
    [team, *_] = choosing.suggest(demo.app, "team", "")
    grid.add_teams([team.id])
    people = [row["person"] for row in grid.value()]
    grid.view.setFocus()
    grid.view.setCurrentIndex(grid.model.index(0, 0))
    alt_shift = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(grid.view, Qt.Key.Key_Down, alt_shift)
    assert [row["person"] for row in grid.value()][:2] == [people[1], people[0]]
    assert grid.view.currentIndex().row() == 1
    qtbot.keyClick(grid.view, Qt.Key.Key_Delete)
    assert grid.view.currentIndex().row() == 1
    for _ in range(2):
        qtbot.keyClick(grid.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [row["person"] for row in grid.value()] == people
    before = records.next_steps(demo.app)
    for _ in range(3):  # more often than there is anything to undo in the form
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert grid.value() == []
    assert records.next_steps(demo.app) == before
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert [row["person"] for row in grid.value()] == people


def test_rows_are_found_by_any_cell_and_by_initials(demo: Session, show: Show) -> None:
    _, page = show(demo, "record", number="HT-2026-0001")
    for grid, words in ((page.body.grids["clauses"], "除尘"), (page.body.grids["clauses"], "ccss")):
        grid.finder.setText(words)
        seen = [row for row in range(grid.model.rowCount()) if not grid.view.isRowHidden(row)]
        assert len(seen) == 1
        assert "除尘设施" in str(grid.value()[seen[0]])


def test_escape_closes_what_is_open_before_it_leaves(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "record", ledger="training")
    boxes, adder = page.body.boxes, page.body.grids["attendance"]._adder.adder.line
    for line, keys in ((adder, "wst"), (boxes["held_on"].editor.line, ""), (boxes["topics"].editor.main, "")):
        line.setFocus()
        if keys:
            qtbot.keyClicks(line, keys)
        else:
            qtbot.keyClick(line, Qt.Key.Key_F4)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        qtbot.keyClick(popup.focusWidget() or popup, Qt.Key.Key_Escape)
        assert QApplication.activePopupWidget() is None
        assert window.page is page
        adder.clear()


def test_a_block_is_pasted_as_it_comes(demo: Session, show: Show, said: list[tuple[str, str, str]]) -> None:
    _, page = show(demo, "record", ledger="training")
    grid = page.body.grids["attendance"]
    [one, two, *_] = choosing.suggest(demo.app, "employee", "")
    [same, other] = choosing.suggest(demo.app, "employee", "李文斌")
    blocks = {
        f"序号\t姓名\t缺席\t成绩\n1\t{one.name}\t√\t90\n\n2\t查无此人\t\t\n": [(one.id, False)],
        f"0000\t{two.name}\t某班": [(two.id, True)],  # no headings: the names are found, the rest is not ours
        f"李文斌\t{same.name.partition('(')[2][:-1]}": [(same.id, True)],  # of two of a name the one with this number
        "李文斌": [],
    }
    for text, wanted in blocks.items():
        grid.set_value([])
        QGuiApplication.clipboard().setText(text)
        grid.paste()
        assert [(row["person"], row["present"]) for row in grid.value()] == wanted
    assert "同名" in said[-1][1]
    assert other.id != same.id


def test_another_year_does_not_empty_a_form(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "record", ledger="training")
    write(page.body.boxes["title"].editor.main, "冬季用电")
    demo.choose_year(2027)
    quiet(qtbot, demo)
    assert window.page is page
    assert page.body.boxes["title"].editor.raw() == "冬季用电"


def test_names_are_settled_as_far_as_they_can_be(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="committee_member")
    box = page.body.boxes["person"]
    write(box.editor.line, "李文斌")
    assert "还没有选定是哪个职工" in box.misread()
    box.editor.line.clear()
    qtbot.keyClicks(box.editor.line, "wst")
    box.editor.settle_text()
    assert box.editor.line.text() == "王守田(0001)"


def test_several_names_are_pasted_at_once(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="commitment")
    [box] = page.body.inline.values()
    QGuiApplication.clipboard().setText("王守田\n孙长河、查无此人")
    qtbot.keyClick(box.editor.adder.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(box.editor.raw()) == 2
    assert box.editor.adder.line.text() == "查无此人"


def test_models_of_lines_keep_qts_rules(demo: Session, show: Show, qtmodeltester: ModelTester) -> None:
    _, page = show(demo, "record", number="PX-2026-0001")
    qtmodeltester.check(page.body.grids["attendance"].model)


def test_the_closed_loop_by_its_buttons(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", number="YH-2026-0035")
    offers = {each.key: each for each in page.opened.moves}
    dialog = MoveDialog(demo, page.opened, offers["grade"], page)
    dialog.save()
    assert dialog.boxes["level"].below.text()
    dialog.boxes["level"].editor.set_raw("general")
    dialog.boxes["domain"].editor.box.setCurrentIndex(1)
    dialog.save()
    quiet(qtbot, demo)
    assert page.opened.stored.values["stage"] is Stage.graded
    assert "order" in {each.key for each in page.opened.moves}
    demo.undo()
    quiet(qtbot, demo)
    assert page.opened.stored.values["stage"] is Stage.registered


def test_a_major_hazard_is_graded_in_one_go_and_a_void_one_says_so(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", number="YH-2026-0035")
    offers = {each.key: each for each in page.opened.moves}
    dialog = MoveDialog(demo, page.opened, offers["grade"], page)
    assert dialog.boxes["level"].field.required
    dialog.boxes["level"].editor.set_raw("major")
    dialog.boxes["domain"].editor.box.setCurrentIndex(1)
    dialog.save()
    assert "判定依据" in dialog.boxes["major_basis"].below.text()
    dialog.boxes["major_basis"].editor.set_raw("判定标准第3条")
    dialog.save()
    quiet(qtbot, demo)
    assert page.opened.stored.values["stage"] is Stage.graded
    dialog = MoveDialog(demo, page.opened, {each.key: each for each in page.opened.moves}["void"], page)
    dialog.boxes["void_reason"].editor.set_raw("重复登记")
    dialog.save()
    quiet(qtbot, demo)
    assert page.opened.moves == ()
    assert page.moves.isVisible()  # “已作废”


def test_a_copy_begins_at_the_first_stage(demo: Session, show: Show) -> None:
    _, page = show(demo, "record", ledger="hazard", copy_of="YH-2026-0007")
    assert page.opened is None
    assert page.body.boxes["place"].editor.value() == "CW61车床"
    assert page.body.boxes["closed_on"].editor.value() is None


def test_removed_by_accident_and_got_back(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    window, _ = show(demo, "ledger", ledger="drill")
    window.go("record", {"number": "YL-2026-0001"})
    quiet(qtbot, demo)
    window.page.remove()
    quiet(qtbot, demo)
    assert "回收站" in said[-1][1]
    window.go("record", {"number": "YL-2026-0001"})
    quiet(qtbot, demo)
    assert window.page.head.restoring.isVisible()
    window.page.restore()
    quiet(qtbot, demo)
    assert not drafting.open_record(demo.app, "YL-2026-0001").stored.removed


def test_every_ledger_has_a_form(demo: Session, show: Show) -> None:
    window, _ = show(demo, "help")
    for ledger in demo.app.ledgers:
        window.go("record", {"ledger": ledger.key})
        assert window.page.ledger.key == ledger.key
        shown = {*window.page.body.boxes, *window.page.body.grids, *window.page.body.inline}
        assert {*ledger.editable, *(lines.key for lines in ledger.lines)} - shown <= {"stage"}
        window.page.unsaved.clean()


def test_large_text_makes_no_form_wider_than_its_room(demo: Session, show: Show) -> None:
    look.apply("light", 150)
    window, _ = show(demo, "today")
    for ledger in demo.app.ledgers:
        window.go("record", {"ledger": ledger.key})
        body = window.page.body
        assert body.boxes
        QApplication.processEvents()
        assert body.widget().minimumSizeHint().width() <= body.viewport().width(), ledger.title


def test_cards_come_one_a_turn_and_all_at_once_where_one_is_asked_for(session: Session, qtbot: QtBot) -> None:
    turns, others = (Turns(session) for _ in range(2))
    body, asked = (Body(session, session.app.ledgers["hazard"], each) for each in (turns, others))
    for each in (body, asked):
        qtbot.addWidget(each)
    turns.take_one()
    others.take_one()
    assert list(asked.cards) == asked.titles[:1]
    asked.go_to(asked.titles[-1])
    assert list(asked.cards) == asked.titles
    assert list(body.cards) == body.titles[:1]
    body.show_values({"description": "漏油", "measures": "修复并复查"}, {})
    qtbot.waitUntil(lambda: list(body.cards) == body.titles)
    order = [body.widget().layout().itemAt(place).widget() for place in range(len(body.cards))]
    assert order == list(body.cards.values())
    assert (body.values()["description"], body.values()["measures"]) == ("漏油", "修复并复查")


def test_a_record_is_read_once_when_it_is_opened(demo: Session, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    open_record = drafting.open_record

    def opened(app: Any, number: str) -> Any:
        read.append(number)
        return open_record(app, number)

    monkeypatch.setattr(drafting, "open_record", opened)
    show(demo, "record", number="YH-2026-0001")
    assert read == ["YH-2026-0001"]


def test_a_name_is_added_and_taken_back_without_leaving_the_line(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "record", ledger="training")
    lines = page.body.grids["attendance"]
    window.activateWindow()
    before = len(lines.value())
    lines._add_keys([choosing.suggest(demo.app, "employee", "", 3)[0].id] * 2)
    assert len(lines.value()) == before + 1  # each person once
    lines._adder.adder.line.setFocus()
    qtbot.keyClick(lines._adder.adder.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(lines.value()) == before
    page.unsaved.clean()


def test_rows_hidden_by_the_search_follow_their_rows(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", ledger="training")
    lines = page.body.grids["attendance"]
    people = choosing.suggest(demo.app, "employee", "", 40)[:20]
    lines._add_keys([each.id for each in people])
    lines.finder.setText(people[0].name)
    shown = [row for row in range(20) if not lines.view.isRowHidden(row)]
    lines.view.choose_rows(shown[:1], 0)
    lines.move_chosen(1)
    seen = [lines.model.rows[row]["person"] for row in range(20) if not lines.view.isRowHidden(row)]
    assert people[0].id in seen
    assert len(seen) == len(shown)
    page.unsaved.clean()


def test_a_file_taken_out_again_leaves_no_draft(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = show(demo, "record", ledger="training")
    (tmp_path / "签到.pdf").write_bytes(b"%PDF-1.4")
    drop(page.evidence.slots["sign_in"], urls([tmp_path / "签到.pdf"]))
    qtbot.waitUntil(lambda: all_drafts(demo.app) == [("training", "")])
    page.side.forget_waiting()
    page.side.changed.emit()
    qtbot.waitUntil(lambda: all_drafts(demo.app) == [])


def test_the_page_is_in_sight_first_and_the_keys_go_to_the_first_field_once_it_is_there(
    session: Session, show: Show, qtbot: QtBot
) -> None:
    window, _ = show(session, "today")
    window.go("record", {"ledger": "hazard"})
    assert window.page.isVisible()
    assert not window.page.body.cards
    quiet(qtbot, session)
    assert window.focusWidget() is window.page.body.boxes["found_on"].editor.main


def test_between_two_pieces_the_window_has_a_turn_of_its_own(session: Session, qtbot: QtBot) -> None:
    seen: list[str] = []
    turns, beat = Turns(session), QTimer(session)
    beat.timeout.connect(lambda: seen.append("beat"))
    beat.start(0)
    for name in ("first", "second"):
        turns.add(partial(seen.append, name))
    qtbot.waitUntil(lambda: "second" in seen)
    beat.stop()
    between = seen[seen.index("first") + 1 : seen.index("second")]
    assert between.count("beat") >= 2


def test_who_types_on_right_after_saving_is_not_written_over(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", number="YH-2026-0034")
    measures = page.body.boxes["measures"].editor
    write(measures.main, "调整限位")
    assert page.save()
    write(measures.main, "并试车")
    quiet(qtbot, demo)
    assert measures.value() == "调整限位并试车"
    assert page.unsaved.is_dirty
    assert page.save()
    quiet(qtbot, demo)
    assert drafting.open_record(demo.app, "YH-2026-0034").stored.values["measures"] == "调整限位并试车"
