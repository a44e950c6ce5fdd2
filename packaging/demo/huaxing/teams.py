"""What teams did: shift meetings a month at a time, single activities, suggestions; with holes, as in every year."""
# ruff: noqa: E501 - one record a line

from __future__ import annotations

from datetime import date
from typing import Any

from ankang_desktop.ledgers.suggestions import SuggestionKind, Verdict
from ankang_desktop.ledgers.team_activities import TeamActivityKind as Kind
from ankang_desktop.ledgers.vocabulary import Campaign, Topic
from huaxing.book import Book, day
from huaxing.demo import Demo, at
from huaxing.people import Staff, team_names

# team, month: nothing was handed in
HOLES = {("清理班", 2), ("清理班", 3), ("清理班", 9), ("物流班", 2), ("物流班", 8), ("动力班", 5), ("维修班", 2)}
UNPROVEN = {("物流班", 4), ("造型班", 7), ("清理班", 10)}
SAFETY_DAYS = (
    *("节前安全检查和防冻防滑", "新班组安全守则学习", "机床安全装置自查", "职业病防护用品怎么戴", "吊装作业“十不吊”"),
    *("我身边的隐患", "高温中暑怎么办", "反“三违”从我做起", "劳动防护用品抽查", "冬季防火和用电安全"),
)
NO_FAMILY, NO_WARNING = {"物流班", "清理班"}, {"动力班"}
NO_SKILLS, NO_SUGGESTION = {"物流班", "动力班", "清理班"}, {"清理班", "物流班"}


def write(demo: Demo) -> None:
    """Write team activities and suggestions."""
    book = demo.book("team_activity")
    for place, team in enumerate(team_names(), 1):
        for month in range(1, 11):
            if (team, month) not in HOLES:
                _month(demo, book, team, place, month)
    _singles(demo, book)
    _suggestions(demo)


def _month(demo: Demo, book: Book, team: str, place: int, month: int) -> None:
    size = len(demo.staff.team(team))
    paper = (None, None) if (team, month) in UNPROVEN else (f"B{place}", f"{month * 4 - 3}-{month * 4}")
    sessions, times = (22, 220) if month == 6 else (20 + month % 3, (20 + month % 3) * (size - 1))
    common = {"team": team, "box": paper[0], "page": paper[1], "host": demo.staff.leader(team)}
    meetings = {"held_on": day(month, 1), "kind": Kind.pre_shift_meeting, "topic": f"{month}月班前会（按月合并）"}
    book.add(common | meetings | {"sessions": sessions, "headcount": times, "minutes": 10})
    safety_day = {"held_on": day(month, 3 + (place * 5 + month) % 24), "kind": Kind.safety_day}
    safety_day |= {"topic": SAFETY_DAYS[month - 1], "expected": size, "headcount": size - (place + month) % 3}
    if month == 6:
        safety_day["campaigns"] = (Campaign.safety_month,)
    book.add(common | safety_day | {"minutes": 45})


def _singles(demo: Demo, book: Book) -> None:
    for place, team in enumerate(team_names(), 1):
        kinds: list[tuple[Kind, date, str, tuple[Topic, ...]]] = []
        if team not in NO_FAMILY:
            kinds.append((Kind.family_care, day(8, 2 + place), "读一封安全家书", (Topic.other,)))
        if team not in NO_WARNING:
            kinds.append(
                (
                    Kind.warning_education,
                    day(3 + place % 5, 11 + place),
                    "外厂机械伤害事故案例",
                    (Topic.three_violations,),
                )
            )
        if team not in NO_SKILLS:
            kinds.append(
                (Kind.skills_training, day(4 + place % 6, 8 + place), "岗位应急处置卡演练", (Topic.emergency,))
            )
        if place % 2:
            kinds.append(
                (Kind.pointing_and_calling, day(5, 6 + place), "开机前手指口述", (Topic.pointing_and_calling,))
            )
        if place in {1, 4, 8}:
            kinds.append((Kind.safety_officer_for_a_day, day(8, 10 + place), "当一天安全员", (Topic.post_duty,)))
            kinds.append((Kind.violation_correction, day(8, 16 + place), "纠正不戴护目镜", (Topic.three_violations,)))
        if place in {2, 5}:
            kinds.append((Kind.accident_lesson, day(8, 19 + place), "忆一次事故教训", (Topic.three_violations,)))
            kinds.append((Kind.film, day(7, 9 + place), "看安全影像《一分钟》", (Topic.three_violations,)))
        if place in {3, 6, 9}:
            kinds.append((Kind.reading, day(9, 7 + place), "读《工友安全读本》", (Topic.safety_law,)))
            kinds.append((Kind.accident_analysis, day(9, 14 + place), "险肇事故研判", (Topic.post_duty,)))
        _add(demo, book, team, place, kinds)


