"""Things that stand somewhere: publicity assets and stations, machines with their safety devices, fire items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import StatLine, person, workshop
from ankang_desktop.declare.kinds import Choice, Day, Text, Whole, YesNo
from ankang_desktop.declare.ledger import Group, Ledger, Lines, Section, in_order, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry, Line
from ankang_desktop.kernel.errors import Problem


class AssetKind(Options):
    """Kinds of publicity asset (scorecard row 6; 焦作: 12350 board; 石家庄: stations)."""

    classroom = "宣传教室"
    corridor = "安全文化长廊"
    warning_sign = "警示牌"
    reminder_card = "提示卡"
    poster = "宣传画"
    banner = "横幅"
    slogan = "标语警示语"
    wall_chart = "安全挂图"
    hotline_board = "12350安全举报公示牌"
    exposure_column = "曝光台"
    station = "户外劳动者驿站"


class Asset(StatLine, Entry):
    """One asset or several of a kind at one place; its photo must be recent to count."""

    __tablename__ = "asset"

    kind: Mapped[AssetKind] = field(Choice(AssetKind), "类别", required=True, index=True)
    place: Mapped[str] = field(Text(80), "位置", required=True)
    quantity: Mapped[int] = field(Whole("个", least=1), "数量", required=True, default=1)
    since: Mapped[date] = field(Day(), "设置日期", required=True)
    until: Mapped[date | None] = field(Day(), "撤除日期")
    photo_on: Mapped[date | None] = field(Day(), "照片日期", counts=True)
    notes: Mapped[str | None] = field(Text(200), "内容或设施")


class EquipmentState(Options):
    """Only what is in service counts for the intact rate."""

    intact = "完好"
    to_repair = "待修"
    out_of_service = "停用"


class Equipment(Entry):
    """One machine with its safety devices (domain.md §5.15)."""

    __tablename__ = "equipment"

    code: Mapped[str] = field(Text(30), "设备编号", required=True)
    name: Mapped[str] = field(Text(60), "设备名称", required=True)
    model: Mapped[str | None] = field(Text(40), "型号")
    workshop: Mapped[int | None] = field(workshop(), "车间")
    place: Mapped[str | None] = field(Text(60), "位置")
    keeper: Mapped[int | None] = field(person(), "责任人")
    safety_device: Mapped[str | None] = field(Text(100), "安全装置")
    device_effective: Mapped[bool | None] = field(YesNo(), "安全装置有效", default=True)
    state: Mapped[EquipmentState] = field(
        Choice(EquipmentState), "设备状态", required=True, default=EquipmentState.intact
    )
    checked_on: Mapped[date | None] = field(Day(), "最近点检日期")
    maintained_on: Mapped[date | None] = field(Day(), "最近保养日期")
    is_special: Mapped[bool | None] = field(YesNo(), "特种设备")
    inspect_by: Mapped[date | None] = field(Day(), "检验有效期至")


class FireCheck(Line):
    """One monthly check of a fire item: pressure, seal, hose, box, sign."""

    __tablename__ = "fire_item_check"

    checked_on: Mapped[date] = field(Day(), "检查日期", required=True)
    fine: Mapped[bool] = field(YesNo(), "正常", required=True, default=True)
    note: Mapped[str | None] = field(Text(100), "处理情况")


class FireItem(Entry):
    """One fire extinguisher, hydrant or the like."""

    __tablename__ = "fire_item"

    code: Mapped[str] = field(Text(30), "器材编号", required=True)
    kind: Mapped[str] = field(Text(40), "器材种类", required=True)
    model: Mapped[str | None] = field(Text(40), "型号")
    place: Mapped[str] = field(Text(60), "位置", required=True)
    keeper: Mapped[int | None] = field(person(), "责任人")
    made_on: Mapped[date | None] = field(Day(), "生产日期")
    repaired_on: Mapped[date | None] = field(Day(), "维修日期")
    tested_on: Mapped[date | None] = field(Day(), "年度全面检测日期")
    scrap_on: Mapped[date | None] = field(Day(), "报废日期")
    withdrawn_on: Mapped[date | None] = field(Day(), "撤除日期")


def intact_rate(states: Iterable[EquipmentState]) -> Fraction | None:
    """Return 完好率 = 完好 / (total - 停用); None where nothing is in service."""
    in_service = [state for state in states if state is not EquipmentState.out_of_service]
    return Fraction(in_service.count(EquipmentState.intact), len(in_service)) if in_service else None


def scrapped_after_made(item: FireItem) -> Problem | None:
    """Refuse a scrap date before the date of make."""
    if item.made_on and item.scrap_on and item.scrap_on <= item.made_on:
        return problem(FireItem.scrap_on, f"报废日期应晚于生产日期 {item.made_on}，请核对")
    return None


ASSETS = Ledger(
    key="asset",
    title="宣传阵地与标牌",
    prefix="BP",
    group=Group.education,
    record=Asset,
    day=Asset.since,
    columns=(Asset.kind, Asset.place, Asset.quantity, Asset.since, Asset.photo_on),
    sections=(Section("阵地", Asset.kind), Section("统计", Asset.stat_line)),
    identity=(Asset.kind, Asset.place),
    rules=(in_order(Asset.since, Asset.until),),
)

EQUIPMENT = Ledger(
    key="equipment",
    title="设备与安全装置",
    prefix="SE",
    group=Group.health,
    record=Equipment,
    columns=(Equipment.code, Equipment.name, Equipment.place, Equipment.keeper, Equipment.state),
    sections=(Section("设备", Equipment.code), Section("状态", Equipment.safety_device)),
    naming=(Equipment.name, Equipment.code),
    identity=(Equipment.code,),
    unique=True,
    needs_proof=False,
    counters=(Counter("in_service", "在用设备", Equipment.state != EquipmentState.out_of_service),),
)

FIRE_ITEMS = Ledger(
    key="fire_item",
    title="消防设施与器材",
    prefix="XF",
    group=Group.health,
    record=FireItem,
    columns=(FireItem.code, FireItem.kind, FireItem.place, FireItem.keeper, FireItem.scrap_on),
    sections=(Section("器材", FireItem.code),),
    naming=(FireItem.kind, FireItem.code),
    identity=(FireItem.code,),
    unique=True,
    lines=(Lines("checks", "月度检查", FireCheck),),
    needs_proof=False,
    rules=(scrapped_after_made,),
)
