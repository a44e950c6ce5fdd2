"""Inspections of the year: six checks, winter heating, patrols, outsourcing, occupational health."""

from __future__ import annotations

from datetime import date
from typing import Any

from ankang_desktop.ledgers.inspections import CheckItem, CheckResult, Scope
from ankang_desktop.ledgers.inspections import InspectionKind as Kind
from ankang_desktop.ledgers.vocabulary import Campaign, Domain
from huaxing.book import Book, day
from huaxing.demo import Demo, at
from huaxing.people import TEAMS, Staff

SAFE, BOTH = (Domain.safety,), (Domain.safety, Domain.occupational_health)
SIX = list(CheckItem)[:6]
WINTER = list(CheckItem)[6:10]
NO_SIX_CHECKS_IN = 4  # April was forgotten


def write(demo: Demo) -> None:
    """Write the inspections in the order of their days, so that their numbers follow the year."""
    staff = demo.staff
    plans = [*_monthly(staff), *_winter(staff), *_others(staff), *_outsourcing(staff)]
    book = demo.book("inspection")
    for values, lines in sorted(plans, key=lambda plan: (plan[0]["checked_on"], plan[0]["kind"].name)):
        number = book.add(values, checks=lines)
        _photo(demo, number, values)


Plan = tuple[dict[str, Any], list[dict[str, object]]]


def _plan(staff: Staff, when: date, kind: Kind, place: str, findings: str, **more: object) -> Plan:
    leader = staff.holder("行政后勤") if kind is not Kind.joint else staff.holder("安全管理员")
    with_whom = (staff.holder("安全管理员", 1), staff.holder("工会主席"))
    values: dict[str, Any] = {"checked_on": when, "kind": kind, "place": place, "domains": SAFE, "leader": leader}
    values |= {"inspectors": with_whom, "findings": findings, "box": "13", "page": f"{when.month}-{when.day}"}
    return values | more, []


def _lines(items: list[CheckItem], faulty: int, note: str) -> list[dict[str, object]]:
    return [
        {
            "item": item,
            "result": CheckResult.faulty if place == faulty else CheckResult.fine,
            "problems": 2 if place == faulty else 0,
            "note": note if place == faulty else None,
        }
        for place, item in enumerate(items)
    ]


def _monthly(staff: Staff) -> list[Plan]:
    plans = []
    workshops = list(TEAMS)
    for month in (each for each in range(1, 12) if each != NO_SIX_CHECKS_IN):
        workshop = workshops[month % 4]
        when = day(month, 6 + month % 3)
        values, _ = _plan(staff, when, Kind.six_checks, workshop, f"{workshop}“六查”，问题已现场交办并登记隐患台账")
        values |= {"workshop": workshop, "found": 1 + month % 2}
        if month == 6:
            values["campaigns"] = (Campaign.safety_month,)
        plans.append((values, _lines(SIX, month % 6, "见隐患台账")))
    return plans


def _winter(staff: Staff) -> list[Plan]:
    plans = []
    for month, number in ((1, 21), (2, 10), (3, 11), (11, 17)):
        place = "锅炉房、食堂、宿舍"
        values, _ = _plan(staff, day(month, number), Kind.winter_heating, place, "取暖和燃气设施逐项检查")
        lines = _lines(WINTER, 1 if month == 2 else 9, "阀门法兰轻微泄漏，已停用检修")
        lines[0] |= {"result": CheckResult.absent, "note": "厂内无燃煤锅炉，为燃气锅炉"}
        plans.append((values | {"found": 1 if month == 2 else 0}, lines))
    return plans


