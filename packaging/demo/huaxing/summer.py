"""The summer: goods, visits with every issue, the heat log, the allowance."""

from __future__ import annotations

from datetime import date, timedelta

from ankang_desktop.ledgers.heat_care import FundSource, Give, Recipient
from huaxing.book import day
from huaxing.demo import Demo, at
from huaxing.people import HEAT, Person

GOODS: tuple[tuple[object, ...], ...] = (
    ("矿泉水", "24瓶/箱", "箱", 26, 260, day(6, 30), "演票-0601", day(6, 1, 2027)),
    ("绿豆", "1千克", "袋", 9.5, 200, day(6, 30), "演票-0602", day(5, 20, 2027)),
    ("藿香正气水", "10支/盒", "盒", 12, 120, day(7, 1), "演票-0603", day(3, 1, 2028)),
    ("毛巾", "纯棉", "条", 8, 120, day(7, 1), "演票-0604", None),
    ("清凉油", "3克", "盒", 2.5, 150, day(7, 1), "演票-0605", day(12, 1, 2028)),
)
MAXIMA = {  # days that were 35 ℃ or more; the others follow the season
    **{day(6, number): 35.0 + number % 3 * 0.6 for number in (24, 25, 29)},
    **{
        day(7, number): value for number, value in ((3, 35.5), (4, 36.2), (5, 36.8), (12, 37.0), (13, 38.2), (14, 37.6))
    },
    **{
        day(7, number): value
        for number, value in ((15, 35.4), (22, 36.1), (23, 37.5), (24, 40.0), (25, 36.4), (28, 35.2))
    },
    **{day(8, number): value for number, value in ((2, 35.8), (3, 35.0), (9, 36.0), (10, 35.3))},
}
OVERTIME, UNADJUSTED = day(8, 3), day(8, 10)


def write(demo: Demo) -> None:
    """Write goods, visits, heat log and allowances."""
    _supplies(demo)
    _visits(demo)
    _heat_log(demo)
    _allowances(demo)


def _supplies(demo: Demo) -> None:
    numbers = demo.book("supply").table("name spec unit price quantity received_on invoice best_before", GOODS)
    demo.photo("water", "送清凉物资入库", at(7, 1, 16, 20, 5), *numbers)


def _visits(demo: Demo) -> None:
    staff, book = demo.staff, demo.book("heat_care")
    hot = staff.on_post(*HEAT)
    covered = [each for each in hot if each.post != "电工"] + [each for each in hot if each.post == "电工"][:1]
    foundry = [each for each in covered if each.workshop == "铸造车间"]
    others = [each for each in covered if each.workshop != "铸造车间"]
    union = (FundSource.union,)
    first = {
        "held_on": day(7, 10),
        "place": "铸造车间",
        "leader_joined": True,
        "gives": (Give.supplies, Give.policy),
        "recipients": (Recipient.high_temperature, Recipient.migrant),
        "fund_sources": union,
        "amount": 2730,
    }
    number = book.add(first, issues=_issues(demo, foundry, ("矿泉水", "毛巾")))
    demo.photo("water", "慰问铸造车间高温岗位", at(7, 10, 9, 40, 18), number)
    demo.photo("sign_in", "送清凉物资签领表（铸造车间）", at(7, 10, 11, 15), number, style="scan")
    second = first | {
        "held_on": day(7, 17),
        "place": "焊装车间、动力保障车间",
        "gives": (Give.supplies, Give.health_training),
        "recipients": (Recipient.high_temperature, Recipient.outdoor),
        "fund_sources": (FundSource.union, FundSource.enterprise),
        "amount": 1980,
    }
    number = book.add(second, issues=_issues(demo, others, ("矿泉水", "清凉油")))
    demo.photo("water", "慰问焊装和物流岗位", at(7, 17, 10, 2, 51), number, style="wechat")
    third = {"held_on": day(8, 6), "place": "南门外驿站", "gives": (Give.supplies, Give.legal_aid, Give.medical_check)}
    third |= {"recipients": (Recipient.new_form, Recipient.outdoor), "fund_sources": union, "amount": 860}
    groups = [("矿泉水", "快递、外卖骑手", 30), ("藿香正气水", "环卫工", 20), ("毛巾", "屋面维修外包人员", 12)]
    lines = [{"supply": supply, "group": group, "quantity": quantity} for supply, group, quantity in groups]
    number = book.add(third | {"leader_joined": False}, issues=lines)
    demo.photo("station", "驿站慰问户外劳动者", at(8, 6, 15, 30, 9), number)
    fourth = {
        "held_on": day(8, 20),
        "place": "全厂高温岗位",
        "gives": (Give.supplies,),
        "headcount": 85,
        "amount": 1700,
    }
    book.add(fourth | {"recipients": (Recipient.high_temperature,), "fund_sources": union})  # the list was not kept


def _issues(demo: Demo, people: list[Person], goods: tuple[str, ...]) -> list[dict[str, object]]:
    return [
        {"supply": supply, "person": demo.staff.ref(person), "quantity": 1, "proxy": _proxy(place)}
        for place, person in enumerate(people)
        for supply in goods
    ]


def _proxy(place: int) -> str | None:
    return "同班工友" if place % 29 == 11 else None


def _heat_log(demo: Demo) -> None:
    checker, source = demo.staff.holder("安全管理员", 1), "市气象台"
    rows = []
    for when in (day(6, 15) + timedelta(days=passed) for passed in range(78)):
        maximum = MAXIMA.get(when, 28 + (when.day * 7 + when.month) % 6 + 0.5)
        is_hot, is_hotter = maximum >= 35, maximum >= 37
        hours = 0 if maximum >= 40 else 5 if is_hotter else 6 if is_hot else 8
        rested = True if is_hotter else None
        overtime = (when == OVERTIME) if is_hot else None
        rows.append(
            (when, maximum, source, hours, overtime, rested, _adjustment(when, maximum), checker if is_hot else None, 0)
        )
    keys = "logged_on forecast source outdoor_hours overtime rested_at_noon adjustment checker heatstroke_cases"
    numbers = demo.book("heat_log").table(keys, rows)
    demo.photo("thermometer", "高温日岗位测温", at(7, 24, 13, 5, 27), numbers[(day(7, 24) - day(6, 15)).days])


def _adjustment(when: date, maximum: float) -> str | None:
    if maximum < 35 or when == UNADJUSTED:
        return None
    if maximum >= 40:
        return "停止当日户外作业"
    return "12—15时停止户外作业，早晚班错峰" if maximum >= 37 else "轮换作业，缩短连续作业时间"


def _allowances(demo: Demo) -> None:
    demo.book("heat_allowance").table(
        "month persons standard amount voucher box page",
        [
            (day(month, 1), persons, 200, persons * 200, f"演凭-{month:02d}31", "6", f"{80 + month}")
            for month, persons in ((6, 90), (7, 90), (8, 89), (9, 90))
        ],
    )
