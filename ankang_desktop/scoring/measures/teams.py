"""Teams: how many are active, how steadily, and which took part in what (row 8)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import extract, func, or_, select

from ankang_desktop.kernel.numbers import cov, percent
from ankang_desktop.ledgers.enterprise.people import Team
from ankang_desktop.ledgers.team_activities import TeamActivity
from ankang_desktop.scoring.counters import counter_named, keys_of, title_named
from ankang_desktop.scoring.measured import CounterName, Measured, measure
from ankang_desktop.scoring.measures.shares import LISTED, lacking_names, ratio
from ankang_desktop.scoring.people import count_of, teams
from ankang_desktop.scoring.scope import Scope


@measure("team_months")
def team_months(scope: Scope, times: int) -> Measured:
    """Return the mean over teams of (completed months with at least `times` team activities / completed months).

    A month's entry of several sessions counts as so many; months before a team was formed are not asked of it.
    """
    months = [first for first, _ in scope.period.months()]
    if not months:
        return Measured(None, "本期还没有完整的月份")
    active = _active_months(scope, times)
    shares: dict[str, Fraction] = {}
    statement = select(Team.__table__.c.id, Team.__table__.c.name, Team.__table__.c.valid_from)
    for key, name, formed in scope.connection.execute(statement.where(Team.__table__.c.id.in_(teams(scope)))):
        asked = [
            month for month in months if formed is None or (formed.year, formed.month) <= (month.year, month.month)
        ]
        if asked:
            shares[name] = cov(len(active.get(key, set()) & set(asked)), len(asked))
    if not shares:
        return Measured(None, "没有班组")
    share = sum(shares.values(), Fraction(0)) / len(shares)
    short = [name for name, each in shares.items() if each < 1]
    reason = f"{len(shares)}个班组{len(months)}个月，每月活动满{times}次的月份平均{percent(share)}"
    missing = (
        f"{len(short)}个班组有月份不足{times}次：{'、'.join(short[:LISTED])}{'等' if len(short) > LISTED else ''}",
    )
    used = scope.keys(TeamActivity, TeamActivity.team.is_not(None))
    return Measured(share, reason, used, missing=missing if short else ())


def _active_months(scope: Scope, times: int) -> dict[int, set[date]]:
    year, month = extract("year", TeamActivity.held_on), extract("month", TeamActivity.held_on)
    held = func.sum(func.coalesce(TeamActivity.sessions, 1))
    where = (TeamActivity.team.is_not(None),)
    statement = scope.select(scope.ledger(TeamActivity), TeamActivity.team, year, month, where=where)
    found: dict[int, set[date]] = {}
    for team, in_year, in_month in scope.connection.execute(
        statement.group_by(TeamActivity.team, year, month).having(held >= times)
    ):
        found.setdefault(team, set()).add(date(int(in_year), int(in_month), 1))
    return found


@measure("teams_reached")
def teams_reached(scope: Scope, counters: tuple[CounterName, ...]) -> Measured:
    """Return the share of teams with at least one record of these counters, naming or listing it."""
    valid = teams(scope)
    named = [clause for name in counters for clause in _teams_named(scope, name)]
    table = Team.__table__.c
    within = valid.where(or_(*(table.id.in_(each) for each in named)))
    without = valid
    for each in named:
        without = without.where(table.id.not_in(each))
    whole, part = count_of(scope, valid), count_of(scope, within)
    titles = "、".join(dict.fromkeys(title_named(scope.ledgers, name) for name in counters[:2]))
    missing = lacking_names(scope, f"没有{titles}", Team, without, "个班组")
    return ratio(part, whole, ("个班组", "开展"), keys_of(scope, counters), missing)


def _teams_named(scope: Scope, name: str) -> list[Any]:
    ledger, counter = counter_named(scope.ledgers, name)
    record: Any = ledger.record
    where = () if counter.where is None else (counter.where,)
    found = []
    if "team" in ledger.own_fields:
        with_team = (*where, record.team.is_not(None))
        found.append(scope.select(ledger, record.team, where=with_team).correlate(None))
    for lines in ledger.lines:
        if "team" in lines.fields:
            row: Any = lines.row
            found.append(select(row.team).where(row.record_id.in_(scope.inside(ledger, *where))).correlate(None))
    return found


@measure("teams_active", ledger="team_activity")
def teams_active(scope: Scope) -> Measured:
    """Return the share of teams with any team activity in the period (班组参与率)."""
    return teams_reached(scope, (CounterName("team_activity"),))


@measure("teams_in_drills", ledger="drill")
def teams_in_drills(scope: Scope) -> Measured:
    """Return the share of teams that took part in a drill (桓台: every team)."""
    return teams_reached(scope, (CounterName("drill"),))
