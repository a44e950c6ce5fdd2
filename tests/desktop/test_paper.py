"""Papers on screen: what is seen is what is saved and printed, and nothing stays behind."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from ankang_desktop.actions.papers import Printed, Wanted
from ankang_desktop.desktop.paper.preview import PreviewWindow, open_paper, open_preview
from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from tests.desktop.conftest import quiet, settle

YEAR = Wanted(start=date(2026, 1, 1), end=date(2026, 12, 31))


@pytest.fixture
def preview(demo: Session, qtbot: QtBot) -> PreviewWindow:
    """The register of hazards, its pages in sight."""
    window = open_paper(demo, "hazard_register", YEAR)
    qtbot.addWidget(window)
    quiet(qtbot, demo)
    return window


def answer(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))


def test_first_page_is_drawn_as_sharp_as_the_window_is_wide(preview: PreviewWindow) -> None:
    picture = preview.view.picture(0)
    assert picture is not None
    assert abs(picture.width() - preview.view._seen()[0][1].width()) <= 1
    assert picture.width() / picture.height() == pytest.approx(297 / 210, rel=0.01)
    assert picture.pixelColor(2, 2) == Qt.GlobalColor.white
    dark = sum(picture.pixelColor(x, picture.height() // 3).lightness() < 128 for x in range(picture.width()))
    assert dark > 5


def test_saved_bytes_are_the_previewed_bytes(
    preview: PreviewWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert preview.printed is not None
    target = tmp_path / "台账.pdf"
    answer(monkeypatch, target)
    preview.saving.click()
    assert target.read_bytes() == preview.data == preview.printed.path.read_bytes()
    assert len(PdfReader(target).pages) == preview.view.count == preview.printed.pages
    assert preview.session.preferences.get("folder") == str(tmp_path)


def test_a_file_that_is_there_is_not_written_over_unasked(
    preview: PreviewWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "台账.pdf").write_bytes(b"the older one")
    answer(monkeypatch, tmp_path / "台账")  # the dialog asks about the name typed, not about the one with its ending
    asked: list[str] = []
    answers = iter((QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes))
    monkeypatch.setattr(QMessageBox, "question", lambda *given, **_: (asked.append(given[2]), next(answers))[1])
    preview.save_pdf()
    assert asked == ["“台账.pdf”已经有了，要换成新的吗？"]
    assert (tmp_path / "台账.pdf").read_bytes() == b"the older one"
    preview.save_pdf()
    assert (tmp_path / "台账.pdf").read_bytes() == preview.data


def test_workbook_is_made_of_the_same_paper(
    preview: PreviewWindow, demo: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import load_workbook

    target = tmp_path / "台账.xlsx"
    answer(monkeypatch, target)
    preview.booking.click()
    quiet(qtbot, demo)
    book = load_workbook(target)
    assert any(cell.value == "YH-2026-0001" for row in book.worksheets[0].iter_rows() for cell in row)
    assert "已存为 台账.xlsx" in preview.messages.told.text()


def test_printing_gives_as_many_pages_of_the_same_size(
    preview: PreviewWindow, demo: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    preview.print_on(printer)
    quiet(qtbot, demo)
    pages = PdfReader(tmp_path / "打印.pdf").pages
    assert len(pages) == preview.view.count > 1
    assert (float(pages[0].mediabox.width), float(pages[0].mediabox.height)) == pytest.approx((842, 595), abs=2)
    assert f"共 {preview.view.count} 页" in preview.messages.told.text()


def test_only_the_pages_asked_for_are_printed(
    preview: PreviewWindow, demo: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printer.setFromTo(2, 2)
    preview.print_on(printer)
    quiet(qtbot, demo)
    assert len(PdfReader(tmp_path / "打印.pdf").pages) == 1


def test_keys_turn_pages_and_zoom(preview: PreviewWindow, qtbot: QtBot) -> None:
    view = preview.view
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert (view.page, preview.turner.page.text()) == (1, "2")
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == view.count - 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 0
    before = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > before
    assert preview.zoomer.told.text() == f"{view.zoom:.0%}"
    preview.turner.page.setText("3")
    preview.turner.page.editingFinished.emit()
    assert view.page == 2


def test_enter_turns_to_the_page_typed_and_presses_nothing(preview: PreviewWindow, qtbot: QtBot) -> None:
    pressed: list[str] = []
    for each in preview.findChildren(QPushButton):
        each.clicked.connect(partial(lambda name, _=False: pressed.append(name), each.text()))
    preview.turner.page.setFocus()
    preview.turner.page.selectAll()
    qtbot.keyClicks(preview.turner.page, "2")
    qtbot.keyClick(preview.turner.page, Qt.Key.Key_Return)
    qtbot.keyClick(preview.view, Qt.Key.Key_Return)
    assert (preview.view.page, pressed) == (1, [])
    preview.zoomer.fits.buttons.button(1).setFocus()  # type: ignore[attr-defined]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert pressed == ["整页"]


def test_closing_removes_the_folder_and_stops_the_work(demo: Session, qtbot: QtBot) -> None:
    window = open_paper(demo, "hazard_register", YEAR)
    folder = window._scratch.folder
    assert folder.is_dir()
    window.close()
    quiet(qtbot, demo)
    settle()
    assert not folder.exists()


def test_what_cannot_be_made_is_said_in_the_window_and_can_be_tried_again(demo: Session, qtbot: QtBot) -> None:
    told: list[Path] = []

    def make(target: Path, progress: Progress) -> Printed:
        told.append(target)
        if len(told) == 1:
            raise UserError("照片打不开", "请换一张照片")
        from ankang_desktop.actions.papers import print_paper

        return print_paper(demo.app, "hazard_sheet", target, Wanted("YH-2026-0001"), progress)

    window = open_preview(demo, "隐患单", make)
    qtbot.addWidget(window)
    quiet(qtbot, demo)
    assert (window.failed.told.text(), window.failed.remedy.text()) == ("照片打不开", "请换一张照片")
    assert not window.printing.isEnabled()
    window.load()
    quiet(qtbot, demo)
    assert window.view.count == 1
    assert window.printing.isEnabled()


def test_missing_glyphs_are_told(demo: Session, qtbot: QtBot) -> None:
    from ankang_desktop.actions.papers import write_paper
    from ankang_desktop.printing.paper import Page, Paper, Text

    window = open_preview(
        demo, "字", lambda target, progress: write_paper(Paper("字", Page(), (Text("甲\U000323af"),)), target, progress)
    )
    qtbot.addWidget(window)
    quiet(qtbot, demo)
    assert "字体缺少这些字" in window.warning.text()
    assert window.warning.isVisible()
