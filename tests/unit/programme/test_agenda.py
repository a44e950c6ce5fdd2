from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ankang_desktop.kernel.errors import UserError
from ankang_desktop.programme.agenda import agenda, kept, reminded
from ankang_desktop.programme.asking import Need, Reached, Ref, Tally, least
from ankang_desktop.programme.choices import Choices, Closing
from ankang_desktop.programme.duties import Duty, State
from ankang_desktop.programme.library import Library
from ankang_desktop.programme.windows import Span

TODAY = date(2026, 11, 21)
Fake = Callable[..., Any]


def one(duties: tuple[Duty, ...], ident: str) -> Duty:
    (found,) = [duty for duty in duties if duty.ident == ident]
    return found


def ref(day: date, number: int = 1) -> Ref:
    return Ref("submission", number, day)


def test_t18_the_calendar_on_saturday_21_november(library: Library, proofs: Fake) -> None:
    assert TODAY.strftime("%a") == "Sat"
    choices = Choices(switched={"C-27": True})
    duties = agenda(library, choices, proofs(), 2026, TODAY)

    submission = one(duties, "C-26@2026-01-01")
    assert submission.days_left == 24
    assert submission.reason.startswith("还差：")  # the days are told once, by days_left
    assert submission.reminders[0] == date(2026, 12, 1)
    assert submission.occurrence is not None
    assert submission.occurrence.end == date(2026, 12, 15)
    assert submission.sources[0].text.endswith("请于12月15日前报市总劳动和经济工作部")

    contract = one(duties, "C-22@2026-11-01")
    assert contract.state is State.OPEN
    assert contract.occurrence is not None
    assert contract.occurrence.end == date(2026, 12, 31)
    assert one(duties, "C-25@2026-11-15").state is State.OPEN

    december = one(duties, "C-27@2026-12-01")
    assert december.occurrence is not None
    assert december.occurrence.end == date(2026, 12, 25)

    july = one(duties, "C-27@2026-07-01")
    assert july.occurrence is not None
    assert july.occurrence.end == date(2026, 7, 25)
    assert july.occurrence.text == "2026年7月25日前"
    assert july.reminders[-1] == date(2026, 7, 24)


def test_t18_nothing_is_announced_before_its_day(library: Library, proofs: Fake) -> None:
    def announced(day: date) -> set[str]:
        return {duty.code for duty in reminded(agenda(library, Choices(), proofs(), 2026, day), day)}

    assert "C-26" not in announced(date(2026, 11, 30))
    assert "C-26" in announced(date(2026, 12, 1))
    assert "C-26" not in announced(date(2026, 12, 2))


@pytest.mark.parametrize(
    ("today", "state", "said"),
    [
        (date(2026, 7, 31), State.NOT_YET, "2026年8月1日开始"),
        (date(2026, 8, 1), State.OPEN, "还差："),
        (date(2026, 8, 23), State.OPEN, "还差："),
        (date(2026, 8, 24), State.NEAR, "还差："),
        (date(2026, 8, 31), State.NEAR, "还差："),
        (date(2026, 9, 1), State.OVERDUE, "已逾期1天；还差：十个一 0/10项"),
    ],
)
def test_states_by_date(library: Library, proofs: Fake, today: date, state: State, said: str) -> None:
    duty = one(agenda(library, Choices(), proofs(), 2026, today), "C-18@2026-08-01")
    assert duty.state is state
    assert said in duty.reason


def test_done_needs_every_need_with_complete_records(library: Library, proofs: Fake) -> None:
    half = proofs({"drill": Tally(2, 2, (ref(date(2026, 6, 1)),), "应急演练", "场")})
    drills = one(agenda(library, Choices(), half, 2026, TODAY), "C-31@2026-01-01")
    assert drills.state is State.OPEN
    assert "还差：teams_in_drills 0.0%/100.0%" in drills.reason
    assert "应急演练" not in drills.reason

    both = proofs({**half.answers, "teams_in_drills": Tally(Fraction(1), Fraction(1), (), "班组参演率")})
    drills = one(agenda(library, Choices(), both, 2026, TODAY), "C-31@2026-01-01")
    assert drills.state is State.DONE
    assert drills.reason == "应急演练 2/2场，班组参演率 100.0%/100.0%"
    assert drills.records == (ref(date(2026, 6, 1)),)


def test_reached_only_with_incomplete_records_is_not_done(library: Library, proofs: Fake) -> None:
    fake = proofs({"submission.subject:year_end": Tally(0, 1, (ref(date(2026, 12, 10)),), "材料报送", "份")})
    duty = one(agenda(library, Choices(), fake, 2026, date(2026, 12, 20)), "C-26@2026-01-01")
    assert duty.state is State.UNPROVEN
    assert "还差：材料报送 0/1份" in duty.reason


