"""Thumbnails: decoded off the GUI thread, turned as the camera was held; broken and enormous files give an icon."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QThread
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas
from shiboken6 import delete

from ankang_desktop.desktop.evidence import thumbnails
from ankang_desktop.desktop.evidence.pictures import icon_name, picture_of
from ankang_desktop.desktop.evidence.thumbnails import Thumbnails
from ankang_desktop.desktop.session import Session
from tests.desktop.conftest import quiet


def picture(path: Path, size: tuple[int, int] = (800, 400), **options: Any) -> Path:
    """Write a picture; its format is that of the name."""
    Image.new("RGB", size, (200, 120, 40)).save(path, **options)
    return path


def endless_png(path: Path) -> Path:
    """Write a PNG whose head claims 50,000 × 50,000 pixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    return path


def asked(session: Session, qtbot: QtBot, path: Path, size: int = 100, media_type: str = "") -> QPixmap:
    """Ask for a thumbnail and wait for it."""
    told: list[QPixmap] = []
    Thumbnails.of(session).ask(str(path), size, told.append, media_type)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]


def test_fits_the_square_and_is_kept(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg")
    made = asked(session, qtbot, path)
    assert (made.width(), made.height()) == (100, 50)
    assert Thumbnails.of(session).known(str(path), 100) is not None
    at_once: list[QPixmap] = []
    Thumbnails.of(session).ask(str(path), 100, at_once.append)
    assert len(at_once) == 1
    assert Thumbnails.of(session) is Thumbnails.of(session)


def test_turned_as_the_camera_was_held(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = asked(session, qtbot, picture(tmp_path / "a.jpg", exif=exif))
    assert (made.width(), made.height()) == (50, 100)


def test_small_picture_is_not_blown_up(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    assert asked(session, qtbot, picture(tmp_path / "a.png", (20, 10))).width() == 20


def test_panorama_keeps_a_pixel(tmp_path: Path) -> None:
    made = picture_of(picture(tmp_path / "a.png", (5000, 2)), 100)
    assert made is not None
    assert (made.width(), made.height()) == (100, 1)


@pytest.mark.parametrize("name", ["torn.jpg", "text.jpg", "endless.png", "gone.jpg", "drawing.svg"])
def test_what_is_no_picture_gives_an_icon(session: Session, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "torn.jpg":
        path.write_bytes(picture(path).read_bytes()[:200])
    elif name == "text.jpg":
        path.write_text("这不是照片")
    elif name == "endless.png":
        endless_png(path)
    elif name == "drawing.svg":
        path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    assert picture_of(path, 100) is None
    assert asked(session, qtbot, path).width() == 40


def test_other_files_are_known_by_their_kind(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")
    assert asked(session, qtbot, path, media_type="application/vnd.ms-excel").width() == 40
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert [
        icon_name(each) for each in (sheet, "application/pdf", "application/msword", "application/octet-stream")
    ] == [
        "file-spreadsheet",
        "file-type-pdf",
        "file-type-docx",
        "paperclip",
    ]


def test_pdf_shows_its_first_page_and_a_broken_one_an_icon(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    Image.new("RGB", (210, 297), "white").save(tmp_path / "a.pdf")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 and nothing")
    made = asked(session, qtbot, tmp_path / "a.pdf", media_type="application/pdf")
    assert (made.width(), made.height()) == (71, 100)
    assert asked(session, qtbot, tmp_path / "b.pdf").width() == 40


def test_newest_first_and_bounded(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "MOST_WISHES", 3)
    monkeypatch.setattr(thumbnails, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(thumbnails, "MOST_KEPT", 4)
    paths = [str(picture(tmp_path / f"{number}.png", (10, 10))) for number in range(9)]
    own, told = Thumbnails.of(session), []
    own.ready.connect(lambda key, _size, _made: told.append(paths.index(key)))
    for path in paths:
        own.ask(path, 50)
    quiet(qtbot, session)
    assert told == [0, 8, 7, 6]  # one begun at once, then the last three wished for, the newest first
    assert sum(own.known(path, 50) is not None for path in paths) == 4


def test_two_at_once_at_most(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    own = Thumbnails.of(session)
    for number in range(6):
        own.ask(str(picture(tmp_path / f"{number}.png", (10, 10))), 50)
    assert len(session.work._jobs) == thumbnails.MOST_AT_ONCE == 2
    quiet(qtbot, session)


def test_who_went_away_is_not_waited_for(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    own = Thumbnails.of(session)
    paths = [str(picture(tmp_path / f"{number}.png", (10, 10))) for number in range(4)]
    label, told = QLabel(), []
    own.ready.connect(lambda key, _size, _made: told.append(paths.index(key)))
    for path in paths[:2]:
        own.ask(path, 50)
    for path in paths[2:]:
        own.ask(path, 50, label.setPixmap)
    own.drop(label)
    own.ask(paths[2], 50, label.setPixmap)
    delete(label)  # now, not in some later turn of the event loop
    quiet(qtbot, session)
    assert sorted(told) == [0, 1]


def test_decoded_in_a_thread(session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[bool] = []

    def noted(path: Path, pixels: int, media_type: str) -> None:
        threads.append(QThread.currentThread() is session.thread())

    monkeypatch.setattr(thumbnails, "picture_of", noted)
    asked(session, qtbot, picture(tmp_path / "a.png"))
    assert threads == [False]


_DRAWING = """
import sys, threading
from pathlib import Path
from PySide6 import QtCore, QtGui
from ankang_desktop.desktop.evidence.pictures import picture_of
from ankang_desktop.desktop.paper.pages import render

def types():
    return {*vars(QtCore), *vars(QtGui)}

before = types()
data = Path(sys.argv[2]).read_bytes()

def work():
    picture_of(Path(sys.argv[1]), 20)
    picture_of(Path(sys.argv[2]), 20)
    render(data, 0, 20, is_grey=True)

thread = threading.Thread(target=work)
thread.start()
thread.join()
sys.exit(str(types() - before) if types() != before else 0)
"""


def test_what_pictures_need_of_qt_is_made_before_a_thread_asks(tmp_path: Path) -> None:
    """Two threads making a type of Qt's at once end the program."""
    files = picture(tmp_path / "a.png"), tmp_path / "a.pdf"
    page = Canvas(str(files[1]))
    page.drawString(9, 9, "1")
    page.save()
    words = [sys.executable, "-c", _DRAWING, *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
