"""The year in figures: what a summary, a visit form and the package tell beside the official forms.

Each figure is a quantity with its unit, or a share, and names the counter its records are found by.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import select

from ankang_desktop.declare.counters import Quantity, Unit
from ankang_desktop.declare.record import Record
from ankang_desktop.kernel.numbers import percent
from ankang_desktop.ledgers.hazards.indicators import Indicators, indicators
from ankang_desktop.ledgers.trainings import Training
from ankang_desktop.scoring.counters import Aggregate, quantity
from ankang_desktop.scoring.people import Staff, count_of, distinct_among, has_roster, headcount, persons, staff, teams
from ankang_desktop.scoring.scope import Scope
from ankang_desktop.store.query import entries

COVERED = "安全教育培训覆盖"
_UNPROVEN = "（含未留痕）"

FIGURES = (
    ("安全教育培训", "training", Aggregate.sessions, Unit.sessions, ()),
    ("安全教育培训参加", "training", Aggregate.person_times, Unit.person_times, ()),
    (COVERED, "training", Aggregate.persons, Unit.persons, ()),
    ("应急演练", "drill", Aggregate.sessions, Unit.sessions, ()),
    ("应急演练参加", "drill", Aggregate.person_times, Unit.person_times, ()),
    ("宣传教育活动", "activity", Aggregate.sessions, Unit.sessions, ()),
    ("宣传教育活动参加", "activity", Aggregate.person_times, Unit.person_times, ()),
    ("班组安全活动", "team_activity", Aggregate.sessions, Unit.sessions, ()),
    ("班组安全活动参加", "team_activity", Aggregate.person_times, Unit.person_times, ()),
    ("知识竞赛参加", "contest", Aggregate.persons, Unit.persons, ()),
    ("媒体报道", "media", Aggregate.records, Unit.articles, ()),
    ("安全检查", "inspection", Aggregate.sessions, Unit.times, ()),
    ("合理化建议与金点子", "suggestion", Aggregate.records, Unit.records, ()),
    ("采纳建议", "suggestion.adopted", Aggregate.records, Unit.records, ()),
    ("送清凉慰问", "heat_care", Aggregate.person_times, Unit.person_times, ()),
    ("送清凉金额", "heat_care", Aggregate.sum, Unit.money, ("amount",)),
    ("上级督导", "visit", Aggregate.records, Unit.times, ()),
    ("表彰奖励", "award", Aggregate.records, Unit.records, ()),
    ("生产安全事故", "accident.happened", Aggregate.records, Unit.records, ()),
)


@dataclass(frozen=True)
class Figure:
    """One figure: what it is, how it is written, and the counter that finds its records.

    A label that ends in “（含未留痕）” counts records without proof too, which a card leaves out.
    """

    label: str
    text: str
    counter: str


def figures(scope: Scope) -> tuple[Figure, ...]:
    """Return the figures of a scope, every record counted, in the order a summary tells them."""
    every = scope.lenient()
    counted = tuple(_counted(every, *each) for each in FIGURES)
    return (*_heads(every), *counted, *_hazards(every))


def _counted(every: Scope, label: str, name: str, aggregate: Aggregate, unit: Unit, fields: tuple[str, ...]) -> Figure:
    def asked(scope: Scope) -> Quantity:
        if label == COVERED and has_roster(scope):
            return Quantity(_trained(scope), unit)
        return quantity(scope, name, aggregate, unit, fields)

    told, proven = asked(every), asked(replace(every, strict=True))
    return Figure(label if told == proven else f"{label}{_UNPROVEN}", str(told), name)


def _trained(scope: Scope) -> int:
    """Return how many of the staff in service were trained; where no record names anybody, the entered numbers."""
    ledger = scope.ledger(Training)
    named = persons(ledger, scope.inside(ledger))
    reached = distinct_among(scope, staff(scope), [] if named is None else [named])
    entered = quantity(scope, ledger.key, Aggregate.person_times, Unit.person_times).value
    return reached or min(entered, count_of(scope, staff(scope)))


def hazard_indicators(scope: Scope) -> Indicators:
    """Return the indicators of the hazards found in the period, as of its last day."""
    ledger = scope.ledgers["hazard"]
    ids = list(scope.connection.scalars(select(Record.id).where(Record.id.in_(scope.inside(ledger)))))
    found = [entry for _, entry in entries(scope.connection, ledger, ids)]
    return indicators(found, scope.period.cut, count_of(scope, teams(scope)))  # type: ignore[arg-type]


def sentence(found: tuple[Figure, ...], labels: tuple[str, ...]) -> str:
    """Return some figures as one sentence: “安全教育培训12场，参加228人次；…”."""
    known = {figure.label.removesuffix(_UNPROVEN): figure for figure in found}
    return "；".join(f"{label}{known[label].text}" for label in labels if label in known)


def _heads(scope: Scope) -> tuple[Figure, ...]:
    asked = ((Staff.everyone, "职工"), (Staff.women, "女职工"), (Staff.exposed, "接触职业病危害职工"))
    known = ((label, headcount(scope, group)) for group, label in asked)
    return tuple(
        Figure(label, f"{head.number}人{'（年度数据）' if head.estimated else ''}", "employee")
        for label, head in known
        if head.number is not None
    )


def _hazards(scope: Scope) -> tuple[Figure, ...]:
    found = hazard_indicators(scope)
    shares: tuple[tuple[str, Fraction | None], ...] = (
        ("隐患整改率", found.rectification_rate),
        ("隐患按期整改率（按首次时限）", found.on_time_rate),
        ("“五落实”完整率", found.five_fixed_rate),
        ("重大隐患双报告率", found.dual_report_rate),
        ("隐患奖励兑现率", found.reward_rate),
        ("隐患排查班组参与率", found.team_rate),
    )
    counts = (
        Figure("排查隐患", f"{found.found}条", "hazard.found"),
        Figure("销号隐患", f"{found.closed}条", "hazard.closed"),
        Figure("逾期未销号隐患", f"{found.overdue}条", "hazard.open"),
    )
    return (
        *counts,
        *(
            Figure(f"{label}{_UNPROVEN}", "不涉及" if share is None else percent(share), "hazard.found")
            for label, share in shares
        ),
    )
