"""Files on records as actions: many as one step, duplicates told, slots, descriptions, copies, the search of all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ankang_desktop.actions import filing
from ankang_desktop.actions.files import evidence_page, files_of, look_at, places_of, shelf_of
from ankang_desktop.actions.records import add_record, next_steps, remove_record, undo
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import Cancelled, Refused, UserError, WorldError
from ankang_desktop.kernel.progress import Quiet, Stoppable
from ankang_desktop.store.evidence import Use

QUIET = Quiet()
HAZARD = {"发现日期": "2026-6-1", "隐患来源": "随手拍", "隐患描述": "砂轮机防护罩松动"}


@pytest.fixture
def number(app: App) -> str:
    return add_record(app, "hazard", HAZARD).number


def photo(folder: Path, name: str, shade: int = 0, **exif: Any) -> Path:
    """Write a small photo of its own shade."""
    Image.new("RGB", (30, 20), (shade * 8, 40, 40)).save(folder / name, **exif)
    return folder / name


def attach(app: App, number: str, *paths: Path, slot: str = "before", **said: Any) -> filing.Filed:
    return filing.attach_many(app, number, [(path, Use(slot, **said)) for path in paths], QUIET)


def slots(app: App, number: str) -> list[tuple[str, str]]:
    return [(each.slot, each.name) for each in shelf_of(app, number).files]


def test_thirty_photos_are_one_step(app: App, number: str, tmp_path: Path) -> None:
    paths = [photo(tmp_path, f"微信图片_202606{each:02}120000.jpg", each) for each in range(1, 31)]
    filed = attach(app, number, *paths)
    assert (len(filed.added), filed.refused, filed.shared) == (30, (), ())
    undo(app)
    assert shelf_of(app, number).files == ()


def test_a_folder_stands_for_its_files(app: App, number: str, tmp_path: Path) -> None:
    inside = tmp_path / "照片" / "六月"
    inside.mkdir(parents=True)
    photo(inside, "b.jpg", 2)
    photo(inside.parent, "a.jpg", 1)
    (inside / "Thumbs.db").write_bytes(b"x")
    (inside / ".隐藏.jpg").write_bytes(b"x")
    attach(app, number, tmp_path / "照片")
    assert [name for _, name in slots(app, number)] == ["a.jpg", "b.jpg"]


def test_too_big_a_folder_is_refused_before_anything(
    app: App, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "MOST_FILES", 1)
    photo(tmp_path, "a.jpg"), photo(tmp_path, "b.jpg")
    with pytest.raises(UserError, match="一次最多添加 1 个"):
        attach(app, number, tmp_path)
    assert next_steps(app)[0] == "登记隐患排查治理台账"


def test_what_cannot_be_taken_is_left_out_and_told(app: App, number: str, tmp_path: Path) -> None:
    (tmp_path / "空.pdf").touch()
    good = photo(tmp_path, "a.jpg")
    filed = attach(app, number, tmp_path / "空.pdf", good, tmp_path / "没有.jpg")
    assert [each.name for each in filed.added] == ["a.jpg"]
    assert ["是空的" in filed.refused[0], "找不到文件" in filed.refused[1]] == [True, True]


def test_same_file_on_the_record_is_refused_in_words(app: App, number: str, tmp_path: Path) -> None:
    first = photo(tmp_path, "a.jpg")
    twin = tmp_path / "另一个名字.jpg"
    twin.write_bytes(first.read_bytes())
    attach(app, number, first)
    again = attach(app, number, first)
    other = attach(app, number, twin, slot="after")
    assert again.refused == (f"“a.jpg”已经附在 {number} 的“整改前照片”里——不必重复添加",)
    assert other.refused == (
        f"“另一个名字.jpg”（即“a.jpg”）已经附在 {number} 的“整改前照片”里——要换到“整改后照片”，把它拖过去就行",
    )
    assert len(shelf_of(app, number).files) == 1
    assert next_steps(app)[0] == f"{number} 添加佐证"  # the refused ones are no steps


def test_same_file_on_another_record_is_kept_and_told(app: App, number: str, tmp_path: Path) -> None:
    other = add_record(app, "hazard", HAZARD).number
    attach(app, other, photo(tmp_path, "a.jpg"))
    filed = attach(app, number, tmp_path / "a.jpg")
    assert filed.shared == (f"“a.jpg”已用于 {other}",)
    assert shelf_of(app, number).files[0].also == (other,)
    remove_record(app, other)
    assert shelf_of(app, number).files[0].also == ()


def test_cancelled_halfway_keeps_nothing(app: App, number: str, tmp_path: Path) -> None:
    progress = Stoppable()

    class Stops(Stoppable):
        def step(self, text: str, done: int = 0, total: int = 0) -> None:
            progress.cancelled = done == 1 and text == "添加佐证"
            progress.step(text, done, total)

    paths = [photo(tmp_path, f"{each}.jpg", each) for each in range(3)]
    with pytest.raises(Cancelled):
        filing.attach_many(app, number, [(path, Use("before")) for path in paths], Stops())
    assert shelf_of(app, number).files == ()
    assert [path for path in app.workspace.evidence.folder.rglob("*") if path.is_file()] == []
    assert filing.check_workspace(app)["ok"]


def test_far_day_warns_until_the_officer_says_what_day_it_shows(app: App, number: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2026:07:12 10:00:00"
    filed = attach(app, number, photo(tmp_path, "a.jpg", exif=exif))
    assert filed.warnings == ("照片“a.jpg”的日期与活动日期差41天",)
    file = shelf_of(app, number).files[0]
    assert (file.warning, file.own_day) == (filed.warnings[0], date(2026, 7, 12))
    filing.redescribe(app, number, [file.link], {"day": date(2026, 6, 2)})
    file = shelf_of(app, number).files[0]
    assert (file.warning, file.own_day) == ("", date(2026, 6, 2))


def test_iphone_photo_is_told_by_its_format(app: App, number: str, tmp_path: Path) -> None:
    (tmp_path / "IMG_1.HEIC").write_bytes(b"ftypheic")
    assert "HEIC" in attach(app, number, tmp_path / "IMG_1.HEIC").warnings[0]


def test_described_many_at_once_is_one_step(app: App, number: str, tmp_path: Path) -> None:
    attach(app, number, photo(tmp_path, "a.jpg", 1), photo(tmp_path, "b.jpg", 2))
    links = [each.link for each in shelf_of(app, number).files]
    filing.redescribe(app, number, links, {"box": " 3 ", "page": "12", "caption": ""})
    assert [(each.paper, each.caption) for each in shelf_of(app, number).files] == [("盒3 页12", "")] * 2
    with pytest.raises(Refused, match="说明最多 200 个字"):
        filing.redescribe(app, number, links, {"caption": "长" * 201})
    undo(app)
    assert [each.paper for each in shelf_of(app, number).files] == ["", ""]
    with pytest.raises(UserError, match="没有编号为"):
        filing.redescribe(app, number, [9999], {"box": "1"})


def test_moved_between_slots_and_put_in_order(app: App, number: str, tmp_path: Path) -> None:
    paths = [photo(tmp_path, f"{each}.jpg", each) for each in range(4)]
    attach(app, number, *paths)
    links = {each.name: each.link for each in shelf_of(app, number).files}
    filing.move_slot(app, number, [links["1.jpg"], links["2.jpg"]], "整改后照片")
    assert slots(app, number) == [("before", "0.jpg"), ("before", "3.jpg"), ("after", "1.jpg"), ("after", "2.jpg")]
    assert next_steps(app)[0] == f"{number} 佐证移到“整改后照片”"
    filing.move_slot(app, number, [links["2.jpg"]], "after", 0)
    assert [name for _, name in slots(app, number)] == ["0.jpg", "3.jpg", "2.jpg", "1.jpg"]
    filing.move_slot(app, number, [links["0.jpg"]], "before", 2)
    assert [name for _, name in slots(app, number)] == ["3.jpg", "0.jpg", "2.jpg", "1.jpg"]
    for _ in range(3):
        undo(app)
    assert [name for _, name in slots(app, number)] == ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]


def test_closed_hazard_keeps_its_after_photo(app: App, number: str, tmp_path: Path) -> None:
    attach(app, number, photo(tmp_path, "a.jpg"), slot="after")
    link = shelf_of(app, number).files[0].link
    with app.begin("销号") as unit:
        from ankang_desktop.ledgers.hazards.words import Stage

        unit.update("hazard", shelf_of(app, number).record, {"stage": Stage.closed}, shelf_of(app, number).record)
    with pytest.raises(UserError, match="不能没有整改后照片"):
        filing.move_slot(app, number, [link], "before")
    with pytest.raises(UserError, match="不能没有整改后照片"):
        filing.detach_many(app, number, [link])
    attach(app, number, photo(tmp_path, "b.jpg", 9), slot="after")
    filing.detach_many(app, number, [link])
    assert slots(app, number) == [("after", "b.jpg")]
    with pytest.raises(UserError, match="没有“合影”"):
        filing.move_slot(app, number, [shelf_of(app, number).files[0].link], "合影")


def test_trashed_record_takes_no_files(app: App, number: str, tmp_path: Path) -> None:
    remove_record(app, number)
    with pytest.raises(UserError, match="在回收站"):
        attach(app, number, photo(tmp_path, "a.jpg"))
    assert shelf_of(app, number).is_removed
    assert files_of(app, [number]) == []


def test_reuse_shares_the_content(app: App, number: str, tmp_path: Path) -> None:
    other = add_record(app, "hazard", HAZARD).number
    attach(app, other, photo(tmp_path, "a.jpg"), caption="防护罩", box="3")
    sha256 = shelf_of(app, other).files[0].sha256
    filed = filing.reattach(app, number, [sha256, sha256, "0" * 64], "after", QUIET)
    assert [(each.sha256, each.caption, each.box, each.slot) for each in filed.added] == [
        (sha256, "防护罩", "3", "after")
    ]
    assert ["没有记录使用" in filed.refused[0], "不必重复添加" in filed.refused[1], filed.twice] == [True, True, 1]
    assert len(list(app.workspace.evidence.folder.glob("*/*"))) == 1


def test_waiting_files_are_looked_at(app: App, number: str, tmp_path: Path) -> None:
    attach(app, number, photo(tmp_path, "a.jpg"))
    (tmp_path / "空.pdf").touch()
    path = photo(tmp_path, "IMG_20260603_101500.jpg")
    looked = look_at(app, "hazard", "after", [path, tmp_path / "空.pdf", tmp_path / "没有.jpg"], QUIET)
    (file,) = looked.files
    assert (file.slot_title, file.taken_on, file.also, file.source) == (
        "整改后照片",
        date(2026, 6, 3),
        (number,),
        str(path),
    )
    assert ["是空的" in looked.refused[0], "打不开" in looked.refused[1]] == [True, True]


def test_name_given_to_a_kept_file(app: App, number: str, tmp_path: Path) -> None:
    path = tmp_path / ("0" * 64)
    path.write_bytes(b"%PDF-1.4 x")
    (added,) = attach(app, number, path, name="签到.pdf").added
    assert (added.name, added.media_type) == ("签到.pdf", "application/pdf")


def test_hints_of_slots(app: App) -> None:
    assert [(each.title, each.hint) for each in places_of(app.ledgers["hazard"])] == [
        ("整改前照片", ""),
        ("整改后照片", "“已销号”前须有"),
        ("其他材料", ""),
    ]
    assert "不进报送材料" in places_of(app.ledgers["team_activity"])[1].hint


def test_all_evidence_is_searched_and_paged(app: App, number: str, tmp_path: Path) -> None:
    other = add_record(app, "hazard", {**HAZARD, "隐患描述": "配电箱无门"}).number
    gone = add_record(app, "hazard", HAZARD).number
    attach(app, number, photo(tmp_path, "防护罩.jpg", 1), caption="整改前 100%", day=date(2026, 6, 10))
    attach(app, other, photo(tmp_path, "DSC01.jpg", 2), photo(tmp_path, "防护罩.jpg", 1))
    (tmp_path / "签到.pdf").write_bytes(b"%PDF-1.4 x")
    attach(app, other, tmp_path / "签到.pdf", slot="proof")
    attach(app, gone, photo(tmp_path, "删.jpg", 3))
    remove_record(app, gone)

    def found(search: str, **asked: Any) -> list[str]:
        return [each.name for each in evidence_page(app, search, **asked).found]

    assert found("") == ["签到.pdf", "DSC01.jpg", "防护罩.jpg"]
    assert found("", photos_only=True) == ["DSC01.jpg", "防护罩.jpg"]
    assert found("dsc") == ["DSC01.jpg"]
    assert found("100%") == ["防护罩.jpg"]
    assert found("配电箱") == ["签到.pdf", "DSC01.jpg", "防护罩.jpg"]
    assert found(f"{number} 防护罩") == ["防护罩.jpg"]
    for day in ("2026-06-10", "6.10", "2026-06", "6月", "２０２６年6月"):
        assert found(day) == ["防护罩.jpg"], day
    assert found("7月") == found("没有的") == []
    assert evidence_page(app, "防护罩.jpg").found[0].numbers == (other, number)
    first = evidence_page(app, "", most=2)
    assert [each.name for each in evidence_page(app, "", most=2, after=first.after).found] == ["防护罩.jpg"]
    assert evidence_page(app, "", most=2, after=first.after).after == 0


def test_copies_under_their_names(app: App, number: str, tmp_path: Path) -> None:
    attach(app, number, photo(tmp_path, "a.jpg", 1))
    file = shelf_of(app, number).files[0]
    out = tmp_path / "out"
    out.mkdir()
    written = filing.save_copies(
        app, [(file.sha256, "a.jpg"), (file.sha256, "a:b/c.jpg"), (file.sha256, "a.jpg")], out, QUIET
    )
    assert [each.name for each in written] == ["a.jpg", "a_b_c.jpg", "a-2.jpg"]
    assert written[0].read_bytes() == (tmp_path / "a.jpg").read_bytes()
    kept = app.workspace.evidence.path_of(file.sha256)
    kept.write_bytes(b"other")
    with pytest.raises(WorldError, match="被改动"):
        filing.save_copy(app, file.sha256, out / "b.jpg")
    kept.unlink()
    with pytest.raises(WorldError, match="不见了"):
        filing.save_copy(app, file.sha256, out / "b.jpg")
    assert not (out / "b.jpg").exists()
