"""The evidence panel: drops, the clipboard, waiting files, duplicates, moves, words, the inspector, ways out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import filing
from ankang_desktop.actions.files import File, evidence_page, shelf_of
from ankang_desktop.actions.records import add_record, next_steps
from ankang_desktop.desktop.evidence import copies
from ankang_desktop.desktop.evidence.cells import CELL
from ankang_desktop.desktop.evidence.copies import Copies
from ankang_desktop.desktop.evidence.model import LINKS
from ankang_desktop.desktop.evidence.panel import EvidencePanel
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import UserError
from tests.desktop.conftest import quiet, write

Show = Callable[..., tuple[Any, Any]]
NUMBER = "YH-2026-0007"


@pytest.fixture
def panel(demo: Session, qtbot: QtBot) -> EvidencePanel:
    made = EvidencePanel(demo)
    qtbot.addWidget(made)
    made.resize(420, 700)
    made.show_record("hazard", NUMBER)
    made.show()
    quiet(qtbot, demo)
    return made


@pytest.fixture
def fresh(demo: Session, qtbot: QtBot) -> EvidencePanel:
    """The panel of a record that is not saved yet."""
    made = EvidencePanel(demo)
    qtbot.addWidget(made)
    made.resize(420, 700)
    made.show_record("hazard", "")
    made.show()
    return made


def photo(folder: Path, name: str, shade: int = 3) -> Path:
    Image.new("RGB", (60, 40), (shade * 7 % 250, 90, 60)).save(folder / name)
    return folder / name


def urls(paths: list[Path]) -> QMimeData:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return carried


def drop(target: Any, carried: QMimeData, at: tuple[int, int] = (5, 5)) -> bool:
    """Drag something over a widget and let it go; returns whether it was welcome."""
    welcomed: list[bool] = []  # Qt's own event of entering is deprecated in Python
    target.dragEnterEvent(SimpleNamespace(mimeData=lambda: carried, acceptProposedAction=lambda: welcomed.append(True)))
    if welcomed:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        target.dropEvent(QDropEvent(QPointF(*at), Qt.DropAction.CopyAction, carried, left, none))
    return bool(welcomed)


def files(session: Session, number: str = NUMBER) -> list[File]:
    return list(shelf_of(session.app, number).files)


def names(session: Session, number: str = NUMBER, slot: str = "") -> list[str]:
    return [each.name for each in files(session, number) if slot in {"", each.slot}]


def choose(panel: EvidencePanel, slot: str, *rows: int) -> None:
    """Select files of a slot with the keyboard's means."""
    view = panel.slots[slot]
    view.list.clearSelection()
    for row in rows:
        view.choose([view.model.files[row].link])


# --- adding -----------------------------------------------------------------------------------------------------


def test_thirty_photos_dropped_are_one_step(panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path) -> None:
    paths = [photo(tmp_path, f"IMG_202603{day:02d}_101010.jpg", day) for day in range(1, 31)]
    before = names(demo)
    drop(panel.slots["proof"], urls(paths))
    quiet(qtbot, demo)
    assert len(names(demo, slot="proof")) == 30
    assert panel.slots["proof"].model.rowCount() == 30
    assert len(panel.chosen()) == 30  # ready for one box number for all of them
    demo.undo()
    quiet(qtbot, demo)
    assert names(demo) == before
    assert panel.slots["proof"].model.rowCount() == 0


