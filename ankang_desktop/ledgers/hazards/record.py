"""What is kept of a hazard, from its finding to its reward, and of a lasting hazard point."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import person, team, workshop
from ankang_desktop.declare.kinds import Amount, Choice, Day, Link, Tags, Text, YesNo
from ankang_desktop.declare.record import Entry, Line
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
from ankang_desktop.ledgers.vocabulary import Campaign, Domain


class Extension(Line):
    """One extension (延期): the deadline before and after, why, and who approved."""

    __tablename__ = "hazard_extension"

    old_deadline: Mapped[date] = field(Day(), "原时限", required=True)
    new_deadline: Mapped[date] = field(Day(), "新时限", required=True)
    reason: Mapped[str] = field(Text(200), "延期原因", required=True)
    approver: Mapped[str] = field(Text(20), "批准人", required=True, personal=True)


class Hazard(Entry):
    """One hazard from finding to close-out."""

    __tablename__ = "hazard"

    found_on: Mapped[date] = field(Day(), "发现日期", required=True)
    anonymous: Mapped[bool | None] = field(YesNo(), "匿名发现", help="填“是”时不得填发现人")
    reporter: Mapped[int | None] = field(
        person(), "发现人", hidden_by=("anonymous", "confidential"), help="上级督导发现或匿名时不填"
    )
    source: Mapped[Source] = field(Choice(Source), "隐患来源", required=True)
    inspection: Mapped[int | None] = field(Link("inspection", "检查记录"), "来自检查")
    drill: Mapped[int | None] = field(Link("drill", "演练记录"), "来自演练")
    campaigns: Mapped[tuple[Campaign, ...] | None] = field(Tags(Campaign), "所属活动")
    workshop: Mapped[int | None] = field(workshop(), "车间")
    team: Mapped[int | None] = field(team(), "班组")
    place: Mapped[str | None] = field(Text(100), "地点", counts=True)
    description: Mapped[str] = field(Text(500, lines=3), "隐患描述", required=True)
    domain: Mapped[Domain | None] = field(Choice(Domain), "隐患类别", counts=True)
    factor: Mapped[Factor | None] = field(Choice(Factor), "危险有害因素")
    level: Mapped[HazardLevel | None] = field(Choice(HazardLevel), "隐患等级", counts=True)
    major_basis: Mapped[str | None] = field(Text(200), "重大隐患判定依据", help="重大隐患必填：判定标准的哪一条")
    local_grade: Mapped[str | None] = field(Text(20), "地方分级", help="按当地口径填写，程序不换算")
    accident_type: Mapped[AccidentType | None] = field(Choice(AccidentType), "可能导致的事故")
    responsible_department: Mapped[str | None] = field(Text(40), "责任部门")
    responsible: Mapped[int | None] = field(person(), "责任人")
    measures: Mapped[str | None] = field(Text(500, lines=3), "整改措施")
    funds: Mapped[Decimal | None] = field(Amount("元"), "整改资金", help="0 表示无需资金")
    deadline: Mapped[date | None] = field(Day(), "整改时限")
    first_deadline: Mapped[date | None] = field(Day(), "首次时限", computed=True)
    contingency: Mapped[str | None] = field(
        Text(300, lines=2), "应急预案或防范措施", help="现场立即整改的可写“无需”并说明"
    )
    rectify_level: Mapped[RectifyLevel | None] = field(Choice(RectifyLevel), "整改层级")
    notice_number: Mapped[str | None] = field(Text(40), "整改通知书号")
    notice_on: Mapped[date | None] = field(Day(), "通知日期")
    replied_on: Mapped[date | None] = field(Day(), "企业答复日期")
    plan: Mapped[str | None] = field(
        Text(500, lines=3), "治理方案", help="重大隐患：目标、方法、经费物资、机构人员、时限、安全措施"
    )
    rectified_on: Mapped[date | None] = field(Day(), "整改完成日期")
    acceptor: Mapped[int | None] = field(person(), "验收人")
    accepted_on: Mapped[date | None] = field(Day(), "验收日期")
    acceptance: Mapped[Acceptance | None] = field(Choice(Acceptance), "验收结论")
    return_reason: Mapped[str | None] = field(Text(200), "退回原因")
    closed_on: Mapped[date | None] = field(Day(), "销号日期")
    published_on: Mapped[date | None] = field(Day(), "公示日期")
    stage: Mapped[Stage] = field(Choice(Stage), "状态", required=True, default=Stage.registered)
    void_reason: Mapped[str | None] = field(Text(200), "作废原因")
    regulator: Mapped[str | None] = field(Text(40), "监管部门")
    regulator_reported_on: Mapped[date | None] = field(Day(), "报监管部门日期")
    regulator_receipt: Mapped[str | None] = field(Text(60), "监管部门回执")
    congress: Mapped[str | None] = field(Text(40), "职代会届次")
    congress_reported_on: Mapped[date | None] = field(Day(), "报职代会日期")
    congress_document: Mapped[str | None] = field(Text(60), "职代会文件")
    listing_requested_on: Mapped[date | None] = field(Day(), "提请挂牌日期")
    listing_body: Mapped[str | None] = field(Text(40), "挂牌单位")
    listing_number: Mapped[str | None] = field(Text(40), "挂牌文号")
    delisted_on: Mapped[date | None] = field(Day(), "摘牌日期")
    reward_form: Mapped[RewardForm | None] = field(Choice(RewardForm), "奖励形式")
    reward_amount: Mapped[Decimal | None] = field(Amount("元"), "奖励金额")
    rewarded_on: Mapped[date | None] = field(Day(), "奖励日期")
    reward_signed: Mapped[bool | None] = field(YesNo(), "已签收")
    confidential: Mapped[bool | None] = field(YesNo(), "为发现人保密")


class HazardPoint(Entry):
    """A lasting source of danger or occupational harm, with who looks after it (职业病危害源点台账)."""

    __tablename__ = "hazard_point"

    name: Mapped[str] = field(Text(80), "源点名称", required=True)
    domain: Mapped[Domain] = field(Choice(Domain), "类别", required=True)
    factor: Mapped[str | None] = field(Text(80), "危害因素")
    workshop: Mapped[int | None] = field(workshop(), "车间")
    place: Mapped[str | None] = field(Text(80), "部位")
    controls: Mapped[str | None] = field(Text(300, lines=2), "控制措施")
    responsible: Mapped[int | None] = field(person(), "责任人")
    listed_on: Mapped[date] = field(Day(), "登记日期", required=True)
    checked_on: Mapped[date | None] = field(Day(), "最近检查日期")
