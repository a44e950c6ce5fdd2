"""The calendar asks the ledgers: counters, measures, every month, every team, never beyond today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from ankang_desktop.actions.proofs import StoreProofs, counter_names, measure_names, unit_names
from ankang_desktop.declare.forms import read_forms
from ankang_desktop.kernel import paths
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.ledgers.drills import DrillKind
from ankang_desktop.programme.agenda import agenda, kept
from ankang_desktop.programme.asking import Need
from ankang_desktop.programme.choices import Choices
from ankang_desktop.programme.duties import State
from ankang_desktop.programme.library import check_names, read_library
from tests.journeys.huaxing import END, START, TODAY, Huaxing, day

FORMS = read_forms(paths.forms())


@pytest.fixture
def proofs(full: Huaxing) -> Iterator[StoreProofs]:
    with full.workspace.database.read() as connection:
        yield StoreProofs(connection, LEDGERS, TODAY, FORMS)


def test_programmes_name_only_what_exists() -> None:
    library = read_library(paths.resources() / "programmes")
    check_names(library, counter_names(), measure_names(), unit_names(FORMS))


def test_a_counter_counts_sessions(proofs: StoreProofs) -> None:
    tally = proofs.tally(Need(counter="team_activity.kind:pre_shift_meeting"), START, END)
    assert (tally.complete, tally.recorded, tally.unit) == (240, 240, "场")
    assert tally.records


def test_records_without_proof_are_only_recorded(full: Huaxing) -> None:
    full.add("drill", title="无证", held_on=day(9, 9), kind=DrillKind.special, headcount=3, box=None)
    with full.workspace.database.read() as connection:
        tally = StoreProofs(connection, LEDGERS, TODAY, FORMS).tally(Need(counter="drill"), START, END)
    assert (tally.complete, tally.recorded) == (1, 2)


def test_what_lies_after_today_is_not_proof(full: Huaxing) -> None:
    full.add("drill", title="将来", held_on=day(12, 9), kind=DrillKind.special, headcount=3)
    with full.workspace.database.read() as connection:
        tally = StoreProofs(connection, LEDGERS, TODAY, FORMS).tally(Need(counter="drill"), START, END)
    assert tally.recorded == 1


@pytest.mark.parametrize(
    ("need", "start", "end", "complete"),
    [
        (Need(counter="team_activity", per="team"), day(3, 1), day(3, 31), 5),
        (Need(counter="suggestion", per="team"), START, END, 1),
        (Need(counter="inspection", per="month"), START, day(10, 31), 1),
        (Need(counter="inspection", per="month"), START, END, 0),  # November has none yet
        (Need(counter="ppe_check", per="quarter"), START, day(9, 30), 1),
        (Need(counter="inspection", per="day"), day(3, 15), day(3, 15), 1),
        (Need(counter="inspection", per="day"), day(3, 15), day(3, 16), 0),
        (Need(counter="training", per="person"), START, END, 1),
    ],
)
def test_per(proofs: StoreProofs, need: Need, start: date, end: date, complete: int) -> None:
    assert proofs.tally(need, start, end).complete == complete


@pytest.mark.parametrize(
    ("measure", "share"),
    [
        ("document_in_force:dual_report_system", 1),
        ("document_in_force:reward_system", 0),
        ("asset_in_force:station", 0),
        ("employees_trained", 1),
        ("trained_or_drilled", 1),
        ("priority_groups_trained", 1),
        ("teams_active", 1),
        ("teams_in_drills", 0),
        ("four_laws_covered", 1),
        ("culture_kinds", 1),
        ("fire_educated", 1),
        ("traffic_educated", 1),
        ("hazards_five_fixed", 1),
        ("months_patrolled", 1),
        ("health_exams_done", 1),
        ("occ_declaration_current", 1),
        ("ppe_checked_quarters", 1),
        ("heat_exposed_covered", 1),
        ("hot_days_adjusted", 1),
        ("women_informed", 1),
        ("commitments_signed", 1),
        ("registered_for_cycle", 0),
        ("special_contract_in_force", 1),
        ("scorecard_self_scored", 0),
    ],
)
def test_measures_of_the_full_house(proofs: StoreProofs, measure: str, share: int) -> None:
    tally = proofs.tally(Need(measure=measure), START, END)
    assert (tally.complete, tally.applies) == (Fraction(share), True)


def test_a_share_of_nothing_does_not_apply(proofs: StoreProofs) -> None:
    assert not proofs.tally(Need(measure="major_hazards_reported_twice"), START, END).applies


def test_registered_covers_both_years_of_a_cycle(full: Huaxing) -> None:
    channel = LEDGERS["registration"].fields["channel"].kind.options.territory
    full.add("registration", cycle="2025—2026", registered_on=date(2025, 4, 1), channel=channel)
    with full.workspace.database.read() as connection:
        tally = StoreProofs(connection, LEDGERS, TODAY, FORMS).tally(Need(measure="registered_for_cycle"), START, END)
    assert tally.complete == 1


def test_the_whole_calendar_is_answered(proofs: StoreProofs) -> None:
    library = read_library(paths.resources() / "programmes")
    duties = agenda(library, Choices(), proofs, 2026, TODAY)
    done, due = kept(duties, TODAY)
    assert 0 < done < due
    heat = next(duty for duty in duties if duty.code == "C-15")
    assert heat.state is State.DONE
    assert heat.records
