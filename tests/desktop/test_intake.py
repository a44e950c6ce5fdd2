"""随手拍 by keyboard alone: two hundred photos, what was used already, the same hazard, after-photos, undoing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import drafting, intake, records
from ankang_desktop.actions.files import Looked, shelf_of
from ankang_desktop.actions.intake import USUAL, Taken
from ankang_desktop.app import App
from ankang_desktop.desktop.frame.messages import WorkLine
from ankang_desktop.desktop.screens.intake.choose import AfterDialog
from ankang_desktop.desktop.screens.intake.strip import State
from ankang_desktop.desktop.screens.intake.writer import Writer
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.hazards.words import HazardLevel, Source, Stage
from tests.desktop.conftest import quiet, write

Show = Callable[..., tuple[Any, Any]]
Key = Qt.Key


def photos(folder: Path, number: int) -> Path:
    """Write so many different small JPEGs, named as a phone does."""
    folder.mkdir()
    for each in range(number):
        picture = Image.new("RGB", (32, 24), (each % 256, 90, 200 - each % 200))
        picture.save(folder / f"{each:04d}_202606{each % 30 + 1:02d}.jpg", quality=95, comment=str(each).encode())
    return folder


def opened(session: Session, show: Show, qtbot: QtBot, folder: Path) -> tuple[Any, Any]:
    window, page = show(session, "intake", folder=str(folder))
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1, timeout=60_000)
    return window, page


def press(qtbot: QtBot, page: Any, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(page.bench.photo, key)


def test_two_hundred_photos_become_two_hundred_drafts_by_keyboard_alone(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    _, page = opened(session, show, qtbot, photos(tmp_path / "照片", 200))
    for number in range(200):
        assert page.at == number
        assert page.bench.photo.hasFocus()
        press(qtbot, page, Key(Key.Key_1 + number % 9), Key.Key_Return)
    qtbot.waitUntil(lambda: not page.writer.is_busy, timeout=120_000)
    quiet(qtbot, session)
    assert page.stack.currentIndex() == 2
    assert len({each.number for each in page.taken.values()}) == 200
    kept = drafting.open_record(session.app, page.taken[17].number).stored.values
    assert (kept["source"], kept["stage"]) == (Source.snapshot, Stage.registered)
    assert kept["found_on"] == date(2026, 6, 18)
    assert kept["description"] == USUAL[17 % 9]
    [file] = shelf_of(session.app, page.taken[17].number).files
    assert file.slot == "before"
    assert page.summary.model.rowCount() == 200
    session.undo()
    quiet(qtbot, session)
    assert page.summary.model.rowCount() == 199
    session.redo()
    quiet(qtbot, session)
    assert page.summary.model.rowCount() == 200


def test_place_and_team_stay_the_words_do_not(session: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    records.add_record(session.app, "team", {"班组名称": "装配班"})
    team = drafting.open_record(session.app, "BZ-2026-0001").stored.id
    _, page = opened(session, show, qtbot, photos(tmp_path / "照片", 3))
    write(page.boxes["place"].editor.main, "2号行车")
    page.boxes["team"].editor.set_value(team)
    press(qtbot, page, Key.Key_2, Key.Key_Return)
    assert page.boxes["description"].editor.value() is None
    write(page.boxes["description"].editor.main, "限位不灵")
    qtbot.keyClick(page.boxes["description"].editor.main, Key.Key_Return)
    quiet(qtbot, session)
    second = drafting.open_record(session.app, page.taken[1].number).stored.values
    assert (second["place"], second["team"], second["description"]) == ("2号行车", team, "限位不灵")


def test_without_words_the_field_says_so_and_a_major_one_asks_for_its_basis(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    _, page = opened(session, show, qtbot, photos(tmp_path / "照片", 2))
    press(qtbot, page, Key.Key_Return)
    assert page.at == 0
    assert "写一句" in page.boxes["description"].below.text()
    assert not page.boxes["major_basis"].isVisible()
    page.boxes["level"].editor.set_value(HazardLevel.major)
    page.boxes["level"].editor.changed.emit()
    assert page.boxes["major_basis"].isVisible()
    press(qtbot, page, Key.Key_1, Key.Key_Return)
    assert page.at == 0
    assert "判定依据" in page.boxes["major_basis"].below.text()
    write(page.boxes["major_basis"].editor.main, "第3条")
    qtbot.keyClick(page.boxes["major_basis"].editor.main, Key.Key_Return)
    quiet(qtbot, session)
    assert drafting.open_record(session.app, page.taken[0].number).stored.values["level"] is HazardLevel.major


def test_the_same_hazard_and_back_and_skip(session: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = opened(session, show, qtbot, photos(tmp_path / "照片", 5))
    press(qtbot, page, Key.Key_Space, Key.Key_1, Key.Key_Return, Key.Key_M, Key.Key_M, Key.Key_Left)
    quiet(qtbot, session)
    assert page.at == 3
    assert page.bench.opened.isVisible()
    assert not page.bench.fields.isEnabled()
    [number] = {each.number for each in page.taken.values()}
    assert len(shelf_of(session.app, number).files) == 3
    states = page.course.model.states
    assert states == [State.skipped, State.taken, State.attached, State.attached, State.waiting]
    press(qtbot, page, Key.Key_Return)
    assert page.at == 4
    press(qtbot, page, Key.Key_Right)
    assert page.stack.currentIndex() == 2
    assert "新登记 1 条" in page.summary.told.text()
    page.summary.again.click()
    assert len(page.course.shots) == 2


def test_the_same_hazard_needs_one_before(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    _, page = opened(session, show, qtbot, photos(tmp_path / "照片", 2))
    press(qtbot, page, Key.Key_M)
    assert page.at == 0
    assert "还没有登记" in said[-1][1]


def test_an_after_photo_goes_to_the_hazard_typed(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    _, page = opened(demo, show, qtbot, photos(tmp_path / "照片", 2))
    press(qtbot, page, Key.Key_A)
    dialog = page.findChild(AfterDialog)
    quiet(qtbot, demo)
    write(dialog.line, "减速带")
    quiet(qtbot, demo)
    assert [each.name for each in dialog.found] == ["YH-2026-0049"]
    qtbot.keyClick(dialog.line, Key.Key_Return)
    quiet(qtbot, demo)
    assert [each.slot for each in shelf_of(demo.app, "YH-2026-0049").files][-1] == "after"
    assert page.at == 1


def test_photos_used_already_are_passed_over(session: Session, show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    folder = photos(tmp_path / "照片", 4)
    window, page = opened(session, show, qtbot, folder)
    press(qtbot, page, Key.Key_1, Key.Key_Return, Key.Key_1, Key.Key_Return)
    quiet(qtbot, session)
    window.go("help")
    _, page = opened(session, show, qtbot, folder)
    assert page.course.model.states == [State.known, State.known, State.waiting, State.waiting]
    assert page.at == 2
    page.bench.skips_known.setChecked(False)
    press(qtbot, page, Key.Key_Left)
    assert page.at == 1
    assert "已用于" in page.bench.mark.text()


@pytest.mark.parametrize("key", [Key.Key_P, Key.Key_T])
def test_digits_pick_places_and_teams_too(demo: Session, show: Show, qtbot: QtBot, tmp_path: Path, key: Qt.Key) -> None:
    _, page = opened(demo, show, qtbot, photos(tmp_path / "照片", 1))
    field = "place" if key == Key.Key_P else "team"
    press(qtbot, page, key)
    assert page.bench.phrases.kind == field
    words, value = page.bench.phrases.choices()[1]
    press(qtbot, page, Key.Key_2)
    assert page.boxes[field].editor.value() == value
    assert words
    assert page.bench.phrases.kind == "description"
    press(qtbot, page, key, key)
    assert page.boxes[field].editor.main.hasFocus()
    qtbot.keyClick(page.boxes[field].editor.main, Key.Key_Escape)
    assert page.bench.photo.hasFocus()


def test_the_next_pictures_are_there_before_they_are_wanted(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    _, page = opened(session, show, qtbot, photos(tmp_path / "照片", 8))
    quiet(qtbot, session)
    assert set(page.preloader.made) == {0, 1, 2, 3}
    press(qtbot, page, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    quiet(qtbot, session)
    assert set(page.preloader.made) == {2, 3, 4, 5, 6}
    assert all(page.preloader.made.values())


def test_a_folder_without_photos_says_so(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / "a.txt").write_text("文字")
    _, page = show(session, "intake", folder=str(tmp_path / "空"))
    quiet(qtbot, session)
    assert page.stack.currentIndex() == 0
    assert said[-1][1] == "这里没有照片"


def test_the_strip_keeps_qts_rules(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    _, page = opened(session, show, qtbot, photos(tmp_path / "照片", 3))
    qtmodeltester.check(page.course.model)
    page.bench.strip.wanted.emit(2)
    assert page.at == 2


def test_another_folder_waits_until_all_is_written(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page = opened(session, show, qtbot, photos(tmp_path / "甲", 3))
    before = page.course.shots
    with monkeypatch.context() as patched:
        patched.setattr(Writer, "is_busy", property(lambda _: True))
        page.look([photos(tmp_path / "乙", 5)])
        quiet(qtbot, session)
        assert page.course.shots == before
        assert "请稍等一下再换照片" in window.messages.told.text()
    page.look([tmp_path / "乙"])
    quiet(qtbot, session)
    assert len(page.course.shots) == 5


def test_looking_through_a_folder_can_be_stopped(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, again = photos(tmp_path / "甲", 3), photos(tmp_path / "乙", 4)
    window, page = opened(session, show, qtbot, folder)
    before, at = page.course.shots, page.at
    reached, go_on, look = Event(), Event(), intake.look_at

    def slowly(app: App, key: str, slot: str, paths: Sequence[Path], progress: Progress) -> Looked:
        reached.set()
        assert go_on.wait(20)
        return look(app, key, slot, paths, progress)

    monkeypatch.setattr(intake, "look_at", slowly)
    page.look([again])
    qtbot.waitUntil(reached.is_set)
    line = window.findChild(WorkLine)
    assert "查看照片" in line.words.text()
    qtbot.mouseClick(line.stop, Qt.MouseButton.LeftButton)
    go_on.set()
    quiet(qtbot, session)
    assert (page.course.shots, page.at) == (before, at)  # what was in hand is in hand
    assert page.bench.isVisible()
    assert not window.findChildren(WorkLine)
    page.look([again])
    quiet(qtbot, session)
    assert len(page.course.shots) == 4


def test_the_window_waits_for_photos_being_written(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page = opened(session, show, qtbot, photos(tmp_path / "照片", 3))
    go_on, draft = Event(), intake.draft_hazard

    def slowly(*given: Any) -> Taken:
        assert go_on.wait(20)
        return draft(*given)

    monkeypatch.setattr(intake, "draft_hazard", slowly)
    for _ in range(3):
        press(qtbot, page, Key.Key_1, Key.Key_Return)
    assert window.may_close() is False  # closing, another workspace and the lock ask alike
    assert "请稍等一下再离开" in window.messages.told.text()
    go_on.set()
    quiet(qtbot, session)
    assert window.may_close() is True
    assert len({each.number for each in page.taken.values()}) == 3
