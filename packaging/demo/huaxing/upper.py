"""Accident, declaration of absence, visits from above, rewards, what was handed in, decisions about the calendar."""
# ruff: noqa: E501 - one record a line

from __future__ import annotations

from ankang_desktop.ledgers.accidents import AccidentKind, DeclaredAbsence, FourNo
from ankang_desktop.ledgers.choices import DutyDecision
from ankang_desktop.ledgers.upper import AwardKind, SubmissionKind, SubmissionSubject, VisitForm, VisitKind
from ankang_desktop.ledgers.vocabulary import Level
from huaxing.book import AS_OF, day
from huaxing.demo import Demo, at


def write(demo: Demo) -> None:
    """Write what concerns those above and beside."""
    _accident(demo)
    _visits(demo)
    _awards(demo)
    _submissions(demo)
    demo.book("duty_note").table(
        "duty decision decided_on occurs_from reason signed",
        [
            ("C-05", DutyDecision.closed, day(2, 27), day(2, 15), "迎检材料已装盒", True),
            ("S4-15", DutyDecision.not_applicable, day(6, 2), None, "论坛面向高校和科研单位，本厂未获邀请", False),
        ],
    )


def _accident(demo: Demo) -> None:
    demo.book("accident").add(
        {
            "happened_at": at(5, 14, 14, 20),
            "place": "机加车间铣床",
            "kind": AccidentKind.production,
            "category": "机械伤害",
            "deaths": 0,
            "serious": 0,
            "light": 1,
            "loss": 0.8,
            "serious_violation": False,
            "told_principal_at": at(5, 14, 14, 35),
            "told_authority_at": at(5, 14, 15, 20),
            "union_joined": True,
            "causes": "清理铁屑未停机，戴手套操作",
            "measures": "加装防护挡板，全厂开展反“三违”教育",
            "four_no": tuple(FourNo),
            "reported_on": day(6, 4),
            "lost_days": 12,
            "reference": "华兴事〔2026〕1号",
        }
    )
    numbers = demo.book("zero_declaration").table(
        "subject period_from period_until signed_on head_signed chair_signed",
        [(DeclaredAbsence.major_accident, day(1, 1), AS_OF, day(11, 20), True, True)],
    )  # nobody has yet declared that there was no serious violation
    demo.photo("paper", "无重特大事故声明（签字盖章）", at(11, 20, 16, 10), numbers[0], style="scan")


def _visits(demo: Demo) -> None:
    book = demo.book("visit")
    both = (VisitForm.on_site, VisitForm.talk)
    city = {"visited_on": day(3, 18), "level": Level.city, "kind": VisitKind.concentrated, "forms": both}
    city |= {
        "leader": "市总工会劳动和经济工作部",
        "visited_area": "东湖区",
        "supervision_notes": "听汇报、查资料、看现场",
    }
    city |= {
        "unit_activity_summary": "组织健全，方案具体，“查保促”已动员；接害岗位培训完成",
        "box": "17",
        "page": "1-4",
    }
    findings = [
        {"opinion": "隐患台账五落实栏目要填全", "due_on": day(4, 30), "owner": "安全科", "closed_on": day(4, 21)},
        {"opinion": "班组检查员培训要有考核", "due_on": day(9, 30), "owner": "厂工会", "closed_on": day(9, 10)},
    ]
    number = book.add(city, findings=findings)
    demo.photo("meeting", "市级集中督导座谈", at(3, 18, 10, 50, 23), number)
    district = {"visited_on": day(9, 3), "level": Level.county, "kind": VisitKind.special, "forms": both[:1]}
    district |= {"leader": "区总工会", "visited_area": "东湖区", "supervision_notes": "现场查看喷漆房、熔炼工段、驿站"}
    findings = [
        {"opinion": "打磨间隔声措施尽快到位", "due_on": day(9, 30), "owner": "焊装车间", "closed_on": day(9, 21)},
        {"opinion": "专项检查资料补拍现场照片", "due_on": day(10, 31), "owner": "厂工会"},
    ]
    number = book.add(district, findings=findings)
    demo.photo("patrol", "区级专项督导现场", at(10, 14, 9, 9, 9), number)  # the phone's clock was 41 days ahead


