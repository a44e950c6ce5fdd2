"""The Excel menu of a ledger: template, what is listed out, a workbook in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ankang_desktop.desktop.paper.targets import XLSX, ask_target, say_written
from ankang_desktop.desktop.session import Session

if TYPE_CHECKING:
    from ankang_desktop.kernel.progress import Progress

Entry = tuple[str, str, Callable[[], object]]


def exchange_actions(session: Session, ledger_key: str, ids_of: Callable[[], Sequence[int]]) -> list[Entry]:
    """Return (icon, text, what to do) for a menu; `ids_of` tells the records listed when it is asked."""
    return [
        ("download", "下载空白模板…", partial(save_template, session, ledger_key)),
        ("file-export", "导出所列记录…", partial(save_listed, session, ledger_key, ids_of)),
        ("file-import", "从 Excel 导入…", partial(session.go, "import", ledger=ledger_key)),
    ]


def save_template(session: Session, ledger_key: str) -> None:
    """Ask where the template goes, and write it."""
    from ankang_desktop.actions.tables import write_template

    title = session.app.ledgers[ledger_key].title
    target = ask_target(session, session.door.window, "下载空白模板", f"{title}模板.xlsx", XLSX)
    if target is not None and session.do(partial(write_template, session.app, ledger_key, target)) is not None:
        say_written(session, f"模板已存为 {target.name}，填好后用“从 Excel 导入”", target)


def save_listed(session: Session, ledger_key: str, ids_of: Callable[[], Sequence[int]]) -> None:
    """Ask where the listed records go, and write them off the GUI thread."""
    from ankang_desktop.actions.tables import export_found

    listed = list(ids_of())
    if not listed:
        session.door.say("没有可导出的记录", "先放宽筛选条件，或用“下载空白模板”", "info")
        return
    title = session.app.ledgers[ledger_key].title
    today = session.app.clock.today()
    target = ask_target(session, session.door.window, "导出所列记录", f"{title} {today:%Y%m%d}.xlsx", XLSX)
    if target is None:
        return

    def write(progress: Progress) -> int:
        return export_found(session.app, ledger_key, target, listed, progress)

    session.work.run(write, partial(_written, session, target), text=f"导出{title}")


def _written(session: Session, target: Path, number: int) -> None:
    say_written(session, f"已导出 {number} 条到 {target.name}", target)
