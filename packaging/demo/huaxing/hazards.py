"""The hazard ledger: the clean workbook of the year, in all stages, with two major hazards."""
# ruff: noqa: E501 - one record a line

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ankang_desktop.ledgers.hazards.words import (
    Acceptance,
    AccidentType,
    Factor,
    HazardLevel,
    RectifyLevel,
    RewardForm,
    Source,
    Stage,
)
from ankang_desktop.ledgers.inspections import InspectionKind
from ankang_desktop.ledgers.vocabulary import Campaign, Domain
from huaxing.book import Book, day
from huaxing.checks import number_on
from huaxing.demo import Demo, at
from huaxing.people import TEAMS

SAFE, OCC = Domain.safety, Domain.occupational_health
OBJECT, HUMAN, PLACE, RULE = Factor.object, Factor.human, Factor.environment, Factor.management
DONE, OPEN, WAIT = Stage.closed, Stage.rectifying, Stage.awaiting
S, A = Source, AccidentType


@dataclass(frozen=True)
class Found:
    """One hazard in a few words; `allowed` and `taken` are days after the finding."""

    on: date
    source: Source
    team: str
    place: str
    what: str
    domain: Domain
    factor: Factor
    accident: AccidentType
    measures: str
    funds: int | None
    allowed: int
    taken: int | None
    stage: Stage = DONE
    picture: str = ""


