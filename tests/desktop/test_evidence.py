"""The evidence panel: drops, the clipboard, waiting files, duplicates, moves, words, reuse, the viewer, history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.files import shelf_of
from ankang_desktop.actions.records import change_record, history_in_words
from ankang_desktop.desktop.evidence.history import HistoryView
from ankang_desktop.desktop.evidence.panel import EvidencePanel
from ankang_desktop.desktop.evidence.reuse import ReuseDialog
from ankang_desktop.desktop.evidence.viewer import Viewer
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


def photo(folder: Path, name: str, shade: int = 3) -> Path:
    Image.new("RGB", (60, 40), (shade * 7 % 250, 90, 60)).save(folder / name)
    return folder / name


def drop(view: Any, paths: list[Path]) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.dropEvent(event)


def names(session: Session, number: str = NUMBER, slot: str = "") -> list[str]:
    return [each.name for each in shelf_of(session.app, number).files if slot in {"", each.slot}]


def test_thirty_photos_dropped_are_one_step(panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path) -> None:
    paths = [photo(tmp_path, f"IMG_202603{day:02d}_101010.jpg", day) for day in range(1, 31)]
    before = names(demo)
    drop(panel.slots["proof"].list, paths)
    quiet(qtbot, demo)
    assert len(names(demo, slot="proof")) == 30
    assert panel.slots["proof"].model.rowCount() == 30
    demo.undo()
    quiet(qtbot, demo)
    assert names(demo) == before
    assert panel.slots["proof"].model.rowCount() == 0


def test_the_same_photo_twice_is_refused_and_another_records_is_told(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    path = photo(tmp_path, "现场.jpg", 9)
    drop(panel.slots["proof"].list, [path])
    quiet(qtbot, demo)
    drop(panel.slots["after"].list, [path])
    quiet(qtbot, demo)
    assert "已经附在" in said[-1][1]
    panel.show_record("hazard", "YH-2026-0008")
    quiet(qtbot, demo)
    drop(panel.slots["proof"].list, [path])
    quiet(qtbot, demo)
    assert f"已用于 {NUMBER}" in said[-1][1]
    assert "现场.jpg" in names(demo, "YH-2026-0008")


def test_a_photo_of_another_day_is_warned_of(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str, str]]
) -> None:
    drop(panel.slots["proof"].list, [photo(tmp_path, "IMG_20250101_080000.jpg")])
    quiet(qtbot, demo)
    assert "日期与活动日期差" in said[-1][1]
    panel.slots["proof"].list.setCurrentIndex(panel.slots["proof"].model.index(0))
    assert "日期与活动日期差" in panel.inspector.notes.text()


def test_a_picture_on_the_clipboard_becomes_a_png(panel: EvidencePanel, demo: Session, qtbot: QtBot) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    panel.paste()
    quiet(qtbot, demo)
    assert any(name.startswith("粘贴_20261121_") and name.endswith(".png") for name in names(demo))


def test_files_wait_for_a_new_record_and_come_in_with_it(
    demo: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    _, page = show(demo, "record", ledger="hazard")
    drop(page.evidence.slots["before"].list, [photo(tmp_path, "新.jpg")])
    quiet(qtbot, demo)
    assert [path.name for path, _ in page.evidence.pending()] == ["新.jpg"]
    page.body.boxes["source"].editor.set_raw("snapshot")
    write(page.body.boxes["description"].editor.main, "通道堵塞")
    assert page.save()
    quiet(qtbot, demo)
    assert names(demo, page.opened.stored.number, "before") == ["新.jpg"]
    assert page.evidence.pending() == []
    number = page.opened.stored.number
    demo.undo()  # the record and its photo went in as one step
    with pytest.raises(UserError, match="没有编号为"):
        shelf_of(demo.app, number)


def test_moved_described_removed_each_is_one_step(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(panel.slots["proof"].list, [photo(tmp_path, "甲.jpg", 11)])
    quiet(qtbot, demo)
    link = panel.slots["proof"].model.files[0].link
    panel.slots["before"].moved_here.emit("before", [link])
    quiet(qtbot, demo)
    assert "甲.jpg" in names(demo, slot="before")
    view = panel.slots["before"]
    view.list.setCurrentIndex(view.model.index(len(view.model.files) - 1))
    write(panel.inspector.box, "3")
    panel.inspector.box.editingFinished.emit()
    quiet(qtbot, demo)
    assert shelf_of(demo.app, NUMBER).files[1].paper == "盒3"
    view.list.setCurrentIndex(view.model.index(len(view.model.files) - 1))
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    quiet(qtbot, demo)
    assert "甲.jpg" not in names(demo)
    for _ in range(3):
        demo.undo()
    quiet(qtbot, demo)
    assert names(demo, slot="proof") == ["甲.jpg"]


def test_used_again_shares_the_content(panel: EvidencePanel, demo: Session, qtbot: QtBot) -> None:
    dialog = ReuseDialog(demo, panel)
    dialog.taken.connect(panel._reattach)
    quiet(qtbot, demo)
    assert dialog.model.rowCount() > 20
    write(dialog.search, "YH-2026-0008")
    qtbot.wait(250)
    quiet(qtbot, demo)
    chosen = dialog.model.found[0]
    assert "YH-2026-0008" in chosen.numbers
    dialog.list.setCurrentIndex(dialog.model.index(0))
    dialog.take()
    quiet(qtbot, demo)
    assert chosen.sha256 in {each.sha256 for each in shelf_of(demo.app, NUMBER).files}


def test_models_keep_qts_rules(panel: EvidencePanel, demo: Session, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.slots["before"].model)
    dialog = ReuseDialog(demo, panel)
    quiet(qtbot, demo)
    qtmodeltester.check(dialog.model)
    dialog.close()


def test_the_viewer_walks_and_pairs(panel: EvidencePanel, demo: Session, qtbot: QtBot) -> None:
    viewer = Viewer(demo, panel.files(), 0)
    viewer.show()
    quiet(qtbot, demo)
    assert viewer.canvases[0]._picture is not None
    qtbot.keyClick(viewer, Qt.Key.Key_B)
    quiet(qtbot, demo)
    assert viewer.canvases[1].isVisible()
    assert viewer.canvases[1]._picture is not None
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.at == 1
    qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    qtbot.keyClick(viewer, Qt.Key.Key_R)
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(isinstance(each, Viewer) for each in QGuiApplication.instance().topLevelWidgets()))


def test_history_tells_what_changed(demo: Session, qtbot: QtBot) -> None:
    change_record(demo.app, NUMBER, {"地点": "二号车床"})
    view = HistoryView(demo)
    qtbot.addWidget(view)
    view.show_record(NUMBER)
    view.show()
    quiet(qtbot, demo)
    assert len(view.events) == len(history_in_words(demo.app, NUMBER))
    view.copy()
    assert "地点：CW61车床 → 二号车床" in QGuiApplication.clipboard().text()
