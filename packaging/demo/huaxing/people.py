"""The roster: 240 people in service, 60 of them women, in 12 teams of 4 workshops and an office, on 30 posts.

Names are made of common surnames and given names in fixed steps; nobody is meant.
"""
# ruff: noqa: E501 - one record a line

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from ankang_desktop.ledgers.enterprise.people import Category, Employment, Sex
from huaxing.book import day

# fmt: off
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
# fmt: on
MEN = (
    *(
        "守田",
        "启航",
        "立军",
        "广平",
        "振山",
        "德顺",
        "学礼",
        "长河",
        "金柱",
        "永昌",
        "树林",
        "继业",
        "宝山",
        "世杰",
        "福来",
    ),
    *(
        "明远",
        "庆丰",
        "春生",
        "志坚",
        "大伟",
        "新民",
        "国栋",
        "海波",
        "少华",
        "连胜",
        "文斌",
        "俊峰",
        "玉成",
        "承志",
        "万里",
    ),
    *("铁生", "双喜", "东升", "向前", "兴旺", "家乐", "冬阳", "秋实", "小川", "松涛", "根发", "来福", "友谊"),
)
WOMEN = (
    *(
        "秀云",
        "桂兰",
        "春梅",
        "丽娟",
        "晓燕",
        "雪芹",
        "红霞",
        "玉洁",
        "巧玲",
        "爱莲",
        "静怡",
        "小雨",
        "美凤",
        "淑珍",
        "佳慧",
    ),
    *("青青", "月华", "慧敏", "彩虹"),
)

# workshop: team: (post, people, women among them)
TEAMS: dict[str, dict[str, tuple[tuple[str, int, int], ...]]] = {
    "机加车间": {
        "车工班": (("车工", 22, 5), ("机加检验员", 2, 2)),
        "铣磨班": (("铣工", 12, 3), ("磨工", 10, 2)),
        "数控班": (("数控操作工", 18, 7), ("机加检验员", 2, 1)),
    },
    "铸造车间": {
        "造型班": (("造型工", 16, 1), ("天车工", 4, 2)),
        "熔炼班": (("熔炼工", 10, 0), ("浇注工", 10, 0)),
        "清理班": (("清理工", 8, 0), ("天车工", 4, 2)),
    },
    "焊装车间": {
        "下料班": (("下料工", 12, 2),),
        "焊接班": (("电焊工", 12, 2), ("打磨工", 6, 0)),
        "装配班": (("装配工", 20, 11), ("喷漆工", 4, 0)),
    },
    "动力保障车间": {
        "维修班": (("维修钳工", 8, 0), ("电工", 3, 0)),
        "动力班": (("司炉工", 4, 0), ("电工", 3, 0)),
        "物流班": (("叉车司机", 6, 0), ("装卸工", 10, 0), ("仓库保管员", 6, 5)),
    },
}
OFFICE: tuple[tuple[str, int, int], ...] = (
    ("厂长", 1, 0),
    ("副厂长", 2, 1),
    ("工会主席", 1, 0),
    ("安全管理员", 2, 1),
    ("技术员", 8, 3),
    ("财务人员", 4, 3),
    ("人事文员", 3, 3),
    ("采购销售员", 4, 2),
    ("行政后勤", 3, 2),
)
EXPOSED = {
    "熔炼工": "高温、矽尘",
    "清理工": "矽尘、噪声",
    "电焊工": "电焊烟尘、紫外辐射",
    "喷漆工": "苯系物",
    "打磨工": "粉尘、手传振动",
}
HEAT = {"造型工", "熔炼工", "浇注工", "清理工", "天车工", "电焊工", "司炉工", "叉车司机", "装卸工", "电工"}
FORBIDDEN_TO_WOMEN = {"熔炼工", "浇注工", "装卸工"}
SPECIAL_WORK = {"电焊工": "焊接与热切割作业", "电工": "低压电工作业"}
SPECIAL_EQUIPMENT = {"天车工": "起重机作业", "叉车司机": "叉车作业", "司炉工": "锅炉作业"}
JOINED_2026 = {("熔炼工", 9), ("清理工", 7), ("电焊工", 10), ("电焊工", 11), ("喷漆工", 3), ("打磨工", 5)}
JOINED_2026_ON = day(2, 24)


@dataclass(frozen=True)
class Person:
    """One person of the roster."""

    code: str
    name: str
    sex: Sex
    post: str
    team: str | None
    workshop: str | None
    joined_on: date
    left_on: date | None = None
    employment: Employment = Employment.contract
    categories: tuple[Category, ...] = ()
    inducted_on: tuple[date | None, date | None, date | None] = (None, None, None)