def test_a_report_sent_late_is_done_and_says_so(library: Library, proofs: Fake) -> None:
    def reason(day: date) -> str:
        fake = proofs({"submission.subject:year_end": Tally(1, 1, (ref(day),), "材料报送", "份")})
        duty = one(agenda(library, Choices(), fake, 2026, date(2026, 12, 20)), "C-26@2026-01-01")
        assert duty.state is State.DONE
        return duty.reason

    assert reason(date(2026, 12, 16)) == "材料报送 1/1份（逾期后补办）"
    assert reason(date(2026, 12, 15)) == "材料报送 1/1份"


def test_what_depends_on_the_upper_union_never_is_overdue(library: Library, proofs: Fake) -> None:
    duty = one(agenda(library, Choices(), proofs(), 2026, TODAY), "C-08@2026-01-14")
    assert duty.state is State.NOT_APPLICABLE
    assert "没有上级到访的登记" in duty.reason


def test_event_driven_duties_are_anytime_and_last(library: Library, proofs: Fake) -> None:
    fake = proofs({"hazard": Tally(3, 4, (), "隐患", "条")})
    duties = agenda(library, Choices(), fake, 2026, TODAY)
    weather = one(duties, "C-38@2026")
    assert (weather.state, weather.days_left, weather.occurrence, weather.reminders) == (State.ANYTIME, None, None, ())
    assert "隐患 3条" in weather.reason
    assert weather.reason.endswith("有记录材料不全")
    assert [duty.code for duty in duties[-2:]] == ["C-06", "C-38"]


def test_a_share_of_nothing_is_not_held_against_the_officer(library: Library, proofs: Fake) -> None:
    fake = proofs({"hot_days_adjusted": Tally(0, 0, (), "高温日作业调整", applies=False)})

    def heat(today: date) -> Duty:
        return one(agenda(library, Choices(), fake, 2026, today), "C-16@2026-06-01")

    assert (heat(date(2026, 7, 1)).state, heat(date(2026, 7, 1)).reason) == (
        State.OPEN,
        "高温日作业调整 不涉及",
    )
    assert (heat(TODAY).state, heat(TODAY).reason) == (State.NOT_APPLICABLE, "本期高温日作业调整 不涉及")


def test_what_does_not_apply_lacks_nothing_beside_what_does(library: Library, proofs: Fake) -> None:
    nobody = Tally(0, 0, (), "高温岗位覆盖率", applies=False)
    fake = proofs({"heat_care": Tally(1, 1, (), "送清凉", "场"), "heat_exposed_covered": nobody})
    duty = one(agenda(library, Choices(), fake, 2026, TODAY), "C-15@2026-07-01")
    assert (duty.state, duty.reason) == (State.DONE, "送清凉 1/1场，高温岗位覆盖率 不涉及")


def test_a_duty_without_needs_is_left_to_the_hand(library: Library, proofs: Fake) -> None:
    duties = agenda(library, Choices(switched={"S0-41": True, "S0-45": True}), proofs(), 2026, TODAY)
    duty = one(duties, "S0-45@2026-11-01")
    assert duty.state is State.OPEN
    assert "请手工办结" in duty.reason


def test_moving_feasts_are_entered_by_the_officer(library: Library, proofs: Fake) -> None:
    feasts = (Span(date(2026, 2, 15), date(2026, 2, 23)), Span(date(2026, 3, 4), date(2026, 3, 12)))
    duties = agenda(library, Choices(dates={"C-06@2026": feasts}), proofs(), 2026, date(2026, 2, 20))
    watch = [duty for duty in duties if duty.code == "C-06"]
    unset = one(agenda(library, Choices(), proofs(), 2026, date(2026, 2, 20)), "C-06@2026")
    assert unset.reason == "没有固定日期，请录入今年的起止日期"
    assert [(duty.ident, duty.state) for duty in watch] == [
        ("C-06@2026-02-15", State.NEAR),
        ("C-06@2026-03-04", State.NOT_YET),
    ]


def test_moved_dates_and_a_moved_monthly_day(library: Library, proofs: Fake) -> None:
    choices = Choices(
        switched={"C-27": True},
        when={"C-27": "M:20"},
        dates={"C-15@2026": (Span(date(2026, 7, 10), date(2026, 9, 10)),)},
        titles={"C-15": "夏送清凉"},
    )
    duties = agenda(library, choices, proofs(), 2026, TODAY)
    assert [duty.occurrence.end.day for duty in duties if duty.code == "C-27" and duty.occurrence] == [20] * 12
    assert one(duties, "C-15@2026-07-10").title == "夏送清凉"
    assert "C-15@2026-07-01" not in {duty.ident for duty in duties}


def test_wrapping_winter_check_appears_twice_and_is_asked_over_its_own_days(library: Library, proofs: Fake) -> None:
    fake = proofs()
    duties = agenda(library, Choices(), fake, 2026, TODAY)
    assert one(duties, "C-07@2025-11-15").state is State.OVERDUE
    assert one(duties, "C-07@2026-11-15").state is State.OPEN
    asked = [(start, end) for need, start, end in fake.asked if need.name == "inspection.kind:winter_heating"]
    assert asked == [(date(2025, 11, 15), date(2026, 3, 15)), (date(2026, 11, 15), date(2027, 3, 15))]


