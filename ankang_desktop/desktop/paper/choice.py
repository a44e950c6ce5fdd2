"""Which papers a ledger has: the official ones first, then those derived from its declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ankang_desktop.desktop.session import Session

if TYPE_CHECKING:
    from ankang_desktop.actions.papers import Printed
    from ankang_desktop.declare.forms import Form
    from ankang_desktop.declare.ledger import Ledger
    from ankang_desktop.kernel.progress import Progress

Entry = tuple[str, str, Callable[[], object]]
_SIGN_IN = "signin"


@dataclass(frozen=True)
class Listed:
    """What a table shows: the records, the fields shown as columns, and in words why these records."""

    ids: Sequence[int]
    keys: Sequence[str] = ()
    told: str = ""


def paper_actions(session: Session, ledger_key: str, *, number: str = "", listed: Listed | None = None) -> list[Entry]:
    """Return (icon, text, what to do) of every paper of a ledger, for a menu.

    `number` is the record under the cursor or in the form, `listed` what the table shows.
    """
    ledger = session.app.ledgers[ledger_key]
    found = [*_of_record(session, ledger, number)] if number else []
    if listed is not None:
        found += _of_list(session, ledger, listed)
    return [*found, *_blank(session, ledger)]


def print_record(session: Session, number: str, ledger_key: str) -> None:
    """Open the best paper of one record: the official one where there is one."""
    next(action for _, _, action in paper_actions(session, ledger_key, number=number))()


def open_register(session: Session, ledger_key: str, listed: Listed) -> None:
    """Open the records listed as a register with the columns shown."""
    from ankang_desktop.actions.papers import write_paper
    from ankang_desktop.actions.registers import register_paper
    from ankang_desktop.desktop.paper.preview import open_preview

    app, ids = session.app, list(listed.ids)

    def make(target: Path, progress: Progress) -> Printed:
        return write_paper(
            register_paper(app, ledger_key, ids, listed.keys, progress, told=listed.told), target, progress
        )

    open_preview(session, app.ledgers[ledger_key].title, make)


def open_record_sheet(session: Session, number: str) -> None:
    """Open one record as a sheet with everything that is kept of it."""
    from ankang_desktop.actions.papers import write_paper
    from ankang_desktop.actions.registers import record_paper
    from ankang_desktop.desktop.paper.preview import open_preview

    def make(target: Path, progress: Progress) -> Printed:
        return write_paper(record_paper(session.app, number), target, progress)

    open_preview(session, f"{number} 记录单", make)


def open_person_records(session: Session, number: str) -> None:
    """Open every record that names a person, on one paper."""
    from ankang_desktop.actions.papers import write_paper
    from ankang_desktop.actions.person_records import TITLE, person_paper
    from ankang_desktop.desktop.paper.preview import open_preview

    def make(target: Path, progress: Progress) -> Printed:
        return write_paper(person_paper(session.app, number, progress), target, progress)

    open_preview(session, f"{TITLE} {number}", make)


def _of_record(session: Session, ledger: Ledger, number: str) -> Iterator[Entry]:
    for form in _sheets(session, ledger):
        if not _has(form, "register"):
            yield "printer", f"{_title(form)}（{number}）", partial(_open_form, session, form, number)
    for form in _sign_ins(session, ledger):
        yield "users", f"{_title(form)}（{number}）", partial(_open_form, session, form, number)
    yield "file-text", f"记录单（{number}）", partial(open_record_sheet, session, number)
    if ledger.key == "employee":
        yield "user", f"该职工的全部记录（{number}）", partial(open_person_records, session, number)


def _of_list(session: Session, ledger: Ledger, listed: Listed) -> Iterator[Entry]:
    for form in _sheets(session, ledger):
        if _has(form, "register"):
            yield "printer", f"{_title(form)}（{session.year} 年）", partial(_open_year, session, form)
    if len(listed.ids):
        words = f"打印所列 {len(listed.ids)} 条（所选的列）"
        yield "clipboard-list", words, partial(open_register, session, ledger.key, listed)


def _blank(session: Session, ledger: Ledger) -> Iterator[Entry]:
    for form in (*_sheets(session, ledger), *_sign_ins(session, ledger)):
        if not _has(form, "register"):
            yield "square", f"空白{_title(form)}", partial(_open_form, session, form, "")


def _sheets(session: Session, ledger: Ledger) -> list[Form]:
    return [form for form in session.app.forms.values() if form.kind == "sheet" and form.ledger == ledger.key]


def _sign_ins(session: Session, ledger: Ledger) -> list[Form]:
    """Return the sheets to sign on, for ledgers that say who came or which teams."""
    if ledger.attendance is None and not any("team" in lines.fields for lines in ledger.lines):
        return []
    return [form for form in session.app.forms.values() if form.kind == "sheet" and _has(form, _SIGN_IN)]


def _has(form: Form, block: str) -> bool:
    return any(each.get("type") == block for each in form.blocks)


def _title(form: Form) -> str:
    return "".join(form.title)


def _open_form(session: Session, form: Form, number: str) -> None:
    from ankang_desktop.actions.papers import Wanted
    from ankang_desktop.desktop.paper.preview import open_paper

    open_paper(session, form.code, Wanted(number))


def _open_year(session: Session, form: Form) -> None:
    from ankang_desktop.actions.papers import Wanted
    from ankang_desktop.desktop.paper.preview import open_paper

    first, last = date(session.year, 1, 1), date(session.year, 12, 31)
    open_paper(session, form.code, Wanted(start=first, end=last), title=f"{_title(form)} {session.year}")