class Staff:
    """Everyone, in the order of their numbers."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people
        self._names = Counter(person.name for person in people)

    @property
    def in_service(self) -> list[Person]:
        """Those who have not left."""
        return [person for person in self.people if person.left_on is None]

    def ref(self, person: Person) -> str:
        """Return how a cell names a person: by name, with the number where two are called so."""
        return person.name if self._names[person.name] == 1 else f"{person.name}({person.code})"

    def refs(self, people: list[Person]) -> tuple[str, ...]:
        """Return how cells name people."""
        return tuple(map(self.ref, people))

    def team(self, name: str) -> list[Person]:
        """Return the people of a team."""
        return [person for person in self.in_service if person.team == name]

    def on_post(self, *posts: str) -> list[Person]:
        """Return the people on posts."""
        return [person for person in self.in_service if person.post in posts]

    def holder(self, post: str, place: int = 0) -> str:
        """Return how the first, second … holder of a post is named."""
        return self.ref(self.on_post(post)[place])

    def leader(self, team: str) -> str:
        """Return who leads a team: its senior man or woman."""
        return self.ref(self.team(team)[0])

    def safety_person(self, team: str) -> str:
        """Return who looks after safety in a team."""
        return self.ref(self.team(team)[1])

    def inspector(self, team: str) -> str:
        """Return the union's inspector in a team."""
        return self.ref(self.team(team)[2])

    def head(self, workshop: str) -> str:
        """Return who heads a workshop: the leader of its first team."""
        return self.leader(next(iter(TEAMS[workshop])))


def team_names() -> list[str]:
    """Return the twelve teams in order."""
    return [team for teams in TEAMS.values() for team in teams]


def hire() -> Staff:
    """Return the roster: those in service, then the four who left this year."""
    places = [(None, None, group) for group in OFFICE] + [
        (workshop, team, group)
        for workshop, teams in TEAMS.items()
        for team, groups in teams.items()
        for group in groups
    ]
    people: list[Person] = []
    on_post: Counter[str] = Counter()
    for workshop, team, (post, number, women) in places:
        for place in range(number):
            is_woman = place >= number - women
            people.append(_person(len(people), post, on_post[post], team, workshop, is_woman=is_woman))
            on_post[post] += 1
    return Staff(people + _leavers(len(people)))


def _person(serial: int, post: str, place: int, team: str | None, workshop: str | None, *, is_woman: bool) -> Person:
    is_new = (post, place) in JOINED_2026
    joined = JOINED_2026_ON if is_new else day(1, 5, 2003) + timedelta(days=(serial * 53 + place * 211) % 8100)
    return Person(
        code=f"{serial + 1:04d}",
        name=_name(serial, is_woman=is_woman),
        sex=Sex.female if is_woman else Sex.male,
        post=post,
        team=team,
        workshop=workshop,
        joined_on=joined,
        employment=_employment(post, place),
        categories=_categories(post, team, serial),
        inducted_on=_induction(joined, place) if joined.year >= 2024 else (None, None, None),
    )


def _name(serial: int, *, is_woman: bool) -> str:
    if serial == 143:
        return _name(71, is_woman=False)  # two are called alike, as in every roster: cells then add the number
    given = WOMEN if is_woman else MEN
    return SURNAMES[serial * 11 % len(SURNAMES)] + given[(serial * 7 + serial // len(SURNAMES)) % len(given)]


def _employment(post: str, place: int) -> Employment:
    if post == "装卸工" or (post == "浇注工" and place >= 6):
        return Employment.dispatched
    return Employment.intern if (post, place) in {("数控操作工", 16), ("数控操作工", 17)} else Employment.contract


def _categories(post: str, team: str | None, serial: int) -> tuple[Category, ...]:
    if post == "安全管理员":
        return (Category.manager, Category.safety_manager)
    if team is None:
        return (Category.manager,) if post in {"厂长", "副厂长", "工会主席"} else ()
    return (Category.frontline, Category.migrant) if serial % 3 == 0 else (Category.frontline,)


def _induction(joined: date, place: int) -> tuple[date | None, date | None, date | None]:
    level_three = None if joined == JOINED_2026_ON and place == 5 else joined + timedelta(days=3)  # one was forgotten
    return joined, joined + timedelta(days=1), level_three


def _leavers(serial: int) -> list[Person]:
    gone = (
        ("清理工", "清理班", "铸造车间", day(8, 31), "郝大树"),
        ("电焊工", "焊接班", "焊装车间", day(5, 29), "段来顺"),
        ("打磨工", "焊接班", "焊装车间", day(9, 30), "尹长青"),
        ("装配工", "装配班", "焊装车间", day(3, 31), "龚喜梅"),
    )
    return [
        Person(
            code=f"{serial + place + 1:04d}",
            name=name,
            sex=Sex.female if name.endswith("梅") else Sex.male,
            post=post,
            team=team,
            workshop=workshop,
            joined_on=day(3, 2 + place, 2015 + place),
            left_on=left,
            categories=(Category.frontline,),
        )
        for place, (post, team, workshop, left, name) in enumerate(gone)
    ]
