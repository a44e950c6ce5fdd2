"""What the sheets printed from ledgers ask for: registers, single records with photos, sign-in sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, or_, select

from ankang_desktop.actions.rosters import serving
from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.record import Record
from ankang_desktop.exchange.masking import ANONYMOUS
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.ledgers.enterprise.people import Employee
from ankang_desktop.store.evidence import attached
from ankang_desktop.store.names import StoreNames
from ankang_desktop.store.query import Stored, alive, fetch, ids_of, locate

PHOTO = "photo_"
BY_HAND = "hand_"
"""How the name of a blank begins that is always left to be written by hand."""


def sheet_answers(app: App, form: Form, number: str, start: date, end: date) -> dict[str, object]:
    """Return the answers of a sheet: one record's (`number`), or a register's over a period."""
    with app.read() as connection:
        common: dict[str, object] = {
            "enterprise.name": enterprise_name(app, connection),
            "period": f"{chinese_date(start)}至{chinese_date(end)}",
            "printed_on": chinese_date(app.clock.today()),
        }
        kinds = {block.get("type") for block in form.blocks}
        if "signin" in kinds:
            return common | _sign_in(app, connection, number)
        if "register" in kinds:
            return common | _register(app, connection, app.ledgers[form.ledger], start, end)
        return common | _single(app, connection, form, number)


def enterprise_name(app: App, connection: Connection) -> str:
    """Return the name of the enterprise, "" before its profile is filled."""
    profile = app.ledgers["profile"]
    found = fetch(connection, profile, ids_of(connection, profile), with_rows=False)
    return str(found[0].values["name"]) if found else ""


def texts_of(ledger: Ledger, stored: Stored, names: StoreNames) -> dict[str, str]:
    """Return a record's fields as papers print them: people by name alone, an anonymous finder as 匿名."""
    texts = {}
    for key, each in ledger.fields.items():
        value = stored.values[key]
        texts[key] = "" if value is None else each.kind.show(value, names)
        if value is not None and isinstance(each.kind, Link) and each.kind.ledger == "employee":
            texts[key] = names.short_name_of("employee", value)
        if each.is_hidden(stored.values):
            texts[key] = ANONYMOUS
    return texts


def _register(app: App, connection: Connection, ledger: Ledger, start: date, end: date) -> dict[str, object]:
    where = [or_(Record.day.is_(None), Record.day.between(start, end))]
    names = app.names(connection)
    stored = fetch(connection, ledger, ids_of(connection, ledger, *where), with_rows=False)
    return {"rows": [texts_of(ledger, each, names) for each in names.ahead(ledger, stored)]}


def _single(app: App, connection: Connection, form: Form, number: str) -> dict[str, object]:
    ledger = app.ledgers[form.ledger]
    if not number:
        return _blank_answers(form)
    found, record = locate(connection, app.ledgers, number)
    if found.key != ledger.key:
        raise UserError(
            f"{number} 是{found.title}的记录", f"这张表要用{ledger.title}的编号，如 {ledger.prefix}-2026-0001"
        )
    stored = fetch(connection, ledger, [record])[0]
    answers: dict[str, object] = dict(texts_of(ledger, stored, app.names(connection)))
    photos = _photos(app, connection, record)
    answers |= {blank: "" for blank in _blank_answers(form) if blank.startswith(BY_HAND)}
    return answers | {f"{PHOTO}{slot.key}": photos.get(slot.key, "") for slot in ledger.evidence}


def _photos(app: App, connection: Connection, record: int) -> dict[str, object]:
    found: dict[str, list[Path]] = {}
    for each in attached(connection, [record]):
        path = app.workspace.evidence.path_of(each.sha256)
        if each.is_photo and not path.is_file():
            raise UserError(f"佐证照片“{each.name}”的文件不见了", "请重新添加这张照片，或先移除它")
        if each.is_photo:
            found.setdefault(each.slot, []).append(path)
    return {slot: paths[0] for slot, paths in found.items()}


def _blank_answers(form: Form) -> dict[str, object]:
    from ankang_desktop.printing.layout import blanks

    return dict.fromkeys(blanks(form), "")


def _sign_in(app: App, connection: Connection, number: str) -> dict[str, object]:
    if not number:
        return {"topic": "", "held_on": "", "place": "", "lecturer": "", "hours": "", "rows": []}
    ledger, record = locate(connection, app.ledgers, number)
    stored = fetch(connection, ledger, [record])[0]
    texts = texts_of(ledger, stored, app.names(connection))
    invited = [row["team"] for row in stored.rows.get("teams", [])]
    return {
        "topic": texts.get("title") or texts.get("topic") or ledger.title,
        "held_on": chinese_date(stored.day) if stored.day else "",
        **{key: texts.get(key, "") for key in ("place", "lecturer", "hours")},
        "rows": _people(app, connection, stored, invited),
    }


def _people(app: App, connection: Connection, stored: Stored, invited: list[int]) -> list[Mapping[str, Any]]:
    """Return who is asked to sign: the staff of exactly the teams invited, or those on the record's list."""
    ledger = app.ledgers["employee"]
    statement = (
        select(Employee.name, Employee.team)
        .where(alive(ledger), *serving(stored.day or app.clock.today()))
        .order_by(Employee.team, Employee.code)
    )
    if invited:
        statement = statement.where(Employee.team.in_(invited))
    else:
        listed = [row["person"] for rows in stored.rows.values() for row in rows if "person" in row]
        statement = statement.where(Employee.id.in_(listed))
    names = app.names(connection)
    return [
        {"name": name, "team": names.name_of("team", team) if team else "未编班组"}
        for name, team in connection.execute(statement)
    ]
