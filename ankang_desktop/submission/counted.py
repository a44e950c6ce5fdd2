"""Ledgers and fields about health, women and kinds of employment: of them only these counts leave (domain.md §8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from ankang_desktop.declare.columns import has_tag
from ankang_desktop.declare.record import Record
from ankang_desktop.ledgers.enterprise.people import Category, Employee, Employment
from ankang_desktop.ledgers.health import HealthExam, WomenProtection
from ankang_desktop.scoring.measures.women import women_informed
from ankang_desktop.scoring.people import Staff, headcount, staff
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.scoring.summary import Figure
from ankang_desktop.store.query import fetch_all
from ankang_desktop.submission.preflight import tells_of_a_case


@dataclass(frozen=True)
class Counted:
    """One ledger as its counts."""

    title: str
    figures: tuple[Figure, ...]


def counted(scope: Scope) -> tuple[Counted, ...]:
    """Return each such ledger as its counts over the period, records without proof included."""
    every = scope.lenient()
    return (_roster(every), _exams(every), _women(every))


def _roster(scope: Scope) -> Counted:
    groups = [(option.value, Employee.employment == option) for option in Employment]
    groups += [(option.value, has_tag(Employee.categories, option)) for option in Category]
    figures = [_people("职工数", scope, Staff.everyone), _people("女职工数", scope, Staff.women)]
    known = [(label, _among_staff(scope, clause)) for label, clause in groups]
    figures += [Figure(f"其中{label}", f"{number}人", "employee") for label, number in known if number]
    return Counted("职工分类人数（仅报数）", tuple(figures))


def _exams(scope: Scope) -> Counted:
    day = scope.period.cut
    done = HealthExam.done_on <= day
    counts = (
        ("应检", scope.count(HealthExam)),
        ("已检", scope.count(HealthExam, done)),
        ("已告知", scope.count(HealthExam, done, HealthExam.notified_on <= day)),
    )
    title = scope.ledger(HealthExam).title
    return Counted(
        f"{title}（仅报数）", tuple(Figure(label, f"{number}人次", "health_exam") for label, number in counts)
    )


def _women(scope: Scope) -> Counted:
    ledger = scope.ledger(WomenProtection)
    ids = list(scope.connection.scalars(scope.select(ledger, Record.id)))
    cases = sum(tells_of_a_case(stored, ledger) for stored in fetch_all(scope.connection, ledger, ids))
    share, women = women_informed(scope).share or 0, headcount(scope, Staff.women).number or 0
    figures = (
        _people("女职工数", scope, Staff.women),
        Figure("已书面告知数", f"{int(share * women)}人", ledger.key),
        Figure("个案数", f"{cases}例", ledger.key),
    )
    return Counted(f"{ledger.title}（仅报数）", figures)


def _people(label: str, scope: Scope, group: Staff) -> Figure:
    number = headcount(scope, group).number
    return Figure(label, "未登记" if number is None else f"{number}人", "employee")


def _among_staff(scope: Scope, clause: Any) -> int:
    return scope.number(select(func.count()).select_from(Employee).where(Employee.id.in_(staff(scope)), clause))
