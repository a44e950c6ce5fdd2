"""Excel out and in, as entries of a menu: what is listed as a workbook, an empty template, the import wizard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ankang_desktop.desktop.paper.targets import XLSX, ask_target, say_written
from ankang_desktop.desktop.session import Session

Entry = tuple[str, str, Callable[[], object]]


def exchange_actions(session: Session, ledger_key: str, ids_of: Callable[[], Sequence[int]]) -> list[Entry]:
    """Return (icon, text, action) of every way in and out; `ids_of` gives the records listed when one is taken."""
    return [
        ("file-import", "从 Excel 导入…", partial(session.go, "import", ledger=ledger_key)),
        ("file-export", f"导出列表中的 {len(ids_of())} 条…", partial(export, session, ledger_key, ids_of)),
        ("download", "下载空白模板…", partial(template, session, ledger_key)),
    ]


def export(session: Session, ledger_key: str, ids_of: Callable[[], Sequence[int]]) -> None:
    """Ask where to, then write the records listed, off the GUI thread."""
    title, ids = session.app.ledgers[ledger_key].title, list(ids_of())
    target = ask_target(session, session.door.window, f"导出{title}", f"{title}.xlsx", XLSX)
    if target is None:
        return

    def write(progress: object) -> int:
        from ankang_desktop.actions.tables import export_ids

        return export_ids(session.app, ledger_key, target, ids, progress)  # type: ignore[arg-type]

    session.work.run(write, lambda number: _told(session, f"已导出 {number} 条", target), text=f"导出{title}")


def template(session: Session, ledger_key: str) -> None:
    """Ask where to, then write the empty workbook of a ledger."""
    title = session.app.ledgers[ledger_key].title
    target = ask_target(session, session.door.window, f"{title}空白模板", f"{title}（模板）.xlsx", XLSX)
    if target is None:
        return

    def write(_: object) -> None:
        from ankang_desktop.actions.tables import write_template

        write_template(session.app, ledger_key, target)

    session.work.run(write, lambda _: _told(session, "模板已写好，填完再导入", target), text="写模板")


def _told(session: Session, text: str, target: Path) -> None:
    say_written(session, text, target)
