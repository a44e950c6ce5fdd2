"""The derived page of a ledger: ids first, filters by kind, totals, batch, copy, delete and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMenu, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import browsing, drafting, records
from ankang_desktop.actions.registers import register_paper
from ankang_desktop.actions.scores import scope_of
from ankang_desktop.declare import kinds
from ankang_desktop.declare.counters import Unit
from ankang_desktop.declare.kinds import Kind
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.desktop.form.editors import EDITORS
from ankang_desktop.desktop.ledger import model as table_model
from ankang_desktop.desktop.ledger.batch import BatchDialog
from ankang_desktop.desktop.ledger.filters import ConditionPanel, words_of
from ankang_desktop.desktop.ledger.menus import row_menu
from ankang_desktop.desktop.ledger.model import RecordsModel
from ankang_desktop.desktop.ledger.view import _WIDTHS
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.kernel.text import initials
from ankang_desktop.ledgers.hazards.words import HazardLevel, Stage
from ankang_desktop.printing.paper import Note
from ankang_desktop.scoring.counters import Aggregate, total
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.references import Key
from ankang_desktop.store.heads import people_lines
from ankang_desktop.store.query import Stored, chunks, containing
from ankang_desktop.store.sieve import CLAUSES, PROOF, Condition, Sieve
from tests.desktop.conftest import TODAY, quiet, write

Show = Callable[..., tuple[Any, Any]]
KINDS = {each.name for each in vars(kinds).values() if isinstance(each, type) and issubclass(each, Kind)} - {""}


def who_came(ledger: Ledger, stored: Stored) -> int:
    lines = people_lines(ledger)
    rows = stored.rows[lines.key] if lines and "headcount" in ledger.fields else []
    return sum(row["person"] is not None and row.get("present") is not False for row in rows)


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


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ids come in parts of one page of eight, as a million come in parts of thousands."""
    monkeypatch.setattr(browsing, "FIRST", 8)
    monkeypatch.setattr(browsing, "_CHUNK", 8)
    monkeypatch.setattr(table_model, "_PAGE", 8)