def test_not_applicable_and_closed_by_hand(library: Library, proofs: Fake) -> None:
    closing = Closing(date(2026, 5, 30), "总结原件在3盒5号", Ref("document", 9))
    choices = Choices(
        not_applicable={"C-13": "本企业由园区统一设置", "C-28@2026-02-01": "全厂停产检修"},
        closed={"C-10@2026-01-01": closing},
    )
    fake = proofs()
    duties = agenda(library, choices, fake, 2026, TODAY)
    assert one(duties, "C-13@2026-01-01").reason == "不适用：本企业由园区统一设置"
    assert one(duties, "C-28@2026-02-01").state is State.NOT_APPLICABLE
    assert one(duties, "C-28@2026-03-01").state is State.OVERDUE
    by_hand = one(duties, "C-10@2026-01-01")
    assert by_hand.state is State.DONE
    assert "总结原件在3盒5号" in by_hand.reason
    assert by_hand.records == (Ref("document", 9),)
    assert not by_hand.reminds_on(by_hand.reminders[0])
    assert "submission.subject:campaign_summary" not in {need.name for need, _, _ in fake.asked}


def test_closing_by_hand_wants_a_proof() -> None:
    with pytest.raises(UserError, match="缺少凭证"):
        Closing(TODAY, "  ")


def test_templates_default_and_notices_are_switched_on(library: Library, proofs: Fake) -> None:
    default = {duty.code for duty in agenda(library, Choices(), proofs(), 2026, TODAY)}
    assert default == {f"C-{number:02d}" for number in range(1, 40)} - {"C-27"}

    choices = Choices(notices=frozenset({"jiaozuo_2023"}), switched={"C-11": False, "S4-14": False})
    duties = agenda(library, choices, proofs(), 2026, TODAY)
    codes = {duty.code for duty in duties}
    assert {"S4-01", "S4-58"} <= codes
    assert codes.isdisjoint({"C-11", "S4-14", "S4-02", "S0-01"})
    assert one(duties, "S4-58@2026-01-01").origin == "焦作2023"
    assert one(duties, "S4-58@2026-01-01").sources[0].code == "S4-58"


def test_monthly_and_quarterly_duties_come_once_a_period(library: Library, proofs: Fake) -> None:
    duties = agenda(library, Choices(), proofs(), 2026, TODAY)
    assert sum(duty.code == "C-29" for duty in duties) == 12
    assert sum(duty.code == "C-30" for duty in duties) == 4


def test_each_need_is_asked_once_over_the_same_days(library: Library, proofs: Fake) -> None:
    fake = proofs()
    agenda(library, Choices(notices=frozenset(library.notices)), fake, 2026, TODAY)
    assert len(fake.asked) == len(set(fake.asked))
    assert all(not need.set for need, _, _ in fake.asked)
    assert all(start <= TODAY for _, start, _ in fake.asked)


def test_sets_count_their_items(library: Library, proofs: Fake) -> None:
    items = library.sets["ten_ones"].items
    fake = proofs({item.need.name: Tally(1, 1) for item in items[:7]} | {items[7].need.name: Tally(0, 1)})
    duty = one(agenda(library, Choices(), fake, 2026, date(2026, 8, 10)), "C-18@2026-08-01")
    (progress,) = duty.progress
    assert (progress.tally.complete, progress.tally.recorded, progress.text) == (7, 8, "十个一 7/10项")


def test_kept_counts_what_was_due(library: Library, proofs: Fake) -> None:
    choices = Choices(closed={"C-10@2026-01-01": Closing(date(2026, 5, 30), "回执")})
    duties = agenda(library, choices, proofs(), 2026, date(2026, 5, 31))
    done, due = kept(duties, date(2026, 5, 31))
    assert done == 1
    assert due == sum(
        duty.occurrence is not None
        and duty.occurrence.end <= date(2026, 5, 31)
        and duty.state is not State.NOT_APPLICABLE
        for duty in duties
    )


def test_least_joins_months() -> None:
    months = [Tally(2, 3, (ref(TODAY, 1),), "巡查", "次"), Tally(0, 1, (ref(TODAY, 2),), "巡查", "次")]
    joined = least(months)
    assert (joined.complete, joined.recorded, len(joined.records), joined.label) == (0, 1, 2, "巡查")
    assert least([]) == Tally(0, 0, applies=False)
    assert Reached(Need(counter="inspection", per="month"), joined).text == "每月巡查 0/1次"
    activities = Tally(0, 0, label="班组安全活动", unit="场")
    assert Reached(Need(counter="team_activity", per="team"), activities).text == "每班组安全活动 0/1场"
