"""The face with a window, and the only room with Qt.

    start                          from the double click to the first painted screen
    frame                          the window: navigation, head, message bar, Ctrl+K, the pages' registry
    screens                        the screens of their own: 今日, 年历, 隐患闭环, 评分表 …
    ledger | form | evidence       one derived page for every ledger, one form, one panel of files
    exchange | paper               the import wizard; the preview that is the PDF itself
    widgets                        the pieces screens are put together from
    session | work | report        the open workspace; long work off the GUI thread; the one door of errors
    look                           palette, type and spacing scales, icons, fonts

A page holds ids and plain values, calls `actions`, and is told by `Session.changed` what a step touched.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; returns the exit code."""
    from ankang_desktop.desktop.start import main as start

    return start(arguments)
