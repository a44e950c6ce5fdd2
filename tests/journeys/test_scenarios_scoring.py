"""The worked scenarios T01-T17 (domain.md §10) that end in a score, a rate or a table: exactly their figures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ankang_desktop.kernel.numbers import percent
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.ledgers.accidents import AccidentLevel
from ankang_desktop.ledgers.activities import ActivityKind, ExposureKind, MediaKind, MediaTag, Occasion
from ankang_desktop.ledgers.contracts.performance import ClauseResult
from ankang_desktop.ledgers.contracts.record import Contract
from ankang_desktop.ledgers.contracts.terms import state
from ankang_desktop.ledgers.contracts.words import ContractKind, ContractState, FilingRule
from ankang_desktop.ledgers.drills import DrillKind
from ankang_desktop.ledgers.facilities import AssetKind, EquipmentState
from ankang_desktop.ledgers.hazards.words import HazardLevel
from ankang_desktop.ledgers.health import DeclarationKind
from ankang_desktop.ledgers.inspections import InspectionKind, Scope
from ankang_desktop.ledgers.organisation import CommitteeRole, Document, DocumentKind
from ankang_desktop.ledgers.team_activities import TeamActivityKind
from ankang_desktop.ledgers.trainings import Audience, ContestCode, Training
from ankang_desktop.ledgers.vocabulary import Campaign, Topic
from ankang_desktop.scoring.card import Card, State
from ankang_desktop.store.query import entries
from tests.journeys.huaxing import TODAY, Huaxing, day

FULL = [5, 2, 5, 3, 4, 3, 3, 10, 4, 6, 1, 2, 2, 2, 1, 1, 1, 5, 5, 4, 3, 3, 25, 0]


def score(firm: Huaxing, unit: str, as_of: date = TODAY) -> Decimal | None:
    return firm.card(as_of).unit(unit).suggested


def sections(card: Card) -> dict[str, Decimal]:
    return {section.code: section.sum() for section in card.sections}


class TestT01FullHouse:
    def test_hundred_points_in_24_boxes(self, full: Huaxing) -> None:
        card = full.card()
        assert [row.sum() for row in card.rows()] == FULL
        assert list(sections(card).values()) == [7, 18, 10, 20, 20, 25, 0]
        totals = card.totals()
        assert (totals.base, totals.bonus, totals.grand) == (100, 0, 100)
        assert totals.text == "100.0"
        assert totals.parts_text == "基础分 100.0 / 100，附加分 0.0 / 10"

    def test_every_point_names_its_records(self, full: Huaxing) -> None:
        unproven = [unit.code for unit in full.card().units() if unit.suggested and not unit.used]
        assert unproven == []


def test_t02_leadership(bare: Huaxing) -> None:
    bare.document(DocumentKind.committee)
    bare.document(DocumentKind.committee_minutes)
    roles = [CommitteeRole.chair, CommitteeRole.vice_chair, CommitteeRole.office_head] + [CommitteeRole.member] * 3
    for n, role in enumerate(roles):  # the union chair presides: no principal among them
        bare.add("committee_member", person=bare.staff[n], role=role, department=f"部门{n}", since=day(1, 5))
    for kind in list(DocumentKind)[:5]:
        bare.document(kind)
    card = bare.card()
    assert [card.unit(code).suggested for code in ("ORG-1", "ORG-2", "ORG-3")] == [3, 0, 1]
    assert [row.sum() for row in list(card.rows())[:2]] == [3, 1]
    assert sections(card)["ORG"] == 4
    assert "合计1.25，向下取到1.0" in card.unit("ORG-3").reason


class TestT03Education:
    @pytest.fixture
    def firm(self, bare: Huaxing) -> Huaxing:
        bare.add(
            "activity",
            {"attendance": bare.people(180)},
            title="宣讲",
            kind=ActivityKind.lecture_tour,
            held_on=day(6, 8),
            topics=tuple(Topic)[:5],
            campaigns=(Campaign.safety_month, Campaign.safety_law_week),
        )
        rows = bare.people(228)
        for row in rows[:150]:
            row["passed"] = True
        self.training = bare.add(
            "training",
            {"attendance": rows},
            title="业务培训",
            held_on=day(4, 28),
            hours=Decimal(8),
            topics=(Topic.occ_health, Topic.emergency),
            campaigns=(Campaign.occ_disease_law_week,),
        )
        bare.add("drill", title="演练", held_on=day(5, 5), kind=DrillKind.special, headcount=30)
        bare.add("activity", title="警示", kind=ActivityKind.warning_education, held_on=day(5, 6), headcount=9)
        for kind, photo in (
            (AssetKind.corridor, day(6, 1)),
            (AssetKind.warning_sign, day(6, 1)),
            (AssetKind.banner, date(2025, 9, 20)),
        ):
            bare.add("asset", kind=kind, place="厂区", since=date(2024, 1, 1), photo_on=photo)
        return bare

    def test_units_and_section(self, firm: Huaxing) -> None:
        card = firm.card()
        assert [card.unit(f"EDU-{n}").suggested for n in range(1, 6)] == [4, 2, 3, 2, 3]
        assert sections(card)["EDU"] == 14
        assert "228人次中150人次登记了考核结果（65.8%）" in card.unit("EDU-2").reason
        assert "合计2.43" in card.unit("EDU-2").reason  # 2.425

    def test_results_for_33_more(self, firm: Huaxing) -> None:
        rows = firm.people(228)
        for row in rows[:183]:
            row["passed"] = True
        firm.change(self.training, {"attendance": rows})
        card = firm.card()
        assert card.unit("EDU-2").suggested == Decimal("2.5")
        assert "（80.3%）" in card.unit("EDU-2").reason

    def test_old_photo_is_named_with_its_cure(self, firm: Huaxing) -> None:
        unit = firm.card().unit("EDU-4")
        assert [each.ref.ledger for each in unit.failing] == ["asset"]
        assert "照片日期2025年9月20日已超过12个月" in unit.failing[0].why
        assert unit.potential == 3


class TestT05ContractGate:
    def make(
        self,
        firm: Huaxing,
        kind: ContractKind,
        *,
        high_risk: bool,
        checked: bool = True,
        until: date = date(2028, 1, 4),
    ) -> Decimal | None:
        firm.change(firm.ids("profile")[0], high_risk=high_risk)
        firm.contract(kind, day(1, 5), day(1, 8), until, checked=checked)
        return score(firm, "MGT-3")

    def test_a_high_risk_general_contract(self, bare: Huaxing) -> None:
        assert self.make(bare, ContractKind.general, high_risk=True) == 0
        assert "高危行业必须签订专项集体合同" in bare.card().unit("MGT-3").reason

    def test_b_other_trade_general_contract(self, bare: Huaxing) -> None:
        assert self.make(bare, ContractKind.general, high_risk=False) == 1

    def test_c_high_risk_special_without_check(self, bare: Huaxing) -> None:
        assert self.make(bare, ContractKind.special, high_risk=True, checked=False) == Decimal("0.5")

    def test_d_high_risk_special_expired_yesterday(self, bare: Huaxing) -> None:
        assert self.make(bare, ContractKind.special, high_risk=True, until=day(11, 20)) == 0


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        (FilingRule.national, (day(11, 16), day(11, 28), None, None)),
        (FilingRule.henan, (day(11, 13), day(11, 28), day(12, 8), date(2028, 9, 28))),
    ],
)
def test_t06_contract_dates(bare: Huaxing, rule: FilingRule, dates: tuple[date | None, ...]) -> None:
    key = bare.add(
        "contract",
        title="专项",
        kind=ContractKind.special,
        rule=rule,
        signed_on=day(11, 6),
        filed_on=day(11, 12),
        valid_until=date(2028, 11, 27),
    )
    with bare.workspace.database.read() as connection:
        [(stored, entry)] = entries(connection, LEDGERS["contract"], [key])
    assert isinstance(entry, Contract)
    assert (
        tuple(stored.values[each] for each in ("file_by", "in_force_from", "publish_by", "renegotiate_from")) == dates
    )
    assert state(entry, TODAY) is ContractState.review
    assert score(bare, "MGT-3") == 0
    assert "审查中" in bare.card().unit("MGT-3").reason
    assert score(bare, "MGT-3", day(11, 28)) == Decimal("0.5")


def test_t07_performance_rate(bare: Huaxing) -> None:
    results = [ClauseResult.kept] * 16 + [ClauseResult.partly] * 2 + [ClauseResult.broken, ClauseResult.not_due]
    contract = bare.contract(ContractKind.special, day(1, 5), day(1, 8), date(2028, 1, 4), checked=False)
    rows = {"clauses": [{"clause": str(n), "result": result} for n, result in enumerate(results, 1)]}
    key = bare.add("fulfilment", rows, contract=contract, checked_on=day(11, 11))
    with bare.workspace.database.read() as connection:
        [(stored, _)] = entries(connection, LEDGERS["fulfilment"], [key])
    assert stored.values["rate"] == "84.2%"
    assert stored.values["rate_note"] == "部分按0.5计 89.5%"


class TestT09DualReport:
    @pytest.fixture
    def second(self, full: Huaxing) -> int:
        major: dict[str, Any] = {
            "level": HazardLevel.major,
            "major_basis": "判定标准第3条",
            "regulator_reported_on": day(6, 5),
        }
        full.hazard(description="M1", congress_reported_on=day(6, 18), **major)
        return full.hazard(description="M2", **major)

    def test_names_the_hazard_and_the_report(self, full: Huaxing, second: int) -> None:
        [lacking] = full.card().unit("SUP-2b").failing
        assert (lacking.ref.id, lacking.why) == (second, "没有向职代会报告")

    def test_one_of_two(self, full: Huaxing, second: int) -> None:
        assert score(full, "SUP-2b") == Decimal("1.5")

    def test_both(self, full: Huaxing, second: int) -> None:
        full.change(second, congress_reported_on=day(6, 18))
        assert score(full, "SUP-2b") == 2

    def test_without_the_system_document(self, full: Huaxing, second: int) -> None:
        full.remove(full.ids("document", Document.kind == DocumentKind.dual_report_system)[0])
        assert score(full, "SUP-2b") == Decimal("0.5")


JUNE = {
    **{"J1.1": 2, "J1.2": 105, "J1.3": 2, "J1.4": 267, "J1.5": 2766},
    **{"J2.1": 180, "J2.2": 230, "J2.3": 3, "J2.4": 96, "J2.5": 120, "J2.6": 1, "J2.7": 75},
    **{
        "J3.1": 1,
        "J3.2": 52,
        "J3.3": 2,
        "J3.4": 1,
        "J3.5": 38,
        "J3.6": 2,
        "J3.7": 26,
        "J3.8": 1,
        "J3.9": 9,
        "J3.10": 4,
    },
    **{"J4.1": 2, "J4.2": 5, "J4.3": 0, "J4.4": 1},
    **{"J5.1": 2, "J5.2": 228, "J5.3": 1, "J5.4": 60, "J5.5": 1, "J5.6": 35},
    **{"J6.1": 1, "J6.2": 150, "J6.3": 1, "J6.4": 320},
}


class TestT10And11Jiaozuo:
    @pytest.fixture
    def firm(self, bare: Huaxing) -> Huaxing:
        def held(kind: ActivityKind, on: int, headcount: int | None, **more: Any) -> None:
            bare.add("activity", title=kind.value, kind=kind, held_on=day(6, on), headcount=headcount, **more)

        held(ActivityKind.lecture_tour, 3, 45)
        held(ActivityKind.lecture_tour, 12, 60)
        for on in (day(6, 8), day(6, 15), day(7, 2)):
            bare.add("media", title=f"心得{on}", kind=MediaKind.reflection, outlet="厂报", published_on=on)
        bare.add(
            "team_activity",
            held_on=day(6, 1),
            kind=TeamActivityKind.pre_shift_meeting,
            topic="班前会",
            sessions=264,
            headcount=2640,
        )
        held(ActivityKind.case_based_law_talk, 9, 86, sessions=2)
        held(ActivityKind.forum, 10, 40)
        bare.add(
            "contest", title="网络竞赛", code=ContestCode.network_quiz, held_on=day(6, 5), persons=180, attempts=230
        )
        for n in range(3):
            bare.add("media", title=f"视频{n}", kind=MediaKind.escape_video, outlet="抖音", published_on=day(6, 20))
        bare.add("contest", title="安全河南杯", code=ContestCode.safety_henan, held_on=day(6, 6), persons=96)
        bare.add("contest", title="线上答题", code=ContestCode.online_quiz, held_on=day(6, 7), attempts=120)
        held(ActivityKind.village_volunteers, 11, None, audience=75)
        held(ActivityKind.promise, 2, 52)
        for n in range(2):
            bare.add(
                "media",
                title=f"五带头{n}",
                kind=MediaKind.report,
                tags=(MediaTag.five_leads,),
                outlet="市报",
                published_on=day(6, 21),
            )
        held(ActivityKind.hot_work, 13, 38)
        for on, number in ((14, 14), (15, 12)):
            bare.add(
                "training",
                title="电焊工",
                held_on=day(6, on),
                hours=Decimal(4),
                topics=(Topic.hot_work,),
                audience=(Audience.hazardous_work,),
                headcount=number,
            )
        outsourcing = {"kind": InspectionKind.outsourcing, "findings": "已查", "leader": bare.staff[0]}
        bare.add("inspection", checked_on=day(6, 17), scope=Scope.action, headcount=9, **outsourcing)
        for n in range(4):
            bare.add("inspection", checked_on=day(6, 18), scope=Scope.project, project=f"项目{n}", **outsourcing)
        bare.add("asset", kind=AssetKind.hotline_board, place="大门", quantity=2, since=day(6, 4), photo_on=day(6, 4))
        for n in range(5):
            bare.add(
                "exposure",
                title=f"曝光{n}",
                kind=ExposureKind.prominent_problem,
                exposed_on=day(6, 22),
                medium="曝光台",
            )
        bare.add(
            "exposure", title="行刑", kind=ExposureKind.admin_criminal_linkage, exposed_on=day(6, 22), medium="曝光台"
        )
        self.drills = {
            on: bare.add("drill", title=f"演练{on}", held_on=on, kind=DrillKind.special, headcount=number)
            for on, number in ((day(5, 31), 25), (day(6, 16), 210), (day(6, 24), 18), (day(7, 1), 30))
        }
        bare.add(
            "training",
            title="自救互救",
            held_on=day(6, 23),
            hours=Decimal(2),
            topics=(Topic.self_rescue,),
            headcount=60,
        )
        held(ActivityKind.emergency_science, 25, 35)
        held(ActivityKind.consultation_day, 16, 150, occasion=Occasion.on_site)
        held(ActivityKind.consultation_day, 16, None, occasion=Occasion.live_stream, viewers=320)
        bare.add(
            "activity", title="安全家书", kind=ActivityKind.other, held_on=day(6, 26), headcount=88, is_special=True
        )
        return bare

    def test_every_bracket(self, firm: Huaxing) -> None:
        table = firm.june()
        assert {blank.key: blank.quantity.value for blank in table.blanks} == JUNE
        assert table.answers()["J7"] == [{"J7.1": "安全家书", "J7.2": "1", "J7.3": "88"}]
        assert all(isinstance(table.answers()[key], str) for key in JUNE)

    def test_39_blanks(self, firm: Huaxing) -> None:
        table = firm.june()
        assert len(table.blanks) + len(table.repeated[0].blanks) == 39

    def test_every_number_names_its_records(self, firm: Huaxing) -> None:
        assert [blank.key for blank in firm.june().blanks if blank.quantity.value and not blank.refs] == []

    def test_t11_a_tag_alone_does_not_move_a_record(self, firm: Huaxing) -> None:
        firm.change(self.drills[day(6, 24)], topics=(Topic.self_rescue,))
        assert {blank.key: blank.quantity.value for blank in firm.june().blanks} == JUNE

    def test_t11_also_counted(self, firm: Huaxing) -> None:
        firm.change(self.drills[day(6, 24)], topics=(Topic.self_rescue,), also_counted="J5.5")
        table = firm.june()
        changed = JUNE | {"J5.5": 2, "J5.6": 53}
        assert {blank.key: blank.quantity.value for blank in table.blanks} == changed
        twice = {(entry.key, entry.ref.title) for entry in table.details() if entry.doubled}
        assert twice == {("J5.5", "演练2026-06-24"), ("J5.6", "演练2026-06-24")}

    def test_stat_line_moves_a_record(self, firm: Huaxing) -> None:
        firm.change(self.drills[day(6, 24)], stat_line="J5.5")
        changed = JUNE | {"J5.1": 1, "J5.2": 210, "J5.5": 2, "J5.6": 53}
        assert {blank.key: blank.quantity.value for blank in firm.june().blanks} == changed

    def test_records_without_proof_are_told(self, firm: Huaxing) -> None:
        firm.change(self.drills[day(6, 24)], box=None)
        table = firm.june()
        assert table.blank("J5.1").quantity.value == 2
        assert [each.ref.title for each in table.unproven] == ["演练2026-06-24"]

    def test_nothing_prints_zero_and_no_line(self, bare: Huaxing) -> None:
        answers = bare.june().answers()
        assert {answers[key] for key in JUNE} == {"0"}
        assert answers["J7"] == []


@pytest.mark.parametrize(
    ("casualties", "level", "points"),
    [
        ({"deaths": 2, "loss": Decimal(900)}, AccidentLevel.general, 25),
        ({"deaths": 3}, AccidentLevel.larger, 25),
        ({"serious": 50}, AccidentLevel.major, 0),
        ({"deaths": 9, "loss": Decimal(5000)}, AccidentLevel.major, 0),
        ({"deaths": 29, "loss": Decimal(10000)}, AccidentLevel.extraordinary, 0),
        ({"serious": 9}, AccidentLevel.general, 25),
        ({"serious": 10}, AccidentLevel.larger, 25),
        ({"loss": Decimal("999.99")}, AccidentLevel.general, 25),
        ({"loss": Decimal(1000)}, AccidentLevel.larger, 25),
    ],
)
def test_t12_accidents(full: Huaxing, casualties: dict[str, Any], level: AccidentLevel, points: int) -> None:
    key = full.add("accident", happened_at=datetime(2026, 5, 5, 10, 0), place="一车间", **casualties)
    with full.workspace.database.read() as connection:
        [(stored, _)] = entries(connection, LEDGERS["accident"], [key])
    assert stored.values["level"] is level
    unit = full.card().unit("ACC-1")
    assert unit.suggested == points
    assert unit.warnings
    if not points:
        assert "零事故声明与事故台账不符，请更正声明" in unit.warnings


class TestT14HealthExams:
    def test_done_and_told(self, bare: Huaxing) -> None:
        exams = bare.exams(41, 39)
        unit = bare.card().unit("MGT-5")
        assert unit.suggested == Decimal("1.5")
        assert unit.missing == ("2人次未检", "2人次已检未书面告知")
        assert [each.ref.id for each in unit.failing] == exams[39:]
        assert [each.why for each in unit.failing] == ["已检查，没有书面告知本人"] * 2 + ["已到应检日期，没有检查"] * 2
        for key in exams[39:41]:
            bare.change(key, notified_on=day(5, 20))
        assert score(bare, "MGT-5") == Decimal("1.5")
        for key in exams[41:]:
            bare.change(key, done_on=day(5, 2), notified_on=day(5, 20))
        assert score(bare, "MGT-5") == 2


def test_t15_declaration_update(bare: Huaxing) -> None:
    bare.add("occ_declaration", kind=DeclarationKind.annual, declared_on=date(2025, 10, 20), receipt="回执")
    assert score(bare, "MGT-6", day(11, 10)) == 2
    assert score(bare, "MGT-6", day(11, 20)) == 2
    assert score(bare, "MGT-6", day(11, 21)) == 1
    bare.add("occ_declaration", kind=DeclarationKind.annual, declared_on=day(11, 21), receipt="回执2")
    assert score(bare, "MGT-6", day(11, 21)) == 2


def test_t16_intact_rate(full: Huaxing) -> None:
    machine = full.ids("equipment")[0]
    full.change(machine, state=EquipmentState.to_repair)
    unit = full.card().unit("MGT-8")
    assert unit.suggested == Decimal("0.5")
    assert "50台在用设备中49台在用设备完好（98.0%）" in unit.reason
    assert [(each.ref.id, each.why) for each in unit.failing] == [(machine, "设备不完好")]
    assert "修好后把状态改为“完好”" in unit.failing[0].cure
    full.change(machine, state=EquipmentState.out_of_service)
    unit = full.card().unit("MGT-8")
    assert unit.suggested == 1
    assert "49台在用设备中49台在用设备完好（100.0%）" in unit.reason
    full.change(machine, state=EquipmentState.intact)
    assert score(full, "MGT-8") == 1


@pytest.mark.parametrize(("cooled", "share", "points"), [(85, "94.4%", Decimal("0.5")), (86, "95.6%", Decimal(1))])
def test_t17_heat_care(bare: Huaxing, cooled: int, share: str, points: Decimal) -> None:
    bare.stand_the_heat(cooled)
    unit = bare.card().unit("MGT-9")
    assert unit.suggested == points
    assert share in unit.reason


class TestDeclarations:
    def test_unsigned_absence_waits(self, full: Huaxing) -> None:
        for key in full.ids("zero_declaration"):
            full.change(key, chair_signed=False)
        card = full.card()
        assert [card.unit(code).state for code in ("SUP-3c", "ACC-1")] == [State.pending] * 2
        assert card.totals().text == "73.0（另有 27 分待确认）"

    def test_a_declaration_that_ends_too_early_does_not_cover(self, full: Huaxing) -> None:
        for key in full.ids("zero_declaration"):
            full.change(key, period_until=day(11, 20))
        assert full.card().totals().pending == 27

    def test_a_declaration_without_proof_is_only_potential(self, full: Huaxing) -> None:
        for key in full.ids("zero_declaration"):
            full.change(key, box=None)
        unit = full.card().unit("ACC-1")
        assert (unit.suggested, unit.potential, unit.state) == (None, 25, State.pending)
        assert unit.failing[0].why == "缺 佐证材料（附件或盒号）"

    def test_a_serious_violation_contradicts(self, full: Huaxing) -> None:
        full.add("accident", happened_at=datetime(2026, 5, 5, 10, 0), place="一车间", serious_violation=True)
        assert score(full, "SUP-3c") == 0


class TestProof:
    def test_missing_attachments_are_potential_and_lead_the_gap_list(self, full: Huaxing) -> None:
        kinds = [DocumentKind.occ_health_system, DocumentKind.occ_health_procedure, DocumentKind.occ_health_archive]
        for key in full.ids("document", Document.kind.in_(kinds)):
            full.change(key, box=None)
        card = full.card()
        unit = card.unit("MGT-4")
        assert (unit.suggested, unit.potential) == (Decimal("0.5"), 2)
        assert unit.failing_count == 3
        assert card.gaps()[0].text == "第12行：补齐 3 个附件可再得 1.5 分"

    def test_one_who_left_leaves_the_post_vacant(self, full: Huaxing) -> None:
        full.change(full.staff[120], left_on=day(11, 1))
        unit = full.card().unit("SUP-1")
        assert unit.suggested == Decimal("4.5")
        assert "还有1个班组没有在职的检查员或委员：1班" in unit.missing

    def test_no_hazard_is_not_believed(self, full: Huaxing) -> None:
        for key in full.ids("hazard"):
            full.move(key, "void", void_reason="误录")
        unit = full.card().unit("SUP-2a")
        assert unit.suggested == 1
        assert "零隐患不可信" in unit.warnings[0]

    def test_leavers_do_not_raise_coverage(self, full: Huaxing) -> None:
        for person in full.staff[:24]:
            full.change(person, left_on=day(10, 1))
        rows = full.people(48, passed=True)
        full.change(full.ids("training", Training.title == "全员安全培训")[0], {"attendance": rows})
        assert "216人中24人参加培训" in full.card().unit("EDU-2").reason


def test_percent_of_the_scenarios() -> None:
    assert [percent(Fraction(*each)) for each in ((16, 19), (17, 19), (85, 90), (86, 90))] == [
        "84.2%",
        "89.5%",
        "94.4%",
        "95.6%",
    ]
