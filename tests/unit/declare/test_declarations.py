"""The declarations of the house are sound, and the checks that say so can fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ankang_desktop.declare.checks import faults
from ankang_desktop.declare.counters import Quantity, Unit
from ankang_desktop.declare.ledger import Ledgers, Section
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.ledgers.hazards.declaration import HAZARDS
from ankang_desktop.ledgers.hazards.record import Hazard

FORBIDDEN = ("身份证", "手机", "电话", "住址", "地址", "银行卡", "邮箱")


def test_no_fault() -> None:
    assert faults(LEDGERS) == []


def test_there_are_the_ledgers_of_the_trade() -> None:
    assert len(LEDGERS.keys()) == 51


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (replace(HAZARDS, prefix="BZ"), "D001"),
        (replace(HAZARDS, title="班组"), "D002"),
        (replace(HAZARDS, key="hazards"), "D003"),
        (replace(HAZARDS, sections=(Section("x", Hazard.place),)), "D004"),
        (replace(HAZARDS, sections=(*HAZARDS.sections, Section("x", Hazard.place))), "D005"),
        (replace(HAZARDS, needs_any=(("nothing",),)), "D007"),
    ],
)
def test_faults_are_found(broken: object, fault: str) -> None:
    others = [ledger for ledger in LEDGERS if ledger.key != "hazard"]
    assert any(found.startswith(fault) for found in faults(Ledgers([*others, broken])))  # type: ignore[list-item]


def test_a_link_to_nothing_is_found() -> None:
    without_teams = Ledgers([ledger for ledger in LEDGERS if ledger.key != "team"])
    assert any(found.startswith("D008") for found in faults(without_teams))


@pytest.mark.parametrize("ledger", list(LEDGERS), ids=LEDGERS.keys())
def test_no_field_for_what_must_not_be_kept(ledger: object) -> None:
    labels = [*ledger.labels.values(), *(each.label for lines in ledger.lines for each in lines.fields.values())]  # type: ignore[attr-defined]
    assert [label for label in labels if any(word in label for word in FORBIDDEN)] == []


def test_every_field_stands_in_a_section() -> None:
    for ledger in LEDGERS:
        arranged = [each.key for _, fields in ledger.arranged() for each in fields]
        assert sorted([*arranged, "number"]) == sorted(ledger.fields), ledger.key


def test_unknown_names_are_answered_with_a_suggestion() -> None:
    with pytest.raises(UserError, match="是否想用“hazard”"):
        LEDGERS["hazzard"]
    with pytest.raises(UserError, match="没有计数“level:huge”"):
        LEDGERS.counter("hazard.level:huge")


def test_units_never_mix() -> None:
    assert str(Quantity(2, Unit.sessions) + Quantity(3, Unit.sessions)) == "5场"
    with pytest.raises(TypeError, match="人次 与 人 不能相加"):
        Quantity(2, Unit.person_times) + Quantity(3, Unit.persons)
