"""What every ledger's workbook owes: all labels, a way back that says 相同, the form's own sentences, one undo step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from ankang_desktop.declare import kinds
from ankang_desktop.declare.draft import settle
from ankang_desktop.declare.kinds import Kind
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.exchange.cells import WAYS
from ankang_desktop.exchange.guessing import plain, synonyms
from ankang_desktop.exchange.layout import INSTRUCTIONS, NUMBER, layouts, main_layout
from ankang_desktop.exchange.outgoing import export, template
from ankang_desktop.exchange.planning import State
from ankang_desktop.exchange.reading import read_workbook
from ankang_desktop.ledgers import LEDGERS
from tests.unit.exchange.office import FORMULA, Office, book, only

ALL = list(LEDGERS)
IDS = LEDGERS.keys()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office") / "工作区")
    yield made
    made.close()


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_template_export_and_import_agree(office: Office, ledger: Ledger, tmp_path: Path) -> None:
    drafts = [office.whole(ledger, number) for number in ([7] if ledger.single else [7, 8])]
    before = office.records(ledger)
    paper, filled, out = tmp_path / "模板.xlsx", tmp_path / "填好.xlsx", tmp_path / "导出.xlsx"
    template(ledger, paper)
    fill(paper, filled, office.cells(ledger, drafts))
    planned = office.plan(ledger.key, read_workbook(filled))
    assert planned.faults == []
    assert planned.counts == {State.added: len(drafts), State.changed: 0, State.same: 0, State.wrong: 0}
    assert office.records(ledger) == before
    office.apply(planned)
    after = [stored for stored in office.records(ledger) if stored not in before]
    assert [only(stored.values, ledger) for stored in after] == [
        {key: values.get(key) for key in ledger.editable} for values, _ in drafts
    ]
    assert [stored.rows for stored in after] == [rows for _, rows in drafts]
    with office.names() as names:
        assert export(ledger, office.records(ledger), names, out) == len(before) + len(drafts)
    again = office.plan(ledger.key, read_workbook(out))
    assert {row.state for row in again.rows} == {State.same}, [(row.changed, row.faults) for row in again.rows]
    office.undo()
    assert office.records(ledger) == before


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_an_empty_export_imports_as_nothing(office: Office, ledger: Ledger, tmp_path: Path) -> None:
    with office.names() as names:
        export(ledger, [], names, tmp_path / "空.xlsx")
    template(ledger, tmp_path / "模板.xlsx")
    for path in tmp_path.iterdir():
        assert set(office.plan(ledger.key, read_workbook(path)).counts.values()) == {0}


def fill(paper: Path, filled: Path, cells: dict[str, list[list[object]]]) -> None:
    """Fill a template as a person does, below the row of instructions; what begins with “=” was typed as text."""
    workbook = openpyxl.load_workbook(paper)
    for title, rows in cells.items():
        for number, row in enumerate(rows, 3):
            for place, value in enumerate(row, 1):
                cell = workbook[title].cell(number, place, value)  # type: ignore[arg-type]
                if isinstance(value, str):
                    cell.data_type = "s"
    workbook.save(filled)


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_template_has_every_label(ledger: Ledger, tmp_path: Path) -> None:
    template(ledger, tmp_path / "模板.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "模板.xlsx")
    header, help_row, *others = workbook[ledger.title].iter_rows(values_only=True)
    labels = [each.label for each in ledger.editable.values()]
    inline = [lines.title for lines in ledger.lines if lines.inline]
    assert header[0] == ledger.fields[NUMBER].label
    assert sorted(map(str, header[1:])) == sorted([*labels, *inline])
    assert help_row[0] == INSTRUCTIONS
    assert others == []
    for lines in (lines for lines in ledger.lines if not lines.inline):
        head = next(workbook[lines.title].iter_rows(values_only=True))
        assert sorted(map(str, head[1:])) == sorted(each.label for each in lines.fields.values())


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_required_is_refused_in_the_forms_words(office: Office, ledger: Ledger) -> None:
    required = [column.key for column in main_layout(ledger).columns if column.is_required]
    values, _ = office.whole(ledger, 9)
    title, header = ledger.title, [column.label for column in main_layout(ledger).columns if not column.is_ignored]
    for key in required:
        without = {name: value for name, value in values.items() if name != key}
        planned = office.plan(ledger.key, book(**{title: [header, *office.cells(ledger, [(without, {})])[title]]}))
        _, problems = settle(ledger, without, {})
        assert [fault.text for fault in planned.faults] == [problem.text for problem in problems]
        assert {fault.field for fault in planned.faults} >= {key}
        assert all(fault.row == 2 and fault.sentence.startswith(f"“{title}”第2行") for fault in planned.faults)


@pytest.mark.parametrize("ledger", ALL, ids=IDS)
def test_a_copy_that_leaves_names_nobody(office: Office, ledger: Ledger, tmp_path: Path) -> None:
    made, staff = office.whole(ledger, 10), office.known("employee")  # written first: the last step is undone
    with office.begin("备料") as unit:
        unit.add(ledger, *made)
    with office.names() as names:
        export(ledger, office.records(ledger), names, tmp_path / "报送.xlsx", masked=True)
        people = {names.name_of("employee", key).split("(")[0] for key in staff}
    office.undo()
    texts = [str(cell) for sheet in read_workbook(tmp_path / "报送.xlsx").sheets for row in sheet.rows for cell in row]
    assert [text for text in texts if any(name in text for name in people)] == []


def test_formula_stays_text(office: Office, tmp_path: Path) -> None:
    ledger = LEDGERS["hazard"]
    record = office.add("hazard", **{**office.smallest(ledger, 20), "description": FORMULA})
    with office.names() as names:
        stored = [each for each in office.records(ledger) if each.id == record]
        export(ledger, stored, names, tmp_path / "a.xlsx")
    office.undo()
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")[ledger.title]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert [cell.data_type for cell in found] in (["s"], ["inlineStr"])
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_every_kind_is_in_the_table() -> None:
    used = {each.kind.name for ledger in ALL for each in ledger.fields.values()}
    every = {each.name for each in vars(kinds).values() if isinstance(each, type) and issubclass(each, Kind)} - {""}
    assert used <= every == set(WAYS)


def test_synonyms_name_fields_that_exist() -> None:
    labels = {column.label for ledger in ALL for layout in layouts(ledger) for column in layout.columns}
    assert set(synonyms()["labels"]) <= labels
    for key, words in synonyms().items():
        if key != "labels":
            assert set(words) <= set(main_layout(LEDGERS[key]).by_key)
            known = [plain(word) for each in words.values() for word in each]
            assert len(known) == len(set(known)), key


def test_worksheet_names_fit_excel() -> None:
    for ledger in ALL:
        for layout in layouts(ledger):
            assert len(layout.title) <= 31
            assert not set(layout.title) & set("[]:*?/\\")
