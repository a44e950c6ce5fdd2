"""The window under test is a program of its own, on a screen of its own, with a home of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import dev
from ankang_desktop.actions.demo import take_in_demo
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.progress import Quiet
from tests.xwindow.desk import Desk
from tests.xwindow.screen import Screen

TODAY = date(2026, 11, 21)


@pytest.fixture
def desk(home: Path, tmp_path: Path) -> Iterator[Desk]:
    """The demo enterprise's officer at her desk: the program has been started on a copy made for the test."""
    if not dev.has_screen(Path(sys.executable)):
        pytest.skip(f"没有虚拟屏幕，先运行 (no virtual screen; first run): {dev.SCREEN_COMMAND}")
    workspace = tmp_path / "华兴机械厂"
    with App.created(workspace, Clock(TODAY)) as app:
        take_in_demo(app, tmp_path, Quiet())
    pictures = dev.ROOT / "build" / "pictures" / "journey"
    shutil.rmtree(pictures, ignore_errors=True)
    screen = Screen(pictures)
    try:
        with Desk(screen, workspace, home, TODAY) as started:
            yield started
    finally:
        screen.close()
