"""Activities of the year, what the papers wrote, what was put on the exposure board, and what hangs on the walls."""
# ruff: noqa: E501 - one record a line

from __future__ import annotations

from datetime import date

from ankang_desktop.ledgers.activities import ActivityKind as Kind
from ankang_desktop.ledgers.activities import (
    EntryTarget,
    ExposureKind,
    FiveLead,
    MediaKind,
    MediaTag,
    Occasion,
    OutletLevel,
)
from ankang_desktop.ledgers.facilities import AssetKind
from ankang_desktop.ledgers.vocabulary import Campaign, Topic
from huaxing.book import Book, day
from huaxing.demo import Demo, at

JUNE = (Campaign.safety_month,)
AUGUST = (Campaign.five_entries_month,)
SITE, STREAM, ONLINE = Occasion.on_site, Occasion.live_stream, Occasion.online
PAPER, FEED = "华兴厂报", "华兴厂微信公众号"

# title, kind, day, occasion, place, topics, campaigns, person-times, box, page
# fmt: off
PLAIN: tuple[tuple[object, ...], ...] = (
    ("节后复工“安全第一课”动员", Kind.mobilisation, day(2, 26), SITE, "厂区广场", (Topic.post_duty,), None, 205, "10", "1-2"),
    ("交通安全进班组", Kind.traffic_education, day(3, 27), SITE, "物流班", (Topic.traffic,), None, 22, None, None),
    ("《职业病防治法》宣传周知识展板", Kind.law_publicity, day(4, 27), SITE, "食堂门口", (Topic.occ_disease_law,), (Campaign.occ_disease_law_week,), 160, "10", "3"),
    ("防灾减灾日消防疏散教育", Kind.fire_education, day(5, 12), SITE, "厂区广场", (Topic.fire,), (Campaign.disaster_day,), 88, "10", "4-5"),
    ("安全生产月部署动员会", Kind.mobilisation, day(5, 29), SITE, "二楼会议室", (Topic.exposition,), None, 46, "10", "6-7"),
    ("安全生产重要论述宣讲（一线专场）", Kind.lecture_tour, day(6, 3), SITE, "铸造车间", (Topic.exposition,), JUNE, 45, None, None),
    ("安全生产重要论述宣讲（管理专场）", Kind.lecture_tour, day(6, 12), SITE, "二楼会议室", (Topic.exposition, Topic.safety_law), JUNE, 60, None, None),
    ("安全生产大家谈", Kind.forum, day(6, 9), SITE, "职工之家", (Topic.post_duty,), JUNE, 40, "10", "12"),
    ("“动火作业风险我知道”宣传", Kind.hot_work, day(6, 17), SITE, "焊装车间", (Topic.hot_work,), JUNE, 38, None, None),
    ("火灾逃生情景模拟体验", Kind.emergency_science, day(6, 18), SITE, "厂区广场", (Topic.emergency, Topic.fire), JUNE, 35, None, None),
    ("安全生产签名", Kind.signing, day(6, 1), SITE, "厂门口", (Topic.post_duty,), JUNE, 212, None, None),
    ("机械伤害事故警示教育片集中观看", Kind.warning_education, day(6, 11), SITE, "二楼培训教室", (Topic.three_violations,), JUNE, 132, "10", "15"),
    ("隐患排查“敲门行动”", Kind.door_knocking, day(6, 27), SITE, "职工家属区", (Topic.fire,), JUNE, 26, None, None),
    ("“我是安全吹哨人”倡议", Kind.whistleblower, day(6, 8), SITE, "厂区", (Topic.three_violations,), JUNE, 118, "10", "17"),
    ("参观安全体验馆", Kind.experience_hall, day(7, 22), SITE, "市安全体验馆", (Topic.emergency,), None, 36, None, None),
    ("厂长讲安全专题党课", Kind.party_lecture, day(8, 5), SITE, "二楼会议室", (Topic.exposition,), AUGUST, 58, None, None),
    ("“以案为鉴”警示教育大会", Kind.warning_education, day(8, 12), SITE, "厂区广场", (Topic.three_violations,), AUGUST, 164, "10", "20-22"),
    ("安全承诺签名墙", Kind.signing, day(8, 14), SITE, "厂门口", (Topic.post_duty,), AUGUST, 187, None, None),
    ("安全警句征集", Kind.maxims, day(8, 20), ONLINE, None, (Topic.post_duty,), AUGUST, 73, None, None),
    ("劳动法律法规线上微课", Kind.law_publicity, day(9, 18), ONLINE, None, (Topic.labour_law, Topic.union_law), None, 126, "10", "25"),
    ("班组安全管理优秀成果展示", Kind.achievements, day(10, 23), SITE, "职工之家", (Topic.safety_skill,), None, 92, None, None),
    ("119消防宣传日灭火体验", Kind.fire_education, day(11, 9), SITE, "厂区广场", (Topic.fire,), (Campaign.fire_day,), 74, None, None),
)
# fmt: on
PICTURES = {
    "安全生产重要论述宣讲（一线专场）": ("meeting", at(6, 3, 15, 1, 33), "phone"),
    "安全生产重要论述宣讲（管理专场）": ("meeting", at(6, 12, 9, 42, 8), "phone"),
    "“动火作业风险我知道”宣传": ("welding", at(6, 17, 16, 20, 1), "wechat"),
    "火灾逃生情景模拟体验": ("smoke", at(6, 18, 10, 11, 47), "phone"),
    "安全生产签名": ("banner", at(6, 1, 8, 5, 20), "phone"),
    "隐患排查“敲门行动”": ("door", at(6, 27, 18, 40, 0), "export"),
    "参观安全体验馆": ("corridor", at(7, 22, 10, 15, 0), "wechat"),
    "厂长讲安全专题党课": ("meeting", at(8, 5, 14, 2, 0), "export"),
    "安全承诺签名墙": ("banner", at(8, 14, 8, 1, 26), "phone"),
    "班组安全管理优秀成果展示": ("corridor", at(10, 23, 9, 45, 3), "camera"),
}


