"""Faults in declarations, found at start-up and by a test: each with an id and a sentence."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator

from ankang_desktop.declare.fields import Field
from ankang_desktop.declare.kinds import Link
from ankang_desktop.declare.ledger import Ledger, Ledgers


def faults(ledgers: Ledgers) -> list[str]:
    """Return every fault of every declaration; an empty list is a sound house."""
    return [fault for ledger in ledgers for fault in _faults_of(ledger, ledgers)] + list(_shared_faults(ledgers))


def _shared_faults(ledgers: Ledgers) -> Iterator[str]:
    for what, values in (
        ("D001 prefix", [each.prefix for each in ledgers]),
        ("D002 title", [each.title for each in ledgers]),
    ):
        yield from (f"{what} “{value}” is used {times} times" for value, times in Tally(values).items() if times > 1)


def _faults_of(ledger: Ledger, ledgers: Ledgers) -> Iterator[str]:
    own = list(ledger.own_fields)
    if ledger.key != ledger.record.__tablename__:
        yield f"D003 {ledger.key}: its table is {ledger.record.__tablename__}"
    if not ledger.sections or ledger.sections[0].first.key != own[0]:
        yield f"D004 {ledger.key}: the first section must begin at {own[0]}"
    starts = [own.index(section.first.key) for section in ledger.sections if section.first.key in own]
    if starts != sorted(set(starts)) or len(starts) != len(ledger.sections):
        yield f"D005 {ledger.key}: sections are not in the order of the fields"
    labels = Tally(list(ledger.labels.values()))
    yield from (
        f"D006 {ledger.key}: label “{label}” stands {times} times" for label, times in labels.items() if times > 1
    )
    known = set(ledger.fields) | {lines.key for lines in ledger.lines}
    for name in (name for alternatives in ledger.needs_any for name in alternatives):
        if name not in known:
            yield f"D007 {ledger.key}: needs_any names {name}, which does not exist"
    yield from _link_faults(ledger, ledgers)
    yield from _workflow_faults(ledger)
    for lines in ledger.lines:
        if lines.inline and len([each for each in lines.fields.values() if each.required]) != 1:
            yield f"D010 {ledger.key}.{lines.key}: inline rows have exactly one required field"


def _link_faults(ledger: Ledger, ledgers: Ledgers) -> Iterator[str]:
    linked: list[Field] = [*ledger.fields.values(), *(each for lines in ledger.lines for each in lines.fields.values())]
    for each in linked:
        if isinstance(each.kind, Link) and each.kind.ledger not in ledgers:
            yield f"D008 {ledger.key}.{each.key}: links to {each.kind.ledger}, which is no ledger"


def _workflow_faults(ledger: Ledger) -> Iterator[str]:
    if ledger.workflow is None:
        return
    for needed in (each for group in ledger.workflow.requires.values() for each in group):
        if needed.key not in ledger.fields:
            yield f"D009 {ledger.key}: the workflow requires {needed.key}, which does not exist"
