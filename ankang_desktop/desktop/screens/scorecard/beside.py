"""What stands beside the units of a card and is no part of it: signatures, who assessed, what may be signed."""

from __future__ import annotations

from datetime import date

from ankang_desktop.actions import scoring_work, signing
from ankang_desktop.app import App
from ankang_desktop.desktop.screens.scorecard.unit import Beside
from ankang_desktop.scoring.card import Card, State


def besides(app: App, shown: Card, *, is_frozen: bool) -> dict[str, Beside]:
    """Return what stands beside each unit; a frozen card stands alone and is only looked at."""
    if is_frozen:
        return {unit.code: Beside(is_read_only=True) for unit in shown.units()}
    papers, groups = signing.signed_papers(app, shown), scoring_work.assessors(app, shown)
    wanting = wanting_of(app, shown, app.clock.today())
    return {
        unit.code: Beside(groups.get(unit.code, ""), papers.get(unit.code, ()), wanting.get(unit.code))
        for unit in shown.units()
    }


def wanting_of(app: App, shown: Card, today: date) -> dict[str, signing.Wanting]:
    """Return the records units ask to be signed: a declaration that is awaited, a note that something is 不涉及."""
    subjects = signing.declared_subjects(app.form(shown.form))
    awaited = (unit for unit in shown.units() if unit.code in subjects and unit.state is State.pending)
    found = {unit.code: signing.declaration_wanted(shown, subjects[unit.code], today) for unit in awaited}
    idle = (unit for unit in shown.units() if unit.state is State.not_applicable and unit.suggested is None)
    return found | {unit.code: signing.note_wanted(shown, unit.code, today) for unit in idle}
