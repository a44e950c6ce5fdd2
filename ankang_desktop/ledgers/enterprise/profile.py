"""Profile and yearly figures of the enterprise (domain.md §5.0); no address, no phone."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.kinds import Choice, Day, Tags, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Group, Ledger, Section
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.ledgers.vocabulary import Channel


class Ownership(Options):
    """Public or not: 非公 enterprises are a key field of every notice."""

    public = "公有"
    non_public = "非公"


class Size(Options):
    """The four official sizes."""

    large = "大型"
    medium = "中型"
    small = "小型"
    micro = "微型"


class HighRiskSource(Options):
    """Which text names the trade as high-risk; the lists differ (domain.md A15)."""

    national_2020 = "全总2020通知"
    shijiazhuang_2021 = "石家庄2021意见"
    huantai_2016 = "桓台2016方案"
    safety_law = "安全生产法第24条"


class Profile(Entry):
    """The one enterprise of a workspace."""

    __tablename__ = "profile"

    name: Mapped[str] = field(Text(100), "单位名称", required=True)
    short_name: Mapped[str | None] = field(Text(20), "简称", help="用于文件名")
    credit_code: Mapped[str | None] = field(Text(18), "统一社会信用代码")
    region: Mapped[str | None] = field(Text(50), "所在区市")
    industry: Mapped[str | None] = field(Text(50), "行业")
    high_risk: Mapped[bool] = field(YesNo(), "属高危行业", required=True, default=False)
    high_risk_sources: Mapped[tuple[HighRiskSource, ...] | None] = field(Tags(HighRiskSource), "高危依据")
    ownership: Mapped[Ownership | None] = field(Choice(Ownership), "所有制")
    size: Mapped[Size | None] = field(Choice(Size), "规模")
    outdated: Mapped[bool | None] = field(YesNo(), "设备技术工艺落后")
    labour_intensive: Mapped[bool | None] = field(YesNo(), "劳动密集型")
    migrant_concentrated: Mapped[bool | None] = field(YesNo(), "农民工集中")
    union_founded_on: Mapped[date | None] = field(Day(), "建会日期")
    channel: Mapped[Channel | None] = field(Choice(Channel), "报名渠道")
    upper_union: Mapped[str | None] = field(Text(60), "上级工会")
    upper_department: Mapped[str | None] = field(Text(60), "收件部门")
    principal: Mapped[str | None] = field(Text(20), "主要负责人", personal=True)
    union_chair: Mapped[str | None] = field(Text(20), "工会主席", personal=True)
    officer: Mapped[str | None] = field(Text(20), "经办人", personal=True)


class YearlyFigures(Entry):
    """Head-counts of one year, for enterprises whose roster is not kept here and for the year-on-year page."""

    __tablename__ = "yearly_figures"

    figures_on: Mapped[date] = field(Day(), "统计日期", required=True)
    staff: Mapped[int] = field(Whole("人"), "职工数", required=True)
    women: Mapped[int | None] = field(Whole("人"), "女职工数")
    migrants: Mapped[int | None] = field(Whole("人"), "农民工数")
    exposed: Mapped[int | None] = field(Whole("人"), "接触职业病危害人数")
    heat_exposed: Mapped[int | None] = field(Whole("人"), "高温、露天作业人数")
    teams_entered: Mapped[int | None] = field(Whole("个班组"), "参赛班组数")
    staff_entered: Mapped[int | None] = field(Whole("人"), "参赛职工数")
    occ_disease_cases: Mapped[int | None] = field(Whole("例"), "职业病新发病例")


PROFILE = Ledger(
    key="profile",
    title="企业档案",
    prefix="DW",
    group=Group.enterprise,
    record=Profile,
    columns=(Profile.name, Profile.industry, Profile.high_risk, Profile.upper_union),
    sections=(
        Section("基本情况", Profile.name),
        Section("属性", Profile.high_risk),
        Section("工会与上级", Profile.union_founded_on),
    ),
    naming=(Profile.name,),
    identity=(Profile.name,),
    needs_proof=False,
    single=True,
)

YEARLY_FIGURES = Ledger(
    key="yearly_figures",
    title="年度数据",
    prefix="SJ",
    group=Group.enterprise,
    record=YearlyFigures,
    day=YearlyFigures.figures_on,
    columns=(YearlyFigures.figures_on, YearlyFigures.staff, YearlyFigures.women, YearlyFigures.teams_entered),
    sections=(Section("人数", YearlyFigures.figures_on), Section("参赛", YearlyFigures.teams_entered)),
    identity=(YearlyFigures.figures_on,),
    unique=True,
    needs_proof=False,
)
