"""Activities and publicity of the enterprise, with media reports and exposures (domain.md §1, §3, §5.16)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import Attendance, Counted, StatLine
from ankang_desktop.declare.kinds import Choice, Day, Tags, Text, Whole, YesNo
from ankang_desktop.declare.ledger import PROOF, SIGN_IN, Group, Ledger, Lines, Section, in_order
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.ledgers.vocabulary import Campaign, Topic


class ActivityKind(Options):
    """What was held; each kind is a counter of its own and may be an item of 十个一, 八个一 or another set."""

    lecture_tour = "宣讲"
    forum = "安全生产大讲堂（大家谈）"
    pre_shift_meeting = "班前会"
    case_based_law_talk = "以案说法"
    safety_walk = "企业“行”主题活动"
    village_volunteers = "应急志愿服务乡村行"
    promise = "安全承诺践诺"
    hot_work = "动火作业风险我知道"
    consultation_day = "安全宣传咨询日"
    emergency_science = "应急科普、情景模拟"
    warning_education = "警示教育"
    family_care = "亲情教育"
    family_meeting = "员工家属交流会"
    safety_envoy = "安全特使"
    party_lecture = "讲党课"
    handbooks = "赠送应急与安全知识手册"
    signing = "安全生产签名（宣誓）"
    open_class = "安全生产公开课"
    show = "文艺汇演"
    exhibition = "书法绘画摄影展"
    speech = "主题演讲"
    essays = "征文"
    maxims = "安全警句征集"
    cartoons = "安全漫画展"
    culture_ideas = "职工安全文化征集"
    experience_hall = "安全体验场馆参观"
    door_knocking = "隐患排查“敲门行动”"
    whistleblower = "我是安全吹哨人"
    achievements = "安全管理优秀成果展示"
    five_leads = "主要负责人“五带头”"
    law_publicity = "法律政策宣传"
    fire_education = "消防安全教育"
    traffic_education = "交通安全教育"
    mobilisation = "部署动员"
    other = "其他"


class Occasion(Options):
    """How it was held."""

    on_site = "现场"
    live_stream = "直播"
    online = "线上"


class EntryTarget(Options):
    """Targets of the two “五进”: the first five of 石家庄, the last five of 焦作 (企业 belongs to both)."""

    community = "社区"
    family = "家庭"
    school = "校园"
    village = "农村"
    enterprise = "企业"
    park = "园区"
    office = "机关"
    workshop = "车间"
    team = "班组"


class FiveLead(Options):
    """The five things the principal does in person (焦作方案)."""

    hazards = "带头组织重大事故隐患排查整治"
    duties = "带头落实全员安全生产岗位责任"
    hot_work = "带头对动火等危险作业排查整治"
    outsourcing = "带头对外包外租排查整治"
    drill = "带头开展事故应急救援演练"


class ActivityAttendance(Attendance):
    """One person at one activity."""

    __tablename__ = "activity_attendance"


class Activity(Counted, Entry):
    """One activity."""

    __tablename__ = "activity"

    title: Mapped[str] = field(Text(80), "活动名称", required=True)
    kind: Mapped[ActivityKind] = field(Choice(ActivityKind), "活动类型", required=True, index=True)
    held_on: Mapped[date] = field(Day(), "活动日期", required=True)
    until: Mapped[date | None] = field(Day(), "结束日期")
    occasion: Mapped[Occasion | None] = field(Choice(Occasion), "活动形式")
    place: Mapped[str | None] = field(Text(60), "活动地点")
    topics: Mapped[tuple[Topic, ...] | None] = field(Tags(Topic), "涉及内容")
    campaigns: Mapped[tuple[Campaign, ...] | None] = field(Tags(Campaign), "所属活动")
    targets: Mapped[tuple[EntryTarget, ...] | None] = field(Tags(EntryTarget), "“五进”对象")
    leads: Mapped[tuple[FiveLead, ...] | None] = field(Tags(FiveLead), "“五带头”事项")
    content: Mapped[str | None] = field(Text(1000, lines=4), "活动内容")
    audience: Mapped[int | None] = field(Whole("人次"), "受众人次")
    viewers: Mapped[int | None] = field(Whole("人"), "观看人数", help="直播平台显示的数字")
    copies: Mapped[int | None] = field(Whole("份"), "发放份数")
    households: Mapped[int | None] = field(Whole("户"), "走访户数")
    is_special: Mapped[bool | None] = field(YesNo(), "特色活动", help="焦作统计表第7行，每项一行")


class MediaKind(Options):
    """What was published."""

    commentary = "评论文章"
    reflection = "心得体会"
    escape_video = "逃生演练视频"
    promise_video = "承诺践诺视频"
    report = "活动报道"
    case = "经验做法与典型案例"
    other = "其他"


class MediaTag(Options):
    """What a report was about."""

    five_leads = "五带头"
    consultation_day = "咨询日"
    safety_month = "安全生产月"
    ankang_cup = "安康杯"
    model_worker = "先进典型"


class OutletLevel(Options):
    """How high the outlet stands."""

    enterprise = "企业"
    county = "县级"
    city = "市级"
    province = "省级"
    nation = "国家级"
    provincial_tv = "地方卫视"


class Media(StatLine, Entry):
    """One article, report or video."""

    __tablename__ = "media"

    title: Mapped[str] = field(Text(100), "标题", required=True)
    kind: Mapped[MediaKind] = field(Choice(MediaKind), "稿件类型", required=True, index=True)
    tags: Mapped[tuple[MediaTag, ...] | None] = field(Tags(MediaTag), "报道主题")
    outlet: Mapped[str | None] = field(Text(60), "媒体名称", counts=True)
    level: Mapped[OutletLevel | None] = field(Choice(OutletLevel), "媒体级别")
    published_on: Mapped[date] = field(Day(), "发布日期", required=True)
    link: Mapped[str | None] = field(Text(300), "网址或版面")
    campaigns: Mapped[tuple[Campaign, ...] | None] = field(Tags(Campaign), "所属活动")


class ExposureKind(Options):
    """What was exposed (焦作统计表第4行)."""

    major_hazard = "重大事故隐患"
    prominent_problem = "突出问题"
    double_penalty = "“一案双罚”典型案例"
    admin_criminal_linkage = "行刑衔接（含危险作业罪）案例"


class Exposure(StatLine, Entry):
    """One case on the exposure column (曝光台)."""

    __tablename__ = "exposure"

    title: Mapped[str] = field(Text(100), "案例名称", required=True)
    kind: Mapped[ExposureKind] = field(Choice(ExposureKind), "曝光类型", required=True)
    exposed_on: Mapped[date] = field(Day(), "曝光日期", required=True)
    medium: Mapped[str | None] = field(Text(60), "曝光载体", counts=True)
    is_mainstream: Mapped[bool | None] = field(YesNo(), "主流媒体")


_CONSULTATION = Activity.kind == ActivityKind.consultation_day

ACTIVITIES = Ledger(
    key="activity",
    title="活动与宣传台账",
    prefix="HD",
    group=Group.education,
    record=Activity,
    day=Activity.held_on,
    columns=(Activity.title, Activity.kind, Activity.held_on, Activity.sessions, Activity.headcount),
    sections=(
        Section("活动", Activity.title),
        Section("内容", Activity.topics),
        Section("统计", Activity.audience),
    ),
    naming=(Activity.title, Activity.number),
    identity=(Activity.title, Activity.held_on, Activity.kind),
    evidence=(PROOF, SIGN_IN),
    lines=(Lines("attendance", "参加人员", ActivityAttendance),),
    needs_any=(("attendance", "headcount", "audience", "viewers", "copies", "households"),),
    counters=(
        Counter("special", "特色活动", Activity.is_special.is_(True)),
        Counter(
            "consultation_on_site",
            "咨询日现场活动",
            _CONSULTATION & Activity.occasion.is_distinct_from(Occasion.live_stream),
        ),
        Counter("consultation_live", "咨询日网络直播", _CONSULTATION & (Activity.occasion == Occasion.live_stream)),
    ),
    rules=(in_order(Activity.held_on, Activity.until),),
)

MEDIA = Ledger(
    key="media",
    title="媒体报道台账",
    prefix="MT",
    group=Group.education,
    record=Media,
    day=Media.published_on,
    columns=(Media.title, Media.kind, Media.outlet, Media.level, Media.published_on),
    sections=(Section("稿件", Media.title), Section("统计", Media.stat_line)),
    identity=(Media.title, Media.published_on, Media.outlet),
)

EXPOSURES = Ledger(
    key="exposure",
    title="曝光台",
    prefix="BG",
    group=Group.education,
    record=Exposure,
    day=Exposure.exposed_on,
    columns=(Exposure.title, Exposure.kind, Exposure.exposed_on, Exposure.medium),
    sections=(Section("曝光", Exposure.title), Section("统计", Exposure.stat_line)),
    identity=(Exposure.title, Exposure.exposed_on),
    counters=(
        Counter(
            "double_penalty_mainstream",
            "主流媒体公布的“一案双罚”案例",
            (Exposure.kind == ExposureKind.double_penalty) & Exposure.is_mainstream,
        ),
    ),
)
