"""Trainings with their sign-in sheets, contests, drills."""
# ruff: noqa: E501 - one record a line

from __future__ import annotations

from ankang_desktop.ledgers.drills import DrillForm, DrillKind, DrillPaper, Verdict
from ankang_desktop.ledgers.trainings import Audience, ContestCode, Mode
from ankang_desktop.ledgers.vocabulary import Campaign, Topic
from huaxing.book import Book, day
from huaxing.demo import Demo, at
from huaxing.people import EXPOSED, HEAT, JOINED_2026_ON, Person, Staff, team_names

ROOM = "二楼培训教室"


def never_trained(staff: Staff) -> set[str]:
    """Return the twelve whom no training reached yet: all sellers, two book-keepers, six dispatched porters."""
    missed = staff.on_post("采购销售员") + staff.on_post("财务人员")[2:] + staff.on_post("装卸工")[4:]
    return {person.code for person in missed}


def attendance(staff: Staff, people: list[Person], marked: int, absent: int = 0) -> list[dict[str, object]]:
    """Return a sign-in sheet: the last `absent` did not come, the first `marked` have a result."""
    rows: list[dict[str, object]] = []
    for place, person in enumerate(people):
        row: dict[str, object] = {"person": staff.ref(person)}
        if place >= len(people) - absent:
            row["present"] = False
        elif place < marked:
            row |= {"passed": place % 41 != 17, "score": 58 if place % 41 == 17 else 76 + place * 7 % 24}
        rows.append(row)
    return rows


def write(demo: Demo) -> None:
    """Write trainings, contests and drills."""
    _trainings(demo)
    _contests(demo)
    _drills(demo)


def _trainings(demo: Demo) -> None:
    staff, book = demo.staff, demo.book("training")
    missed = never_trained(staff)
    everyone = [each for each in staff.in_service if each.code not in missed]
    older = [each for each in everyone if each.joined_on < day(1, 1)]
    new = [each for each in everyone if each.joined_on == JOINED_2026_ON]
    exposed, welders = staff.on_post(*EXPOSED), staff.on_post("电焊工")
    hot = [each for each in staff.on_post(*HEAT) if each.code not in missed]
    leaders = [staff.team(team)[0] for team in team_names()]

    first = Session(
        book, "全员安全生产“开年第一课”", day(1, 12), 4, Audience.everyone, (Topic.post_duty, Topic.three_violations)
    )
    number = first.hold(demo, older, 118, box="8", page="1-20")
    demo.photo("classroom", "全员安全生产“开年第一课”", at(1, 12, 8, 40, 31), number)
    demo.photo("sign_in", "“开年第一课”签到表（第1页）", at(1, 12, 11, 30), number, style="scan")
    for place, (audience, level) in enumerate(
        (
            (Audience.induction_company, "公司级"),
            (Audience.induction_workshop, "车间级"),
            (Audience.induction_team, "班组级"),
        )
    ):
        people = new[:5] if place == 2 else new
        induct = Session(
            book,
            f"新员工三级安全教育（{level}）",
            day(2, 24 + place),
            8,
            audience,
            (Topic.post_duty, Topic.safety_skill),
        )
        number = induct.hold(demo, people, len(people), box="8", page=f"{21 + place * 2}-{22 + place * 2}")
    _spring(demo, book, exposed, leaders)
    hot_work = (Topic.hot_work, Topic.fire)
    for when, people, minute in ((day(6, 5), welders + staff.on_post("维修钳工")[:2], 2), (day(6, 19), welders, 14)):
        weld = Session(book, "电焊工等危险作业人员安全培训", when, 4, Audience.hazardous_work, hot_work)
        number = weld.hold(demo, people, len(people), campaigns=(Campaign.safety_month,))
        demo.photo("welding", "电焊工动火作业安全培训", at(6, when.day, 14, minute, 9), number)
    rescue = Session(
        book, "从业人员自救互救技能培训", day(6, 10), 3, Audience.frontline, (Topic.self_rescue, Topic.emergency)
    )
    number = rescue.hold(demo, _mixed(everyone, 60, 4), 60, campaigns=(Campaign.safety_month,))
    demo.photo("first_aid", "心肺复苏和止血包扎实操", at(6, 10, 15, 21, 44), number)
    heat = Session(
        book, "高温岗位防暑降温知识培训", day(7, 8), 2, Audience.frontline, (Topic.heatstroke, Topic.self_rescue)
    )
    number = heat.hold(demo, hot, 0, absent=3, box="8", page="41-46")
    _autumn(demo, book, everyone, leaders)


