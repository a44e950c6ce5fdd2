"""A workbook into a ledger: columns guessed and corrected, bad rows mended on the spot, one step, one undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.records import add_record, undo
from ankang_desktop.actions.tables import write_template
from ankang_desktop.desktop.exchange.mapping import LEFT_OUT
from ankang_desktop.desktop.exchange.model import FIRST, STATE, WASH
from ankang_desktop.desktop.exchange.page import CHOOSE, END, MAP, PREVIEW, ImportPage
from ankang_desktop.desktop.exchange.people import RegisterDialog
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets.cells import BADGE
from ankang_desktop.exchange.planning import State
from ankang_desktop.kernel import paths
from ankang_desktop.store.query import count
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, ImportPage]]
OLD = paths.resources() / "demo" / "旧隐患台账2026.xlsx"
SHEET = "2026年台账"
PASTED = "粘贴的表格"
HEAD = "发现日期\t地点\t隐患描述\t隐患来源\t责任人"


def number_of(session: Session, key: str) -> int:
    with session.app.read() as connection:
        return count(connection, session.app.ledgers[key])


@pytest.fixture
def old(demo: Session, show: Show, qtbot: QtBot) -> ImportPage:
    """The wizard with the old hazard workbook read, its columns in sight."""
    _, page = show(demo, "import", ledger="hazard", path=str(OLD))
    assert page.step == MAP
    return page


def to_preview(page: ImportPage, qtbot: QtBot) -> ImportPage:
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    quiet(qtbot, page.session)
    assert page.step == PREVIEW
    return page


def paste(page: ImportPage, qtbot: QtBot, *rows: str, head: str = HEAD) -> None:
    QGuiApplication.clipboard().setText("\r\n".join((head, *rows)))
    qtbot.keyClick(page.choosing.ledger, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, page.session)


# --- the journey ----------------------------------------------------------------------------------------------


def test_old_workbook_is_mended_imported_and_undone(old: ImportPage, demo: Session, qtbot: QtBot) -> None:
    before = number_of(demo, "hazard")
    page = to_preview(old, qtbot)
    plan = page.draft.plan if page.draft else None
    assert plan is not None
    assert (plan.counts[State.wrong], plan.counts[State.same]) == (2, 14)
    assert not page.writing.isEnabled()
    assert "先改正错误的行" in page.foot.told.text()

    qtbot.keyClick(page.preview.view, Qt.Key.Key_F8)  # the date: mended beside the list
    assert page.preview.cell.text() == "2026-2-30"
    page.preview.cell.setText("2026-2-28")
    qtbot.keyClick(page.preview.cell, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert page.writing.text() == "只导入正确的 1 行(&I)"

    model, view = page.preview.model, page.preview.view  # the name: mended in the table
    index = model.index_of(15, "C")
    assert model.data(index) == "钱不多"
    view.setCurrentIndex(index)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("钟月华")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert page.preview.strangers.isHidden()
    assert page.writing.text() == "全部导入 2 行(&I)"

    qtbot.mouseClick(page.writing, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert page.step == END
    assert number_of(demo, "hazard") == before + 2
    assert page.ending.told.text() == "已导入 2 条到“隐患排查治理台账”"
    qtbot.mouseClick(page.ending.undoing, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert number_of(demo, "hazard") == before
    assert page.ending.told.text() == "已撤销本次导入"
    qtbot.mouseClick(page.ending.back, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert (page.step, page.writing.text()) == (PREVIEW, "全部导入 2 行(&I)")


def test_only_the_right_rows_go_in_and_the_wrong_ones_come_back_red(
    old: ImportPage, demo: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = to_preview(old, qtbot)
    page.mend((SHEET, 19, 1), "2026-2-28")
    quiet(qtbot, demo)
    before = number_of(demo, "hazard")
    page.writing.click()
    quiet(qtbot, demo)
    assert number_of(demo, "hazard") == before + 1
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "错.xlsx"), ""))
    page.save_rejects()
    sheet = load_workbook(tmp_path / "错.xlsx").worksheets[0]
    assert sheet.max_row == 3
    assert [cell.value for cell in sheet[3] if cell.fill.fgColor.rgb == "FFFFC7CE"] == ["钱不多"]


def test_every_new_record_is_opened_from_the_end(
    old: ImportPage, demo: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = to_preview(old, qtbot)
    page.mend((SHEET, 19, 1), "2026-2-28")
    quiet(qtbot, demo)
    page.writing.click()
    quiet(qtbot, demo)
    listed: list[tuple[str, int]] = []
    monkeypatch.setattr(type(demo), "open_records", lambda _, title, refs: listed.append((title, len(refs))))
    assert page.ending.applied is not None
    page.ending._list("本次新增的记录", page.ending.applied.added)
    quiet(qtbot, demo)
    assert listed == [("本次新增的记录", 1)]


# --- the steps ------------------------------------------------------------------------------------------------


def test_guesses_are_shown_with_how_sure_they_are(old: ImportPage) -> None:
    words = {str(old.mapping.choices[at].property("header")): badge.text() for at, badge in old.mapping.badges.items()}
    assert (words["整改措施"], words["检查日期"], words["整改时现"]) == ("标签一致", "同义", "近似，请核对")
    assert old.mapping.meant["隐患内容"] == "description"
    assert "表头在第 4 行" in old.mapping.told.text()


def test_a_column_is_corrected_by_hand_and_a_needed_one_must_be_given(old: ImportPage, qtbot: QtBot) -> None:
    choice = next(each for each in old.mapping.choices.values() if each.property("header") == "隐患内容")
    choice.setCurrentIndex(choice.findText(LEFT_OUT))
    choice.activated.emit(choice.currentIndex())
    quiet(qtbot, old.session)
    assert "隐患描述" in old.mapping.missing.text()
    assert not old.next.isEnabled()
    other = next(each for each in old.mapping.choices.values() if each.property("header") == "部位")
    other.setCurrentIndex(other.findData("description"))
    other.activated.emit(other.currentIndex())
    quiet(qtbot, old.session)
    assert (old.mapping.missing.text(), old.next.isEnabled()) == ("", True)
    assert old.mapping.meant["部位"] == "description"
    at = next(at for at, each in old.mapping.choices.items() if each is other)
    assert old.mapping.badges[at].text() == "手工指定"


def test_choosing_a_field_twice_takes_it_from_the_column_before(old: ImportPage, qtbot: QtBot) -> None:
    for header in ("部位", "隐患内容", "部位"):
        old.correct(header, "description")
        quiet(qtbot, old.session)
    assert (old.mapping.meant["部位"], old.mapping.meant["隐患内容"]) == ("description", "")


def test_a_dropped_file_is_read(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "import", ledger="hazard")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(OLD))])
    no = Qt.KeyboardModifier.NoModifier
    page.choosing.zone.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no)
    )
    quiet(qtbot, demo)
    assert page.step == MAP


def test_what_is_no_workbook_is_said_and_one_may_choose_again(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    (tmp_path / "照片.xlsx").write_bytes(b"\x89PNG....")
    _, page = show(demo, "import", ledger="hazard", path=str(tmp_path / "照片.xlsx"))
    quiet(qtbot, demo)
    assert said[-1][0] == "danger"
    assert "图片" in said[-1][1]
    assert (page.step, page.choosing.opening.isEnabled()) == (CHOOSE, True)


def test_the_workbook_of_another_ledger_is_offered_there(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "import", ledger="hazard", path=str(OLD.parent / "06-职工名册.xlsx"))
    assert not page.mapping.other.isHidden()
    page.mapping.ledger_wanted.emit("职工名册")
    quiet(qtbot, demo)
    assert (page.draft.ledger if page.draft else "", page.heading.text()) == ("employee", "从 Excel 导入：职工名册")
    assert page.mapping.other.isHidden()


def test_a_block_is_pasted_and_personal_columns_stay_out(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "import", ledger="hazard")
    paste(page, qtbot, "2026/6/1\t新东门\t栏杆松动\t随手拍\t周连胜\t无", head=f"{HEAD}\t手机号")
    assert page.step == MAP
    assert "“手机号”是个人信息" in page.mapping.notes.text()
    phone = next(each for each in page.mapping.choices.values() if each.property("header") == "手机号")
    assert not phone.isEnabled()
    to_preview(page, qtbot)
    assert page.writing.text() == "全部导入 1 行(&I)"


def test_an_empty_clipboard_is_said(demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]) -> None:
    _, page = show(demo, "import", ledger="hazard")
    paste(page, qtbot, head="")
    assert "剪贴板里没有表格" in said[-1][1]
    assert page.step == CHOOSE


def test_without_a_ledger_one_is_chosen_first(session: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = show(session, "import")
    assert not page.choosing.opening.isEnabled()
    page.choosing.ledger.setCurrentIndex(page.choosing.ledger.findData("workshop"))
    page.choosing.ledger.activated.emit(0)
    assert page.choosing.opening.isEnabled()
    write_template(session.app, "workshop", tmp_path / "模板.xlsx")
    page.read(tmp_path / "模板.xlsx")
    quiet(qtbot, session)
    to_preview(page, qtbot)
    assert not page.writing.isEnabled()
    assert page.foot.told.text() == "表头下面没有数据"


# --- the preview ----------------------------------------------------------------------------------------------


def test_model_keeps_its_promises(old: ImportPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    page = to_preview(old, qtbot)
    qtmodeltester.check(page.preview.model)
    qtmodeltester.check(page.preview.points)
    page.preview.show_state(State.wrong)
    qtmodeltester.check(page.preview.model)


def test_counts_filter_and_cells_are_coloured(old: ImportPage, qtbot: QtBot) -> None:
    page = to_preview(old, qtbot)
    model = page.preview.model
    qtbot.mouseClick(page.preview.counts["wrong"], Qt.MouseButton.LeftButton)
    assert [model.data(model.index(row, 0)) for row in range(model.rowCount())] == ["19", "20"]
    assert {model.data(model.index(row, STATE), BADGE)[1] for row in range(2)} == {"danger"}
    bad = model.index_of(14, "B")
    assert model.data(bad, WASH) == "danger"
    assert "不是有效日期" in model.data(bad, Qt.ItemDataRole.ToolTipRole)
    assert model.data(model.index_of(14, "A"), WASH) == ""
    qtbot.mouseClick(page.preview.counts[""], Qt.MouseButton.LeftButton)
    assert model.rowCount() == 16


def test_f8_goes_round_the_faults(old: ImportPage, qtbot: QtBot) -> None:
    page = to_preview(old, qtbot)
    seen = []
    for _ in range(3):
        qtbot.keyClick(page.preview.view, Qt.Key.Key_F8)
        seen.append(page.preview.model.data(page.preview.view.currentIndex()))
    assert seen == ["2026-2-30", "钱不多", "2026-2-30"]
    qtbot.keyClick(page.preview.view, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.preview.cell.text() == "钱不多"


def test_updates_show_old_and_new_and_what_would_be_cleared(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    _, page = show(demo, "import", ledger="hazard")
    paste(page, qtbot, "YH-2026-0001\t改过的地点\t", head="编号\t地点\t整改措施")
    to_preview(page, qtbot)
    model = page.preview.model
    texts = [model.data(model.index(0, column)) for column in range(FIRST, model.columnCount())]
    assert texts == ["YH-2026-0001", "3号加工中心 → 改过的地点", "恢复联锁，通报批评 → （空）"]
    assert model.data(model.index(0, FIRST + 1), WASH) == "accent"
    assert "清空已填的 1 项" in page.preview.cleared.text()
    assert not page.preview.cleared.isHidden()


def test_a_name_is_put_right_everywhere_at_once(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "import", ledger="hazard")
    paste(page, qtbot, *(f"2026-6-1\t{place}号门\t松动\t随手拍\t周连生" for place in range(3)))
    to_preview(page, qtbot)
    stranger = page.preview.strangers.strangers[0]
    assert (stranger.name, len(stranger.places)) == ("周连生", 3)
    assert "周连胜" in stranger.near
    page.preview.strangers.renamed.emit(stranger, "周连胜")
    quiet(qtbot, demo)
    assert page.writing.text() == "全部导入 3 行(&I)"


def test_a_stranger_is_registered_before_anything_is_saved(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "import", ledger="hazard")
    paste(page, qtbot, "2026-6-1\t东门\t松动\t随手拍\t殷新人")
    to_preview(page, qtbot)
    page.preview.strangers._register(page.preview.strangers.strangers[0])
    dialog = page.findChild(RegisterDialog)
    assert dialog is not None
    assert dialog.editors["姓名"].text() == "殷新人"
    dialog.saving.click()
    assert "工号" in dialog.problem.text()
    dialog.editors["工号"].setText("9001")
    dialog.saving.click()
    qtbot.wait(200)
    quiet(qtbot, demo)
    assert page.preview.strangers.isHidden()
    assert page.writing.text() == "全部导入 1 行(&I)"


def test_records_changed_meanwhile_are_planned_again(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "import", ledger="workshop")
    paste(page, qtbot, "新车间", head="车间名称")
    to_preview(page, qtbot)
    add_record(demo.app, "workshop", {"车间名称": "新车间"})
    qtbot.wait(200)
    quiet(qtbot, demo)
    plan = page.draft.plan if page.draft else None
    assert plan is not None
    assert plan.counts[State.same] == 1
    undo(demo.app)
    qtbot.wait(200)
    quiet(qtbot, demo)
    assert page.draft is not None
    assert page.draft.plan is not None
    assert page.draft.plan.counts[State.added] == 1


def test_handwork_is_not_left_unasked(old: ImportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert old.may_leave()
    page = to_preview(old, qtbot)
    page.mend((SHEET, 19, 1), "2026-2-28")
    quiet(qtbot, page.session)
    monkeypatch.setattr(QMessageBox, "question", lambda *_, **__: QMessageBox.StandardButton.No)
    assert not page.may_leave()
    monkeypatch.setattr(QMessageBox, "question", lambda *_, **__: QMessageBox.StandardButton.Yes)
    assert page.may_leave()


def test_a_step_taken_later_is_not_undone_by_the_import_s_button(old: ImportPage, demo: Session, qtbot: QtBot) -> None:
    page = to_preview(old, qtbot)
    page.mend((SHEET, 19, 1), "2026-2-28")
    quiet(qtbot, demo)
    page.writing.click()
    quiet(qtbot, demo)
    assert page.ending.undoing.isEnabled()
    add_record(demo.app, "workshop", {"车间名称": "后来的车间"})
    qtbot.wait(200)
    assert not page.ending.undoing.isEnabled()
    assert "后来又有别的修改" in page.ending.under.text()


def test_a_cancelled_import_keeps_nothing(
    demo: Session, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ankang_desktop.exchange import incoming

    monkeypatch.setattr(incoming, "_BATCH", 1)
    _, page = show(demo, "import", ledger="workshop")
    paste(page, qtbot, *(f"车间{place}" for place in range(50)), head="车间名称")
    to_preview(page, qtbot)
    before = number_of(demo, "workshop")
    page.writing.click()
    job = page.runner.job
    assert job is not None
    job.cancel()
    quiet(qtbot, demo)
    assert number_of(demo, "workshop") == before
    assert (page.step, page.writing.isEnabled()) == (PREVIEW, True)


def test_the_keys_go_on_in_the_step_that_has_come(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "import", ledger="hazard")
    paste(page, qtbot, "2026-6-1\t南门\t松动\t随手拍\t周连胜")
    assert (page.step, page.next.hasFocus()) == (MAP, True)
    qtbot.keyClick(page.next, Qt.Key.Key_Space)
    quiet(qtbot, demo)
    assert (page.step, page.preview.view.hasFocus()) == (PREVIEW, True)
    page.writing.setFocus()
    qtbot.keyClick(page.writing, Qt.Key.Key_Space)
    assert page.preview.view.hasFocus()  # and not 取消, which the second of two presses would press
    quiet(qtbot, demo)
    assert (page.step, page.ending.going.hasFocus()) == (END, True)


# --- workbooks as they are found in offices -------------------------------------------------------------------


def read_months(show: Show, demo: Session, folder: Path, head: list[str], **sheets: list[list[Any]]) -> ImportPage:
    """Return the wizard with a workbook of these sheets read."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in (head, *rows):
            sheet.append(row)
    made.save(folder / "全年.xlsx")
    page: ImportPage
    _, page = show(demo, "import", ledger="hazard", path=str(folder / "全年.xlsx"))
    return page


