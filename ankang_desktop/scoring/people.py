"""Who is there: staff in service on the day, by group; the head-count where no roster is kept; distinct persons.

Numerators are distinct persons of the same set, so those who left do not raise a coverage (domain.md §5.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, distinct, func, or_, select

from ankang_desktop.declare.ledger import Ledger
from ankang_desktop.declare.options import Options
from ankang_desktop.ledgers.enterprise.people import Employee, Post, Sex, Team, Workshop
from ankang_desktop.ledgers.enterprise.profile import YearlyFigures
from ankang_desktop.scoring.scope import Clause, Scope
from ankang_desktop.store.heads import people_lines, present


class Staff(Options):
    """Groups of staff that papers ask about."""

    everyone = "职工"
    women = "女职工"
    exposed = "接触职业病危害职工"
    heat = "高温、露天作业职工"
    priority = "重点岗位职工"


_FIGURES = {
    Staff.everyone: YearlyFigures.staff,
    Staff.women: YearlyFigures.women,
    Staff.exposed: YearlyFigures.exposed,
    Staff.heat: YearlyFigures.heat_exposed,
}


@dataclass(frozen=True)
class Heads:
    """A head-count; `number` is None where neither roster nor yearly figures tell it, `estimated` without a roster."""

    number: int | None
    estimated: bool


def staff(scope: Scope, group: Staff = Staff.everyone) -> Select[Any]:
    """Return the ids of staff in service on the last day looked at."""
    day = scope.period.cut
    return scope.all_of(
        Employee,
        or_(Employee.joined_on.is_(None), Employee.joined_on <= day),
        or_(Employee.left_on.is_(None), Employee.left_on > day),
        *_of_group(scope, group),
    )


def _of_group(scope: Scope, group: Staff) -> tuple[Clause, ...]:
    wanted = {
        Staff.exposed: Post.exposed,
        Staff.heat: Post.heat,
        Staff.priority: or_(Post.exposed, Post.heat, Post.special_work),
    }
    if group is Staff.women:
        return (Employee.sex == Sex.female,)
    return (Employee.post.in_(scope.all_of(Post, wanted[group])),) if group in wanted else ()


def headcount(scope: Scope, group: Staff = Staff.everyone) -> Heads:
    """Return the head-count of a group: from the roster where there is one, else from the latest yearly figures."""
    if has_roster(scope):
        return Heads(count_of(scope, staff(scope, group)), estimated=False)
    if group not in _FIGURES:
        return Heads(None, estimated=True)
    statement = (
        select(_FIGURES[group])
        .select_from(YearlyFigures)
        .where(YearlyFigures.id.in_(scope.all_of(YearlyFigures, YearlyFigures.figures_on <= scope.period.cut)))
        .order_by(YearlyFigures.figures_on.desc())
    )
    return Heads(scope.connection.scalar(statement.limit(1)), estimated=True)


def has_roster(scope: Scope) -> bool:
    """Say whether any employee is on record."""
    return scope.connection.scalar(scope.all_of(Employee).limit(1)) is not None


def count_of(scope: Scope, ids: Select[Any]) -> int:
    """Return how many ids a subquery gives."""
    return scope.number(select(func.count()).select_from(ids.subquery()))


def teams(scope: Scope) -> Select[Any]:
    """Return the ids of teams valid on the last day looked at."""
    return scope.all_of(Team, *_valid(scope, Team))


def workshops(scope: Scope) -> Select[Any]:
    """Return the ids of workshops valid on the last day looked at."""
    return scope.all_of(Workshop, *_valid(scope, Workshop))


def posts(scope: Scope) -> Select[Any]:
    """Return the ids of posts valid on the last day looked at."""
    return scope.all_of(Post, *_valid(scope, Post))


def _valid(scope: Scope, unit: Any) -> tuple[Clause, ...]:
    day = scope.period.cut
    return (
        or_(unit.valid_from.is_(None), unit.valid_from <= day),
        or_(unit.valid_until.is_(None), unit.valid_until > day),
    )


def persons(ledger: Ledger, records: Select[Any]) -> Select[Any] | None:
    """Return the persons named in records as a subquery; None where the ledger names nobody."""
    lines = people_lines(ledger)
    if lines is None:
        return None
    row: Any = lines.row
    return select(row.person).where(row.record_id.in_(records), *present(lines)).correlate(None)


def distinct_among(scope: Scope, group: Select[Any], named: list[Select[Any]]) -> int:
    """Return how many of a group are named in any of these person subqueries."""
    if not named:
        return 0
    either = or_(*(Employee.__table__.c.id.in_(each) for each in named))
    return scope.number(
        select(func.count(distinct(Employee.__table__.c.id))).where(Employee.__table__.c.id.in_(group), either)
    )


def names(scope: Scope, record: Any, ids: Select[Any], most: int = 10) -> list[str]:
    """Return the names of at most so many records."""
    table = record.__table__.c
    return list(scope.connection.scalars(select(table.name).where(table.id.in_(ids)).order_by(table.id).limit(most)))
