"""The board of hazards, their shares, steps for several, letters and urging, on a workspace of a few hazards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ankang_desktop.actions import drafting, hazard_steps, hazards, intake, records
from ankang_desktop.actions.hazard_shares import TEAMS, share_refs, shares
from ankang_desktop.actions.hazards import Asked, Focus, board, hazard_ids, hazard_refs, more_cards
from ankang_desktop.actions.urging import NOBODY, urged
from ankang_desktop.app import App
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.kernel.errors import Refused, UserError
from ankang_desktop.kernel.progress import Quiet
from ankang_desktop.ledgers.hazards.indicators import indicators
from ankang_desktop.ledgers.hazards.words import HazardLevel, RectifyLevel, Source, Stage
from ankang_desktop.ledgers.upper import LetterKind
from ankang_desktop.ledgers.vocabulary import Domain
from ankang_desktop.store.evidence import Use, attach
from ankang_desktop.store.query import entries, ids_of

TODAY = date(2026, 6, 30)
YEAR = Asked(2026)


def person(app: App, code: str, name: str) -> int:
    with app.begin("登记") as unit:
        return unit.add(app.ledgers["employee"], {"code": code, "name": name, "joined_on": date(2020, 1, 1)})


def team(app: App, name: str) -> int:
    with app.begin("登记") as unit:
        return unit.add(app.ledgers["team"], {"name": name, "valid_from": date(2020, 1, 1)})


def hazard(app: App, number_of_day: int = 1, **values: Any) -> int:
    known = {
        "found_on": date(2026, 6, number_of_day),
        "source": Source.six_checks,
        "description": f"第{number_of_day}条",
        "place": "行车",
    }
    with app.begin("登记") as unit:
        return unit.add(app.ledgers["hazard"], {**known, **values})


def ordered(app: App, who: int, deadline: date, **values: Any) -> dict[str, Any]:
    """The values of a hazard whose rectification was ordered."""
    five = {
        "responsible": who,
        "measures": "修好",
        "funds": Decimal(0),
        "deadline": deadline,
        "contingency": "停用",
        "domain": Domain.safety,
        "level": HazardLevel.general,
        "rectify_level": RectifyLevel.team,
        "stage": Stage.rectifying,
    }
    return five | values


def closed(app: App, who: int, other: int, deadline: date, on: date) -> dict[str, Any]:
    from ankang_desktop.ledgers.hazards.words import Acceptance

    ends = {"rectified_on": on, "acceptor": other, "accepted_on": on, "closed_on": on}
    return ordered(app, who, deadline, **ends, acceptance=Acceptance.accepted, stage=Stage.closed)


def photo(app: App, record: int, slot: str, folder: Path, colour: int = 0) -> None:
    path = folder / f"{slot}{record}{colour}.png"
    Image.new("RGB", (9, 9), (colour, record % 255, 7)).save(path)
    with app.begin("添加") as unit:
        attach(unit, app.workspace.evidence, record, path, Use(slot))


@pytest.fixture
def clock() -> Clock:
    """Stand in the middle of the year."""
    return Clock(TODAY)


@pytest.fixture
def house(app: App, tmp_path: Path) -> App:
    """Two people, two teams, nine hazards in every stage."""
    one, two = person(app, "1", "甲某"), person(app, "2", "乙某")
    mill, paint = team(app, "铣工班"), team(app, "喷漆班")
    hazard(app, 1)
    hazard(app, 2, domain=Domain.safety, level=HazardLevel.general, stage=Stage.graded, team=mill)
    hazard(app, 3, **ordered(app, one, TODAY - timedelta(days=9), team=mill, responsible_department="机加车间"))
    hazard(app, 4, **ordered(app, one, TODAY - timedelta(days=2), team=mill))
    hazard(app, 5, **ordered(app, two, TODAY + timedelta(days=3), rectify_level=RectifyLevel.workshop))
    major = {"level": HazardLevel.major, "major_basis": "判定标准第3条", "rectify_level": RectifyLevel.enterprise}
    hazard(app, 6, **ordered(app, two, TODAY + timedelta(days=40), regulator_reported_on=date(2026, 6, 8), **major))
    bare = hazard(app, 7, **closed(app, one, two, date(2026, 6, 20), date(2026, 6, 19)))
    shown = hazard(app, 8, **closed(app, one, two, date(2026, 6, 20), date(2026, 6, 25)))
    photo(app, shown, "after", tmp_path)
    hazard(app, 9, stage=Stage.voided, void_reason="重复")
    old = {"found_on": date(2025, 12, 1), "description": "去年的"}
    hazard(app, 1, **ordered(app, two, date(2026, 1, 10), **old))
    hazard(app, 1, **closed(app, one, two, date(2025, 12, 9), date(2025, 12, 8)), **old)
    assert bare
    assert paint
    return app


def column(app: App, asked: Asked, stage: Stage) -> hazards.Column:
    return next(each for each in board(app, asked).columns if each.stage is stage)


class TestBoard:
    def test_columns_count_and_put_the_most_urgent_first(self, house: App) -> None:
        found = {each.stage: each for each in board(house, YEAR).columns}
        assert [found[each].count for each in hazards.COLUMNS] == [1, 1, 5, 0, 2]
        rectifying = found[Stage.rectifying]
        assert rectifying.overdue == 3
        assert [each.description for each in rectifying.cards] == ["去年的", "第3条", "第4条", "第5条", "第6条"]
        assert [each.days_left for each in rectifying.cards][1:] == [-9, -2, 3, 40]
        assert [each.is_bare for each in found[Stage.closed].cards] == [False, True]
        assert board(house, YEAR).voided == 1

    def test_older_ones_stay_only_while_they_are_open(self, house: App) -> None:
        assert column(house, Asked(2025), Stage.closed).count == 1
        assert column(house, YEAR, Stage.closed).count == 2

    def test_every_filter_narrows(self, house: App) -> None:
        mill = next(
            key for key in drafting.open_record(house, "YH-2026-0002").stored.values.items() if key[0] == "team"
        )
        assert len(hazard_ids(house, replace(YEAR, team=mill[1]))) == 3
        assert len(hazard_ids(house, replace(YEAR, level=HazardLevel.major))) == 1
        assert len(hazard_ids(house, replace(YEAR, rung=RectifyLevel.workshop))) == 1
        assert len(hazard_ids(house, replace(YEAR, search="第5条"))) == 1

    def test_ladder_and_foci_count_under_the_other_filters(self, house: App) -> None:
        found = board(house, replace(YEAR, rung=RectifyLevel.team, focus=Focus.overdue))
        assert found.ladder[RectifyLevel.team] == 3
        assert found.focus[Focus.soon] == 0
        whole = board(house, YEAR)
        assert whole.ladder == {
            RectifyLevel.post: 0,
            RectifyLevel.team: 3,
            RectifyLevel.workshop: 1,
            RectifyLevel.enterprise: 1,
            RectifyLevel.regulator: 0,
        }
        assert whole.focus == {
            Focus.overdue: 3,
            Focus.soon: 1,
            Focus.incomplete: 2,
            Focus.unreported: 1,
            Focus.bare: 1,
        }
        for focus, number in whole.focus.items():
            assert len(hazard_refs(house, replace(YEAR, focus=focus))) == number

    def test_a_column_is_read_page_by_page(self, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hazards, "PAGE", 4)
        for number in range(1, 11):
            hazard(app, number)
        first = column(app, YEAR, Stage.registered)
        assert (first.count, len(first.cards)) == (10, 4)
        rest = [*more_cards(app, YEAR, Stage.registered, 4), *more_cards(app, YEAR, Stage.registered, 8)]
        assert [each.found_on.day for each in (*first.cards, *rest)] == list(range(1, 11))


class TestShares:
    def test_they_say_what_the_definitions_say(self, house: App) -> None:
        with house.read() as connection:
            ledger = house.ledgers["hazard"]
            year = [entry for _, entry in entries(connection, ledger, ids_of(connection, ledger)) if entry.year == 2026]
        told = indicators(year, TODAY, teams=2)  # type: ignore[arg-type]
        found = {each.key: each for each in shares(house, 2026)}
        assert found["rectified"].share == told.rectification_rate
        assert found["on_time"].share == told.on_time_rate
        assert found["five_fixed"].share == told.five_fixed_rate
        assert found["dual_report"].share == told.dual_report_rate
        assert found[TEAMS].share == told.team_rate
        assert (found["rectified"].good, found["rectified"].whole) == (2, 8)

    @pytest.mark.parametrize("key", ["rectified", "on_time", "five_fixed", "dual_report", TEAMS])
    def test_each_opens_onto_as_many_records_the_faulty_first(self, house: App, key: str) -> None:
        share = next(each for each in shares(house, 2026) if each.key == key)
        refs = share_refs(house, 2026, key)
        assert len(refs) == share.whole
        is_bad = [each["note"] not in {"达到"} and not each["note"].startswith("上报") for each in refs]
        assert is_bad == sorted(is_bad, reverse=True)
        assert sum(is_bad) == share.whole - share.good

    def test_of_nothing_there_is_no_share(self, app: App) -> None:
        assert [each.text for each in shares(app, 2026)] == ["不涉及"] * 5


class TestSteps:
    def test_one_step_for_several_is_one_undo_and_names_the_refused(self, house: App) -> None:
        ids = hazard_ids(house, YEAR, (Stage.rectifying,))
        graded = hazard_ids(house, YEAR, (Stage.graded,))
        moved = hazard_steps.move_many(house, [*ids, *graded], "finish", {"rectified_on": TODAY})
        assert len(moved.done) == 5
        assert [number for number, _ in moved.refused] == ["YH-2026-0002"]
        assert column(house, YEAR, Stage.awaiting).count == 5
        records.undo(house)
        assert column(house, YEAR, Stage.rectifying).count == 5

    def test_where_all_are_refused_the_field_says_why(self, house: App) -> None:
        ids = hazard_ids(house, YEAR, (Stage.rectifying,))
        with pytest.raises(Refused) as refused:
            hazard_steps.move_many(house, ids, "finish", {"rectified_on": date(2020, 1, 1)})
        assert refused.value.problems[0].field == "rectified_on"
        assert column(house, YEAR, Stage.rectifying).count == 5

    def test_offers_say_what_is_needed_and_for_whom(self, house: App, tmp_path: Path) -> None:
        ids = hazard_ids(house, YEAR, (Stage.rectifying,))[:2]
        moved = hazard_steps.move_many(house, ids, "finish", {"rectified_on": TODAY})
        photo(house, ids[0], "after", tmp_path, 3)
        offer, able = hazard_steps.offers_for(house, moved.done)["accept"]
        assert able == moved.done[:1]
        lacking = next(each for each in drafting.open_record(house, moved.done[1]).moves if each.key == "accept")
        assert lacking.bare == ("after",)
        assert lacking.blank == ()
        assert offer.title == "验收销号"

    def test_a_hazard_in_the_trash_is_told(self, house: App) -> None:
        records.remove_record(house, "YH-2026-0001")
        with pytest.raises(UserError):
            hazard_steps.see_hazard(house, "YH-2026-0001")


class TestLetters:
    def test_a_notice_is_linked_and_noted_on_the_hazard(self, house: App) -> None:
        number = hazard_steps.write_letter(house, "YH-2026-0005", LetterKind.notice)
        letter = drafting.open_record(house, number).stored.values
        seen = hazard_steps.see_hazard(house, "YH-2026-0005")
        assert letter["hazard"] == seen.opened.stored.id
        assert "第5条" in letter["content"]
        assert "修好" in letter["content"]
        assert letter["reply_by"] == TODAY + timedelta(days=3)
        assert seen.opened.stored.values["notice_number"] == number
        assert [ref.number for ref in seen.letters] == [number]
        hazard_steps.write_letter(house, "YH-2026-0005", LetterKind.notice)
        assert hazard_steps.see_hazard(house, "YH-2026-0005").opened.stored.values["notice_number"] == number

    def test_a_listing_is_asked_for_a_major_one_alone(self, house: App) -> None:
        number = hazard_steps.write_letter(house, "YH-2026-0006", LetterKind.listing_request)
        values = drafting.open_record(house, number).stored.values
        assert values["addressee"] == "应急管理部门"
        assert "判定标准第3条" in values["content"]
        assert drafting.open_record(house, "YH-2026-0006").stored.values["listing_requested_on"] == TODAY
        with pytest.raises(UserError, match="不是重大"):
            hazard_steps.write_letter(house, "YH-2026-0005", LetterKind.listing_request)

    def test_a_long_hazard_fits_the_letter(self, app: App) -> None:
        hazard(app, 1, description="长" * 500, measures="短" * 500)
        number = hazard_steps.write_letter(app, "YH-2026-0001", LetterKind.suggestion)
        assert len(drafting.open_record(app, number).stored.values["content"]) <= 1000


def test_urging_names_the_department_the_person_and_never_the_finder(house: App) -> None:
    finder = person(house, "3", "丙某")
    with house.begin("改") as unit:
        unit.change(hazard_ids(house, replace(YEAR, search="第3条"))[0], {"reporter": finder})
    found = urged(house, YEAR)
    assert [(each.name, each.overdue, each.soon) for each in found] == [
        (NOBODY, 1, 1),
        ("机加车间", 1, 0),
        ("铣工班", 1, 0),
    ]
    words = "\n".join(each.text for each in found)
    assert "甲某" in words
    assert "丙某" not in words
    assert "已逾期 9 天" in words
    assert "还有 3 天" in words
    assert "2026年1月10日" not in words
    assert len(found[0].refs) == 2


class TestIntake:
    def test_a_folder_is_looked_through(self, app: App, tmp_path: Path) -> None:
        record = hazard(app, 1)
        folder = tmp_path / "照片"
        folder.mkdir()
        for number in range(3):
            Image.new("RGB", (9, 9), (number, 1, 1)).save(folder / f"IMG_2026061{number}_101010.png")
        Image.new("RGB", (9, 9), (0, 1, 1)).save(folder / "又一张.png")
        (folder / "说明.txt").write_text("不是照片")
        intake.hang_on(app, "YH-2026-0001", intake.look_through(app, [folder], Quiet()).shots[1], "before", Quiet())
        roll = intake.look_through(app, [folder], Quiet())
        assert [shot.taken_on for shot in roll.shots] == [date(2026, 6, 10), date(2026, 6, 11), date(2026, 6, 12), None]
        assert [shot.used_by for shot in roll.shots] == [(), ("YH-2026-0001",), (), ()]
        assert roll.shots[3].twin == "IMG_20260610_101010.png"
        assert "说明.txt" in roll.left_out[0]
        assert record

    def test_phrases_are_those_of_the_workspace_filled_up_with_usual_ones(self, house: App) -> None:
        for number in (10, 11, 12):
            hazard(house, number, description="护罩缺失", place="砂轮机")
        found = intake.phrases(house)
        assert found.descriptions[0] in {"护罩缺失", "去年的"}
        assert "护罩缺失" in found.descriptions
        assert len(found.descriptions) == intake.MOST_PHRASES
        assert set(intake.USUAL) & set(found.descriptions)
        assert found.places[:2] == ("行车", "砂轮机")
        assert [name for _, name in found.teams] == ["铣工班"]

    def test_a_draft_its_companion_and_their_undoing(self, app: App, tmp_path: Path) -> None:
        paths = [tmp_path / f"{number}.png" for number in range(2)]
        for number, path in enumerate(paths):
            Image.new("RGB", (9, 9), (number, 2, 2)).save(path)
        first, second = intake.look_through(app, paths, Quiet()).shots
        taken = intake.draft_hazard(app, first, {"found_on": TODAY, "description": "油污"})
        same = intake.hang_on(app, taken.number, second, "before", Quiet())
        values = drafting.open_record(app, taken.number).stored.values
        assert values["source"] is Source.snapshot
        assert values["stage"] is Stage.registered
        assert taken.is_new
        assert not same.is_new
        pairs = [(taken.id, first.sha256), (same.id, second.sha256)]
        assert intake.still_there(app, pairs) == set(pairs)
        records.undo(app)
        assert intake.still_there(app, pairs) == {pairs[0]}
        records.undo(app)
        assert intake.still_there(app, pairs) == set()

    def test_the_same_photo_twice_is_refused_in_a_sentence(self, app: App, tmp_path: Path) -> None:
        path = tmp_path / "a.png"
        Image.new("RGB", (9, 9)).save(path)
        [shot] = intake.look_through(app, [path], Quiet()).shots
        taken = intake.draft_hazard(app, shot, {"found_on": TODAY, "description": "油污"})
        with pytest.raises(UserError, match="已经附在"):
            intake.hang_on(app, taken.number, shot, "after", Quiet())

    def test_hazards_that_want_an_after_photo(self, house: App) -> None:
        found = [each.name for each in intake.waiting_for_photo(house, "", 40)]
        assert found[0] == "YH-2025-0001"
        assert found[-2:] == ["YH-2025-0002", "YH-2026-0007"] or set(found[-2:]) == {"YH-2025-0002", "YH-2026-0007"}
        assert "YH-2026-0008" not in found
        assert "YH-2026-0009" not in found
        assert [each.name for each in intake.waiting_for_photo(house, "2026-0003", 40)] == ["YH-2026-0003"]
        assert [each.name for each in intake.waiting_for_photo(house, "第5条", 40)] == ["YH-2026-0005"]
