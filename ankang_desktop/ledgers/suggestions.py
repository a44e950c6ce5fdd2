"""Suggestions, golden ideas and working methods (domain.md §5.6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from ankang_desktop.declare.counters import Counter
from ankang_desktop.declare.fields import field
from ankang_desktop.declare.gatherings import PersonLine, person, team
from ankang_desktop.declare.kinds import Amount, Choice, Day, Text, YesNo
from ankang_desktop.declare.ledger import Group, Ledger, Lines, Section, problem
from ankang_desktop.declare.options import Options
from ankang_desktop.declare.record import Entry
from ankang_desktop.kernel.errors import Problem


class SuggestionKind(Options):
    """What was put forward."""

    suggestion = "合理化建议"
    golden_idea = "金点子"
    work_method = "特色工作法"
    innovation = "技术革新"


class Verdict(Options):
    """Outcome of the review."""

    adopted = "采纳"
    trial = "试行"
    filed = "存档"
    rejected = "不采纳"


class CoProposer(PersonLine):
    """One of several proposers."""

    __tablename__ = "suggestion_proposer"


class Suggestion(Entry):
    """One suggestion from proposal to reward."""

    __tablename__ = "suggestion"

    proposed_on: Mapped[date] = field(Day(), "提出日期", required=True)
    kind: Mapped[SuggestionKind] = field(Choice(SuggestionKind), "类别", required=True)
    title: Mapped[str] = field(Text(80), "建议名称", required=True)
    proposer: Mapped[int | None] = field(person(), "提出人", help="集体提出时可只填班组")
    team: Mapped[int | None] = field(team(), "班组", counts=True)
    situation: Mapped[str | None] = field(Text(500, lines=3), "现状分析")
    measures: Mapped[str | None] = field(Text(500, lines=3), "改进措施", counts=True)
    expected: Mapped[str | None] = field(Text(300, lines=2), "预期效果")
    reviewed_on: Mapped[date | None] = field(Day(), "评审日期")
    verdict: Mapped[Verdict | None] = field(Choice(Verdict), "评审结论")
    opinion: Mapped[str | None] = field(Text(300, lines=2), "评审意见")
    implementer: Mapped[int | None] = field(person(), "实施责任人")
    implemented_on: Mapped[date | None] = field(Day(), "实施完成日期")
    effect: Mapped[str | None] = field(Text(300, lines=2), "实施效果")
    reward: Mapped[Decimal | None] = field(Amount("元"), "奖励金额")
    recommended: Mapped[bool | None] = field(YesNo(), "推荐上级")


def rejection_has_reason(suggestion: Suggestion) -> Problem | None:
    """Ask for the reason of a rejection."""
    if suggestion.verdict is Verdict.rejected and not suggestion.opinion:
        return problem(Suggestion.opinion, "不采纳的建议须写明原因（评审意见）")
    return None


SUGGESTIONS = Ledger(
    key="suggestion",
    title="合理化建议与金点子",
    prefix="JY",
    group=Group.team,
    record=Suggestion,
    day=Suggestion.proposed_on,
    columns=(Suggestion.proposed_on, Suggestion.kind, Suggestion.title, Suggestion.team, Suggestion.verdict),
    sections=(Section("建议", Suggestion.proposed_on), Section("评审与实施", Suggestion.reviewed_on)),
    naming=(Suggestion.title, Suggestion.number),
    identity=(Suggestion.proposed_on, Suggestion.title),
    lines=(Lines("co_proposers", "共同提出人", CoProposer, inline=True),),
    counters=(Counter("adopted", "采纳建议数", Suggestion.verdict.in_([Verdict.adopted, Verdict.trial])),),
    rules=(rejection_has_reason,),
)
