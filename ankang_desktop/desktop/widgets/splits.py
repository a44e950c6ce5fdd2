"""Two parts beside each other that the person may drag: how wide each is, is remembered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSplitter

from ankang_desktop.desktop.preferences import Preferences


def remember_split(made: QSplitter, preferences: Preferences, name: str, sizes: Sequence[int]) -> None:
    """Begin a splitter with the sizes kept under a name, else with these; keep what the person drags, hide no part."""
    key = f"{name}.split"
    made.setChildrenCollapsible(False)
    made.setSizes(preferences.get(key) or list(sizes))
    made.splitterMoved.connect(lambda *_: preferences.put(key, made.sizes()))
