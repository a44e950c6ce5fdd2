"""A year beside the year before up to the same day: sessions, person-times, points; the sentence writes itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select

from ankang_desktop.app import App
from ankang_desktop.declare.counters import Unit
from ankang_desktop.kernel.numbers import percent, points
from ankang_desktop.ledgers.accidents import Accident
from ankang_desktop.programme.windows import MonthDay
from ankang_desktop.scoring.counters import Aggregate, counter_named, quantity
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.references import Ref, references
from ankang_desktop.scoring.scope import Scope

_KINDS = (
    ("生产安全事故", "accident.happened", Aggregate.records, "起"),
    ("伤亡", "accident.happened", Aggregate.sum, "人次"),
    ("排查隐患", "hazard.found", Aggregate.records, "条"),
    ("教育培训", "training", Aggregate.sessions, "场"),
    ("培训参加", "training", Aggregate.person_times, "人次"),
    ("应急演练", "drill", Aggregate.sessions, "场"),
    ("演练参加", "drill", Aggregate.person_times, "人次"),
    ("班组安全活动", "team_activity", Aggregate.sessions, "场"),
    ("合理化建议", "suggestion", Aggregate.records, "件"),
)
KEPT = frozenset(counter.partition(".")[0] for _, counter, _, _ in _KINDS)
"""The ledgers compared: a year that was kept has records of some of them."""
_WORSE_WHEN_MORE = {"accident.happened"}


@dataclass(frozen=True)
class Pair:
    """One figure of this year and of last year; `counter` finds the records of either."""

    title: str
    counter: str
    now: int
    before: int
    unit: str

    @property
    def difference(self) -> int:
        """Return how many more there are this year."""
        return self.now - self.before

    @property
    def change(self) -> str:
        """Return the change as a sign and a share: “+3（+50.0%）”, “持平”; without last year's no share."""
        if not self.difference:
            return "持平"
        share = f"（{self.difference * 100 / self.before:+.1f}%）" if self.before else ""
        return f"{self.difference:+d}{share}"

    @property
    def tone(self) -> str:
        """Return “good” or “danger” where more or fewer is plainly so, else ""."""
        if not self.difference or self.counter not in _WORSE_WHEN_MORE:
            return ""
        return "danger" if self.difference > 0 else "good"


@dataclass(frozen=True)
class Beside:
    """The figures of both years up to the same day of the year."""

    year: int
    until: date
    pairs: tuple[Pair, ...]

    @property
    def has_past(self) -> bool:
        """Say whether anything was kept last year."""
        return any(pair.before for pair in self.pairs)

    def sentence(self, score: Decimal | None, last_score: Decimal | None) -> str:
        """Return the comparison in words, the points of both years at its end where they are known."""
        if not self.has_past:
            told = "、".join(f"{each.title}{each.now}{each.unit}" for each in self.pairs if each.now)
            kept = f"今年已有{told}。" if told else ""
            return f"{kept}{self.year - 1}年没有留下记录，从今年起留底，明年这里会自动写出同比。"
        parts = [_clause(each) for each in self.pairs if each.now or each.before]
        parts += _points(score, last_score)
        return f"1月1日至{self.until.month}月{self.until.day}日与上年同期相比：{'；'.join(parts)}。"


def compared(app: App, year: int) -> Beside:
    """Return the figures of a year and of the year before, every record counted."""
    until = min(app.clock.today(), date(year, 12, 31))
    with app.read() as connection:
        now, before = (Scope(connection, app.ledgers, _period(year - back, until), strict=False) for back in (0, 1))
        pairs = tuple(
            Pair(title, counter, _number(now, counter, aggregate), _number(before, counter, aggregate), unit)
            for title, counter, aggregate, unit in _KINDS
        )
    return Beside(year, until, pairs)


def records_compared(app: App, counter: str, year: int, until: date) -> tuple[Ref, ...]:
    """Return the records a figure of one of the years counts."""
    with app.read() as connection:
        scope = Scope(connection, app.ledgers, _period(year, until), strict=False)
        ledger, counted = counter_named(app.ledgers, counter)
        where = () if counted.where is None else (counted.where,)
        return references(connection, app.ledgers, scope.keys_in(ledger, *where))


def _period(year: int, until: date) -> Period:
    last = MonthDay(until.month, until.day).within(year)
    return Period(date(year, 1, 1), last, last)


def _number(scope: Scope, counter: str, aggregate: Aggregate) -> int:
    if aggregate is Aggregate.sum:
        return _casualties(scope)
    return quantity(scope, counter, aggregate, Unit.records).value


def _casualties(scope: Scope) -> int:
    """Return the dead and injured of the accidents (起数 and 人次 go together in every report)."""
    ledger, counted = counter_named(scope.ledgers, "accident.happened")
    hurt: Any = Accident.deaths + Accident.serious + func.coalesce(Accident.light, 0)
    inside = scope.inside(ledger, counted.where)
    return scope.number(select(func.sum(hurt)).select_from(Accident).where(Accident.id.in_(inside)))


def _clause(pair: Pair) -> str:
    words = f"{pair.title}{pair.now}{pair.unit}"
    if not pair.difference:
        return f"{words}，同比持平"
    way = "增加" if pair.difference > 0 else "减少"
    share = f"（{percent(Fraction(abs(pair.difference), pair.before))}）" if pair.before else ""
    return f"{words}，同比{way}{abs(pair.difference)}{pair.unit}{share}"


def _points(score: Decimal | None, last: Decimal | None) -> Sequence[str]:
    if score is None:
        return ()
    if last is None:
        return (f"得分{points(score)}分",)
    apart = score - last
    way = "持平" if not apart else f"{'提高' if apart > 0 else '下降'}{points(abs(apart))}分"
    return (f"得分{points(score)}分，上年全年{points(last)}分，{way}",)