# fmt: off
FOUND = (
    Found(day(1, 8), S.six_checks, "数控班", "3号加工中心", "防护门联锁被短接", SAFE, OBJECT, A.machine, "恢复联锁，通报批评", 0, 3, 2),
    Found(day(1, 21), S.winter_heating, "动力班", "燃气锅炉房", "燃气报警器未接地", SAFE, OBJECT, A.other_explosion, "补接地线并测试", 120, 5, 4),
    Found(day(2, 8), S.six_checks, "下料班", "剪板机", "双手按钮一侧失灵", SAFE, OBJECT, A.machine, "停机更换按钮", 260, 3, 2),
    Found(day(2, 10), S.winter_heating, "动力班", "食堂燃气管道", "阀门法兰轻微泄漏", SAFE, OBJECT, A.fire, "停气更换垫片", 80, 1, 1),
    Found(day(2, 26), S.inspector_patrol, "清理班", "清理工段", "除尘罩口破损，抽风不足", OCC, OBJECT, A.other, "更换罩口软帘", 1800, 15, 12),
    Found(day(2, 26), S.inspector_patrol, "焊接班", "焊接工位", "2人未戴防尘口罩", OCC, HUMAN, A.other, "现场纠正并教育", 0, 1, 0),
    Found(day(3, 7), S.six_checks, "车工班", "CW61车床", "卡盘防护罩松动", SAFE, OBJECT, A.struck, "紧固并加防松垫", 20, 3, 1, DONE, "guard"),
    Found(day(3, 16), S.self_check, "物流班", "2号库房通道", "安全通道堆放托盘", SAFE, PLACE, A.fire, "清出通道，划线定置", 0, 2, 1, DONE, "passage"),
    Found(day(3, 20), S.snapshot, "铣磨班", "2号砂轮机", "托架与砂轮间隙过大", SAFE, OBJECT, A.struck, "调整间隙到3毫米内", 0, 2, 1),
    Found(day(4, 10), S.team_mutual_check, "装配班", "装配线东侧", "行灯电压为220伏", SAFE, OBJECT, A.electric, "更换36伏行灯", 640, 10, 14),
    Found(day(4, 22), S.special_action, "造型班", "造型工段平台", "平台护栏缺一段", SAFE, OBJECT, A.fall, "补焊护栏", 900, 7, 6),
    Found(day(5, 7), S.six_checks, "维修班", "维修间", "角磨机电源线破皮", SAFE, OBJECT, A.electric, "更换电源线", 60, 2, 1),
    Found(day(5, 13), S.representative_patrol, "数控班", "铁屑堆场", "铁屑外溢占道", SAFE, PLACE, A.other, "每班清运，加挡板", 300, 5, 5),
    Found(day(5, 26), S.whistleblower, "装配班", "喷漆房", "稀料桶未盖且超量存放", SAFE, RULE, A.fire, "限量领用，配密闭桶", 450, 5, 4),
    Found(day(6, 6), S.six_checks, "焊接班", "气瓶间", "乙炔瓶未固定、无防倒链", SAFE, OBJECT, A.other_explosion, "加固定架和防倒链", 380, 3, 2, DONE, "cylinder"),
    Found(day(6, 7), S.snapshot, "铣磨班", "1号砂轮机", "砂轮机防护罩缺失", SAFE, OBJECT, A.struck, "停用并加装护罩", 220, 3, 2, DONE, "grinder"),
    Found(day(6, 16), S.drill, "车工班", "二号疏散口", "疏散指示灯不亮", SAFE, OBJECT, A.fire, "更换灯箱", 160, 5, 3),
    Found(day(6, 22), S.outsourcing, "物流班", "屋面维修点", "外包人员高处作业未系安全绳", SAFE, HUMAN, A.fall, "停工整改，重新交底", 0, 1, 1),
    Found(day(7, 1), S.drill, "装配班", "喷漆房疏散门", "疏散门外堆放托盘", SAFE, PLACE, A.fire, "清理并设禁放标识", 0, 2, 1),
    Found(day(7, 22), S.team_mutual_check, "车工班", "CA6140车床", "地面油污湿滑", SAFE, PLACE, A.other, "清理并铺防滑垫", 180, 3, 2, DONE, "floor"),
    Found(day(8, 13), S.inspector_patrol, "焊接班", "3号焊机", "电缆接头裸露", SAFE, OBJECT, A.electric, "更换快速接头", 95, 2, 1),
    Found(day(8, 13), S.inspector_patrol, "下料班", "火焰切割区", "动火票无监护人签字", SAFE, RULE, A.fire, "补签并考核", 0, 1, 1),
    Found(day(8, 19), S.inspector_patrol, "焊接班", "打磨间", "打磨间噪声大，耳塞配备不足", OCC, OBJECT, A.other, "补发耳塞，加隔声帘", 2600, 20, 33),
    Found(day(9, 4), S.snapshot, "动力班", "低压配电室", "配电柜门未锁、柜前堆物", SAFE, PLACE, A.electric, "清理、上锁、贴线", 0, 2, 1, DONE, "panel"),
    Found(day(9, 12), S.snapshot, "清理班", "抛丸机", "检修门缺警示牌", SAFE, RULE, A.machine, "补挂警示牌", 15, 3, 3),
    Found(day(9, 18), S.snapshot, "数控班", "5号加工中心", "气管老化鼓包", SAFE, OBJECT, A.other, "更换气管", 45, 3, None, WAIT),
    Found(day(9, 24), S.representative_patrol, "造型班", "混砂机", "混砂机联锁开关失灵", SAFE, OBJECT, A.machine, "更换联锁开关", 520, 10, None, OPEN),
    Found(day(10, 7), S.six_checks, "熔炼班", "炉前操作台", "隔热护板变形", SAFE, OBJECT, A.scald, "更换护板", 1500, 20, None, OPEN),
    Found(day(10, 14), S.inspector_patrol, "车工班", "机加车间照明", "东跨照明不足", SAFE, PLACE, A.other, "加装LED灯12盏", 2400, 45, None, OPEN),
    Found(day(11, 7), S.six_checks, "物流班", "叉车充电区", "充电区无通风、无洗眼器", OCC, PLACE, A.other, "加装排风和洗眼器", 3800, 30, None, OPEN),
    Found(day(11, 12), S.snapshot, "装配班", "装配线行车", "行车限位不灵敏", SAFE, OBJECT, A.lifting, "", None, 0, None, Stage.graded),
    Found(day(11, 19), S.snapshot, "维修班", "维修间门口", "门口台阶破损", SAFE, PLACE, A.other, "", None, 0, None, Stage.registered),
    Found(day(4, 17), S.snapshot, "数控班", "5号加工中心", "反映漏油，实为冷却液冷凝", SAFE, OBJECT, A.other, "", None, 0, None, Stage.voided),
)
# fmt: on
FIRST_MAJOR = "吊运熔融金属的起重机制动器单一，吊具超期未检"
SECOND_MAJOR = "喷漆房可燃气体报警与排风联锁失效"
PROMISED_REWARD = {"砂轮机防护罩缺失": True, "配电柜门未锁、柜前堆物": True, "检修门缺警示牌": False}
NAMELESS = {"稀料桶未盖且超量存放"}


def write(demo: Demo) -> None:
    """Write the clean workbook: the year's hazards by day, the two major ones among them."""
    book = demo.book("hazard")
    inspections = next(each for each in demo.books if each.ledger.key == "inspection")
    for found in sorted(FOUND, key=lambda each: each.on):
        _write(demo, book, inspections, found)
        if found.on == day(5, 13):
            _first_major(demo, book)
        if found.on == day(10, 14):
            _second_major(demo, book)


