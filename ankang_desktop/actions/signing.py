"""What is signed beside a card: zero declarations and notes of 不涉及, which unit wants which, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ankang_desktop.app import App
from ankang_desktop.declare.forms import Form
from ankang_desktop.declare.record import Record
from ankang_desktop.ledgers.accidents import AbsenceNote, DeclaredAbsence, ZeroDeclaration
from ankang_desktop.scoring.card import Card
from ankang_desktop.store.query import alive, lacking


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A declaration or a note as it is listed; `stands` tells whether it counts, `text` why or why not."""

    number: str
    title: str
    day: date | None
    stands: bool
    text: str


@dataclass(frozen=True, slots=True)
class Wanting:
    """The record a unit asks to be signed: its ledger, what it is called, and the values it begins with."""

    ledger: str
    title: str
    values: dict[str, Any]


def declared_subjects(form: Form) -> dict[str, DeclaredAbsence]:
    """Return the units of a card that are scored by a declaration, with its subject."""
    units = (unit for section in form.data["section"] for row in section["row"] for unit in row["unit"])
    return {unit["code"]: DeclaredAbsence[unit["declared"]] for unit in units if unit.get("declared")}


def declaration_wanted(card: Card, subject: DeclaredAbsence, today: date) -> Wanting:
    """Return a zero declaration over the whole period of a card, still to be signed."""
    values = {"subject": subject, "period_from": card.start, "period_until": card.end, "signed_on": today}
    return Wanting("zero_declaration", f"登记“{subject.value}”声明", values)


def note_wanted(card: Card, code: str, today: date) -> Wanting:
    """Return a note of 不涉及 for one unit, dated inside the card's period, still to be signed."""
    day = min(max(today, card.start), card.end)
    return Wanting("absence_note", "登记不涉及说明", {"unit": code, "signed_on": day})


def signed_papers(app: App, card: Card) -> dict[str, tuple[SignedPaper, ...]]:
    """Return what was signed for each unit of a card in its period, newest first, whether it counts or not."""
    subjects = declared_subjects(app.form(card.form))
    with app.read() as connection:
        found = _notes(connection, app, card)
        for unit, subject in subjects.items():
            found[unit] = _declarations(connection, app, card, subject)
    return {unit: tuple(papers) for unit, papers in found.items() if papers}


def _declarations(connection: Connection, app: App, card: Card, subject: DeclaredAbsence) -> list[SignedPaper]:
    ledger = app.ledgers["zero_declaration"]
    where = (
        alive(ledger),
        ZeroDeclaration.subject == subject,
        ZeroDeclaration.period_from <= card.end,
        ZeroDeclaration.period_until >= card.start,
    )
    columns = (
        Record.id,
        Record.number,
        Record.day,
        ZeroDeclaration.period_from,
        ZeroDeclaration.period_until,
        ZeroDeclaration.head_signed,
        ZeroDeclaration.chair_signed,
    )
    statement = (
        select(*columns).select_from(ZeroDeclaration).where(*where).order_by(Record.day.desc(), Record.id.desc())
    )
    rows = connection.execute(statement).all()
    lacks = lacking(connection, ledger, [row.id for row in rows])
    cut = min(card.end, card.as_of)
    found = []
    for row in rows:
        faults = [f"期间应从{card.start}起"] if row.period_from > card.start else []
        faults += [f"期间应到{cut}"] if row.period_until < cut else []
        faults += [] if row.head_signed else ["负责人还没有签字"]
        faults += [] if row.chair_signed else ["工会主席还没有签字"]
        faults += [f"缺{each}" for each in lacks.get(row.id, [])]
        told = f"{row.period_from} 至 {row.period_until}，" + ("、".join(faults) or "双方已签字，佐证齐全")
        found.append(SignedPaper(row.number, subject.value, row.day, not faults, told))
    return found


def _notes(connection: Connection, app: App, card: Card) -> dict[str, list[SignedPaper]]:
    ledger = app.ledgers["absence_note"]
    columns = (Record.id, Record.number, Record.day, AbsenceNote.unit, AbsenceNote.reason, AbsenceNote.signed)
    where = (alive(ledger), Record.day.between(card.start, card.end))
    statement = select(*columns).select_from(AbsenceNote).where(*where).order_by(Record.day.desc(), Record.id.desc())
    rows = connection.execute(statement).all()
    lacks = lacking(connection, ledger, [row.id for row in rows])
    found: dict[str, list[SignedPaper]] = {}
    for row in rows:
        faults = ([] if row.signed else ["还没有签字盖章"]) + [f"缺{each}" for each in lacks.get(row.id, [])]
        told = "、".join(faults) or "已签字盖章，佐证齐全"
        found.setdefault(row.unit, []).append(SignedPaper(row.number, row.reason, row.day, not faults, told))
    return found