def test_all_sheets_of_one_header_are_one_import(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    before = number_of(demo, "hazard")
    rows = {f"{month}月": [[f"2026-{month}-3", f"新{month}号门", "松", "随手拍", ""]] for month in (1, 2, 3)}
    rows["3月"].append(["2026-2-30", "新东门", "松", "随手拍", ""])
    page = read_months(show, demo, tmp_path, HEAD.split("\t"), **rows)
    box = page.mapping.sheet
    assert [box.itemText(at) for at in range(box.count())] == ["全部 3 张表（表头相同）", "1月", "2月", "3月"]
    assert (box.currentIndex(), page.mapping.told.text()) == (0, "“全年.xlsx”：3 张工作表表头相同，一起导入，共有 4 行")
    box.setCurrentIndex(2)
    box.activated.emit(2)
    quiet(qtbot, demo)
    assert page.mapping.told.text() == "“全年.xlsx”：表头在第 1 行，下面有 1 行"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    quiet(qtbot, demo)
    to_preview(page, qtbot)
    model = page.preview.model
    assert [model.data(model.index(row, 0)) for row in range(4)] == ["1月 · 2", "2月 · 2", "3月 · 2", "3月 · 3"]
    assert page.preview.points.data(page.preview.points.index(0)).startswith("“3月”第3行 发现日期（A列）")
    qtbot.keyClick(page.preview.view, Qt.Key.Key_F8)
    page.preview.cell.setText("2026-2-28")
    qtbot.keyClick(page.preview.cell, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    page.writing.click()
    quiet(qtbot, demo)
    assert number_of(demo, "hazard") == before + 4
    undo(demo.app)
    assert number_of(demo, "hazard") == before


def test_two_columns_of_one_header_are_said_where_the_columns_are(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    head = ["发现日期", "地点", "地点", "隐患描述", "隐患来源"]
    page = read_months(show, demo, tmp_path, head, 台账=[["2026-3-1", "旧", "新东门", "松", "随手拍"]])
    assert "两列都是“地点”（B列、C列）" in page.mapping.missing.text()
    assert not page.next.isEnabled()
    choice = page.mapping.choices[1]
    choice.setCurrentIndex(choice.findText(LEFT_OUT))
    choice.activated.emit(choice.currentIndex())
    quiet(qtbot, demo)
    assert (page.mapping.missing.text(), page.next.isEnabled()) == ("", True)
    to_preview(page, qtbot)
    assert page.preview.model.data(page.preview.model.index_of(0, "C")) == "新东门"


def test_formulas_and_bare_day_numbers_are_told_before_anything_is_written(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    row = [45800, '="新"&"门"', "松", "随手拍", ""]
    page = read_months(show, demo, tmp_path, HEAD.split("\t"), 台账=[row])
    assert "没有存下结果的公式（“台账”B2）" in page.mapping.notes.text()
    assert "2025-05-23" in page.mapping.samples[0].text()
    to_preview(page, qtbot)
    model = page.preview.model
    at = model.index_of(0, "A")
    assert (model.data(at), model.data(at, Qt.ItemDataRole.EditRole)) == ("2025-05-23", "2025-05-23")
    assert not model.setData(at, "2025-05-23")
