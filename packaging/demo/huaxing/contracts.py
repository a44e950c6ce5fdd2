"""The special collective contract with its clauses, how it is kept, and what the staff congress was told."""
# ruff: noqa: E501 - one record a line

from __future__ import annotations

from ankang_desktop.ledgers.contracts.performance import ClauseResult, ReportTopic
from ankang_desktop.ledgers.contracts.words import ClauseKind as Kind
from ankang_desktop.ledgers.contracts.words import ContractKind, FilingRule, Side
from huaxing.book import day
from huaxing.demo import Demo, at
from huaxing.hazards import FIRST_MAJOR

TITLE = "华兴机械厂劳动安全卫生专项集体合同"
KEPT, PARTLY, BROKEN, NOT_DUE = ClauseResult.kept, ClauseResult.partly, ClauseResult.broken, ClauseResult.not_due
# kind, clause, metric, department, result
CLAUSES: tuple[tuple[Kind, str, str, str, ClauseResult], ...] = (
    (Kind.investment, "每年安排安全生产费用不少于120万元", "≥120万元", "财务科", KEPT),
    (Kind.investment, "除尘设施改造列入年度技改", "1项", "技术科", KEPT),
    (Kind.ppe, "按标准配发防护用品，不以现金代替", "配发率100%", "安全科", PARTLY),
    (Kind.ppe, "防护用品每季度检查一次", "4次", "安全科", KEPT),
    (Kind.medical_check, "接害职工在岗体检每年一次", "100%", "人力资源科", PARTLY),
    (Kind.medical_check, "体检结果书面告知本人", "100%", "人力资源科", KEPT),
    (Kind.medical_check, "女职工两癌筛查每年一次", "1次", "厂工会", KEPT),
    (Kind.training, "全员安全培训每年不少于8学时", "≥8学时", "安全科", KEPT),
    (Kind.training, "班组长培训每年一次", "1次", "安全科", KEPT),
    (Kind.women, "不安排女职工从事禁忌劳动", "0起", "人力资源科", KEPT),
    (Kind.women, "设爱心妈妈小屋", "1间", "厂工会", KEPT),
    (Kind.heatstroke, "高温津贴按月足额发放", "4个月", "财务科", KEPT),
    (Kind.heatstroke, "高温岗位供应清凉饮料", "6—9月", "行政科", KEPT),
    (Kind.heatstroke, "37℃以上最热3小时停止户外作业", "100%", "安全科", KEPT),
    (Kind.hazards, "一般隐患按期整改率", "≥95%", "安全科", BROKEN),
    (Kind.hazards, "重大隐患向职代会报告", "每件", "厂部", KEPT),
    (Kind.hazards, "隐患奖励资金不少于2万元", "≥2万元", "财务科", KEPT),
    (Kind.hours, "接害岗位每日工时不超过8小时", "8小时", "人力资源科", KEPT),
    (Kind.hours, "高温季节调整作息", "1次", "厂部", KEPT),
    (Kind.other, "合同履行情况年底向职代会报告", "1次", "厂工会", NOT_DUE),
)


def write(demo: Demo) -> None:
    """Write contracts, the performance check and the reports."""
    _contracts(demo)
    _fulfilment(demo)
    # fmt: off
    reports = demo.book("congress_report").table(
        "session reported_on topics resolution box page",
        [
            ("五届二次职代会", day(1, 13), (ReportTopic.contract, ReportTopic.safety), "审议通过专项集体合同草案", "16", "20-24"),
            ("五届三次职代会", day(6, 18), (ReportTopic.hazards, ReportTopic.major_hazards, ReportTopic.patrols), "同意重大隐患治理方案", "16", "25-31"),
        ],
    )
    # fmt: on
    demo.photo("meeting", "五届三次职代会听取隐患治理报告", at(6, 18, 14, 15, 36), reports[1])
    demo.share(demo.number("hazard", "description", FIRST_MAJOR), "其他材料")


def _contracts(demo: Demo) -> None:
    staff, book = demo.staff, demo.book("contract")
    sides = {
        Side.staff: [staff.holder("工会主席"), staff.leader("熔炼班"), staff.leader("装配班")],
        Side.employer: [staff.holder("厂长"), staff.holder("人事文员"), staff.holder("财务人员")],
    }
    people = [
        {"side": side, "name": name, "is_chief": place == 0}
        for side, names in sides.items()
        for place, name in enumerate(names)
    ]
    talks = [
        {"held_on": day(12, 18, 2025), "minutes": "就防护用品、高温津贴、体检达成一致"},
        {"held_on": day(12, 26, 2025), "minutes": "就隐患整改率和奖励资金达成一致"},
    ]
    clauses = [
        {"clause": f"第{place}条", "kind": kind, "content": content, "metric": metric, "department": department}
        for place, (kind, content, metric, department, _) in enumerate(CLAUSES, 1)
    ]
    number = book.add(_special(), representatives=people, meetings=talks, clauses=clauses)
    for scene, caption, minute, slot in (
        ("paper", "专项集体合同签字盖章页", 0, "合同文本"),
        ("sign_in", "职代会表决情况", 20, "职代会决议"),
        ("paper", "集体合同审查受理回执", 40, "报送审查回执"),
    ):
        demo.photo(scene, caption, at(1, 21, 9, minute), number, slot=slot, style="scan")
    women = {"title": "女职工权益保护专项集体合同", "kind": ContractKind.women, "rule": FilingRule.national}
    women |= {"signed_on": day(11, 1, 2023), "filed_on": day(11, 7, 2023), "filed_with": "东湖区人力资源和社会保障局"}
    book.add(women | {"valid_until": day(10, 31), "box": "16", "page": "12-19", "remark": "已期满，待续签"})


def _special() -> dict[str, object]:
    return {
        "title": TITLE,
        "kind": ContractKind.special,
        "rule": FilingRule.national,
        "offered_on": day(11, 24, 2025),
        "answered_on": day(12, 5, 2025),
        "elected_on": day(12, 10, 2025),
        "consulted_on": day(12, 30, 2025),
        "congress_on": day(1, 13),
        "delegates": 48,
        "delegates_present": 45,
        "votes_for": 45,
        "signed_on": day(1, 15),
        "filed_on": day(1, 21),
        "filed_with": "东湖区人力资源和社会保障局",
        "published_on": day(2, 9),
        "valid_until": day(1, 14, 2029),
        "box": "16",
        "page": "1-11",
    }


def _fulfilment(demo: Demo) -> None:
    staff = demo.staff
    checked = [
        {"clause": f"第{place}条", "content": content, "result": result, "evidence": _evidence(result)}
        for place, (_, content, _, _, result) in enumerate(CLAUSES, 1)
    ]
    people = [staff.leader(team) for team in ("熔炼班", "装配班", "数控班", "动力班")]
    check = {
        "contract": TITLE,
        "checked_on": day(10, 22),
        "representatives": tuple(people),
        "box": "16",
        "page": "32-38",
    }
    number = demo.book("fulfilment").add(
        check | {"findings": "对20条逐条核查，2条部分履行，1条未达指标"}, clauses=checked
    )
    demo.photo("meeting", "职工代表履约检查", at(10, 22, 9, 28, 44), number)


def _evidence(result: ClauseResult) -> str:
    said = {KEPT: "查阅台账和凭证", PARTLY: "个别人员未覆盖", BROKEN: "台账显示低于95%", NOT_DUE: "年底职代会报告"}
    return said[result]