@pytest.fixture
def held(few_at_once: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Once it is cleared, the first eight ids come at once and the others when it is set again."""
    go_on, parts = Event(), browsing.ids_in_parts
    go_on.set()

    def slowly(*given: Any) -> Any:
        for at, part in enumerate(parts(*given)):
            if at == 1:
                assert go_on.wait(20)
            yield part

    monkeypatch.setattr(browsing, "ids_in_parts", slowly)
    yield go_on
    go_on.set()


def test_the_first_rows_are_there_before_the_last(
    demo: Session, qtbot: QtBot, held: Event, qtmodeltester: ModelTester
) -> None:
    model, seen = RecordsModel(demo, demo.app.ledgers["hazard"]), list[int]()
    model.modelReset.connect(lambda: seen.append(model.rowCount()))
    model.rowsInserted.connect(lambda *_: seen.append(model.rowCount()))
    held.clear()
    model.look_at(Sieve(year=2026))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [8]
    assert model.data(model.index(0, 0)).startswith("YH-2026-")
    with pytest.raises(UserError, match="还没有读完"):
        model.all_ids()  # no paper and no workbook of half a table
    with qtbot.waitSignal(model.arrived) as arrived:
        held.set()
    every = browsing.all_ids(demo.app, "hazard", Sieve(year=2026), Quiet())
    assert arrived.args == [len(every)]
    assert model.all_ids() == every
    assert seen == sorted(seen)
    assert len(seen) > 1
    assert [model.row_at(row).id for row in range(len(every))] == list(every)  # type: ignore[union-attr]
    qtmodeltester.check(model)


def entries(sheet: Any) -> list[str]:
    menu = QMenu()
    sheet.fill_print_menu(menu)
    return [each.text() for each in menu.actions()]


def test_while_the_others_come_a_row_is_chosen_and_no_half_list_is_printed(
    demo: Session, show: Show, qtbot: QtBot, held: Event
) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    assert any("打印所列" in each for each in entries(sheet))
    sheet.view.selectRow(3)
    held.clear()
    sheet.sort_by(sheet.records.keys.index("place"))
    qtbot.waitUntil(lambda: sheet.records.rowCount() == 8)
    assert "所列的记录还没有读完，请稍后再试" in entries(sheet)
    assert not any("打印所列" in each for each in entries(sheet))
    sheet.view.selectRow(5)
    chosen = sheet.view.chosen_ids()
    assert row_menu(sheet, 1).actions()[0].text().startswith("打开")
    held.set()
    quiet(qtbot, demo)
    assert sheet.view.chosen_ids() == chosen  # not thrown back to what was chosen before
    assert any("打印所列" in each for each in entries(sheet))


def test_what_was_asked_and_never_came_is_not_what_is_shown(demo: Session, qtbot: QtBot, held: Event) -> None:
    model = RecordsModel(demo, demo.app.ledgers["hazard"])
    every, open_ones = Sieve(), Sieve(conditions=(Condition("stage", "any", (Stage.rectifying, Stage.registered)),))
    with qtbot.waitSignal(model.arrived):
        model.look_at(every)
    whole = model.rowCount()
    model.look_at(open_ones)
    model.look_at(open_ones)  # asked again before anything of it came
    seen: list[int] = []
    model.modelReset.connect(lambda: seen.append(model.rowCount()))
    with qtbot.waitSignal(model.arrived):
        pass
    assert seen
    assert model.rowCount() < whole
    assert model.all_ids() == browsing.all_ids(demo.app, "hazard", open_ones, Quiet())


def test_a_list_that_could_not_be_read_again_is_still_the_list(
    demo: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, said: list[tuple[str, str, str]]
) -> None:
    model = RecordsModel(demo, demo.app.ledgers["hazard"])
    with qtbot.waitSignal(model.arrived):
        model.look_at(Sieve())
    whole = list(model.ids)

    def broken(*_: Any) -> Any:
        raise UserError("这张表读不出来", "请稍后再试")
        yield

    with monkeypatch.context() as patched:
        patched.setattr(browsing, "ids_in_parts", broken)
        for sieve, is_whole in ((Sieve(), True), (Sieve(sort="place"), False)):
            model.look_at(sieve)
            quiet(qtbot, demo)
            assert said[-1][1] == "这张表读不出来"
            assert model.is_whole is is_whole
            assert list(model.ids) == whole


@pytest.mark.usefixtures("few_at_once")
def test_what_is_asked_meanwhile_is_what_comes(demo: Session, qtbot: QtBot) -> None:
    model = RecordsModel(demo, demo.app.ledgers["hazard"])
    for sort in ("place", "description", "level", "deadline"):
        model.look_at(Sieve(sort=sort))
        QApplication.processEvents()
    with qtbot.waitSignal(model.arrived):
        model.look_at(Sieve(sort="responsible"))
    assert model.ids == browsing.all_ids(demo.app, "hazard", Sieve(sort="responsible"), Quiet())


@pytest.mark.usefixtures("few_at_once")
def test_what_is_looked_at_again_stays_where_it_is(demo: Session, qtbot: QtBot) -> None:
    app, resets = demo.app, list[int]()
    model = RecordsModel(demo, app.ledgers["training"])
    with qtbot.waitSignal(model.arrived):
        model.look_at(Sieve())
    model.modelReset.connect(lambda: resets.append(model.rowCount()))
    whole, last = model.rowCount(), model.ids[-1]
    assert whole > 16
    with app.begin("改动") as unit:
        unit.change(last, {"title": "再培训一次"})
    with qtbot.waitSignals([model.dataChanged, model.arrived]):
        model.look_at(Sieve())
    assert resets == []
    assert "再培训一次" in {model.data(model.index(whole - 1, at)) for at in range(model.columnCount())}
    with app.begin("删除") as unit:
        unit.remove(last)
    with qtbot.waitSignal(model.arrived):
        model.look_at(Sieve())
    assert resets == [whole - 1]
    assert model.ids == browsing.all_ids(app, "training", Sieve(), Quiet())


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
        if listed := who_came(ledger, opened.stored):  # 人次 are the list where there is one
            texts[ledger.labels["headcount"]] = str(listed)
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
    assert [initials(name)[0] for name in people] == sorted(initials(name)[0] for name in people)
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
    lines = panel.findChildren(QLineEdit)
    qtbot.keyClicks(lines[0], "6.1")
    write(lines[1], "6月30日")
    panel.accept_value()
    quiet(qtbot, demo)
    days = [sheet.records.row_at(row).texts[1] for row in range(sheet.records.rowCount())]
    assert days
    assert all(day.startswith("2026-06") for day in days)


def test_what_is_kept_by_its_code_is_filtered_by_its_name(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="programme_choice")
    sheet = sheet_of(page)
    sheet.filters.ask("programme")
    panel = sheet.filters.findChild(ConditionPanel)
    first = panel.findChildren(QCheckBox)[0]
    name = first.text()
    assert name in {each.title for each in demo.app.library.notices.values()}
    first.setChecked(True)
    panel.accept_value()
    quiet(qtbot, demo)
    (chip,) = sheet.filters.conditions
    assert words_of(demo, sheet.ledger, chip) == f"活动方案：{name}"
    shown = [sheet.records.row_at(row).texts for row in range(sheet.records.rowCount())]
    assert all(name in row for row in shown)


def test_of_many_names_some_words_are_asked_for(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="unit_score")
    sheet = sheet_of(page)
    sheet.filters.ask("unit")
    panel = sheet.filters.findChild(ConditionPanel)
    line = panel.findChild(QLineEdit)
    write(line, "没有这个单元")
    panel.accept_value()
    assert "没有名称含" in panel.problem.text()
    line.selectAll()
    write(line, "第3行")
    panel.accept_value()
    quiet(qtbot, demo)
    (chip,) = sheet.filters.conditions
    assert chip.how == "any"
    assert "第3行" in words_of(demo, sheet.ledger, chip)


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
    assert dialog.accepting.text() == "全部清空(&S)"  # nothing is filled in yet
    dialog.editor.set_raw("9")
    dialog.editor.changed.emit()
    assert dialog.accepting.text() == "全部修改(&S)"
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
    quiet(qtbot, demo)
    assert other.isVisible()  # come back with what is filled in
    assert other.problem.text().startswith("YH-2026-")
    assert records.next_steps(demo.app)[1]  # nothing new was written over the undone step


def test_rows_are_copied_for_excel(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="team")
    sheet = sheet_of(page)
    sheet.view.selectRow(0)
    qtbot.keyClick(sheet.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, demo)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["编号", "班组名称"]
    assert len(lines) == 2


def test_rows_that_are_not_copied_are_told(
    demo: Session, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ankang_desktop.desktop.ledger.copying.MOST", 3)
    monkeypatch.setattr(browsing, "chunks", lambda ids: chunks(ids, 2))
    _, page = show(demo, "ledger", ledger="team")
    sheet = sheet_of(page)
    said: list[str] = []
    demo.door.said.connect(lambda _, text, *__: said.append(text))
    sheet.view.selectAll()
    number = sheet.view.chosen_number()
    assert sheet.view.chosen() == [range(number)]
    sheet.copy_rows()
    quiet(qtbot, demo)
    assert said[-1] == f"已复制前 3 行，后面 {number - 3} 行没有复制"
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [each.split("\t")[0] for each in lines[1:]] == [sheet.records.row_at(row).number for row in range(3)]


def test_rows_chosen_here_and_there_are_ranges_from_the_top(demo: Session, show: Show) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    view = sheet_of(page).view
    view.setSelectionMode(view.SelectionMode.MultiSelection)
    view.clearSelection()
    for row in (7, 2, 8, 3, 9):
        view.selectRow(row)
    assert view.chosen() == [range(2, 4), range(7, 10)]
    assert (view.chosen_rows(), view.chosen_rows(1), view.chosen_number()) == ([2, 3, 7, 8, 9], [2], 5)
    assert view.chosen_ids() == [view.records.ids[row] for row in (2, 3, 7, 8, 9)]


def test_columns_and_widths_are_kept(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    ticks = {each.data(): each for each in sheet.columns.menu().actions()}
    ticks["source"].setChecked(True)
    sheet.view.setColumnWidth(1, 333)
    qtbot.waitUntil(lambda: "widths.hazard" in demo.preferences._values)
    _, again = show(demo, "ledger", ledger="hazard")
    assert "source" in sheet_of(again).records.keys
    qtbot.waitUntil(lambda: sheet_of(again).view.columnWidth(1) == 333)


def test_a_column_dragged_elsewhere_stays_there_after_a_restart(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    before = list(sheet.records.keys)
    head = sheet.view.horizontalHeader()
    head.moveSection(3, 1)
    quiet(qtbot, demo)
    wanted = [before[0], before[3], before[1], before[2], *before[4:]]
    assert list(sheet.records.keys) == wanted
    assert [head.logicalIndex(at) for at in range(head.count())] == list(range(head.count()))
    sheet.sort_by(1)
    assert sheet._sort == before[3]
    _, again = show(demo, "ledger", ledger="hazard")
    assert list(sheet_of(again).records.keys) == wanted


def test_enter_in_a_filter_takes_what_was_typed(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="contest")
    sheet = sheet_of(page)
    sheet.filters.ask("persons")
    panel = sheet.filters.findChild(ConditionPanel)
    least, most = panel.findChildren(QLineEdit)
    qtbot.keyClicks(least, "90")
    qtbot.keyClicks(most, "50")
    qtbot.keyClick(most, Qt.Key.Key_Return)
    assert sheet.filters.conditions == [Condition("persons", "between", (50, 90))]  # the wrong way round is meant


def test_the_chip_of_a_time_names_days(demo: Session, show: Show) -> None:
    _, page = show(demo, "ledger", ledger="accident")
    day = Condition("happened_at", "between", (date(2026, 5, 1), None))
    assert words_of(demo, sheet_of(page).ledger, day) == "发生时间：2026-05-01 起"


def test_the_line_below_adds_up_as_the_papers_do(demo: Session) -> None:
    app = demo.app
    for key in ("training", "drill", "activity", "inspection", "heat_care"):
        told = {each.name: each.text for each in browsing.totals(app, key, Sieve())}
        with scope_of(app, Period(date(2000, 1, 1), date(2100, 1, 1), TODAY)) as scope:
            keys = [Key(key, each) for each in browsing.all_ids(app, key, Sieve(), Quiet())]
            wanted = total(scope, keys, Aggregate.person_times, Unit.person_times)
        assert told[app.ledgers[key].labels["headcount"]] == f"{wanted.value:,}", key


def test_a_counted_number_lists_its_records(demo: Session, show: Show, qtbot: QtBot) -> None:
    window, page = show(demo, "ledger", ledger="suggestion")
    sheet = sheet_of(page)
    asked: list[tuple[str, dict[str, Any]]] = []
    demo.wanted.disconnect(window.go)
    demo.wanted.connect(lambda key, arguments: asked.append((key, arguments)))
    every = [sheet._totals.itemAt(at).widget() for at in range(sheet._totals.count())]
    adopted = next(each for each in every if each.text().startswith("采纳建议数"))
    qtbot.mouseClick(adopted, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    [(key, arguments)] = asked
    assert key == "records"
    assert len(arguments["refs"]) == int(adopted.text().split()[-1])
    demo.wanted.connect(window.go)


def test_a_roster_is_read_from_its_first_line_and_its_figures_are_not_added_up(demo: Session) -> None:
    ids = browsing.all_ids(demo.app, "employee", Sieve(), Quiet())
    numbers = [row.number for row in browsing.rows(demo.app, "employee", ids, ["number"])]
    assert numbers == sorted(numbers)
    assert "参赛班组数" not in {each.name for each in browsing.totals(demo.app, "yearly_figures", Sieve())}


def test_prices_are_not_added_up_and_money_has_its_unit(demo: Session) -> None:
    told = {each.name: each.text for each in browsing.totals(demo.app, "heat_allowance", Sieve())}
    assert "发放标准" not in told
    assert told["发放金额"] == "71,800 元"
    assert "单价" not in {each.name for each in browsing.totals(demo.app, "supply", Sieve())}


def test_a_click_on_the_proof_column_sorts_what_lacks_something_first(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    number = sheet.records.rowCount()
    sheet.sort_by(len(sheet.records.keys))
    quiet(qtbot, demo)
    complete = [sheet.records.row_at(row).is_complete for row in range(sheet.records.rowCount())]
    assert len(complete) == number
    assert complete == sorted(complete)
    _, page = show(demo, "ledger", ledger="employee")  # nothing is asked of a roster, so nothing can be lacking
    assert sheet_of(page).records.columnCount() == len(sheet_of(page).records.keys)


def test_no_default_column_is_cut_where_there_is_room(demo: Session, show: Show, qtbot: QtBot) -> None:
    for key in ("document", "commitment", "contest", "opinion_letter", "network_member", "hazard"):
        _, page = show(demo, "ledger", ledger=key)
        view, records = sheet_of(page).view, sheet_of(page).records
        for at, name in enumerate(records.keys):
            if records.ledger.fields[name].kind.name == "choice":
                widest = max(view.fontMetrics().horizontalAdvance(records.row_at(row).texts[at]) for row in range(3))
                assert view.columnWidth(at) > widest + 8, (key, name)
        assert view.horizontalHeader().length() <= view.viewport().width()


def test_the_menu_on_a_row_does_all_that_the_keys_do(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="suggestion")
    sheet = sheet_of(page)
    sheet.view.selectRow(1)
    at = sheet.view.visualRect(sheet.records.index(1, 1)).center()
    sheet.view.customContextMenuRequested.emit(at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [each.text().partition("\t")[0] for each in menu.actions() if each.text()]
    assert texts == ["打开", "复制为新记录", "批量修改…", "复制这一行到 Excel", "打印", "删除"]
    menu.close()
    sheet.view.selectAll()
    sheet.view.customContextMenuRequested.emit(at)
    menu = QApplication.activePopupWidget()
    assert f"批量修改所选 {sheet.records.rowCount()} 条…" in [each.text() for each in menu.actions()]
    menu.close()


def test_search_leads_to_the_table_and_esc_empties_it(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    sheet.search.setFocus()
    write(sheet.search, "行车")
    qtbot.keyClick(sheet.search, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert sheet.view.hasFocus()
    assert sheet.view.chosen_rows() == [0]
    sheet.search.setFocus()
    qtbot.keyClick(sheet.search, Qt.Key.Key_Escape)
    assert not sheet.search.text()


def test_after_deleting_the_keys_stay_in_the_table(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="suggestion")
    sheet = sheet_of(page)
    sheet.view.setFocus()
    sheet.view.selectRow(2)
    neighbour = sheet.records.ids[3]
    qtbot.mouseClick(sheet._with_chosen[-1], Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert sheet.view.hasFocus()
    assert sheet.view.chosen_ids() == [neighbour]


def test_nothing_changed_is_said_and_offers_no_undo(
    demo: Session, show: Show, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    _, page = show(demo, "ledger", ledger="suggestion")
    sheet = sheet_of(page)
    sheet.view.selectAll()
    steps = []
    for _ in range(2):
        dialog = BatchDialog(demo, sheet.ledger, sheet.view.chosen_ids(), sheet)
        qtbot.addWidget(dialog)
        dialog.choice.setCurrentIndex([each.key for each in dialog.fields].index("page"))
        dialog.editor.set_raw("9")
        dialog.save()
        quiet(qtbot, demo)
        steps.append(records.next_steps(demo.app))
    assert said[-1][1] == "所选记录的页号本来就是这样"
    assert steps[0] == steps[1]


def test_the_register_says_which_records_it_lists(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="hazard")
    sheet = sheet_of(page)
    sheet.filters.put(Condition("level", "any", (HazardLevel.major,)))
    quiet(qtbot, demo)
    paper = register_paper(demo.app, "hazard", sheet.records.ids, sheet.records.keys, told=sheet._told())
    assert Note("范围：2026年；隐患等级：重大") in paper.blocks


def test_programmes_and_duties_are_shown_by_name(demo: Session) -> None:
    def shown(key: str, field: str) -> list[str]:
        ids = browsing.all_ids(demo.app, key, Sieve(), Quiet())
        return [row.texts[0] for row in browsing.rows(demo.app, key, ids, [field])]

    assert {each.title for each in demo.app.library.notices.values()} >= set(shown("programme_choice", "programme"))
    codes = {*demo.app.library.obligations, *(each.code for each in demo.app.library.templates)}
    assert not codes & set(shown("duty_note", "duty"))


def test_an_empty_year_says_where_the_others_are(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "ledger", ledger="safety_staff")
    sheet = sheet_of(page)
    assert "2026 年还没有记录" in sheet._empty.told.text()
    assert "全部年度" in sheet._empty.remedy.text()
    sheet.search.setText("没有的东西")
    quiet(qtbot, demo)
    qtbot.mouseClick(sheet._wider, Qt.MouseButton.LeftButton)
    assert not sheet.search.text()


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