def _write(demo: Demo, book: Book, inspections: Book, found: Found) -> None:
    workshop = next(each for each, teams in TEAMS.items() if found.team in teams)
    values = {
        "found_on": found.on,
        "source": found.source,
        "workshop": workshop,
        "team": found.team,
        "place": found.place,
        "description": found.what,
        "inspection": _inspection(inspections, found),
        "stage": found.stage,
    }
    if found.what in NAMELESS:
        values |= {"anonymous": True, "confidential": True}
    else:
        values["reporter"] = _finder(demo, found)
    if found.stage is Stage.voided:
        values["void_reason"] = "经核实不构成隐患"
    elif found.stage is not Stage.registered:
        values |= _graded(found)
    if found.measures:
        values |= _ordered(demo, found, workshop)
    extensions = _extension(found, values)
    values |= _ended(demo, found) | _reward(found)
    number = book.add(values, extensions=extensions)
    if found.picture:
        _pair(demo, number, found)


def _inspection(inspections: Book, found: Found) -> str | None:
    kinds = {
        S.six_checks: InspectionKind.six_checks,
        S.winter_heating: InspectionKind.winter_heating,
        S.representative_patrol: InspectionKind.representative_patrol,
        S.outsourcing: InspectionKind.outsourcing,
    }
    kind = kinds.get(found.source)
    if found.source is S.inspector_patrol:
        kind = InspectionKind.occ_health if found.on in {day(2, 26), day(8, 19)} else InspectionKind.inspector_patrol
    return number_on(inspections, found.on, kind) if kind else None


def _finder(demo: Demo, found: Found) -> str:
    if found.source in {S.snapshot, S.team_mutual_check, S.drill}:
        people = demo.staff.team(found.team)
        return demo.staff.ref(people[found.on.day % len(people)])
    if found.source in {S.inspector_patrol, S.representative_patrol}:
        return demo.staff.inspector("车工班")
    return demo.staff.holder("安全管理员", 1)


def _graded(found: Found) -> dict[str, object]:
    graded: dict[str, object] = {"domain": found.domain, "factor": found.factor, "level": HazardLevel.general}
    return graded | {"accident_type": found.accident}


def _ordered(demo: Demo, found: Found, workshop: str) -> dict[str, object]:
    is_quick = found.allowed <= 3
    unsaid = found.what in {"铁屑外溢占道", "疏散指示灯不亮"}  # two were written down in a hurry
    return {
        "responsible_department": workshop,
        "responsible": demo.staff.leader(found.team),
        "measures": found.measures,
        "funds": None if unsaid else found.funds,
        "deadline": found.on + timedelta(days=found.allowed),
        "contingency": None if unsaid else ("无需，现场立即整改" if is_quick else "整改前挂牌停用，设专人看护"),
        "rectify_level": RectifyLevel.team if is_quick else RectifyLevel.workshop,
    }


def _extension(found: Found, values: dict[str, object]) -> list[dict[str, object]]:
    # fmt: off
    longer = {"隔热护板变形": (day(11, 16), "备件到货推迟"), "打磨间噪声大，耳塞配备不足": (day(9, 25), "隔声帘定制周期长")}
    # fmt: on
    if found.what not in longer:
        return []
    until, reason = longer[found.what]
    old, values["deadline"] = values["deadline"], until
    return [{"old_deadline": old, "new_deadline": until, "reason": reason, "approver": "分管副厂长"}]


def _ended(demo: Demo, found: Found) -> dict[str, object]:
    if found.stage is WAIT:
        return {"rectified_on": found.on + timedelta(days=2)}
    if found.taken is None:
        return {}
    mended = found.on + timedelta(days=found.taken)
    told = {"published_on": mended + timedelta(days=3)} if found.on.month < 8 else {}
    return told | {
        "rectified_on": mended,
        "acceptor": demo.staff.holder("安全管理员"),
        "accepted_on": mended,
        "acceptance": Acceptance.accepted,
        "closed_on": mended,
        "box": "14",
        "page": f"{found.on.month}-{found.on.day}",
    }


def _reward(found: Found) -> dict[str, object]:
    if found.what not in PROMISED_REWARD:
        return {}
    promised: dict[str, object] = {"reward_form": RewardForm.material, "reward_amount": 100}
    return promised | ({"rewarded_on": day(10, 16), "reward_signed": True} if PROMISED_REWARD[found.what] else {})


