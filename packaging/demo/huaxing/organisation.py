"""Who is responsible and on which paper: committee, safety staff, supervision network, documents, letters, watch."""
# ruff: noqa: E501 - one record a line

from __future__ import annotations

from datetime import timedelta

from ankang_desktop.ledgers.network import Grade, NetworkLevel, NetworkPost
from ankang_desktop.ledgers.organisation import CommitmentKind, CommitteeRole, StaffMode
from ankang_desktop.ledgers.organisation import DocumentKind as Kind
from ankang_desktop.ledgers.vocabulary import Channel
from huaxing.book import Book, day
from huaxing.demo import Demo, at
from huaxing.people import TEAMS, team_names

UNION = "厂工会"
SAFETY = "安全科"
# fmt: off
PAPERS: tuple[tuple[object, ...], ...] = (
    # kind, title, reference, issuer, issued, valid until, owners and dates named, box, page
    (Kind.committee, "关于成立“安康杯”竞赛组委会的通知", "华兴厂〔2026〕3号", "厂办", day(1, 9), None, True, "1", "1-3"),
    (Kind.committee_minutes, "竞赛组委会第一次会议纪要", "华兴安康〔2026〕1号", UNION, day(1, 16), None, True, "1", "4-6"),
    (Kind.committee_minutes, "竞赛组委会第二次会议纪要", "华兴安康〔2026〕4号", UNION, day(7, 6), None, True, "1", "7-9"),
    (Kind.plan, "2026年“安康杯”竞赛年度计划（含路线图）", "华兴安康〔2026〕2号", UNION, day(1, 20), None, True, "1", "10-14"),
    (Kind.deployment, "2026年竞赛活动动员部署会通知及记录", "华兴安康〔2026〕3号", UNION, day(1, 23), None, True, "1", "15-18"),
    (Kind.scheme, "2026年“安康杯”竞赛实施方案", "华兴厂〔2026〕6号", "厂办", day(1, 26), None, True, "1", "19-25"),
    (Kind.scheme, "2026年“安全生产月”活动方案", "华兴厂〔2026〕21号", "厂办", day(5, 25), None, True, "1", "26-29"),
    (Kind.organising, "上半年竞赛组织实施记录", None, UNION, day(7, 3), None, None, "1", "30-36"),
    (Kind.checking, "竞赛活动检查记录（二季度）", None, UNION, day(7, 2), None, None, "1", "37-40"),
    (Kind.appraisal, "优秀班组评比打分表（上半年）", None, UNION, day(7, 10), None, None, "1", "41-45"),
    (Kind.safety_organisation, "关于调整安全管理机构的通知", "华兴厂〔2025〕40号", "厂办", day(12, 22, 2025), None, None, "2", "1-2"),
    (Kind.safety_plan, "2026年安全生产工作计划", "华兴安〔2026〕1号", SAFETY, day(1, 12), day(12, 31), True, "2", "3-8"),
    (Kind.occ_health_plan, "2026年职业病防治计划与实施方案", "华兴安〔2026〕2号", SAFETY, day(1, 12), day(12, 31), True, "2", "9-13"),
    (Kind.work_scheme, "重大事故隐患专项排查整治实施方案", "华兴安〔2026〕9号", SAFETY, day(4, 7), None, True, "2", "14-18"),
    (Kind.responsibility_system, "全员安全生产责任制", "华兴厂〔2025〕12号", "厂办", day(3, 18, 2025), None, None, "2", "19-60"),
    (Kind.assessment_system, "安全生产责任制考核奖惩办法", "华兴厂〔2025〕13号", "厂办", day(3, 18, 2025), None, None, "2", "61-68"),
    (Kind.assessment_result, "安全生产责任制上半年考核结果", "华兴安〔2026〕18号", SAFETY, day(7, 15), None, None, "2", "69-74"),
    (Kind.hazard_system, "事故隐患排查治理制度", "华兴安〔2024〕7号", SAFETY, day(6, 11, 2024), None, None, "3", "1-6"),
    (Kind.reward_system, "职工隐患举报奖励办法", "华兴厂〔2024〕19号", "厂办", day(6, 20, 2024), None, None, "3", "7-10"),
    (Kind.reward_fund, "设立隐患排查专项奖励资金的决定", "华兴厂〔2026〕8号", "厂办", day(2, 3), None, None, "3", "11"),
    (Kind.dual_report_system, "重大隐患治理情况“双报告”制度", "华兴厂〔2024〕20号", "厂办", day(6, 20, 2024), None, None, "3", "12-14"),
    (Kind.occ_health_system, "职业卫生管理制度汇编", "华兴安〔2025〕5号", SAFETY, day(4, 2, 2025), None, None, "4", "1-40"),
    (Kind.occ_health_procedure, "接害岗位职业卫生操作规程", "华兴安〔2025〕6号", SAFETY, day(4, 2, 2025), None, None, None, None),
    (Kind.occ_health_archive, "职业卫生档案（六类）目录", None, SAFETY, day(3, 6), None, None, "4", "41-52"),
    (Kind.women_system, "女职工劳动保护制度", "华兴工〔2025〕9号", UNION, day(3, 5, 2025), None, None, "5", "1-5"),
    (Kind.union_committee, "关于调整工会劳动保护监督检查委员会的通知", "华兴工〔2026〕2号", UNION, day(1, 8), None, None, "5", "6-8"),
    (Kind.heat_plan, "2026年防暑降温工作方案", "华兴厂〔2026〕23号", "厂办", day(6, 8), day(9, 30), True, "6", "1-4"),
    (Kind.emergency_plan, "生产安全事故综合应急预案", "华兴安〔2024〕15号", SAFETY, day(9, 10, 2024), day(9, 9, 2027), None, "6", "5-60"),
    (Kind.emergency_plan, "熔炼炉喷溅现场处置方案", "华兴安〔2024〕16号", SAFETY, day(9, 10, 2024), day(9, 9, 2027), None, "6", "61-66"),
    (Kind.training_plan, "2026年安全教育培训计划", "华兴安〔2026〕3号", SAFETY, day(1, 14), day(12, 31), True, "7", "1-4"),
    (Kind.culture, "安全文化与健康企业建设纲要", "华兴厂〔2025〕33号", "厂办", day(11, 6, 2025), None, None, "7", "5-12"),
    (Kind.self_review, "“安康杯”竞赛开展情况自查报告（回头看）", None, UNION, day(3, 20), None, None, "7", "13-18"),
    (Kind.summary, "“查保促”集中行动总结", "华兴工〔2026〕11号", UNION, day(5, 28), None, None, "7", "19-23"),
    (Kind.summary, "“安全生产月”活动总结", "华兴工〔2026〕15号", UNION, day(6, 29), None, None, "7", "24-29"),
    (Kind.other, "夏季作息时间调整通知", "华兴厂〔2026〕24号", "厂办", day(6, 15), day(8, 31), None, None, None),
)
# fmt: on


