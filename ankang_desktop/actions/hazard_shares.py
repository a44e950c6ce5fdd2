"""The indicators of hazard work asked of the database: each a share whose records can be named, the faulty ones first.

The definitions are those of `ledgers.hazards.indicators` (domain.md §5.1); a test holds that both say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from ankang_desktop.actions.hazards import HAZARD, five_fixed, reported_twice
from ankang_desktop.app import App
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.numbers import percent
from ankang_desktop.ledgers.enterprise.people import Team
from ankang_desktop.ledgers.hazards.loop import FIVE_FIXED_ITEMS
from ankang_desktop.ledgers.hazards.record import Hazard
from ankang_desktop.ledgers.hazards.words import HazardLevel, Stage
from ankang_desktop.scoring.people import count_of, teams
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.references import MOST, Key, references
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.store.query import entries

TEAMS = "teams"


@dataclass(frozen=True)
class Share:
    """One indicator: `good` of `whole`, and how it is worked out in a sentence; of nothing it is no share at all."""

    key: str
    title: str
    how: str
    good: int
    whole: int

    @property
    def share(self) -> Fraction | None:
        """The share, None where nothing is concerned (不涉及)."""
        return Fraction(self.good, self.whole) if self.whole else None

    @property
    def text(self) -> str:
        """The share as a percentage."""
        return "不涉及" if self.share is None else percent(self.share)


@dataclass(frozen=True)
class _Rule:
    """How one share of hazards is asked: which concern it, which of them are good, and what is wrong with another."""

    key: str
    title: str
    how: str
    whole: Callable[[date], tuple[Any, ...]]
    good: Callable[[date], ColumnElement[bool]]
    fault: Callable[[Any], str]


def _in_time(_: date) -> ColumnElement[bool]:
    return Hazard.closed_on <= Hazard.first_deadline


def _late(hazard: Any) -> str:
    due = hazard.first_deadline
    return f"首次时限 {due}，{hazard.closed_on} 才销号" if hazard.closed_on else f"首次时限 {due} 已到，尚未销号"


def _blank(hazard: Any) -> str:
    labels = ("责任人", "措施", "资金", "时限", "预案")
    return "缺" + "、".join(
        word for word, key in zip(labels, FIVE_FIXED_ITEMS, strict=True) if getattr(hazard, key) is None
    )


def _unreported(hazard: Any) -> str:
    reports = (("监管部门", hazard.regulator_reported_on), ("职代会", hazard.congress_reported_on))
    return "未报" + "、".join(to for to, day in reports if day is None)


_RULES = (
    _Rule(
        "rectified",
        "整改率",
        "已销号 ÷ 本年发现（作废的不算）",
        lambda _: (),
        lambda _: Hazard.stage == Stage.closed,
        lambda hazard: f"未销号，现为“{hazard.stage.value}”",
    ),
    _Rule(
        "on_time",
        "按期整改率",
        "首次时限当天或之前销号 ÷ 首次时限已到；办了延期也按首次时限算",
        lambda cut: (Hazard.first_deadline <= cut,),
        _in_time,
        _late,
    ),
    _Rule(
        "five_fixed",
        "五落实完整率",
        "责任、措施、资金、时限、预案都已填写 ÷ 本年发现",
        lambda _: (),
        lambda _: five_fixed(),
        _blank,
    ),
    _Rule(
        "dual_report",
        "双报告率",
        "既报监管部门又报职代会的重大隐患 ÷ 重大隐患",
        lambda _: (Hazard.level == HazardLevel.major,),
        lambda _: reported_twice(),
        _unreported,
    ),
)
_TEAM_TITLE, _TEAM_HOW = "班组参与率", "本年至少上报过 1 条隐患的班组 ÷ 在册班组"


def shares(app: App, year: int) -> tuple[Share, ...]:
    """Return the indicators of the hazards found in a year, as of today or its last day."""
    with app.read() as connection:
        scope = _scope(app, connection, year)
        return (*(_counted(scope, rule) for rule in _RULES), _of_teams(scope))


def share_refs(app: App, year: int, key: str) -> list[dict[str, Any]]:
    """Return the records an indicator is made of, each with a note; those that pull it down stand first."""
    with app.read() as connection:
        scope = _scope(app, connection, year)
        if key == TEAMS:
            return _team_refs(app, scope)
        rule = next(each for each in _RULES if each.key == key)
        is_good = case((rule.good(scope.period.cut), 1), else_=0)
        statement = _select(scope, rule, Record.id, is_good).order_by(is_good, Record.day.desc(), Record.id.desc())
        found = {key: bool(good) for key, good in connection.execute(statement.limit(MOST))}
        bad = [key for key, good in found.items() if not good]
        notes = {stored.id: rule.fault(entry) for stored, entry in entries(connection, app.ledgers[HAZARD], bad)}
        return _noted(app, connection, [Key(HAZARD, each) for each in found], notes)


def _noted(app: App, connection: Any, keys: list[Key], notes: dict[int, str]) -> list[dict[str, Any]]:
    found = references(connection, app.ledgers, keys)
    shown = ({"number": ref.number, "title": ref.title, "day": ref.day, "place": ref.place} for ref in found)
    return [each | {"note": notes.get(ref.id, "达到")} for each, ref in zip(shown, found, strict=True)]


def _scope(app: App, connection: Any, year: int) -> Scope:
    period = Period(date(year, 1, 1), date(year, 12, 31), app.clock.today())
    return Scope(connection, app.ledgers, period, strict=False)


def _select(scope: Scope, rule: _Rule, *columns: Any) -> Any:
    live = (Hazard.stage != Stage.voided, *rule.whole(scope.period.cut))
    return scope.select(scope.ledgers[HAZARD], *columns, where=live)


def _counted(scope: Scope, rule: _Rule) -> Share:
    good = func.sum(case((rule.good(scope.period.cut), 1), else_=0))
    whole, reached = scope.connection.execute(_select(scope, rule, func.count(), good)).one()
    return Share(rule.key, rule.title, rule.how, int(reached or 0), whole)


def _reporting(scope: Scope, *columns: Any) -> Any:
    where = (Hazard.stage != Stage.voided, Hazard.team.is_not(None))
    return scope.select(scope.ledgers[HAZARD], *columns, where=where)


def _of_teams(scope: Scope) -> Share:
    whole = count_of(scope, teams(scope))
    reporting = scope.number(_reporting(scope, func.count(Hazard.team.distinct())))
    return Share(TEAMS, _TEAM_TITLE, _TEAM_HOW, min(reporting, whole), whole)


def _team_refs(app: App, scope: Scope) -> list[dict[str, Any]]:
    rows = scope.connection.execute(_reporting(scope, Hazard.team, func.count()).group_by(Hazard.team))
    known: dict[int, int] = {row[0]: row[1] for row in rows}
    ids = list(scope.connection.scalars(select(Team.id).where(Team.id.in_(teams(scope))).order_by(Team.id)))
    ids.sort(key=lambda each: known.get(each, 0))
    notes = {each: f"上报 {known[each]} 条" if each in known else "没有上报隐患" for each in ids}
    return _noted(app, scope.connection, [Key("team", each) for each in ids], notes)
