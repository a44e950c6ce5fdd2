"""Occupational health: examinations, declarations, protective equipment, women's protection, hazard points."""
# ruff: noqa: E501 - one record a line

from __future__ import annotations

from datetime import date, timedelta

from ankang_desktop.ledgers.health import DeclarationKind, ExamKind, WomenAction
from ankang_desktop.ledgers.upper import LetterKind
from ankang_desktop.ledgers.vocabulary import Domain
from huaxing.book import day
from huaxing.demo import Demo, at
from huaxing.hazards import FIRST_MAJOR, SECOND_MAJOR
from huaxing.people import EXPOSED, JOINED_2026_ON, OFFICE, Person

HOSPITAL = "云岭市职业病防治医院（虚构）"


def write(demo: Demo) -> None:
    """Write hazard points, letters, examinations, declarations, equipment and women's protection."""
    _points(demo)
    _letters(demo)
    _exams(demo)
    _declarations(demo)
    _protection(demo)
    _women(demo)


def _points(demo: Demo) -> None:
    staff, occ, safe = demo.staff, Domain.occupational_health, Domain.safety
    # fmt: off
    demo.book("hazard_point").table(
        "name domain factor workshop place controls responsible listed_on checked_on",
        [
            ("熔炼炉高温点", occ, "高温、矽尘", "铸造车间", "熔炼工段", "隔热护板、岗位送风、轮换作业", staff.leader("熔炼班"), day(3, 6), day(9, 24)),
            ("清理工段粉尘点", occ, "矽尘、噪声", "铸造车间", "抛丸、打磨", "除尘罩、防尘口罩、耳塞", staff.leader("清理班"), day(3, 6), day(9, 24)),
            ("焊接烟尘点", occ, "电焊烟尘、紫外辐射", "焊装车间", "焊接工位", "移动净化臂、面罩", staff.leader("焊接班"), day(3, 6), day(8, 19)),
            ("喷漆房", occ, "苯系物", "焊装车间", "喷漆房", "排风联锁、防毒面具", staff.leader("装配班"), day(3, 6), day(10, 28)),
            ("打磨间", occ, "粉尘、手传振动、噪声", "焊装车间", "打磨间", "隔声帘、防振手套", staff.leader("焊接班"), day(3, 6), day(8, 19)),
            ("吊运熔融金属", safe, "灼烫、起重伤害", "铸造车间", "10吨起重机", "双制动、定检、警戒", staff.head("铸造车间"), day(5, 18), day(7, 8)),
            ("燃气锅炉房", safe, "火灾爆炸", "动力保障车间", "锅炉房", "报警器、通风、巡检", staff.leader("动力班"), day(3, 6), day(11, 17)),
        ],
    )
    # fmt: on


def _letters(demo: Demo) -> None:
    kinds = LetterKind
    hood, crane, booth = (
        demo.number("hazard", "description", what) for what in ("除尘罩口破损，抽风不足", FIRST_MAJOR, SECOND_MAJOR)
    )
    grinding = demo.number("hazard", "description", "打磨间噪声大，耳塞配备不足")
    # fmt: off
    numbers = demo.book("opinion_letter").table(
        "kind sent_on addressee content hazard reply_by replied_on reply box page",
        [
            (kinds.opinion, day(3, 2), "铸造车间", "清理工段除尘罩口破损，建议15日内更换软帘并测风速", hood, day(3, 12), day(3, 9), "已购软帘，3月10日更换", "13", "80"),
            (kinds.notice, day(5, 19), "厂部", "吊运熔融金属起重机属重大隐患，建议立即停用并报告", crane, day(5, 24), day(5, 22), "已停用，治理方案已批", "15", "3"),
            (kinds.urging, day(6, 8), "厂部", "请主要负责人落实第一责任人职责，按月带队检查", None, day(6, 18), day(6, 15), "列入月度计划", "13", "81"),
            (kinds.suggestion, day(8, 24), "焊装车间", "打磨间噪声大，建议加隔声帘并补发耳塞", grinding, day(9, 5), day(9, 11), "耳塞已补发，隔声帘9月下旬到货", None, None),
            (kinds.opinion, day(10, 29), "厂部", "喷漆房联锁失效属重大隐患，请停用并向职代会报告", booth, day(11, 8), None, None, "15", "28"),
        ],
    )
    # fmt: on
    demo.photo("paper", "工会隐患整改意见书（签收联）", at(3, 2, 16, 8), numbers[0], style="scan")


def _exams(demo: Demo) -> None:
    staff, book = demo.staff, demo.book("health_exam")
    exposed = staff.on_post(*EXPOSED)
    new = [each for each in exposed if each.joined_on == JOINED_2026_ON]
    old = [each for each in exposed if each.joined_on != JOINED_2026_ON]
    leaving = [each for each in staff.people if each.left_on and each.post in EXPOSED]
    exams = [(each, ExamKind.pre_job, day(2, 13)) for each in new]
    exams += [(each, ExamKind.in_service, day(5, 31)) for each in old]
    exams += [(each, ExamKind.leaving, each.left_on or day(1, 1)) for each in leaving]
    missed, untold = {old[11].code, leaving[-1].code}, {old[20].code, old[21].code}
    for place, (person, kind, due) in enumerate(exams):
        done = None if person.code in missed else due - timedelta(days=1 + place % 4)
        told = None if done is None or person.code in untold else done + timedelta(days=20)
        book.add(
            {
                "person": staff.ref(person),
                "factor": EXPOSED[person.post],
                "kind": kind,
                "due_on": due,
                "done_on": done,
                "institution": HOSPITAL if done else None,
                "notified_on": told,
            }
        )