def _awards(demo: Demo) -> None:
    staff, kinds = demo.staff, AwardKind
    grinder = demo.row("hazard", "description", "砂轮机防护罩缺失")
    panel = demo.row("hazard", "description", "配电柜门未锁、柜前堆物")
    golden, method = staff.ref(staff.team("铣磨班")[5]), staff.ref(staff.team("熔炼班")[11])
    paper = "华兴工〔2026〕22号"
    # fmt: off
    numbers = demo.book("award").table(
        "awarded_on kind title level person team recipient hazard document amount signed box page",
        [
            (day(7, 17), kinds.model_team, "上半年安全示范班组", Level.enterprise, None, "焊接班", None, None, "华兴工〔2026〕17号", 600, True, "18", "1"),
            (day(7, 17), kinds.responsibility_reward, "责任制上半年考核优秀", Level.enterprise, staff.head("机加车间"), None, None, None, "华兴安〔2026〕18号", 500, True, "18", "2"),
            (day(7, 17), kinds.responsibility_penalty, "未履行现场监护职责", Level.enterprise, staff.leader("下料班"), None, None, None, "华兴安〔2026〕18号", 200, True, "18", "3"),
            (day(9, 25), kinds.skill_contest, "安全技能大赛焊接一等奖", Level.enterprise, staff.ref(staff.on_post("电焊工")[3]), None, None, None, "华兴工〔2026〕20号", 800, True, "18", "4"),
            (day(10, 16), kinds.hazard_finder, "随手拍：砂轮机防护罩缺失", Level.enterprise, grinder["reporter"], None, None, grinder["number"], paper, 100, True, "18", "5"),
            (day(10, 16), kinds.hazard_finder, "随手拍：配电柜前堆物", Level.enterprise, panel["reporter"], None, None, panel["number"], paper, 100, True, "18", "5"),
            (day(10, 16), kinds.golden_idea, "金点子：砂轮更换双人确认卡", Level.enterprise, golden, None, None, None, paper, 300, True, "18", "6"),
            (day(10, 16), kinds.golden_idea, "特色工作法：一看二问三确认", Level.enterprise, method, None, None, None, paper, 500, False, None, None),
            (day(9, 30), kinds.advanced_unit, "市“安康杯”答题优秀组织奖", Level.city, None, None, "华兴机械厂工会", None, "云总〔2026〕41号", None, None, "18", "7"),
        ],
    )
    # fmt: on
    demo.photo("certificate", "优秀组织奖奖牌", at(9, 30, 10, 40, 0), numbers[8])


def _submissions(demo: Demo) -> None:
    first, whom = SubmissionKind.first, "云岭市总工会劳动和经济工作部"
    # fmt: off
    numbers = demo.book("submission").table(
        "subject kind submitted_on as_of period_from period_until addressee channel received_on receipt",
        [
            (SubmissionSubject.campaign_summary, first, day(5, 29), day(5, 28), day(1, 14), day(5, 28), whom, "电子邮件", day(5, 29), "邮件回执"),
            (SubmissionSubject.safety_month, first, day(6, 30), day(6, 29), day(6, 1), day(6, 30), "云岭市总工会基层综合工作部", "纸质盖章件和电子邮件", day(6, 30), "收件登记第29号"),
        ],
    )
    # fmt: on
    demo.photo("paper", "安全生产月材料收件回执", at(6, 30, 16, 55), numbers[1], slot="送达回执", style="scan")
    demo.photo("phone", "集中行动总结邮件回执", at(5, 29, 17, 31, 0), numbers[0], slot="送达回执", style="export")
