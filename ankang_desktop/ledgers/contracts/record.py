"""What is kept of a contract: its steps and dates, its representatives, meetings and clauses."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.fields import field
from ankang_desktop.declare.kinds import Choice, Day, Link, Text, Whole, YesNo
from ankang_desktop.declare.record import Entry, Line
from ankang_desktop.ledgers.contracts.words import ClauseKind, ContractKind, FilingRule, Side


class Representative(Line):
    """One negotiator."""

    __tablename__ = "contract_representative"

    side: Mapped[Side] = field(Choice(Side), "代表方", required=True)
    name: Mapped[str] = field(Text(20), "姓名", required=True, personal=True)
    is_chief: Mapped[bool | None] = field(YesNo(), "首席代表")


class Meeting(Line):
    """One round of bargaining."""

    __tablename__ = "contract_meeting"

    held_on: Mapped[date] = field(Day(), "协商日期", required=True)
    minutes: Mapped[str | None] = field(Text(300), "协商纪要")


class Clause(Line):
    """One clause; a metric makes it possible to say whether it was kept."""

    __tablename__ = "contract_clause"

    clause: Mapped[str] = field(Text(10), "条款号", required=True)
    kind: Mapped[ClauseKind | None] = field(Choice(ClauseKind), "条款类别")
    content: Mapped[str] = field(Text(300), "条款内容", required=True)
    metric: Mapped[str | None] = field(Text(100), "可衡量指标")
    department: Mapped[str | None] = field(Text(40), "责任部门")
    due_on: Mapped[date | None] = field(Day(), "完成期限")


class Contract(Entry):
    """One contract from offer to renewal."""

    __tablename__ = "contract"

    title: Mapped[str] = field(Text(80), "合同名称", required=True)
    kind: Mapped[ContractKind] = field(Choice(ContractKind), "合同类型", required=True)
    renews: Mapped[int | None] = field(Link("contract", "集体合同"), "续签的合同")
    hazard_note: Mapped[str | None] = field(Text(500, lines=3), "危害岗位人数与防护措施说明")
    rule: Mapped[FilingRule] = field(Choice(FilingRule), "适用时限", required=True, default=FilingRule.national)
    offered_on: Mapped[date | None] = field(Day(), "要约日期")
    answered_on: Mapped[date | None] = field(Day(), "应约日期")
    elected_on: Mapped[date | None] = field(Day(), "协商代表产生日期")
    consulted_on: Mapped[date | None] = field(Day(), "草案征求意见日期")
    congress_on: Mapped[date | None] = field(Day(), "职代会审议日期")
    delegates: Mapped[int | None] = field(Whole("人"), "应到代表")
    delegates_present: Mapped[int | None] = field(Whole("人"), "实到代表")
    votes_for: Mapped[int | None] = field(Whole("票"), "赞成票")
    signed_on: Mapped[date | None] = field(Day(), "首席代表签字日期", counts=True)
    filed_on: Mapped[date | None] = field(Day(), "报送受理日期", counts=True)
    filed_with: Mapped[str | None] = field(Text(40), "受理机关")
    objected_on: Mapped[date | None] = field(Day(), "提出异议日期")
    published_on: Mapped[date | None] = field(Day(), "公布日期")
    valid_until: Mapped[date | None] = field(Day(), "合同期满日期", counts=True)
    ended_on: Mapped[date | None] = field(Day(), "终止日期")
    file_by: Mapped[date | None] = field(Day(), "最晚报送日期", computed=True)
    in_force_from: Mapped[date | None] = field(Day(), "生效日期", computed=True)
    publish_by: Mapped[date | None] = field(Day(), "最晚公布日期", computed=True)
    renegotiate_from: Mapped[date | None] = field(Day(), "期满前协商日期", computed=True)
