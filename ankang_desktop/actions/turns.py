"""One month of a team activity (班前会) entered for many teams at once, as one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from ankang_desktop.actions.grid import last_day, teams_of
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.errors import UserError
from ankang_desktop.ledgers.enterprise.people import Employee
from ankang_desktop.ledgers.team_activities import TeamActivity, TeamActivityKind
from ankang_desktop.store.query import alive, fetch


@dataclass(frozen=True)
class Offer:
    """A team to enter a month for: its name, workshop, staff in service, and how many such records it has already."""

    team: int
    name: str
    workshop: str
    heads: int
    already: int


@dataclass(frozen=True)
class Turn:
    """What is entered for one team: sessions, and person-times where known."""

    team: int
    sessions: int
    headcount: int | None


def offers(app: App, year: int, month: int, kind: TeamActivityKind) -> list[Offer]:
    """Return the teams in service in a month, with their staff and what is on record of this kind already."""
    first, last = date(year, month, 1), last_day(year, month)
    staff, table = Employee.__table__.c, app.ledgers["team_activity"]
    in_service = (
        alive(app.ledgers["employee"]),
        or_(Employee.joined_on.is_(None), Employee.joined_on <= last),
        or_(Employee.left_on.is_(None), Employee.left_on > last),
    )
    held = (alive(table), TeamActivity.kind == kind, Record.day.between(first, last))
    with app.read() as connection:
        teams = [team for team in teams_of(app, connection, year) if month in team.months]
        heads = _by_team(
            connection, select(staff.team, func.count()).select_from(Employee).where(*in_service), staff.team
        )
        asked = select(TeamActivity.team, func.count()).select_from(TeamActivity).where(*held)
        already = _by_team(connection, asked, TeamActivity.team)
    return [Offer(each.id, each.name, each.workshop, heads.get(each.id, 0), already.get(each.id, 0)) for each in teams]


def add_for_teams(app: App, day: date, kind: TeamActivityKind, topic: str, turns: Sequence[Turn]) -> list[str]:
    """Enter the same team activity for several teams as one step; returns their numbers."""
    if not turns:
        raise UserError("还没有选班组", "请勾选要登记的班组")
    if unheld := [turn for turn in turns if turn.sessions < 1]:
        raise UserError(f"有{len(unheld)}个班组的场次不是正数", "请把场次填成 1 或更大的数")
    ledger = app.ledgers["team_activity"]
    with app.begin(f"批量登记{len(turns)}个班组的{kind.value}") as unit:
        values = [
            {
                "held_on": day,
                "team": turn.team,
                "kind": kind,
                "topic": topic.strip() or None,
                "sessions": turn.sessions,
                "headcount": turn.headcount,
            }
            for turn in turns
        ]
        ids = unit.add_many(ledger, [(each, {}) for each in values])
        return [each.number for each in fetch(unit.connection, ledger, ids, with_rows=False)]


def _by_team(connection: Connection, statement: Any, team: Any) -> dict[int, int]:
    return {key: number for key, number in connection.execute(statement.group_by(team)) if key is not None}
