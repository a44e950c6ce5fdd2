"""The enterprise itself: profile, figures, workshops, teams, posts, roster, programmes followed."""

from __future__ import annotations

from datetime import timedelta

from ankang_desktop.ledgers.enterprise.profile import Ownership, Size
from ankang_desktop.ledgers.vocabulary import Channel
from huaxing.book import Book, day
from huaxing.demo import Demo
from huaxing.people import (
    EXPOSED,
    FORBIDDEN_TO_WOMEN,
    HEAT,
    OFFICE,
    SPECIAL_EQUIPMENT,
    SPECIAL_WORK,
    TEAMS,
    Person,
    Staff,
    team_names,
)

OPENED = day(3, 1, 2003)


def write(demo: Demo) -> None:
    """Write the books of the enterprise, in the order links need."""
    _profile(demo)
    demo.book("workshop").table("name valid_from", [(workshop, OPENED) for workshop in TEAMS])
    demo.book("team").table(
        "name workshop valid_from", [(team, workshop, OPENED) for workshop, teams in TEAMS.items() for team in teams]
    )
    _posts(demo)
    _roster(demo)
    _leaders(demo)
    demo.book("programme_choice").table(
        "programme since",
        [
            ("national_2020", day(1, 4)),
            ("shijiazhuang_2021", day(1, 4)),
            ("jiaozuo_2023", day(5, 25)),
        ],
    )


def _profile(demo: Demo) -> None:
    staff = demo.staff
    demo.book("profile").add(
        {
            "name": "华兴机械厂",
            "short_name": "华兴厂",
            "region": "云岭市东湖区",
            "industry": "通用设备制造业",
            "high_risk": False,
            "ownership": Ownership.non_public,
            "size": Size.small,
            "outdated": False,
            "labour_intensive": True,
            "migrant_concentrated": True,
            "union_founded_on": day(5, 1, 2004),
            "channel": Channel.territory,
            "upper_union": "云岭市总工会",
            "upper_department": "劳动和经济工作部",
            "principal": staff.holder("厂长"),
            "union_chair": staff.holder("工会主席"),
            "officer": staff.holder("行政后勤"),
            "remark": "演示单位：厂名、地名、人名和全部记录均为虚构",
        }
    )
    demo.book("yearly_figures").table(
        "figures_on staff women migrants exposed heat_exposed teams_entered staff_entered occ_disease_cases",
        [
            (day(12, 31, 2025), 238, 61, 74, 38, 88, 12, 226, 0),
            (day(10, 31), 240, 60, 71, 40, 90, 12, 236, 0),
        ],
    )


def _posts(demo: Demo) -> None:
    names = [post for post, _, _ in OFFICE]
    names += [post for teams in TEAMS.values() for groups in teams.values() for post, _, _ in groups]
    demo.book("post").table(
        "name exposed factors heat forbidden_to_women special_work duty_document",
        [
            (
                name,
                name in EXPOSED,
                EXPOSED.get(name),
                name in HEAT,
                name in FORBIDDEN_TO_WOMEN,
                name in SPECIAL_WORK,
                None if name in {"采购销售员", "装卸工"} else f"《岗位安全职责汇编》{place:02d}",  # two are unwritten
            )
            for place, name in enumerate(dict.fromkeys(names), 1)
        ],
    )


def _roster(demo: Demo) -> None:
    book = demo.book("employee")
    for person in demo.staff.people:
        company, workshop, team = person.inducted_on
        book.add(
            {
                "code": person.code,
                "name": person.name,
                "sex": person.sex,
                "team": person.team,
                "post": person.post,
                "joined_on": person.joined_on,
                "left_on": person.left_on,
                "employment": person.employment,
                "categories": person.categories or None,
                "induction_company_on": company,
                "induction_workshop_on": workshop,
                "induction_team_on": team,
            },
            certificates=_certificates(demo.staff, person),
        )


def _certificates(staff: Staff, person: Person) -> list[dict[str, object]]:
    kind = SPECIAL_WORK.get(person.post) or SPECIAL_EQUIPMENT.get(person.post)
    if kind is None or person.left_on:
        return []
    place = staff.on_post(person.post).index(person)
    until = day(3 + place % 9, 15, 2027 + place % 3)
    if person.post == "天车工" and place == 6:
        until = day(10, 15)  # one has run out, and nobody noticed yet
    if person.post == "电焊工" and place == 2:
        until = day(12, 20)
    review = until - timedelta(days=3 * 365) + timedelta(days=1095)
    return [{"kind": kind, "number": f"演证-{person.code}", "valid_until": until, "review_on": review}]


def _leaders(demo: Demo) -> None:
    staff = demo.staff
    heads: Book = demo.book("workshop", "车间（补负责人）", is_update=True)
    heads.table("name head", [(workshop, staff.head(workshop)) for workshop in TEAMS])
    leaders = demo.book("team", "班组（补班组长和安全员）", is_update=True)
    leaders.table(
        "name leader safety_person",
        [(team, staff.leader(team), None if team == "物流班" else staff.safety_person(team)) for team in team_names()],
    )
