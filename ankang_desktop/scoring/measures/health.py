"""Occupational health: files, examinations, declaration, protective equipment (rows 12-15, 21)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, or_, select

from ankang_desktop.declare.columns import has_tag
from ankang_desktop.kernel.text import chinese_date
from ankang_desktop.ledgers.enterprise.people import Employee
from ankang_desktop.ledgers.health import ExamKind, HealthExam, OccDeclaration, months_after
from ankang_desktop.ledgers.inspections import Inspection, InspectionKind
from ankang_desktop.ledgers.ppe import PpeCheck, PpeIssue, PpeStandard
from ankang_desktop.ledgers.vocabulary import Domain
from ankang_desktop.scoring.measured import Measured, measure, yes
from ankang_desktop.scoring.measures.shares import LISTED, coverage, ratio
from ankang_desktop.scoring.people import Staff, staff
from ankang_desktop.scoring.periods import Span
from ankang_desktop.scoring.references import Flaw
from ankang_desktop.scoring.scope import Scope

_QUARTERS, _SHOWN = "个季度", 6
_NOT_EXAMINED = Flaw("已到应检日期，没有检查", "安排检查后填写实检日期")
_NOT_TOLD = Flaw("已检查，没有书面告知本人", "书面告知本人后填写书面告知日期")
_REQUIRED = (ExamKind.pre_job, ExamKind.in_service, ExamKind.leaving)


@measure("health_files_kept")
def health_files_kept(scope: Scope) -> Measured:
    """Return the share of exposed workers with a surveillance file: at least one examination on record."""
    ledger = scope.ledger(HealthExam)
    named = scope.select(ledger, HealthExam.person, where=(HealthExam.due_on <= scope.period.cut,), dated=False)
    used = scope.keys(HealthExam, HealthExam.due_on <= scope.period.cut, dated=False)
    return coverage(scope, Staff.exposed, [named.correlate(None)], 0, ("人", "建立健康监护档案"), used)


@measure("health_exams_done", ledger="health_exam")
def health_exams_done(scope: Scope, kinds: tuple[ExamKind, ...] = _REQUIRED) -> Measured:
    """Return the share of examinations due in the period that are done and told in writing (职业病防治法 第35条)."""
    day = scope.period.cut
    due = HealthExam.kind.in_(kinds)
    done = HealthExam.done_on <= day
    whole, held = scope.count(HealthExam, due), scope.count(HealthExam, due, done)
    used = scope.keys(HealthExam, due, done, HealthExam.notified_on <= day)
    missing = [
        f"{number}人次{what}"
        for number, what in ((whole - held, "未检"), (held - len(used), "已检未书面告知"))
        if number
    ]
    flaws = dict.fromkeys(scope.keys(HealthExam, due), _NOT_EXAMINED)
    flaws |= dict.fromkeys(scope.keys(HealthExam, due, done), _NOT_TOLD)
    flaws = {key: flaw for key, flaw in flaws.items() if key not in set(used)}
    nothing = "本期没有到期的职业健康检查"
    return ratio(len(used), whole, ("人次", "检查并书面告知", nothing), used, missing).flawed(flaws)


@measure("occ_declaration_made")
def occ_declaration_made(scope: Scope) -> Measured:
    """Say whether occupational hazards were ever declared to the health authority."""
    used = scope.keys(OccDeclaration, OccDeclaration.declared_on <= scope.period.cut, dated=False)
    reason = f"有申报回执{len(used)}份" if used else "没有申报回执"
    return Measured(yes(bool(used)), reason, used, missing=() if used else ("请登记职业病危害项目申报及回执",))


@measure("occ_declaration_current", ledger="occ_declaration")
def occ_declaration_current(scope: Scope, months: int = 13) -> Measured:
    """Say whether the last declaration is not older than so many months."""
    before = (OccDeclaration.declared_on <= scope.period.cut,)
    ledger = scope.ledger(OccDeclaration)
    last = scope.connection.scalar(
        scope.select(ledger, func.max(OccDeclaration.declared_on), where=before, dated=False)
    )
    if last is None:
        return Measured(yes(False), "没有申报记录", missing=("请登记职业病危害项目申报及回执",))
    until = months_after(last, months)
    used = scope.keys(OccDeclaration, OccDeclaration.declared_on == last, dated=False)
    told = f"最近一次申报{chinese_date(last)}，年度更新至迟{chinese_date(until)}"
    if scope.period.cut <= until:
        return Measured(yes(True), told, used)
    return Measured(yes(False), f"{told}，已逾期", missing=("请办理年度更新申报",))


@measure("ppe_covered")
def ppe_covered(scope: Scope, with_certificate: bool = False) -> Measured:  # noqa: FBT001, FBT002
    """Return the share of (person, item) pairs due by the standards that are covered by a valid issue."""
    table, standard, issue = Employee.__table__.c, PpeStandard.__table__.c, PpeIssue.__table__.c
    day = scope.period.cut
    valid = scope.all_of(
        PpeIssue,
        PpeIssue.issued_on <= day,
        or_(PpeIssue.returned_on.is_(None), PpeIssue.returned_on > day),
        or_(PpeIssue.replace_on.is_(None), PpeIssue.replace_on >= day),
        *((PpeIssue.certificate.is_not(None),) if with_certificate else ()),
    )
    due = select(func.count()).where(
        standard.post == table.post, standard.id.in_(scope.all_of(PpeStandard)), table.id.in_(staff(scope))
    )
    has = exists().where(and_(issue.person == table.id, issue.item == standard.item, issue.id.in_(valid)))
    whole, part = scope.number(due), scope.number(due.where(has))
    missing = _without_issue(scope, due.where(~has), whole - part)
    used = scope.keys(PpeIssue, PpeIssue.id.in_(valid), dated=False)
    return ratio(part, whole, ("人次", "按标准配备", "没有应配防护用品的在岗职工"), used, missing)


def _without_issue(scope: Scope, lacking: Any, number: int) -> tuple[str, ...]:
    """Return “还有2人次…：甲（安全帽）、乙（手套）”, or nothing."""
    if not number:
        return ()
    table, standard = Employee.__table__.c, PpeStandard.__table__.c
    pairs = lacking.with_only_columns(table.name, standard.item).order_by(table.id, standard.item).limit(LISTED)
    shown = "、".join(f"{name}（{item}）" for name, item in scope.connection.execute(pairs))
    more = "等" if number > LISTED else ""
    return (f"还有{number}人次应配的用品没有有效发放记录：{shown}{more}",)


@measure("ppe_checked_quarters", ledger="ppe_check")
def ppe_checked_quarters(scope: Scope) -> Measured:
    """Return the share of completed quarters with a check of protective equipment."""
    return quarters_with(scope, PpeCheck, (), "防护用品检查")


@measure("occ_health_inspected_quarters")
def occ_health_inspected_quarters(scope: Scope) -> Measured:
    """Return the share of completed quarters in which the union inspected occupational health."""
    aspect = has_tag(Inspection.domains, Domain.occupational_health)
    where = (Inspection.by_union, or_(aspect, Inspection.kind == InspectionKind.occ_health))
    return quarters_with(scope, Inspection, where, "工会职业卫生检查")


def quarters_with(scope: Scope, record: Any, where: tuple[Any, ...], what: str) -> Measured:
    """Return the share of completed quarters with at least one such record."""
    return _spans_with(scope, record, where, scope.period.quarters(), (_QUARTERS, f"有{what}"))


def months_with(scope: Scope, record: Any, where: tuple[Any, ...], what: str) -> Measured:
    """Return the share of completed months with at least one such record."""
    return _spans_with(scope, record, where, scope.period.months(), ("个月", f"有{what}"))


def _quarter(first: date) -> str:
    return f"{first.year}年第{'一二三四'[first.month // 3]}季度"


def _month(first: date) -> str:
    return f"{first.year}年{first.month}月"


def _spans_with(
    scope: Scope, record: Any, where: tuple[Any, ...], spans: tuple[Span, ...], words: tuple[str, str]
) -> Measured:
    used = scope.keys(record, *where)
    if not spans:
        return Measured(None, f"本期还没有完整的{words[0][1:]}", used)
    without = [first for first, last in spans if not scope.count(record, *where, record.day.between(first, last))]
    named = _quarter if words[0] == _QUARTERS else _month
    more = "等" if len(without) > _SHOWN else ""
    missing = (f"缺{words[1][1:]}：{'、'.join(map(named, without[:_SHOWN]))}{more}",) if without else ()
    return ratio(len(spans) - len(without), len(spans), words, used, missing)