def write(demo: Demo) -> None:
    """Write committee, safety staff, network, documents, letters, registration and watch."""
    _committee(demo)
    _safety_staff(demo)
    _network(demo)
    documents = demo.book("document").table(
        "kind title reference issuer issued_on valid_until has_owners box page", PAPERS
    )
    committee_on = at(1, 9, 15, 40)
    demo.photo("paper", "关于成立“安康杯”竞赛组委会的通知（盖章件）", committee_on, documents[0], style="scan")
    demo.photo("meeting", "竞赛活动动员部署会", at(1, 23, 14, 5, 12), documents[4], style="camera")
    _letters(demo)
    _watches(demo)


def _committee(demo: Demo) -> None:
    staff = demo.staff
    since = day(1, 9)
    members = [
        (staff.holder("厂长"), CommitteeRole.chair, "厂部", "厂长", True, since),
        (staff.holder("工会主席"), CommitteeRole.vice_chair, "厂工会", "工会主席", False, since),
        (staff.holder("副厂长"), CommitteeRole.vice_chair, "厂部", "副厂长", False, since),
        (staff.holder("安全管理员"), CommitteeRole.office_head, "安全科", "安全科长", False, since),
        (staff.holder("人事文员"), CommitteeRole.member, "人力资源科", "科长", False, since),
        (staff.holder("财务人员"), CommitteeRole.member, "财务科", "科长", False, since),
        *((staff.head(workshop), CommitteeRole.member, workshop, "车间主任", False, since) for workshop in TEAMS),
    ]
    demo.book("committee_member").table("person role department duty is_principal since", members)


