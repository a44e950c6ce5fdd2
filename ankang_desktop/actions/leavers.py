"""A person who left is made anonymous: the line of the roster stays for the counts, nobody is to be known by it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import Connection, select

from ankang_desktop.actions.keeping_periods import beyond, periods
from ankang_desktop.actions.naming_people import texts_naming
from ankang_desktop.actions.purging import scrub
from ankang_desktop.app import App
from ankang_desktop.kernel.errors import UserError, WorldError
from ankang_desktop.kernel.progress import Progress
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import Stage
from ankang_desktop.ledgers.network import NetworkMember
from ankang_desktop.programme.keeping import LEAVERS, kind_of
from ankang_desktop.scoring.references import Ref, references
from ankang_desktop.store.purge import drop_unused_files
from ankang_desktop.store.query import Stored, fetch, locate, statement_of
from ankang_desktop.store.rows import table_named
from ankang_desktop.store.tables import EvidenceLink
from ankang_desktop.store.unit import Unit

EMPTIED = ("induction_examiner",)
"""Fields of the roster that name a person and that no count asks for; days, team, post and sex are counted."""


def refusal(app: App, number: str) -> str:
    """Return why a person cannot be made anonymous now, "" where he or she can."""
    with app.read() as connection:
        return _refusal(app, connection, _person(app, connection, number))


def anonymise(app: App, numbers: Sequence[str], progress: Progress) -> tuple[Ref, ...]:
    """Make people who left anonymous as one sealed step; returns the records whose texts still hold one of the names.

    Neither this step nor any before it can be undone, and the journal keeps nothing of these lines.
    """
    with app.begin("离职职工匿名化") as unit:
        people = [_person(app, unit.connection, number) for number in numbers]
        for person in people:
            if why := _refusal(app, unit.connection, person):
                raise UserError(f"{person.number} 现在不能匿名化：{why}", "办完这件事再来匿名化")
        for done, person in enumerate(people):
            progress.step("匿名化", done, len(people))
            _write_over(app, unit, person)
        drop_unused_files(unit.connection)
        unit.title = f"{'、'.join(numbers)} 匿名化" if len(numbers) < 4 else f"{len(numbers)} 名离职职工匿名化"
        named = texts_naming(unit.connection, app.ledgers, {str(each.values["name"]) for each in people}, progress)
        left = references(unit.connection, app.ledgers, named, None)
    with suppress(WorldError):  # checking the data tries again; what is found here could not be asked a second time
        scrub(app, numbers)
    return left


def over_today(app: App) -> tuple[list[str], dict[str, str]]:
    """Return who left longer ago than the officer's period: the numbers to be made anonymous, and who stays and why."""
    kind = kind_of(app.ledgers, LEAVERS)
    with app.read() as connection:
        cutoff = periods(connection, app.ledgers)[kind.key].cutoff(app.clock.today())
        ids = [key for key, _ in beyond(connection, kind, cutoff)] if cutoff else []
        people = fetch(connection, kind.ledger, ids, with_rows=False)
        staying = {each.number: why for each in people if (why := _refusal(app, connection, each))}
    return [each.number for each in people if each.number not in staying], staying


def _person(app: App, connection: Connection, number: str) -> Stored:
    ledger, record = locate(connection, app.ledgers, number)
    if ledger.key != LEAVERS:
        raise UserError(f"{number} 不是职工名册里的人", "请在职工名册里选一名离职职工")
    return fetch(connection, ledger, [record])[0]


def _refusal(app: App, connection: Connection, person: Stored) -> str:
    left, today = person.values["left_on"], app.clock.today()
    if person.removed:
        return "他在回收站里，请先恢复"
    if person.values["anonymised_on"] is not None:
        return "已经匿名化过"
    if left is None or left > today:
        return "还没有离职（名册里没有填离职日期，或日期还没到）"
    hazards = app.ledgers["hazard"]
    open_ones = statement_of(hazards, Hazard.number).where(
        Hazard.responsible == person.id, Hazard.stage.not_in([Stage.closed, Stage.voided])
    )
    number = connection.scalar(open_ones.limit(1))
    return f"他还是 {number} 的整改责任人，这条隐患没有销号" if number else ""


def _write_over(app: App, unit: Unit, person: Stored) -> None:
    """Write the neutral code over the person, take away what identifies, and have the journal forget the rest."""
    code = f"{person.id:04d}"
    own = {"name": f"离职职工-{code}", "code": f"LZ-{code}", "anonymised_on": app.clock.today()}
    unit.update(LEAVERS, person.id, own | dict.fromkeys(EMPTIED), person.id)
    unit.update("record", person.id, {"remark": None, "changed_at": unit.clock.now()}, person.id)
    for lines in app.ledgers[LEAVERS].lines:
        table = table_named(lines.row.__tablename__)
        for row in unit.connection.scalars(select(table.c.id).where(table.c.record_id == person.id)).all():
            unit.delete(table.name, row, person.id)
    files = select(EvidenceLink.id).where(EvidenceLink.record_id == person.id)
    for link in unit.connection.scalars(files).all():
        unit.delete("evidence_link", link, person.id)
    unit.forget(person.id)
    posts = select(NetworkMember.id).where(NetworkMember.person == person.id)
    for post in unit.connection.scalars(posts).all():  # the number of an inspector's card is a name too
        unit.update("network_member", post, {"certificate": None}, post)
        unit.forget(post)