def write(demo: Demo) -> None:
    """Write activities, media, exposures and assets."""
    _activities(demo)
    _media(demo)
    _exposures(demo)
    _assets(demo)


def _activities(demo: Demo) -> None:
    book = demo.book("activity")
    keys = "title kind held_on occasion place topics campaigns headcount box page"
    for row, number in zip(PLAIN, book.table(keys, PLAIN), strict=True):
        if picture := PICTURES.get(str(row[0])):
            scene, taken_at, style = picture
            demo.photo(scene, str(row[0]), taken_at, number, style=style)
    _june(demo, book)
    _elsewhere(demo, book)


def _june(demo: Demo, book: Book) -> None:
    talk = {
        "title": "以案说法进车间",
        "kind": Kind.case_based_law_talk,
        "held_on": day(6, 15),
        "place": "机加、铸造车间",
    }
    book.add(talk | {"campaigns": JUNE, "sessions": 2, "headcount": 86, "box": "10", "page": "13-14"})
    village = {"title": "应急志愿服务乡村行", "kind": Kind.village_volunteers, "held_on": day(6, 20), "place": "柳溪村"}
    village |= {"targets": (EntryTarget.village, EntryTarget.family), "headcount": 12, "audience": 75, "copies": 100}
    number = book.add(village | {"campaigns": JUNE, "topics": (Topic.self_rescue,)})
    demo.photo("tent", "应急志愿服务乡村行", at(6, 20, 9, 50, 12), number, style="wechat")
    promise = {"title": "主要负责人安全承诺践诺", "kind": Kind.promise, "held_on": day(6, 5), "place": "厂区广场"}
    number = book.add(promise | {"campaigns": JUNE, "headcount": 52, "leads": (FiveLead.duties,)})
    demo.photo("meeting", "厂长宣读安全承诺", at(6, 5, 8, 10, 4), number)
    demo.share(demo.number("commitment", "signed_on", day(6, 5)))
    day_out = {"title": "安全宣传咨询日", "kind": Kind.consultation_day, "held_on": day(6, 16), "campaigns": JUNE}
    day_out |= {"topics": (Topic.safety_law, Topic.local_regulation), "targets": (EntryTarget.enterprise,)}
    number = book.add(day_out | {"occasion": SITE, "place": "厂门口广场", "headcount": 150, "copies": 300})
    demo.photo("tent", "安全宣传咨询日现场", at(6, 16, 8, 32, 16), number, has_place=True)
    demo.photo("poster", "咨询日公益海报和宣传资料", at(6, 16, 8, 50, 3), number, style="wechat")
    number = book.add(day_out | {"title": "安全宣传咨询日网络直播", "occasion": STREAM, "viewers": 320, "sessions": 1})
    demo.photo("phone", "咨询日直播间", at(6, 16, 10, 45, 0), number, style="export")
    _five_leads(demo, book)
    letter = {"title": "安全家书", "kind": Kind.other, "held_on": day(6, 21), "is_special": True, "headcount": 88}
    number = book.add(
        letter | {"campaigns": JUNE, "content": "家属给一线职工写一封安全家书，在班前会上读", "place": "各班组"}
    )
    demo.photo("paper", "安全家书选登", at(6, 21, 16, 5), number, style="scan")


