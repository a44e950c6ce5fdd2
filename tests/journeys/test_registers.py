"""Every ledger on paper: registers and single records, derived from the declaration alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from ankang_desktop.actions.filing import attach_files
from ankang_desktop.actions.papers import write_paper
from ankang_desktop.actions.records import add_record, history_in_words
from ankang_desktop.actions.registers import record_paper, register_paper
from ankang_desktop.actions.tables import export_found
from ankang_desktop.app import App
from ankang_desktop.exchange.reading import read_workbook
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import Cancelled
from ankang_desktop.kernel.progress import Quiet, Stoppable
from ankang_desktop.printing.paper import Cell, Grid, Note, Paper, Photo, Photos
from ankang_desktop.store.evidence import Use
from ankang_desktop.store.query import fetch, ids_of
from tests.journeys.huaxing import Huaxing


@pytest.fixture
def house(full: Huaxing, clock: Clock) -> App:
    """The app of the full house."""
    return App(full.workspace, clock)


def cells(paper: Paper) -> list[str]:
    """Return every text in the grids of a paper."""
    rows = [row for block in paper.blocks if isinstance(block, Grid) for row in block.rows]
    return [cell.text if isinstance(cell, Cell) else cell for row in rows for cell in row]


def pictures(paper: Paper) -> list[Photo]:
    return [photo for block in paper.blocks if isinstance(block, Photos) for photo in block.items]


def numbers(app: App, key: str) -> tuple[list[int], list[str]]:
    with app.read() as connection:
        ids = ids_of(connection, app.ledgers[key])
        return ids, [each.number for each in fetch(connection, app.ledgers[key], ids)]


def test_every_ledger_prints_its_records_with_every_label(house: App, tmp_path: Path) -> None:
    for ledger in house.ledgers:
        ids, known = numbers(house, ledger.key)
        paper = register_paper(house, ledger.key, ids, tuple(ledger.fields))
        texts = cells(paper)
        assert not [each for each in ledger.fields.values() if not any(each.label in text for text in texts)]
        assert [text for text in texts if text in set(known)] == known
        printed = write_paper(paper, tmp_path / f"{ledger.key}.pdf", Quiet())
        assert printed.warning == ""


def test_one_record_of_every_ledger_prints_with_all_that_is_kept(house: App, tmp_path: Path) -> None:
    for ledger in house.ledgers:
        ids, known = numbers(house, ledger.key)
        if not ids:
            continue
        paper = record_paper(house, known[-1])
        texts = cells(paper)
        with house.read() as connection:
            stored = fetch(connection, ledger, ids[-1:])[0]
        filled = [key for key, value in stored.values.items() if value not in (None, "", ()) and key != "number"]
        assert not [key for key in filled if not any(ledger.labels[key] in text for text in texts)]
        for lines in ledger.lines:
            if not lines.inline and stored.rows[lines.key]:
                assert str(len(stored.rows[lines.key])) in texts
        written = write_paper(paper, tmp_path / f"{known[-1]}.pdf", Quiet())
        assert known[-1] in "".join(page.extract_text() for page in PdfReader(written.path).pages)


def test_order_and_columns_are_those_asked_for(house: App) -> None:
    ids, known = numbers(house, "hazard")
    paper = register_paper(house, "hazard", ids[::-1][:5], ("number", "level", "place"))
    grid = next(block for block in paper.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.rows[0] if isinstance(cell, Cell)] == ["序号", "编号", "隐患等级", "地点"]
    assert [row[1] for row in grid.rows[1:6]] == known[::-1][:5]


def test_foot_adds_up_what_adds_up_and_counts_choices(app: App) -> None:
    for place, level in (("东门", "一般"), ("西门", "一般"), ("南门", "重大")):
        texts = {
            "发现日期": "2026-6-1",
            "地点": place,
            "隐患描述": f"{place}破损",
            "隐患来源": "随手拍",
            "整改资金": "1500.5",
        }
        add_record(
            app, "hazard", texts | {"隐患等级": level, "重大隐患判定依据": "判定标准第3条", "整改资金": "1500.5"}
        )
    ids, _ = numbers(app, "hazard")
    paper = register_paper(app, "hazard", ids, ("number", "level", "funds"))
    grid = next(block for block in paper.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.rows[-1] if isinstance(cell, Cell)] == ["合计", "", "", "4,501.5"]
    assert [block.text for block in paper.blocks if isinstance(block, Note)] == [
        "合计 3 条。",
        "按隐患等级：一般 2、重大 1",
    ]


def test_photos_stand_two_by_two_and_one_that_is_gone_is_named(house: App, tmp_path: Path) -> None:
    number = numbers(house, "hazard")[1][0]
    earlier = [
        photo for block in record_paper(house, number).blocks if isinstance(block, Photos) for photo in block.items
    ]
    for name, slot in (("红", "before"), ("绿", "after")):
        Image.new("RGB", (60, 40), "red" if name == "红" else "green").save(tmp_path / f"{name}.png")
        attach_files(house, number, [tmp_path / f"{name}.png"], Use(slot, caption=f"{name}门"))
    photos = next(block for block in record_paper(house, number).blocks if isinstance(block, Photos))
    assert (photos.columns, len(photos.items)) == (2, len(earlier) + 2)
    assert {"整改前照片　红门", "整改后照片　绿门"} <= {photo.caption for photo in photos.items}
    path = next(photo.path for photo in photos.items if "红门" in photo.caption)
    assert path is not None
    path.unlink()
    after = record_paper(house, number)
    assert len(pictures(after)) == len(earlier) + 1
    assert "红.png（文件不见了）" in "".join(block.text for block in after.blocks if isinstance(block, Note))
    assert write_paper(after, tmp_path / "单.pdf", Quiet()).pages <= 2


def test_a_large_register_tells_how_far_it_is_and_stops(house: App, tmp_path: Path) -> None:
    ids, _ = numbers(house, "hazard")
    many = (ids * (3000 // len(ids) + 1))[:3000]

    class Watch(Stoppable):
        told: list[tuple[str, int, int]] = []  # noqa: RUF012 - of this test alone

        def step(self, text: str, done: int = 0, total: int = 0) -> None:
            self.told.append((text, done, total))
            self.cancelled = text == "正在排版" and done >= 1000
            super().step(text, done, total)

    with pytest.raises(Cancelled):
        write_paper(register_paper(house, "hazard", many, (), Watch()), tmp_path / "大.pdf", Watch())
    assert ("正在读取隐患排查治理台账", 2500, 3000) in Watch.told
    assert list(tmp_path.glob("*大*")) == []


def test_codes_are_told_by_their_words_on_paper_and_in_the_history_and_kept_as_codes_in_a_workbook(
    app: App, tmp_path: Path
) -> None:
    done = add_record(app, "programme_choice", {"活动方案": "shijiazhuang_2021", "采用日期": "2026-1-5"})
    title = app.library.notices["shijiazhuang_2021"].title
    ids, _ = numbers(app, "programme_choice")
    for paper in (register_paper(app, "programme_choice", ids, ()), record_paper(app, done.number)):
        assert title in "".join(cells(paper))
        assert "shijiazhuang_2021" not in "".join(cells(paper))
    told = history_in_words(app, done.number)
    assert title in str(told)
    export_found(app, "programme_choice", tmp_path / "方案.xlsx", ids, Quiet())
    (sheet, *_) = read_workbook(tmp_path / "方案.xlsx").sheets
    assert any("shijiazhuang_2021" in row for row in sheet.rows)