def _pair(demo: Demo, number: str, found: Found) -> None:
    begin = datetime.combine(found.on, time(10, found.on.day, found.on.month))
    end = begin + timedelta(days=found.taken or 1, hours=5)
    demo.photo(f"{found.picture}_before", f"整改前：{found.place}{found.what}", begin, number, slot="整改前照片")
    if found.what == "砂轮机防护罩缺失":
        demo.share(demo.number("exposure", "title", "砂轮机护罩缺失"))  # the same picture hangs on the exposure board
    demo.photo(f"{found.picture}_after", f"整改后：{found.place}", end, number, slot="整改后照片")


def _first_major(demo: Demo, book: Book) -> None:
    number = book.add(
        {
            "found_on": day(5, 18),
            "reporter": demo.staff.holder("安全管理员"),
            "source": S.special_action,
            "campaigns": (Campaign.special_rectification,),
            "workshop": "铸造车间",
            "team": "熔炼班",
            "place": "10吨铸造起重机",
            "description": FIRST_MAJOR,
            "domain": SAFE,
            "factor": OBJECT,
            "level": HazardLevel.major,
            "major_basis": "工贸企业重大事故隐患判定标准：吊运熔融金属起重机不符合要求",
            "accident_type": A.scald,
            "responsible_department": "铸造车间",
            "responsible": demo.staff.head("铸造车间"),
            "measures": "停用，更换双制动起重机构，吊具送检",
            "funds": 86000,
            "deadline": day(7, 10),
            "contingency": "停用期间改用叉车分包转运，禁止人员进入吊运区",
            "rectify_level": RectifyLevel.enterprise,
            "notice_number": "华兴安改〔2026〕04号",
            "notice_on": day(5, 19),
            "replied_on": day(5, 22),
            "plan": "目标：双制动；方法：更换起升机构；资金8.6万元；厂长负责；时限7月10日；停用警戒",
            "rectified_on": day(7, 6),
            "acceptor": demo.staff.holder("副厂长"),
            "accepted_on": day(7, 8),
            "acceptance": Acceptance.accepted,
            "closed_on": day(7, 8),
            "published_on": day(7, 10),
            "stage": Stage.closed,
            "regulator": "东湖区应急管理局",
            "regulator_reported_on": day(6, 5),
            "regulator_receipt": "东应急隐收〔2026〕031号",
            "congress": "五届三次",
            "congress_reported_on": day(6, 18),
            "congress_document": "职代会会议记录第12页",
            "box": "15",
            "page": "1-26",
        },
        extensions=[
            {"old_deadline": day(6, 25), "new_deadline": day(7, 10), "reason": "起升机构供货延迟", "approver": "厂长"}
        ],
    )
    demo.photo("crane_before", "整改前：吊具超期未检", at(5, 18, 14, 30, 11), number, slot="整改前照片")
    demo.share(demo.number("exposure", "title", "铸造车间起重吊具超期未检"))
    demo.photo("crane_after", "整改后：双制动起升机构", at(7, 6, 16, 5, 48), number, slot="整改后照片")
    demo.photo("paper", "区应急管理局收件回执", at(6, 5, 15, 0), number, slot="其他材料", style="scan")


def _second_major(demo: Demo, book: Book) -> None:
    number = book.add(
        {
            "found_on": day(10, 28),
            "reporter": demo.staff.inspector("装配班"),
            "source": S.special_action,
            "campaigns": (Campaign.special_rectification,),
            "workshop": "焊装车间",
            "team": "装配班",
            "place": "喷漆房",
            "description": SECOND_MAJOR,
            "domain": SAFE,
            "factor": OBJECT,
            "level": HazardLevel.major,
            "major_basis": "工贸企业重大事故隐患判定标准：喷漆室未设可燃气体报警联锁",
            "accident_type": A.other_explosion,
            "responsible_department": "焊装车间",
            "responsible": demo.staff.head("焊装车间"),
            "measures": "停用喷漆房，更换报警控制器并恢复联锁",
            "funds": 24000,
            "deadline": day(12, 5),
            "contingency": "停用期间外协喷漆，现场断电上锁",
            "rectify_level": RectifyLevel.enterprise,
            "notice_number": "华兴安改〔2026〕11号",
            "notice_on": day(10, 29),
            "plan": "目标：联锁有效；更换控制器；资金2.4万元；车间主任负责；12月5日前；断电上锁",
            "stage": Stage.rectifying,
            "regulator": "东湖区应急管理局",
            "regulator_reported_on": day(10, 30),
            "regulator_receipt": "东应急隐收〔2026〕067号",
            "box": "15",
            "page": "27-35",
        }
    )  # the report to the staff congress is still missing
    demo.photo("vent_before", "整改前：排风联锁失效", at(10, 28, 11, 20, 33), number, slot="整改前照片")
