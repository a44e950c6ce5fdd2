"""Files on records, and the workspace itself: attach, detach, back up, restore, check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from ankang_desktop.actions.naming import all_misnamed
from ankang_desktop.actions.proofs import counter_names, measure_names
from ankang_desktop.app import App
from ankang_desktop.declare.checks import faults as declaration_faults
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.programme.library import check_names
from ankang_desktop.scoring.checking import check_form
from ankang_desktop.store import backup
from ankang_desktop.store.backup import Backup
from ankang_desktop.store.evidence import Attached, Use, attach, attached, date_warning, detach
from ankang_desktop.store.photo_dates import is_picture
from ankang_desktop.store.query import fetch, locate
from ankang_desktop.store.upgrades import revision_of


def attach_files(app: App, number: str, files: Sequence[Path], use: Use) -> tuple[list[Attached], list[str]]:
    """Attach files to a record as one step; returns what was attached and warnings about photo dates."""
    with app.begin(f"{number} 添加佐证") as unit:
        ledger, record = locate(unit.connection, app.ledgers, number)
        added = [attach(unit, app.workspace.evidence, record, each, use) for each in files]
        days = fetch(unit.connection, ledger, [record], with_rows=False)[0].days
    return added, [text for each in added if (text := _warning(app, each, days))]


def _warning(app: App, each: Attached, days: Sequence[date]) -> str | None:
    """Return what is odd about a file: named as a photo and none, or taken on another day."""
    if each.is_photo and not is_picture(app.workspace.evidence.path_of(each.sha256)):
        return f"“{each.name}”不是有效的照片，请重新保存后添加"
    return date_warning(each, days)


def detach_file(app: App, number: str, link: int) -> None:
    """Take a file off a record; the file stays in the store for undo and other records."""
    with app.begin(f"{number} 移除佐证") as unit:
        _, record = locate(unit.connection, app.ledgers, number)
        if link not in {each.link for each in attached(unit.connection, [record])}:
            raise UserError(f"{number} 没有编号为 {link} 的佐证", "请用 show 查看佐证编号")
        detach(unit, link, record)


def back_up(app: App, folder: Path | None, progress: Progress) -> tuple[Backup, list[Path]]:
    """Write a verified backup, attachments included; returns it and the older ones removed for it.

    Only the workspace's own `backups` folder is thinned: 7 daily, 4 weekly, 12 monthly ones stay.
    """
    own, now = app.workspace.folder / "backups", app.clock.now()
    made = backup.back_up(app.workspace, folder or own, now, progress)
    return made, [] if folder else backup.thin(own, now)


def check_workspace(app: App) -> dict[str, Any]:
    """Look for faults in declarations, papers, programmes, database and evidence; each is a sentence.

    Files a failed step left behind, which nothing refers to, are removed and mentioned in the notes.
    """
    found = declaration_faults(app.ledgers)
    for form in app.forms.values():
        found += _refusals(partial(check_form, form, app.ledgers))
    found += _refusals(partial(check_names, app.library, counter_names(), measure_names()))
    found += all_misnamed(app)
    found += app.workspace.database.faults()
    with app.workspace.database.write() as connection:
        swept = app.workspace.evidence.sweep(connection)
    with app.read() as connection:
        found += app.workspace.evidence.faults(connection)
        revision = revision_of(connection)
    notes = [f"已清理{len(swept)}个没有记录引用的佐证文件"] if swept else []
    return {
        "ok": not found,
        "faults": found,
        "notes": notes,
        "revision": revision,
        "ledgers": len(list(app.ledgers)),
    }


def _refusals(check: Callable[[], object]) -> list[str]:
    try:
        check()
    except UserError as error:
        return [str(error)]
    return []
