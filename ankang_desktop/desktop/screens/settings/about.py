"""What the program is made of, and under which licences."""

from __future__ import annotations

import platform
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from ankang_desktop import __version__
from ankang_desktop.desktop.look import px
from ankang_desktop.desktop.paper.targets import open_outside
from ankang_desktop.desktop.session import Session
from ankang_desktop.desktop.widgets import button, card, label, link
from ankang_desktop.desktop.widgets.dialog import Dialog
from ankang_desktop.kernel import paths

_LIBRARIES = (
    ("PySide6_Essentials", "Qt for Python", "LGPL-3.0"),
    ("SQLAlchemy", "SQLAlchemy", "MIT"),
    ("alembic", "Alembic", "MIT"),
    ("sqlcipher3", "SQLCipher / sqlcipher3", "BSD-3-Clause / zlib"),
    ("cryptography", "cryptography", "Apache-2.0 / BSD-3-Clause"),
    ("python-calamine", "python-calamine", "MIT"),
    ("xlsxwriter", "XlsxWriter", "BSD-2-Clause"),
    ("defusedxml", "defusedxml", "PSF-2.0"),
    ("reportlab", "ReportLab", "BSD"),
    ("pillow", "Pillow", "MIT-CMU"),
    ("pypinyin", "pypinyin", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
    ("filelock", "filelock", "MIT"),
    ("pypdfium2", "pypdfium2 / PDFium", "Apache-2.0 / BSD-3-Clause"),
    ("pyqtgraph", "PyQtGraph", "MIT"),
    ("numpy", "NumPy", "BSD-3-Clause"),
    ("icalendar", "icalendar", "BSD-2-Clause"),
)


class AboutCard(QWidget):
    """Version, licences, the folder of crash reports."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        row = QHBoxLayout()
        row.setSpacing(px(16))
        for words, action in (
            ("许可与组成", self.show_licences),
            ("出错记录文件夹", self.open_logs),
            ("帮助", partial(session.go, "help")),
        ):
            row.addWidget(link(words, action))
        row.addStretch(1)
        told = "Apache-2.0 许可，免费使用。不联网、不上传，不收集任何信息。"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = label(f"安康杯工作台 {__version__}", "strong", selectable=True)
        column.addWidget(card(head, label(told, "soft", wrap=True), row, title="关于"))

    def show_licences(self) -> None:
        """Show what the program is made of."""
        LicencesDialog(self.window()).open()

    def open_logs(self) -> None:
        """Open the folder of crash reports; where none was ever written, say so."""
        if paths.logs().is_dir():
            open_outside(self.session.door.say, paths.logs())
        else:
            self.session.door.say("还没有出错记录，程序没有出过错", str(paths.logs()), "info")


class LicencesDialog(Dialog):
    """The program's licence, its libraries, fonts and icons with theirs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("许可与组成")
        self.resize(px(720), px(520))
        self.tabs = QTabWidget()
        for title, text in _texts():
            page = QPlainTextEdit(text)
            page.setReadOnly(True)
            page.setAccessibleName(title)
            self.tabs.addTab(page, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.tabs, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("关闭", self.close, kind="primary"))
        column.addLayout(row)
        self.finished.connect(self.deleteLater)


def _texts() -> list[tuple[str, str]]:
    shipped = paths.resources()
    fonts = "\n\n".join(_read(shipped / "fonts" / f"OFL-{name}.txt") for name in ("NotoSansSC", "NotoSerifSC"))
    lines = [f"{name}　{_version(package)}　{licence}" for package, name, licence in _LIBRARIES]
    head = f"安康杯工作台 {__version__}，Apache-2.0\nPython {platform.python_version()}，PSF-2.0\n"
    return [
        ("程序与组件", "\n".join([head, *lines])),
        ("字体 Noto SC", fonts),
        ("图标 Tabler", _read(shipped / "icons" / "LICENSE-Tabler.txt")),
    ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
