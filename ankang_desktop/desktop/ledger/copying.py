"""Rows of a ledger onto the clipboard, as Excel takes them; read behind, for they may be many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication

from ankang_desktop.actions import browsing
from ankang_desktop.actions.browsing import Row
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.desktop.session import Session

MOST = 5000
"""Rows that are copied: more is what the export is for."""


def copy_rows(session: Session, ledger: Ledger, keys: Sequence[str], ids: Sequence[int]) -> None:
    """Copy the records `ids` with the fields `keys` under a head; says how many were not copied."""
    app, wanted, say = session.app, ids[:MOST], session.door.say
    left = len(ids) - len(wanted)

    def copied(rows: list[Row]) -> None:
        lines = ([ledger.fields[key].label for key in keys], *(each.texts for each in rows))
        QGuiApplication.clipboard().setText("\n".join("\t".join(each) for each in lines))
        if left:
            say(f"已复制前 {len(rows)} 行，后面 {left} 行没有复制", "要全部，请导出 Excel", "warning")
        else:
            say(f"已复制 {len(rows)} 行，可以粘贴到 Excel", "", "info")

    if wanted:
        session.work.run(
            lambda progress: browsing.many_rows(app, ledger.key, wanted, keys, progress), copied, text="复制所选的行"
        )
