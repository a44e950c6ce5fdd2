"""A card's rules are data: what is written wrong is refused with file, place and a suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankang_desktop.declare.forms import read_form
from ankang_desktop.kernel import paths
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.scoring.checking import check_form
from ankang_desktop.scoring.plan import read_card, unit_codes

CARD = paths.forms() / "national_card_2020" / "form.toml"
TABLE = paths.forms() / "jiaozuo_2023" / "form.toml"


def test_points_of_the_national_card() -> None:
    sections = read_card(read_form(CARD), LEDGERS)
    assert [section.points for section in sections] == [7, 18, 10, 20, 20, 25, 10]
    assert sum(len(section.rows) for section in sections) == 24
    assert len(unit_codes(read_form(CARD))) == 32
    assert [section.code for section in sections if section.bonus] == ["BON"]


@pytest.mark.parametrize("form", [CARD, TABLE])
def test_shipped_forms_are_sound(form: Path) -> None:
    check_form(read_form(form))


@pytest.mark.parametrize(
    ("source", "right", "wrong", "place", "suggestion"),
    [
        (CARD, 'measure = "principal_chairs"', 'measure = "principal_chair"', "ORG-2", "principal_chairs"),
        (CARD, 'kinds = ["committee"]', 'kinds = ["comittee"]', "ORG-1", "committee"),
        (CARD, "photo_months = 12", "photo_month = 12", "EDU-4", "photo_months"),
        (CARD, 'counters = ["fulfilment"]', 'counters = ["fulfilement"]', "MGT-3", "fulfilment"),
        (CARD, 'declared = "major_accident"', 'declared = "major_acident"', "ACC-1", "major_accident"),
        (CARD, 'class = "MANUAL"', 'class = "HAND"', "BON-1", "MANUAL"),
        (CARD, 'gate = "no_serious_violation"', 'gates = "no_serious_violation"', "SUP-3c", "gate"),
        (CARD, 'applies = "exists:women"', 'applies = "exists:woman"', "SUP-5", "women"),
        (CARD, "times = 2", 'times = "2"', "TEAM-1", "整数"),
        (CARD, 'at_least = "0.8"', "at_least = 0.8", "EDU-2", '"0.5"'),
        (CARD, '{ points = "2", measure = "principal', '{ points = "1", measure = "principal', "ORG-2", "points"),
        (TABLE, "media.tags:five_leads", "media.tags:five_lead", "J3.3", "five_leads"),
        (TABLE, 'aggregate = "persons"', 'aggregate = "person"', "J2.1", "persons"),
        (TABLE, 'unit = "articles"', 'unit = "article"', "J1.3", "articles"),
        (TABLE, 'key = "J6.4"', 'key = "J6.5"', "J6.4", "J6.5"),
    ],
)
def test_what_is_written_wrong(
    tmp_path: Path, source: Path, right: str, wrong: str, place: str, suggestion: str
) -> None:
    folder = tmp_path / source.parent.name
    folder.mkdir()
    text = source.read_text("utf-8")
    assert right in text
    (folder / "form.toml").write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(UserError) as caught:
        check_form(read_form(folder / "form.toml"))
    assert str(folder) in caught.value.text
    assert place in caught.value.text
    assert suggestion in caught.value.remedy
