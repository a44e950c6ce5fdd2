"""Every folder of the program: source tree, wheel, frozen program, user data. No other module builds one."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent.parent


def _shipped(name: str) -> Path:
    """Return a folder shipped with the program: beside the frozen program, inside the wheel, or in the source tree."""
    roots = [Path(getattr(sys, "_MEIPASS", "")), _PACKAGE / "_shipped", _PACKAGE.parent]
    return next((root / name for root in roots if root != Path() and (root / name).is_dir()), _PACKAGE.parent / name)


def resources() -> Path:
    """Return the folder of fonts, programmes, help and the demo enterprise."""
    return _shipped("resources")


def forms() -> Path:
    """Return the folder of official papers, one folder per edition."""
    return _shipped("forms")


def default_workspace() -> Path:
    """Return where a workspace lies when the person names none."""
    return Path(platformdirs.user_documents_dir()) / "安康杯工作区"


def logs() -> Path:
    """Return the folder of crash reports."""
    return Path(platformdirs.user_log_dir("ankang-desktop", appauthor=False))