def _declarations(demo: Demo) -> None:
    authority, factors = "东湖区卫生健康局", "矽尘、电焊烟尘、苯系物、噪声、高温"
    numbers = demo.book("occ_declaration").table(
        "kind declared_on authority receipt factors exposed box page",
        [
            (DeclarationKind.initial, day(6, 12, 2019), authority, "职申2019-0088", factors, 36, "4", "53"),
            (DeclarationKind.annual, day(10, 16, 2024), authority, "职申2024-0171", factors, 37, "4", "54"),
            (DeclarationKind.annual, day(10, 20, 2025), authority, "职申2025-0203", factors, 38, "4", "55"),
        ],
    )
    demo.photo("paper", "职业病危害项目申报年度更新回执", at(10, 20, 15, 30, 0, 2025), numbers[2], style="scan")


DUE: dict[str, tuple[tuple[str, int], ...]] = {
    "电焊工": (("焊接面罩", 12), ("防尘口罩", 1), ("焊工手套", 3)),
    "熔炼工": (("隔热服", 24), ("隔热面屏", 12), ("防尘口罩", 1)),
    "清理工": (("防尘口罩", 1), ("防噪耳塞", 3), ("防冲击眼镜", 12)),
    "打磨工": (("防尘口罩", 1), ("防振手套", 3), ("防噪耳塞", 3)),
    "喷漆工": (("防毒面具", 24), ("滤毒盒", 1), ("防静电服", 12)),
    "浇注工": (("隔热服", 24), ("隔热面屏", 12)),
    "电工": (("绝缘鞋", 12), ("绝缘手套", 6)),
    "装卸工": (("防砸鞋", 12), ("安全帽", 30)),
    "天车工": (("安全帽", 30),),
    "叉车司机": (("安全带提示背心", 12), ("防砸鞋", 12)),
    "司炉工": (("隔热手套", 6),),
    "造型工": (("防尘口罩", 1), ("防砸鞋", 12)),
}
SHOP = (("工作服", 12), ("防冲击眼镜", 12))
STANDARDS = {
    "防尘口罩": "GB 2626",
    "安全帽": "GB 2811",
    "焊接面罩": "GB/T 3609",
    "防噪耳塞": "GB/T 31422",
    "防砸鞋": "GB 21148",
}


def _due(post: str) -> tuple[tuple[str, int], ...]:
    if post in {name for name, _, _ in OFFICE}:
        return ()
    return DUE.get(post, SHOP)


def _protection(demo: Demo) -> None:
    staff = demo.staff
    posts = dict.fromkeys(person.post for person in staff.in_service)
    rows = [(post, item, 1, cycle, STANDARDS.get(item)) for post in posts for item, cycle in _due(post)]
    demo.book("ppe_standard").table("post item quantity cycle_months standard", rows)
    issues = [
        (*_issue(cycle), staff.ref(person), item, 1, STANDARDS.get(item, "合格证"))
        for person in staff.in_service
        for item, cycle in _due(person.post)
        if not _was_forgotten(staff.in_service, person, item)
    ]
    issues.sort(key=lambda row: row[0])
    demo.book("ppe_issue").table("issued_on replace_on person item quantity certificate", issues)
    checkers = (staff.holder("安全管理员"), staff.holder("行政后勤"))
    numbers = demo.book("ppe_check").table(
        "checked_on checker sampled passed failed_items box page",
        [
            (day(2, 27), checkers[0], 40, 37, "口罩3只失效更换", "4", "60"),
            (day(5, 22), checkers[1], 36, 35, "防振手套1副更换", "4", "61"),
            (day(8, 21), checkers[0], 42, 40, "滤毒盒2个超期更换", None, None),
            (day(10, 30), checkers[1], 38, 38, None, None, None),
        ],
    )
    demo.photo("ppe", "防护用品佩戴抽查", at(8, 21, 9, 35, 52), numbers[2])


def _issue(cycle: int) -> tuple[date, date]:
    issued = {1: day(11, 2), 3: day(10, 9), 6: day(7, 6)}.get(cycle, day(3, 3) if cycle <= 12 else day(3, 4, 2025))
    month = issued.month - 1 + cycle
    return issued, date(issued.year + month // 12, month % 12 + 1, issued.day)


def _was_forgotten(people: list[Person], person: Person, item: str) -> bool:
    """Say whether one of four was overlooked at the counter."""
    return item in {"防砸鞋", "防振手套"} and people.index(person) % 37 == 0


def _women(demo: Demo) -> None:
    women = [each for each in demo.staff.in_service if each.sex.name == "female"]
    told = demo.staff.refs(women[:37] + women[39:])  # two were on leave that day
    numbers = demo.book("women_protection").table(
        "kind done_on headcount informed breaches notes box page",
        [
            (WomenAction.notice, day(3, 6), None, told, 0, "禁忌从事的劳动范围书面告知并签收", "5", "9-12"),
            (WomenAction.training, day(3, 8), 57, None, 0, "女职工保护政策和心理健康讲座", None, None),
            (WomenAction.facility, day(5, 11), None, None, 0, "爱心妈妈小屋启用，配冰箱、洗手池", None, None),
            (WomenAction.gynaecology, day(9, 14), 55, None, None, "两癌筛查统一组织，结果由本人自取", "5", "13"),
            (WomenAction.check, day(10, 19), 60, None, 0, "检查无安排女职工从事禁忌劳动", "5", "14"),
        ],
    )
    demo.photo("meeting", "女职工保护政策讲座", at(3, 8, 14, 6, 19), numbers[1])
    demo.photo("room", "爱心妈妈小屋", at(5, 11, 10, 52, 0), numbers[2], style="export")
