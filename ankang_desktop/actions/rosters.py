"""Who is in service: the people a list is filled with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_

from ankang_desktop.app import App
from ankang_desktop.ledgers.enterprise.people import Employee
from ankang_desktop.store.query import statement_of


def serving(day: date) -> list[ColumnElement[bool]]:
    """Return the clauses “in service on a day”."""
    return [
        or_(Employee.joined_on.is_(None), Employee.joined_on <= day),
        or_(Employee.left_on.is_(None), Employee.left_on >= day),
    ]


def in_service(app: App, teams: Sequence[int] = ()) -> list[int]:
    """Return the ids of the staff in service today, of some teams or (without any) of the whole enterprise."""
    where = serving(app.clock.today())
    if teams:
        where.append(Employee.team.in_(list(teams)))
    statement = statement_of(app.ledgers["employee"], Employee.id).where(*where)
    with app.read() as connection:
        return list(connection.scalars(statement.order_by(Employee.team, Employee.code)))
