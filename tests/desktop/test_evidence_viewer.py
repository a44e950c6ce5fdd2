"""The large viewer, the search of all evidence, the history of a record."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QWheelEvent
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ankang_desktop.actions import files as files_module
from ankang_desktop.actions.files import File, shelf_of
from ankang_desktop.actions.records import change_record, history_in_words
from ankang_desktop.desktop.evidence import history
from ankang_desktop.desktop.evidence.history import HistoryView, page_of
from ankang_desktop.desktop.evidence.panel import EvidencePanel
from ankang_desktop.desktop.evidence.reuse import ReuseDialog
from ankang_desktop.desktop.evidence.viewer import SHARP, Viewer, open_viewer
from ankang_desktop.desktop.session import Session
from tests.desktop.conftest import quiet, write

NUMBER = "YH-2026-0007"


def waiting(path: Path, media_type: str) -> File:
    """Return a file that is not attached."""
    return File(-1, "", "proof", "其他材料", "", path.name, media_type, 1, path=str(path))


@pytest.fixture
def viewer(demo: Session, qtbot: QtBot) -> Viewer:
    made = Viewer(demo, shelf_of(demo.app, NUMBER).files, 0)
    made.show()
    quiet(qtbot, demo)
    return made


def gone(qtbot: QtBot) -> None:
    app: Any = QGuiApplication.instance()
    qtbot.waitUntil(lambda: not any(isinstance(each, Viewer) for each in app.topLevelWidgets()))


def test_the_viewer_walks_and_pairs(viewer: Viewer, demo: Session, qtbot: QtBot) -> None:
    first, second = viewer.canvases
    assert first._picture is not None
    assert not second.isVisible()
    qtbot.keyClick(viewer, Qt.Key.Key_B)
    quiet(qtbot, demo)
    assert second.isVisible()
    assert second._picture is not None
    assert ["整改前照片" in viewer.told[0].text(), "整改后照片" in viewer.told[1].text()] == [True, True]
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.at == 1
    assert "整改前照片" in viewer.told[0].text()  # before stays at the left whichever is in hand
    qtbot.keyClick(viewer, Qt.Key.Key_B)
    assert "整改后照片" in viewer.told[0].text()
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.at == 0
    qtbot.keyClick(viewer, Qt.Key.Key_End)
    qtbot.keyClick(viewer, Qt.Key.Key_Left)
    assert viewer.at == 0
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    gone(qtbot)


def test_zoomed_into_it_is_decoded_sharper_and_stays_in_place(demo: Session, qtbot: QtBot, tmp_path: Path) -> None:
    Image.new("RGB", (3200, 1600), "red").save(tmp_path / "a.png")
    viewer = Viewer(demo, [waiting(tmp_path / "a.png", "image/png")], 0)
    viewer.show()
    quiet(qtbot, demo)
    canvas = viewer.canvases[0]
    assert canvas._picture is not None
    assert canvas._picture.width() == 2400
    for _ in range(3):
        qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    scale = canvas._scale
    quiet(qtbot, demo)
    assert canvas._picture.width() == 3200
    assert canvas._scale == scale > 1.6
    middle = QPointF(canvas.rect().center())
    wheel = QWheelEvent(
        middle, middle, QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    canvas.wheelEvent(wheel)
    assert canvas._scale < scale
    qtbot.keyClick(viewer, Qt.Key.Key_0)
    assert canvas._scale == 1.0
    qtbot.keyClick(viewer, Qt.Key.Key_R)
    assert canvas._turn == 90
    viewer.close()
    gone(qtbot)
    assert SHARP > 2400


def test_dragged_about_it_never_leaves_sight(viewer: Viewer, qtbot: QtBot) -> None:
    canvas = viewer.canvases[0]
    viewer.zoom(3)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.mouseMove(canvas, QPoint(5000, 5000))
    size = canvas._size()
    assert abs(canvas._shift.x()) <= (size.width() - canvas.width()) / 2 + 1
    viewer.close()
    gone(qtbot)


def test_pages_of_a_pdf_are_turned(demo: Session, qtbot: QtBot, tmp_path: Path) -> None:
    pages = [Image.new("RGB", (210, 297), shade) for shade in ("white", "red", "blue")]
    pages[0].save(tmp_path / "a.pdf", save_all=True, append_images=pages[1:])
    viewer = Viewer(demo, [waiting(tmp_path / "a.pdf", "application/pdf")], 0)
    viewer.show()
    quiet(qtbot, demo)
    assert "第 1/3 页" in viewer.counted.text()
    for _ in range(4):
        qtbot.keyClick(viewer, Qt.Key.Key_Down)
    quiet(qtbot, demo)
    assert "第 3/3 页" in viewer.counted.text()
    picture = viewer.canvases[0]._picture
    assert picture is not None
    assert picture.toImage().pixelColor(50, 50).blue() > 200
    qtbot.keyClick(viewer, Qt.Key.Key_PageUp)
    assert viewer.page == 1
    viewer.close()
    gone(qtbot)


def test_what_cannot_be_shown_says_what_to_do(demo: Session, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "坏.jpg").write_bytes(b"no")
    (tmp_path / "a.docx").write_bytes(b"PK")
    files = [waiting(tmp_path / "坏.jpg", "image/jpeg"), waiting(tmp_path / "a.docx", "application/msword")]
    viewer = open_viewer(demo, files, 0)
    quiet(qtbot, demo)
    assert "已损坏" in viewer.canvases[0]._words
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    quiet(qtbot, demo)
    assert "其他程序" in viewer.canvases[0]._words
    qtbot.keyClick(viewer, Qt.Key.Key_B)  # nothing to stand beside it
    assert not viewer.is_paired
    viewer.close()
    gone(qtbot)


def test_the_record_of_a_file_is_one_click_away(viewer: Viewer, demo: Session, qtbot: QtBot) -> None:
    wanted: list[tuple[str, Any]] = []
    demo.wanted.connect(lambda key, given: wanted.append((key, given)))
    qtbot.mouseClick(viewer.opening, Qt.MouseButton.LeftButton)
    assert wanted == [("record", {"number": NUMBER})]
    gone(qtbot)


def test_enter_opens_the_viewer_on_the_file(demo: Session, qtbot: QtBot) -> None:
    panel = EvidencePanel(demo)
    qtbot.addWidget(panel)
    panel.show_record("hazard", NUMBER)
    panel.show()
    quiet(qtbot, demo)
    view = panel.slots["after"]
    view.choose([view.model.files[0].link])
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    quiet(qtbot, demo)
    found = panel.findChild(Viewer)
    assert found is not None
    assert found.files[found.at].slot == "after"
    found.close()
    gone(qtbot)


# --- reuse ------------------------------------------------------------------------------------------------------


@pytest.fixture
def panel(demo: Session, qtbot: QtBot) -> EvidencePanel:
    made = EvidencePanel(demo)
    qtbot.addWidget(made)
    made.show_record("hazard", NUMBER)
    made.show()
    quiet(qtbot, demo)
    return made


def dialog_of(panel: EvidencePanel, demo: Session, qtbot: QtBot) -> ReuseDialog:
    panel.slots["proof"].list.setFocus()
    panel.reuse()
    quiet(qtbot, demo)
    found = panel.findChild(ReuseDialog)
    assert found is not None
    return found


def test_used_again_shares_the_content(panel: EvidencePanel, demo: Session, qtbot: QtBot) -> None:
    dialog = dialog_of(panel, demo, qtbot)
    assert dialog.model.rowCount() > 20
    assert not dialog.accepting.isEnabled()
    write(dialog.search, "YH-2026-0008")
    qtbot.wait(250)
    quiet(qtbot, demo)
    stored = len(list(demo.app.workspace.evidence.folder.glob("*/*")))
    rows = range(dialog.model.rowCount())
    chosen = [dialog.model.found[row] for row in rows]
    dialog.list.selectAll()
    assert dialog.accepting.text() == f"使用这 {len(chosen)} 件(&S)"
    dialog.take()
    quiet(qtbot, demo)
    files = [each for each in shelf_of(demo.app, NUMBER).files if each.slot == "proof"]
    assert {each.sha256 for each in files} == {each.sha256 for each in chosen}
    assert files[0].also == ("YH-2026-0008",)
    assert len(list(demo.app.workspace.evidence.folder.glob("*/*"))) == stored
    demo.undo()
    assert not any(each.slot == "proof" for each in shelf_of(demo.app, NUMBER).files)


def test_what_the_record_has_cannot_be_chosen(panel: EvidencePanel, demo: Session, qtbot: QtBot) -> None:
    dialog = dialog_of(panel, demo, qtbot)
    write(dialog.search, NUMBER)
    qtbot.wait(250)
    quiet(qtbot, demo)
    assert dialog.model.rowCount() == 2
    dialog.list.selectAll()
    assert dialog.chosen() == []
    write(dialog.search, "没有这样的东西")
    qtbot.wait(250)
    quiet(qtbot, demo)
    assert dialog.none.isVisible()
    assert dialog.none.told.text() == "没有找到这样的佐证"
    dialog.photos.setChecked(True)
    dialog.reject()
    quiet(qtbot, demo)


def test_more_pages_come_behind(
    panel: EvidencePanel, demo: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(files_module.evidence_page.__kwdefaults__, "most", 10)
    dialog = dialog_of(panel, demo, qtbot)
    first = list(dialog.model.found)
    assert len(first) == 10
    dialog.list.setCurrentIndex(dialog.model.index(1))
    qtbot.mouseClick(dialog.more, Qt.MouseButton.LeftButton)
    quiet(qtbot, demo)
    assert dialog.model.found[:10] == first
    assert dialog.model.rowCount() == 20
    assert dialog.chosen() == [first[1]]
    dialog.reject()


def test_model_keeps_qts_rules(panel: EvidencePanel, demo: Session, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    dialog = dialog_of(panel, demo, qtbot)
    qtmodeltester.check(dialog.model)
    dialog.reject()


# --- history ----------------------------------------------------------------------------------------------------


def test_history_tells_what_changed(demo: Session, qtbot: QtBot) -> None:
    view = HistoryView(demo)
    qtbot.addWidget(view)
    view.show_record(NUMBER)
    view.show()
    quiet(qtbot, demo)
    change_record(demo.app, NUMBER, {"地点": "二号车床"})
    quiet(qtbot, demo)
    assert len(view.events) == len(history_in_words(demo.app, NUMBER))
    text = view.text.toPlainText()
    assert text.index("地点：CW61车床 → 二号车床") < text.index("佐证栏：整改后照片")
    assert "（空）" not in text
    view.copy()
    assert "地点：CW61车床 → 二号车床" in QGuiApplication.clipboard().text()
    demo.undo()
    quiet(qtbot, demo)
    assert "已撤销" in view.text.toPlainText()


def test_long_history_is_shown_by_and_by(demo: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE", 2)
    view = HistoryView(demo)
    qtbot.addWidget(view)
    view.show_record(NUMBER)
    view.show()
    quiet(qtbot, demo)
    assert view.counted.text() == "共 3 步，还有 1 步更早的"
    assert "发现日期" not in view.text.toPlainText()
    qtbot.mouseClick(view.more, Qt.MouseButton.LeftButton)
    assert "发现日期：2026-03-07" in view.text.toPlainText()
    assert not view.more.isVisible()


def test_history_is_grouped_by_day_and_escaped() -> None:
    events = [
        {"at": "2026-11-21 10:00:00", "title": "改<b>", "undone": True, "changes": ["说明：a → （空）"]},
        {"at": "2026-11-21 09:00:00", "title": "改", "undone": False, "changes": []},
        {"at": "2026-11-19 09:00:00", "title": "登记", "undone": False, "changes": ["地点：（空） → x<y"]},
    ]
    page = page_of(events, date(2026, 11, 21))
    assert page.count("<b>") == 2
    assert "2026年11月21日　今天" in page
    assert "2026年11月19日　周四" in page
    assert ["改&lt;b&gt;" in page, "地点：x&lt;y" in page, "说明：<s>a</s>" in page, "已撤销" in page] == [True] * 4
    assert "还没有历史" in page_of([], date(2026, 11, 21))


def test_a_file_nothing_opens_is_said_in_the_viewer(
    viewer: Viewer, demo: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    qtbot.keyClick(viewer, Qt.Key.Key_O)
    quiet(qtbot, demo)
    assert viewer.messages.isVisible()
    assert "没有打开" in viewer.messages.told.text()