def _add(demo: Demo, book: Book, team: str, place: int, kinds: list[tuple[Kind, date, str, tuple[Topic, ...]]]) -> None:
    size = len(demo.staff.team(team))
    for turn, (kind, when, topic, topics) in enumerate(kinds):
        values = {"held_on": when, "team": team, "kind": kind, "topic": topic, "topics": topics, "expected": size}
        values |= {
            "headcount": size - turn % 2,
            "host": demo.staff.leader(team),
            "box": f"B{place}",
            "page": f"{50 + turn}",
        }
        if when.month == 8:
            values["campaigns"] = (Campaign.five_entries_month,)
        if kind is Kind.family_care:
            values |= {"box": None, "page": None, "content": "家属来信、全家福上墙，每人说一句安全承诺"}
        number = book.add(values)
        if kind is Kind.family_care and place % 6 == 1:
            demo.photo("meeting", f"{team}读安全家书", at(8, 2 + place, 7, 41, place), number, style="wechat")
        elif kind is Kind.family_care:
            demo.share(number)  # one picture was sent round and used by several teams


# fmt: off
IDEAS: tuple[tuple[Any, ...], ...] = (
    ("车工班", SuggestionKind.suggestion, day(2, 11), "车床卡盘扳手加弹簧自退", "扳手易忘在卡盘上", "扳手尾部加弹簧", Verdict.adopted, 200),
    ("铣磨班", SuggestionKind.golden_idea, day(3, 9), "砂轮更换双人确认卡", "换砂轮凭记忆", "设双人确认卡随机悬挂", Verdict.adopted, 300),
    ("数控班", SuggestionKind.suggestion, day(3, 24), "铁屑车加盖防滑落", "转运时铁屑撒落", "屑车加翻盖", Verdict.adopted, 100),
    ("造型班", SuggestionKind.suggestion, day(4, 14), "砂箱翻转区划黄线", "人与翻转区混行", "划线加护栏", Verdict.adopted, 150),
    ("熔炼班", SuggestionKind.work_method, day(8, 6), "熔炼“一看二问三确认”工作法", "加料凭经验", "看干燥、问成分、确认无水", Verdict.adopted, 500),
    ("熔炼班", SuggestionKind.golden_idea, day(5, 19), "炉前测温枪支架", "手持测温靠近炉口", "做固定支架", Verdict.trial, 200),
    ("下料班", SuggestionKind.suggestion, day(5, 7), "剪板机双手按钮间距加大", "一手可同时按两钮", "间距改为55厘米", Verdict.adopted, 200),
    ("焊接班", SuggestionKind.innovation, day(6, 23), "移动式焊烟净化臂", "固定吸尘够不到", "加两节活动臂", Verdict.adopted, 800),
    ("焊接班", SuggestionKind.suggestion, day(8, 18), "气瓶推车加防倒链", "推车无链", "每车加链", Verdict.adopted, 100),
    ("装配班", SuggestionKind.golden_idea, day(7, 14), "喷漆房开门联动排风", "忘开排风", "门磁联动", Verdict.trial, 300),
    ("维修班", SuggestionKind.suggestion, day(9, 2), "检修挂牌加个人锁", "只挂牌不上锁", "每人一把锁", Verdict.adopted, 200),
    ("动力班", SuggestionKind.suggestion, day(9, 21), "配电柜钥匙双人领用", "钥匙放在桌面", "登记双人领用", None, None),
    ("车工班", SuggestionKind.suggestion, day(8, 25), "取消防护眼镜统一发放", "有人嫌不合适", "改由个人购买", Verdict.rejected, None),
    ("数控班", SuggestionKind.suggestion, day(10, 13), "机床照明换低压灯", "部分仍是220伏", "换36伏", None, None),
)
# fmt: on


def _suggestions(demo: Demo) -> None:
    staff, book = demo.staff, demo.book("suggestion")
    for place, (team, kind, when, title, now, measures, verdict, reward) in enumerate(IDEAS):
        numbers = book.table(
            "proposed_on kind title proposer team situation measures reviewed_on verdict opinion reward box page",
            [
                (
                    *(when, kind, title, _proposer(staff, str(team), place), team, now, measures),
                    *(day(10, 16) if verdict else None, verdict, _opinion(verdict), reward),
                    *(("12", f"{place + 1}") if place not in {4, 7, 11, 13} else (None, None)),
                )
            ],
        )
        if place == 4:
            demo.photo("furnace", "“一看二问三确认”工作法上墙", at(8, 6, 9, 58, 2), *numbers)
        if place == 7:
            demo.photo("welding", "移动式焊烟净化臂", at(6, 23, 11, 2, 0), *numbers, style="export")


def _opinion(verdict: Verdict | None) -> str | None:
    if verdict is Verdict.rejected:
        return "防护用品由单位统一配备是法定要求，改为增加型号供试戴"
    return "同意，由车间组织实施" if verdict else None


def _proposer(staff: Staff, team: str, place: int) -> str:
    people = staff.team(team)
    return staff.ref(people[(3 + place * 2) % len(people)])