def _safety_staff(demo: Demo) -> None:
    staff = demo.staff
    paper = "华兴厂〔2025〕40号"
    full = [(staff.holder("安全管理员", place), StaffMode.full_time, "安全科", paper) for place in range(2)]
    part = [(staff.safety_person(next(iter(TEAMS[each]))), StaffMode.part_time, each, paper) for each in TEAMS]
    demo.book("safety_staff").table(
        "person mode unit document since", [(*row, day(12, 22, 2025)) for row in [*full, *part]]
    )


def _network(demo: Demo) -> None:
    staff = demo.staff
    book = demo.book("network_member")
    _post(book, NetworkLevel.enterprise, staff.holder("工会主席"), NetworkPost.chair)
    _post(book, NetworkLevel.enterprise, staff.holder("行政后勤"), NetworkPost.vice_chair)
    for place, (workshop, teams) in enumerate(TEAMS.items()):
        who = staff.safety_person(list(teams)[-1])
        _post(book, NetworkLevel.workshop, who, NetworkPost.member, {"workshop": workshop}, place)
    for place, team in enumerate(team_names(), 4):
        unit: dict[str, object] = {"team": team}
        if team == "清理班":
            unit["remark"] = "检查员8月底离职，待补选"
        who = "郝大树" if team == "清理班" else staff.inspector(team)
        _post(book, NetworkLevel.team, who, NetworkPost.team_inspector, unit, place)


def _post(
    book: Book,
    level: NetworkLevel,
    person: str,
    post: NetworkPost,
    unit: dict[str, object] | None = None,
    place: int = -1,
) -> None:
    values = {"level": level, "person": person, "post": post, "document": "华兴工〔2026〕2号", "since": day(1, 8)}
    if place >= 0:
        values |= {"certificate": f"检-{place + 1:03d}", "certificate_until": day(12, 31, 2027)}
    is_trained = 0 <= place != 12
    content = "三个条例、隐患排查方法、建议书写法"
    trained = [{"trained_on": day(9, 10), "hours": 8, "content": content}] if is_trained else []
    grade = Grade.excellent if place % 5 == 1 else Grade.competent
    is_assessed = place >= 0 and place not in {9, 12}
    assessed = [{"assessed_on": day(10, 30), "grade": grade}] if is_assessed else []
    if person == "郝大树":
        trained, assessed = [], []
    book.add(values | (unit or {}), trainings=trained, assessments=assessed)


def _letters(demo: Demo) -> None:
    staff = demo.staff
    signed = [staff.holder("厂长"), *(staff.holder("副厂长", place) for place in range(2))]
    signed += [staff.head(workshop) for workshop in TEAMS]
    numbers = demo.book("commitment").table(
        "kind signed_on scope copies signatories box page",
        [
            (CommitmentKind.responsibility, day(1, 15), "全体职工", 236, None, "2", "75-310"),
            (CommitmentKind.promise, day(6, 5), "厂领导和车间主任", None, tuple(signed), None, None),
            (CommitmentKind.promise, day(6, 8), "班组长和关键岗位", 45, None, "2", "311-355"),
        ],
    )
    demo.photo("paper", "安全承诺践诺书签订页", at(6, 5, 10, 20), numbers[1], style="scan")
    demo.book("registration").add(
        {
            "cycle": "2026—2027",
            "registered_on": day(3, 12),
            "channel": Channel.territory,
            "receipt": "云总安康报〔2026〕017号",
            "teams": 12,
            "staff": 240,
            "box": "1",
            "page": "46-47",
        }
    )


def _watches(demo: Demo) -> None:
    staff = demo.staff
    duty = staff.on_post("技术员", "安全管理员", "行政后勤", "副厂长")
    said = ("全厂停产，消防水压、配电室和门卫正常", "巡查两次，未见异常", "夜间低温，已检查锅炉和水管防冻")
    days = [("春节", day(2, 15) + timedelta(days=place)) for place in range(8)]
    days += [("全国“两会”", day(3, 4) + timedelta(days=place)) for place in range(8)]
    demo.book("watch").table(
        "occasion watched_on notes people",
        [
            (
                occasion,
                when,
                None if place == 11 else said[place % 3],
                staff.refs([duty[place % 9], duty[-1 - place % 4]]),
            )
            for place, (occasion, when) in enumerate(days)
        ],
    )
