"""Which family writes the interface: the system's Chinese one where there is one, else the one shipped."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from ankang_desktop.kernel import paths

_SYSTEM = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
)
"""Families made for Chinese on a screen, in the order they are wished for."""


@cache
def family() -> str:
    """Return the family of the interface; the shipped Noto Sans SC is loaded only where the system has none."""
    known = set(QFontDatabase.families())
    for name in _SYSTEM:
        if name in known:
            return name
    loaded = [
        QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / f"NotoSansSC-{weight}.ttf"))
        for weight in ("Regular", "Bold")
    ]
    families = [name for number in loaded if number >= 0 for name in QFontDatabase.applicationFontFamilies(number)]
    return families[0] if families else ""
