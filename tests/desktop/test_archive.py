"""档案盒: rows and boxes, box and page edited in place, several put away at once, labels and lists printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.desktop import look
from ankang_desktop.desktop.paper.preview import PreviewWindow
from ankang_desktop.desktop.screens.archive.filing import FilingDialog
from ankang_desktop.desktop.screens.archive.model import BOX, PAGE, TITLE
from ankang_desktop.desktop.session import Session
from tests.desktop.conftest import quiet

Show = Callable[..., tuple[Any, Any]]
ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def went(demo: Session) -> list[tuple[str, dict[str, Any]]]:
    """Where the page wanted to go."""
    heard: list[tuple[str, dict[str, Any]]] = []
    demo.wanted.connect(lambda key, given: heard.append((key, given)))
    return heard


def shown(demo: Session, show: Show, qtbot: QtBot, **arguments: Any) -> tuple[Any, Any]:
    """Show the page, its wishes to go elsewhere heard but not followed."""
    window, page = show(demo, "archive", **arguments)
    demo.wanted.disconnect(window.go)
    qtbot.waitUntil(lambda: page.looked is not None, timeout=60_000)
    return window, page


def at(page: Any, number: str, column: int = 0) -> Any:
    """Return the index of a record by its number, and stand on it."""
    row = next(place for place, line in enumerate(page.lines.lines) if line.number == number)
    index = page.lines.index(row, column)
    page.lines_view.setCurrentIndex(index)
    return index


def texts(page: Any, column: int) -> list[str]:
    return [page.lines.index(row, column).data() for row in range(page.lines.rowCount())]


def test_the_models_are_sound(demo: Session, show: Show, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    _, page = shown(demo, show, qtbot)
    page.entries_view.stand_on("4")
    assert any(line.children for line in page.lines.lines)
    qtmodeltester.check(page.lines)
    qtmodeltester.check(page.entries)


def test_every_row_is_there_and_a_missing_one_is_red(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = shown(demo, show, qtbot, row=4)
    assert [each.key for each in page.entries.entries] == [*map(str, range(1, 25)), "0"]
    assert page._told.text() == "第4行共 21 份，2 份缺材料"
    page.filters.buttons.button(2).click()
    assert {line.tone for line in page.lines.lines} == {"danger"}
    assert len(page.lines.lines) == 2
    assert "添加照片" in page.lines.index(0, TITLE).data(Qt.ItemDataRole.ToolTipRole)


def test_a_box_is_written_in_place_and_undone(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = shown(demo, show, qtbot, row=4)
    number = next(line.number for line in page.lines.lines if line.state == "只有电子件")
    index = at(page, number, BOX)
    page.lines_view.setFocus()
    qtbot.keyClick(page.lines_view, Qt.Key.Key_F2)
    editor = page.lines_view.findChild(QLineEdit)
    qtbot.keyClicks(editor, "8")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert page.lines.line_at(index).box == "8"
    assert page.lines.line_at(index).state == "已归盒"
    assert said[-1][1] == f"{number} 盒号已改为“8”"
    demo.undo()
    quiet(qtbot, demo)
    assert page.lines.line_at(index).box == ""


def test_f2_edits_box_and_tab_goes_on_to_the_page_and_nothing_typed_is_lost(
    demo: Session, show: Show, qtbot: QtBot
) -> None:
    _, page = shown(demo, show, qtbot, row=4)
    view = page.lines_view
    first, second = page.lines.lines[0].number, page.lines.lines[1].number
    at(page, first)  # as the arrows walk: on the line, in no column that can be edited
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    qtbot.keyClicks(editor_of(page, "盒号"), "12")
    qtbot.keyClick(editor_of(page, "盒号"), Qt.Key.Key_Tab)
    qtbot.keyClicks(editor_of(page, "页号"), "77")
    qtbot.wait(100)
    quiet(qtbot, demo)  # what was written is read, and the card scored anew
    assert editor_of(page, "页号").text().endswith("77")
    qtbot.keyClick(editor_of(page, "页号"), Qt.Key.Key_Tab)
    assert view.currentIndex().siblingAtColumn(0).data() == second
    assert view.currentIndex().column() == BOX
    qtbot.keyClick(editor_of(page, "盒号"), Qt.Key.Key_Escape)
    quiet(qtbot, demo)
    line = next(each for each in page.lines.lines if each.number == first)
    assert (line.box, line.page) == ("12", "77")


def test_by_box_an_editor_stays_while_the_order_changes(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = shown(demo, show, qtbot, box="5")
    view, last = page.lines_view, page.lines.lines[-1]
    at(page, page.lines.lines[0].number)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    qtbot.keyClicks(editor_of(page, "盒号"), "9")
    page.edit(last, "page", "1")
    qtbot.wait(100)
    quiet(qtbot, demo)
    assert editor_of(page, "盒号").text() == "9"
    qtbot.keyClick(editor_of(page, "盒号"), Qt.Key.Key_Escape)
    quiet(qtbot, demo)
    assert page.lines.lines[0].number == last.number or page.lines.lines[1].number == last.number


def editor_of(page: Any, name: str) -> QLineEdit:
    """Return the editor open in the table, by its name."""
    editors = [each for each in page.lines_view.findChildren(QLineEdit) if each.isVisible()]
    [found] = [each for each in editors if each.accessibleName() == name]
    return found


def test_another_years_lines_are_not_left_standing(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = shown(demo, show, qtbot, box="5")
    page.lines_view.setFocus()
    demo.choose_year(2025)
    page.refresh()
    assert page.stack.currentIndex() == 0
    assert page.looked is None
    qtbot.waitUntil(lambda: page.looked is not None, timeout=60_000)
    assert page.looked.archive.year == 2025


def test_a_box_numbered_anew_begins_with_its_first_page(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = shown(demo, show, qtbot, box="5")
    page.lines_view.selectAll()
    page.file_chosen()
    dialog = window.findChild(FilingDialog)
    assert (dialog.box.text(), dialog.first.text()) == ("5", "1")
    for field, text, told in ((dialog.first, "0", "起始页号"), (dialog.each, "两", "每份页数")):
        before = field.text()
        field.setText(text)
        dialog.save()
        assert dialog.problem.text() == f"{told}请填正整数，如 1"
        assert dialog.focusWidget() is field
        field.setText(before)
    dialog.save()
    quiet(qtbot, demo)
    assert page._told.text().endswith("页码连续")


def test_a_files_own_page_is_written_on_the_file(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = shown(demo, show, qtbot, row=4)
    row = next(place for place, line in enumerate(page.lines.lines) if line.children and line.box)
    top = page.lines.index(row, 0)
    page.lines_view.expand(top)
    place = page.lines.index(0, PAGE, top)
    assert page.lines.setData(place, "77")
    quiet(qtbot, demo)
    line = page.lines.lines[row]
    assert line.children[0].page == "77"
    box = next(each for each in page.looked.boxes if each.number == line.box)
    assert any(each.leaf and each.page == "77" for each in box.contents)


def test_several_are_put_into_a_box_and_numbered_on(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    window, page = shown(demo, show, qtbot, row=6)
    page.file_chosen()
    assert "还没有选材料" in said[-1][1]
    for row in range(3):
        page.lines_view.selectionModel().select(page.lines.index(row, 0), ROWS)
    assert page.file_button.text().startswith("归盒编页 3 份")
    qtbot.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(FilingDialog)
    dialog.save()
    assert "请填放入哪一盒" in dialog.problem.text()
    qtbot.keyClicks(dialog.box, "3")
    assert dialog.first.text() == "15", "box 3 ends with page 14"
    dialog.first.setText("eins")
    dialog.save()
    assert "正整数" in dialog.problem.text()
    dialog.first.setText("15")
    dialog.each.setText("2")
    dialog.each.textEdited.emit("2")
    assert "第 19-20 页" in dialog.preview.text()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    if dialog.isVisible():
        dialog.save()
    quiet(qtbot, demo)
    assert said[-1][1] == "已把 3 份材料放入 3 号盒"
    assert [(line.box, line.page) for line in page.lines.lines[:3]] == [("3", "15-16"), ("3", "17-18"), ("3", "19-20")]
    demo.undo()
    quiet(qtbot, demo)
    assert {line.box for line in page.lines.lines[:3]} == {""}


def test_by_box_tells_gaps_and_enter_opens(
    demo: Session, show: Show, qtbot: QtBot, went: list[tuple[str, dict[str, Any]]]
) -> None:
    _, page = shown(demo, show, qtbot, box="5")
    assert page.is_by_box
    assert page._told.text() == "5 号盒：6 件 · 24 页，1 处要核对"
    assert page.lines.lines[-1].state == "前面缺第 15—19 页"
    at(page, "PX-2026-0016")
    page.lines_view.setFocus()
    qtbot.keyClick(page.lines_view, Qt.Key.Key_Return)
    assert went[-1] == ("record", {"number": "PX-2026-0016"})


def test_large_letters_squeeze_nothing_out(demo: Session, show: Show, qtbot: QtBot) -> None:
    look.apply("light", 150)
    window, page = shown(demo, show, qtbot, box="5")
    assert page.lines_view.horizontalScrollBar().maximum() == 0
    page.lines_view.selectAll()
    page.file_chosen()
    dialog = window.findChild(FilingDialog)
    qtbot.wait(50)
    assert dialog.numbering.width() >= dialog.numbering.minimumSizeHint().width()
    dialog.close()


def test_search_looks_through_all_material(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = shown(demo, show, qtbot)
    page.search.setText("盒b1 班前会")
    qtbot.waitUntil(lambda: page._told.text().startswith("在全部材料里找到"))
    assert page.lines.lines
    assert all(line.box.startswith("B1") for line in page.lines.lines)
    page.search.setText("没有这样的东西")
    qtbot.waitUntil(lambda: page._told.text() == "在全部材料里找到 0 份")
    assert page.body.currentIndex() == 1
    page.search.clear()
    qtbot.waitUntil(lambda: page._told.text().startswith("第1行"))


def test_lists_and_spines_are_previewed(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    window, page = shown(demo, show, qtbot)
    demo.door.window = window
    page.print_index()
    assert said[-1][1] == "还没有选盒"
    page.show_with(box="5")
    for printing, pages in ((page.print_index, 1), (lambda: page.print_spine(is_all=True), 8)):
        printing()
        preview = window.findChild(PreviewWindow)
        quiet(qtbot, demo)
        assert preview.printed is not None
        assert preview.printed.pages == pages
        preview.close()
        preview.deleteLater()
        qtbot.wait(10)


def test_an_empty_workspace_says_what_to_do(
    session: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = show(session, "archive")
    qtbot.waitUntil(lambda: page.looked is not None, timeout=60_000)
    assert page.body.currentIndex() == 1
    page.views.buttons.button(1).click()
    assert page.stack.currentIndex() == 2
    page.print_spine()
    assert said[-1][1] == "还没有材料归盒"


def test_many_are_put_away_in_a_thread_as_one_step(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    window, page = shown(demo, show, qtbot, row=8)
    before = [line.box for line in page.lines.lines[:60]]
    for row in range(60):
        page.lines_view.selectionModel().select(page.lines.index(row, 0), ROWS)
    page.file_chosen()
    dialog = window.findChild(FilingDialog)
    dialog.box.setText("30")
    dialog.numbering.setChecked(False)
    dialog.save()
    quiet(qtbot, demo)
    assert said[-1][1] == "已把 60 份材料放入 30 号盒"
    assert {line.box for line in page.lines.lines[:60]} == {"30"}
    demo.undo()
    quiet(qtbot, demo)
    assert [line.box for line in page.lines.lines[:60]] == before