class Session:
    """One training about to be written: its head now; who came, and where the papers lie, once it is held."""

    def __init__(self, book: Book, title: str, when: object, hours: float, audience: Audience, topics: object) -> None:
        self.book = book
        self.head = {"title": title, "held_on": when, "hours": hours, "audience": (audience,), "topics": topics}

    def hold(self, demo: Demo, people: list[Person], marked: int, absent: int = 0, **more: object) -> str:
        """Add the record and return its number."""
        common = {"place": ROOM, "lecturer": "安全科", "mode": Mode.on_site, "plan": "2026年安全教育培训计划"}
        rows = attendance(demo.staff, people, marked, absent)
        return self.book.add(common | self.head | more, attendance=rows)


def _mixed(people: list[Person], number: int, step: int) -> list[Person]:
    """Return so many people from all over the roster."""
    return [people[place * step % len(people) + place * step // len(people)] for place in range(number)]


def _spring(demo: Demo, book: Book, exposed: list[Person], leaders: list[Person]) -> None:
    staff = demo.staff
    occ = Session(book, "接害岗位职业病危害与个体防护培训", day(3, 18), 4, Audience.frontline, (Topic.occ_health,))
    number = occ.hold(demo, exposed, 40, absent=0, box="8", page="27-30")
    demo.photo("classroom", "接害岗位职业病防护培训", at(3, 18, 9, 5, 50), number)
    moved = Session(book, "转岗人员安全培训", day(4, 2), 8, Audience.transferred, (Topic.post_duty,))
    moved.hold(demo, staff.on_post("数控操作工")[4:6], 2, box="8", page="31")
    book.add(
        {
            "title": "外包单位人员入厂安全培训",
            "held_on": day(4, 8),
            "hours": 4,
            "audience": (Audience.contractor,),
            "topics": (Topic.post_duty, Topic.hot_work),
            "place": ROOM,
            "lecturer": "安全科",
            "headcount": 23,
            "box": "8",
            "page": "32-33",
        }
    )
    law = Session(
        book,
        "《职业病防治法》宣传周专题培训",
        day(4, 28),
        3,
        Audience.frontline,
        (Topic.occ_disease_law, Topic.occ_health),
    )
    number = law.hold(demo, exposed[:34] + leaders[:10], 44, campaigns=(Campaign.occ_disease_law_week,))
    demo.photo("classroom", "《职业病防治法》宣传周培训", at(4, 28, 14, 33, 7), number, style="wechat")
    rescue = Session(book, "防灾减灾日应急处置培训", day(5, 12), 2, Audience.frontline, (Topic.emergency,))
    rescue.hold(
        demo, staff.team("熔炼班") + staff.team("动力班"), 0, campaigns=(Campaign.disaster_day,), box="8", page="37"
    )
    heads = staff.on_post("厂长", "副厂长", "安全管理员")
    outside = Session(book, "主要负责人和安全管理人员再培训", day(5, 20), 16, Audience.principal, (Topic.safety_law,))
    outside.hold(
        demo, heads, 5, audience=(Audience.principal, Audience.safety_manager), mode=Mode.both, lecturer="培训机构"
    )


def _autumn(demo: Demo, book: Book, everyone: list[Person], leaders: list[Person]) -> None:
    staff = demo.staff
    laws = (Topic.safety_law, Topic.occ_disease_law, Topic.safety_skill)
    course = Session(book, "职工安全知识和技能培训班", day(8, 18), 12, Audience.frontline, laws)
    number = course.hold(demo, _mixed(everyone, 96, 2), 60, until=day(8, 20), campaigns=(Campaign.five_entries_month,))
    demo.photo("classroom", "职工安全知识和技能培训班", at(8, 18, 8, 50, 2), number, style="camera")
    inspectors = [staff.team(team)[2] for team in team_names() if team not in {"清理班", "维修班"}]
    school = Session(book, "工会劳动保护监督检查员培训", day(9, 10), 8, Audience.inspector, (Topic.union_law,))
    number = school.hold(demo, inspectors, len(inspectors), lecturer="厂工会", box="5", page="20-24")
    demo.photo("meeting", "监督检查员培训", at(9, 10, 9, 30, 16), number)
    union = Session(
        book, "《劳动法》《工会法》宣讲培训", day(9, 16), 2, Audience.frontline, (Topic.labour_law, Topic.union_law)
    )
    union.hold(demo, _mixed(everyone, 72, 3), 0, absent=2, lecturer="厂工会", box="8", page="60-63")
    traffic = Session(
        book, "厂内机动车驾驶和上下班交通安全教育", day(9, 23), 2, Audience.special_work, (Topic.traffic,)
    )
    traffic.hold(demo, staff.on_post("叉车司机"), 0)  # the sign-in sheet was mislaid: no proof yet
    team = Session(
        book, "班组长安全管理能力培训", day(10, 15), 8, Audience.team_leader, (Topic.post_duty, Topic.emergency)
    )
    team.hold(demo, leaders, 11, absent=1, box="8", page="64-66")
    special = Session(book, "特种作业人员复训", day(10, 21), 8, Audience.special_work, (Topic.safety_skill,))
    special.head.pop("hours")  # the hours were never written down
    special.hold(demo, staff.on_post("电焊工", "电工"), 18, box="8", page="67-68")
    fire = Session(book, "119消防安全培训", day(11, 9), 3, Audience.frontline, (Topic.fire, Topic.self_rescue))
    number = fire.hold(demo, _mixed(everyone, 48, 5), 30, campaigns=(Campaign.fire_day,))
    demo.photo("extinguisher", "消防培训灭火器实操", at(11, 9, 15, 12, 38), number)


def _contests(demo: Demo) -> None:
    staff, book = demo.staff, demo.book("contest")
    players = [
        {"person": staff.ref(each), "attempts": 2 if place < 50 else 1}
        for place, each in enumerate(staff.in_service[8:188])
    ]
    month = {"campaigns": (Campaign.safety_month,)}
    quiz = {"title": "“人人讲安全，个个会应急”网络知识竞赛", "code": ContestCode.network_quiz, "held_on": day(6, 1)}
    number = book.add(month | quiz | {"until": day(6, 30), "organiser": "应急管理部门"}, contestants=players)
    demo.photo("phone", "职工用手机参加网络知识竞赛", at(6, 9, 12, 31), number, style="export")
    # fmt: off
    numbers = book.table(
        "title code held_on until organiser persons attempts average campaigns box page",
        [
            ("“安全杯”应急知识竞赛", ContestCode.safety_henan, day(6, 11), day(6, 25), "省应急管理部门", 96, 96, 81.5, month["campaigns"], "9", "1"),
            ("应急安全知识“线上”答题", ContestCode.online_quiz, day(6, 15), day(6, 28), "云岭市总工会", 85, 120, 78, month["campaigns"], "9", "2"),
            ("应急科普小程序答题", ContestCode.mini_program, day(6, 20), None, "省应急管理部门", 41, 41, None, month["campaigns"], None, None),
        ],
    )
    # fmt: on
    demo.photo("certificate", "线上答题优秀组织奖电子证书", at(7, 3, 17, 2), numbers[1], style="wechat")
    cup = {
        "title": "“安康杯”职工安全应急技能知识竞赛答题",
        "code": ContestCode.ankang_cup,
        "held_on": day(8, 10),
        "until": day(9, 10),
        "organiser": "云岭市总工会",
        "topics": (Topic.emergency, Topic.safety_law),
        "sheets_out": 240,
        "sheets_back": 231,
        "persons": 231,
        "attempts": 231,
        "average": 84.6,
        "prize": "市级优秀组织奖",
    }
    number = book.add(cup | {"box": "9", "page": "3-233"})
    demo.photo("sign_in", "“安康杯”答题卡回收登记", at(9, 8, 16, 40), number, style="scan")
    skilled = staff.on_post("电焊工")[:6] + staff.on_post("车工")[:8] + staff.on_post("叉车司机")
    rows = [
        {"person": staff.ref(each), "passed": True, "score": 71 + place * 5 % 27} for place, each in enumerate(skilled)
    ]
    skill = {
        "title": "职工安全技能大赛",
        "code": ContestCode.skill_contest,
        "held_on": day(9, 25),
        "organiser": "厂工会",
    }
    number = book.add(skill | {"topics": (Topic.safety_skill,), "prize": "一等奖1名、二等奖2名"}, contestants=rows)
    demo.photo("welding", "安全技能大赛焊接项目", at(9, 25, 10, 8, 25), number)


PAPERS = (DrillPaper.plan, DrillPaper.sign_in, DrillPaper.photos, DrillPaper.evaluation_sheet, DrillPaper.summary)


def _drills(demo: Demo) -> None:
    staff, book = demo.staff, demo.book("drill")
    common = {"form": DrillForm.live, "organiser": "安全科", "commander": staff.holder("副厂长"), "papers": PAPERS}
    spray = {
        "title": "熔炼炉金属液喷溅现场处置演练",
        "held_on": day(5, 31),
        "kind": DrillKind.on_site,
        "place": "铸造车间熔炼工段",
    }
    spray |= {
        "plan_basis": "熔炼炉喷溅现场处置方案",
        "teams": ("熔炼班", "造型班"),
        "headcount": 25,
        "verdict": Verdict.good,
    }
    number = book.add(common | spray)
    demo.photo("drill", "熔炼炉喷溅处置演练", at(5, 31, 9, 20, 41), number)
    number = _factory_drill(demo, book, common)
    gas = {"title": "有限空间中毒窒息救援演练", "held_on": day(6, 24), "kind": DrillKind.on_site, "place": "循环水池"}
    gas |= {"topics": (Topic.self_rescue,), "teams": ("维修班", "动力班"), "headcount": 18, "verdict": Verdict.good}
    gas |= {"campaigns": (Campaign.safety_month,)}
    number = book.add(common | gas)
    demo.photo("drill", "有限空间救援演练", at(6, 24, 10, 2, 18), number)
    fire = {
        "title": "喷漆房火灾专项应急演练",
        "held_on": day(7, 1),
        "kind": DrillKind.special,
        "place": "焊装车间喷漆房",
    }
    fire |= {
        "teams": ("装配班", "焊接班"),
        "headcount": 30,
        "verdict": Verdict.fair,
        "problems": "疏散通道堆放托盘，已登记隐患",
    }
    number = book.add(common | fire)
    demo.photo("smoke", "喷漆房火灾演练", at(7, 1, 15, 16, 30), number, style="wechat")
    watch = {
        "title": "全员应急避险演练线上观摩",
        "held_on": day(5, 12),
        "kind": DrillKind.online_viewing,
        "headcount": 64,
    }
    book.add(watch | {"campaigns": (Campaign.disaster_day,), "organiser": "厂工会", "box": "6", "page": "70"})
    tabletop = {"title": "触电事故桌面推演", "held_on": day(10, 20), "kind": DrillKind.tabletop, "headcount": 15}
    book.add(
        tabletop | {"form": DrillForm.tabletop, "organiser": "动力保障车间", "teams": ("动力班",)}
    )  # papers outstanding


def _factory_drill(demo: Demo, book: Book, common: dict[str, object]) -> str:
    staff = demo.staff
    came = [each for each in staff.in_service if each.team != "物流班"][8:]
    whole = {
        "title": "全厂生产安全事故综合应急演练",
        "held_on": day(6, 16),
        "kind": DrillKind.comprehensive,
        "place": "厂区广场",
        "plan_basis": "生产安全事故综合应急预案",
        "scenario": "机加车间配电柜短路起火，烟气扩散，2人被困；报警、断电、疏散、清点、救护、灭火",
        "campaigns": (Campaign.safety_month,),
        "began_at": at(6, 16, 9, 30),
        "ended_at": at(6, 16, 10, 25),
        "observers": 12,
        "verdict": Verdict.good,
        "problems": "物流班当班装车未参加；二号疏散口灯箱不亮",
        "reported_on": day(6, 18),
        "teams": tuple(team for team in team_names() if team != "物流班"),
        "papers": (*PAPERS, DrillPaper.evaluation_report),
        "commander": staff.holder("厂长"),
    }
    number = book.add(common | whole, attendance=[{"person": staff.ref(each)} for each in came])
    demo.photo("smoke", "综合应急演练：报警和断电", at(6, 16, 9, 34, 12), number, has_place=True)
    demo.photo("drill", "综合应急演练：疏散和清点人数", at(6, 16, 9, 41, 55), number, has_place=True)
    demo.photo("sign_in", "综合应急演练签到表", at(6, 16, 11, 5), number, style="scan")
    return number
