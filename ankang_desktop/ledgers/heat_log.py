"""Hot days and the allowance for them (防暑降温措施管理办法, 安监总安健〔2012〕89号; domain.md §5.13)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import person
from ankang_desktop.declare.kinds import Amount, Choice, Day, Month, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Group, Ledger, Section
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry


class HeatBand(Options):
    """Bands of the forecast daily maximum; each has its own rule."""

    none = "35℃以下"
    hot = "35℃以上不满37℃"
    hotter = "37℃以上不满40℃"
    hottest = "40℃以上"


class HeatDay(Entry):
    """One day of the heat log."""

    __tablename__ = "heat_log"

    logged_on: Mapped[date] = field(Day(), "日期", required=True)
    forecast: Mapped[Decimal] = field(
        Amount("℃", 1, least=Decimal(-40), most=Decimal(60)), "预报最高气温", required=True
    )
    source: Mapped[str | None] = field(Text(40), "预报来源")
    outdoor_hours: Mapped[Decimal | None] = field(Amount("小时", 1, most=Decimal(24)), "户外作业时长")
    overtime: Mapped[bool | None] = field(YesNo(), "户外加班")
    rested_at_noon: Mapped[bool | None] = field(YesNo(), "最热3小时停工")
    emergency: Mapped[bool | None] = field(YesNo(), "抢险等紧急情况")
    protected_outdoors: Mapped[bool | None] = field(YesNo(), "有孕期女职工或未成年工户外作业")
    adjustment: Mapped[str | None] = field(Text(200), "作业调整措施")
    checker: Mapped[int | None] = field(person(), "检查人")
    heatstroke_cases: Mapped[int | None] = field(Whole("例"), "中暑人数")
    band: Mapped[HeatBand | None] = field(Choice(HeatBand), "高温级别", computed=True)
    breach: Mapped[str | None] = field(Text(100), "违反规定", computed=True)


class HeatAllowance(Entry):
    """The allowance of one month; amounts and months are provincial and entered by the officer."""

    __tablename__ = "heat_allowance"

    month: Mapped[date] = field(Month(), "发放月份", required=True)
    persons: Mapped[int] = field(Whole("人"), "发放人数", required=True)
    standard: Mapped[Decimal | None] = field(Amount("元/人"), "发放标准", help="每人每月，按本省标准")
    amount: Mapped[Decimal | None] = field(Amount("元"), "发放金额", counts=True)
    voucher: Mapped[str | None] = field(Text(40), "凭证号")


def band_of(forecast: Decimal) -> HeatBand:
    """Return the band of a forecast maximum in ℃; “以上” includes the number."""
    if forecast >= 40:
        return HeatBand.hottest
    if forecast >= 37:
        return HeatBand.hotter
    return HeatBand.hot if forecast >= 35 else HeatBand.none


def breach_of(day: HeatDay) -> str | None:
    """Return which rule the day broke (第八条), or None; emergencies are excepted.

    ≥40 ℃: no outdoor work; ≥37 ℃: at most 6 hours outdoors, none in the hottest 3; ≥35 ℃: no overtime outdoors, and
    no pregnant woman or minor outdoors at all.
    """
    band, hours = band_of(day.forecast), day.outdoor_hours or Decimal(0)
    if band is HeatBand.none or day.emergency:
        return None
    if day.protected_outdoors:
        return "35℃以上不得安排孕期女职工和未成年工户外作业"
    if band is HeatBand.hottest:
        return "40℃以上应停止当日户外作业" if hours > 0 else None
    if band is HeatBand.hotter and hours > 6:
        return f"37℃以上户外作业不得超过6小时，现为{hours:f}小时"
    if band is HeatBand.hotter and hours > 0 and day.rested_at_noon is False:
        return "37℃以上最热3小时内不得安排户外作业"
    return "35℃以上不得安排户外加班" if day.overtime else None


def judge_day(day: HeatDay) -> None:
    """Write band and breach on the entry."""
    day.band = band_of(day.forecast)
    day.breach = breach_of(day)


HEAT_LOG = Ledger(
    key="heat_log",
    title="高温天气日志",
    prefix="GR",
    group=Group.care,
    record=HeatDay,
    day=HeatDay.logged_on,
    columns=(HeatDay.logged_on, HeatDay.forecast, HeatDay.band, HeatDay.adjustment, HeatDay.breach),
    sections=(Section("气温与作业", HeatDay.logged_on), Section("检查", HeatDay.checker)),
    identity=(HeatDay.logged_on,),
    unique=True,
    needs_proof=False,
    counters=(
        Counter("hot", "高温日数", HeatDay.forecast >= 35),
        Counter("adjusted", "已调整作业的高温日数", (HeatDay.forecast >= 35) & HeatDay.adjustment.is_not(None)),
        Counter("breach", "违反高温规定的日数", HeatDay.breach.is_not(None)),
    ),
    derive=(judge_day,),
)

HEAT_ALLOWANCES = Ledger(
    key="heat_allowance",
    title="高温津贴发放",
    prefix="JT",
    group=Group.care,
    record=HeatAllowance,
    day=HeatAllowance.month,
    columns=(HeatAllowance.month, HeatAllowance.persons, HeatAllowance.standard, HeatAllowance.amount),
    sections=(Section("津贴", HeatAllowance.month),),
    identity=(HeatAllowance.month,),
    unique=True,
)
