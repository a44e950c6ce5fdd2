"""The derived page of a ledger: ids first, filters by kind, totals, batch, copy, delete and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import browsing, drafting, records
from ankang_desktop.declare.kinds.base import Kind
from ankang_desktop.desktop.form.editors import EDITORS
from ankang_desktop.desktop.ledger.batch import BatchDialog
from ankang_desktop.desktop.ledger.filters import ConditionPanel
from ankang_desktop.desktop.ledger.model import RecordsModel
from ankang_desktop.desktop.ledger.view import _WIDTHS
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.hazards.words import HazardLevel, Stage
from ankang_desktop.store.query import containing
from ankang_desktop.store.sieve import CLAUSES, PROOF, Condition, Sieve
from tests.desktop.conftest import quiet, write

Show = Callable[..., tuple[Any, Any]]
KINDS = {kind.name for kind in Kind.__subclasses__()}


def sheet_of(page: Any) -> Any:
    return page.stack.currentWidget()


@pytest.mark.parametrize("table", [EDITORS, CLAUSES, _WIDTHS], ids=["editors", "filters", "widths"])
def test_every_kind_of_value_is_in_the_desktops_tables(table: dict[str, Any]) -> None:
    assert set(table) == KINDS


def test_the_model_keeps_qts_rules(demo: Session, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = RecordsModel(demo, demo.app.ledgers["hazard"])
    with qtbot.waitSignal(model.arrived):
        model.look_at(Sieve(year=2026))
    assert model.rowCount() > 40
    qtmodeltester.check(model)


@pytest.mark.parametrize("key", ["hazard", "employee", "training", "heat_care", "profile", "contract"])
def test_every_row_shows_what_the_record_says(demo: Session, key: str) -> None:
    ledger = demo.app.ledgers[key]
    ids = browsing.all_ids(demo.app, key, Sieve(), Quiet())
    keys = ["number", *(each.key for each in ledger.columns)]
    for row in browsing.rows(demo.app, key, ids, keys)[:40]:
        shown = records.shown_record  # the command line's own view of the record
        with demo.app.read() as connection:
            opened = drafting.open_record(demo.app, row.number)
            texts = shown(ledger, opened.stored, demo.app.names(connection))
        for name, text in zip(keys, row.texts, strict=True):
            assert text == texts.get(ledger.fields[name].label, "").replace("\n", " ")
        assert row.is_complete == (not opened.lacks)


def test_sorting_and_conditions_find_what_they_say(demo: Session) -> None:
    app = demo.app

    def found(*conditions: Condition, **order: Any) -> list[browsing.Row]:
        ids = browsing.all_ids(app, "hazard", Sieve(conditions=conditions, **order), Quiet())
        return browsing.rows(app, "hazard", ids, ["number", "level", "stage", "deadline", "responsible", "place"])

    major = found(Condition("level", "any", (HazardLevel.major,)))
    assert major
    assert {row.texts[1] for row in major} == {"重大"}
    by_deadline = [row.texts[3] for row in found(sort="deadline", is_descending=False)]
    known = [each for each in by_deadline if each]
    assert known == sorted(known)
    assert by_deadline[: len(known)] == known  # those without stand last
    people = [
        row.texts[4] for row in found(Condition("responsible", "filled"), sort="responsible", is_descending=False)
    ]
    assert people == sorted(people, key=lambda name: name.split("(")[0])
    stages = [row.texts[2] for row in found(sort="stage", is_descending=False)]
    assert stages == sorted(stages, key=Stage.labels().index)
    assert all(not row.is_complete for row in found(Condition(PROOF, "any", False)))
    assert len(found(Condition(PROOF, "any", False))) + len(found(Condition(PROOF, "any", True))) == len(found())
    assert all("车" in row.texts[5] for row in found(Condition("place", "has", "车")))


def test_typing_searches_and_totals_narrow(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    whole = sheet.records.rowCount()
    write(sheet.search, "行车")
    quiet(qtbot, demo)
    with demo.app.read() as connection:
        from ankang_desktop.store.query import count

        assert sheet.records.rowCount() == count(connection, sheet.ledger, containing("行车"))
    assert 0 < sheet.records.rowCount() < whole
    sheet.search.clear()
    quiet(qtbot, demo)
    buttons = [sheet._totals.itemAt(at).widget() for at in range(sheet._totals.count())]
    closed = next(each for each in buttons if each.text().startswith("已销号"))
    number = int(closed.text().split()[-1])
    qtbot.mouseClick(closed, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert sheet.records.rowCount() == number
    assert sheet.filters.conditions == [Condition("stage", "any", (Stage.closed,))]


def test_the_filter_panel_reads_dates_as_officers_type_them(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    sheet.filters.ask("found_on")
    panel = sheet.filters.findChild(ConditionPanel)
    lines = panel.findChildren(type(panel.findChild(type(sheet.search))))
    qtbot.keyClicks(lines[0], "6.1")
    write(lines[1], "6月30日")
    panel.accept_value()
    quiet(qtbot, demo)
    days = [sheet.records.row_at(row).texts[1] for row in range(sheet.records.rowCount())]
    assert days
    assert all(day.startswith("2026-06") for day in days)


def test_the_year_at_the_top_and_every_year(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="document")
    sheet = sheet_of(page)
    this_year = sheet.records.rowCount()
    demo.choose_year(2025)
    quiet(qtbot, demo)
    last_year = sheet.records.rowCount()
    sheet._every_year.click()
    quiet(qtbot, demo)
    assert sheet.records.rowCount() >= this_year + last_year
    assert this_year != last_year


def test_delete_two_undo_and_the_rows_are_back(
    demo: Session, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, said: list[tuple[str, str, str]]
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    _, page = show(demo, "ledger", ledger="suggestion")
    sheet = sheet_of(page)
    before = sheet.records.rowCount()
    sheet.view.selectRow(0)
    qtbot.keyClick(sheet.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(sheet.view, Qt.Key.Key_Delete)
    quiet(qtbot, demo)
    assert sheet.records.rowCount() == before - 2
    demo.undo()
    quiet(qtbot, demo)
    assert sheet.records.rowCount() == before
    assert said[-1][1] == "已撤销：删除2条合理化建议与金点子"


def test_batch_edit_is_one_step_and_refuses_with_the_number(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    sheet.view.selectAll()
    dialog = BatchDialog(demo, sheet.ledger, sheet.view.chosen_ids(), sheet)
    qtbot.addWidget(dialog)
    dialog.choice.setCurrentIndex([each.key for each in dialog.fields].index("box"))
    dialog.editor.set_raw("9")
    dialog.save()
    quiet(qtbot, demo)
    assert {
        drafting.open_record(demo.app, row.number).stored.values["box"] for row in map(sheet.records.row_at, range(3))
    } == {"9"}
    demo.undo()
    other = BatchDialog(demo, sheet.ledger, sheet.view.chosen_ids(), sheet)
    qtbot.addWidget(other)
    other.choice.setCurrentIndex([each.key for each in other.fields].index("found_on"))
    other.editor.set_raw("2026-12-31")
    other.save()
    assert other.problem.text().startswith("YH-2026-")
    assert records.next_steps(demo.app)[1]  # nothing new was written over the undone step


def test_rows_are_copied_for_excel(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="team")
    sheet = sheet_of(page)
    sheet.view.selectRow(0)
    qtbot.keyClick(sheet.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["编号", "班组名称"]
    assert len(lines) == 2


def test_columns_and_widths_are_kept(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    sheet._column_toggled("source", True)
    sheet.view.setColumnWidth(1, 333)
    qtbot.waitUntil(lambda: "widths.hazard" in demo.preferences._values)
    _, again = show(demo, "ledger", ledger="hazard")
    assert "source" in sheet_of(again).records.keys
    qtbot.waitUntil(lambda: sheet_of(again).view.columnWidth(1) == 333)


def test_the_shelf_counts_and_finds(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledgers")
    assert "244" in page.tiles["employee"]._numbers.text()
    qtbot.keyClicks(page.search, "yh")
    assert not page.tiles["hazard"].isHidden()
    assert page.tiles["employee"].isHidden()


def test_all_rows_are_selected_by_ranges_and_the_head_asks_no_cell(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = page.stack.currentWidget()
    sheet._every_year.click()
    quiet(qtbot, demo)
    sheet.view.selectAll()
    assert sheet.view.chosen_ids() == list(sheet.records.ids)
    assert sheet._chosen.text() == f"已选 {len(sheet.records.ids)} 条"
    assert not sheet.view.horizontalHeader().selectionModel().hasSelection()