def test_a_folder_dropped_anywhere_goes_to_the_slot_in_hand(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "六月"
    folder.mkdir()
    photo(folder, "a.jpg", 1), photo(folder, "b.jpg", 9)
    choose(panel, "after", 0)
    assert drop(panel, urls([folder]))
    quiet(qtbot, demo)
    assert names(demo, slot="after")[1:] == ["a.jpg", "b.jpg"]


def test_the_same_photo_twice_is_refused_and_another_records_is_told(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    path = photo(tmp_path, "现场.jpg", 9)
    drop(panel.slots["proof"], urls([path]))
    quiet(qtbot, demo)
    drop(panel.slots["after"], urls([path]))
    quiet(qtbot, demo)
    assert said[-1][1].startswith(f"没有添加文件。“现场.jpg”已经附在 {NUMBER} 的“其他材料”里")
    panel.show_record("hazard", "YH-2026-0008")
    quiet(qtbot, demo)
    drop(panel.slots["proof"], urls([path]))
    quiet(qtbot, demo)
    assert f"已用于 {NUMBER}" in said[-1][1]
    assert "现场.jpg" in names(demo, "YH-2026-0008")
    opened: list[tuple[str, Any]] = []
    demo.wanted.connect(lambda key, given: opened.append((key, given)))
    links = [each for each in panel.inspector.findChildren(type(panel.tools._adding[0])) if each.text() == NUMBER]
    qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert opened == [("record", {"number": NUMBER})]


def test_many_twins_are_told_in_one_sentence(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    paths = [photo(tmp_path, f"{each}.jpg", each * 5) for each in range(4)]
    for _ in range(2):
        panel.add("proof", paths)
        quiet(qtbot, demo)
    assert said[-1][1] == "没有添加文件。4 个文件这条记录已经有了，没有重复添加"


def test_a_photo_of_another_day_is_warned_of_until_its_day_is_written(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    drop(panel.slots["proof"], urls([photo(tmp_path, "IMG_20250101_080000.jpg")]))
    quiet(qtbot, demo)
    assert "日期与活动日期差" in said[-1][1]
    assert panel.warned.isVisible()
    assert panel.warned.told.text().startswith("照片的日期与活动日期差")
    assert panel.slots["proof"].model.index(0).data(CELL).is_odd
    choose(panel, "before", 0)
    panel._show_odd()
    assert [each.name for each in panel.chosen()] == ["IMG_20250101_080000.jpg"]
    assert panel.inspector.notes.isVisible()
    line = panel.inspector.day.main
    line.setFocus()
    qtbot.keyClicks(line, "3.8")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    assert files(demo)[-1].day == date(2026, 3, 8)
    assert not panel.warned.isVisible()


def test_a_damaged_photo_is_kept_told_and_drawn_as_an_icon(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    (tmp_path / "坏.jpg").write_bytes(b"\xff\xd8\xff torn")
    panel.add("proof", [tmp_path / "坏.jpg"])
    quiet(qtbot, demo)
    assert "不是有效的照片" in said[-1][1]
    assert panel.slots["proof"].model.index(0).data(CELL).picture.width() == 40


def test_cells_tell_day_paper_and_kind(panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "通知书_20260308.pdf").write_bytes(b"%PDF-1.4 x")
    panel.add("proof", [tmp_path / "通知书_20260308.pdf"])
    quiet(qtbot, demo)
    write(panel.inspector.lines["box"], "3")
    write(panel.inspector.lines["page"], "12")
    panel.inspector.save()
    quiet(qtbot, demo)
    cell = panel.slots["proof"].model.index(0).data(CELL)
    assert (cell.title, cell.second, cell.badge) == ("通知书_20260308.pdf", "03-08　盒3 页12", "PDF")


def test_a_picture_on_the_clipboard_becomes_a_png(panel: EvidencePanel, demo: Session, qtbot: QtBot) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    choose(panel, "after", 0)
    panel.slots["after"].list.setFocus()
    qtbot.keyClick(panel.slots["after"].list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, demo)
    pasted = files(demo)[-1]
    assert (pasted.slot, pasted.name.startswith("粘贴 11月21日"), pasted.name.endswith(".png")) == ("after", True, True)
    assert pasted.taken_on is None  # the day of pasting is not the day it was taken


def test_copied_files_are_pasted_as_files_and_words_are_refused(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    QGuiApplication.clipboard().setMimeData(urls([photo(tmp_path, "复制的.jpg", 30)]))
    panel.paste()
    quiet(qtbot, demo)
    assert "复制的.jpg" in names(demo)
    QGuiApplication.clipboard().setText("不是图片")
    panel.paste()
    assert said[-1][1] == "剪贴板里没有图片或文件"
    words = QMimeData()
    words.setText("不是图片")
    assert not drop(panel.slots["proof"], words)
    assert not drop(panel, words)


def test_files_are_chosen_in_the_dialog_and_the_folder_is_remembered(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [str(photo(tmp_path, "x.jpg", 4)), str(photo(tmp_path, "y.jpg", 8))]
    asked: list[tuple[str, str]] = []

    def answer(_: Any, title: str, folder: str) -> tuple[list[str], str]:
        asked.append((title, folder))
        return given, ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", answer)
    panel.slots["proof"].list.setFocus()
    qtbot.keyClick(panel.slots["proof"].list, Qt.Key.Key_Return)  # an empty slot asks for files
    quiet(qtbot, demo)
    assert names(demo, slot="proof") == ["x.jpg", "y.jpg"]
    panel.choose_files("after")
    assert asked[0][0] == "添加到“其他材料”（可多选）"
    assert asked[1] == ("添加到“整改后照片”（可多选）", str(tmp_path))


def test_another_writing_job_is_waited_for(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    demo.work.run(lambda _: None, text="导入", writes=True)
    panel.add("proof", [photo(tmp_path, "a.jpg")])
    assert said[-1][1] == "“导入”还没有完成"
    quiet(qtbot, demo)
    assert "a.jpg" not in names(demo)


# --- waiting for a record ---------------------------------------------------------------------------------------


def test_files_wait_for_a_new_record_and_come_in_with_it(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    _, page = show(demo, "record", ledger="hazard")
    drop(page.evidence.slots["before"], urls([photo(tmp_path, "新.jpg")]))
    quiet(qtbot, demo)
    assert [path.name for path, _ in page.evidence.pending()] == ["新.jpg"]
    write(page.evidence.inspector.lines["caption"], "通道被占")  # not left yet when the record is saved
    page.body.boxes["source"].editor.set_raw("snapshot")
    write(page.body.boxes["description"].editor.main, "通道堵塞")
    assert page.save()
    quiet(qtbot, demo)
    number = page.opened.stored.number
    assert [(each.name, each.slot, each.caption) for each in files(demo, number)] == [("新.jpg", "before", "通道被占")]
    assert page.evidence.pending() == []
    demo.undo()  # the record and its photo went in as one step
    with pytest.raises(UserError, match="没有编号为"):
        shelf_of(demo.app, number)


def test_waiting_files_are_moved_described_removed_and_told(
    fresh: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    told: list[int] = []
    fresh.changed.connect(lambda: told.append(len(fresh.pending())))
    known = demo.app.workspace.evidence.path_of(files(demo)[0].sha256)
    twin = tmp_path / "同一张.jpg"
    twin.write_bytes(known.read_bytes())
    fresh.add("before", [photo(tmp_path, "a.jpg", 1), photo(tmp_path, "b.jpg", 9), twin, tmp_path / "没有.jpg"])
    quiet(qtbot, demo)
    assert [NUMBER in said[-1][1], "打不开" in said[-1][1]] == [True, True]
    fresh.add("after", [tmp_path / "a.jpg"])
    quiet(qtbot, demo)
    assert "“a.jpg”已经在等候保存" in said[-1][1]
    choose(fresh, "before", 0)
    (link,) = [each.link for each in fresh.chosen()]
    carried = QMimeData()
    carried.setData(LINKS, QByteArray(str(link).encode()))
    assert drop(fresh.slots["after"], carried)
    choose(fresh, "before", 0)
    write(fresh.inspector.lines["box"], "5")
    fresh.inspector.save()
    qtbot.keyClick(fresh.slots["after"].list, Qt.Key.Key_Delete)  # what is selected: b.jpg
    assert [(path.name, use.slot) for path, use in fresh.pending()] == [("同一张.jpg", "before"), ("a.jpg", "after")]
    assert told[-1] == 2
    fresh.clear_pending()
    assert fresh.pending() == fresh.files() == []


def test_a_kept_file_waits_under_its_name(fresh: EvidencePanel, demo: Session, qtbot: QtBot) -> None:
    kept = evidence_page(demo.app, NUMBER).found[0]
    fresh._reuse("before", [kept, kept])
    ((path, use),) = fresh.pending()
    assert path == demo.app.workspace.evidence.path_of(kept.sha256)
    assert (use.name, use.caption, use.slot) == (kept.name, kept.caption, "before")


# --- moving, describing, removing -------------------------------------------------------------------------------


def test_dragged_to_the_other_slot_is_one_step(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.add("proof", [photo(tmp_path, "甲.jpg", 11), photo(tmp_path, "乙.jpg", 20)])
    quiet(qtbot, demo)
    model = panel.slots["proof"].model
    assert drop(panel.slots["before"], model.mimeData([model.index(0), model.index(1)]), (40, 60))
    quiet(qtbot, demo)
    assert sorted(names(demo, slot="before")) == sorted(["甲.jpg", "乙.jpg", "IMG_20260307_100703.jpg"])
    assert next_steps(demo.app)[0] == f"{NUMBER} 佐证移到“整改前照片”"
    assert [each.name for each in panel.chosen()] == ["甲.jpg", "乙.jpg"]
    demo.undo()
    quiet(qtbot, demo)
    assert names(demo, slot="proof") == ["甲.jpg", "乙.jpg"]


def test_dragged_within_a_slot_changes_the_order(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.add("proof", [photo(tmp_path, f"{each}.jpg", each * 9) for each in range(3)])
    quiet(qtbot, demo)
    view = panel.slots["proof"]
    first = view.list.visualRect(view.model.index(0))
    left = view.list.viewport().mapTo(view, QPoint(first.left() + 4, first.center().y()))
    drop(view, view.model.mimeData([view.model.index(2)]), left.toTuple())
    quiet(qtbot, demo)
    assert names(demo, slot="proof") == ["2.jpg", "0.jpg", "1.jpg"]
    right = view.list.viewport().mapTo(view, QPoint(first.right() - 4, first.center().y()))
    drop(view, view.model.mimeData([view.model.index(2)]), right.toTuple())
    quiet(qtbot, demo)
    assert names(demo, slot="proof") == ["2.jpg", "1.jpg", "0.jpg"]
    assert next_steps(demo.app)[0] == f"{NUMBER} 调整佐证"


def test_everything_of_the_menu_can_be_done_without_a_mouse(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.add("proof", [photo(tmp_path, "a.jpg", 1), photo(tmp_path, "b.jpg", 9)])
    quiet(qtbot, demo)
    choose(panel, "proof", 1)
    texts = {each.text().split("\t")[0]: each for each in panel.menu().actions()}
    assert list(texts) == [
        *("查看大图", "用其他程序打开", "另存为…", "", "写说明"),
        *("移到“整改前照片”", "移到“整改后照片”", "排到最前", "移除"),
    ]
    texts["排到最前"].trigger()
    quiet(qtbot, demo)
    assert names(demo, slot="proof") == ["b.jpg", "a.jpg"]
    texts["移到“整改后照片”"].trigger()
    quiet(qtbot, demo)
    assert names(demo, slot="after")[1:] == ["b.jpg"]
    view = panel.slots["after"].list
    view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1)))
    popup = QGuiApplication.instance().activePopupWidget()
    assert popup is not None
    popup.close()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert panel.inspector.lines["caption"].hasFocus()


def test_said_of_many_is_one_step_and_only_what_was_written(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    panel.add("proof", [photo(tmp_path, "a.jpg", 1), photo(tmp_path, "b.jpg", 9)])
    quiet(qtbot, demo)
    choose(panel, "proof", 0)
    write(panel.inspector.lines["caption"], "甲")
    qtbot.keyClick(panel.inspector.lines["caption"], Qt.Key.Key_Return)
    quiet(qtbot, demo)
    choose(panel, "proof", 0, 1)
    assert panel.inspector.name.text() == "选中 2 个文件"
    assert panel.inspector.lines["caption"].placeholderText() == "（各不相同）"
    write(panel.inspector.lines["box"], "3")
    qtbot.keyClick(panel.inspector.lines["box"], Qt.Key.Key_Return)
    qtbot.keyClick(panel.inspector.lines["box"], Qt.Key.Key_Return)  # nothing new: no second step
    quiet(qtbot, demo)
    assert [(each.caption, each.box) for each in files(demo) if each.slot == "proof"] == [("甲", "3"), ("", "3")]
    demo.undo()
    assert [(each.caption, each.box) for each in files(demo) if each.slot == "proof"] == [("甲", ""), ("", "")]


def test_what_is_typed_next_outlives_the_reload(panel: EvidencePanel, demo: Session, qtbot: QtBot) -> None:
    choose(panel, "before", 0)
    panel.inspector.lines["caption"].clear()
    write(panel.inspector.lines["caption"], "新的说明")
    panel.inspector.save()
    write(panel.inspector.lines["box"], "7")  # before the files were read again
    quiet(qtbot, demo)
    assert panel.inspector.lines["box"].text() == "7"
    panel.inspector.save()
    quiet(qtbot, demo)
    assert (files(demo)[0].caption, files(demo)[0].box) == ("新的说明", "7")


def test_a_day_that_is_none_is_said_beside_it(panel: EvidencePanel, demo: Session, qtbot: QtBot) -> None:
    choose(panel, "before", 0)
    line = panel.inspector.day.main
    line.setText("二月三十")
    panel.inspector.save()
    assert panel.inspector.problem.isVisible()
    assert files(demo)[0].day is None


def test_removed_by_the_key_and_the_last_after_photo_is_held(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, said: list[tuple[str, str, str]]
) -> None:
    choose(panel, "before", 0)
    qtbot.keyClick(panel.slots["before"].list, Qt.Key.Key_Delete)
    quiet(qtbot, demo)
    assert names(demo, slot="before") == []
    assert said[-1][1] == "已移除 1 个文件"
    choose(panel, "after", 0)
    qtbot.keyClick(panel.slots["after"].list, Qt.Key.Key_Delete)
    assert "不能没有整改后照片" in said[-1][1]
    assert len(names(demo, slot="after")) == 1


def test_only_one_slot_is_selected_from(panel: EvidencePanel) -> None:
    choose(panel, "before", 0)
    choose(panel, "after", 0)
    assert [each.slot for each in panel.chosen()] == ["after"]


def test_read_only_takes_nothing(panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path) -> None:
    panel.set_read_only(True)
    before = names(demo)
    QGuiApplication.clipboard().setMimeData(urls([photo(tmp_path, "x.jpg")]))
    panel.paste()
    panel.add("proof", [tmp_path / "x.jpg"])
    choose(panel, "before", 0)
    qtbot.keyClick(panel.slots["before"].list, Qt.Key.Key_Delete)
    quiet(qtbot, demo)
    assert names(demo) == before
    assert not panel.slots["before"].acceptDrops()
    assert not panel.slots["before"].adder.isVisible()
    assert "移除" not in {each.text().split("\t")[0] for each in panel.menu().actions()}
    panel.show_record("training", "PX-2026-0001")
    quiet(qtbot, demo)
    assert not any(slot.acceptDrops() for slot in panel.slots.values())


def test_a_record_undone_away_leaves_an_empty_panel(session: Session, qtbot: QtBot) -> None:
    number = add_record(session.app, "hazard", {"发现日期": "6.1", "隐患来源": "随手拍", "隐患描述": "x"}).number
    made = EvidencePanel(session)
    qtbot.addWidget(made)
    made.show_record("hazard", number)
    quiet(qtbot, session)
    session.undo()
    made.reload()
    quiet(qtbot, session)
    assert made.files() == []


def test_a_step_elsewhere_is_seen(panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path) -> None:
    other = EvidencePanel(demo)
    qtbot.addWidget(other)
    other.show_record("hazard", "YH-2026-0008")
    panel.add("proof", [photo(tmp_path, "两处.jpg", 40)])
    quiet(qtbot, demo)
    other.add("proof", [tmp_path / "两处.jpg"])
    quiet(qtbot, demo)
    assert panel.files()[-1].also == ("YH-2026-0008",)
    demo.undo()
    quiet(qtbot, demo)
    assert panel.files()[-1].also == ()


# --- ways out ---------------------------------------------------------------------------------------------------


def test_opened_outside_as_a_copy_under_its_name(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, said: list[tuple[str, str, str]]
) -> None:
    opened: list[Path] = []

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return len(opened) < 3

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    choose(panel, "before", 0)
    panel.open_outside()
    quiet(qtbot, demo)
    panel.open_outside()
    quiet(qtbot, demo)
    assert {path.name for path in opened} == {"IMG_20260307_100703.jpg"}
    kept = demo.app.workspace.evidence.path_of(files(demo)[0].sha256)
    assert opened[0].read_bytes() == kept.read_bytes()
    assert opened[0] != kept
    assert not opened[0].stat().st_mode & 0o222
    panel.open_outside()
    quiet(qtbot, demo)
    assert "没有打开" in said[-1][1]
    assert isinstance(Copies.of(demo), copies.Copies)


def test_one_is_saved_as_and_many_into_a_folder(
    panel: EvidencePanel,
    demo: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: list[tuple[str, str, str]],
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "一张.jpg"), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    choose(panel, "before", 0)
    panel.save_as()
    quiet(qtbot, demo)
    assert said[-1][1] == "已另存"
    assert (tmp_path / "一张.jpg").stat().st_size == files(demo)[0].size
    panel.add("before", [photo(tmp_path, "乙.jpg", 13)])
    quiet(qtbot, demo)
    choose(panel, "before", 0, 1)
    panel.save_as()
    quiet(qtbot, demo)
    assert said[-1][1] == "已另存 2 个文件"
    assert (tmp_path / "IMG_20260307_100703.jpg").exists()
    assert (tmp_path / "乙-2.jpg").exists()


def test_a_lost_file_is_said(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(demo.work, "_on_error", told.append)
    demo.app.workspace.evidence.path_of(files(demo)[0].sha256).unlink()
    choose(panel, "before", 0)
    panel.open_outside()
    quiet(qtbot, demo)
    assert "不见了" in str(told[0])


def test_model_keeps_qts_rules(panel: EvidencePanel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.slots["before"].model)


def test_what_is_odd_about_a_file_is_told_before_it_is_saved(
    fresh: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    demo.door.said.connect(lambda _, text, *__: told.append(text))
    monkeypatch.setattr(filing, "_HEAVY", 1000)
    broken, large = tmp_path / "坏的.jpg", tmp_path / "录像.mp4"
    broken.write_bytes(b"\xff\xd8\xff\xe0 nothing")
    large.write_bytes(b"0" * 2000)
    fresh.add("before", [broken, large])
    quiet(qtbot, demo)
    assert len(fresh.files()) == 2
    assert "“坏的.jpg”不是有效的照片" in told[-1]
    assert "“录像.mp4”有 0 MB" in told[-1]


def test_a_date_that_is_none_is_red_and_its_sentence_in_sight(panel: EvidencePanel, demo: Session) -> None:
    choose(panel, "before", 0)
    panel.inspector.day.set_raw("6月31日")
    panel.inspector.save()
    QGuiApplication.processEvents()
    assert panel.inspector.day.main.property("wrong")
    assert panel.inspector.problem.visibleRegion().boundingRect().height() == panel.inspector.problem.height()


def test_undoing_beside_a_form_half_filled_in_is_about_the_files_only(demo: Session, show: Show, qtbot: QtBot) -> None:
    _, page = show(demo, "record", number=NUMBER)
    quiet(qtbot, demo)
    write(page.body.boxes["place"].editor.main, "改")
    panel = page.evidence
    before = names(demo)
    choose(panel, "before", 0)
    panel.remove()
    quiet(qtbot, demo)
    panel.slots["after"].list.setFocus()
    qtbot.keyClick(panel.slots["after"].list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, demo)
    assert names(demo) == before
    assert page.unsaved.is_dirty