def _five_leads(demo: Demo, book: Book) -> None:
    leads: tuple[tuple[str, FiveLead, date], ...] = (
        ("厂长带队排查重大事故隐患", FiveLead.hazards, day(6, 4)),
        ("厂长带队检查动火作业", FiveLead.hot_work, day(6, 13)),
        ("厂长带队检查外包项目", FiveLead.outsourcing, day(6, 22)),
        ("厂长指挥综合应急演练", FiveLead.drill, day(6, 16)),
    )
    numbers = book.table(
        "title kind held_on leads campaigns headcount box page",
        [(title, Kind.five_leads, when, (lead,), JUNE, 9, None, None) for title, lead, when in leads],
    )
    demo.photo("patrol", "厂长带队排查重大事故隐患", at(6, 4, 9, 3, 58), numbers[0])
    demo.photo("patrol", "厂长带队检查动火作业", at(6, 13, 14, 25, 6), numbers[1], style="wechat")


def _elsewhere(demo: Demo, book: Book) -> None:
    family = {"title": "一线职工家属进厂座谈", "kind": Kind.family_meeting, "held_on": day(8, 22), "place": "职工之家"}
    number = book.add(
        family | {"campaigns": AUGUST, "targets": (EntryTarget.family,), "headcount": 34, "households": 15}
    )
    demo.photo("meeting", "一线职工家属进厂座谈", at(8, 22, 15, 12, 42), number, style="wechat")
    hand = {"title": "赠送应急与安全知识手册", "kind": Kind.handbooks, "held_on": day(8, 8), "copies": 260}
    hand |= {"targets": (EntryTarget.community, EntryTarget.enterprise), "place": "各班组、东湖社区"}
    number = book.add(hand | {"campaigns": AUGUST, "topics": (Topic.emergency, Topic.self_rescue)})
    demo.photo("paper", "应急与安全知识手册发放登记", at(8, 8, 17, 20), number, style="scan")
    school = {"title": "安全小课堂进校园", "kind": Kind.open_class, "held_on": day(8, 28), "place": "东湖小学（虚构）"}
    book.add(school | {"campaigns": AUGUST, "targets": (EntryTarget.school,), "audience": 80})  # no picture was taken
    show = {
        "title": "“平安是福”职工文艺汇演",
        "kind": Kind.show,
        "held_on": day(9, 29),
        "place": "职工之家",
        "audience": 150,
    }
    number = book.add(show | {"topics": (Topic.post_duty,)})
    demo.photo("stage", "“平安是福”职工文艺汇演", at(9, 29, 19, 10, 11), number)


def _media(demo: Demo) -> None:
    kinds, tags, levels = MediaKind, MediaTag, OutletLevel
    # fmt: off
    numbers = demo.book("media").table(
        "title kind tags outlet level published_on link campaigns box page",
        [
            ("学习安全生产重要论述的几点体会", kinds.reflection, (tags.safety_month,), PAPER, levels.enterprise, day(6, 8), "第6期2版", JUNE, "11", "1"),
            ("守住红线，从班前会抓起", kinds.commentary, (tags.safety_month,), FEED, levels.enterprise, day(6, 15), None, JUNE, "11", "2"),
            ("安全生产月随想", kinds.reflection, None, PAPER, levels.enterprise, day(7, 2), "第7期2版", None, "11", "3"),
            ("铸造车间逃生演练", kinds.escape_video, None, FEED, levels.enterprise, day(6, 17), None, JUNE, None, None),
            ("90秒撤离", kinds.escape_video, None, FEED, levels.enterprise, day(6, 19), None, JUNE, "11", "5"),
            ("灭火器这样用", kinds.escape_video, None, FEED, levels.enterprise, day(6, 23), None, JUNE, "11", "6"),
            ("厂长带队查隐患", kinds.report, (tags.five_leads,), PAPER, levels.enterprise, day(6, 6), "第6期1版", JUNE, "11", "7"),
            ("厂长当起演练总指挥", kinds.report, (tags.five_leads, tags.safety_month), FEED, levels.enterprise, day(6, 18), None, JUNE, "11", "8"),
            ("咨询日里问安全", kinds.report, (tags.consultation_day,), "云岭工会", levels.city, day(6, 18), None, JUNE, None, None),
            ("主要负责人安全承诺视频", kinds.promise_video, (tags.safety_month,), FEED, levels.enterprise, day(6, 7), None, JUNE, None, None),
            ("“一看二问三确认”工作法", kinds.case, (tags.ankang_cup,), "云岭工会", levels.city, day(9, 4), None, None, "11", "9"),
        ],
    )
    # fmt: on
    demo.photo("phone", "逃生演练视频截图", at(6, 17, 20, 1, 0), numbers[3], style="export")
    demo.photo("paper", "《咨询日里问安全》报样", at(6, 18, 9, 0), numbers[8], style="scan")


