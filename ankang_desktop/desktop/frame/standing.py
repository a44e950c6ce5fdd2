"""Where a window stands when it opens: where it stood, else at its best size, else as large as the screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QWidget

from ankang_desktop.desktop.look import px, room
from ankang_desktop.desktop.preferences import Preferences

_TITLE_BAR = 40  # what the system draws above a window, at most


def stand(window: QWidget, preferences: Preferences) -> None:
    """Put a window where the last one stood; the first one fills a screen (1366×768) too small for its best size."""
    kept = preferences.get("window")
    if kept and window.restoreGeometry(QByteArray.fromBase64(kept.encode())):
        return
    whole = room()
    if whole.width() >= px(1280) and whole.height() >= px(800) + _TITLE_BAR:
        window.resize(px(1280), px(800))
    else:
        window.setGeometry(whole)
        window.setWindowState(Qt.WindowState.WindowMaximized)


def stand_like(window: QWidget, other: QWidget) -> None:
    """Put a window exactly where another one stands that it replaces."""
    window.setGeometry(other.geometry())
    window.setWindowState(other.windowState())


def keep_standing(window: QWidget, preferences: Preferences) -> None:
    """Keep where a window stands and how large it is."""
    preferences.put("window", bytes(window.saveGeometry().toBase64().data()).decode())