def _others(staff: Staff) -> list[Plan]:
    month = (Campaign.safety_month,)
    patrol, people = Kind.inspector_patrol, Kind.representative_patrol
    return [
        _plan(staff, day(2, 17), Kind.watch, "全厂", "春节值守检查：门卫、配电、消防水压正常"),
        _plan(
            staff,
            day(2, 26),
            Kind.occ_health,
            "清理工段、焊接工段",
            "局部通风和口罩佩戴检查，提出意见2条",
            domains=(Domain.occupational_health,),
            found=2,
        ),
        _plan(
            staff,
            day(3, 16),
            Kind.five_points,
            "全厂",
            "对照督导五个重点自查，问题5项已列清单",
            found=2,
            box=None,
            page=None,
        ),
        _plan(
            staff,
            day(4, 22),
            Kind.special,
            "铸造车间",
            "重大事故隐患专项排查：起重、熔炼、有限空间",
            campaigns=(Campaign.special_rectification,),
            found=2,
        ),
        _plan(staff, day(5, 13), people, "机加车间", "职工代表巡查", representatives=6, found=1),
        _plan(
            staff,
            day(6, 4),
            Kind.special,
            "全厂",
            "厂长带队排查重大事故隐患",
            campaigns=month,
            leader=staff.holder("厂长"),
            found=1,
            box=None,
            page=None,
        ),
        _plan(staff, day(7, 9), Kind.extreme_weather, "屋面、排水、料棚", "强降雨前检查，疏通排水沟2处", found=0),
        _plan(
            staff,
            day(7, 22),
            Kind.team_mutual_check,
            "车工班与数控班互查",
            "互查发现问题3条",
            by_union=False,
            found=1,
            headcount=8,
        ),
        _plan(staff, day(8, 13), patrol, "焊装车间", "检查员巡查：气瓶、动火票、通风", found=2),
        _plan(
            staff,
            day(8, 19),
            Kind.occ_health,
            "喷漆房、打磨间",
            "工会职业卫生监督检查，提出意见3条",
            domains=(Domain.occupational_health,),
            found=1,
            box=None,
            page=None,
        ),
        _plan(staff, day(9, 3), Kind.joint, "全厂", "配合消防救援机构联合检查", by_union=False, found=1),
        _plan(staff, day(9, 15), patrol, "动力保障车间", "检查员巡查：配电、空压、叉车", found=1),
        _plan(staff, day(9, 24), people, "铸造车间", "职工代表巡查", representatives=7, found=1, domains=BOTH),
        _plan(staff, day(10, 14), patrol, "机加车间", "检查员巡查：防护罩、联锁、照明", found=1),
        _plan(
            staff, day(11, 10), Kind.extreme_weather, "室外管线", "寒潮前检查，补保温3处", found=0, box=None, page=None
        ),
    ]


def _outsourcing(staff: Staff) -> list[Plan]:
    month = (Campaign.safety_month,)
    action = _plan(
        staff,
        day(6, 22),
        Kind.outsourcing,
        "全厂外包外租",
        "外包外租大排查",
        campaigns=month,
        scope=Scope.action,
        headcount=9,
        found=1,
        inspectors=None,
    )
    projects = ("食堂承包", "厂房屋面维修", "物流运输外包", "南侧闲置厂房出租")
    return [
        action,
        *(
            _plan(
                staff,
                day(6, 22 + place),
                Kind.outsourcing,
                project,
                "资质、协议、现场逐项核查",
                campaigns=month,
                scope=Scope.project,
                project=project,
            )
            for place, project in enumerate(projects, 1)
        ),
    ]


def _photo(demo: Demo, number: str, values: dict[str, Any]) -> None:
    shots = {
        (Kind.five_points, 3): ("sign_in", "督导五点自查表", at(3, 16, 17, 10), "scan"),
        (Kind.special, 6): ("patrol", "厂长带队排查重大事故隐患", at(6, 4, 10, 15, 22), "phone"),
        (Kind.occ_health, 8): ("patrol", "工会职业卫生监督检查", at(8, 19, 9, 44, 8), "phone"),
        (Kind.outsourcing, 6): ("roof", "外包屋面维修项目检查", at(6, 24, 10, 30, 5), "phone"),
        (Kind.joint, 9): ("extinguisher", "消防联合检查", at(9, 3, 15, 1, 17), "phone"),
        (Kind.extreme_weather, 7): ("rain", "强降雨前检查排水", at(7, 9, 16, 12, 40), "wechat"),
    }
    when, kind = values["checked_on"], values["kind"]
    if (kind is Kind.outsourcing and values["place"] != "厂房屋面维修") or (kind, when.month) not in shots:
        return
    scene, caption, taken_at, style = shots[kind, when.month]
    demo.photo(scene, caption, taken_at, number, style=style)


def number_on(book: Book, when: date, kind: Kind) -> str | None:
    """Return the number of the inspection of a kind on a day; None where there was none."""
    held = (row["number"] for row in book.rows if (row["checked_on"], row["kind"]) == (when, kind))
    return next(held, None)
