"""Where files go and come from: file dialogs that begin where the person was last, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import platformdirs
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ankang_desktop.desktop.session import Session
from ankang_desktop.kernel.text import safe_file_name

PDF, XLSX = "PDF 文件 (*.pdf)", "Excel 工作簿 (*.xlsx)"
BOOKS = "Excel 或 WPS 表格 (*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv);;所有文件 (*)"
_FOLDER = "folder"

Say = Callable[..., object]
"""Says something where the person looks, as `Door.say` does."""


def last_folder(session: Session) -> Path:
    """Return the folder the person saved to or read from last, at first the documents."""
    kept = session.preferences.get(_FOLDER)
    return Path(kept) if kept and Path(kept).is_dir() else Path(platformdirs.user_documents_dir())


def keep_folder(session: Session, path: Path) -> None:
    """Remember where the person was."""
    session.preferences.put(_FOLDER, str(path.parent))


def ask_target(session: Session, parent: QWidget | None, title: str, name: str, kind: str) -> Path | None:
    """Ask where to save under a proposed name; None where the person thinks better of it."""
    proposed = last_folder(session) / safe_file_name(name)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kind)
    if not chosen:
        return None
    path, suffix = Path(chosen), Path(safe_file_name(name)).suffix
    if path.suffix.lower() != suffix:
        path = path.with_name(path.name + suffix)
        if path.exists() and not _may_replace(parent, title, path):  # the dialog asked about the name without it
            return None
    keep_folder(session, path)
    return path


def _may_replace(parent: QWidget | None, title: str, path: Path) -> bool:
    answer = QMessageBox.question(parent, title, f"“{path.name}”已经有了，要换成新的吗？")
    return answer == QMessageBox.StandardButton.Yes


def ask_source(session: Session, parent: QWidget | None, title: str, kind: str = BOOKS) -> Path | None:
    """Ask for a file to read."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(last_folder(session)), kind)
    if not chosen:
        return None
    keep_folder(session, Path(chosen))
    return Path(chosen)


def say_written(session: Session, text: str, path: Path) -> None:
    """Say that a file was written, with the ways to it."""
    session.door.say(text, str(path), "good", *ways_to(session.door.say, path))


def ways_to(say: Say, path: Path) -> tuple[tuple[str, Callable[[], object]], ...]:
    """Return the links beside the news of a file: open it, open its folder."""
    return ("打开", partial(open_outside, say, path)), ("打开文件夹", partial(open_outside, say, path.parent))


def open_outside(say: Say, path: Path, remedy: str = "") -> None:
    """Open a file or folder with the system's program for it; where that cannot be, say why and what to do."""
    if not path.exists():
        say(
            f"“{path.name}”不在原处了，可能被移动、改名或删除",
            f"原来在 {path.parent}，请在那里找找，或再存一次",
            "warning",
        )
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        say(f"这台电脑没有打开“{path.name}”的程序", remedy or _remedy(path), "warning")


def _remedy(path: Path) -> str:
    if path.is_dir():
        return f"请在文件管理器里打开 {path}"
    program = {".xlsx": "WPS或Excel", ".docx": "WPS或Word", ".pdf": "浏览器"}
    return f"请用{program.get(path.suffix.lower(), '合适的程序')}打开 {path}"