def _exposures(demo: Demo) -> None:
    kinds, board = ExposureKind, "厂区曝光台"
    numbers = demo.book("exposure").table(
        "title kind exposed_on medium is_mainstream box page",
        [
            ("铸造车间起重吊具超期未检", kinds.major_hazard, day(6, 6), board, False, "11", "20"),
            ("喷漆房通风联锁失效", kinds.major_hazard, day(6, 14), board, False, "11", "21"),
            ("安全通道堆放托盘", kinds.prominent_problem, day(6, 7), board, False, "11", "22"),
            ("砂轮机护罩缺失", kinds.prominent_problem, day(6, 7), board, False, None, None),
            ("气瓶未固定", kinds.prominent_problem, day(6, 21), board, False, None, None),
            ("外地危险作业罪判例学习", kinds.admin_criminal_linkage, day(6, 24), FEED, False, "11", "24"),
            ("配电柜前堆物", kinds.prominent_problem, day(9, 8), board, False, "11", "25"),
        ],
    )
    demo.photo("board", "六月曝光台", at(6, 7, 16, 30, 9), numbers[3], numbers[4])


def _assets(demo: Demo) -> None:
    kinds = AssetKind
    numbers = demo.book("asset").table(
        "kind place quantity since photo_on notes",
        [
            (kinds.classroom, "办公楼二楼培训教室", 1, day(4, 20, 2023), day(3, 6), "60座，投影、急救模型、挂图"),
            (kinds.corridor, "厂区主干道西侧", 1, day(5, 30, 2024), day(6, 2), "展板24块"),
            (kinds.warning_sign, "各车间设备和通道", 86, day(3, 10, 2024), day(4, 9), None),
            (kinds.reminder_card, "各岗位", 120, day(3, 10, 2024), day(4, 9), "岗位安全提示卡"),
            (kinds.poster, "食堂、职工之家", 30, day(5, 28), day(6, 1), "安全生产月宣传画"),
            (kinds.banner, "厂门口", 4, day(9, 12, 2025), day(9, 18, 2025), "照片是去年的，需要重拍"),
            (kinds.slogan, "车间立柱", 40, day(5, 6, 2022), day(5, 15), None),
            (kinds.wall_chart, "各班组学习园地", 24, day(2, 27), None, "四大车间各6幅"),
            (kinds.hotline_board, "厂门口、铸造车间门口", 2, day(6, 10), day(6, 10), None),
            (kinds.exposure_column, "厂区公示栏旁", 1, day(6, 6), day(6, 7), None),
            (kinds.station, "南门外", 1, day(7, 3), day(7, 5), "饮水、微波炉、急救包、充电；7:00—19:00开放"),
        ],
    )
    shots = (
        ("classroom", "安全培训教室", at(3, 6, 10, 3, 3), numbers[0], "phone"),
        ("corridor", "安全文化长廊", at(6, 2, 17, 5, 45), numbers[1], "phone"),
        ("sign", "设备警示牌", at(4, 9, 9, 12, 30), numbers[2], "phone"),
        ("banner", "厂门口安全横幅", at(9, 18, 8, 30, 0, 2025), numbers[5], "phone"),
        ("board", "12350安全举报公示牌", at(6, 10, 11, 0, 21), numbers[8], "phone"),
        ("station", "户外劳动者驿站", at(7, 5, 14, 20, 37), numbers[10], "phone"),
    )
    for scene, caption, taken_at, number, style in shots:
        demo.photo(scene, caption, taken_at, number, style=style)
        if scene == "sign":
            demo.share(numbers[3])
        if scene == "corridor":
            demo.share(numbers[6])
    demo.photo("poster", "安全生产月宣传画", at(6, 1, 16, 45, 8), numbers[4], style="wechat")
