"""送清凉: the visits, the goods in stock and every issue of them (domain.md §5.4; 石家庄意见 “五送”)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import person
from ankang_desktop.declare.kinds import Amount, Day, Link, Tags, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Group, Ledger, Lines, Section, in_order, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry, Line
from ankang_desktop.kernel.errors import Problem


class Give(Options):
    """The five gives (五送)."""

    supplies = "送物资"
    policy = "送政策宣传"
    medical_check = "送健康体检"
    legal_aid = "送法律维权"
    health_training = "送健康培训"


class Recipient(Options):
    """Priority recipients."""

    outdoor = "露天作业"
    high_temperature = "高温作业"
    epidemic = "防疫一线"
    migrant = "农民工"
    new_form = "新就业形态"
    needy = "困难职工"
    other = "其他"


class FundSource(Options):
    """Where the money came from."""

    union = "工会经费"
    enterprise = "行政"
    upper = "上级拨款"
    society = "社会筹集"


class Issue(Line):
    """Goods given to one person or group."""

    __tablename__ = "heat_care_issue"

    supply: Mapped[int] = field(Link("supply", "物资"), "物资", required=True)
    person: Mapped[int | None] = field(person(), "领用人")
    group: Mapped[str | None] = field(Text(40), "领用集体")
    quantity: Mapped[int] = field(Whole(least=1), "数量", required=True)
    issued_on: Mapped[date | None] = field(Day(), "领用日期")
    proxy: Mapped[str | None] = field(Text(20), "代领人", personal=True)


class HeatCare(Entry):
    """One visit or issue."""

    __tablename__ = "heat_care"

    held_on: Mapped[date] = field(Day(), "慰问日期", required=True)
    place: Mapped[str] = field(Text(80), "地点或岗位", required=True)
    leader_joined: Mapped[bool | None] = field(YesNo(), "领导参加")
    gives: Mapped[tuple[Give, ...] | None] = field(Tags(Give), "“五送”内容", counts=True)
    recipients: Mapped[tuple[Recipient, ...] | None] = field(Tags(Recipient), "慰问对象")
    headcount: Mapped[int | None] = field(Whole("人次"), "慰问人次", help="有领用明细时以明细为准")
    fund_sources: Mapped[tuple[FundSource, ...] | None] = field(Tags(FundSource), "经费来源")
    amount: Mapped[Decimal | None] = field(Amount("元"), "慰问金额")
    union_amount: Mapped[Decimal | None] = field(Amount("元"), "其中工会经费")
    society_amount: Mapped[Decimal | None] = field(Amount("元"), "其中社会筹集")
    visited_teams: Mapped[int | None] = field(Whole("个"), "走访班组数")


class Supply(Entry):
    """Goods bought for the summer; what is left is what came in less what was issued."""

    __tablename__ = "supply"

    name: Mapped[str] = field(Text(40), "物资名称", required=True)
    spec: Mapped[str | None] = field(Text(40), "规格")
    unit: Mapped[str | None] = field(Text(10), "单位")
    price: Mapped[Decimal | None] = field(Amount("元/件"), "单价")
    quantity: Mapped[int] = field(Whole(), "入库数量", required=True)
    received_on: Mapped[date] = field(Day(), "入库日期", required=True)
    invoice: Mapped[str | None] = field(Text(40), "发票号")
    best_before: Mapped[date | None] = field(Day(), "保质期至")


def someone_received(care: HeatCare) -> Problem | None:
    """Refuse an issue line without a person or a group."""
    for number, issue in enumerate(care.rows.get("issues", []), 1):
        if issue.person is None and not issue.group:
            return Problem("issues", f"领用明细第{number}行没有领用人，请填职工或领用集体")
    return None


def parts_within_whole(care: HeatCare) -> Problem | None:
    """Refuse parts of the money that are more than the whole."""
    parts = (care.union_amount or 0) + (care.society_amount or 0)
    if care.amount is not None and parts > care.amount:
        return problem(HeatCare.union_amount, f"工会经费与社会筹集合计{parts}元，多于慰问金额{care.amount}元，请核对")
    return None


def stock_left(received: int, issued: Sequence[int]) -> int:
    """Return 结余 = 入库 - 发放; negative where more was issued than came in."""
    return received - sum(issued)


HEAT_CARE = Ledger(
    key="heat_care",
    title="送清凉台账",
    prefix="QL",
    group=Group.care,
    record=HeatCare,
    day=HeatCare.held_on,
    columns=(HeatCare.held_on, HeatCare.place, HeatCare.gives, HeatCare.headcount, HeatCare.amount),
    sections=(Section("慰问", HeatCare.held_on), Section("经费", HeatCare.fund_sources)),
    identity=(HeatCare.held_on, HeatCare.place),
    lines=(Lines("issues", "领用明细", Issue),),
    needs_any=(("issues", "headcount"),),
    rules=(someone_received, parts_within_whole),
)

SUPPLIES = Ledger(
    key="supply",
    title="送清凉物资",
    prefix="WZ",
    group=Group.care,
    record=Supply,
    day=Supply.received_on,
    columns=(Supply.name, Supply.spec, Supply.quantity, Supply.unit, Supply.received_on),
    sections=(Section("物资", Supply.name),),
    naming=(Supply.name, Supply.number),
    identity=(Supply.name, Supply.received_on),
    rules=(in_order(Supply.received_on, Supply.best_before),),
)
