"""What can be printed of a ledger or a record: the official forms first, then what the declaration gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ankang_desktop.desktop.session import Session

if TYPE_CHECKING:
    from ankang_desktop.actions.papers import Printed
    from ankang_desktop.kernel.progress import Progress

Entry = tuple[str, str, Callable[[], object]]


def paper_actions(
    session: Session, ledger_key: str, *, number: str = "", ids: Sequence[int] | None = None, keys: Sequence[str] = ()
) -> list[Entry]:
    """Return (icon, text, action) of every paper of a ledger (`ids` and columns as shown) and of one record."""
    found: list[Entry] = []
    forms = [form for form in session.app.forms.values() if form.kind == "sheet" and form.ledger == ledger_key]
    for form in forms:
        title = "".join(form.title)
        if _is_register(form) and ids is not None:
            found.append(("printer", f"{title}（官方格式，全年）", partial(_official, session, form.code, "", title)))
        elif not _is_register(form) and number:
            found.append(("file-text", f"{title}（{number}）", partial(_official, session, form.code, number, title)))
    if number and _signs_in(session, ledger_key):
        found.append(("users", f"签到表（{number}）", partial(_official, session, "sign_in", number, "签到表")))
    title = session.app.ledgers[ledger_key].title
    if ids is not None:
        text = f"{title}：列表中的 {len(ids)} 条"
        found.append(("printer", text, partial(_register, session, ledger_key, list(ids), tuple(keys), title)))
    if number:
        found.append(("file-text", f"{title}：{number} 一条", partial(_record, session, number, title)))
    return found


def _is_register(form: Any) -> bool:
    return any(block.get("type") == "register" for block in form.blocks)


def _signs_in(session: Session, ledger_key: str) -> bool:
    """Say whether people come together in this ledger, so that a sheet to sign can be laid out."""
    form = session.app.forms.get("sign_in")
    ledger = session.app.ledgers[ledger_key]
    return form is not None and form.ledger != ledger_key and (ledger.attendance is not None)


def _official(session: Session, code: str, number: str, title: str) -> None:
    from datetime import date

    from ankang_desktop.actions.papers import Wanted
    from ankang_desktop.desktop.paper.preview import open_paper

    year = session.year
    open_paper(session, code, Wanted(number, date(year, 1, 1), date(year, 12, 31)), title=title)


def _register(session: Session, ledger_key: str, ids: list[int], keys: tuple[str, ...], title: str) -> None:
    from ankang_desktop.actions.papers import write_paper
    from ankang_desktop.actions.registers import register_paper
    from ankang_desktop.desktop.paper.preview import open_preview

    def make(target: Path, progress: Progress) -> Printed:
        return write_paper(register_paper(session.app, ledger_key, ids, keys, progress), target, progress)

    open_preview(session, title, make, name=title)


def _record(session: Session, number: str, title: str) -> None:
    from ankang_desktop.actions.papers import write_paper
    from ankang_desktop.actions.registers import record_paper
    from ankang_desktop.desktop.paper.preview import open_preview

    def make(target: Path, progress: Progress) -> Printed:
        return write_paper(record_paper(session.app, number), target, progress)

    open_preview(session, f"{title} {number}", make, name=f"{title} {number}")
